"""Datelines: place, agency and day parted from the story."""

from datetime import UTC, date, datetime

import pytest

from tasks.clean.articles import known_places
from tasks.clean.boilerplate import Rules
from tasks.clean.datelines import Known, find_dateline
from tasks.clean.dates import resolve_day


def make_known(rules: Rules) -> Known:
    return Known(known_places(), frozenset(rules.agencies.by_name), rules.joined["not_place"])


@pytest.mark.parametrize(
    ("paragraph", "dateline", "rest"),
    [
        ("WASHINGTON (AP) — The president left.", ("WASHINGTON", "AP", None), "The president left."),
        ("ALMATY, Jan 7 (Reuters) — Troops came.", ("ALMATY", "Reuters", "Jan 7"), "Troops came."),
        ("LONDON/PARIS, March 3 (Reuters) - Talks failed.", ("LONDON/PARIS", "Reuters", "March 3"), "Talks failed."),
        ("Washington (CNN) The House voted.", ("Washington", "CNN", None), "The House voted."),
        ("DES MOINES, Iowa — “No,” he said.", ("DES MOINES, Iowa", None, None), "“No,” he said."),
        ("KYIV, Ukraine -- A dam broke.", ("KYIV, Ukraine", None, None), "A dam broke."),
        ("NEW YORK — Shares fell.", ("NEW YORK", None, None), "Shares fell."),
        ("BOGOTÁ – Colombia's army said so.", ("BOGOTÁ", None, None), "Colombia's army said so."),
        ("TBILISI, Georgia (Northline) - It gave in.", ("TBILISI, Georgia", "Northline", None), "It gave in."),
        ("MOSCOW, January 7. /TASS/. It began.", ("MOSCOW", "TASS", "January 7"), "It began."),
        ("New Delhi [India], January 7 (ANI): It began.", ("New Delhi, India", "ANI", "January 7"), "It began."),
        ("(ANSA) - ROME, JAN 7 - It began.", ("ROME", "ANSA", "JAN 7"), "It began."),
        ("Madrid, Jan 7 (efe-epa).- It began.", ("Madrid", "efe-epa", "Jan 7"), "It began."),
        ("ABU DHABI, 7th January, 2020 (WAM) -- It began.", ("ABU DHABI", "WAM", "7th January, 2020"), "It began."),
        ("WASHINGTON, Jan. 10, 2013 — The bill passed.", ("WASHINGTON", None, "Jan. 10, 2013"), "The bill passed."),
    ],
)
def test_dateline_is_parted_from_the_story(
    rules: Rules, paragraph: str, dateline: tuple[str, str | None, str | None], rest: str
) -> None:
    found = find_dateline(paragraph, make_known(rules))
    assert found is not None
    assert (found.place, found.agency, found.day) == dateline
    assert paragraph[found.length :] == rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "UPDATE - The bill passed.",
        "POLL CHECK - Real Clear Politics",
        "OBAMACARE CRASH LANDS IN HILL HEARING - Fox News",
        "NATO — The alliance met.",
        "China — the largest buyer — stopped.",
        "The president (CNN) said so.",
        "USA Today reported that his company — a shop — closed.",
    ],
)
def test_story_without_dateline_has_none(rules: Rules, paragraph: str) -> None:
    assert find_dateline(paragraph, make_known(rules)) is None


@pytest.mark.parametrize(
    ("words", "near", "day"),
    [
        ("Jan 7", datetime(2022, 1, 9, tzinfo=UTC), date(2022, 1, 7)),
        ("Dec. 30", datetime(2022, 1, 9, tzinfo=UTC), date(2021, 12, 30)),
        ("Jan. 10, 2013", datetime(2022, 1, 9, tzinfo=UTC), date(2013, 1, 10)),
        ("Jan 7", None, None),
        ("Feb 31", datetime(2022, 3, 9, tzinfo=UTC), None),
    ],
)
def test_day_without_a_year_is_the_last_one(words: str, near: datetime | None, day: date | None) -> None:
    assert resolve_day(words, near) == day
