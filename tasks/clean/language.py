"""Which language a text is written in."""

from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 600
LONG_SAMPLE = 6000
SURE = 0.8
UNDETERMINED = "und"


class Language(NamedTuple):
    """An ISO 639-1 code and how sure it is, 0 to 1."""

    code: str
    score: float


@cache
def load_identifier() -> LanguageIdentifier:
    """The identifier with probabilities that add up to one."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str) -> Language:
    """The language of a text, judged by its middle, and by more of it where that is unsure; `und` without letters."""
    found = identify_middle(text, SAMPLE)
    return identify_middle(text, LONG_SAMPLE) if found.score < SURE else found


def identify_middle(text: str, size: int) -> Language:
    """The language of the characters in the middle of a text."""
    start = max(0, (len(text) - size) // 2)
    sample = text[start : start + size]
    if not any(char.isalpha() for char in sample):
        return Language(UNDETERMINED, 0.0)
    code, score = load_identifier().classify(sample)
    return Language(str(code), round(float(score), 4))
