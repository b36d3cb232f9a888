"""The events found in a sentence, against those that a careful reader finds."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.accuracy.formats.pairs import Expected, Sentence

Names = frozenset[str]


class Coded(NamedTuple):
    """An event as the rules give it; a party is all the names that its mention has in the text."""

    event_type: str
    actors: tuple[Names, ...]
    recipients: tuple[Names, ...]
    polarity: str
    modality: str
    tense: str
    times: Names
    claimed_by: Names | None


def find_faults(sentence: Sentence, found: Sequence[Coded]) -> list[str]:
    """What is wrong, in words: events missed or with another part or standing, and events that nobody would see."""
    left = list(found)
    missed: list[Expected] = []
    for expected in sentence.events:
        event = next((event for event in left if not differences(expected, event)), None)
        if event is None:
            missed.append(expected)
        else:
            left.remove(event)
    faults: list[str] = []
    for expected in missed:
        near = min(_of_type(expected, left), key=lambda event: len(differences(expected, event)), default=None)
        if near is not None:
            left.remove(near)
        faults.append(describe(expected, near))
    faults += [f"{event.event_type} is invented" for event in left if event.event_type not in sentence.allowed]
    return faults


def _of_type(expected: Expected, events: Sequence[Coded]) -> list[Coded]:
    return [event for event in events if event.event_type in expected.event_types]


def describe(expected: Expected, near: Coded | None) -> str:
    """The sentence on an event that is missing or not as expected."""
    name = "/".join(sorted(expected.event_types))
    return f"no {name}" if near is None else f"{name}: {', '.join(differences(expected, near))}"


def differences(expected: Expected, event: Coded) -> list[str]:
    """Where an event is not what was expected, in words; none where it is."""
    if event.event_type not in expected.event_types:
        return [f"type is {event.event_type}"]
    found = [
        f"{role} is {[sorted(names, key=len)[-1:] for names in parties]}, not {list(wanted)}"
        for role, wanted, parties in (
            ("actor", expected.actors, event.actors),
            ("recipient", expected.recipients, event.recipients),
        )
        if wanted is not None and not are_parties(wanted, parties)
    ]
    for field, choices in expected.choices.items():
        values = _values(event, field)
        if not any(_is_value(choice, values) for choice in choices):
            found.append(f"{field} is {sorted(values) or None}, not {' or '.join(map(str, choices))}")
    return found


def _values(event: Coded, field: str) -> Names:
    if field == "time":
        return event.times
    if field == "claimed_by":
        return event.claimed_by or frozenset()
    return frozenset({str(getattr(event, field))})


def _is_value(choice: str | None, values: Names) -> bool:
    return not values if choice is None else any(choice == value or is_name(choice, value) for value in values)


def are_parties(wanted: Sequence[str], parties: Sequence[Names]) -> bool:
    """Whether each wanted name is one of the parties, and each party one of the wanted names."""
    return all(any(_is_named(name, party) for party in parties) for name in wanted) and all(
        any(_is_named(name, party) for name in wanted) for party in parties
    )


def _is_named(name: str, party: Names) -> bool:
    return any(is_name(name, other) for other in party)


def is_name(name: str, text: str) -> bool:
    """Whether all words of a name stand in a text, capitals aside."""
    return set(_words(name)) <= set(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", re.sub("['’]s\\b", "", text).lower())
