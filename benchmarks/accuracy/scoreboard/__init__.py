"""The tasks of the scoreboard; importing a module registers its task."""

from benchmarks.accuracy.scoreboard import (
    body,
    duplicates,
    entities,
    events,
    ner,
    pairs,
    places,
    quotes,
    speakers,
    stories,
    syntax,
    time,
)

__all__ = [
    "body",
    "duplicates",
    "entities",
    "events",
    "ner",
    "pairs",
    "places",
    "quotes",
    "speakers",
    "stories",
    "syntax",
    "time",
]
