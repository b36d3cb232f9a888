"""IOB2: named entities in columns, as Universal NER gives them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.formats.conllu import split_blocks
from benchmarks.accuracy.reading import guess_spaces

OUTSIDE = frozenset({"O", "B-O", "I-O"})
TEXT = "# text ="


class Tagged(NamedTuple):
    """A document with its names as (first token, token after the last, label of the set).

    `starts` says with which tokens a block of the file starts: a sentence or a paragraph.
    """

    name: str
    forms: tuple[str, ...]
    spaces: tuple[bool, ...]
    starts: tuple[bool, ...]
    names: tuple[tuple[int, int, str], ...]


def read_documents(path: Path) -> Iterator[Tagged]:
    """The documents of a file."""
    with path.open(encoding="utf-8") as lines:
        yield from parse_documents(lines)


def parse_documents(lines: Iterable[str]) -> Iterator[Tagged]:
    """The documents of the lines of a file; lines that name no document are one."""
    name = ""
    forms: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    tags: list[str] = []
    for block in split_blocks(lines):
        started = next((line for line in block if line.startswith("# newdoc")), None)
        if started is not None:
            if forms:
                yield Tagged(name, tuple(forms), tuple(spaces), tuple(starts), find_names(tags))
            name, forms, spaces, starts, tags = started.partition("=")[2].strip(), [], [], [], []
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        words = [row[1] for row in rows]
        text = next((line[len(TEXT) :].strip() for line in block if line.startswith(TEXT)), None)
        forms += words
        starts += [index == 0 for index in range(len(words))]
        tags += [row[2] for row in rows]
        spaces += guess_spaces(words) if text is None else find_spaces(words, text)
    if forms:
        yield Tagged(name, tuple(forms), tuple(spaces), tuple(starts), find_names(tags))


def find_spaces(forms: list[str], text: str) -> list[bool]:
    """Whether a blank follows each token in the text they were cut from."""
    spaces, position = [], 0
    for form in forms:
        found = text.find(form, position)
        position = found + len(form) if found >= 0 else position
        spaces.append(position >= len(text) or text[position].isspace())
    return spaces


def find_names(tags: list[str]) -> tuple[tuple[int, int, str], ...]:
    """The names that a sequence of tags marks; `B-O`, a slip of some files, is outside."""
    found: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag in OUTSIDE:
            continue
        prefix, _, label = tag.partition("-")
        goes_on = prefix == "I" and bool(found) and found[-1][1:] == (index, label)
        if goes_on:
            found[-1] = (found[-1][0], index + 1, label)
        else:
            found.append((index, index + 1, label))
    return tuple(found)
