"""Statements inside statements: which one encloses which."""

from collections.abc import Sequence

from tasks.nlp.records import Quote

# The share of the inner words that must stand inside; learned edges may leave a word out.
ENCLOSED = 0.8


def find_parents(quotes: Sequence[Quote]) -> list[int | None]:
    """For each quote the index of the smallest one in whose content it stands, with its cue where it has one."""
    said = (index for index, quote in enumerate(quotes) if quote.is_said)
    order = sorted(said, key=lambda index: (_size(quotes[index]), quotes[index].parts))
    return [
        next((outer for outer in order if outer != inner and encloses(quotes[outer], quotes[inner])), None)
        for inner in range(len(quotes))
    ]


def encloses(outer: Quote, inner: Quote) -> bool:
    """Whether the inner statement, cue and content, is part of what the outer one says."""
    if inner.parts[-1][1] <= outer.parts[0][0] or outer.parts[-1][1] <= inner.parts[0][0]:
        return False
    size = _size(inner)
    if size >= _size(outer):
        return False
    if inner.cue is not None and not any(start <= inner.cue[0] < end for start, end in outer.parts):
        return False
    shared = sum(max(min(end, e) - max(start, s), 0) for start, end in outer.parts for s, e in inner.parts)
    return shared >= (ENCLOSED if inner.cue is not None else 1) * size


def _size(quote: Quote) -> int:
    """How many tokens are said."""
    return sum(end - start for start, end in quote.parts)
