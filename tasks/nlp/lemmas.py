"""Lemmas: those of known words by heart, others by rules that take letters off the end of a word and put some there."""

from collections.abc import Container, Mapping, Sequence
from functools import cache

KEEP = "="
LOWER = "-"


def find_rule(form: str, lemma: str) -> str:
    """The rule that makes the lemma of the form: whether the case is kept, letters to drop, letters to add."""
    case = KEEP if lemma != lemma.lower() else LOWER
    text = form if case == KEEP else form.lower()
    shared = 0
    while shared < min(len(text), len(lemma)) and text[shared] == lemma[shared]:
        shared += 1
    return f"{case}{len(text) - shared}|{lemma[shared:]}"


@cache
def read_rule(rule: str) -> tuple[bool, int, str]:
    """Whether the rule keeps the case, how many letters it drops and which it adds."""
    length, added = rule[1:].split("|", maxsplit=1)
    return rule[0] == KEEP, int(length), added


def apply_rule(form: str, rule: str) -> str:
    """The lemma; the form itself, in the rule's case, where it has too few letters for the rule."""
    keeps_case, dropped, added = read_rule(rule)
    text = form if keeps_case else form.lower()
    return text[: len(text) - dropped] + added if dropped < len(text) or added else text


class Lemmatizer:
    """Lemmas by part of speech: learned by heart, else the likeliest rule that leads to a known form."""

    def __init__(self, known: Mapping[str, str], forms: Container[str], rules: Sequence[str]) -> None:
        self.known = known
        self.forms = forms
        self.rules = rules

    def find(self, word: str, part: str, ranked: Sequence[int]) -> str:
        """The lemma; `part` is the universal part of speech, `ranked` are rule numbers, the likeliest first."""
        known = self.known.get(make_key(word, part))
        if known is not None:
            return known
        candidates = [apply_rule(word, self.rules[rule]) for rule in ranked]
        return next((lemma for lemma in candidates if lemma == word or lemma.lower() in self.forms), candidates[0])


def make_key(word: str, part: str) -> str:
    """The key of a word that is known by heart; names keep their case."""
    return f"{part}|{word if part == 'PROPN' else word.lower()}"
