"""Tags and dependencies of sentences whose tokens are given."""

from collections.abc import Sequence
from typing import NamedTuple

PUNCTUATION = "punct"


class Node(NamedTuple):
    """What is said of a token; `head` counts from 1 within the sentence and is 0 for the root."""

    tag: str
    head: int
    label: str


def count_attachment(gold: Sequence[Node], found: Sequence[Node]) -> dict[str, float]:
    """Right tags, heads and labelled heads of one sentence.

    `scored` tokens are those that gold does not call punctuation. `conll` counts all tokens, labels without their
    subtypes, as the CoNLL 2018 shared task did.
    """
    pairs = list(zip(gold, found, strict=True))
    scored = [(a, b) for a, b in pairs if a.label != PUNCTUATION]
    return {
        "words": len(pairs),
        "tags": sum(a.tag == b.tag for a, b in pairs),
        "scored": len(scored),
        "heads": sum(a.head == b.head for a, b in scored),
        "arcs": sum(a.head == b.head and a.label.lower() == b.label.lower() for a, b in scored),
        "conll": sum(a.head == b.head and _plain(a.label) == _plain(b.label) for a, b in pairs),
    }


def _plain(label: str) -> str:
    return label.partition(":")[0].lower()
