"""What a web page states about its article outside the text: JSON-LD, meta elements, times, headings."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement  # type: ignore[import-untyped]

META_DATES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "publish_date", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "originalpublicationdate", "article.published", "cxenseparse:recs:publishtime", "date_published",
)  # fmt: skip
META_CHANGES = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
META_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title", "parsely-title", "sailthru.title")
META_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "publisher")
ARTICLE_TYPE = re.compile(r"Article$|Posting$|^Report$|^Review$")


class Stated(NamedTuple):
    """What a page states, as it states it: `headings` are those of the first rank, `titles` those that nobody sees."""

    headings: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    date: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None


def read_stated(tree: HtmlElement) -> Stated:
    """What JSON-LD states, else meta elements, else times."""
    texts = [str(text) for text in tree.xpath('//script[@type="application/ld+json"]/text()')]
    nodes = [node for text in texts for node in walk(parse_json(text))]
    nodes.sort(key=lambda node: not is_article(node))
    metas = read_metas(tree)
    headings = (" ".join(heading.text_content().split()) for heading in tree.xpath("//h1"))
    headlines = (clean for node in nodes for clean in names_of(node.get("headline")))
    return Stated(
        headings=unique(headings),
        titles=unique((*headlines, *pick_all(metas, META_TITLES), " ".join((tree.findtext(".//title") or "").split()))),
        date=find_date(texts, nodes, metas, tree),
        modified=first_text(nodes, "dateModified") or next(iter(pick_all(metas, META_CHANGES)), None),
        authors=unique(name for node in nodes if is_article(node) for name in names_of(node.get("author"))),
        publisher=next((name for node in nodes for name in names_of(node.get("publisher"))), None)
        or next(iter(pick_all(metas, META_PUBLISHERS)), None),
    )


def find_date(
    texts: Iterable[str], nodes: Iterable[dict[str, Any]], metas: Iterable[tuple[str, str]], tree: HtmlElement
) -> str | None:
    """The day of publication as JSON-LD, sound or broken, a meta element or a time element states it."""
    broken = re.search(r'"datePublished"\s*:\s*"([^"]{6,40})"', "\n".join(texts))
    times = tree.xpath(
        '//time[@itemprop="datePublished" or @pubdate or ancestor::article or ancestor::header]/@datetime'
    )
    candidates = (
        first_text(nodes, "datePublished"),
        broken[1] if broken else None,
        next(iter(pick_all(metas, META_DATES)), None),
        *(str(time) for time in times[:1]),
    )
    return next((text for text in candidates if text), None)


def parse_json(text: str) -> Any:
    """A JSON value, or None where the text is no sound JSON; line breaks inside strings are borne with."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """All objects inside a JSON value, in order, outer ones first."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


def is_article(node: dict[str, Any]) -> bool:
    """Whether a JSON-LD object describes an article."""
    types = node.get("@type")
    return any(isinstance(t, str) and ARTICLE_TYPE.search(t) for t in (types if isinstance(types, list) else [types]))


def names_of(value: Any) -> tuple[str, ...]:
    """The texts or names that a JSON-LD value holds."""
    if isinstance(value, str):
        return (" ".join(value.split()),) if value.strip() else ()
    if isinstance(value, dict):
        return names_of(value.get("name"))
    return tuple(name for item in value for name in names_of(item)) if isinstance(value, list) else ()


def first_text(nodes: Iterable[dict[str, Any]], name: str) -> str | None:
    """The first text that JSON-LD objects have under a name, those of articles first."""
    return next((node[name] for node in nodes if isinstance(node.get(name), str) and node[name].strip()), None)


def read_metas(tree: HtmlElement) -> list[tuple[str, str]]:
    """The names, in small letters, and contents of meta elements."""
    metas = ((meta.get("property") or meta.get("name") or meta.get("itemprop"), meta) for meta in tree.xpath("//meta"))
    return [(name.strip().lower(), " ".join(meta.get("content", "").split())) for name, meta in metas if name]


def pick_all(metas: Iterable[tuple[str, str]], names: Iterable[str]) -> list[str]:
    """The contents of meta elements with these names, in the order of the names."""
    found = list(metas)
    return [content for name in names for other, content in found if other == name and content]


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without repetition, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))
