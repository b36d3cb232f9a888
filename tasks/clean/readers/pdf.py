"""PDF to the text of one article: lines joined to paragraphs, hyphens undone, heads and feet of pages dropped.

Read through PDFium (pypdfium2): it finds spaces and reading order that a file only implies, says which hyphens end a
line, and is the most tested parser of broken files there is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

from tasks.clean.encoding import repair_mojibake
from tasks.clean.readers.documents import (
    Given,
    Limits,
    Outcome,
    RawDocument,
    RefusedError,
    Reject,
    Source,
    hash_bytes,
    read_whole,
)

HYPHEN = "\ufffe"
LINE = re.compile(rf"[^\r\n{HYPHEN}]+{HYPHEN}?")
EDGE = 0.12
RUNNING_SHARE = 0.4
PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
PRINTED_ADDRESS = re.compile(r"(?P<url>https?://\S+)(?:\s+\d+/\d+)?")
DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
PREFIXES = frozenset({"all", "anti", "co", "cross", "ex", "half", "mid", "non", "pro", "self", "semi", "vice", "well"})
LAST_WORD = re.compile(r"(\w+)-?$")
FIRST_WORD = re.compile(r"\w+")
HEADLINE_SIZE = 1.2
SAME_SIZE = 0.12
PARAGRAPH_GAP = 1.45
INDENT = 0.7
SHORT_LINE = 0.25
LONGEST_TITLE = 250


class Line(NamedTuple):
    """A line of a page: its text, whether a hyphen was cut off its end, and where it stands, in points."""

    text: str
    has_hyphen: bool
    left: float
    right: float
    bottom: float
    size: float


class Page(NamedTuple):
    """A page: its lines in reading order, and its height in points."""

    lines: list[Line]
    height: float


def read_pdf(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The article of a PDF; pages that cannot be read are rejected one by one."""
    raw = read_whole(source, limits)
    pages: list[Page] = []
    for number, page in enumerate(read_pages(raw), 1):
        if page is None:
            detail = f"Page {number} cannot be read; the others were."
            yield Reject(f"{source.source_uri}#page-{number}", "damaged", detail, None, source.retrieved_at)
        else:
            pages.append(page)
    given, text = build_article(pages)
    if not text:
        raise RefusedError("no_text", "The PDF holds no text, perhaps pictures of it; run a text recognition.", raw)
    if len(text) > limits.max_bytes:
        raise RefusedError("too_large", raw=raw)
    yield RawDocument(source.source_uri, repair_mojibake(text), False, given, hash_bytes(raw), source.retrieved_at)


def read_pages(raw: bytes) -> Iterator[Page | None]:
    """The pages of a file, None for one that cannot be read; raises RefusedError where none can."""
    if not raw:
        raise RefusedError("empty", raw=raw)
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("encrypted" if "assword" in str(error) else "damaged", raw=raw) from error
    try:
        for index in range(len(document)):
            try:
                yield read_page(document[index])
            except pypdfium2.PdfiumError:
                yield None
    finally:
        document.close()


def read_page(page: "pypdfium2.PdfPage") -> Page:
    """The lines of a page and its height."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    lines = [line for match in LINE.finditer(text) if (line := measure_line(text_page, match)) is not None]
    return Page(lines, page.get_height())


def measure_line(text_page: "pypdfium2.PdfTextPage", match: re.Match[str]) -> Line | None:
    """A line of the page's text with its place; None where it is blank."""
    text = match[0].removesuffix(HYPHEN)
    start = match.start() + len(text) - len(text.lstrip())
    end = match.start() + len(text.rstrip()) - 1
    first, last = (pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, index) for index in (start, end))
    if not text.strip() or first < 0 or last < 0:
        return None
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    _, _, right, _ = text_page.get_charbox(last, loose=True)
    return Line(" ".join(text.split()), match[0] != text, left, right, bottom, top - bottom)


def build_article(pages: Sequence[Page]) -> tuple[Given, str]:
    """The title and printed address of a file's pages, and their text."""
    running = find_running(pages)
    stories = [[line for line in page.lines if not is_running(line, page, running)] for page in pages]
    addresses = (
        match["url"] for page in pages for line in page.lines if (match := PRINTED_ADDRESS.fullmatch(line.text))
    )
    body_size = find_body_size(line for story in stories for line in story)
    title = find_title(stories, body_size)
    rest = [[line for line in story if not (index == 0 and line in title)] for index, story in enumerate(stories)]
    name = " ".join(line.text for line in title)
    return Given(title=name or None, url=next(addresses, None)), join_lines(rest, body_size)


def find_running(pages: Sequence[Page]) -> frozenset[str]:
    """The lines, digits aside, that stand at the edge of many pages."""
    counts = Counter(key for page in pages for key in {to_key(line) for line in page.lines if is_at_edge(line, page)})
    least = max(2, RUNNING_SHARE * len(pages))
    return frozenset(key for key, count in counts.items() if count >= least)


def to_key(line: Line) -> str:
    """A line with each number as one sign."""
    return DIGITS.sub("#", line.text).casefold()


def is_at_edge(line: Line, page: Page) -> bool:
    """Whether a line stands near the top or bottom of its page."""
    return not EDGE * page.height <= line.bottom <= (1 - EDGE) * page.height


def is_running(line: Line, page: Page, running: frozenset[str]) -> bool:
    """Whether a line is the head or foot of a page."""
    is_furniture = PAGE_NUMBER.fullmatch(line.text) or PRINTED_ADDRESS.fullmatch(line.text) or to_key(line) in running
    return is_at_edge(line, page) and bool(is_furniture)


def find_body_size(lines: Iterable[Line]) -> float:
    """The height of most letters, 0 where there are none."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return max(counts, key=lambda size: (counts[size], size), default=0.0)


def find_title(stories: Sequence[Sequence[Line]], body_size: float) -> list[Line]:
    """The lines in the largest letters of the first page, where these are larger than the story's."""
    large = [line for line in (stories[0] if stories else ()) if line.size >= HEADLINE_SIZE * body_size]
    largest = max((line.size for line in large), default=0.0)
    title = [line for line in large if is_same_size(line.size, largest)]
    return title if sum(len(line.text) for line in title) <= LONGEST_TITLE else []


def is_same_size(size: float, other: float) -> bool:
    """Whether two heights of letters differ little."""
    return abs(size - other) <= SAME_SIZE * max(size, other)


def join_lines(stories: Sequence[Sequence[Line]], body_size: float) -> str:
    """The paragraphs of all pages, parted by a blank line."""
    pitch, edges = find_pitch(stories, body_size), find_right_edges(stories, body_size)
    words = " ".join(line.text for story in stories for line in story)
    parts: list[str] = []
    last: Line | None = None
    for story in stories:
        is_new_page = True
        for line in story:
            edge = max(edges.get(to_step(last, body_size), 0.0), last.right) if last is not None else 0.0
            if last is not None and is_continued(last, line, pitch, edge, is_new_page=is_new_page):
                parts[-1] = join_words(parts[-1], line.text, words, has_hyphen=last.has_hyphen)
            else:
                parts.append(line.text)
            last, is_new_page = line, False
    return "\n\n".join(parts)


def find_pitch(stories: Sequence[Sequence[Line]], body_size: float) -> float:
    """The usual distance from line to line, in points."""
    gaps = [a.bottom - b.bottom for story in stories for a, b in pairwise(story) if is_same_size(b.size, body_size)]
    return median([gap for gap in gaps if 0 < gap < 4 * body_size] or [1.2 * body_size])


def find_right_edges(stories: Sequence[Sequence[Line]], body_size: float) -> dict[int, float]:
    """How far the lines reach that start at one left edge, by edge in steps of the letters' height."""
    edges: dict[int, float] = {}
    for line in (line for story in stories for line in story):
        step = to_step(line, body_size)
        edges[step] = max(edges.get(step, 0.0), line.right)
    return edges


def to_step(line: Line, body_size: float) -> int:
    """The left edge of a line in steps of four times the letters' height."""
    return int(line.left // (4 * body_size or 1))


def is_continued(last: Line, line: Line, pitch: float, edge: float, *, is_new_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the last."""
    if last.has_hyphen:
        return True
    if not is_same_size(last.size, line.size):
        return False
    gap = last.bottom - line.bottom
    is_ended = SENTENCE_END.search(last.text) is not None
    if is_new_page or gap < -0.5 * line.size:
        return not is_ended
    if gap > PARAGRAPH_GAP * pitch or (line.left - last.left > INDENT * line.size and gap > 0):
        return False
    is_short = edge - last.right > SHORT_LINE * (edge - last.left)
    return not (is_ended and is_short and not line.text[:1].islower())


def join_words(text: str, more: str, words: str, *, has_hyphen: bool) -> str:
    """Two lines as one, without the hyphen where it only parted a word."""
    is_cut = has_hyphen or text.endswith("-")
    before, after = LAST_WORD.search(text), FIRST_WORD.match(more)
    if not is_cut or before is None or after is None:
        return f"{text} {more}"
    text = text.removesuffix("-")
    compound = f"{before[1]}-{after[0]}"
    is_compound = not after[0][0].islower() or before[1].casefold() in PREFIXES or compound in words
    return f"{text}-{more}" if is_compound else text + more
