"""Corrections: applied on every run, named where they no longer apply."""

import logging

import pytest

from tasks.errors import ReferenceDataError
from tasks.normalize.corrections import Entity
from tasks.normalize.entities import Entities
from tasks.normalize.lexicon import Correction
from tests.normalize.world import lexicon, solve

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
    with pytest.raises(ReferenceDataError, match="the action split of Lula"):
        correct("split", "Lula", "x")
