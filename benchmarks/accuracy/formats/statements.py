"""What a page states about its article where clean does not look first: the second opinion that scores need."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from lxml import html

DAY_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]?(\d\d|\d(?=[/-]))[/-]?(\d\d|\d(?=/))(?=[/._-]|$)|/((?:19|20)\d\d)/(\w{3})/(\d\d?)/"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
ZONES = timedelta(hours=14)


class Statement(NamedTuple):
    """The text of the title element, and the day that address or time elements give; None where there is none."""

    title: str | None
    day: datetime | None


def read_statement(text: str, url: str | None) -> Statement:
    """What a page states in its title element, its address and its time elements."""
    tree = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    title = " ".join((tree.findtext(".//title") or "").split()) or None
    times = [str(value) for value in tree.xpath("//article//time/@datetime | //header//time/@datetime")]
    days = {build_day(*match.groups()) for value in times if (match := ISO.search(value))}
    return Statement(title, find_day_in_address(url or "") or (days.pop() if len(days) == 1 else None))


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


def is_confirmed(stated: str, title: str | None) -> bool:
    """Whether the title stands in the title element, which may name the outlet and section too."""
    return bool(title) and fold(title or "") in fold(stated)


def fold(text: str) -> str:
    """Letters and digits in small letters."""
    return re.sub(r"[\W_]+", "", text.casefold())


def is_on_day(day: datetime, moment: datetime | None) -> bool:
    """Whether a moment falls on a day somewhere on earth."""
    return moment is not None and day - ZONES <= moment < day + timedelta(days=1) + ZONES
