"""The marts of the small world."""

from datetime import date

from tests.sql.conftest import Query


def test_rival_figures_stand_side_by_side(query: Query) -> None:
    rows = query("select place, role, figure, figure_count, publishers, claimed_by, wording from marts.figures")
    assert rows == [
        ("Port Vale", "killed", "20", 2, "Herald", "José Pina", "20 people"),
        ("Port Vale", "killed", "24+", 2, "Gazette", None, "at least 24 people"),
    ]


def test_speakers_are_counted(query: Query) -> None:
    rows = query("select speaker, role, quote_count, direct_count, first_quoted_on from marts.quotes_by_speaker")
    assert rows == [("José Pina", "Mayor", 1, 1, date(2024, 5, 7))]


def test_events_are_counted_by_day_and_type(query: Query) -> None:
    rows = query("select event_date, event_type, killed_low, killed_high, event_count from marts.events_daily")
    assert rows == [(date(2024, 5, 6), "disaster", 20, 24, 1), (date(2024, 5, 8), "aid", None, None, 1)]


def test_dyads_have_a_direction(query: Query) -> None:
    rows = query("select actor, recipient, event_count, cooperation_count, mean_goldstein from marts.actor_dyads")
    assert rows == [("Canada", "Port Vale", 1, 1, 7.0)]


def test_entities_of_one_sentence_are_paired_once(query: Query) -> None:
    rows = query("select entity, other_entity, sentence_count from marts.entity_cooccurrence")
    assert rows == [("Canada", "Port Vale", 1)]


def test_coverage_says_why_an_article_was_not_read(query: Query) -> None:
    rows = query("select article_id, status, sentence_count from marts.article_coverage order by article_id")
    assert [row[1:] for row in rows] == [("extracted", 3), ("extracted", 2), ("duplicate", 0)]
