"""The language of a text."""

import pytest

from tasks.clean.language import Language, identify_language
from tests.clean.conftest import STORY

SPANISH = "Los chilenos rechazaron este domingo una propuesta para reemplazar la Constitución heredada. " * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STORY, "en"),
        (STORY.upper(), "en"),
        (SPANISH, "es"),
        ("Президент России заявил в среду, что переговоры начнутся на следующей неделе. " * 3, "ru"),
        (f"{STORY}\n\n“{SPANISH}”\n\n{STORY}", "en"),
        (f"{SPANISH * 3}\n\n“{STORY[:200]}”\n\n{SPANISH * 3}", "es"),
        (
            "Kassym-Jomart Tokayev, Nursultan Nazarbayev and Karim Massimov met in Nur-Sultan before Shymkent, Taraz "
            "and Kyzylorda were closed, Khabar and Kazinform said.",
            "en",
        ),
        ("总统星期三宣布新的经济政策，并要求议会在月底之前批准。" * 5, "zh"),
    ],
)
def test_language_is_recognised(text: str, code: str) -> None:
    assert identify_language(text).code == code


@pytest.mark.parametrize("text", ["", "1234 5678"])
def test_text_without_letters_is_undetermined(text: str) -> None:
    assert identify_language(text) == Language("und", 0.0)
