"""Who did what to whom, against one sentence's gold."""

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.accuracy.scorers.spans import take_best

# The set counts PLOVER's CONCEDE and RETREAT as one type.
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


class Phrase(NamedTuple):
    """A noun phrase by the numbers of its words and of its head."""

    words: frozenset[int]
    head: int


class Happening(NamedTuple):
    """An event; each party is the phrases it may be matched by, none where the event has no such party."""

    event_type: str
    actors: tuple[Phrase, ...]
    recipients: tuple[Phrase, ...]


def is_same_phrase(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases have one head, or share at least half of the words of the longer."""
    return one.head == other.head or 2 * len(one.words & other.words) >= max(len(one.words), len(other.words))


def is_same_party(gold: Sequence[Phrase], found: Sequence[Phrase]) -> bool:
    """Whether any phrases of two parties are the same; nobody matches nobody alone."""
    if not gold or not found:
        return not gold and not found
    return any(is_same_phrase(a, b) for a in gold for b in found)


def merge_type(event_type: str) -> str:
    """The type as the set counts it."""
    return MERGED.get(event_type, event_type)


def is_triple(event: Happening, gold: Sequence[Happening]) -> bool:
    """Whether an event has both parties, or lacks one that some gold event lacks too."""
    lacks_actor = any(not item.actors for item in gold)
    lacks_recipient = any(not item.recipients for item in gold)
    return bool(event.actors or lacks_actor) and bool(event.recipients or lacks_recipient)


def count_triples(gold: Sequence[Happening], events: Sequence[Happening], types: Sequence[str]) -> dict[str, float]:
    """The counts of one sentence; events of types that the set does not know, or without a party, are no triples.

    `typed` asks for the type as well as the parties. `TYPE_right`, `TYPE_found` and `TYPE_gold` count over the pairs
    whose parties match.
    """
    found = [event for event in events if merge_type(event.event_type) in types and is_triple(event, gold)]
    alike = [
        (i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if is_same_party(a.actors, b.actors) and is_same_party(a.recipients, b.recipients)
    ]
    named = [(merge_type(gold[i].event_type), merge_type(found[j].event_type)) for i, j in _pair(alike)]
    same = [(i, j) for i, j in alike if merge_type(gold[i].event_type) == merge_type(found[j].event_type)]
    counts: dict[str, float] = {
        "sentences": 1,
        "events": len(events),
        "found": len(found),
        "gold": len(gold),
        "matched": len(named),
        "typed": len(_pair(same)),
    }
    for name in types:
        counts[f"{name}_right"] = sum(a == b == name for a, b in named)
        counts[f"{name}_found"] = sum(b == name for _, b in named)
        counts[f"{name}_gold"] = sum(a == name for a, _ in named)
    return counts


def _pair(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return take_best((1.0, i, j) for i, j in candidates)
