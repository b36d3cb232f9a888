"""Time expressions as patterns over kinds of words, with the reading of each pattern as a pure function.

The text is cut into words, each word gets a kind (from time_words.csv or its shape), a kind is one character, and the
patterns are regular expressions over these characters: one pass over short runs, however many words the lists hold.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tasks.nlp import time_values as values
from tasks.nlp.time_values import TimeValue


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted by blanks."""
    return frozenset(text.split())


SHAPES = sorted(
    word_set(
        "ISODATE NUMDATE CLOCK CLOCK24 OCLOCK DECADEYEARS ORDINALDAY DAY YEAR NUMBER MIXED POSSESSIVE DASH COMMA DOT"
        " PARENTHESIS SLASH QUOTE"
    )
)
LISTED = sorted(
    word_set(
        "MONTH MONTHSHORT WEEKDAY WEEKDAYS WEEKDAYSHORT UNIT PART POINT OVERNIGHT SEASON SEASONS DEICTIC TONIGHT"
        " PRESENT PRESENTADJECTIVE PAST PASTADJECTIVE FUTURE LAST PASTNOUN NEXT FOLLOWING THIS CURRENT THAT EDGE"
        " EARLIER LATER AGO BEFORE AFTER THE OF ARTICLE PER EVERY OTHER SETWORD ANNUAL AND TO FROM ON IN MOD FISCAL"
        " FILLER LONG OLD CARDINAL MAGNITUDE ORDINAL QUANTIFIER HALF SO ZONE QNUM HNUM HOLIDAY DECADE PERIOD END ENDED"
    )
)
CODES = {kind: chr(0x100 + index) for index, kind in enumerate((*SHAPES, *LISTED))}
OTHER_WORD = "_"
# A name in a pattern that stands for several kinds.
FAMILIES = {"LAST": ("LAST", "PASTNOUN"), "CARDINAL": ("CARDINAL", "MAGNITUDE"), "UNIT": ("UNIT", "HALF")}
# Kinds that alone make a run of words worth a look.
TRIGGERS = frozenset(
    CODES[kind]
    for kind in word_set(
        "ISODATE NUMDATE CLOCK CLOCK24 OCLOCK DECADEYEARS YEAR MONTH MONTHSHORT WEEKDAY WEEKDAYS WEEKDAYSHORT UNIT PART"
        " POINT OVERNIGHT SEASON SEASONS DEICTIC TONIGHT PRESENT PRESENTADJECTIVE PAST PASTADJECTIVE PASTNOUN FUTURE"
        " SETWORD CURRENT QNUM HNUM HOLIDAY DECADE"
    )
)
# Words that count only with a capital letter (the modal verb may, to march, the sun, to wed).
CAPITAL_KINDS = frozenset({"MONTH", "MONTHSHORT", "WEEKDAY", "WEEKDAYS", "WEEKDAYSHORT", "HOLIDAY", "QNUM", "HNUM"})
WORD = re.compile(
    r"(?P<ISODATE>\b(?:1\d|20|21)\d\d-[01]\d-[0-3]\d(?!\d)(?:T[0-2]\d:[0-5]\d(?::\d\d)?Z?)?)"
    r"|(?P<NUMDATE>\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b|\b\d{1,2}-\d{1,2}-(?:19|20)\d\d\b"
    r"|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)"
    r"|(?P<CLOCK>\b[01]?\d(?:[:.][0-5]\d)?\s?(?:[ap]\.\s?m\b\.?|[ap]m\b|[AP]\.\s?M\b\.?|[AP]M\b))"
    r"|(?P<OCLOCK>\b[01]?\d\s?o['’]clock\b)"
    r"|(?P<CLOCK24>\b[0-2]?\d:[0-5]\d(?::[0-5]\d)?\b(?!:|\s?/))"
    r"|(?P<DECADEYEARS>\b(?:1[0-9]|20)\d0['’]?s\b|['’‘]?\b\d0['’]?s\b)"
    r"|(?P<MIXED>\b\d+ \d/\d\b|½|\d+½)"
    r"|(?P<DIGITS>\b\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)\b)?)"
    r"|(?P<POSSESSIVE>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<LETTERS>[^\W\d_]+(?:['’](?:clock|s?(?= (?:[Dd]ay|[Ee]ve)\b)s?))?)"
    r"|(?P<BREAK>\n\s*\n)"
    r"|(?P<MARK>\S)"
)
MARKS = {
    "-": "DASH", "–": "DASH", "—": "DASH", ",": "COMMA", ".": "DOT", "(": "PARENTHESIS", ")": "PARENTHESIS",
    "/": "SLASH", "'": "QUOTE", "’": "QUOTE", "‘": "QUOTE",
}  # fmt: skip


# The hundreds that a year is spoken with: nineteen ninety-six, twenty twenty.
SPOKEN_HUNDREDS = frozenset({"17", "18", "19", "20"})


class Word(NamedTuple):
    """A word or several that stand for one, with its kind and the value the list gives it."""

    text: str
    start: int
    end: int
    kind: str
    value: str


class Lexicon(NamedTuple):
    """The listed words: kind and value by lower-case form, and the longer forms by their first word."""

    words: Mapping[str, tuple[str, str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]


class Scene(NamedTuple):
    """What a reading may rely on.

    The day of publication, the day last spoken of, whether the clause looks back (-1), ahead (1) or cannot be told
    (0), the quarter (year, number) last spoken of, and the beginnings of the month and year last spoken of.
    """

    published: date | None
    reference: date | None
    direction: int = -1
    quarter: tuple[int, int] | None = None
    month: date | None = None
    year: date | None = None

    def base(self, unit: str) -> date | None:
        """The day that a neighbour of a period of the unit counts from: a month earlier, the following year."""
        spoken = {"M": self.month, "Y": self.year}.get(unit)
        return spoken or self.reference or self.published


class Match(NamedTuple):
    """The words of a match by the name of their group."""

    words: list[Word]
    groups: Mapping[str, tuple[int, int]]

    def get(self, name: str) -> Word | None:
        """The first word of the group, or None."""
        place = self.groups.get(name)
        return None if place is None or place[0] == place[1] else self.words[place[0]]

    def all(self, name: str) -> list[Word]:
        """The words of the group."""
        place = self.groups.get(name)
        return [] if place is None else self.words[place[0] : place[1]]

    def number(self, name: str) -> int | None:
        """The value of the group's first word as a whole number; None for none, and for a fraction like 7.7."""
        word = self.get(name)
        return int(word.value) if word is not None and word.value.lstrip("-+").isdigit() else None


Reading = Callable[[Match, Scene], TimeValue | None]


def make_lexicon(rows: Iterable[tuple[str, str, str]]) -> Lexicon:
    """The lexicon of rows (word, kind, value)."""
    words: dict[str, tuple[str, str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for word, kind, value in rows:
        name = kind.replace("_", "")
        parts = tuple(piece.group().lower() for piece in WORD.finditer(word))
        if len(parts) == 1:
            words[parts[0]] = (name, value)
        else:
            phrases.setdefault(parts[0], []).append((parts[1:], name, value))
    longest_first = {first: tuple(sorted(rest, key=lambda row: -len(row[0]))) for first, rest in phrases.items()}
    return Lexicon(words, longest_first)


def read_words(text: str, lexicon: Lexicon) -> list[Word]:
    """The words of the text with their kinds; words that mean nothing to time are of kind `_`."""
    pieces = list(WORD.finditer(text))
    words, index = [], 0
    while index < len(pieces):
        taken = _spoken_year(pieces, index, lexicon) or _phrase_at(pieces, index, lexicon)
        if taken is None:
            words.append(_word(pieces[index], lexicon))
            index += 1
        else:
            count, kind, value = taken
            start, end = pieces[index].start(), pieces[index + count - 1].end()
            words.append(Word(text[start:end], start, end, kind, value))
            index += count
    return words


def _spoken_year(pieces: list[re.Match[str]], index: int, lexicon: Lexicon) -> tuple[int, str, str] | None:
    """How many pieces from the index on spell out a year, its kind and its value: nineteen ninety-six."""
    numbers = [_cardinal(piece, lexicon) for piece in pieces[index : index + 4]]
    if len(numbers) < 2 or numbers[0] not in SPOKEN_HUNDREDS or len(numbers[1]) != 2:
        return None
    dashed = len(numbers) > 3 and pieces[index + 2].group() in {"-", "–"}
    units = numbers[3] if dashed else numbers[2] if len(numbers) > 2 else ""
    if numbers[1].endswith("0") and len(units) == 1 and units != "0":
        return 3 + dashed, "YEAR", f"{numbers[0]}{numbers[1][0]}{units}"
    return 2, "YEAR", f"{numbers[0]}{numbers[1]}"


def _cardinal(piece: re.Match[str], lexicon: Lexicon) -> str:
    kind, value = lexicon.words.get(piece.group().lower(), (OTHER_WORD, ""))
    return value if kind == "CARDINAL" else ""


def _phrase_at(pieces: list[re.Match[str]], index: int, lexicon: Lexicon) -> tuple[int, str, str] | None:
    first = pieces[index].group()
    for rest, kind, value in lexicon.phrases.get(first.lower(), ()):
        following = pieces[index + 1 : index + 1 + len(rest)]
        if tuple(piece.group().lower() for piece in following) != rest:
            continue
        if kind in CAPITAL_KINDS and not first[0].isupper():
            continue
        return len(rest) + 1, kind, value
    return None


def _word(piece: re.Match[str], lexicon: Lexicon) -> Word:
    shape, text = piece.lastgroup or "", piece.group()
    kind, value = OTHER_WORD, text
    if shape == "LETTERS":
        kind, value = lexicon.words.get(text.lower(), (OTHER_WORD, text))
        if kind in CAPITAL_KINDS and not text[0].isupper():
            kind = OTHER_WORD
    elif shape == "DIGITS":
        kind, value = _number_kind(text)
    elif shape == "MARK":
        kind = MARKS.get(text, OTHER_WORD)
    elif shape != "BREAK":
        kind = shape
    return Word(text, piece.start(), piece.end(), kind, value)


def _number_kind(text: str) -> tuple[str, str]:
    if text[-1].isalpha():
        digits = text[:-2].replace(",", "")
        return ("ORDINALDAY", digits) if digits.isdigit() and int(digits) <= 31 else ("NUMBER", digits)
    if text.isdigit():
        number = int(text)
        if 1 <= number <= 31 and len(text) <= 2:
            return "DAY", str(number)
        if len(text) == 4 and 1000 <= number <= 2199:
            return "YEAR", text
    return "NUMBER", text.replace(",", "")


def encode(words: Iterable[Word]) -> str:
    """The kinds of the words, one character each."""
    return "".join([CODES.get(word.kind, OTHER_WORD) for word in words])


def compile_pattern(source: str) -> re.Pattern[str]:
    """A pattern over kinds: names of kinds stand for one word each, blanks part them, the rest is regex syntax."""
    coded = re.sub(r"(?<![A-Za-z<])[A-Z][A-Z0-9]+(?![A-Za-z>])", lambda name: _code_class(name.group()), source)
    return re.compile(re.sub(r"\s+", "", coded))


def _code_class(name: str) -> str:
    family = "".join(CODES[kind] for kind in FAMILIES.get(name, (name,)))
    return family if len(family) == 1 else f"[{family}]"


MONTH = "(?P<month>MONTH|MONTHSHORT DOT?)"
DAY = "(?P<day>DAY|ORDINALDAY)"
WEEKDAY = "(?P<weekday>WEEKDAY|WEEKDAYSHORT DOT?)"
YEAR = "(?P<year>YEAR)"
WHICH = "(?P<which>LAST|NEXT|THIS|CURRENT|FOLLOWING)"
# A number: digits, number words, "two and a half"; a second one after "to" or "or" is left out of the value.
NUMBER = (
    "(?P<count>(?:DAY|NUMBER|YEAR|MIXED|ARTICLE MAGNITUDE CARDINAL*|CARDINAL(?:DASH?CARDINAL)*)(?:AND ARTICLE UNIT)?"
    "|ARTICLE"
    "|QUANTIFIER|HALF ARTICLE)(?:(?:TO|AND|DASH)(?:DAY|CARDINAL|NUMBER))?"
)
COUNT = (
    "(?P<count>(?:DAY|NUMBER|YEAR|MIXED|ARTICLE MAGNITUDE CARDINAL*|CARDINAL(?:DASH?CARDINAL)*)|ARTICLE|QUANTIFIER)"
    "(?:(?:TO|AND|DASH)(?:DAY|CARDINAL|NUMBER))?"
)
EXACT = "(?P<count>DAY|NUMBER|YEAR|MIXED|CARDINAL(?:DASH?CARDINAL)*)"


# Readings, in the order of the rules below.


def read_full_date(match: Match, scene: Scene) -> TimeValue | None:
    """A day of a month, the year given or the nearest that fits the clause."""
    month, day, year = match.number("month"), match.number("day"), match.number("year")
    if month is None or day is None:
        return None
    if year is None and scene.published is None:
        return TimeValue("DATE", f"XXXX-{month:02d}-{day:02d}") if values.make_date(2000, month, day) else None
    if year is None and scene.published is not None:
        year = values.nearest_year(scene.published, month, day, direction=match.number("which") or scene.direction)
        year = _year_of_weekday(match, scene.published, (month, day), year)
    found = values.make_date(year or 0, month, day)
    return None if found is None else with_part(values.day_value(found), match.get("part"))


def read_week_of(match: Match, scene: Scene) -> TimeValue | None:
    """The week that holds a day of a month; None for other units."""
    unit, day = match.get("unit"), read_full_date(match, scene)
    if unit is None or unit.value != "W" or day is None:
        return None
    return day if day.date_from is None else values.week_value(day.date_from)


def _year_of_weekday(match: Match, published: date, month_day: tuple[int, int], year: int) -> int:
    weekday = match.number("weekday")
    if weekday is None:
        return year
    for candidate in sorted(range(published.year - 1, published.year + 2), key=lambda item: abs(item - year)):
        day = values.make_date(candidate, *month_day)
        if day is not None and day.isoweekday() == weekday:
            return candidate
    return year


def read_month(match: Match, scene: Scene) -> TimeValue | None:
    """A month, of the year given, of last, this or next year, or the nearest that fits the clause."""
    month, year = match.number("month"), match.number("year")
    if month is None:
        return None
    which = match.number("which")
    if year is not None:
        return values.month_value(year, month)
    if scene.published is None:
        return TimeValue("DATE", f"XXXX-{month:02d}")
    if match.get("unit") is not None and which is not None:
        return values.month_value(scene.published.year + which, month)
    if which:
        beside = scene.published.month != month
        year = values.nearest_year(scene.published, month, None, direction=which)
        return values.month_value(year if beside else scene.published.year + which, month)
    if which == 0:
        return values.month_value(scene.published.year, month)
    return values.month_value(values.nearest_year(scene.published, month, None, direction=scene.direction), month)


def read_iso_date(match: Match, scene: Scene) -> TimeValue | None:
    """A date as ISO 8601 writes it, with a time of day or without."""
    text = match.words[0].text
    day = values.make_date(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if day is None:
        return None
    return values.day_value(day) if len(text) == 10 else TimeValue("TIME", text, day, day)


def read_numeric_date(match: Match, scene: Scene) -> TimeValue | None:
    """A date in figures: month first, unless only day first makes a date or full stops part them."""
    text = match.words[0].text
    first, second, year = (int(part) for part in re.split(r"[/.-]", text))
    if year < 100:
        year = values.two_digit_year(year)
    orders = [(second, first), (first, second)] if "." in text else [(first, second), (second, first)]
    for month, day in orders:
        found = values.make_date(year, month, day)
        if found is not None:
            return values.day_value(found)
    return None


def read_year(match: Match, scene: Scene) -> TimeValue | None:
    """A year."""
    year = match.number("year")
    return None if year is None else values.year_value(year)


def read_spoken_year(match: Match, scene: Scene) -> TimeValue | None:
    """The year two thousand and those after it; None for other units and numbers."""
    unit, count = match.get("unit"), count_of(match.all("count"))
    if unit is None or unit.text.lower() != "year" or count is None or not 2000 <= count < 2100:
        return None
    return values.year_value(int(count))


def read_part_of_year(match: Match, scene: Scene) -> TimeValue | None:
    """The 1988 quarter, the 1988 period: the quarter last spoken of, in that year."""
    year, unit = match.number("year"), match.get("unit")
    if year is None or unit is None or (unit.kind != "PERIOD" and unit.value != "Q"):
        return None
    if scene.quarter is not None:
        return values.quarter_value(year, scene.quarter[1])
    whole = values.year_value(year)
    return whole if unit.kind == "PERIOD" else whole._replace(value=f"{year:04d}-QX")


def read_decade(match: Match, scene: Scene) -> TimeValue | None:
    """A decade: the 1990s, the '80s, the nineties."""
    word = match.words[match.groups["decade"][0]]
    digits = re.sub(r"\D", "", word.value)
    if not digits:
        return None
    year = int(digits)
    return values.decade_value(values.two_digit_year(year) if year < 100 else year)


def read_century(match: Match, scene: Scene) -> TimeValue | None:
    """A numbered century, or None for other numbered units."""
    number, unit = match.number("ordinal"), match.get("unit")
    if number is None or unit is None or unit.value != "C":
        return None
    return values.century_value(number)


def read_quarter(match: Match, scene: Scene) -> TimeValue | None:
    """A quarter or half, of the year given or told by last, this and next, or the nearest that fits the clause."""
    number, unit, year = match.number("ordinal"), match.get("unit"), match.number("year")
    if match.get("final") is not None and unit is not None:
        number = {"Q": 4, "H": 2}.get(unit.value)
    code = unit.value if unit is not None and unit.value in {"Q", "H"} else None
    short = match.get("short")
    if short is not None:
        code, number = ("Q" if short.kind == "QNUM" else "H"), int(short.value)
    if code is None or number is None or number > (4 if code == "Q" else 2):
        return None
    make = values.quarter_value if code == "Q" else values.half_value
    if year is None and scene.published is not None:
        which = match.number("which")
        if match.get("yearword") is not None and which is not None:
            year = scene.published.year + which
        else:
            year = _nearest_part(scene.published, number, code, scene.direction)
    return None if year is None else make(year, number)


def _nearest_part(published: date, number: int, code: str, direction: int) -> int:
    """The year of a quarter or half; what has just ended is reported on, even where the clause looks ahead."""
    parts, current = (4, (published.month + 2) // 3) if code == "Q" else (2, (published.month + 5) // 6)
    if direction <= 0 or (code == "Q" and number % parts == (current - 1) % parts):
        return published.year if number <= current else published.year - 1
    return published.year if number >= current else published.year + 1


def read_season(match: Match, scene: Scene) -> TimeValue | None:
    """A season, of the year given, or the nearest by last, this, next and the clause."""
    word, year, which = match.get("season"), match.number("year"), match.number("which")
    if word is None:
        return None
    if year is not None:
        return values.season_value(year, word.value)
    if scene.published is None:
        return None
    if match.get("unit") is not None and which is not None:
        return values.season_value(scene.published.year + which, word.value)
    month = values.SEASON_MONTHS[word.value]
    current = values.season_value(scene.published.year - (scene.published.month < 3), word.value)
    if which is None or which == 0:
        year = values.nearest_year(scene.published, month, None, direction=scene.direction if which is None else -1)
        return values.season_value(scene.published.year if which == 0 else year, word.value)
    year = values.nearest_year(scene.published, month, None, direction=which)
    found = values.season_value(year, word.value)
    if found == current and found.date_from is not None and found.date_to is not None:
        inside = found.date_from <= scene.published <= found.date_to
        return values.season_value(year + which, word.value) if inside else found
    return found


def read_weekday(match: Match, scene: Scene) -> TimeValue | None:
    """A weekday near the day of publication: by last, this, next, or the direction of the clause."""
    weekday, which, part = match.number("weekday"), match.get("which"), match.get("part")
    if weekday is None:
        return None
    if scene.published is None:
        return TimeValue("DATE" if part is None else "TIME", None)
    if which is None:
        found = values.weekday_value(scene.published, weekday, direction=scene.direction)
    elif which.kind == "LAST" and which.text.lower() in {"previous", "preceding", "prior"}:
        found = values.weekday_value(scene.reference or scene.published, weekday, direction=-1, is_strict=True)
    elif which.kind == "LAST":
        found = values.weekday_value(scene.published, weekday, direction=-1, is_strict=True)
    elif which.kind == "NEXT" and which.text.lower() == "next":
        found = values.weekday_of_week(scene.published, weekday, 1)
    elif which.kind == "FOLLOWING":
        found = values.weekday_value(scene.reference or scene.published, weekday, direction=1, is_strict=True)
    elif which.kind == "THIS":
        found = values.weekday_value(scene.published, weekday, direction=scene.direction)
    else:
        found = values.weekday_value(scene.published, weekday, direction=1, is_strict=True)
    return with_part(found, part)


def with_part(day: TimeValue, part: Word | None) -> TimeValue:
    """A day narrowed to its morning, afternoon, evening or night."""
    if part is None:
        return day
    if part.kind == "POINT":
        return TimeValue("TIME", f"{day.value}T{part.value}", day.date_from, day.date_to)
    return TimeValue("TIME", f"{day.value}T{part.value}", day.date_from, day.date_to)


def read_deictic(match: Match, scene: Scene) -> TimeValue | None:
    """Today, yesterday, tomorrow, and their parts."""
    offset = match.number("deictic")
    if scene.published is None or offset is None:
        return TimeValue("DATE", None)
    day = values.shift(scene.published, "D", offset)
    return None if day is None else with_part(values.day_value(day), match.get("part"))


def read_tonight(match: Match, scene: Scene) -> TimeValue | None:
    """Tonight, or overnight into the day of publication."""
    if scene.published is None:
        return TimeValue("TIME", None)
    return with_part(values.day_value(scene.published), match.words[-1])


def read_part_of_today(match: Match, scene: Scene) -> TimeValue | None:
    """This morning, last night, tomorrow night's kin: a part of the day of publication or of the day before."""
    which, part = match.get("which"), match.get("part")
    if which is None or part is None or scene.published is None:
        return TimeValue("TIME", None)
    offset = int(which.value)
    base = scene.reference or scene.published if which.kind == "FOLLOWING" or which.text == "next" else scene.published
    day = values.shift(base, "D", offset)
    return None if day is None else with_part(values.day_value(day), part)


def read_part_of_reference(match: Match, scene: Scene) -> TimeValue | None:
    """The morning, that night: a part of the day last spoken of."""
    day = scene.reference or scene.published
    return TimeValue("TIME", None) if day is None else with_part(values.day_value(day), match.get("part"))


def read_relative_unit(match: Match, scene: Scene) -> TimeValue | None:
    """Last week, this month, next year, the previous day, that year: a calendar period told by its neighbour."""
    which, unit = match.get("which"), match.get("unit")
    if which is None or unit is None:
        return None
    if unit.value not in values.UNITS_OF_DATE:
        return None
    is_told = which.kind in {"FOLLOWING", "THAT"} or which.text.lower() in {"previous", "preceding", "prior"}
    is_told = is_told or (which.text.lower() == "next" and unit.value == "D")
    base = scene.base(unit.value) if is_told else scene.published
    if base is None:
        return TimeValue("DATE", None)
    if which.text.lower() == "latest":
        return values.moved_period(base, unit.value, -1)
    if unit.value == "WE":
        return _read_weekend(base, int(which.value), scene)
    found = values.moved_period(base, unit.value, int(which.value))
    return _narrow(match, scene, found)


def _read_weekend(base: date, offset: int, scene: Scene) -> TimeValue:
    if offset == 0 and scene.direction <= 0 and base.isoweekday() < 5:
        offset = -1
    return values.weekend_value(values.shift(base, "W", offset) or base)


def _narrow(match: Match, scene: Scene, found: TimeValue | None) -> TimeValue | None:
    """Earlier this month ends, later this month begins on the day of publication."""
    if found is None or scene.published is None or found.date_from is None or found.date_to is None:
        return found
    if not found.date_from <= scene.published <= found.date_to:
        return found
    if match.get("earlier") is not None:
        return found._replace(date_to=scene.published)
    if match.get("later") is not None:
        return found._replace(date_from=scene.published)
    return found


def read_earlier_in(match: Match, scene: Scene) -> TimeValue | None:
    """Earlier in the year: the running period up to the day of publication."""
    unit = match.get("unit")
    if unit is None or unit.value not in values.UNITS_OF_DATE or scene.published is None:
        return TimeValue("DATE", None)
    return _narrow(match, scene, values.period_value(scene.published, unit.value))


def count_of(words: list[Word]) -> float | None:
    """The number that words give, None for an unknown one (several, a few); a couple is two."""
    total, current, fraction = 0.0, 0.0, 0.0
    known = False
    for word in words:
        if word.kind == "QUANTIFIER":
            return 2.0 if "couple" in word.text.lower() else None
        if word.kind == "HALF" or (word.kind == "UNIT" and word.value == "H"):
            fraction, known = 0.5, True
        elif word.kind == "MIXED":
            return _mixed(word.text)
        elif word.kind in {"DAY", "NUMBER", "YEAR"}:
            current, known = current + _number(word.value), True
        elif word.kind in {"CARDINAL", "MAGNITUDE"}:
            value, known = float(word.value), True
            if word.kind == "MAGNITUDE":
                current = max(current, 1) * value
            else:
                current += value
        elif word.kind == "ARTICLE" and not known:
            known = True
            if len(words) == 1:
                return 1.0
            current += words[1].kind == "AND"
    return total + current + fraction if known else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _mixed(text: str) -> float:
    digits = re.findall(r"\d+", text)
    if len(digits) == 3 and int(digits[2]):
        return int(digits[0]) + int(digits[1]) / int(digits[2])
    return (int(digits[0]) if digits else 0) + 0.5


def read_ago(match: Match, scene: Scene) -> TimeValue | None:
    """Two days ago, a year ago: the calendar period that far before the day of publication."""
    return _distance(match, scene, scene.published, -1)


def read_distance(match: Match, scene: Scene) -> TimeValue | None:
    """A year earlier, two days later: that far from the day last spoken of."""
    sign, unit = match.get("sign"), match.get("unit")
    base = scene.base("" if unit is None else unit.value)
    return _distance(match, scene, base, 1 if sign is not None and sign.value == "1" else -1)


def _distance(match: Match, scene: Scene, base: date | None, sign: int) -> TimeValue | None:
    unit, count = match.get("unit"), count_of(match.all("count"))
    if unit is None:
        return None
    if count is None:
        return TimeValue("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if scene.quarter is not None and unit.value == "Y" and count == 1:
        return values.quarter_value(scene.quarter[0] + sign, scene.quarter[1])
    if base is None:
        return TimeValue("DATE", None)
    if unit.value in {"TS", "TM", "TH"}:
        return TimeValue("DATE", base.isoformat(), base, base)
    if unit.value == "PT" or unit.value not in values.UNITS_OF_DATE:
        return None
    if unit.value in {"Y", "E", "C"} and count != int(count):
        count, step = count * {"Y": 12, "E": 120, "C": 1200}[unit.value], "M"
        return values.moved_period(base, step, sign * int(count))
    if unit.value in {"E", "C", "L"}:
        return values.moved_period(base, "Y", sign * int(count) * values.YEARS_IN[unit.value])
    return values.moved_period(base, unit.value, sign * int(count))


def read_year_before(match: Match, scene: Scene) -> TimeValue | None:
    """Year-ago, the year-earlier quarter: the same period, one unit before."""
    base, unit, number = match.get("base"), match.get("unit"), match.number("ordinal")
    if base is None or base.value not in values.UNITS_OF_DATE:
        return None
    if scene.published is None:
        return TimeValue("DATE", None)
    if scene.quarter is not None and base.value == "Y" and number is None:
        return values.quarter_value(scene.quarter[0] - 1, scene.quarter[1])
    moved = values.shift(scene.published, base.value, -1)
    if moved is None:
        return None
    if unit is None or unit.value not in {"Q", "M", "W"}:
        return values.period_value(moved, base.value)
    if number is not None:
        return values.quarter_value(moved.year, number) if unit.value == "Q" and number < 5 else None
    return values.moved_period(moved, unit.value, -1)


def read_running_unit(match: Match, scene: Scene) -> TimeValue | None:
    """The year, the full year: the period that holds the day of publication, for a quarter the one that ended last."""
    unit = match.get("unit")
    if unit is None or unit.value not in {"Y", "Q", "W", "WE", "M"}:
        return None
    if scene.published is None:
        return TimeValue("DATE", None)
    if unit.value == "WE":
        return _read_weekend(scene.published, 0, scene)
    return values.moved_period(scene.published, unit.value, -1 if unit.value == "Q" else 0)


def read_ended_unit(match: Match, scene: Scene) -> TimeValue | None:
    """The year ended June 30: a length of time; of a quarter the one that most of it lies in, or the last spoken of."""
    unit = match.get("unit")
    if unit is None or unit.value not in {"Y", "Q", "W", "M"}:
        return None
    if unit.value != "Q":
        return TimeValue("DURATION", values.duration_value(1, unit.value))
    month = match.number("month")
    if month is None or scene.published is None:
        return values.quarter_value(*scene.quarter) if scene.quarter is not None else read_running_unit(match, scene)
    year = values.nearest_year(scene.published, month, None, direction=-1)
    middle = values.shift(date(year, month, 1), "M", -1)
    return None if middle is None else values.period_value(middle, "Q")


def read_latest_period(match: Match, scene: Scene) -> TimeValue | None:
    """The latest period: the quarter last spoken of."""
    which = match.get("which")
    if which is None or which.text.lower() != "latest" or scene.quarter is None:
        return None
    return values.quarter_value(*scene.quarter)


def read_end_of_unit(match: Match, scene: Scene) -> TimeValue | None:
    """Year-end, month's end: the running period."""
    unit = match.get("unit")
    if unit is None or unit.value not in {"Y", "Q", "M"}:
        return None
    return TimeValue("DATE", None) if scene.published is None else values.period_value(scene.published, unit.value)


def read_the_past(match: Match, scene: Scene) -> TimeValue | None:
    """The past."""
    return TimeValue("DATE", "PAST_REF") if match.words[-1].text.lower() == "past" else None


def read_day_before(match: Match, scene: Scene) -> TimeValue | None:
    """The day before, the week after: beside the day last spoken of."""
    unit, sign = match.get("unit"), match.number("sign")
    base = scene.base("" if unit is None else unit.value)
    if unit is None or sign is None or unit.value not in values.UNITS_OF_DATE:
        return None
    return TimeValue("DATE", None) if base is None else values.moved_period(base, unit.value, sign)


def read_duration(match: Match, scene: Scene) -> TimeValue | None:
    """A length of time: three months, two-week-long, half an hour, decades."""
    unit = match.get("unit")
    if unit is None:
        return None
    words = [*match.all("count"), *match.all("half")]
    count = count_of(words) if words else None
    return TimeValue("DURATION", values.duration_value(count, unit.value))


def read_stretch(match: Match, scene: Scene) -> TimeValue | None:
    """The past two weeks, the next few years: a length of time that ends or begins at the day of publication."""
    unit, which = match.get("unit"), match.get("which")
    if unit is None or which is None:
        return None
    words = match.all("count")
    count = count_of(words) if words else None
    value = values.duration_value(count, unit.value)
    if count is None or scene.published is None or which.value not in {"1", "-1"}:
        return TimeValue("DURATION", value)
    step = "D" if unit.value in {"TS", "TM", "TH"} else unit.value
    days = {"TS": 0.0, "TM": 0.0, "TH": count / 24}.get(unit.value, count)
    if step not in values.UNITS_OF_DATE:
        return TimeValue("DURATION", value)
    other = values.shift(scene.published, step, int(which.value) * max(1, round(days)))
    if other is None:
        return TimeValue("DURATION", value)
    first, last = sorted((other, scene.published))
    return TimeValue("DURATION", value, first, last)


def read_vague_stretch(match: Match, scene: Scene) -> TimeValue | None:
    """Recent years, the coming weeks."""
    unit, adjective = match.get("unit"), match.get("vague")
    if unit is None or adjective is None:
        return None
    return TimeValue("DATE", "FUTURE_REF" if adjective.kind == "NEXT" else "PAST_REF")


def read_set(match: Match, scene: Scene) -> TimeValue | None:
    """Every Monday, each year, daily, $5 a day."""
    words = {word.kind: word for word in match.words}
    count = count_of(match.all("count")) if match.get("count") is not None else 1.0
    if "SETWORD" in words:
        return TimeValue("SET", words["SETWORD"].value)
    part = match.get("part")
    if match.get("weekday") is not None:
        value = f"XXXX-WXX-{match.number('weekday')}"
        return TimeValue("SET", f"{value}T{part.value}" if part is not None else value)
    if match.get("month") is not None:
        return TimeValue("SET", f"XXXX-{match.number('month'):02d}")
    season, unit = match.get("season"), match.get("unit")
    if season is not None:
        return TimeValue("SET", f"XXXX-{season.value}")
    if part is not None:
        return TimeValue("SET", f"XXXX-XX-XXT{part.value}")
    if unit is None:
        return None
    if unit.value == "WE":
        return TimeValue("SET", "XXXX-WXX-WE")
    return TimeValue("SET", values.duration_value(count, unit.value))


def read_clock(match: Match, scene: Scene) -> TimeValue | None:
    """A time of day, on the day last spoken of in the sentence, or that of publication."""
    clock = clock_value(match)
    if clock is None:
        return None
    day = scene.reference or scene.published
    return TimeValue("TIME", None if day is None else f"{day.isoformat()}T{clock}", day, day)


def clock_value(match: Match) -> str | None:
    """The time of day as hh:mm."""
    word, part = match.words[match.groups["clock"][0]], match.get("part")
    if word.kind == "POINT":
        return word.value
    digits = [int(item) for item in re.findall(r"\d+", word.value if word.kind == "CARDINAL" else word.text)]
    hour, minute = digits[0], digits[1] if len(digits) > 1 else 0
    is_late = part is not None and (part.value in {"AF", "EV"} or (part.value == "NI" and hour > 4))
    is_afternoon = word.kind != "CLOCK24" and (is_late or (word.kind == "CLOCK" and "p" in word.text.lower()))
    if hour > 24 or minute > 59 or (word.kind in {"CLOCK", "DAY", "CARDINAL"} and hour > 12):
        return None
    if word.kind != "CLOCK24":
        hour = hour % 12 + (12 if is_afternoon else 0)
    return f"{hour:02d}:{minute:02d}"


def read_reference(match: Match, scene: Scene) -> TimeValue | None:
    """Now, recently, soon: the present, the past, the future."""
    word = match.get("reference")
    if word is None:
        return None
    return TimeValue("DATE", "PRESENT_REF" if word.kind == "CURRENT" else word.value)


def read_holiday(match: Match, scene: Scene) -> TimeValue | None:
    """A holiday of the year given, or the nearest that fits the clause."""
    word, year = match.get("holiday"), match.number("year")
    if word is None:
        return None
    if year is not None:
        day = values.holiday_date(year, word.value)
    elif scene.published is None:
        return TimeValue("DATE", f"XXXX-{word.value}" if re.fullmatch(r"\d\d-\d\d", word.value) else None)
    else:
        which = match.number("which")
        direction = which if which else scene.direction
        day = values.nearest_holiday(scene.published, word.value, direction=direction)
    return None if day is None else values.day_value(day)


def read_holiday_week(match: Match, scene: Scene) -> TimeValue | None:
    """The week or weekend of a holiday, the latest that has begun unless the clause looks ahead."""
    word, unit = match.get("holiday"), match.get("unit")
    if word is None or unit is None or unit.value not in {"W", "WE"}:
        return None
    if scene.published is None:
        return TimeValue("DATE", None)
    is_ahead = scene.direction > 0
    begun = scene.published if is_ahead else scene.published + timedelta(days=7 - scene.published.isoweekday())
    day = values.nearest_holiday(begun, word.value, direction=scene.direction)
    return None if day is None else values.period_value(day, unit.value)


def read_year_range(match: Match, scene: Scene) -> TimeValue | None:
    """From one year to another, as in 2010-2015 and 1989-90."""
    first, last = match.number("year"), match.number("last")
    if first is None or last is None:
        return None
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 300:
        return None
    return values.span_value(values.year_value(first), values.year_value(last))


def read_day_range(match: Match, scene: Scene) -> TimeValue | None:
    """From one day of a month to another: May 3 to 5, 3-5 May 2021, May 30 to June 2."""
    end = match.number("endday")
    first = read_full_date(match, scene)
    if first is None or end is None or first.date_from is None:
        return first
    month = match.number("endmonth") or first.date_from.month
    year = first.date_from.year + (month < first.date_from.month)
    last = values.make_date(year, month, end)
    if last is None or last <= first.date_from:
        return None
    return values.span_value(first, values.day_value(last))


def read_weekday_range(match: Match, scene: Scene) -> TimeValue | None:
    """From one weekday to another, the first of them near the day of publication."""
    first, end = read_weekday(match, scene), match.number("endday")
    if first is None or first.date_from is None or end is None:
        return first
    return values.span_value(first, values.weekday_value(first.date_from, end, direction=1, is_strict=True))


def read_month_range(match: Match, scene: Scene) -> TimeValue | None:
    """From one month to another: January to March 2021, between May and July."""
    end, year = match.number("endmonth"), match.number("year")
    start = match.number("month")
    if end is None or start is None:
        return None
    if year is None:
        if scene.published is None:
            return TimeValue("DATE", f"XXXX-{start:02d}/XXXX-{end:02d}")
        year = values.nearest_year(scene.published, end, None, direction=scene.direction)
    first = values.month_value(year - (start > end), start)
    return values.span_value(first, values.month_value(year, end))


RULES: tuple[tuple[str, str, Reading], ...] = (
    ("iso_date", "ISODATE", read_iso_date),
    ("numeric_date", "NUMDATE", read_numeric_date),
    ("day_range", f"{MONTH}{DAY}(?:TO|DASH)(?P<endday>DAY|ORDINALDAY)(?:COMMA?{YEAR})?", read_day_range),
    ("day_range", f"(?<=FROM){MONTH}{DAY}AND(?P<endday>DAY|ORDINALDAY)(?:COMMA?{YEAR})?", read_day_range),
    ("day_range", f"{DAY}(?:TO|DASH)(?P<endday>DAY|ORDINALDAY){MONTH}(?:COMMA?{YEAR})?", read_day_range),
    ("day_range",
     f"{MONTH}{DAY}(?:TO|DASH)(?P<endmonth>MONTH|MONTHSHORT)DOT?(?P<endday>DAY|ORDINALDAY)(?:COMMA?{YEAR})?",
     read_day_range),
    ("month_range", f"{MONTH}(?:TO|DASH)(?P<endmonth>MONTH|MONTHSHORT)DOT?(?:COMMA?{YEAR})?", read_month_range),
    ("month_range",
     f"(?<=FROM){MONTH}AND(?P<endmonth>MONTH|MONTHSHORT)DOT?(?:COMMA?{YEAR})?", read_month_range),
    ("year_range", f"{YEAR}(?:DASH|SLASH)(?P<last>YEAR|DAY|NUMBER)", read_year_range),
    ("year_range", f"(?<=FROM){YEAR}(?:TO|AND)(?P<last>YEAR)", read_year_range),
    ("weekday_range", "(?<=FROM)(?P<weekday>WEEKDAY)(?:TO|AND)(?P<endday>WEEKDAY)", read_weekday_range),
    ("full_date",
     f"MOD?(?:{WEEKDAY}COMMA?)?(?:EDGE(?:ON|DASH)?)?{MONTH}(?:THE)?{DAY}(?:COMMA?{YEAR})?", read_full_date),
    ("full_date", f"(?P<which>LAST|NEXT|THIS){MONTH}{DAY}", read_full_date),
    ("full_date",
     f"(?:THE)?(?P<part>PART)(?:OF|ON)(?:{WEEKDAY}COMMA?)?{MONTH}{DAY}(?:COMMA?{YEAR})?", read_full_date),
    ("week_of", f"(?:THE)?(?P<unit>UNIT)OF{MONTH}{DAY}(?:COMMA?{YEAR})?", read_week_of),
    ("full_date", f"(?:{WEEKDAY}COMMA?)?(?:THE)?{DAY}(?:OF)?{MONTH}(?:COMMA?{YEAR})?", read_full_date),
    ("month", f"(?:EDGE(?:OF|DASH)?)?{MONTH}(?:COMMA|OF)?{YEAR}", read_month),
    ("month", f"(?:EDGE(?:OF|DASH)?)?(?:EARLIER|LATER)?{MONTH}(?:OF)?{WHICH}(?P<unit>UNIT)", read_month),
    ("month", f"(?:EDGE(?:OF|DASH)?)?{WHICH}{MONTH}", read_month),
    ("month_alone", f"(?:EDGE(?:OF|DASH)?)?{MONTH}", read_month),
    ("year", f"(?:EDGE(?:OF|DASH)?)?(?:(?:THE)?UNIT)?(?:FISCAL)?{YEAR}", read_year),
    ("spoken_year", "(?:THE)?(?P<unit>UNIT)(?P<count>CARDINAL MAGNITUDE(?:AND)?CARDINAL?)", read_spoken_year),
    ("part_of_year", f"(?:THE)?{YEAR}(?P<unit>UNIT|PERIOD)", read_part_of_year),
    ("decade", "(?:THE)?(?:EDGE(?:OF|DASH)?(?:THE)?)?(?:LAST)?(?P<decade>DECADEYEARS|DECADE)", read_decade),
    ("century",
     "(?:EDGE(?:OF)?)?(?:THE)?(?:EDGE DASH?)?(?P<ordinal>ORDINALDAY|ORDINAL)DASH?(?P<unit>UNIT)", read_century),
    ("quarter",
     f"(?:EDGE(?:OF)?)?(?:THE)?(?:FISCAL DASH?)?(?P<ordinal>ORDINAL|ORDINALDAY)(?:FISCAL)?(?P<unit>UNIT)"
     f"(?:(?:OF)?(?:FISCAL)?{YEAR}|(?:OF)?{WHICH}(?P<yearword>UNIT))?", read_quarter),
    ("quarter", "(?:FISCAL DASH?)?(?P<ordinal>ORDINAL|ORDINALDAY)DASH(?P<unit>UNIT)", read_quarter),
    ("quarter", f"(?:THE)?(?P<final>LAST)(?P<unit>UNIT)OF{YEAR}", read_quarter),
    ("year_before", "(?P<base>UNIT)DASH(?:AGO|EARLIER)", read_year_before),
    ("year_before",
     "(?:THE)?(?P<base>UNIT)DASH(?:AGO|EARLIER)(?P<ordinal>ORDINAL)?(?P<unit>UNIT|PERIOD)", read_year_before),
    ("quarter", f"(?:THE)?{YEAR}(?:FISCAL)?(?P<ordinal>ORDINAL)DASH?(?P<unit>UNIT)", read_quarter),
    ("quarter",
     f"{WHICH}(?P<yearword>UNIT)POSSESSIVE(?:FISCAL)?(?P<ordinal>ORDINAL)DASH?(?P<unit>UNIT)", read_quarter),
    ("quarter", f"(?P<short>QNUM|HNUM)(?:OF)?{YEAR}?", read_quarter),
    ("season",
     f"(?:THE)?(?:EDGE(?:OF|DASH)?(?:THE)?)?(?P<season>SEASON)(?:(?:OF)?{YEAR}|(?:OF)?{WHICH}(?P<unit>UNIT))",
     read_season),
    ("season", f"(?:EDGE)?(?:THE)?(?:THIS(?=LAST|NEXT))?{WHICH}(?:EDGE)?(?P<season>SEASON)", read_season),
    ("season_alone", "(?:THE(?:EDGE)?|EDGE(?:OF)?)(?P<season>SEASON)", read_season),
    ("weekday",
     f"(?:EDGE(?:ON)?)?(?:(?:THE)?(?:THIS(?=LAST|NEXT))?{WHICH})?{WEEKDAY}(?:EDGE?(?P<part>PART|POINT))?",
     read_weekday),
    ("weekday", f"(?:THE)?(?P<part>PART|POINT)(?:OF|ON)?{WEEKDAY}", read_weekday),
    ("deictic",
     "(?:EDGE(?:ON)?|EARLIER|LATER)?(?P<deictic>DEICTIC)(?:EDGE?(?P<part>PART|POINT))?", read_deictic),
    ("deictic", "(?:EDGE DASH)?(?P<part>PART|POINT)(?:OF)?(?P<deictic>DEICTIC)", read_deictic),
    ("tonight", "(?:EARLIER|LATER)?(?:TONIGHT|OVERNIGHT)", read_tonight),
    ("part_of_today",
     "(?:EDGE|EARLIER|LATER)?(?:THE)?(?P<which>THIS|LAST|NEXT|FOLLOWING)(?P<part>PART)", read_part_of_today),
    ("part_of_day",
     "(?:(?:EDGE(?:IN|DASH)?)?(?:THE|THAT)(?:EDGE)?|EDGE DASH?)(?P<part>PART)", read_part_of_reference),
    ("relative_unit",
     "(?:EDGE(?:OF|IN|DASH)?|(?P<earlier>EARLIER)(?:IN)?|(?P<later>LATER)(?:IN)?)?(?:THE)?"
     "(?:THIS(?=LAST|NEXT))?(?P<which>LAST|NEXT|THIS|THAT|CURRENT|FOLLOWING)(?:FISCAL)?(?P<unit>UNIT)",
     read_relative_unit),
    ("earlier_in", "(?:(?P<earlier>EARLIER)|(?P<later>LATER))IN THE(?P<unit>UNIT)", read_earlier_in),
    ("edge_of_unit", "EDGE(?:OF)?(?:THE)(?P<unit>UNIT)", read_earlier_in),
    ("running_unit", "THE(?:FISCAL|FILLER)?(?P<unit>UNIT)", read_running_unit),
    ("ended_unit",
     "THE(?:FISCAL|FILLER)?(?P<unit>UNIT)(?=ENDED(?:(?P<month>MONTH|MONTHSHORT)|DAY|WEEKDAY|DEICTIC|LAST|THIS|IN|ON))",
     read_ended_unit),
    ("latest_period", "THE(?P<which>LAST)PERIOD", read_latest_period),
    ("end_of_unit", "(?P<unit>UNIT)(?:POSSESSIVE|DASH)?END", read_end_of_unit),
    ("the_past", "THE LAST", read_the_past),
    ("ago", f"MOD?{NUMBER}DASH?(?:FILLER)?(?P<unit>UNIT)(?:AND SO|AND ARTICLE UNIT)?DASH?AGO", read_ago),
    ("ago", "(?P<count>QUANTIFIER)?(?P<unit>UNIT)AGO", read_ago),
    ("distance", f"MOD?{COUNT}(?P<unit>UNIT)(?P<sign>EARLIER|LATER)", read_distance),
    ("day_before", "THE(?P<unit>UNIT)(?P<sign>BEFORE|AFTER)", read_day_before),
    ("stretch",
     "(?:THE|THIS)?(?P<which>LAST|NEXT|FOLLOWING)(?P<count>DAY|NUMBER|QUANTIFIER|CARDINAL(?:DASH?CARDINAL)*)"
     "(?:(?:TO|AND|DASH)(?:DAY|CARDINAL|NUMBER))?(?:FILLER)?(?P<unit>UNIT)(?:AND SO)?", read_stretch),
    ("vague_stretch", "(?:THE)?(?P<vague>PASTADJECTIVE|NEXT)(?P<unit>UNIT)", read_vague_stretch),
    ("duration",
     f"MOD?{NUMBER}DASH?(?:FILLER)?DASH?(?P<unit>UNIT)(?P<half>AND ARTICLE UNIT)?(?:AND SO)?(?:DASH LONG)?",
     read_duration),
    ("duration_words", "(?P<unit>UNIT)DASH LONG", read_duration),
    ("first_units", "THE(?:LAST|ORDINAL)?(?P<count>CARDINAL|DAY|NUMBER)(?P<unit>UNIT)", read_duration),
    ("plural_alone", "(?P<unit>UNIT)", read_duration),
    ("set", "EVERY(?:OTHER)?(?P<weekday>WEEKDAY|WEEKDAYS)(?P<part>PART)?", read_set),
    ("set", f"EVERY(?:OTHER)?(?:{EXACT})?(?P<unit>UNIT)", read_set),
    ("set", f"EVERY(?:{MONTH}|(?P<season>SEASON)|(?P<part>PART))", read_set),
    ("set", "(?P<weekday>WEEKDAYS)", read_set),
    ("set", "SETWORD", read_set),
    ("rate", "(?:ARTICLE|PER)(?P<unit>UNIT)", read_set),
    ("clock",
     "MOD?(?P<clock>CLOCK|CLOCK24|OCLOCK|POINT)(?:IN THE(?P<part>PART))?(?:ZONE|PARENTHESIS ZONE PARENTHESIS)?",
     read_clock),
    ("clock", "(?P<clock>DAY|CARDINAL)IN THE(?P<part>PART)", read_clock),
    ("reference", "(?P<reference>PRESENT|PAST|FUTURE|PRESENTADJECTIVE|CURRENT)", read_reference),
    ("holiday", "(?P<holiday>HOLIDAY)(?P<unit>UNIT)", read_holiday_week),
    ("holiday", f"(?:{WHICH})?(?P<holiday>HOLIDAY)(?:COMMA?{YEAR})?", read_holiday),
)  # fmt: skip
