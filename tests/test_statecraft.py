"""The real scrape: what a reader of that article must find in the warehouse, and what must not be there."""

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.golden.runner import fetch

TOKAYEV = "Kassym-Jomart Tokayev"
Con = duckdb.DuckDBPyConnection


def quotes_of(con: Con, speaker: str) -> list[str]:
    query = "select content from core.quotes where speaker_name = $speaker order by content"
    return [row["content"] for row in fetch(con, query, speaker=speaker)]


def events(con: Con) -> list[dict[str, Any]]:
    query = """
        select e.*, m.text as trigger, speaker.canonical_name as claimed_by,
            (select list(coalesce(n.canonical_name, p.name)) from core.event_participants p
                left join core.entities n using (entity_id)
                where p.event_id = e.event_id and p.role = 'actor') as actors,
            (select list(coalesce(n.canonical_name, p.name)) from core.event_participants p
                left join core.entities n using (entity_id)
                where p.event_id = e.event_id and p.role = 'recipient') as recipients,
            (select list(p.name) from core.event_participants p
                where p.event_id = e.event_id and p.role = 'location') as places
        from core.event_sources s
        join core.events e using (event_id)
        join core.event_mentions m using (event_mention_id)
        left join core.entities speaker on speaker.entity_id = s.claimed_by_entity_id
    """
    rows = fetch(con, query)
    return [{**row, **{name: row[name] or [] for name in ("actors", "recipients", "places")}} for row in rows]


def test_scrape_is_cleaned(kazakhstan: Con) -> None:
    (article,) = fetch(kazakhstan, "select * from core.articles")
    title = "Russia Sends Paratroopers, Military Equipment to Kazakhstan Amid Historic Unrest"
    assert article["title"] == title
    assert article["published_at"].date() == date(2022, 1, 7)
    assert article["subtitle"].startswith("Not long after the troops arrived")
    assert article["body"].startswith("Russia has sent military personnel")
    assert article["body"].endswith("uranium-producing country.")
    for remnant in ("gtag", "IMAGE SOURCE", title, "Sept 2021"):
        assert remnant not in article["body"]


def test_tokayevs_four_quotes_stand_under_his_full_name(kazakhstan: Con) -> None:
    found = quotes_of(kazakhstan, TOKAYEV)
    starts = (
        "An anti-terrorist operation has been launched",
        "local authorities are in control of the situation",
        "terrorists are still using weapons",
        "Therefore, counter-terrorist actions should be continued",
    )
    for start in starts:
        assert any(content.lstrip("“").startswith(start) for content in found), start


@pytest.mark.parametrize(
    ("speaker", "words", "quote_type"),
    [
        ("Ned Price", "will be watching very closely for any violations", "mixed"),
        ("Jen Psaki", "questions about the nature", "mixed"),
        ("Jen Psaki", "The world will, of course, be watching", "direct"),
        ("Nikol Pashinyan", "the Organization would send peacekeepers to Kazakhstan", "indirect"),
        ("Dmitry Peskov", "our Kazakh friends can independently solve their internal problems", "direct"),
    ],
)
def test_statement_has_its_speaker(kazakhstan: Con, speaker: str, words: str, quote_type: str) -> None:
    query = "select speaker_name, quote_type from core.quotes where contains(content, $words)"
    assert {"speaker_name": speaker, "quote_type": quote_type} in fetch(kazakhstan, query, words=words)


@pytest.mark.parametrize(("speaker", "day"), [("Nikol Pashinyan", date(2022, 1, 5)), ("Ned Price", date(2022, 1, 6))])
def test_statement_is_dated_by_its_weekday(kazakhstan: Con, speaker: str, day: date) -> None:
    rows = fetch(kazakhstan, "select said_on from core.quotes where speaker_name = $speaker", speaker=speaker)
    assert day in [row["said_on"] for row in rows]


def test_peacekeepers_are_planned_on_pashinyans_word(kazakhstan: Con) -> None:
    rows = [row for row in events(kazakhstan) if row["trigger"] == "send" and row["claimed_by"] == "Nikol Pashinyan"]
    assert [row["modality"] for row in rows] == ["planned"]


def test_russia_sends_troops_to_kazakhstan(kazakhstan: Con) -> None:
    rows = [row for row in events(kazakhstan) if row["event_type"] in {"AID", "MOBILIZE"}]
    assert any("Russia" in row["actors"] and "Kazakhstan" in row["recipients"] for row in rows)


def test_paratroopers_arrive_in_almaty_on_thursday(kazakhstan: Con) -> None:
    (row,) = [row for row in events(kazakhstan) if row["trigger"] == "arrived" and "Almaty" in row["places"]]
    assert row["date_from"] == date(2022, 1, 6)
    assert row["modality"] == "asserted"


def test_protests_have_their_day_and_their_three_places(kazakhstan: Con) -> None:
    rows = [
        row for row in events(kazakhstan) if row["event_type"] == "PROTEST" and row["date_from"] == date(2022, 1, 1)
    ]
    places = " ".join(place for row in rows for place in row["places"])
    for place in ("Almaty", "Nur", "Mangistau"):
        assert place in places


def test_help_is_requested_of_the_csto(kazakhstan: Con) -> None:
    rows = [row for row in events(kazakhstan) if row["event_type"] == "REQUEST" and row["modality"] == "asserted"]
    asked = {name for row in rows if TOKAYEV in row["actors"] for name in row["recipients"]}
    assert "Collective Security Treaty Organization" in asked


def test_government_resigns_and_emergency_is_declared(kazakhstan: Con) -> None:
    triggers = {row["trigger"]: row for row in events(kazakhstan)}
    assert triggers["resigned"]["polarity"] == "affirmed"
    declared = [row for row in events(kazakhstan) if "emergency" in row["trigger"] or row["trigger"] == "declared"]
    assert any(TOKAYEV in row["actors"] for row in declared)


def test_deaths_are_counted(kazakhstan: Con) -> None:
    query = "select value_low, value_high, text from core.event_arguments where role = 'killed' order by start_char"
    rows = fetch(kazakhstan, query)
    texts = " ".join(row["text"] for row in rows)
    assert "dozens of protesters" in texts
    security = [row for row in rows if "security personnel" in row["text"]]
    assert security
    assert all(10 < row["value_low"] <= row["value_high"] <= 20 for row in security)


def test_csto_is_one_organisation(kazakhstan: Con) -> None:
    query = """
        select canonical_name, acronym, entity_type from core.entities
        where acronym = 'CSTO' or canonical_name ilike '%csto%' or canonical_name ilike 'Collective Security%'
    """
    name = "Collective Security Treaty Organization"
    assert fetch(kazakhstan, query) == [{"canonical_name": name, "acronym": "CSTO", "entity_type": "ORG"}]


def test_no_asserted_event_is_invented(kazakhstan: Con) -> None:
    borne_out = {
        *("sent", "deployed", "sought", "arrived", "arrival", "killed", "appealed", "Protests", "ransacked", "firing"),
        *("fired", "injured", "resigned", "declared", "expressed", "called", "warned", "launched", "riots", "lifted"),
    }
    asserted = {row["trigger"] for row in events(kazakhstan) if row["modality"] == "asserted"}
    assert asserted <= borne_out


def test_no_quote_has_a_speaker_who_says_nothing(kazakhstan: Con) -> None:
    speakers = {row["speaker_name"] for row in fetch(kazakhstan, "select speaker_name from core.quotes")}
    people = {TOKAYEV, "Nikol Pashinyan", "Dmitry Peskov", "Ned Price", "Jen Psaki"}
    bodies = {
        "Russian Defence Ministry",
        "Russia",
        "United States",
        "Kazakh police",
        "reports",
        "estimates",
        "analysts",
    }
    assert speakers <= people | bodies
    assert people <= speakers


def test_destruction_is_only_claimed(kazakhstan: Con) -> None:
    standing = {row["trigger"]: row["modality"] for row in events(kazakhstan)}
    assert (standing["torched"], standing["looted"]) == ("alleged", "alleged")


@pytest.mark.parametrize(
    ("name", "entity_type"), [("Ned Price", "PERSON"), ("Nur-Sultan", "GPE"), ("Russian Defence Ministry", "ORG")]
)
def test_name_has_its_type(kazakhstan: Con, name: str, entity_type: str) -> None:
    rows = fetch(kazakhstan, "select entity_type from core.entities where canonical_name = $name", name=name)
    assert rows == [{"entity_type": entity_type}]
