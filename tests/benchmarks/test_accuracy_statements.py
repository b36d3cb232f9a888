"""What a page states about itself, read apart from the clean stage."""

from datetime import UTC, datetime

import pytest

from benchmarks.accuracy.formats.statements import Statement, is_on_day, is_same_heading, read_statement

TIME = "<time datetime='2019-11-18T10:00'>x</time>"
DAY = datetime(2019, 11, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "url", "statement"),
    [
        ("<h1>A bill is\n dropped</h1>", None, Statement("A bill is dropped", None)),
        ("<h1>A bill is dropped</h1><h1>A law is dropped</h1>", None, Statement(None, None)),
        ("<h1>Home</h1><h1>A bill is dropped</h1>", "https://e.org/2019/11/18/a", Statement("A bill is dropped", DAY)),
        ("<p>No heading</p>", "https://e.org/2019/nov/18/a", Statement(None, DAY)),
        (f"<article>{TIME}</article>", None, Statement(None, DAY)),
        (f"<article>{TIME}<time datetime='2019-11-19'></time></article>", None, Statement(None, None)),
    ],
)
def test_page_states_heading_and_day(body: str, url: str | None, statement: Statement) -> None:
    assert read_statement(f"<html><body>{body}</body></html>".encode(), url) == statement


def test_heading_is_compared_by_its_letters() -> None:
    assert is_same_heading("‘A bill’ is dropped", "'A bill' is dropped")
    assert not is_same_heading("A bill is dropped", "A bill is dropped - The Post")
    assert not is_same_heading("A bill is dropped", None)


def test_moment_falls_on_a_day_somewhere() -> None:
    assert is_on_day(DAY, datetime(2019, 11, 19, 4, tzinfo=UTC))
    assert not is_on_day(DAY, datetime(2019, 11, 20, tzinfo=UTC))
    assert not is_on_day(DAY, None)
