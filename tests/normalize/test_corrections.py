"""Corrections: applied on every run, named where they no longer apply."""

import logging

import pytest

from tasks.errors import ReferenceDataError
from tasks.normalize.corrections import Entity
from tasks.normalize.entities import Entities
from tasks.normalize.lexicon import Correction
from tests.normalize.world import Case, lexicon, solve

CASE = {
    "articles": {
        "a1": {"mentions": [["Lula da Silva", "PERSON"], ["Brazil", "GPE"]]},
        "a2": {"mentions": [["Inácio Silva", "PERSON"], ["Peru", "GPE"]]},
    }
}


def correct(action: str, name: str, target: str, entity_type: str = "PERSON") -> Entities:
    """The entities of the case with one correction."""
    correction = Correction(action, entity_type, name, target, "a test", "us")
    return solve(CASE, reference=lexicon()._replace(corrections=(correction,)))


def by_name(found: Entities) -> dict[str, Entity]:
    """The entities by their names."""
    return {entity.canonical_name: entity for entity in found.entities}


def test_merge_makes_one_entity_with_the_mentions_of_both() -> None:
    found = correct("merge", "Inácio Silva", "Lula da Silva")
    lula = by_name(found)["Lula da Silva"]
    assert (lula.mention_count, lula.article_count, lula.aliases) == (2, 2, ("Inácio Silva",))
    links = [link for link in found.links if link.entity_id == lula.entity_id]
    assert sorted(link.method for link in links) == ["correction", "name"]


def test_rename_keeps_the_old_name_as_alias() -> None:
    renamed = by_name(correct("rename", "Lula da Silva", "Luiz Inácio Lula da Silva"))["Luiz Inácio Lula da Silva"]
    assert renamed.aliases == ("Lula da Silva",)


def test_recode_changes_the_columns_it_names() -> None:
    recoded = by_name(correct("recode", "lula da silva", "country_code=BRA|sector=GOV"))["Lula da Silva"]
    assert (recoded.country_code, recoded.sector) == ("BRA", "GOV")


def test_reject_drops_the_entity_and_its_links() -> None:
    found = correct("reject", "Inácio Silva", "")
    assert "Inácio Silva" not in by_name(found)
    assert {link.entity_id for link in found.links} == {entity.entity_id for entity in found.entities}


def test_a_correction_of_nothing_is_named(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        correct("rename", "Nobody Known", "Somebody")
    assert "nothing to rename under the name Nobody Known" in caplog.text


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(ReferenceDataError, match="the action divide of Lula"):
        correct("divide", "Lula", "x")


NAMESAKES = {
    "articles": {
        "a1": {"mentions": [["Ann Lee", "PERSON", {"role": "mayor"}], ["Ann", "PERSON"], ["Brazil", "GPE"]]},
        "a2": {"mentions": [["Ann Lee", "PERSON", {"role": "swimmer"}], ["Peru", "GPE"]]},
        "a3": {"mentions": [["Ann B. Lee", "PERSON"]]},
        "a4": {"mentions": [["Ann Lee", "PERSON"]]},
    }
}


def correct_all(*rows: tuple[str, str, str], case: Case = NAMESAKES) -> Entities:
    """The entities of a case with several corrections of persons."""
    corrections = tuple(Correction(action, "PERSON", name, target, "a test", "us") for action, name, target in rows)
    return solve(case, reference=lexicon()._replace(corrections=corrections))


@pytest.mark.parametrize(
    ("target", "articles"),
    [
        ("Ann Lee (swimmer)|role=swimmer", {"a2"}),
        ("Ann Lee (swimmer)|article_id=a2|article_id=a3", {"a2", "a3"}),
        ("Ann B. Lee", {"a3"}),
    ],
)
def test_split_gives_the_namings_that_fulfil_a_condition_an_entity_of_their_own(
    target: str, articles: set[str]
) -> None:
    found = correct_all(("split", "Ann Lee", target))
    own = by_name(found)[target.split("|", maxsplit=1)[0]]
    moved = {link.mention_id.split("/")[0] for link in found.links if link.entity_id == own.entity_id}
    assert moved == articles
    assert {link.method for link in found.links if link.entity_id == own.entity_id} == {"split"}
    assert "Ann Lee" in by_name(found)
    assert [outcome.outcome for outcome in found.outcomes] == ["applied"]


def test_what_a_split_parts_can_be_merged_and_renamed() -> None:
    found = correct_all(
        ("split", "Ann Lee", "Ann Lee (swimmer)|role=swimmer"),
        ("split", "Ann Lee", "Ann B. Lee"),
        ("merge", "Ann B. Lee", "Ann Lee (swimmer)"),
        ("recode", "Ann Lee (swimmer)", "country_code=PER"),
    )
    people = {name: entity for name, entity in by_name(found).items() if entity.entity_type == "PERSON"}
    assert sorted(people) == ["Ann Lee", "Ann Lee (swimmer)"]
    assert people["Ann Lee (swimmer)"].aliases == ("Ann B. Lee", "Ann Lee")
    assert [outcome.outcome for outcome in found.outcomes] == ["applied", "unmet", "applied", "applied"]


def test_a_split_keeps_its_id_when_articles_come() -> None:
    row = ("split", "Ann Lee", "Ann Lee (swimmer)|role=swimmer")
    fewer = {"articles": {name: NAMESAKES["articles"][name] for name in ("a1", "a2")}}
    ids = {by_name(correct_all(row, case=case))["Ann Lee (swimmer)"].entity_id for case in (NAMESAKES, fewer)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("rows", "outcomes"),
    [
        ([("merge", "Inácio Silva", "Lula da Silva")], ["applied"]),
        ([("rename", "Lula da Silva", "Lula")], ["applied"]),
        ([("recode", "Lula da Silva", "country_code=BRA")], ["applied"]),
        ([("reject", "Inácio Silva", "")], ["applied"]),
        ([("merge", "Nobody Known", "Lula da Silva")], ["unused"]),
        ([("merge", "Inácio Silva", "Nobody Known")], ["unused"]),
        ([("recode", "Lula da Silva", "sector=GOV"), ("recode", "Lula da Silva", "sector=OPP")], ["unmet", "applied"]),
        ([("rename", "Lula da Silva", "Lula"), ("reject", "Lula da Silva", "")], ["unmet", "applied"]),
    ],
)
def test_each_correction_is_checked_against_what_came_out(
    rows: list[tuple[str, str, str]], outcomes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found = correct_all(*rows, case=CASE)
    assert [outcome.outcome for outcome in found.outcomes] == outcomes
    assert len(caplog.records) == sum(outcome != "applied" for outcome in outcomes)


def test_an_unknown_condition_is_refused() -> None:
    with pytest.raises(ReferenceDataError, match="split Lula holds shoe_size=44; write column=value of name, role"):
        correct("split", "Lula", "Lula II|shoe_size=44")
