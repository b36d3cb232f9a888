"""The component that reads: tags, morphology, lemmas, trees, sentence ends and names of a doc in one pass."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import srsly
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from tasks.nlp.attribution import PIECES, Piece, read_quotes
from tasks.nlp.lemmas import Lemmatizer
from tasks.nlp.marks import find_marked
from tasks.nlp.network import Floats, Network, Numbers, Reading, Stretch, pack, unpack

ATTRIBUTES = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
OUTSIDE, INSIDE, BEGIN = 2, 1, 3
DOCS_AT_ONCE = 64
MINUS_ONE = 2**64 - 1


class Labels(NamedTuple):
    """The labels of each layer in the order of the network's numbers."""

    tags: tuple[str, ...]
    morphs: tuple[str, ...]
    lemmas: tuple[str, ...]
    deps: tuple[str, ...]
    entities: tuple[str, ...]


class Numbered(NamedTuple):
    """The same labels as numbers of the vocabulary; entities as IOB code and label."""

    tags: Any
    parts: Any
    part_names: tuple[str, ...]
    morphs: Any
    deps: Any
    iob: Any
    entities: Any


@Language.factory(
    "dateline_parser",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
    ],
)
def create_parser(nlp: Language, name: str) -> "Parser":
    """A parser without weights; they come from disk, or from `initialize_with`."""
    return Parser(nlp.vocab, name)


class Parser:
    """Reads docs with a network; white space ends a stretch, so that no sentence crosses a paragraph."""

    def __init__(self, vocab: Vocab, name: str) -> None:
        self.vocab = vocab
        self.name = name
        self.labels_by_layer: Labels | None = None
        self.network: Network | None = None
        self.numbered: Numbered | None = None
        self.lemmatizer: Lemmatizer | None = None

    def initialize_with(self, labels: Labels, network: Network, lemmas: Mapping[str, str]) -> None:
        """Takes labels, weights, and the lemmas that are known by heart (see ``lemmas.make_key``)."""
        self.labels_by_layer = labels
        self.network = network
        self.numbered = number_labels(self.vocab, labels)
        self.lemmatizer = Lemmatizer(lemmas, network.weights.rows, labels.lemmas)

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity labels and relations."""
        if self.labels_by_layer is None:
            return ()
        names = {tag[2:] for tag in self.labels_by_layer.entities if tag != "O"}
        return (*sorted(names), *self.labels_by_layer.deps)

    def __call__(self, doc: Doc) -> Doc:
        """The doc, read."""
        self.read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = DOCS_AT_ONCE) -> Iterator[Doc]:
        """The docs, read together."""
        remaining = iter(stream)
        while docs := list(itertools.islice(remaining, batch_size)):
            self.read(docs)
            yield from docs

    def read(self, docs: Sequence[Doc]) -> None:
        """Annotates the docs in place; raises ValueError without weights."""
        if self.network is None:
            raise ValueError("The component dateline_parser has no weights: load it from a model folder.")
        stretches = [list(find_stretches(doc)) for doc in docs]
        known = [stretch for doc, found in zip(docs, stretches, strict=True) for stretch in to_stretches(doc, found)]
        readings = iter(self.network.read(known))
        read = [[(places, next(readings)) for places in found] for found in stretches]
        for doc, found in zip(docs, read, strict=True):
            self.annotate(doc, found)
        if self.network.reads_quotes:
            inputs = [to_quote_input(doc, found) for doc, found in zip(docs, read, strict=True)]
            for doc, found, pieces in zip(docs, read, read_quotes(self.network.arrays, inputs), strict=True):
                doc.spans[PIECES] = to_spans(doc, [places for places, _ in found], pieces)

    def annotate(self, doc: Doc, readings: Sequence[tuple[Numbers, Reading]]) -> None:
        """Writes the readings of a doc's stretches into the doc."""
        assert self.numbered is not None and self.lemmatizer is not None
        if not len(doc):
            return
        table = self.blank_table(doc)
        numbered, find, add = self.numbered, self.lemmatizer.find, self.vocab.strings.add
        for places, reading in readings:
            table[places, 0] = numbered.tags[reading.tags]
            table[places, 1] = numbered.parts[reading.morphs]
            table[places, 2] = numbered.morphs[reading.morphs]
            parts = [numbered.part_names[number] for number in reading.morphs.tolist()]
            words = zip((doc[i].text for i in places.tolist()), parts, reading.lemmas.tolist(), strict=True)
            table[places, 3] = [add(find(word, part, ranked)) for word, part, ranked in words]
            table[places, 4] = (places[reading.heads] - places).astype(numpy.uint64)
            table[places, 5] = numbered.deps[reading.deps]
            table[places, 6] = numbered.iob[reading.entities]
            table[places, 7] = numbered.entities[reading.entities]
        for place in reversed([token.i for token in doc[:-1] if token.is_space]):
            if table[place + 1, 6] == INSIDE:
                table[place, 6:] = table[place + 1, 6:]
        doc.from_array(ATTRIBUTES, table)

    def blank_table(self, doc: Doc) -> Any:
        """The attributes of white space: it hangs on the word before it, or on the next where there is none."""
        strings = self.vocab.strings
        table = numpy.zeros((len(doc), len(ATTRIBUTES)), dtype=numpy.uint64)
        first = next((token.i for token in doc if not token.is_space), 0)
        table[:, 0] = strings.add("_SP")
        table[:, 1] = strings.add("SPACE")
        table[:, 3] = doc.to_array(ORTH)
        table[max(first, 1) :, 4] = MINUS_ONE
        table[:first, 4] = numpy.arange(first, 0, -1)
        table[:, 5] = strings.add("dep")
        table[:, 6] = OUTSIDE
        return table

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Labels and weights as msgpack."""
        record: dict[str, Any] = {}
        if self.network is not None and self.labels_by_layer is not None and self.lemmatizer is not None:
            record = {"labels": self.labels_by_layer._asdict(), **pack(self.network.weights)}
            record["lemmas"] = dict(self.lemmatizer.known)
        return bytes(srsly.msgpack_dumps(record))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Parser":
        """The parser with the labels and weights of `to_bytes`."""
        record = srsly.msgpack_loads(data)
        if record:
            labels = Labels(**{layer: tuple(values) for layer, values in record["labels"].items()})
            self.initialize_with(labels, Network(unpack(record), labels.entities), record["lemmas"])
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes labels and weights to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "weights.msgpack").write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "Parser":
        """The parser with the labels and weights of a folder."""
        return self.from_bytes((Path(path) / "weights.msgpack").read_bytes())


def find_stretches(doc: Doc) -> Iterator[Numbers]:
    """The places of the words between line breaks and set sentence starts; white space is left out."""
    places: list[int] = []
    for token in doc:
        if places and (token.is_sent_start is True or (token.is_space and "\n" in token.text)):
            yield numpy.array(places)
            places = []
        if not token.is_space:
            places.append(token.i)
    if places:
        yield numpy.array(places)


def to_stretches(doc: Doc, found: Sequence[Numbers]) -> Iterator[Stretch]:
    """The words at the places, with the sentence starts that are set already."""
    starts = doc.to_array(SENT_START).astype(numpy.int64)
    for places in found:
        yield Stretch([doc[i].text for i in places], starts[places])


def to_quote_input(doc: Doc, readings: Sequence[tuple[Numbers, Reading]]) -> Floats:
    """What the quote reader sees of a doc: words × (vector, flags)."""
    if not readings:
        return numpy.zeros((0, 2), dtype=numpy.float32)
    flags = mark_words(doc, [places for places, _ in readings])
    return numpy.column_stack([numpy.concatenate([reading.encoded for _, reading in readings]), flags])


def mark_words(doc: Doc, stretches: Sequence[Numbers]) -> Floats:
    """For each word of the stretches, whether it is quoted and whether a stretch starts with it."""
    quoted = mark_quoted(doc)[numpy.concatenate(stretches)]
    first = numpy.concatenate([numpy.arange(len(places)) == 0 for places in stretches])
    return numpy.column_stack([quoted, first]).astype(numpy.float32)


def mark_quoted(doc: Doc) -> Any:
    """Whether each word stands in quotation marks."""
    starts = numpy.array([token.idx for token in doc])
    quoted = numpy.zeros(len(doc), dtype=bool)
    for passage in find_marked(doc.text):
        quoted |= (passage.start <= starts) & (starts < passage.end)
    return quoted


def to_spans(doc: Doc, stretches: Sequence[Numbers], pieces: Sequence[Piece]) -> list[Span]:
    """The pieces as spans of the doc; the label is the layer, with a + where the piece goes on with a statement."""
    places = numpy.concatenate(stretches).tolist() if stretches else []
    return [
        Span(doc, places[piece.start], places[piece.end - 1] + 1, label=piece.layer + "+" * piece.goes_on)
        for piece in pieces
    ]


def number_labels(vocab: Vocab, labels: Labels) -> Numbered:
    """The labels as numbers of the vocabulary."""
    strings = vocab.strings
    parts, morphs = zip(*(label.split("|", maxsplit=1) for label in labels.morphs), strict=True)
    return Numbered(
        tags=to_numbers(strings.add(tag) for tag in labels.tags),
        parts=to_numbers(strings.add(part) for part in parts),
        part_names=tuple(parts),
        morphs=to_numbers(vocab.morphology.add(morph) for morph in morphs),
        deps=to_numbers(strings.add(dep) for dep in labels.deps),
        iob=to_numbers(OUTSIDE if tag == "O" else BEGIN if tag[0] == "B" else INSIDE for tag in labels.entities),
        entities=to_numbers(0 if tag == "O" else strings.add(tag[2:]) for tag in labels.entities),
    )


def to_numbers(values: Iterable[int]) -> Any:
    """The values as spaCy's numbers of strings."""
    return numpy.array(list(values), dtype=numpy.uint64)
