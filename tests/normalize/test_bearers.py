"""Bare surnames: which mean the better known bearer."""

from collections import Counter

from tasks.normalize.bearers import Bearer, find_bearers, find_leader, part_bearer
from tasks.normalize.clusters import Cluster, Mention

BEST_KNOWN = Bearer("ann lee", frozenset({"president"}), is_household=True, is_given=False)


def make_cluster(*names: tuple[str, str | None]) -> Cluster:
    mentions = [
        Mention(f"m{number}", "a1", 10 * number, 10 * number + len(text), text, "PERSON", title=title)
        for number, (text, title) in enumerate(names)
    ]
    full = next(mention.text for mention in mentions if " " in mention.text)
    return Cluster("a1", "PERSON", full, tuple(mentions))


def texts(cluster: Cluster) -> list[str]:
    return [mention.text for mention in cluster.mentions]


def part(cluster: Cluster, bearer: Bearer = BEST_KNOWN) -> list[list[str]] | None:
    parts = part_bearer(cluster, "lee", bearer)
    return None if parts is None else [texts(part) for part in parts]


def test_a_surname_with_the_office_of_the_better_known_bearer_is_hers() -> None:
    cluster = make_cluster(("Bob Lee", None), ("Lee", "President"), ("Lee", None))
    assert part(cluster) == [["Bob Lee"], ["Lee", "Lee"]]


def test_a_surname_before_the_full_name_is_that_of_whom_all_know() -> None:
    cluster = make_cluster(("Lee", None), ("Bob Lee", None), ("Lee", None), ("Bob", None))
    assert part(cluster) == [["Bob Lee", "Bob"], ["Lee", "Lee"]]
    assert part(cluster, BEST_KNOWN._replace(is_household=False)) is None


def test_a_surname_after_the_full_name_is_the_article_s_own() -> None:
    assert part(make_cluster(("Bob Lee", None), ("Lee", None), ("Lee", "Mayor"))) is None


def test_mrs_stays_with_whom_the_article_introduced() -> None:
    cluster = make_cluster(("Lee", None), ("Sue Lee", None), ("Lee", "Mrs."))
    assert part(cluster) == [["Sue Lee", "Lee"], ["Lee"]]


def test_an_office_that_both_hold_tells_nothing() -> None:
    assert part(make_cluster(("Bob Lee", "President"), ("Lee", "President"))) is None


def test_a_surname_as_first_word_of_a_name_means_its_bearer() -> None:
    assert part(make_cluster(("Lee Doctrine", None), ("Lee", None))) == [["Lee Doctrine"], ["Lee"]]


def test_a_leader_is_called_so_by_far_more_articles() -> None:
    assert find_leader(Counter({"ann lee": 10, "bob lee": 2})) == "ann lee"
    assert find_leader(Counter({"ann lee": 10, "bob lee": 3})) is None
    assert find_leader(Counter({"ann lee": 9})) is None


def test_bearers_have_usual_roles_and_are_household_names_where_few_give_them_in_full() -> None:
    people = [("ann lee", make_cluster(("Ann Lee", "President")))] * 10
    found = find_bearers({"lee": Counter({"ann lee": 10})}, people, {"lee": 1})
    assert found == {"lee": BEST_KNOWN}
    rarer = find_bearers({"lee": Counter({"ann lee": 10})}, people, {})
    assert rarer == {"lee": BEST_KNOWN._replace(is_household=False)}


def test_a_junior_is_no_bare_surname() -> None:
    cluster = make_cluster(("Lee", None), ("Bob Lee Jr.", None), ("Lee Jr.", None))
    assert part(cluster) == [["Bob Lee Jr.", "Lee Jr."], ["Lee"]]


def test_a_surname_beside_that_of_a_junior_is_the_parent_s() -> None:
    assert part(make_cluster(("Bob Lee Jr.", None), ("Lee", None), ("Lee Jr.", None))) == [
        *(["Bob Lee Jr.", "Lee Jr."], ["Lee"])
    ]


def test_a_surname_is_a_little_known_relative_s_only_where_the_article_begins_with_her() -> None:
    cluster = make_cluster(("Sue Lee", None), ("Lee", None), ("Lee", "Mrs."))
    later = cluster._replace(mentions=tuple(mention._replace(sentence_index=2) for mention in cluster.mentions))
    everywhere = BEST_KNOWN._replace(is_everywhere=True)
    far = part_bearer(later, "lee", everywhere, "sue lee")
    assert far is not None
    assert [texts(found) for found in far] == [["Sue Lee", "Lee"], ["Lee"]]
    assert part_bearer(later, "lee", BEST_KNOWN, "sue lee") is None
    assert part_bearer(cluster, "lee", everywhere, "sue lee") is None
    assert part_bearer(later, "lee", everywhere._replace(rivals=frozenset({"sue lee"})), "sue lee") is None
