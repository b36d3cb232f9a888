"""A web page to the text of its story, through trafilatura, and what the page states about it."""

import re
from typing import NamedTuple

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from trafilatura import bare_extraction, load_html

from tasks.clean.metadata import find_copyright
from tasks.clean.page_head import Stated, read_stated, unique
from tasks.clean.page_tree import find_deks, prepare

FOOT = 20_000
TITLE_WORDS = 3
WORD = re.compile(r"\w+")
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
    title = choose_title(document.title, stated)
    return Page(
        text=BULLET.sub("", document.text),
        title=title,
        subtitle=next(iter(deks), None),
        date=stated.date,
        authors=", ".join(stated.authors) or found,
        publisher=choose_publisher(document.sitename, stated, html),
        url=document.url,
        modified=stated.modified,
        titles=unique((document.title or "", *stated.headings, *stated.titles)),
        deks=deks,
    )


def choose_title(found: str | None, stated: Stated) -> str | None:
    """The headline: the one heading that a reader sees, if it is worded like a stated title, else that title."""
    titles = [title for title in (found, *stated.titles) if title]
    long = [heading for heading in stated.headings if len(heading.split()) >= TITLE_WORDS]
    if len(long) == 1 and (not titles or any(is_alike(long[0], title) for title in titles)):
        return long[0]
    return next((title for title in titles if len(title.split()) >= TITLE_WORDS), next(iter(titles), None))


def is_alike(heading: str, title: str) -> bool:
    """Whether a title has a third of the words of a heading."""
    words, others = (set(WORD.findall(text.casefold())) for text in (heading, title))
    return 3 * len(words & others) >= len(words)


def choose_publisher(sitename: str | None, stated: Stated, html: str) -> str | None:
    """The outlet: the name the page gives its site or publisher, unless it is a domain and the foot names the owner."""
    names = [name for name in (sitename, stated.publisher) if name]
    plain = next((name for name in names if "." not in name), None)
    return plain or find_copyright([html[-FOOT:]]).owner or next(iter(names), None)
