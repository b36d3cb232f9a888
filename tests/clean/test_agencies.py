"""Whose report an article is."""

from typing import Any

import pytest

from tasks.clean.agencies import build_agencies, find_agency
from tasks.clean.boilerplate import Rules

NOTHING: dict[str, Any] = {"dateline": None, "credits": (), "closing": "", "foot": (), "domain": None}


@pytest.mark.parametrize(
    ("evidence", "agency"),
    [
        ({}, None),
        ({"dateline": "AP"}, "Associated Press"),
        ({"dateline": "AP/Reuters"}, "Associated Press"),
        ({"dateline": "Northline"}, None),
        ({"credits": ("Jane Doe, Associated Press",)}, "Associated Press"),
        ({"credits": ("By MATTHEW DOE and JOHN ROE Associated Press",)}, None),
        ({"credits": ("Xinhua | Jane Doe",)}, "Xinhua"),
        ({"credits": (None, "Reuters")}, "Reuters"),
        ({"closing": "They left, he said. (ANI)"}, "ANI"),
        ({"closing": "They left, he said. -- AFP"}, "Agence France-Presse"),
        ({"closing": "They spoke to the agency (ANI) and left."}, None),
        ({"closing": "It owns the agency Yonhap."}, None),
        ({"foot": ("Source: Xinhua",)}, "Xinhua"),
        ({"foot": ("(PTI)",)}, "Press Trust of India"),
        ({"foot": ("With inputs from PTI",)}, None),
        ({"domain": "reuters.com"}, "Reuters"),
        ({"dateline": "AFP", "domain": "reuters.com"}, "Agence France-Presse"),
    ],
)
def test_agency_is_found_where_it_is_named(rules: Rules, evidence: dict[str, Any], agency: str | None) -> None:
    assert find_agency(rules.agencies, **{**NOTHING, **evidence}) == agency


def test_no_name_stands_for_two_agencies(rules: Rules) -> None:
    rows = [{"agency": "A", "names": "X|Y", "domains": ""}, {"agency": "B", "names": "Z", "domains": "b.org"}]
    assert build_agencies(rows).by_name == {"X": "A", "Y": "A", "Z": "B"}
    assert len(rules.agencies.by_name) > 150
