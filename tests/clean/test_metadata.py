"""Titles, authors, datelines, outlets and days."""

from datetime import UTC, datetime

import pytest

from tasks.clean.articles import known_places
from tasks.clean.dates import find_date_in_file_name, find_date_in_text, find_date_in_url, is_date_line, parse_date
from tasks.clean.metadata import (
    Copyright,
    Published,
    clean_byline,
    clean_title,
    find_copyright,
    find_domain,
    find_published,
)

RETRIEVED = datetime(2023, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "outlets", "clean"),
    [
        ("Junta shuts airspace | Northline News", [], "Junta shuts airspace"),
        ("Finland joins the alliance - Harbour Courier", ["Harbour Courier"], "Finland joins the alliance"),
        ("Finland joins the alliance - The New York Times", [], "Finland joins the alliance"),
        ("Talks in Paris fail - again and again", [], "Talks in Paris fail - again and again"),
        ("A  title\n over lines", [], "A title over lines"),
        ("Design Week of Milan 2018 | A light for the river", [], "Design Week of Milan 2018 | A light for the river"),
        ("Finland joins the alliance | World | A Site of Ours", [], "Finland joins the alliance"),
        ("Opinion | Why the talks in Paris failed", [], "Why the talks in Paris failed"),
        ("", [], ""),
    ],
)
def test_title_loses_the_outlets_name(title: str, outlets: list[str], clean: str) -> None:
    assert clean_title(title, outlets) == clean


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe and John Roe", "Jane Doe, John Roe"),
        ("Tami Luhby, CNNMoney", "Tami Luhby"),
        ("Lerato Maluleka, The Hague", "Lerato Maluleka"),
        ("Marit Solheim in Brussels", "Marit Solheim"),
        ("JANE DOE", "Jane Doe"),
        ('"Cortney OBrien", Guy Benson', "Cortney OBrien, Guy Benson"),
        ("Tom Howell Jr.", "Tom Howell Jr."),
        ("Jane Doe, Staff Writer, jane@example.org", "Jane Doe"),
        ("Northline News staff and agencies", None),
        ("Jane Doe, Cnn Political Commentator, Jane.Doe Wsj.Com", "Jane Doe"),
        ("", None),
    ],
)
def test_byline_becomes_names(byline: str, names: str | None) -> None:
    assert clean_byline(byline, known_places()) == names


def test_agency_is_no_author() -> None:
    assert clean_byline("Jane Doe, Associated Press", agencies={"Associated Press"}) == "Jane Doe"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-01-07", "2022-01-07T00:00:00+00:00"),
        ("2023-04-04T17:25:00+03:00", "2023-04-04T14:25:00+00:00"),
        ("2023-08-23T15:02:11Z", "2023-08-23T15:02:11+00:00"),
        ("January 7, 2022", "2022-01-07T00:00:00+00:00"),
        ("Updated August 7, 2023 9:12 am", "2023-08-07T09:12:00+00:00"),
        ("Published: 6 February 2023, 18:40 GMT", "2023-02-06T18:40:00+00:00"),
        ("Fri, 07 Jan 2022 10:15:00 EST", "2022-01-07T15:15:00+00:00"),
        ("1641513600", "2022-01-07T00:00:00+00:00"),
        ("1641513600000", "2022-01-07T00:00:00+00:00"),
    ],
)
def test_day_is_read_in_utc(text: str, moment: str) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert parsed.isoformat() == moment


def test_zone_that_nobody_knows_is_passed_over() -> None:
    assert parse_date("January 7, 2022 10:15 XYZ") == datetime(2022, 1, 7, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This story was first published on Jan. 7, 2022 at noon.", "2022-01-07"),
        ("Updated 7th January 2022", "2022-01-07"),
        ("Updated in January 2022", None),
    ],
)
def test_day_in_a_note(text: str, day: str | None) -> None:
    found = find_date_in_text(text)
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize("text", ["", "January 7", "2022", "Friday", "soon", "2022-13-45", "99999999999999999999"])
def test_text_without_a_whole_day_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["January 7, 2022", "Updated at 9:30 p.m. ET", "Fri 7 Jan 2022 10.15 GMT", "07/01/2022"]
)
def test_date_line_is_one(text: str) -> None:
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["", "On January 7 troops came.", "2022", "The 7 of them", "12"])
def test_other_line_is_no_date_line(text: str) -> None:
    assert not is_date_line(text)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2016/09/20/world/bombing.html", "2016-09-20"),
        ("https://example.org/news/2012/jun/4/dc-prepares/", "2012-06-04"),
        ("https://example.org/2019-05-09/trump", "2019-05-09"),
        ("https://example.org/20230117/story", "2023-01-17"),
        ("https://example.org/a/2023/02/", None),
        ("https://example.org/id/20239999/story", None),
    ],
)
def test_day_in_an_address(url: str, day: str | None) -> None:
    found = find_date_in_url(url)
    assert (found.date().isoformat() if found else None) == day


def test_day_in_a_file_name() -> None:
    assert find_date_in_file_name("in/2022-01-07-almaty.txt") == datetime(2022, 1, 7, tzinfo=UTC)
    assert find_date_in_file_name("in/2022-01-07/almaty.txt") is None


@pytest.mark.parametrize(
    ("metadata", "dateline", "url", "source", "day"),
    [
        ("2022-01-07", "January 8, 2022", "https://e.org/2022/01/09/a", "metadata", "2022-01-07"),
        ("2029-01-07", "January 8, 2022", "https://e.org/2022/01/09/a", "dateline", "2022-01-08"),
        ("0001-01-01", None, "https://e.org/2022/01/09/a", "url", "2022-01-09"),
        (None, None, None, "file", "2022-01-10"),
    ],
)
def test_first_plausible_day_counts(
    metadata: str | None, dateline: str | None, url: str | None, source: str, day: str
) -> None:
    published = find_published(
        metadata=metadata,
        datelines=[dateline],
        url=url,
        source_uri="in/2022-01-10-a.txt",
        retrieved_at=RETRIEVED,
    )
    assert published.at is not None
    assert (published.source, published.at.date().isoformat()) == (source, day)


def test_note_on_publication_counts_last() -> None:
    published = find_published(
        metadata=None,
        datelines=[],
        url=None,
        source_uri="a.txt",
        retrieved_at=RETRIEVED,
        notes=["Sorted by date", "This story was first published on March 3, 2022."],
    )
    assert published == Published(datetime(2022, 3, 3, tzinfo=UTC), "text")


def test_no_day_anywhere_is_none() -> None:
    published = find_published(metadata=None, datelines=[], url=None, source_uri="a.txt", retrieved_at=RETRIEVED)
    assert published == Published(None, "none")


@pytest.mark.parametrize(
    ("line", "owner", "year"),
    [
        ("© 2022 Example Wire. Republication is prohibited.", "Example Wire", 2022),
        ("Copyright © 2019 The Washington Times, LLC.", "The Washington Times", 2019),
        ("Copyright Harbour Courier 2022. All rights reserved", "Harbour Courier", 2022),
        ("&copy; The Meridian Post. All rights reserved.", "The Meridian Post", None),
        ("© 2021 All rights reserved", None, 2021),
        ("No line of that kind", None, None),
    ],
)
def test_owner_and_year_of_a_copyright_line(line: str, owner: str | None, year: int | None) -> None:
    assert find_copyright([line]) == Copyright(owner, year)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.org/a", "example.org"),
        ("example.org/a", "example.org"),
        ("nonsense", None),
        ("http://[", None),
    ],
)
def test_domain_of_an_address(url: str, domain: str | None) -> None:
    assert find_domain(url) == domain
