"""Minimal pairs: two sentences that differ in one thing, each with the events that a careful reader finds in it."""

import json
from pathlib import Path
from typing import Any, NamedTuple

Row = dict[str, Any]


class Expected(NamedTuple):
    """An event to be found; an empty `choices` admits anything, None as parties leaves them open."""

    event_types: frozenset[str]
    actors: tuple[str, ...] | None
    recipients: tuple[str, ...] | None
    choices: dict[str, tuple[str | None, ...]]


class Sentence(NamedTuple):
    """A text, its events, and the types of further events that a reader may or may not see."""

    text: str
    events: tuple[Expected, ...]
    allowed: frozenset[str]


class Pair(NamedTuple):
    """Two sentences; `known_gap` says why the rules do not get them right yet."""

    kind: str
    name: str
    sentences: tuple[Sentence, ...]
    known_gap: str | None


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a JSONL file, one a line."""
    return [make_pair(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def make_pair(row: Row) -> Pair:
    """The pair that a line gives."""
    return Pair(row["kind"], row["pair"], tuple(map(make_sentence, row["sentences"])), row.get("known_gap"))


def make_sentence(row: Row) -> Sentence:
    """The sentence with its events."""
    return Sentence(row["text"], tuple(map(make_expected, row["events"])), frozenset(row.get("may", ())))


def make_expected(row: Row) -> Expected:
    """The event; a field with a list admits each of its values, a field that is left out admits any."""
    choices = {
        name: _as_tuple(row[name]) for name in ("polarity", "modality", "tense", "claimed_by", "time") if name in row
    }
    parties = {role: tuple(row[role]) if role in row else None for role in ("actor", "recipient")}
    return Expected(frozenset(_as_tuple(row["event_type"])), parties["actor"], parties["recipient"], choices)


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
