"""The best sequence of tags in which each I follows a B, C or I of its label."""

from functools import cache

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]

FORBIDDEN = numpy.float32(-1e4)


@cache
def allow(tags: tuple[str, ...]) -> Floats:
    """0 where a tag (column) may follow another (row), else a forbidding number; tags are O, B, I-x and the like."""
    allowed = numpy.zeros((len(tags), len(tags)), dtype=numpy.float32)
    for after, tag in enumerate(tags):
        if tag[0] == "I":
            follows = [before != "O" and before[1:] == tag[1:] for before in tags]
            allowed[:, after] = numpy.where(follows, 0, FORBIDDEN)
    return allowed


def decode(scores: Floats, allowed: Floats) -> Numbers:
    """The tag numbers of the best legal sequence; `scores` are words × tags, O comes first."""
    best: Numbers = scores.argmax(axis=1)
    before = numpy.concatenate([[0], best[:-1]])
    if not allowed[before, best].any():
        return best
    path = scores[0] + allowed[0]
    back = numpy.zeros(scores.shape, dtype=numpy.int64)
    for index in range(1, len(scores)):
        ways = path[:, None] + allowed
        back[index] = ways.argmax(axis=0)
        path = ways.max(axis=0) + scores[index]
    best[-1] = path.argmax()
    for index in range(len(scores) - 1, 0, -1):
        best[index - 1] = back[index, best[index]]
    return best
