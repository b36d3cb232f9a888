"""What time expressions mean: TIMEX3 values and the days they cover, from calendar arithmetic alone.

Weeks are ISO weeks; seasons are those of the northern hemisphere, a winter being named by the year it begins in.
"""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

UNITS_OF_DATE = frozenset({"D", "W", "2W", "WE", "M", "Q", "H", "Y", "E", "C", "L"})
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DAYS_IN = {"D": 1, "WE": 7, "W": 7, "2W": 14}
DURATION_UNITS = {
    "TS": "PT{}S", "TM": "PT{}M", "TH": "PT{}H", "D": "P{}D", "WE": "P{}WE", "W": "P{}W", "M": "P{}M", "Q": "P{}Q",
    "H": "P{}H", "Y": "P{}Y", "E": "P{}E", "C": "P{}C", "L": "P{}L",
}  # fmt: skip
# Without a hint, a month up to so many months back is taken to be past, any other to come.
MONTHS_BACK = 8
FAR_DAYS = 270
FAR_MONTH_DAYS = 325
HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}
YEARS_IN = {"E": 10, "C": 100, "L": 1000}


class TimeValue(NamedTuple):
    """A TIMEX3 type and value with the first and last day meant; None where the expression gives none."""

    timex_type: str
    value: str | None
    date_from: date | None = None
    date_to: date | None = None


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, unit: str, count: int) -> date | None:
    """The day moved by that many units, or None beyond the calendar."""
    try:
        if unit in DAYS_IN:
            return day + timedelta(days=DAYS_IN[unit] * count)
        return day + relativedelta(months=MONTHS_IN[unit] * count)
    except (OverflowError, ValueError):
        return None


def day_value(day: date) -> TimeValue:
    """One day."""
    return TimeValue("DATE", day.isoformat(), day, day)


def week_value(day: date) -> TimeValue:
    """The ISO week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return TimeValue("DATE", f"{year}-W{week:02d}", monday, monday + timedelta(days=6))


def weekend_value(day: date) -> TimeValue:
    """Saturday and Sunday of the ISO week that holds the day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return TimeValue("DATE", f"{week_value(day).value}-WE", saturday, saturday + timedelta(days=1))


def month_value(year: int, month: int) -> TimeValue:
    """A month."""
    last = calendar.monthrange(year, month)[1]
    return TimeValue("DATE", f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last))


def quarter_value(year: int, quarter: int) -> TimeValue:
    """A quarter of a calendar year."""
    first, last = month_value(year, 3 * quarter - 2), month_value(year, 3 * quarter)
    return TimeValue("DATE", f"{year:04d}-Q{quarter}", first.date_from, last.date_to)


def half_value(year: int, half: int) -> TimeValue:
    """A half of a calendar year."""
    first, last = month_value(year, 6 * half - 5), month_value(year, 6 * half)
    return TimeValue("DATE", f"{year:04d}-H{half}", first.date_from, last.date_to)


def season_value(year: int, season: str) -> TimeValue:
    """A season; winter runs into the next year."""
    first = date(year, SEASON_MONTHS[season], 1)
    return TimeValue("DATE", f"{year:04d}-{season}", first, first + relativedelta(months=3, days=-1))


def year_value(year: int) -> TimeValue:
    """A year."""
    return TimeValue("DATE", f"{year:04d}", date(year, 1, 1), date(year, 12, 31))


def decade_value(year: int) -> TimeValue:
    """The decade that holds the year."""
    first = year // 10 * 10
    return TimeValue("DATE", f"{first // 10:03d}", date(first, 1, 1), date(first + 9, 12, 31))


def century_value(number: int) -> TimeValue:
    """The n-th century."""
    first = (number - 1) * 100
    return TimeValue("DATE", f"{number - 1:02d}", date(first + 1, 1, 1), date(first + 100, 12, 31))


def period_value(day: date, unit: str) -> TimeValue:
    """The calendar period of the unit that holds the day."""
    if unit == "D":
        return day_value(day)
    if unit in {"W", "2W"}:
        return week_value(day)
    if unit == "WE":
        return weekend_value(day)
    if unit == "M":
        return month_value(day.year, day.month)
    if unit == "Q":
        return quarter_value(day.year, (day.month + 2) // 3)
    if unit == "H":
        return half_value(day.year, (day.month + 5) // 6)
    if unit == "E":
        return decade_value(day.year)
    if unit in {"C", "L"}:
        return century_value((day.year + 99) // 100)
    return year_value(day.year)


def moved_period(day: date, unit: str, count: int) -> TimeValue | None:
    """The calendar period of the unit, that many units from the day."""
    moved = shift(day, unit, count)
    return None if moved is None else period_value(moved, unit)


def weekday_value(published: date, weekday: int, *, direction: int, is_strict: bool = False) -> TimeValue:
    """The nearest such weekday (1 is Monday) before (-1 or 0) or after (1) the day, the day itself unless strict."""
    direction = direction or -1
    distance = (direction * (weekday - published.isoweekday())) % 7
    if distance == 0 and is_strict:
        distance = 7
    return day_value(published + timedelta(days=direction * distance))


def weekday_of_week(published: date, weekday: int, weeks: int) -> TimeValue:
    """That weekday (1 is Monday) of the ISO week so many weeks from the day's."""
    monday = published - timedelta(days=published.weekday())
    return day_value(monday + timedelta(days=7 * weeks + weekday - 1))


def nearest_year(published: date, month: int, day: int | None, *, direction: int) -> int:
    """The year that puts a month, or a day of it, at or before (-1), at or after (1) or nearest to (0) the day.

    A direction that leads most of a year away while the other way is near is not believed.
    """
    distance = (month - published.month) * 30 + (0 if day is None else day - published.day)
    back, ahead = (-distance) % 360, distance % 360
    farthest = FAR_DAYS if day is not None else FAR_MONTH_DAYS
    if direction == 0:
        direction = -1 if back <= MONTHS_BACK * 30 else 1
    elif direction < 0 and back > farthest:
        direction = 1
    elif direction > 0 and ahead > FAR_MONTH_DAYS and day is not None:
        direction = -1
    if direction < 0:
        return published.year if distance <= 0 else published.year - 1
    return published.year if distance >= 0 else published.year + 1


def two_digit_year(number: int, pivot: int = 40) -> int:
    """The full year of a two-digit one: 00 to 39 are of this century."""
    return number + (2000 if number < pivot else 1900)


def span_value(first: TimeValue, last: TimeValue) -> TimeValue:
    """From the beginning of one period to the end of another, as an ISO 8601 interval."""
    return TimeValue("DATE", f"{first.value}/{last.value}", first.date_from, last.date_to)


def duration_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; None counts an unknown number."""
    if unit == "2W":
        unit, count = "W", None if count is None else 2 * count
    if unit == "NI":
        unit = "D"
    if count is None:
        if unit in YEARS_IN:
            unit = "Y" if unit == "E" else unit
        return DURATION_UNITS[unit].format("X")
    if unit in YEARS_IN:
        unit, count = "Y", count * YEARS_IN[unit]
    if unit in {"WE"}:
        unit, count = "D", 2 * count
    if unit == "H":
        unit, count = "M", 6 * count
    if unit == "Q":
        unit, count = "M", 3 * count
    whole = int(count)
    if count - whole == 0.5 and unit in HALVES:
        return DURATION_UNITS[unit].format(whole) + HALVES[unit] if whole else DURATION_UNITS[unit][:-3] + HALVES[unit]
    return DURATION_UNITS[unit].format(f"{count:.10g}")


def holiday_date(year: int, code: str) -> date | None:
    """The day of a holiday: `12-25`, `easter-2`, `11-4th-4` (4th Thursday), `05-last-1`, `11-after1mon-2`."""
    if code.startswith("easter"):
        return easter(year) + timedelta(days=int(code[6:]))
    parts = code.split("-")
    if len(parts) == 2:
        return make_date(year, int(parts[0]), int(parts[1]))
    month, which, weekday = int(parts[0]), parts[1], int(parts[2])
    first = date(year, month, 1)
    nth = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    if which == "last":
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    if which == "after1mon":
        monday = first + timedelta(days=(1 - first.isoweekday()) % 7)
        return monday + timedelta(days=weekday - 1)
    return nth + timedelta(days=7 * (int(which[0]) - 1))


def nearest_holiday(published: date, code: str, *, direction: int) -> date | None:
    """The nearest such holiday before (-1 or 0) or after (1) the day of publication, the day itself included."""
    days = [day for year in range(published.year - 1, published.year + 2) if (day := holiday_date(year, code))]
    if direction <= 0:
        return max((day for day in days if day <= published), default=None)
    return min((day for day in days if day >= published), default=None)
