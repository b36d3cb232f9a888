"""Cues: what words that name no place say of the country."""

import pytest

from tasks.normalize.country_cues import Cues, make_cues, weigh_cues
from tasks.normalize.places import Hints, resolve_places
from tests.normalize.world import gazetteer, lexicon, make_mentions

CUES = make_cues(
    [("sheriff", ("USA",)), ("city council", ("USA", "CAN")), ("GOP", ("USA",)), (".ie", ("IRL",)), ("£", ("GBR",))]
)


def weigh(text: str, cues: Cues = CUES) -> dict[str, float]:
    return {code: round(weight, 3) for code, weight in weigh_cues([("a1", text)], cues)["a1"].items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The sheriff met another Sheriff.", {"USA": 0.3}),
        ("The City Council met.", {"USA": 0.15, "CAN": 0.15}),
        ("The sheriff told the city council.", {"USA": 0.45, "CAN": 0.15}),
        ("A GOP rally; he said gop.", {"USA": 0.3}),
        ("Write to news@herald.ie or pay £30.", {"IRL": 0.3, "GBR": 0.3}),
        ("The sheriffdom, herald.ies and .ie.", {}),
        ("", {}),
    ],
)
def test_each_cue_counts_once_for_its_countries(text: str, expected: dict[str, float]) -> None:
    assert weigh(text) == expected


def test_all_cues_together_weigh_little() -> None:
    many = make_cues([(word, ("USA",)) for word in ("one", "two", "three", "four", "five", "six", "seven")])
    assert weigh("one two three four five six seven", many) == {"USA": 1.5}


def test_shipped_cues_name_countries() -> None:
    codes = {code for found in lexicon().cues.countries.values() for code in found}
    assert codes <= set(lexicon().countries)


def test_cues_tell_places_of_one_name_apart() -> None:
    mentions = make_mentions("a1", [["Tripoli", "GPE"]])
    found, weights = resolve_places(
        mentions, None, lexicon=lexicon(), gazetteer=gazetteer(), hints=Hints({}, {"a1": {"LBN": 0.6}}, {})
    )
    assert (found["tripoli"].place.country_code, weights) == ("LBN", {"LBN": 0.5})
