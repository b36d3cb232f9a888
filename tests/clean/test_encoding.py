"""Mojibake is repaired, good letters and curly quotes are not touched."""

import pytest

from tasks.clean.encoding import decode_text, repair_mojibake


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("todayâ€™s vote", "today’s vote"),
        ("â€œNo,â€\x9d he said", "“No,” he said"),
        ("SÃ£o Paulo", "São Paulo"),
        ("todayâ\x80\x99s vote", "today’s vote"),
        ("Â© 2022", "© 2022"),
        ("cafe\u0301", "café"),
    ],
)
def test_mojibake_is_repaired(broken: str, repaired: str) -> None:
    assert repair_mojibake(broken) == repaired


@pytest.mark.parametrize("text", ["“Don’t,” she said … café, Łódź, Ångström, Ørsted, ﬁne", "Ê", "Âge", "5 £ – 3 €", ""])
def test_good_text_stays(text: str) -> None:
    assert repair_mojibake(text) == text


def test_foreign_bytes_inside_utf8_are_read_as_windows_1252() -> None:
    raw = "São Paulo’s mayor – ".encode() * 5 + b"the caf\xe9"
    assert decode_text(raw) == "São Paulo’s mayor – " * 5 + "the café"


def test_cyrillic_code_page_is_recognised() -> None:
    text = "Президент России заявил в среду, что переговоры начнутся на следующей неделе в столице. " * 5
    assert decode_text(text.encode("cp1251")) == text
