"""The whole line over the sample articles, against what a careful reader expects."""

import duckdb
import pytest

from tasks import schemas
from tests.golden.runner import Case, find_fault, read_cases

CASES = read_cases()


def name_case(case: Case) -> str:
    record = f"#{case['record']}" if "record" in case else ""
    expect = case["expect"]
    what = expect.get("content") or expect.get("event_type") or expect.get("title") or expect.get("reason") or ""
    return f"{case['kind']}-{case['file'].split('.')[0]}{record}-{what[:24]}"


@pytest.mark.parametrize("case", CASES, ids=name_case)
def test_reader_finds_what_the_article_says(samples: duckdb.DuckDBPyConnection, case: Case) -> None:
    gap = case.get("known_gap")
    fault = find_fault(samples, case)
    if gap is not None and fault is not None:
        pytest.xfail(gap)
    assert fault is None, fault
    assert gap is None, "this gap is closed: take known_gap out of the case"


@pytest.mark.parametrize(
    "name", [d.name for d in schemas.DATASETS.values() if {"text", "start_char"} <= {c.name for c in d.columns}]
)
def test_every_span_equals_its_slice(samples: duckdb.DuckDBPyConnection, name: str) -> None:
    query = f"""
        select
            count(*) filter (where substring(a.body, s.start_char + 1, s.end_char - s.start_char) <> s.text),
            count(*),
        from core.{name} s join core.articles a using (article_id)
    """
    wrong, total = samples.execute(query).fetchall()[0]
    assert wrong == 0
    assert total > 0


def test_every_input_becomes_an_article_or_a_reject(samples: duckdb.DuckDBPyConnection) -> None:
    (articles,) = samples.execute("select count(*) from core.articles").fetchall()[0]
    rejects = samples.execute(
        "select reason, count(*) from core.rejected_articles group by reason order by reason"
    ).fetchall()
    assert articles == 25
    assert rejects == [("bad_record", 1), ("binary", 1), ("empty", 1), ("short_body", 1)]


def test_no_article_failed(samples: duckdb.DuckDBPyConnection) -> None:
    assert samples.execute("select * from core.failed_articles").fetchall() == []


def test_article_in_another_language_is_kept_and_not_read(samples: duckdb.DuckDBPyConnection) -> None:
    foreign = "select article_id from core.articles where language <> 'en'"
    kept = samples.execute(f"select language from main.articles where article_id in ({foreign})").fetchall()
    assert kept == [("es",)]
    assert samples.execute(f"select * from core.sentences where article_id in ({foreign})").fetchall() == []


def test_dropped_lines_are_counted_by_rule(samples: duckdb.DuckDBPyConnection) -> None:
    counts = dict(samples.execute("select rule_id, count(*) from ops.dropped_lines group by rule_id").fetchall())
    assert counts["title"] > 3
    lost = "select * from ops.dropped_lines anti join core.articles using (article_id)"
    assert samples.execute(lost).fetchall() == []
