"""The lines above a story: title, subtitle, authors, day, outlet, and labels that are none of these."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tasks.clean.dates import MONTH_NAMES, WEEKDAYS, is_date_line, parse_date
from tasks.clean.metadata import OUTLET_WORDS, ROLE, clean_title, to_key

HEAD_LINES = 16
LONG_LINE = 200
TITLE_LIMIT = 250
TITLE_WORDS = 4
LABEL_WORDS = 5
BYLINE_LIMIT = 150
AFTER_SUBTITLE = frozenset({"byline", "date_line", "repeated_title", "repeated_name", "outlet"})

SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
INNER_SENTENCE = re.compile(r"[a-z]{2}[.!?][\"'”’)]* +[\"'“‘(]*[A-Z]")
NAME_WORD = r"(?:[A-Z@][\w.'’@-]*|de|la|le|da|do|dos|del|van|von|der|den|bin|al|el|ter)"
BYLINE = re.compile(
    rf"(?i:by|written by|words by|story by|author|reported by|text)\s?:?\s+"
    rf"(?P<names>[A-Z@][\w.'’@-]*(?:(?:,? and |, | & | | in | for | of | the |/){NAME_WORD})*"
    rf"(?:, (?:[a-z-]+ ){{0,3}}[a-z-]+| staff(?: and agencies)?)?)"
)
NO_NAME = re.compile(rf"(?:{WEEKDAYS}|{MONTH_NAMES}|the|that|this|a|an)\b", re.IGNORECASE)
NAME = rf"[A-Z][\w.'’-]+(?: {NAME_WORD}){{1,3}}"
NAME_LIST = re.compile(rf"{NAME}(?:(?:,? and |, ){NAME})*")
NAME_AND_ROLE = re.compile(rf"(?P<names>{NAME}), (?P<role>[a-z][a-z -]+)")
LABEL_AND_DATE = re.compile(r"(?P<label>[^,|]{3,40}), (?P<date>.{6,60})")
EDITOR = re.compile(r"editor['’]?s? note|note to readers|corrections?\b", re.IGNORECASE)
PIECES = re.compile(r"\s*[|•·]\s*|\s+[–—]\s+")
DATE_AND_BYLINE = re.compile(r"(?P<date>.{6,60}?),? (?P<byline>[Bb]y [A-Z].{2,80})")
BREADCRUMB = re.compile(r"\s+[>»›/|]\s+")


class Line(NamedTuple):
    """A line with the number of its block; blocks are parted by blank lines."""

    text: str
    block: int


class Head(NamedTuple):
    """The parts that stand above a story."""

    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    date_text: str | None = None
    outlet: str | None = None


class Pieces(NamedTuple):
    """The parts of a line of the head, by kind."""

    dates: list[str]
    bylines: list[str]
    outlets: list[str]
    others: list[str]


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence or holds the end of one."""
    return SENTENCE_END.search(text) is not None or INNER_SENTENCE.search(text) is not None


def read_head(
    lines: Sequence[Line], marks: list[str | None], *, title: str | None, names: Sequence[str], outlets: Sequence[str]
) -> Head:
    """The parts of the head, those known from elsewhere included; marks the lines they stand on."""
    end = find_head_end(lines)
    pieces = [read_pieces(line.text, outlets) for line in lines[:end]]
    mark_pieces(pieces, lines, marks, {to_key(name) for name in (*names, *outlets)})
    index = None if title is not None else find_title(lines, marks, end)
    title = lines[index].text if index is not None else title
    outlet = find_suffix(lines[:end], title)
    title = title if title is None or outlet is None else clean_title(title, [outlet])
    first = mark_titles(lines, marks, end, title)
    mark_outlets(pieces, marks, end)
    subtitle = find_subtitle(lines, marks, end, first)
    if subtitle is not None:
        is_names = NAME_LIST.fullmatch(lines[subtitle].text) is not None
        marks[subtitle] = "byline" if is_names else "subtitle"
    by_mark = {mark: line.text for line, mark in zip(reversed(lines[:end]), reversed(marks[:end]), strict=True)}
    bylines = [name for piece in pieces for name in piece.bylines]
    return Head(
        title=title,
        subtitle=by_mark.get("subtitle"),
        byline=bylines[0] if bylines else by_mark.get("byline"),
        date_text=next((date for piece in pieces for date in piece.dates), None),
        outlet=outlet
        or next(
            (
                name
                for piece, mark in zip(pieces, marks, strict=False)
                if mark in AFTER_SUBTITLE
                for name in piece.outlets
            ),
            None,
        ),
    )


def find_head_end(lines: Sequence[Line]) -> int:
    """The number of lines before the first long one: only they can be the head."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if len(line.text) > LONG_LINE:
            return index
    return min(len(lines), HEAD_LINES)


def read_pieces(text: str, outlets: Sequence[str]) -> Pieces:
    """The dates, bylines and outlet names of a line, and its other parts."""
    found = Pieces([], [], [], [])
    for piece in split_pieces(text):
        if is_date_line(piece):
            found.dates.append(piece)
        elif (names := read_byline(piece)) is not None:
            found.bylines.append(names)
        elif is_outlet_name(piece) or to_key(piece) in {to_key(outlet) for outlet in outlets}:
            found.outlets.append(piece)
        else:
            found.others.append(piece)
    return found


def read_byline(piece: str) -> str | None:
    """The names of a byline, `By Jane Doe` or `Jane Doe, political editor`."""
    match = BYLINE.fullmatch(piece)
    if match is not None and len(piece) < BYLINE_LIMIT and NO_NAME.match(match["names"]) is None:
        return match["names"]
    match = NAME_AND_ROLE.fullmatch(piece)
    return match["names"] if match is not None and ROLE.fullmatch(match["role"]) else None


def split_pieces(text: str) -> list[str]:
    """The parts of a line between bars, points and dashes, before a date after a comma, before By after a date."""
    pieces = [piece for piece in PIECES.split(text) if piece]
    both = DATE_AND_BYLINE.fullmatch(text) if len(pieces) == 1 else None
    if both is not None and is_date_line(both["date"]):
        return [both["date"], both["byline"]]
    match = LABEL_AND_DATE.fullmatch(text)
    is_candidate = len(pieces) == 1 and match is not None and not is_date_line(text)
    if is_candidate and match is not None and is_date_line(match["date"]) and parse_date(match["date"]) is not None:
        return [match["label"], match["date"]]
    return pieces


def is_outlet_name(text: str) -> bool:
    """Whether words are worded like the name of an outlet."""
    words = text.split()
    return (
        0 < len(words) < TITLE_WORDS + 1
        and all(w[0].isupper() or w in {"of", "the", "&"} for w in words)
        and (OUTLET_WORDS.search(text.title() if text.isupper() else text) is not None)
    )


def mark_pieces(pieces: Sequence[Pieces], lines: Sequence[Line], marks: list[str | None], names: set[str]) -> None:
    """Marks lines of authors and days, repeated names, and breadcrumbs; other lines lose their dates and authors."""
    for index, found in enumerate(pieces):
        text = lines[index].text
        is_full = found.dates or found.bylines
        if marks[index] is None and to_key(text) in names:
            marks[index] = "repeated_name"
        elif marks[index] is None and is_full and len(" ".join(found.others).split()) <= LABEL_WORDS:
            marks[index] = "byline" if found.bylines else "date_line"
        elif marks[index] is None and is_breadcrumb(text):
            marks[index] = "breadcrumb"
        if marks[index] not in ("byline", "date_line"):
            found.dates.clear()
            found.bylines.clear()


def is_breadcrumb(text: str) -> bool:
    """Whether a line is a path of sections."""
    parts = BREADCRUMB.split(text)
    is_path = len(parts) > 2 or (len(parts) == 2 and any(sign in text for sign in ">»›"))
    return is_path and all(len(part.split()) <= TITLE_WORDS for part in parts) and not is_sentence(text)


def find_title(lines: Sequence[Line], marks: Sequence[str | None], end: int) -> int | None:
    """The index of the line that is the title: one that comes twice, else the first of some words above the story."""
    free = [index for index in range(min(end, len(lines) - 1)) if marks[index] is None]
    for index in free:
        key = to_key(lines[index].text)
        if len(lines[index].text.split()) >= TITLE_WORDS and any(
            is_same_title(lines[i].text, key) for i in free if i > index
        ):
            return index
    titles: list[int] = []
    for index in free:
        if not is_title(lines, marks, index):
            break
        titles.append(index)
    return next((index for index in titles if is_long_title(lines[index].text)), titles[0] if titles else None)


def is_long_title(text: str) -> bool:
    """Whether a line has the words a title has, and is not the name of an outlet."""
    return len(text.split()) >= TITLE_WORDS and not is_outlet_name(text)


def is_title(lines: Sequence[Line], marks: Sequence[str | None], index: int) -> bool:
    """Whether a line can be the title: no sentence, or one that a date or byline follows."""
    text = lines[index].text
    if len(text) > TITLE_LIMIT:
        return False
    return not is_sentence(text) or text.endswith(("?", "!")) or marks[index + 1] in ("byline", "date_line")


def is_same_title(text: str, key: str) -> bool:
    """Whether a line is a title, perhaps with the outlet's name behind it."""
    if to_key(text) == key:
        return True
    return len(text) <= TITLE_LIMIT and any(to_key(part) == key for part in re.split(r"\s+[|–—-]\s+", text))


def find_suffix(lines: Sequence[Line], title: str | None) -> str | None:
    """The outlet's name that stands behind the title in one of the lines."""
    if title is None:
        return None
    for line in lines:
        parts = re.split(r"\s+[|–—-]\s+", line.text)
        if len(parts) == 2 and to_key(parts[0]) == to_key(title) and len(parts[1].split()) <= LABEL_WORDS:
            return parts[1]
    return None


def mark_titles(lines: Sequence[Line], marks: list[str | None], end: int, title: str | None) -> int | None:
    """Marks lines of the head that are the title, and labels above it; the index of the first title."""
    key = to_key(title or "")
    found = [index for index in range(end) if key and is_same_title(lines[index].text, key)]
    for index in found:
        marks[index] = marks[index] or ("title" if index == found[0] else "repeated_title")
    for index in range(found[0] if found else 0):
        if (
            marks[index] is None
            and len(lines[index].text.split()) <= TITLE_WORDS
            and not is_sentence(lines[index].text)
        ):
            marks[index] = "kicker"
    return found[0] if found else None


def mark_outlets(pieces: Sequence[Pieces], marks: list[str | None], end: int) -> None:
    """Marks names of outlets that stand next to a date, an author or a title."""
    for index, found in enumerate(pieces):
        is_name = bool(found.outlets) and len(found.others) < 2
        around = [marks[i] for i in (index - 1, index + 1) if 0 <= i < end]
        if is_name and marks[index] is None and any(mark in AFTER_SUBTITLE for mark in around):
            marks[index] = "outlet"


def find_subtitle(lines: Sequence[Line], marks: Sequence[str | None], end: int, title_index: int | None) -> int | None:
    """The index of the one free line between the title and the next part of the head."""
    start = 0 if title_index is None else title_index + 1
    index = next((i for i in range(start, end) if marks[i] is None), None)
    if index is None or index + 1 >= end or marks[index + 1] not in AFTER_SUBTITLE:
        return None
    if EDITOR.match(lines[index].text):
        return None
    return index
