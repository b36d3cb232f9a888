"""The best tree over the words of a sentence, from scores of arcs."""

import numpy
from numpy.typing import NDArray

Scores = NDArray[numpy.float32]
Heads = NDArray[numpy.int64]

NEVER = -1e9


def find_tree(scores: Scores) -> Heads:
    """The heads of the words, counted from 1, 0 for the one root: the best tree of `scores`, words × (root, words).

    Greedy where the best heads form a tree; else the maximum spanning tree (Chu and Liu 1965, Edmonds 1967).
    """
    size = len(scores)
    if size == 1:
        return numpy.zeros(1, dtype=numpy.int64)
    diagonal = numpy.arange(size)
    scores[diagonal, diagonal + 1] = NEVER
    heads: Heads = scores.argmax(axis=1)
    if (heads == 0).sum() == 1 and not _has_circle(heads):
        return heads
    full = numpy.full((size + 1, size + 1), NEVER, dtype=numpy.float64)
    full[1:] = scores
    above = scores[:, 0] - scores[:, 1:].max(axis=1)
    full[1:, 0][diagonal != above.argmax()] = NEVER
    return _span(full)[1:]


def _has_circle(heads: Heads) -> bool:
    """Whether some word never leads to the root."""
    reached = heads == 0
    while True:
        more = reached | (heads > 0) & reached[heads - 1]
        if (more == reached).all():
            return not bool(reached.all())
        reached = more


def _span(scores: NDArray[numpy.float64]) -> Heads:
    """The heads of the maximum spanning tree from node 0; `scores` are children × heads."""
    size = len(scores)
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    circle = _find_circle(heads)
    if not circle:
        return heads
    inside = numpy.array(circle)
    outside = numpy.array([node for node in range(size) if node not in set(circle)])
    gains = scores[inside][:, outside] - scores[inside, heads[inside]][:, None]
    entries = gains.argmax(axis=0)
    reduced = numpy.full((len(outside) + 1, len(outside) + 1), NEVER)
    reduced[:-1, :-1] = scores[numpy.ix_(outside, outside)]
    reduced[-1, :-1] = gains.max(axis=0)
    from_circle = scores[numpy.ix_(outside, inside)]
    reduced[:-1, -1] = from_circle.max(axis=1)
    tree = _span(reduced)
    result = heads.copy()
    for place, node in enumerate(outside[1:], start=1):
        if tree[place] == len(outside):
            result[node] = inside[from_circle[place].argmax()]
        else:
            result[node] = outside[tree[place]]
    entry = tree[-1]
    result[inside[entries[entry]]] = outside[entry]
    return result


def _find_circle(heads: Heads) -> list[int]:
    """The nodes of some circle, if there is one; node 0 leads nowhere."""
    state = numpy.zeros(len(heads), dtype=numpy.int64)
    state[0] = 1
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = -start
            path.append(node)
            node = int(heads[node])
        if state[node] == -start and node in path:
            return path[path.index(node) :]
        for passed in path:
            state[passed] = 1
    return []
