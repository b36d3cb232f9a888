"""Quotation marks: which characters open and close a passage, in every style that news uses, balanced or not."""

import re
from typing import NamedTuple

MARK = re.compile(r"``|''|‘‘|’’|[\"“”„‟«»‹›＂‘’‚'`]")
DOUBLE_OPENING = frozenset({"``", "“", "„", "‟", "«", "‘‘"})
DOUBLE_CLOSING = frozenset({"”", "»", "’’"})
DOUBLE_NEUTRAL = frozenset({'"', "＂", "''"})
SINGLE = frozenset({"‘", "’", "'", "‚", "`"})
DOUBLES = DOUBLE_OPENING | DOUBLE_CLOSING | DOUBLE_NEUTRAL
OPENS_AFTER = frozenset(" \t\n\u00a0([{—–-/:…*_") | DOUBLES
CLOSES_BEFORE = frozenset(" \t\n\u00a0)]},.;:!?—–-…/*_[(") | DOUBLES
PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\n")
MIN_SINGLE_WORDS = 2


class Marked(NamedTuple):
    """A passage in quotation marks: characters `[start, end)` inside the marks, `[outer_start, outer_end)` with them.

    `is_open` says that the closing mark is missing because the next paragraph reopens the quotation.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    is_open: bool = False
    is_single: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    can_open: bool
    can_close: bool


def find_marked(text: str) -> list[Marked]:
    """The outermost passages in quotation marks; one left unclosed counts only if the next paragraph reopens it."""
    paragraphs = split_paragraphs(text)
    found: list[Marked] = []
    for index, (start, end) in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        is_reopened = following is not None and _starts_with_mark(text, following[0])
        doubles = _pair(_double_marks(text, start, end), end, is_reopened=is_reopened)
        found += _merge_singles(doubles, _single_passages(text, start, end))
    return found


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """The character ranges of the lines that hold anything; a blank line or a line break parts them."""
    ranges, position = [], 0
    for match in PARAGRAPH_BREAK.finditer(text):
        ranges.append((position, match.start()))
        position = match.end()
    ranges.append((position, len(text)))
    return [(start, end) for start, end in ranges if text[start:end].strip()]


def _starts_with_mark(text: str, position: int) -> bool:
    match = MARK.match(text, position)
    return match is not None and match.group() in DOUBLE_OPENING | DOUBLE_NEUTRAL


def _double_marks(text: str, start: int, end: int) -> list[_Mark]:
    marks = []
    for match in MARK.finditer(text, start, end):
        word = match.group()
        if word in DOUBLES and not _is_inch_or_second(text, match.start(), word):
            before = text[match.start() - 1] if match.start() > start else "\n"
            after = text[match.end()] if match.end() < end else "\n"
            marks.append(_Mark(match.start(), match.end(), *_sides(word, before, after)))
    return marks


def _is_inch_or_second(text: str, position: int, word: str) -> bool:
    return word == '"' and position > 1 and text[position - 1].isdigit() and text[position + 1 : position + 3] == " x"


def _sides(word: str, before: str, after: str) -> tuple[bool, bool]:
    if word in DOUBLE_OPENING:
        return True, False
    if word in DOUBLE_CLOSING:
        return before in OPENS_AFTER and after not in CLOSES_BEFORE, True
    can_open = before in OPENS_AFTER and (after not in CLOSES_BEFORE or after in ".…[('‘")
    can_close = after in CLOSES_BEFORE or before in ".,!?…"
    return (can_open, can_close) if can_open or can_close else (True, True)


def _pair(marks: list[_Mark], end: int, *, is_reopened: bool) -> list[Marked]:
    """Passages from marks of one paragraph; a second opening mark starts anew, as the first never closed."""
    found: list[Marked] = []
    opened: _Mark | None = None
    for mark in marks:
        if opened is None:
            if mark.can_open:
                opened = mark
        elif mark.can_close:
            found.append(Marked(opened.end, mark.start, opened.start, mark.end))
            opened = None
        elif mark.can_open:
            opened = mark
    if opened is not None and is_reopened:
        found.append(Marked(opened.end, end, opened.start, end, is_open=True))
    return [passage for passage in found if passage.end > passage.start]


def _single_passages(text: str, start: int, end: int) -> list[Marked]:
    """Passages in single marks: a mark after a blank opens, the last fitting mark before the next opening closes."""
    singles = [m for m in MARK.finditer(text, start, end) if m.group() in SINGLE]
    openings = [m for m in singles if _opens_single(text, m, start, end)]
    found = []
    for index, opening in enumerate(openings):
        limit = openings[index + 1].start() if index + 1 < len(openings) else end
        closings = [m for m in singles if opening.end() < m.start() < limit and _closes_single(text, m, end)]
        if closings:
            closing = _best_closing(text, closings)
            found.append(
                Marked(opening.end(), closing.start(), opening.start(), closing.end(), is_single=True),
            )
    return [p for p in found if text.count(" ", p.start, p.end) >= MIN_SINGLE_WORDS - 1]


def _opens_single(text: str, match: re.Match[str], start: int, end: int) -> bool:
    before = text[match.start() - 1] if match.start() > start else "\n"
    after = text[match.end()] if match.end() < end else "\n"
    if match.group() == "’" or before not in OPENS_AFTER - {"-"}:
        return False
    if match.group() == "'" and text[match.end() : match.end() + 3].lower() in {
        "em ",
        "til",
        "n' ",
        "cau",
        "tis",
        "twa",
    }:
        return False
    return after.isalnum() and not text[match.end() : match.end() + 2].isdigit()


def _closes_single(text: str, match: re.Match[str], end: int) -> bool:
    before = text[match.start() - 1]
    after = text[match.end()] if match.end() < end else "\n"
    return match.group() in {"’", "'"} and after in CLOSES_BEFORE and not before.isspace()


def _best_closing(text: str, closings: list[re.Match[str]]) -> re.Match[str]:
    after_stop = [m for m in closings if text[m.start() - 1] in ",.!?…"]
    return after_stop[0] if after_stop else closings[0]


def _merge_singles(doubles: list[Marked], singles: list[Marked]) -> list[Marked]:
    """Single passages that lie outside the double ones join them; singles inside are quotations within a quotation."""
    outside = [
        s for s in singles if not any(d.outer_start < s.outer_end and s.outer_start < d.outer_end for d in doubles)
    ]
    return sorted([*doubles, *outside], key=lambda passage: passage.start)
