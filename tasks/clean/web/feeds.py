"""Feeds, OPML and lists of addresses: what kind of document it is, and what it lists."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import feedparser  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from tasks.clean.encoding import decode_text, drop_surrogates, find_bom
from tasks.clean.readers import Given
from tasks.clean.web.address import is_address
from tasks.clean.web.charsets import find_codec
from tasks.clean.web.failure import FetchError

HEAD = 4096
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
FEED_ROOTS = ("rss", "feed", "RDF", "channel")
OPML_ROOTS = ("opml",)
PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)", re.DOTALL | re.IGNORECASE)
ROOT = re.compile(r"\s*<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")
DECLARED = re.compile(rb"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
ENTITY = "<!ENTITY"
BAD_FEED = "The document is no feed in RSS or Atom that can be read."
UNSAFE_XML = "The feed declares XML entities, which can blow up."
TAG = re.compile(r"<[^<>]*>")
CUT = re.compile(
    r"(?:…|\.\.\.|\[\W*\]|\b(?:read (?:more|on|the full \w+|full \w+)|continue reading\b.*|more)\W*)\s*$", re.IGNORECASE
)
CUT_SPAN = 200
WHOLE_CONTENT_WORDS = 120
WHOLE_SUMMARY_WORDS = 250


class Entry(NamedTuple):
    """An entry of a feed: its id, its address, what it says of its article, and the article where it holds it."""

    key: str
    url: str | None
    given: Given
    page: str | None


class Feed(NamedTuple):
    """A feed that could be read."""

    title: str | None
    entries: tuple[Entry, ...]


def find_root(raw: bytes) -> str | None:
    """The name of the root element of an XML document, from its head; None where it is none."""
    bom, encoding = find_bom(raw)
    text = raw[len(bom) : HEAD].decode(encoding or "utf-8", "replace")
    while (match := PROLOGUE.match(text)) is not None:
        text = text[match.end() :]
    root = ROOT.match(text)
    return root[1] if root is not None else None


def is_feed(raw: bytes, content_type: str = "") -> bool:
    """Whether a document is a feed or says it is one."""
    return content_type in FEED_TYPES or find_root(raw) in FEED_ROOTS


def is_opml(raw: bytes) -> bool:
    """Whether a document is a list of feeds in OPML."""
    return find_root(raw) in OPML_ROOTS


def is_address_list(raw: bytes) -> bool:
    """Whether each line of a text's head is an address, apart from empty lines and comments."""
    bom, encoding = find_bom(raw)
    head = raw[len(bom) : HEAD].decode(encoding or "utf-8", "replace")
    lines = [line.strip() for line in head.splitlines()]
    if len(raw) >= HEAD:
        lines = lines[:-1]
    said = [line for line in lines if line and not line.startswith("#")]
    return bool(said) and all(is_address(line) and " " not in line for line in said)


def read_address_list(raw: bytes) -> Iterator[tuple[int, str]]:
    """The lines that hold something, numbered from one, without comments."""
    for number, line in enumerate((decode_text(raw) or "").splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def read_opml(raw: bytes) -> list[str]:
    """The addresses of the feeds that an OPML document lists, in order; empty where it is broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        return []
    outlines = root.iter("outline") if root is not None else ()
    values = (outline.get(name) for outline in outlines for name in ("xmlUrl", "xmlurl"))
    return list(dict.fromkeys(value.strip() for value in values if value and value.strip()))


def decode_xml(raw: bytes) -> str:
    """The text of an XML document in the encoding that it declares, else in what it looks like."""
    match = DECLARED.match(raw)
    codec = find_codec(match[1].decode()) if match is not None else None
    return raw.decode(codec, "replace") if codec is not None else decode_text(raw) or ""


def read_feed(raw: bytes, url: str | None = None) -> Feed | None:
    """The feed in RSS or Atom of any version, a broken one as far as it can be read; None where there is no feed.

    A document that declares entities is none: a few bytes of them can stand for gigabytes.
    """
    text = decode_xml(raw)
    if ENTITY in text.upper():
        return None
    headers = {"content-location": url or "", "content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(drop_surrogates(text).encode(), response_headers=headers)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError):
        return None  # feedparser stumbles over some broken feeds
    if not parsed.get("version") and not parsed.entries:
        return None
    title = to_plain(parsed.feed.get("title"))
    publisher = to_plain(parsed.feed.get("publisher")) or title
    entries: dict[str, Entry] = {}
    for number, item in enumerate(parsed.entries, start=1):
        entry = to_entry(item, number, publisher)
        if entry.key in entries and entries[entry.key].url != entry.url:
            entry = entry._replace(key=f"{entry.key} {entry.url or number}")
        entries[entry.key] = entry
    return Feed(title, tuple(entries.values()))


def explain_no_feed(raw: bytes) -> FetchError:
    """Why a document is no feed."""
    if ENTITY in decode_xml(raw).upper():
        return FetchError("unsafe_xml", UNSAFE_XML)
    return FetchError("bad_feed", BAD_FEED)


def to_entry(item: Any, number: int, publisher: str | None) -> Entry:
    """An entry of a feed; one without address and content is known by its id, title or number."""
    link = item.get("feedburner_origlink") or item.get("link")
    url = link.strip() if isinstance(link, str) and is_address(link.strip()) else None
    title = to_plain(item.get("title"))
    content = find_whole(item, is_only=url is None)
    given = Given(title=title, date=find_date(item), authors=find_authors(item), publisher=publisher, url=url)
    key = to_plain(item.get("id")) or url or title or str(number)
    return Entry(key, url, given, None if content is None else make_page(title, content))


def find_whole(item: Any, *, is_only: bool) -> str | None:
    """The content of an entry where it is the whole article, by length and end, or all that there is."""
    contents = [part.get("value", "") for part in item.get("content", ()) if "html" in part.get("type", "text/html")]
    candidates = [(content, WHOLE_CONTENT_WORDS) for content in contents]
    candidates.append((item.get("summary") or "", WHOLE_SUMMARY_WORDS))
    content, fewest = max(candidates, key=lambda pair: len(pair[0]))
    text = to_plain(content) or ""
    if is_only:
        return drop_surrogates(content) if text else None
    is_whole = len(text.split()) >= fewest and CUT.search(text[-CUT_SPAN:]) is None
    return drop_surrogates(content) if is_whole else None


def find_date(item: Any) -> str | None:
    """When an entry was published, ISO 8601 in UTC where it can be read, else as it is worded."""
    moment = item.get("published_parsed") or item.get("updated_parsed")
    if moment is not None:
        try:
            return datetime(*moment[:6]).replace(tzinfo=UTC).isoformat()
        except (ValueError, TypeError):
            pass
    worded = item.get("published") or item.get("updated")
    return drop_surrogates(worded) if isinstance(worded, str) else None


def find_authors(item: Any) -> str | None:
    """The authors' names, parted by comma."""
    names = [to_plain(author.get("name")) for author in item.get("authors", ()) if author]
    return ", ".join(dict.fromkeys(name for name in names if name)) or to_plain(item.get("author"))


def to_plain(value: object) -> str | None:
    """Text without tags and entities, on one line."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(TAG.sub(" ", drop_surrogates(value))).split()) or None


def make_page(title: str | None, content: str) -> str:
    """The content of an entry as a page of its own."""
    head = html.escape(title or "")
    heading = f"<h1>{head}</h1>" if head else ""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{head}</title></head>'
        f"<body><article>{heading}\n{content}\n</article></body></html>\n"
    )
