"""What names of bodies may stand for others."""

import pytest

from tasks.normalize.clusters import Mention, is_short_form, make_cluster
from tasks.normalize.readings import part_bodies
from tests.normalize.world import lexicon


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("justice", "justice department", True),
        ("commons", "house of commons", True),
        ("intelligence", "house intelligence committee", False),
        ("national", "national security agency", False),
        ("prevention", "centers for disease control and prevention", False),
        ("senate democratic", "democratic senate", False),
        ("homeland security", "department of homeland security", True),
    ],
)
def test_the_ends_of_a_body_s_name_may_stand_for_it(short: str, long: str, expected: bool) -> None:
    assert is_short_form(short.split(), long.split()) is expected


def test_whose_a_body_is_makes_the_person_none_of_its_names() -> None:
    texts = ("Obama DOJ", "Obama", "Justice Department")
    cluster = make_cluster([Mention(text, "a1", 20 * k, 20 * k + 9, text, "ORG") for k, text in enumerate(texts)])
    parts = part_bodies(cluster, lexicon(), {}, {"obama"})
    assert [part.names for part in parts] == [["Obama DOJ", "Justice Department"], ["Obama"]]


def test_a_body_with_one_acronym_has_no_other() -> None:
    texts = ("Centers for Disease Control and Prevention", "CDC", "CDCP")
    cluster = make_cluster([Mention(text, "a1", 50 * k, 50 * k + 9, text, "ORG") for k, text in enumerate(texts)])
    assert [part.names for part in part_bodies(cluster, lexicon(), {}, set())] == [list(texts[:2]), ["CDCP"]]
