"""News in XML: NITF and NewsML-G2 (IPTC standards), an item or a message of many."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree  # type: ignore[import-untyped]

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

ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "hl2", "li", "dt", "dd", "pre", "blockquote", "fn", "nitf-table", "tr"}
)
SKIPPED = frozenset(
    {"media", "figure", "figcaption", "script", "style", "head", "body.head", "body.end", "nav", "tobject"}
)
LONGEST_DATELINE = 80


def read_xml(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The articles of an NITF or NewsML-G2 file; raises RefusedError where it is neither, broken or unsafe."""
    raw = read_whole(source, limits)
    root = parse_xml(raw)
    items = list(find_items(root))
    if not items:
        detail = f"The XML is neither NITF nor NewsML-G2, its root is {to_name(root)[:60]}; convert it."
        raise RefusedError("unsupported_format", detail, raw)
    for number, item in enumerate(items, 1):
        is_whole = item is root
        uri = source.source_uri if is_whole else f"{source.source_uri}#{number}"
        sha256 = hash_bytes(raw if is_whole else etree.tostring(item, encoding="unicode", with_tail=False).encode())
        try:
            given, text, is_html = read_nitf(item) if to_name(item) == "nitf" else read_news_item(item)
        except RecursionError as error:
            raise RefusedError("damaged", "Elements lie in elements without end.", raw) from error
        if text.strip():
            yield RawDocument(uri, repair_mojibake(text), is_html, given, sha256, source.retrieved_at)
        else:
            yield Reject(uri, "empty", "The item holds no text.", sha256, source.retrieved_at)


def parse_xml(raw: bytes) -> etree._Element:
    """The root of an XML file; raises RefusedError. No entity is expanded, nothing is fetched."""
    if not raw.strip():
        raise RefusedError("empty", raw=raw)
    if ENTITY.search(raw.replace(b"\x00", b"")):
        raise RefusedError("unsafe_xml", raw=raw)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        detail = f"The file is broken XML ({str(error)[:150]}); get it again."
        raise RefusedError("damaged", detail, raw) from error
    table = root.getroottree().docinfo.internalDTD
    if table is not None and any(True for _ in table.iterentities()):
        raise RefusedError("unsafe_xml", raw=raw)
    return root


def to_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find_items(root: etree._Element) -> Iterator[etree._Element]:
    """The articles of a file: NewsML-G2 items, else NITF documents, whatever they are packed in."""
    name = "newsItem" if next(find_all(root, "newsItem"), None) is not None else "nitf"
    for item in find_all(root, name):
        if not any(to_name(ancestor) == name for ancestor in item.iterancestors()):
            yield item


def find_all(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """The elements at and below an element whose name ends the path and whose ancestors hold the rest in order."""
    *above, name = path
    for found in element.iter(f"{{*}}{name}"):
        if holds_in_order((to_name(ancestor) for ancestor in found.iterancestors()), above):
            yield found


def holds_in_order(ancestors: Iterable[str], names: list[str]) -> bool:
    """Whether the names occur among the ancestors, the last name nearest."""
    waiting = list(names)
    for ancestor in ancestors:
        if waiting and ancestor == waiting[-1]:
            waiting.pop()
    return not waiting


def find_text(element: etree._Element, *path: str) -> str | None:
    """The text of the first element on a path that has one."""
    return next((text for found in find_all(element, *path) if (text := " ".join(list_blocks(found)))), None)


def find_attribute(element: etree._Element, attribute: str, *path: str) -> str | None:
    """The attribute of the first element on a path that has it."""
    return next((value for found in find_all(element, *path) if (value := (found.get(attribute) or "").strip())), None)


def list_blocks(element: etree._Element) -> list[str]:
    """The paragraphs of an element, without captions, scripts and heads."""
    text = "".join(flatten(element))
    return [" ".join(part.split()) for part in text.split("\n") if part.strip()]


def flatten(element: etree._Element, depth: int = 0) -> Iterator[str]:
    """The text of an element with a line break around each block and each `br`."""
    name = to_name(element)
    if not name or (depth and name in SKIPPED):
        return
    mark = "\n" if name in BLOCKS or name == "br" else ""
    yield mark
    yield " ".join((element.text or "").split("\n"))
    for child in element:
        yield from flatten(child, depth + 1)
        yield " ".join((child.tail or "").split("\n"))
    yield mark


def read_nitf(item: etree._Element) -> tuple[Given, str, bool]:
    """What an NITF document says about itself, its text, and that this is no HTML."""
    people = [" ".join(list_blocks(person)) for person in find_all(item, "body.head", "byline", "person")]
    given = Given(
        title=find_text(item, "hedline", "hl1") or find_text(item, "head", "title"),
        subtitle=find_text(item, "hedline", "hl2"),
        date=find_attribute(item, "norm", "docdata", "date.issue")
        or find_attribute(item, "norm", "docdata", "date.release")
        or find_attribute(item, "date.publication", "pubdata"),
        authors=", ".join(people) or find_text(item, "body.head", "byline"),
        publisher=find_attribute(item, "name", "pubdata") or find_attribute(item, "holder", "doc.copyright"),
        url=to_address(find_attribute(item, "ex-ref", "pubdata")),
    )
    blocks = [text for content in find_all(item, "body.content") for text in list_blocks(content)]
    return given, join_blocks(find_text(item, "body.head", "dateline"), blocks), False


def read_news_item(item: etree._Element) -> tuple[Given, str, bool]:
    """What a NewsML-G2 item says about itself, its text, and whether this is HTML."""
    provider = find_text(item, "itemMeta", "provider", "name") or find_attribute(
        item, "literal", "itemMeta", "provider"
    )
    given = Given(
        title=find_text(item, "contentMeta", "headline"),
        date=find_text(item, "itemMeta", "firstCreated")
        or find_text(item, "contentMeta", "contentCreated")
        or find_text(item, "itemMeta", "versionCreated"),
        authors=find_text(item, "contentMeta", "by") or find_text(item, "contentMeta", "creator", "name"),
        publisher=provider or find_text(item, "contentMeta", "infoSource", "name"),
        url=to_address(find_attribute(item, "href", "itemMeta", "link")),
    )
    inner = next(find_all(item, "nitf"), None)
    if inner is not None:
        found, text, is_html = read_nitf(inner)
        return Given(*(own or other for own, other in zip(given, found, strict=True))), text, is_html
    dateline = find_text(item, "contentMeta", "dateline")
    for data in find_all(item, "contentSet", "inlineData"):
        text = str(data.text or "")
        if "html" in (data.get("contenttype") or ""):
            return given, text, True
        return given, join_blocks(dateline, [part for part in text.split("\n\n") if part.strip()]), False
    blocks = [text for content in find_all(item, "contentSet", "inlineXML") for text in list_blocks(content)]
    return given, join_blocks(dateline, blocks), False


def to_address(text: str | None) -> str | None:
    """The text where it is a web address."""
    return text if text is not None and text.startswith(("http://", "https://")) else None


def join_blocks(dateline: str | None, blocks: list[str]) -> str:
    """The paragraphs of a story as a wire prints them, the dateline before the first unless it stands there."""
    place = (dateline or "").strip(" -–—").partition(",")[0]
    if dateline is None or not place or not blocks or len(dateline) > LONGEST_DATELINE:
        return "\n\n".join(blocks)
    if blocks[0].casefold().startswith(place.casefold()):
        return "\n\n".join(blocks)
    line = place.upper() + dateline.strip(" -–—")[len(place) :]
    return "\n\n".join([f"{line} — {blocks[0]}", *blocks[1:]])
