"""Figures as noun phrases word them, with the lowest and highest that they can mean: killed, injured, arrested."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from tasks.nlp.number_values import GAP, HEDGES_AFTER, HEDGES_BEFORE, NUMBER, ROUND, hedge, read_number


class Figure(NamedTuple):
    """A number as read: its value in writing, and its bounds, None where open."""

    value: str
    low: int | None
    high: int | None


# What follows a number that counts years, per cent or the like: "32-year-old", "5 percent".
MEASURE = re.compile(rf"{GAP}?(?:[-‐‑%]|(?:percent|per|miles?|km|day|month|week|hour)(?![^\W\d_])|year)", re.IGNORECASE)
SINGLE = frozenset({"a", "an", "another"})
SYMBOLS = {"at least": ">=", "at most": "<=", "more than": ">", "less than": "<", "almost": "~", "about": "~"}
HEDGES = {
    relation: tuple(f"{HEDGES_BEFORE[relation]}|{HEDGES_AFTER.get(relation, '')}".strip("|").split("|"))
    for relation in SYMBOLS
}


def read_figure(words: Sequence[str]) -> Figure | None:
    """The figure that a noun phrase gives for its head, or None: "at least 20 people" is >=20."""
    phrase = " ".join(words)
    hits = list(_count_hits(phrase))
    rough = next((_read_rough(hit) for hit in hits if hit["round"] or hit["vague"]), None)
    if rough is None:
        rough = next((Figure(word, *ROUND[word]) for word in phrase.lower().split() if word in ROUND), None)
    if rough is not None:
        return rough
    if hits:
        return _with_bounds(hits[0], f" {phrase.lower()} ")
    return Figure("1", 1, 1) if words and words[0].lower() in SINGLE else None


def _count_hits(phrase: str) -> Iterator[re.Match[str]]:
    """The numbers of a phrase that count its head: no ranks, fractions or measures."""
    for hit in NUMBER.finditer(phrase):
        is_count = not (hit["ordinal"] or hit["fraction"] or hit["lone"]) and read_number(hit) is not None
        if is_count and MEASURE.match(phrase, hit.end()) is None and not phrase[: hit.start()].endswith(("-", "/")):
            yield hit


def _read_rough(hit: re.Match[str]) -> Figure | None:
    amount = read_number(hit)
    return None if amount is None else Figure(hit.group().lower(), _whole(amount.low), _whole(amount.high))


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def _with_bounds(hit: re.Match[str], phrase: str) -> Figure | None:
    amount = read_number(hit)
    if amount is None or amount.value is None:
        return None
    relation = next((name for name, forms in HEDGES.items() if any(f" {form} " in phrase for form in forms)), "exact")
    bounded = hedge(amount, relation, is_count=True)
    written = f"{SYMBOLS.get(relation, '')}{int(amount.value)}"
    return Figure(written, _whole(bounded.low), _whole(bounded.high))
