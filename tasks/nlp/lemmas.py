"""Lemmas as rules: how many letters to take off the end of a word, and what to put there."""

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
