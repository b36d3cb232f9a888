"""What is made ready in a web page before its story is sought: parts of the story joined, what is none taken out."""

import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

LONG_PARAGRAPH = 80
OWN_TEXT = 500
CELL_TEXT = 400
LINK_WORDS = 6
HIDDEN_TEXT = 400
DEK_TEXT = (20, 400)
FORM_TEXT = 400
FORM = '//form[.//input[@type="email" or contains(@name, "email")]]'
TWEET = '//blockquote[contains(@class, "twitter-tweet")]'
HIDDEN = (
    '//*[@hidden or contains(translate(@style, " ", ""), "display:none") or'
    ' contains(concat(" ", normalize-space(@class), " "), " hide ")]'
)
DEK = re.compile(
    r"(?:^|[\W_])(?:sub-?(?:head(?:line)?|title|line|deck)s?|dek|deck|standfirst|strapline|summary|"
    r"article-?(?:sub(?:head|title|line)|dek|deck|summary|intro))(?:$|[\W_])",
    re.IGNORECASE,
)
HEADER_DEKS = "//header//h1/following::*[self::h2 or self::h3 or self::p][ancestor::header//h1]"
CLASSED_DEKS = "//h1/following::*[self::h2 or self::h3 or self::h4 or self::p or self::div][@class]"
ENDS = (".", "!", "?", "…", ":", "”", '"')


def text_of(element: HtmlElement) -> str:
    """The words of an element, spaces made single."""
    return " ".join(element.text_content().split())


def remove(element: HtmlElement) -> None:
    """Takes an element out of its tree; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def find_deks(tree: HtmlElement) -> tuple[str, ...]:
    """The texts below the headline that the page marks as its dek, in order."""
    found = []
    for element in (*tree.xpath(HEADER_DEKS), *(e for e in tree.xpath(CLASSED_DEKS) if DEK.search(e.get("class")))):
        text = text_of(element) if element.find(".//p") is None else ""
        if DEK_TEXT[0] <= len(text) <= DEK_TEXT[1] and text not in found:
            found.append(text)
    return tuple(found[:3])


def prepare(tree: HtmlElement) -> HtmlElement:
    """The tree, changed in place, as the search for the story wants it."""
    keep_tweets(tree)
    remove_hidden(tree)
    remove_forms(tree)
    remove_inner_articles(tree)
    remove_link_paragraphs(tree)
    open_layout_tables(tree)
    join_chunks(tree)
    return tree


def keep_tweets(tree: HtmlElement) -> None:
    """Makes embedded posts plain quotations: classes that speak of social media make extractors drop them."""
    for tweet in tree.xpath(TWEET):
        tweet.attrib.pop("class")
        parent = tweet.getparent()
        while parent is not None and len(text_of(parent)) <= len(text_of(tweet)) + LONG_PARAGRAPH:
            parent.attrib.pop("class", None)
            parent = parent.getparent()


def remove_hidden(tree: HtmlElement) -> None:
    """Removes what a page does not show, unless it can be a story that a script unfolds: long, and in paragraphs."""
    for element in tree.xpath(HIDDEN):
        is_long = len(text_of(element)) >= HIDDEN_TEXT
        if not (is_long and any(len(text_of(p)) >= LONG_PARAGRAPH for p in element.iter("p"))):
            remove(element)


def remove_forms(tree: HtmlElement) -> None:
    """Removes forms that ask for an address, with the short text around them."""
    for form in tree.xpath(FORM):
        block = form
        while (parent := block.getparent()) is not None and len(text_of(parent)) < FORM_TEXT:
            block = parent
        if len(text_of(block)) < FORM_TEXT:
            remove(block)


def remove_inner_articles(tree: HtmlElement) -> None:
    """Removes articles inside an article that has a story of its own."""
    for article in tree.xpath("//article[.//article]"):
        own = sum(len(text_of(p)) for p in article.xpath(".//p") if next(p.iterancestors("article")) is article)
        if own >= OWN_TEXT:
            for inner in article.xpath(".//article"):
                remove(inner)


def remove_link_paragraphs(tree: HtmlElement) -> None:
    """Removes paragraphs between those of a story that are nothing but a link to another."""
    for paragraph in tree.xpath("//p[.//a]"):
        text = text_of(paragraph)
        linked = " ".join(text_of(link) for link in paragraph.xpath(".//a"))
        is_link = len(linked) >= len(text) - 2 and not text.endswith(ENDS)
        if is_link and (text.isupper() or len(text.split()) >= LINK_WORDS):
            remove(paragraph)


def open_layout_tables(tree: HtmlElement) -> None:
    """Turns tables that hold a story in a cell into plain blocks."""
    for table in tree.xpath("//table"):
        cells = table.xpath(".//td[not(.//table)]")
        if any(is_story_cell(cell) for cell in cells):
            for element in (table, *table.xpath(".//tbody|.//tr|.//td|.//th")):
                element.tag = "div"


def is_story_cell(cell: HtmlElement) -> bool:
    """Whether a cell of a table holds paragraphs of a story."""
    breaks = len(cell.xpath(".//p|.//br"))
    return breaks > 1 and len(text_of(cell)) >= CELL_TEXT


def join_chunks(tree: HtmlElement) -> None:
    """Joins blocks of one class within one article that each hold paragraphs of the story."""
    for article in tree.xpath("//article|//main"):
        groups: dict[str, list[HtmlElement]] = {}
        for block in article.xpath(".//div[@class][count(./p) > 1]"):
            if next(block.iterancestors("article", "main")) is article and is_chunk(block):
                groups.setdefault(block.get("class"), []).append(block)
        for first, *others in groups.values():
            for other in others:
                for child in list(other):
                    first.append(child)


def is_chunk(block: HtmlElement) -> bool:
    """Whether a block holds long paragraphs and no headline of its own."""
    has_text = any(len(text_of(p)) >= LONG_PARAGRAPH for p in block.iterchildren("p"))
    return has_text and not block.xpath(".//h1|.//h2//a")
