"""CoNLL-U: the files of Universal Dependencies."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class Word(NamedTuple):
    """A syntactic word; `head` counts from 1 within the sentence and is 0 for the root."""

    form: str
    tag: str
    head: int
    label: str
    has_space: bool


class Sentence(NamedTuple):
    """A sentence with its exact text."""

    words: tuple[Word, ...]
    text: str
    has_space: bool
    starts_paragraph: bool


class Treebank(NamedTuple):
    """A document of a treebank."""

    name: str
    sentences: tuple[Sentence, ...]


def read_documents(path: Path) -> Iterator[Treebank]:
    """The documents of a file."""
    with path.open(encoding="utf-8") as lines:
        yield from parse_documents(lines, path.stem)


def parse_documents(lines: Iterable[str], name: str) -> Iterator[Treebank]:
    """The documents of the lines of a file; `name` is for lines that name no document."""
    sentences: list[Sentence] = []
    for block in split_blocks(lines):
        comments = [line for line in block if line.startswith("#")]
        started = next((line for line in comments if line.startswith("# newdoc")), None)
        if started is not None:
            if sentences:
                yield Treebank(name, tuple(sentences))
            name, sentences = started.partition("=")[2].strip() or name, []
        sentences.append(_parse_sentence(block, comments))
    if sentences:
        yield Treebank(name, tuple(sentences))


def split_blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.rstrip("\n"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _parse_sentence(block: list[str], comments: list[str]) -> Sentence:
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    words: list[Word] = []
    text, end, is_spaced = "", 0, True
    for row in rows:
        if "-" in row[0]:
            end, is_spaced = int(row[0].split("-")[1]), _has_space(row)
            text += row[1] + " " * is_spaced
        elif row[0].isdigit():
            number = int(row[0])
            has_space = _has_space(row) if number > end else number == end and is_spaced
            words.append(Word(row[1], row[4], int(row[6]), row[7], has_space))
            text += "" if number <= end else row[1] + " " * has_space
    starts = any(line.startswith(("# newpar", "# newdoc")) for line in comments)
    return Sentence(tuple(words), text.rstrip(), words[-1].has_space, starts)


def _has_space(row: list[str]) -> bool:
    return "SpaceAfter=No" not in row[9].split("|")


def join_text(document: Treebank) -> tuple[str, list[tuple[int, int]]]:
    """The raw text of a document, its paragraphs parted by a blank line, and the characters of each sentence."""
    text, spans = "", []
    for index, sentence in enumerate(document.sentences):
        if index and sentence.starts_paragraph:
            text += "\n\n"
        elif index and document.sentences[index - 1].has_space:
            text += " "
        spans.append((len(text), len(text) + len(sentence.text)))
        text += sentence.text
    return text, spans
