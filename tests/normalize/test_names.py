"""Keys of names."""

import pytest

from tasks.normalize.names import (
    clean_name,
    is_acronym,
    is_acronym_of,
    is_pair,
    is_well_formed,
    name_key,
    organisation_key,
    transliteration_key,
)
from tests.normalize.world import Case, read_cases

KEYS = {"name": name_key, "organisation": organisation_key, "transliteration": transliteration_key}


@pytest.mark.parametrize("case", read_cases("cases_names"), ids=lambda case: f"{case['one']}-{case['other']}")
def test_spellings_of_one_name_share_a_key(case: Case) -> None:
    key = KEYS[case["key"]]
    assert (key(case["one"]) == key(case["other"])) is case["same"]


def test_article_possessive_and_line_breaks_are_no_part_of_a_name() -> None:
    assert clean_name("the  White\nHouse’s") == "White House"
    assert clean_name("the U.S.") == "U.S."
    assert clean_name("Doctors Without Borders'") == "Doctors Without Borders"


def test_acronyms_are_told_by_their_capitals() -> None:
    assert [is_acronym(text) for text in ("CSTO", "U.N.", "AfDB", "G7", "Who", "Xi", "OPEC+")] == [
        *(True, True, True, False, False, False, True)
    ]


def test_an_acronym_is_made_of_initials_with_or_without_small_words() -> None:
    assert is_acronym_of("CSTO", "Collective Security Treaty Organization")
    assert is_acronym_of("U.N.", "United Nations")
    assert is_acronym_of("DOD", "Department of Defense")
    assert not is_acronym_of("CSTO", "Commonwealth of Independent States")


def test_headlines_and_small_letters_are_not_well_formed() -> None:
    assert [is_well_formed(text) for text in ("Angela Merkel", "ANGELA MERKEL", "merkel", "NATO", "Özgür Özel")] == [
        *(True, False, False, True, True)
    ]


def test_a_hyphen_makes_a_pair_unless_a_particle_or_a_first_name_stands_there() -> None:
    names = ("Merkel-Macron", "al-Sisi", "Jean-Luc Picard", "Merkel")
    assert [is_pair(text) for text in names] == [True, False, False, False]
