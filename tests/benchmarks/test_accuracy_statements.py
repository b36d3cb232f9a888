"""What a page states about itself, read apart from the clean stage."""

from datetime import UTC, datetime

import pytest

from benchmarks.accuracy.formats.statements import Statement, is_confirmed, is_on_day, read_statement

TIME = "<time datetime='2019-11-18T10:00'>x</time>"
DAY = datetime(2019, 11, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "url", "statement"),
    [
        ("<title>A bill is\n dropped</title>", None, Statement("A bill is dropped", None)),
        ("<p>Nothing</p>", "https://e.org/2019/11/18/a", Statement(None, DAY)),
        ("<p>Nothing</p>", "https://e.org/2019/nov/18/a", Statement(None, DAY)),
        ("<p>Nothing</p>", "https://e.org/2019/1/8/a", Statement(None, datetime(2019, 1, 8, tzinfo=UTC))),
        (f"<article>{TIME}</article>", None, Statement(None, DAY)),
        (f"<article>{TIME}<time datetime='2019-11-19'></time></article>", None, Statement(None, None)),
    ],
)
def test_page_states_title_and_day(page: str, url: str | None, statement: Statement) -> None:
    assert read_statement(f"<html>{page}</html>", url) == statement


def test_title_is_confirmed_by_the_title_element() -> None:
    assert is_confirmed("‘A bill’ is dropped | The Post", "'A bill' is dropped")
    assert not is_confirmed("Bill dropped | The Post", "A bill is dropped")
    assert not is_confirmed("Bill dropped | The Post", None)


def test_moment_falls_on_a_day_somewhere() -> None:
    assert is_on_day(DAY, datetime(2019, 11, 19, 4, tzinfo=UTC))
    assert not is_on_day(DAY, datetime(2019, 11, 20, tzinfo=UTC))
    assert not is_on_day(DAY, None)
