"""Toponyms through the resolution of normalize."""

from benchmarks.accuracy.formats.toponyms import Mapped, Toponym
from benchmarks.accuracy.scoreboard.places import (
    Reading,
    count_detection,
    count_located,
    make_mention,
    replace_places,
)
from tasks.normalize.gazetteer import build_gazetteer, read_atlas
from tasks.normalize.lexicon import read_lexicon
from tasks.normalize.places import wanted_keys
from tasks.settings import Settings

TEXT = "Troops left Paris for Lyon in France."
PARIS = Toponym(12, 17, 48.85, 2.35, "France")
LYON = Toponym(22, 26, -33.0, 151.0, "Australia")
FRANCE = Toponym(30, 36, None, None, "France")


def make_reading() -> Reading:
    """Paris and France found, Lyon missed, and a person that is none."""
    mentions = (
        make_mention(0, (0, 6), "Troops", "PERSON"),
        make_mention(1, (12, 17), "Paris", "GPE"),
        make_mention(2, (30, 36), "France", "GPE"),
    )
    return Reading(Mapped(None, TEXT, (PARIS, LYON, FRANCE)), mentions)


def test_places_found_are_those_with_a_place_label() -> None:
    assert count_detection(make_reading()) == {"right": 2, "found": 2, "gold": 3, "overlapping": 2}


def test_gold_place_names_take_the_place_of_those_found() -> None:
    truth = replace_places(make_reading())
    assert [(m.text, m.label) for m in truth.mentions] == [
        ("Troops", "PERSON"), ("Paris", "GPE"), ("Lyon", "GPE"), ("France", "GPE"),
    ]  # fmt: skip


def test_places_are_right_by_country_and_distance() -> None:
    reading = make_reading()
    truth = replace_places(reading)
    folder = Settings().reference_dir
    lexicon = read_lexicon(folder)
    gazetteer = build_gazetteer(lexicon, read_atlas(folder), wanted_keys(truth.mentions, ()))
    assert count_located(truth, lexicon, gazetteer, source="gold") == {
        "gold_in_country": 3, "gold_country": 2, "gold_located": 2, "gold_near": 1,
    }  # fmt: skip
    assert count_located(reading, lexicon, gazetteer, source="detected") == {
        "detected_in_country": 2, "detected_country": 2, "detected_located": 1, "detected_near": 1,
    }  # fmt: skip
