"""Entities: the cases of cases_entities.jsonl, and what holds for all of them."""

from collections import defaultdict

import pytest

from tests.normalize.world import Case, read_articles, read_cases, solve

CASES = read_cases("cases_entities")


@pytest.mark.parametrize("case", [case for case in CASES if "expect" in case], ids=lambda case: case["case"])
def test_mentions_of_one_thing_are_one_entity(case: Case) -> None:
    mentions, _ = read_articles(case)
    found = solve(case)
    entity_of = {link.mention_id: link.entity_id for link in found.links}
    grouped = defaultdict(list)
    for mention in mentions:
        if mention.mention_id in entity_of:
            grouped[entity_of[mention.mention_id]].append(mention.text)
    seen = {entity.canonical_name: grouped[entity.entity_id] for entity in found.entities}
    assert seen == {name: expected["mentions"] for name, expected in case["expect"].items()}
    for entity in found.entities:
        row = {**entity._asdict(), "type": entity.entity_type}
        expected = {key: value for key, value in case["expect"][entity.canonical_name].items() if key != "mentions"}
        assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize("case", [case for case in CASES if "expect_groups" in case], ids=lambda case: case["case"])
def test_names_are_parted_as_the_evidence_parts_them(case: Case) -> None:
    mentions, _ = read_articles(case)
    entity_of = {link.mention_id: link.entity_id for link in solve(case).links}
    grouped = defaultdict(list)
    for mention in mentions:
        if mention.label == "PERSON":
            grouped[entity_of[mention.mention_id]].append(f"{mention.article_id}/{mention.text}")
    assert sorted(grouped.values()) == sorted(case["expect_groups"])


def test_counts_and_days_come_from_all_articles() -> None:
    article = {"mentions": [["Russia", "GPE"], ["Russian", "NORP"]]}
    case = {
        "articles": {"a1": {**article, "published": "2022-01-07T10:00"}, "a2": {**article, "published": "2021-12-31"}}
    }
    (russia,) = solve(case).entities
    assert (russia.article_count, russia.mention_count) == (2, 4)
    assert (str(russia.first_seen), str(russia.last_seen)) == ("2021-12-31", "2022-01-07")
    assert russia.aliases == ("Russian",)


def test_ids_do_not_depend_on_what_else_is_read() -> None:
    alone = {"articles": {"a1": {"mentions": [["Angela Merkel", "PERSON"], ["Germany", "GPE"]]}}}
    more = {"articles": {**alone["articles"], "a0": {"mentions": [["Emmanuel Macron", "PERSON"], ["Germany", "GPE"]]}}}
    ids = {entity.canonical_name: entity.entity_id for entity in solve(more).entities}
    assert all(ids[entity.canonical_name] == entity.entity_id for entity in solve(alone).entities)


def test_no_mentions_give_no_entities() -> None:
    found = solve({"articles": {}})
    assert (found.entities, found.links) == ([], [])
