"""The views in main: names instead of ids, the most useful columns first and last."""

from datetime import date
from pathlib import Path

import pytest

from tasks.load.query import run_query
from tests.sql.conftest import Query

FIRST_COLUMNS = {
    "articles": ["published_at", "publisher"],
    "entities": ["name", "entity_type"],
    "events": ["date", "event_type", "actors", "recipients"],
    "mentions": ["text", "entity"],
    "numbers": ["text", "label"],
    "places": ["name", "country"],
    "quotes": ["said_on", "speaker"],
}
LAST_COLUMNS = {
    "articles": ["event_count", "title"],
    "entities": ["mention_count", "article_count"],
    "events": ["place", "summary"],
    "mentions": ["mention_id", "sentence"],
    "numbers": ["number_mention_id", "sentence"],
    "places": ["article_count", "event_count"],
    "quotes": ["cue", "content"],
}


@pytest.mark.parametrize("view", FIRST_COLUMNS)
def test_useful_columns_stand_at_both_ends(view: str, warehouse: Path) -> None:
    columns, _ = run_query(warehouse, f"from {view} limit 0")
    assert columns[: len(FIRST_COLUMNS[view])] == FIRST_COLUMNS[view]
    assert columns[-2:] == LAST_COLUMNS[view]


def test_quotes_name_the_speaker(query: Query) -> None:
    assert query("select said_on, speaker, role, quote_type, cue, content, publisher from quotes") == [
        (
            date(2024, 5, 7),
            "José Pina",
            "Mayor",
            "direct",
            "said",
            "We will rebuild, and we will not wait.",
            "Herald",
        )
    ]


def test_events_name_who_did_what_to_whom_and_who_says_so(query: Query) -> None:
    assert query("select date, event_type, actors, recipients, place, killed, claimed_by from events") == [
        (date(2024, 5, 6), "disaster", "The storm", None, "Port Vale", "20–24", "José Pina"),
        (date(2024, 5, 8), "aid", "Canada", "Port Vale", None, None, None),
    ]


def test_articles_count_what_was_found(query: Query) -> None:
    assert query("select title, mention_count, quote_count, event_count from articles") == [
        ("Storm hits Port Vale", 2, 1, 1),
        ("Toll rises", 2, 0, 2),
        (None, 0, 0, 0),
    ]


def test_entities_name_their_country(query: Query) -> None:
    assert query("select name, country, role, event_count, quote_count from entities order by name") == [
        ("Canada", "Canada", None, 1, 0),
        ("José Pina", None, "Mayor", 0, 1),
        ("Port Vale", None, None, 1, 0),
    ]


def test_a_pronoun_is_shown_with_its_entity(query: Query) -> None:
    assert query("select text, entity, sentence from mentions where mention_type = 'pronoun'") == [
        ("she", "José Pina", "“We will rebuild,” she said, “and we will not wait.”")
    ]


def test_places_count_their_events(query: Query) -> None:
    assert query("select name, precision, latitude, event_count from places") == [("Port Vale", "city", 1.5, 1)]


def test_every_column_has_a_comment(query: Query) -> None:
    bare = query(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where not internal and schema_name <> 'seeds' and comment is null"
    )
    assert bare == []


def test_every_table_and_view_has_a_comment(query: Query) -> None:
    tables = query("select table_name from duckdb_tables() where comment is null")
    views = query("select view_name from duckdb_views() where not internal and comment is null")
    assert tables + views == []
