"""Universal Dependencies files as spaCy documents with exact text."""

import random
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

PARAGRAPH_BREAK = "\n\n"


class Word(NamedTuple):
    """One syntactic word; ``head`` counts from 1 in its sentence, 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    has_space_after: bool
    misc: str


class Sentence(NamedTuple):
    """One sentence, and whether a document or a paragraph starts with it."""

    words: tuple[Word, ...]
    starts_document: bool
    starts_paragraph: bool


def read_sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; empty nodes are dropped, multiword tokens keep their surface text."""
    rows: list[list[str]] = []
    starts_document = starts_paragraph = False
    for raw in [*lines, ""]:
        line = raw.rstrip("\n")
        if line.startswith("#"):
            starts_document |= line.startswith("# newdoc")
            starts_paragraph |= line.startswith("# newpar") or line.startswith("# newdoc")
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield Sentence(tuple(_words(rows)), starts_document, starts_paragraph)
            rows = []
            starts_document = starts_paragraph = False


def _words(rows: list[list[str]]) -> Iterator[Word]:
    surfaces: dict[int, tuple[str, bool]] = {}
    for row in rows:
        identifier, form = row[0], row[1]
        if "." in identifier:
            continue
        if "-" in identifier:
            first, last = map(int, identifier.split("-"))
            members = [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last]
            pieces = split_surface(form, members)
            has_space = "SpaceAfter=No" not in row[9]
            for offset, piece in enumerate(pieces):
                surfaces[first + offset] = (piece, has_space and offset == len(pieces) - 1)
            continue
        surface, has_space = surfaces.get(int(identifier), (form, "SpaceAfter=No" not in row[9]))
        lemma = surface if row[2] == "_" else row[2]
        feats = "" if row[5] == "_" else row[5]
        yield Word(surface, lemma, row[3], row[4], feats, int(row[6]), row[7], has_space, row[9])


def split_surface(surface: str, members: list[str]) -> list[str]:
    """The written token cut in as many pieces as it has words, so that the pieces join to the token again."""
    if "".join(members) == surface or len(members) > len(surface):
        return members
    pieces, rest = [], surface
    for index, member in enumerate(members[:-1]):
        longest = len(rest) - (len(members) - index - 1)
        length = max(1, min(len(member), longest))
        pieces.append(rest[:length])
        rest = rest[length:]
    return [*pieces, rest]


def group_sentences(sentences: Iterable[Sentence], *, size: int, seed: int) -> Iterator[list[Sentence]]:
    """Runs of consecutive sentences of one document, of a random length up to ``size``."""
    chooser = random.Random(seed)
    group: list[Sentence] = []
    limit = chooser.randint(1, size)
    for sentence in sentences:
        if group and (sentence.starts_document or len(group) >= limit):
            yield group
            group = []
            limit = chooser.randint(1, size)
        group.append(sentence)
    if group:
        yield group


def build_doc(vocab: Vocab, sentences: list[Sentence], *, breaks: list[bool]) -> Doc:
    """One annotated Doc; where ``breaks`` says so, a blank-line token ends the sentence, as in our article bodies."""
    columns: dict[str, list[Any]] = {
        key: [] for key in ("words", "spaces", "tags", "pos", "morphs", "lemmas", "heads", "deps")
    }
    for sentence, ends in zip(sentences, breaks, strict=True):
        start = len(columns["words"])
        for index, word in enumerate(sentence.words):
            head = start + (word.head - 1 if word.head else index)
            space = word.has_space_after and not (ends and index == len(sentence.words) - 1)
            _append(columns, (word.form, space, word.xpos, word.upos, word.feats, word.lemma, head, word.deprel))
            if word.head == 0:
                columns["deps"][-1] = "ROOT"
        if ends:
            last = len(columns["words"]) - 1
            _append(columns, (PARAGRAPH_BREAK, False, "_SP", "SPACE", "", PARAGRAPH_BREAK, last, "dep"))
    return Doc(vocab, **columns)


def _append(columns: dict[str, list[Any]], values: tuple[Any, ...]) -> None:
    for key, value in zip(columns, values, strict=True):
        columns[key].append(value)


def build_docs(vocab: Vocab, lines: Iterable[str], *, size: int, break_rate: float, seed: int) -> Iterator[Doc]:
    """Docs of up to ``size`` sentences; a share ``break_rate`` of paragraph ends becomes a blank-line token."""
    chooser = random.Random(seed)
    for group in group_sentences(read_sentences(lines), size=size, seed=seed):
        followers = [sentence.starts_paragraph for sentence in group[1:]]
        breaks = [ends and chooser.random() < break_rate for ends in followers]
        yield build_doc(vocab, group, breaks=[*breaks, False])
