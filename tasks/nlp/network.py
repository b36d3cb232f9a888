"""The shipped network in numpy: word vectors, a bidirectional LSTM, heads for the labels of words and for the tree."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from tasks.nlp.attribution import PREFIX
from tasks.nlp.lstm import run_lstm
from tasks.nlp.spelling import spell
from tasks.nlp.trees import find_tree
from tasks.nlp.viterbi import allow, decode

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]

MOST_CACHED = 100_000
WORDS_AT_ONCE = 6_000
LEMMAS = 5
OPENING = frozenset({"“", "‘", "``", "«"})
CLOSING = frozenset({"”", "''", "»"})
LAYERS = ("tags", "morphs", "lemmas", "starts", "entities")


class Stretch(NamedTuple):
    """Words in a row, and what is known of each: 1 where a sentence must start, -1 where none may, else 0."""

    words: Sequence[str]
    starts: Numbers


class Reading(NamedTuple):
    """Label numbers a word of one stretch; heads are positions in the stretch, the root of a sentence its own head.

    `lemmas` are the likeliest rules of each word, the best first; `encoded` is the vector of each word in context.
    """

    tags: Numbers
    morphs: Numbers
    lemmas: Numbers
    entities: Numbers
    heads: Numbers
    deps: Numbers
    encoded: Floats


@dataclass(frozen=True)
class Weights:
    """The arrays of the network by name, and the rows of known word forms."""

    arrays: dict[str, Floats]
    rows: dict[str, int]


class Network:
    """Reads stretches of words; keeps the vectors of the words that it has met, up to a limit."""

    def __init__(self, weights: Weights, entity_tags: tuple[str, ...]) -> None:
        self.weights = weights
        self.arrays = weights.arrays
        width = self.arrays["words"].shape[1] + self.arrays["shapes"].shape[1]
        self.cached = numpy.zeros((MOST_CACHED, width), dtype=numpy.float32)
        self.places: dict[str, int] = {}
        self.allowed = allow(entity_tags)

    @property
    def reads_quotes(self) -> bool:
        """Whether the weights hold a quote reader."""
        return any(name.startswith(f"{PREFIX}.") for name in self.arrays)

    # Matrix products of odd sizes raise the processor's flag for invalid values now and then, though none comes out.
    @numpy.errstate(invalid="ignore")
    def read(self, stretches: Sequence[Stretch]) -> list[Reading]:
        """What the network says of each stretch; a stretch has at least one word."""
        order = sorted(range(len(stretches)), key=lambda index: -len(stretches[index].words))
        readings: dict[int, Reading] = {}
        for chosen in cut(order, [len(stretches[index].words) for index in order]):
            together = self.read_together([stretches[index] for index in chosen])
            readings.update(zip(chosen, together, strict=True))
        return [readings[index] for index in range(len(stretches))]

    def read_together(self, stretches: Sequence[Stretch]) -> list[Reading]:
        """What the network says of stretches in the order of falling length."""
        sizes = [len(stretch.words) for stretch in stretches]
        words = [word for stretch in stretches for word in stretch.words]
        encoded = run_lstm(self.arrays, "lstm", self.embed(words), sizes)
        scores = {layer: self.project(layer, encoded) for layer in LAYERS}
        tags, morphs = scores["tags"].argmax(axis=1), scores["morphs"].argmax(axis=1)
        lemmas = rank(scores["lemmas"], LEMMAS)
        bounds = numpy.cumsum([0, *sizes])
        given = numpy.concatenate([stretch.starts for stretch in stretches])
        starts = settle_starts(scores["starts"].argmax(axis=1) * (given == 0), words)
        starts[given == 1] = starts[bounds[:-1]] = 1
        heads, deps = self.attach(encoded, numpy.flatnonzero(starts))
        readings = []
        for start, end in itertools.pairwise(bounds):
            span = slice(start, end)
            entities = decode(scores["entities"][span], self.allowed)
            tree = heads[span] - start, deps[span]
            readings.append(Reading(tags[span], morphs[span], lemmas[span], entities, *tree, encoded[span]))
        return readings

    def project(self, layer: str, hidden: Floats) -> Floats:
        """A linear layer over word vectors."""
        result: Floats = hidden @ self.arrays[f"{layer}.weight"].T + self.arrays[f"{layer}.bias"]
        return result

    def embed(self, words: Sequence[str]) -> Floats:
        """The vectors of the words: form and letter sequences summed, then the shape."""
        if len(self.places) + len(words) > MOST_CACHED:
            self.places.clear()
        places = self.places
        found = []
        for word in words:
            place = places.get(word)
            if place is None:
                place = places[word] = len(places)
                self.cached[place] = self.embed_word(word)
            found.append(place)
        return self.cached[found]

    def embed_word(self, word: str) -> Floats:
        """The vector of one word."""
        spelling = spell(word)
        grams = self.arrays["grams"][list(spelling.grams)].mean(axis=0)
        known = self.arrays["words"][self.weights.rows.get(spelling.form, 0)]
        return numpy.concatenate([known + grams, self.arrays["shapes"][spelling.shape]])

    def attach(self, encoded: Floats, starts: Numbers) -> tuple[Numbers, Numbers]:
        """The head and relation of each word; `starts` are the first words of the sentences."""
        child = rectify(self.project("arc_child", encoded))
        head = rectify(self.project("arc_head", encoded))
        root = self.arrays["root"][None]
        root_head = rectify(self.project("arc_head", root))
        left = child @ self.arrays["arc_pair"][:-1] + self.arrays["arc_pair"][-1]
        heads = numpy.empty(len(encoded), dtype=numpy.int64)
        ends = numpy.append(starts[1:], len(encoded))
        to_root = (left @ root_head.T)[:, 0]
        for start, end in zip(starts, ends, strict=True):
            scores = numpy.empty((end - start, end - start + 1), dtype=numpy.float32)
            scores[:, 0] = to_root[start:end]
            numpy.matmul(left[start:end], head[start:end].T, out=scores[:, 1:])
            tree = find_tree(scores)
            heads[start:end] = numpy.where(tree == 0, numpy.arange(start, end), tree + (start - 1))
        return heads, self.relate(encoded, heads)

    def relate(self, encoded: Floats, heads: Numbers) -> Numbers:
        """The relation of each word to its head; a word that is its own head stands under the root."""
        child = with_one(rectify(self.project("dep_child", encoded)))
        head = rectify(self.project("dep_head", encoded))
        root = rectify(self.project("dep_head", self.arrays["root"][None]))
        own = heads == numpy.arange(len(heads))
        chosen = with_one(numpy.where(own[:, None], root, head[heads]))
        pair = self.arrays["dep_pair"]
        scores = numpy.empty((len(encoded), len(pair)), dtype=numpy.float32)
        for relation, matrix in enumerate(pair):
            numpy.einsum("ti,ti->t", child @ matrix, chosen, out=scores[:, relation])
        best: Numbers = scores.argmax(axis=1)
        return best


def settle_starts(starts: Numbers, words: Sequence[str]) -> Numbers:
    """The starts with an opening mark drawn to the sentence behind it, and a closing one to the sentence before."""
    settled = starts.copy()
    for place in numpy.flatnonzero(starts).tolist():
        if place and words[place - 1] in OPENING:
            settled[place], settled[place - 1] = 0, 1
        elif words[place] in CLOSING and place + 1 < len(words):
            settled[place], settled[place + 1] = 0, 1
    return settled


def cut(order: Sequence[int], sizes: Sequence[int]) -> list[list[int]]:
    """Runs of the order whose sizes add up to some thousand words."""
    runs: list[list[int]] = []
    total = WORDS_AT_ONCE
    for index, size in zip(order, sizes, strict=True):
        if total + size > WORDS_AT_ONCE:
            runs.append([])
            total = 0
        runs[-1].append(index)
        total += size
    return runs


def rank(scores: Floats, count: int) -> Numbers:
    """The numbers of the highest scores in each row, the highest first."""
    count = min(count, scores.shape[1])
    best = numpy.argpartition(scores, -count, axis=1)[:, -count:]
    order = numpy.argsort(-numpy.take_along_axis(scores, best, axis=1), axis=1)
    result: Numbers = numpy.take_along_axis(best, order, axis=1)
    return result


def rectify(values: Floats) -> Floats:
    """Negative values are kept at a tenth."""
    result: Floats = numpy.maximum(values, values * numpy.float32(0.1))
    return result


def with_one(vectors: Floats) -> Floats:
    """The vectors with a one behind."""
    return numpy.concatenate([vectors, numpy.ones((len(vectors), 1), dtype=numpy.float32)], axis=1)


def pack(weights: Weights) -> dict[str, Any]:
    """The weights as plain values, in half precision."""
    arrays = {name: array.astype(numpy.float16) for name, array in weights.arrays.items()}
    return {"arrays": arrays, "forms": list(weights.rows)}


def unpack(record: dict[str, Any]) -> Weights:
    """The weights in single precision; the first form is the unknown one."""
    arrays = {name: numpy.ascontiguousarray(array, dtype=numpy.float32) for name, array in record["arrays"].items()}
    return Weights(arrays, {form: row for row, form in enumerate(record["forms"])})
