"""The quote reader: which words are said by somebody, which words say so, and whose words they are.

A small network over the vectors of ``tasks.nlp.network``, article by article. It marks; ``tasks.nlp.quotes`` decides
what to believe.
"""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from tasks.nlp.lstm import run_lstm
from tasks.nlp.viterbi import allow, decode

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]

CONTENT_TAGS = ("O", "B", "I", "C")
SPAN_TAGS = ("O", "B", "I")
LAYERS = {"content": CONTENT_TAGS, "cue": SPAN_TAGS, "source": SPAN_TAGS}
PREFIX = "quotes"
# The key of doc.spans; a label is the layer, with a + where the piece goes on with the statement before.
PIECES = "attributions"


class Piece(NamedTuple):
    """Words `[start, end)` of an article; `goes_on` says that they belong to the statement before."""

    start: int
    end: int
    layer: str
    goes_on: bool


def read_quotes(arrays: Mapping[str, Floats], articles: Sequence[Floats]) -> list[list[Piece]]:
    """The pieces of each article, given its input: words × (vector, flags)."""
    order = sorted((i for i in range(len(articles)) if len(articles[i])), key=lambda i: -len(articles[i]))
    found: dict[int, list[Piece]] = {}
    if order:
        sizes = [len(articles[i]) for i in order]
        hidden = run_lstm(arrays, f"{PREFIX}.lstm", numpy.concatenate([articles[i] for i in order]), sizes)
        for i, (start, end) in zip(order, itertools.pairwise(numpy.cumsum([0, *sizes])), strict=True):
            found[i] = list_pieces(arrays, hidden[start:end])
    return [found.get(i, []) for i in range(len(articles))]


def list_pieces(arrays: Mapping[str, Floats], hidden: Floats) -> list[Piece]:
    """The pieces of all layers of one article."""
    pieces = []
    for layer, tags in LAYERS.items():
        scores = hidden @ arrays[f"{PREFIX}.{layer}.weight"].T + arrays[f"{PREFIX}.{layer}.bias"]
        pieces += cut_pieces(decode(scores, allow(tags)), layer, tags)
    return pieces


def cut_pieces(numbers: Numbers, layer: str, tags: Sequence[str]) -> list[Piece]:
    """The pieces of a legal sequence of tag numbers."""
    pieces: list[Piece] = []
    start, goes_on = -1, False
    for index, number in enumerate([*numbers.tolist(), 0]):
        tag = tags[number]
        if start >= 0 and tag != "I":
            pieces.append(Piece(start, index, layer, goes_on))
            start = -1
        if tag in ("B", "C"):
            start, goes_on = index, tag == "C"
    return pieces
