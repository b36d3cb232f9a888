"""People: which full names are one person."""

from collections import Counter

from tasks.normalize.people import (
    Person,
    are_last_alike,
    find_given,
    find_pairs,
    group_variants,
    identify_full_names,
    index_short_forms,
    split_by_country,
    without_mononyms,
    without_scrap,
)


def test_a_name_that_runs_two_people_together_joins_neither_to_the_other() -> None:
    counts = {("ann", "berg"): 5, ("bob", "berg"): 4, ("ann", "bob", "berg"): 1}
    keys = group_variants(counts, {})
    assert keys["ann", "berg"] != keys["bob", "berg"]


def test_a_fuller_name_joins_the_shorter_one_that_only_one_person_has() -> None:
    keys = group_variants({("mitt", "berg"): 5, ("willard", "mitt", "berg"): 1}, {})
    assert keys["mitt", "berg"] == keys["willard", "mitt", "berg"]


def test_a_word_of_the_page_is_no_last_name() -> None:
    counts = {("ann", "berg"): 20, ("ann", "berg", "reuters"): 1}
    assert without_scrap(("ann", "berg", "reuters"), {"berg"}, counts) == ("ann", "berg")
    assert without_scrap(("ann", "berg", "reuters"), {"reuters"}, counts) == ("ann", "berg", "reuters")
    assert without_scrap(("ann", "berg", "reuters"), {"berg"}, {**counts, ("ann", "berg"): 19})[-1] == "reuters"


def test_a_second_country_needs_its_share_of_the_articles() -> None:
    assert split_by_country(Counter({"IRL": 1, "USA": 1}), 3) == ("IRL", "USA")
    assert split_by_country(Counter({"IRL": 2, "USA": 1}), 60) == ("IRL",)


def test_a_first_name_means_somebody_elsewhere_only_where_several_articles_use_it() -> None:
    rare = [("ann berg", ("ann", "berg"), {"ann"})]
    assert index_short_forms(rare) == {"berg": Counter({"ann berg": 0})}
    assert index_short_forms(rare * 3) == {"berg": Counter({"ann berg": 0}), "ann": Counter({"ann berg": 3})}


def test_father_and_son_stay_two_though_a_longer_name_holds_both() -> None:
    father, son = ("george", "h", "w", "berg"), ("george", "w", "berg")
    counts = {father: 5, son: 9, ("george", "herbert", "walker", "berg"): 2, ("george", "walker", "berg"): 1}
    keys = group_variants(counts, {})
    assert keys[father] != keys[son]


def test_a_relative_with_the_middle_name_as_first_is_another_person() -> None:
    counts = {("justin", "berg"): 9, ("justin", "pierre", "berg"): 1, ("pierre", "berg"): 1}
    given = {("pierre", "lee"): 1, ("pierre", "roy"): 1}
    keys = group_variants({**counts, **given}, {})
    assert keys["justin", "pierre", "berg"] == keys["justin", "berg"] != keys["pierre", "berg"]


def test_two_usual_names_in_one_are_a_pair() -> None:
    counts = {("ann", "berg"): 20, ("bob", "lee"): 20, ("ann", "berg", "bob", "lee"): 1, ("berg", "bob", "lee"): 1}
    assert find_pairs(counts) == {("ann", "berg", "bob", "lee"), ("berg", "bob", "lee")}
    assert not find_pairs({**counts, ("ann", "berg"): 19})


def test_a_name_that_stands_alone_nearly_everywhere_is_nobody_s_last_name() -> None:
    forms = {"francis": Counter({"terri francis": 1, "francis lee": 3})}
    full = [("terri", "francis")]
    assert without_mononyms(forms, {"francis": 10}, full) == forms
    assert without_mononyms(forms, {"francis": 11}, full) == {"francis": Counter({"francis lee": 3})}


def test_a_first_name_means_one_person_where_hardly_anybody_shares_it_or_she_is_called_so_far_more_often() -> None:
    known = [("ivanka berg", ("ivanka", "berg"))] * 9 + [("amy berg", ("amy", "berg")), ("amy lee", ("amy", "lee"))]
    forms = {"amy": Counter({"amy lee": 5})}
    assert find_given(forms, known, {"amy": 1}) == {("ivanka", "ivanka berg"), ("amy", "amy lee")}
    assert find_given(forms, known, {"amy": 2}) == {("ivanka", "ivanka berg")}


def test_last_names_that_only_look_alike_are_no_transliterations() -> None:
    pairs = [("t cole", "t cooley"), ("m keel", "m kelly"), ("v yanukovych", "v yanukovich"), ("m morsi", "m morsy")]
    assert [are_last_alike(*pair) for pair in pairs] == [False, False, True, True]


def test_another_form_of_the_first_name_with_an_office_that_the_usual_one_lacks_is_another_person() -> None:
    adviser = Person(("stephen", "berg"), None, frozenset(), frozenset({"adviser"}))
    official = Person(("steven", "berg"), None, frozenset(), frozenset({"commissioner"}))
    misspelt = Person(("steven", "berg"), None, frozenset())
    names = {"steven": "stephen"}
    keys = [found.key for found in identify_full_names([*[adviser] * 4, *[official] * 3, misspelt], names)]
    assert keys == [*["stephen berg"] * 4, *["stephen berg (other)"] * 3, "stephen berg"]
    rare = [found.key for found in identify_full_names([*[adviser] * 4, *[official] * 2], names)]
    assert rare == ["stephen berg"] * 6
