"""GAP: ambiguous pronouns with two names each."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class Named(NamedTuple):
    """A name in the text, and whether the pronoun means it."""

    start: int
    end: int
    is_meant: bool


class Snippet(NamedTuple):
    """A passage with a pronoun at `[start, end)` and two names."""

    text: str
    pronoun: str
    start: int
    end: int
    names: tuple[Named, Named]


def read_snippets(path: Path) -> Iterator[Snippet]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from parse_snippets(lines)


def parse_snippets(lines: Iterable[str]) -> Iterator[Snippet]:
    """The rows of the lines of a file."""
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        start = int(row["Pronoun-offset"])
        yield Snippet(
            row["Text"], row["Pronoun"], start, start + len(row["Pronoun"]), (_name(row, "A"), _name(row, "B"))
        )


def _name(row: dict[str, str], key: str) -> Named:
    start = int(row[f"{key}-offset"])
    return Named(start, start + len(row[key]), row[f"{key}-coref"].upper() == "TRUE")
