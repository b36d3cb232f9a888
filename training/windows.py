"""Tokenized stretches of text with their gold labels as numbers: what the networks learn from."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy
import srsly
from numpy.typing import NDArray
from spacy.tokens import Doc

from tasks.nlp.lemmas import find_rule
from tasks.nlp.parser import Labels
from training.augment import curl, straighten
from training.passages import LABELS

Numbers = NDArray[numpy.int64]

MISSING = -1
ROOT = -2
FEWEST = 3
LAYERS = Labels._fields


@dataclass(frozen=True)
class Window:
    """Words of one paragraph or of consecutive sentences; arrays are as long as `words`, MISSING where nobody knows.

    `heads` are positions in the window or ROOT; `starts` is 1 where a sentence starts; `weight` says how sure the arc
    of a word is, 0 to 1; `odds` are a teacher's probabilities, words × entity tags.
    """

    words: tuple[str, ...]
    tags: Numbers
    morphs: Numbers
    lemmas: Numbers
    heads: Numbers
    deps: Numbers
    starts: Numbers
    entities: Numbers
    weight: NDArray[numpy.float32]
    odds: NDArray[numpy.float16] | None = None

    def __len__(self) -> int:
        return len(self.words)


class Inventory(Labels):
    """The labels of the parser, kept in a file while it is trained."""

    def to_disk(self, path: Path) -> None:
        srsly.write_json(path, self._asdict())

    @classmethod
    def from_disk(cls, path: Path) -> "Inventory":
        record: Any = srsly.read_json(path)
        return cls(**{layer: tuple(record[layer]) for layer in LAYERS})


def list_entity_tags() -> tuple[str, ...]:
    """O, then B and I of each label."""
    return ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))


def morph_label(doc: Doc, index: int) -> str:
    token = doc[index]
    return f"{token.pos_}|{token.morph}"


def lemma_rule(doc: Doc, index: int) -> str:
    token = doc[index]
    return find_rule(token.text, token.lemma_)


def take_inventory(docs: Sequence[Doc]) -> Inventory:
    """The labels of the training treebanks; lemma rules seen fewer than three times are left out."""
    counts: dict[str, Counter[str]] = {layer: Counter() for layer in LAYERS}
    for doc in docs:
        for token in doc:
            if not token.is_space:
                counts["tags"][token.tag_] += 1
                counts["morphs"][morph_label(doc, token.i)] += 1
                counts["lemmas"][lemma_rule(doc, token.i)] += 1
                counts["deps"][token.dep_] += 1
    lemmas = {rule for rule, count in counts["lemmas"].items() if count >= FEWEST}
    return Inventory(
        tags=tuple(sorted(counts["tags"])),
        morphs=tuple(sorted(counts["morphs"])),
        lemmas=tuple(sorted(lemmas)),
        deps=tuple(sorted(counts["deps"])),
        entities=list_entity_tags(),
    )


def index_labels(labels: Sequence[str]) -> dict[str, int]:
    return {label: index for index, label in enumerate(labels)}


def cut_doc(doc: Doc) -> Iterator[tuple[int, int]]:
    """The stretches of a doc between its blank-line tokens."""
    start = 0
    for token in doc:
        if token.is_space:
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def number_syntax(doc: Doc, inventory: Inventory) -> Iterator[Window]:
    """The windows of a treebank doc, without entities."""
    numbers = {layer: index_labels(getattr(inventory, layer)) for layer in LAYERS}
    for start, end in cut_doc(doc):
        span = range(start, end)
        yield Window(
            words=tuple(doc[i].text for i in span),
            tags=numpy.array([numbers["tags"].get(doc[i].tag_, MISSING) for i in span]),
            morphs=numpy.array([numbers["morphs"].get(morph_label(doc, i), MISSING) for i in span]),
            lemmas=numpy.array([numbers["lemmas"].get(lemma_rule(doc, i), MISSING) for i in span]),
            heads=numpy.array([ROOT if doc[i].head.i == i else doc[i].head.i - start for i in span]),
            deps=numpy.array([numbers["deps"].get(doc[i].dep_, MISSING) for i in span]),
            starts=numpy.array([int(bool(doc[i].is_sent_start)) for i in span]),
            entities=numpy.full(end - start, MISSING),
            weight=numpy.ones(end - start, dtype="f"),
        )


def number_entities(doc: Doc, tags: Sequence[str], inventory: Inventory) -> Iterator[Window]:
    """The windows of a passage with entity tags (empty where unknown), without syntax."""
    numbers = index_labels(inventory.entities)
    for start, end in cut_doc(doc):
        missing = numpy.full(end - start, MISSING)
        yield Window(
            words=tuple(token.text for token in doc[start:end]),
            tags=missing,
            morphs=missing,
            lemmas=missing,
            heads=missing,
            deps=missing,
            starts=missing,
            entities=numpy.array([numbers.get(tag, MISSING) for tag in tags[start:end]]),
            weight=numpy.ones(end - start, dtype="f"),
        )


def split_window(window: Window, *, most: int) -> Iterator[Window]:
    """Parts of at most `most` words, cut where a sentence starts if one does, else anywhere that no arc crosses."""
    start = 0
    while len(window) - start > most:
        end = start + most
        starts = [i for i in range(start + 1, end + 1) if window.starts[i] == 1]
        if starts:
            end = starts[-1]
        elif window.heads[start] != MISSING:
            later = [i for i in range(end, len(window)) if window.starts[i] == 1]
            end = later[0] if later else len(window)
        yield slice_window(window, start, end)
        start = end
    if start < len(window):
        yield slice_window(window, start, len(window))


def slice_window(window: Window, start: int, end: int) -> Window:
    heads = window.heads[start:end]
    return Window(
        words=window.words[start:end],
        tags=window.tags[start:end],
        morphs=window.morphs[start:end],
        lemmas=window.lemmas[start:end],
        heads=numpy.where(heads >= 0, heads - start, heads),
        deps=window.deps[start:end],
        starts=window.starts[start:end],
        entities=window.entities[start:end],
        weight=window.weight[start:end],
        odds=None if window.odds is None else window.odds[start:end],
    )


def vary_window(window: Window, tag_names: Sequence[str], chooser: random.Random, *, curly: float = 0.5) -> Window:
    """The window with quotes of one kind throughout and, rarely, in capitals, headline capitals or lower case."""
    if chooser.random() < curly:
        words = [
            curl(word, tag_names[tag] if tag >= 0 else "") for word, tag in zip(window.words, window.tags, strict=True)
        ]
    else:
        words = [straighten(word) for word in window.words]
    draw = chooser.random()
    if draw < 0.015:
        words = [word.upper() for word in words]
    elif draw < 0.025:
        words = [word.lower() for word in words]
    elif draw < 0.05:
        words = [word[:1].upper() + word[1:] if len(word) > 3 else word for word in words]
    return replace(window, words=tuple(words))


def batch_windows(windows: Iterable[Window], chooser: random.Random, *, words: int) -> list[list[Window]]:
    """Windows of one length together, at most `words` words a batch, windows and batches in random order.

    Padding would cost more than it seems: PyTorch's fast LSTM takes no packed sequences.
    """
    by_length: dict[int, list[Window]] = {}
    for window in windows:
        by_length.setdefault(len(window), []).append(window)
    batches: list[list[Window]] = []
    for length, alike in by_length.items():
        chooser.shuffle(alike)
        size = max(1, words // length)
        batches += [alike[start : start + size] for start in range(0, len(alike), size)]
    chooser.shuffle(batches)
    return batches
