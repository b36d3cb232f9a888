"""Sentences with who did what to whom, one JSON object a line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

NOBODY = frozenset({"an actor", "a recipient"})


class Triple(NamedTuple):
    """An event of a sentence; None where it has no actor or recipient."""

    actor: str | None
    recipient: str | None
    event_type: str


class Coded(NamedTuple):
    """A sentence with its events."""

    text: str
    triples: tuple[Triple, ...]


def read_sentences(path: Path) -> Iterator[Coded]:
    """The sentences of a file."""
    with path.open(encoding="utf-8") as lines:
        yield from parse_sentences(lines)


def parse_sentences(lines: Iterable[str]) -> Iterator[Coded]:
    """The sentences of the lines of a file; its fillers for nobody become None."""
    for line in lines:
        if line.strip():
            row = json.loads(line)
            triples = (Triple(_party(t["actor"]), _party(t["recipient"]), t["event_type"]) for t in row["triples"])
            yield Coded(row["text"], tuple(triples))


def _party(words: str) -> str | None:
    return None if words.lower() in NOBODY else words


def find_occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """The characters of each place where the words stand in a text, in whatever case."""
    lowered, wanted = text.lower(), words.lower().strip()
    found, start = [], lowered.find(wanted)
    while start >= 0:
        found.append((start, start + len(wanted)))
        start = lowered.find(wanted, start + 1)
    return found
