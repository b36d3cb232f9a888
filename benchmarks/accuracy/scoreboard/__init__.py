"""The tasks of the scoreboard; importing a module registers its task."""

from benchmarks.accuracy.scoreboard import body, duplicates, events, ner, pairs, places, quotes, speakers, syntax, time

__all__ = ["body", "duplicates", "events", "ner", "pairs", "places", "quotes", "speakers", "syntax", "time"]
