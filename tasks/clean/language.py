"""Which language a text is written in."""

from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 600
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
    """The language of a text, judged by six hundred characters of its middle; `und` for text without letters."""
    start = max(0, (len(text) - SAMPLE) // 2)
    sample = text[start : start + SAMPLE]
    if not any(char.isalpha() for char in sample):
        return Language(UNDETERMINED, 0.0)
    code, score = load_identifier().classify(sample)
    return Language(str(code), round(float(score), 4))
