"""Events: the cases of cases_events.jsonl, and what an event keeps of its reports."""

from collections import defaultdict
from datetime import date, datetime

import pytest

from tasks.normalize.events import Events, find_events
from tasks.normalize.gazetteer import Place
from tasks.normalize.happenings import Dates, Filler, Report
from tasks.normalize.reports import read_dates
from tasks.normalize.stories import Story, find_stories
from tests.normalize.world import Case, read_cases

KAZAKHSTAN = Place("country:KAZ", "Kazakhstan", "KAZ", None, 48.7, 69.3, "country", 18_276_499)
PLACES = {
    "KAZ": KAZAKHSTAN,
    "Almaty": Place("geonames:1526384", "Almaty", "KAZ", "02", 43.3, 76.9, "city", 1_977_011),
    "Moscow": Place("geonames:524901", "Moscow", "RUS", "48", 55.8, 37.6, "city", 10_381_222),
}


def make_filler(role: str, name: str, low: int | None = None, high: int | None = None) -> Filler:
    """A filler: three capitals are a country, `RUS ministry` is a body of one, small letters are mere words."""
    if role == "location":
        return Filler(role, name, f"ent_{name}", PLACES[name].country_code, name == "KAZ", PLACES[name])
    code = name[:3] if name[:3].isupper() else None
    return Filler(role, name, f"ent_{name}" if code else None, code, code == name, None, low, high)


def make_report(row: Case) -> Report:
    """A report in full from its short notation."""
    dates = row.get("dates")
    return Report(
        event_mention_id=row["id"],
        article_id=row["article"],
        sentence_index=row["at"] // 100,
        start=row["at"],
        text=row["text"],
        event_type=row["type"],
        event_mode=row.get("mode"),
        cameo_code=None,
        goldstein=None,
        quad_class=row.get("quad"),
        polarity=row.get("polarity", "affirmed"),
        modality=row.get("modality", "asserted"),
        quote_id=None,
        claimed_by=row.get("claimed_by"),
        score=row.get("score", 0.9),
        published_at=datetime.fromisoformat(row.get("published", "2022-01-07")),
        dates=Dates(date.fromisoformat(dates[0]), date.fromisoformat(dates[1]), dates[2]) if dates else None,
        fillers=tuple(make_filler(*filler) for filler in row["fillers"]),
        sentence=f"Sentence of {row['id']}.",
    )


def solve(rows: list[Case], copies: dict[str, int] | None = None) -> Events:
    """The events of reports in short notation."""
    return find_events([make_report(row) for row in rows], copies or {})


@pytest.mark.parametrize("case", read_cases("cases_events"), ids=lambda case: case["case"])
def test_reports_of_one_happening_are_one_event(case: Case) -> None:
    grouped = defaultdict(list)
    for source in solve(case["reports"]).sources:
        grouped[source.event_id].append(source.event_mention_id)
    assert sorted(grouped.values()) == case["expect"]
    grouped_back = {source.event_id for source in solve(case["reports"][::-1]).sources}
    assert grouped_back == set(grouped)


TOLLS = [
    {
        "id": f"e{number}",
        "article": f"a{number}",
        "published": f"2022-01-0{number + 1}",
        "type": "ASSAULT",
        "text": "killed",
        "at": 1,
        "fillers": [["location", "Almaty"], ["actor", "KAZ police"], ["killed", "protesters", low, high]],
        "dates": ["2022-01-01", "2022-01-01", "day"],
    }
    for number, low, high in ((1, 24, 99), (2, 164, 164))
]


def test_rival_figures_stand_side_by_side_and_bound_the_event() -> None:
    found = solve(TOLLS, {"a1": 2})
    (event,) = found.events
    assert (event.killed_low, event.killed_high) == (24, 164)
    assert (event.article_count, event.origin_count) == (4, 2)
    assert event.first_reported_at == datetime(2022, 1, 2)
    assert (event.date_from, event.date_precision, event.place_id) == (date(2022, 1, 1), "day", "geonames:1526384")
    assert event.actor_entity_ids == ("ent_KAZ police",)
    figures = sorted((row.value_low, row.value_high) for row in found.participants if row.role == "killed")
    assert figures == [(24, 99), (164, 164)]
    assert {row.article_count for row in found.participants if row.role == "actor"} == {2}


def test_an_open_figure_bounds_the_event_on_both_sides() -> None:
    open_toll = {**TOLLS[1], "fillers": [*TOLLS[1]["fillers"][:2], ["killed", "people", 1301, None]]}
    (event,) = solve([TOLLS[0], open_toll]).events
    assert (event.killed_low, event.killed_high) == (24, 1301)


def test_a_later_article_does_not_rename_an_event() -> None:
    (first,) = solve(TOLLS[:1]).events
    (both,) = solve(TOLLS).events
    assert first.event_id == both.event_id


def test_the_surest_report_gives_the_summary() -> None:
    (event,) = solve([TOLLS[0], {**TOLLS[1], "score": 0.95}]).events
    assert event.summary == "Sentence of e2."


def test_words_without_an_entity_keep_their_name() -> None:
    found = solve([{**TOLLS[0], "fillers": [["actor", "gunmen"]]}])
    (event,), (participant,) = found.events, found.participants
    assert event.actor_entity_ids == ()
    assert (participant.name, participant.entity_id) == ("gunmen", None)


def test_reports_of_one_agency_are_one_origin() -> None:
    reports = [make_report(row) for row in TOLLS]
    agencies = {report.article_id: "Reuters" for report in reports}
    assert [event.origin_count for event in find_events(reports, {}).events] == [len(agencies)]
    assert [event.origin_count for event in find_events(reports, {}, agencies).events] == [1]


def test_no_reports_give_no_events() -> None:
    assert find_events([], {}) == Events([], [], [])


@pytest.mark.parametrize(
    ("value", "first", "last", "precision"),
    [
        ("2022-01-06", "2022-01-06", "2022-01-06", "day"),
        ("2022-W01", "2022-01-03", "2022-01-09", "week"),
        ("2022-01", "2022-01-01", "2022-01-31", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2022-01-01/2022-01-05", "2022-01-01", "2022-01-05", "range"),
    ],
)
def test_the_time_expression_gives_the_precision(value: str, first: str, last: str, precision: str) -> None:
    dates = read_dates(value, date.fromisoformat(first), date.fromisoformat(last))
    assert dates == Dates(date.fromisoformat(first), date.fromisoformat(last), precision)


def test_an_expression_without_days_gives_no_dates() -> None:
    assert read_dates("P2W", None, None) is None


MET = {"id": "e1", "article": "a1", "type": "CONSULT", "text": "met", "at": 1}


def count_events(rows: list[Case], stories: dict[str, Story] | None = None) -> int:
    """The number of events that reports are of."""
    return len(find_events([make_report(row) for row in rows], {}, stories=stories or {}).events)


@pytest.mark.parametrize(
    ("fillers", "expected"),
    [
        ([["actor", "RUS person"], ["recipient", "KAZ person"]], 1),
        ([["actor", "KAZ person"], ["recipient", "RUS person"]], 1),
        ([["actor", "KAZ person"], ["actor", "RUS person"]], 1),
        ([["actor", "RUS person"], ["recipient", "CHN person"]], 2),
    ],
)
def test_who_meets_whom_is_the_same_either_way(fillers: list[list[str]], expected: int) -> None:
    first = {**MET, "fillers": [["actor", "RUS person"], ["recipient", "KAZ person"]]}
    assert count_events([first, {**MET, "id": "e2", "at": 90, "fillers": fillers}]) == expected


@pytest.mark.parametrize(
    ("modalities", "expected"),
    [
        (("asserted", "alleged"), ["asserted"]),
        (("alleged", "asserted"), ["alleged"]),
        (("planned", "hypothetical"), ["planned"]),
        (("asserted", "planned"), ["asserted", "planned"]),
    ],
)
def test_reports_may_differ_on_how_sure_it_is_but_not_on_whether_it_happened(
    modalities: tuple[str, str], expected: list[str]
) -> None:
    fillers = [["actor", "RUS person"], ["recipient", "KAZ"]]
    rows = [
        {**MET, "id": f"e{n}", "at": n, "type": "AID", "text": "sent", "modality": modality, "fillers": fillers}
        for n, modality in enumerate(modalities)
    ]
    assert sorted(event.modality for event in solve(rows).events) == expected


def tell(*articles: str) -> dict[str, Story]:
    """Articles of one story."""
    return find_stories({article: ["Gunmen robbed a jeweller near the cathedral."] for article in articles})


SHOT = {"type": "ASSAULT", "text": "shot", "at": 1, "fillers": [["actor", "RUS person"], ["recipient", "a jeweller"]]}


def test_articles_on_one_story_report_one_event_though_parties_are_named_otherwise() -> None:
    other = [["actor", "RUS person"], ["recipient", "KAZ person"]]
    third = [["actor", "a gunman"], ["recipient", "the old jeweller"]]
    rows = [
        {**SHOT, "id": "e1", "article": "a1"},
        {**SHOT, "id": "e2", "article": "a2", "fillers": other},
        {**SHOT, "id": "e3", "article": "a3", "fillers": third},
    ]
    assert count_events(rows[:2], tell("a1", "a2")) == 1
    assert count_events([rows[0], rows[2]], tell("a1", "a3")) == 1
    assert count_events([rows[0], rows[2]]) == 2


def test_what_is_said_by_two_people_is_said_twice_even_in_one_story() -> None:
    rows = [
        {**SHOT, "id": f"e{code}", "article": code, "quad": "verbal conflict", "fillers": [["actor", f"{code} person"]]}
        for code in ("RUS", "KAZ")
    ]
    assert count_events(rows, tell("RUS", "KAZ")) == 2


def test_reports_published_days_apart_are_one_event_in_one_story_alone() -> None:
    rows = [
        {**SHOT, "id": "e1", "article": "a1", "published": "2022-01-07"},
        {**SHOT, "id": "e2", "article": "a2", "published": "2022-01-09"},
    ]
    assert count_events(rows) == 2
    assert count_events(rows, tell("a1", "a2")) == 1
    assert count_events([rows[0], {**rows[1], "published": "2022-01-14"}], tell("a1", "a2")) == 2


def test_articles_that_quote_one_official_are_one_origin() -> None:
    rows = [
        {**TOLLS[0], "id": f"e{n}", "article": f"a{n}", "claimed_by": claimed_by}
        for n, claimed_by in enumerate(("ent_chief", "ent_chief", None))
    ]
    (event,) = solve(rows).events
    assert (event.article_count, event.origin_count) == (3, 2)
    both = [rows[0], {**rows[2], "id": "e9", "article": "a0", "at": 50}]
    assert solve([*both, rows[1]]).events[0].origin_count == 2
