"""Dates as articles state them: in metadata, date lines, addresses and file names."""

import re
from datetime import UTC, date, datetime, timedelta

from dateutil import parser as date_parser

EARLIEST_YEAR = 1900
TOLERANCE = timedelta(days=1)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
HOURS = {
    "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "CT": -6, "MST": -7, "MDT": -6, "MT": -7, "PST": -8,
    "PDT": -7, "PT": -8, "GMT": 0, "UTC": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5,
    "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
ZONES = {name: int(hours * 3600) for name, hours in HOURS.items()}
LABELS = (
    r"(?:first|last|originally)?\s*(?:published|updated?|posted|modified|created|date|publication date)\b\s*(?:on|at)?"
)
DATE_TOKEN = re.compile(
    rf"(?:{MONTH_NAMES}|{WEEKDAYS}|{LABELS}|at|on|the|of|a\.?m\.?|p\.?m\.?|noon|midnight|hrs|"
    rf"{'|'.join(HOURS)}|(?:19|20)\d\d-\d\d-\d\d(?:t[\d:.]+z?)?|\d{{1,4}}(?:st|nd|rd|th)?|[+-]\d\d:?\d\d|[\s,.:;/()|–—-])",
    re.IGNORECASE,
)
DATE_LINE = re.compile(rf"(?:{DATE_TOKEN.pattern})+", re.IGNORECASE)
DATE_SIGN = re.compile(rf"\b(?:{MONTH_NAMES})\b|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|\d:\d\d|{LABELS}", re.IGNORECASE)
LABEL_START = re.compile(rf"^[\s:|–—-]*{LABELS}[\s:,|–—-]*", re.IGNORECASE)
URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2]|[1-9](?=[/-])|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[/-]?(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=/))(?=[/._-]|$)",
    re.IGNORECASE,
)
FILE_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>0[1-9]|1[0-2])[-_.]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ]\d)")
DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?"
TEXT_DATE = re.compile(
    rf"\b(?:(?:{MONTH_NAMES})\.? {DAY_OF_MONTH},? (?:19|20)\d\d|{DAY_OF_MONTH} (?:{MONTH_NAMES})\.?,? (?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
STATED_YEAR = re.compile(r"(?:19|20)\d\d")
EPOCH = re.compile(r"\d{10}(?:\d{3})?")
DEFAULTS = (datetime(1804, 1, 1), datetime(1808, 2, 2))


def is_date_line(text: str) -> bool:
    """Whether a line is a date, perhaps with a time and a word such as Updated, and nothing else."""
    return len(text) <= 90 and DATE_LINE.fullmatch(text) is not None and DATE_SIGN.search(text) is not None


def to_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def parse_date(text: str) -> datetime | None:
    """The moment that a text states with year, month and day, UTC; None where it does not."""
    text = LABEL_START.sub("", text.strip())
    try:
        if ISO_DATE.match(text):
            return to_utc(datetime.fromisoformat(text))
        if EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        pass
    return parse_words(text)


def parse_words(text: str) -> datetime | None:
    """The moment that a text in words states, read twice so that a part left out shows."""
    try:
        first, second = (date_parser.parse(text, default=default, tzinfos=find_zone) for default in DEFAULTS)
        return to_utc(first) if first.date() == second.date() else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None


def find_zone(name: str | None, offset: int | None) -> int | None:
    """The seconds from UTC that a time states or that its zone's name means, if that is known."""
    return offset if offset is not None else ZONES.get(name or "")


def find_date_in_text(text: str) -> datetime | None:
    """The first whole day that words of a text state."""
    match = TEXT_DATE.search(text)
    return parse_date(match[0]) if match is not None else None


def resolve_day(words: str, near: datetime | None) -> date | None:
    """The day of a dateline; one without a year is the last such day up to two days after a moment."""
    if STATED_YEAR.search(words):
        moment = parse_words(words)
        return moment.date() if moment is not None else None
    moments = [] if near is None else [parse_words(f"{words}, {year}") for year in (near.year, near.year - 1)]
    fitting = (m.date() for m in moments if m is not None and near is not None and m <= near + 2 * TOLERANCE)
    return next(fitting, None)


def find_date_in_url(url: str) -> datetime | None:
    """The day that the path of an address holds, as in /2022/01/07/."""
    return build_date(URL_DATE.search(url))


def find_date_in_file_name(source_uri: str) -> datetime | None:
    """The day that a file name holds, as in 2022-01-07-almaty.txt."""
    return build_date(FILE_DATE.search(source_uri.partition("#")[0].rpartition("/")[2]))


def build_date(match: re.Match[str] | None) -> datetime | None:
    """The day of a match with year, month (number or name) and day."""
    if match is None:
        return None
    month = match["month"].lower()
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    try:
        return datetime(int(match["year"]), number, int(match["day"]), tzinfo=UTC)
    except ValueError:
        return None


def is_plausible(moment: datetime, retrieved_at: datetime | None) -> bool:
    """Whether an article may have been published then: from 1900 to a day after it was obtained."""
    return moment.year >= EARLIEST_YEAR and (retrieved_at is None or moment <= retrieved_at + TOLERANCE)
