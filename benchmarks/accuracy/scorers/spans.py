"""Spans against spans."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Range = tuple[int, int]


def count_exact(gold: Iterable[T], found: Iterable[T]) -> dict[str, float]:
    """How many of the found things are in gold, as right, found and gold."""
    wanted, given = set(gold), set(found)
    return {"right": len(wanted & given), "found": len(given), "gold": len(wanted)}


def overlap(one: Range, other: Range) -> int:
    """How many positions two ranges share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def match_overlapping(gold: Sequence[Range], found: Sequence[Range]) -> list[tuple[int, int]]:
    """Pairs (gold index, found index) of ranges that overlap, each in one pair at most, those that share most first."""
    shared = [(overlap(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    return take_best((size, i, j) for size, i, j in shared if size)


def take_best(candidates: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pairs (first, second) by falling score, ties in order, so that neither side comes twice."""
    pairs: list[tuple[int, int]] = []
    firsts: set[int] = set()
    seconds: set[int] = set()
    for _, first, second in sorted(candidates, key=lambda item: (-item[0], item[1], item[2])):
        if first not in firsts and second not in seconds:
            pairs.append((first, second))
            firsts.add(first)
            seconds.add(second)
    return pairs
