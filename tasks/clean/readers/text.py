"""Plain text, Markdown and web pages: one file, one article."""

import re
from collections.abc import Iterator

from tasks.clean.encoding import decode_text, is_binary, repair_mojibake
from tasks.clean.readers.columns import read_given
from tasks.clean.readers.documents import (
    Given,
    Limits,
    Outcome,
    RawDocument,
    RefusedError,
    Source,
    hash_bytes,
    read_whole,
)

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
LABELLED = re.compile(
    r"\A\s*(?:(?i:title|headline|date|published|updated|source|publisher|outlet|url|link|authors?|byline|by|section|"
    r"category|subtitle|language|id|tags)[ \t]*:[ \t]*\S[^\n]*(?:\n|\Z)[ \t]*\n?){2,}"
)
FRONT_MATTER_LINE = re.compile(r"^[ \t]*([A-Za-z_]+)[ \t]*:[ \t]*(.+?)[ \t\r]*$", re.MULTILINE)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
META_BYTES = 4096
CHARSET = re.compile(
    r"(?:x-)?(?:windows-?\d{3,4}|cp-?\d{3,4}|iso-?8859-?\d{1,2}|latin-?\d|koi8-[ru]|shift[_-]jis|sjis|euc-?(?:jp|kr)|gbk|"
    r"gb2312|gb18030|big5(?:-hkscs)?|mac-?roman|iso-2022-jp|tis-?620|utf-?8|utf-16(?:le|be)?|us-ascii|ascii)",
    re.IGNORECASE,
)
WEST_EUROPEAN = re.compile(r"iso-?8859-?1|latin-?1|(?:us-)?ascii", re.IGNORECASE)


def split_front_matter(text: str) -> tuple[Given, str]:
    """The metadata a text starts with, between `---` lines or as `TITLE: …` lines, and the text below it."""
    match = FRONT_MATTER.match(text) or LABELLED.match(text)
    if match is None:
        return Given(), text
    pairs = FRONT_MATTER_LINE.findall(match[0])
    return read_given({name.lower(): value.strip("\"'[]") for name, value in pairs}), text[match.end() :]


def decode_page(raw: bytes, charset: str | None = None) -> str | None:
    """The text of a web page: UTF-8, else as the server or the page says, else as it looks; None for noise."""
    if b"\x00" in raw[:META_BYTES]:
        return decode_text(raw)
    stated = META_CHARSET.search(raw[:META_BYTES])
    for name in ("utf-8-sig", charset, stated[1].decode() if stated else None):
        if name is not None and (name == "utf-8-sig" or CHARSET.fullmatch(name)):
            try:
                return raw.decode("cp1252" if WEST_EUROPEAN.fullmatch(name) else name.lower().removeprefix("x-"))
            except (UnicodeError, LookupError):
                continue
    return decode_text(raw)


def read_text(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The one document of a text or Markdown file."""
    raw = read_whole(source, limits)
    text = None if is_binary(raw) else decode_text(raw)
    given, rest = split_front_matter(text or "")
    yield to_raw_document(source, raw, rest if text else text, given)


def read_html(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The one document of a web page."""
    raw = read_whole(source, limits)
    yield to_raw_document(source, raw, None if is_binary(raw) else decode_page(raw), Given(), is_html=True)


def to_raw_document(
    source: Source, raw: bytes, text: str | None, given: Given, *, is_html: bool = False
) -> RawDocument:
    """The document of a decoded text; raises RefusedError where there is none or nothing in it."""
    if text is None:
        raise RefusedError("binary", raw=raw)
    if not text.strip():
        raise RefusedError("empty", raw=raw)
    return RawDocument(source.source_uri, repair_mojibake(text), is_html, given, hash_bytes(raw), source.retrieved_at)
