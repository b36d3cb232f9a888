"""A web page to the text of its story, through trafilatura, and what the page states about it."""

import re
from typing import NamedTuple

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from trafilatura import bare_extraction, load_html

from tasks.clean.metadata import find_copyright
from tasks.clean.page_head import Stated, read_stated, unique
from tasks.clean.page_tree import find_deks, prepare

FOOT = 20_000
BULLET = re.compile(r"^- ", re.MULTILINE)


class Page(NamedTuple):
    """What a page holds: the text of its story, one paragraph a line, and what it says about itself.

    `titles` are all wordings of its headline, `deks` the lines that its layout marks as standing below the headline.
    """

    text: str
    title: str | None = None
    subtitle: str | None = None
    date: str | None = None
    authors: str | None = None
    publisher: str | None = None
    url: str | None = None
    modified: str | None = None
    titles: tuple[str, ...] = ()
    deks: tuple[str, ...] = ()


def read_page(html: str, url: str | None = None) -> Page | None:
    """The story of a page, or None where there is none."""
    try:
        tree = load_html(html)
        if tree is None:
            return None
        stated, deks = read_stated(tree), find_deks(tree)
        tree = prepare(tree)
        document = bare_extraction(tree, url=url, with_metadata=True, include_comments=False, include_tables=True)
    except (LxmlError, ValueError, RecursionError, TypeError, AttributeError):
        return None  # trafilatura stumbles over some broken pages
    if document is None or isinstance(document, dict) or not document.text:
        return None
    found = document.author.replace(";", ",") if document.author else None
    title = document.title or next(iter(stated.titles), None)
    return Page(
        text=BULLET.sub("", document.text),
        title=title,
        subtitle=next(iter(deks), None),
        date=stated.date,
        authors=", ".join(stated.authors) or found,
        publisher=choose_publisher(document.sitename, stated, html),
        url=document.url,
        modified=stated.modified,
        titles=unique((title or "", *stated.titles)),
        deks=deks,
    )


def choose_publisher(sitename: str | None, stated: Stated, html: str) -> str | None:
    """The outlet: the name the page gives its site or publisher, unless it is a domain and the foot names the owner."""
    names = [name for name in (sitename, stated.publisher) if name]
    plain = next((name for name in names if "." not in name), None)
    return plain or find_copyright([html[-FOOT:]]).owner or next(iter(names), None)
