"""Places that no gazetteer holds."""

import pytest

from tasks.normalize.clusters import Mention
from tasks.normalize.gazetteer import Place
from tasks.normalize.places import NO_HINTS, Hints, find_hints, resolve_places
from tasks.normalize.readings import place_mentions
from tasks.normalize.unlisted import Home, describe, find_home, place_unlisted
from tests.normalize.world import gazetteer, lexicon, make_mentions

Row = list[object]


def resolve(rows: list[Row], hints: Hints = NO_HINTS) -> dict[str, Place]:
    found, _ = resolve_places(make_mentions("a1", rows), None, lexicon=lexicon(), gazetteer=gazetteer(), hints=hints)
    return {key: located.place for key, located in found.items()}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ghadir Park", "site"),
        ("Hamra Street", "road"),
        ("Litani River", "feature"),
        ("Lake Qaraoun", "feature"),
        ("Zgharta Township", "feature"),
        ("Islamic Republic", None),
        ("Health.gov", None),
        ("Park", None),
        ("Zgharta", None),
    ],
)
def test_the_name_says_what_kind_of_place_it_is(text: str, kind: str | None) -> None:
    assert describe(Mention("m", "a1", 0, len(text), text, "FAC"), lexicon().place_kinds) == kind


@pytest.mark.parametrize(
    ("countries", "divisions", "home"),
    [
        ({"LBN": 3.0}, {("LBN", "04"): 2.0}, Home("LBN", "04")),
        ({"LBN": 3.0}, {("LBN", "04"): 2.0, ("LBN", "05"): 2.0}, Home("LBN", None)),
        ({"LBN": 3.0, "SYR": 1.0}, {("SYR", "04"): 1.0}, Home("LBN", None)),
        ({"LBN": 3.0, "SYR": 2.0}, {}, None),
        ({"LBN": 0.9}, {}, None),
        ({}, {}, None),
    ],
)
def test_an_article_is_at_home_where_nearly_all_its_places_lie(
    countries: dict[str, float], divisions: dict[tuple[str, str], float], home: Home | None
) -> None:
    assert find_home(countries, divisions) == home


def test_a_river_lies_in_the_country_that_its_article_is_about() -> None:
    river = resolve([["Lebanon", "GPE"], ["Lebanese", "NORP"], ["Wadi Qannubin River", "LOC"]])["wadi qannubin river"]
    assert (river.place_id, river.precision) == ("site:LBN---wadi qannubin river", "region")
    assert (river.country_code, river.latitude, river.longitude) == ("LBN", None, None)


def test_nothing_is_said_of_a_river_in_an_article_about_two_countries() -> None:
    rows: list[Row] = [["Lebanon", "GPE"], ["Libya", "GPE"], ["Wadi Qannubin River", "LOC"]]
    assert "wadi qannubin river" not in resolve(rows)


def test_a_park_lies_in_the_town_that_it_is_said_to_be_in() -> None:
    sentence = "Crowds met at Ghadir Park in Tripoli, Lebanon."
    mentions = make_mentions(
        "a1", [["Ghadir Park", "FAC", {"gap": 14}], ["Tripoli", "GPE", {"gap": 4}], ["Lebanon", "GPE", {"gap": 2}]]
    )
    hints = find_hints(mentions, {("a1", 0): (0, sentence)}, lexicon())
    assert [sentence[m.start : m.end] for m in mentions] == ["Ghadir Park", "Tripoli", "Lebanon"]
    found, _ = resolve_places(mentions, None, lexicon=lexicon(), gazetteer=gazetteer(), hints=hints)
    park, town = found["ghadir park"].place, found["tripoli"].place
    assert park.precision == "point"
    assert park.place_id == f"site:LBN-{town.admin1_code}-tripoli-ghadir park"
    assert (park.latitude, park.longitude) == (town.latitude, town.longitude)
    assert set(place_mentions(mentions, found)) == {mention.mention_id for mention in mentions}


def test_a_road_of_no_town_is_no_place() -> None:
    (mention,) = make_mentions("a1", [["Main Street", "FAC"]])
    home, kinds = Home("LBN", None), lexicon().place_kinds
    tripoli = Place("geonames:1", "Tripoli", "LBN", "09", 34.4, 35.8, "city", 200_000)
    assert list(place_unlisted([mention], {}, home, kinds)) == []
    assert list(place_unlisted([mention], {"main street": gazetteer().countries["LBN"]}, home, kinds)) == []
    ((key, road),) = place_unlisted([mention], {"main street": tripoli}, home, kinds)
    assert (key, road.place_id, road.latitude) == ("main street", "site:LBN-09-tripoli-main street", 34.4)


def test_unlisted_places_do_not_speak_for_their_country() -> None:
    _, weights = resolve_places(
        make_mentions("a1", [["Lebanon", "GPE"], ["Ghadir Park", "FAC"]]),
        None,
        lexicon=lexicon(),
        gazetteer=gazetteer(),
        hints=NO_HINTS,
    )
    assert weights == {"LBN": 1.0}
