"""Lines and whole scrapes from cases.jsonl: what is dropped by which rule, and what stays."""

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.clean.boilerplate import Rules, build_rules, clean_text, find_rule
from tasks.clean.head import Head
from tests.clean.conftest import ROW

CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text("utf-8").splitlines()]
LINES = [case for case in CASES if case["kind"] == "line"]
TEXTS = [case for case in CASES if case["kind"] == "text"]


@pytest.mark.parametrize("case", LINES, ids=lambda case: f"{case['rule'] or 'kept'}: {case['text'][:40]}")
def test_line_is_dropped_by_its_rule_or_kept(rules: Rules, case: dict[str, Any]) -> None:
    assert find_rule(case["text"], rules, case["scope"]) == case["rule"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["name"])
def test_text_falls_into_head_and_paragraphs(rules: Rules, case: dict[str, Any]) -> None:
    cleaned = clean_text(case["text"], rules, **case["known"])
    assert list(cleaned.paragraphs) == case["paragraphs"]
    assert cleaned.head == Head(**case["head"])
    assert [line.rule_id for line in cleaned.dropped] == case["dropped"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**ROW, "scope": "page"}, "rule x has the scope page"),
        ({**ROW, "pattern": "(a"}, "rule x has a broken pattern"),
        ({**ROW, "pattern": "(a)"}, "rule x has a capturing group"),
    ],
)
def test_broken_rule_is_named(row: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build_rules([row])


def test_rule_with_a_literal_is_tried_only_on_text_that_holds_it() -> None:
    rules = build_rules([{**ROW, "pattern": ".*", "needs": "secret"}])
    assert clean_text("An open word.\nA Secret word.", rules).paragraphs == ("An open word.",)


def test_no_rules_drop_no_lines() -> None:
    assert clean_text("Advertisement\nA word.\nAnother word.", build_rules([])).head.title == "Advertisement"
