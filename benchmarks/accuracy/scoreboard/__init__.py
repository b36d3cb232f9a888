"""The tasks of the scoreboard; importing a module registers its task."""

from benchmarks.accuracy.scoreboard import body, events, ner, places, quotes, speakers, syntax, time

__all__ = ["body", "events", "ner", "places", "quotes", "speakers", "syntax", "time"]
