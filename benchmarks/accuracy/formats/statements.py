"""What a page states about its article where clean does not look first: the second opinion that scores need."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from lxml import html

WORDS = 3
DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/._-]|$)|/((?:19|20)\d\d)/(\w{3})/(\d\d?)/")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
ZONES = timedelta(hours=14)


class Statement(NamedTuple):
    """The headline that a reader sees, and the day that address or time elements give; None where there is none."""

    heading: str | None
    day: datetime | None


def read_statement(content: bytes, url: str | None) -> Statement:
    """What a page states in its one heading of the first rank, its address and its time elements."""
    tree = html.fromstring(content)
    headings = {" ".join(heading.text_content().split()) for heading in tree.iter("h1")}
    long = [heading for heading in headings if len(heading.split()) >= WORDS]
    times = [str(value) for value in tree.xpath("//article//time/@datetime | //header//time/@datetime")]
    days = {build_day(*match.groups()) for value in times if (match := ISO.search(value))}
    day = find_day_in_address(url or "") or (days.pop() if len(days) == 1 else None)
    return Statement(long[0] if len(long) == 1 else None, day)


def find_day_in_address(url: str) -> datetime | None:
    """The day that an address holds."""
    match = DAY_IN_ADDRESS.search(url)
    if match is None:
        return None
    year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
    return build_day(year, month, day)


def build_day(year: str, month: str, day: str) -> datetime | None:
    """The day, its month a number or three letters; None where there is no such day."""
    name = month.lower()
    try:
        return datetime(int(year), MONTHS.index(name) + 1 if name in MONTHS else int(month), int(day), tzinfo=UTC)
    except ValueError:
        return None


def is_same_heading(heading: str, title: str | None) -> bool:
    """Whether a title has the letters and digits of the heading."""
    return title is not None and fold(heading) == fold(title)


def fold(text: str) -> str:
    """Letters and digits in small letters."""
    return re.sub(r"[\W_]+", "", text.casefold())


def is_on_day(day: datetime, moment: datetime | None) -> bool:
    """Whether a moment falls on a day somewhere on earth."""
    return moment is not None and day - ZONES <= moment < day + timedelta(days=1) + ZONES
