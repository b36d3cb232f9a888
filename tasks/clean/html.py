"""A web page to the text of its story, through trafilatura, and the day that the page states."""

import json
import re
from typing import Any, NamedTuple

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction, load_html

from tasks.clean.metadata import find_copyright

META_DATES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "publish_date", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "originalpublicationdate", "article.published", "cxenseparse:recs:publishtime", "date_published",
)  # fmt: skip
JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{6,40})"')
FOOT = 20_000


class Page(NamedTuple):
    """What a page holds: the text of its story, one paragraph a line, and what it says about itself."""

    text: str
    title: str | None
    subtitle: str | None
    date: str | None
    authors: str | None
    publisher: str | None
    url: str | None


def read_page(html: str, url: str | None = None) -> Page | None:
    """The story of a page, or None where there is none."""
    try:
        tree = load_html(html)
        if tree is None:
            return None
        date = find_stated_date(tree)
        document = bare_extraction(tree, url=url, with_metadata=True, include_comments=False, include_tables=True)
    except (LxmlError, ValueError, RecursionError, TypeError, AttributeError):
        return None  # trafilatura stumbles over some broken pages
    if document is None or isinstance(document, dict) or not document.text:
        return None
    authors = document.author.replace(";", ",") if document.author else None
    publisher = choose_publisher(document.sitename, html)
    return Page(document.text, document.title, None, date, authors, publisher, document.url)


def choose_publisher(sitename: str | None, html: str) -> str | None:
    """The outlet: the name the page gives its site, unless it is a domain and the page's foot names the owner."""
    if sitename and "." not in sitename:
        return sitename
    return find_copyright([html[-FOOT:]]).owner or sitename


def find_stated_date(tree: HtmlElement) -> str | None:
    """The day of publication as JSON-LD, a meta element or a time element states it."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        if (date := find_json_date(str(script))) is not None:
            return date
    for name in META_DATES:
        for attribute in ("property", "name", "itemprop"):
            path = (
                f'//meta[translate(@{attribute}, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")="{name}"]'
            )
            if values := [str(value) for value in tree.xpath(f"{path}/@content") if str(value).strip()]:
                return values[0]
    times = tree.xpath(
        '//time[@itemprop="datePublished" or @pubdate or ancestor::article or ancestor::header]/@datetime'
    )
    return str(times[0]) if times else None


def find_json_date(text: str) -> str | None:
    """The first `datePublished` of a JSON-LD element, whether or not it is sound JSON."""
    try:
        found = list(walk_dates(json.loads(text)))
    except (ValueError, RecursionError):
        match = JSON_DATE.search(text)
        return match[1] if match else None
    return found[0] if found else None


def walk_dates(value: Any) -> list[str]:
    """The values of `datePublished` anywhere in a JSON value, in order."""
    if isinstance(value, dict):
        own = [value["datePublished"]] if isinstance(value.get("datePublished"), str) else []
        return own + [date for item in value.values() for date in walk_dates(item)]
    return [date for item in value for date in walk_dates(item)] if isinstance(value, list) else []
