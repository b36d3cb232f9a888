"""Which language a text is written in."""

from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 300
LONG_SAMPLE = 6000
SURE = 0.8
UNDETERMINED = "und"


class Language(NamedTuple):
    """An ISO 639 code, of two letters where there is one, and how sure it is, 0 to 1."""

    code: str
    score: float


@cache
def load_identifier() -> LanguageIdentifier:
    """The identifier with probabilities that add up to one."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str) -> Language:
    """The language of a text: of start, middle and end if they agree, else of all or the most; `und` without letters.

    A long quotation in another language thus does not decide.
    """
    if len(text) <= 3 * SAMPLE:
        return classify(text)
    middle = (len(text) - SAMPLE) // 2
    found = [classify(text[start : start + SAMPLE]) for start in (0, middle, len(text) - SAMPLE)]
    codes = {language.code for language in found}
    if len(codes) == 1 and min(language.score for language in found) >= SURE:
        return found[1]
    start = max(0, (len(text) - LONG_SAMPLE) // 2)
    return classify(text[start : start + LONG_SAMPLE])


def classify(sample: str) -> Language:
    """The language of all of a text."""
    if not any(char.isalpha() for char in sample):
        return Language(UNDETERMINED, 0.0)
    code, score = load_identifier().classify(sample)
    return Language(str(code), round(float(score), 4))
