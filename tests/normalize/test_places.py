"""Places: the cases of cases_places.jsonl."""

import pytest

from tasks.normalize.gazetteer import Candidate, Gazetteer, Place
from tasks.normalize.places import NO_HINTS, find_kinds, look_up_keys, resolve_places, toponym_key
from tests.normalize.world import Case, gazetteer, lexicon, make_mentions, read_articles, read_cases


@pytest.mark.parametrize("case", read_cases("cases_places"), ids=lambda case: case["case"])
def test_toponyms_of_an_article_are_resolved_together(case: Case) -> None:
    mentions, facts = read_articles(case)
    found, _ = resolve_places(mentions, facts["a1"].dateline, lexicon=lexicon(), gazetteer=gazetteer(), hints=NO_HINTS)
    assert {key: [place.place.country_code, place.place.precision] for key, place in found.items()} == case["expect"]


def test_initials_of_a_city_are_no_state() -> None:
    assert look_up_keys("L.A.")[0] == "los angeles"
    assert look_up_keys("La.") == ("la",)


def test_county_and_township_are_written_out() -> None:
    assert look_up_keys("Platte Co.") == ("platte co", "platte county")
    assert look_up_keys("Madison Twp.") == ("madison twp", "madison township")
    assert look_up_keys("Co. Clare") == ("co clare",)


@pytest.mark.parametrize(
    ("name", "rows", "is_found"),
    [
        ("Rock Hollow", [], True),
        ("Rock Hollow", [["Libyans", "NORP"]], False),
        ("Hollow", [], False),
    ],
)
def test_a_name_of_one_country_is_believed_where_no_other_is_spoken_of(
    name: str, rows: list[list[str]], is_found: bool
) -> None:
    place = Place("town:US-MO-hollow", name, "USA", "MO", 37.0, -91.0, "city", 800)
    world = Gazetteer({name.lower(): (Candidate(place, 2.9, "own"),)}, {}, {}, frozenset())
    mentions = make_mentions("a1", [[name, "GPE"], *rows])
    found, _ = resolve_places(mentions, None, lexicon=lexicon(), gazetteer=world, hints=NO_HINTS)
    assert (name.lower() in found) is is_found


def test_countries_have_the_middle_of_their_cities() -> None:
    place = gazetteer().countries["KAZ"]
    assert (place.place_id, place.name, place.precision) == ("country:KAZ", "Kazakhstan", "country")
    assert 40 < (place.latitude or 0) < 56
    assert 46 < (place.longitude or 0) < 88


def test_words_around_a_name_say_what_kind_of_place_it_is() -> None:
    sentence = "Protests hit the Mangistau province and the city of Aktau."
    mentions = make_mentions("a1", [["Mangistau", "GPE", {"gap": 17}], ["Aktau", "GPE", {"gap": 26}]])
    assert [sentence[m.start : m.end] for m in mentions] == ["Mangistau", "Aktau"]
    kinds = find_kinds(mentions, {("a1", 0): (0, sentence)})
    assert list(kinds.values()) == ["region", "city"]


def test_the_kind_in_a_name_is_no_part_of_its_key() -> None:
    assert toponym_key("the Mangistau province") == ("mangistau", "region")
    assert toponym_key("city of Aktau") == ("aktau", "city")
    assert toponym_key("Almaty") == ("almaty", None)
