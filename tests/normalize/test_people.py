"""People: which full names are one person."""

from collections import Counter

from tasks.normalize.people import group_variants, index_short_forms, split_by_country, without_scrap


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
