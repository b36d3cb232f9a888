"""The fields of a record, under whatever name its maker gave them, and the article they make."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tasks.clean.encoding import decode_text, drop_surrogates, repair_mojibake
from tasks.clean.readers.documents import Given, Limits, Outcome, RawDocument, Reject, Source, hash_bytes

FIELDS = {
    "title": ("title", "headline", "name"),
    "subtitle": ("subtitle", "dek", "standfirst", "subheadline"),
    "text": (
        "text",
        "body",
        "content",
        "articlebody",
        "maintext",
        "plaintext",
        "article",
        "cleaned_text",
        "content_text",
        "fulltext",
        "full_text",
        "raw_text",
    ),
    "html": ("html", "raw_html", "content_html"),
    "date": (
        "date",
        "published_at",
        "publishedat",
        "published",
        "publish_date",
        "date_publish",
        "datepublished",
        "date_published",
        "pubdate",
        "publication_date",
        "publishing_date",
        "published_date",
        "seendate",
    ),
    "authors": ("authors", "author", "byline", "by", "creator"),
    "publisher": (
        "publisher",
        "publication",
        "outlet",
        "source",
        "source_domain",
        "sitename",
        "source-hostname",
        "hostname",
        "domain",
    ),
    "url": (
        "url",
        "link",
        "source_url",
        "canonical_url",
        "web_url",
        "requested_url",
        "sourceurl",
        "documentidentifier",
        "v2documentidentifier",
    ),
}
ASKED_NAMES = {"body": "text", "text": "text", "byline": "authors"}
MAPPED = {**{name: name for name in FIELDS if name != "text"}, **ASKED_NAMES}
INNER_FIELDS = ("name", "title", "rendered", "content", "url", "@id", "plain", "text", "$date")
TEXT_PARTS = ("summary", "headline", "sections", "paragraphs", "rendered", "plain", "text", "content", "value", "name")
PARTS_DEPTH = 8
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
MARKUP = re.compile(r"\s*<[a-z!][^>]*>.*</?(?:p|br|div)\b", re.IGNORECASE | re.DOTALL)


def parse_column(text: str) -> tuple[str, str]:
    """The field and the column of a mapping such as `body=content_original`; raises ValueError with what is wrong."""
    name, mark, column = text.partition("=")
    field = MAPPED.get(name.strip().lower())
    if field is None or not mark or not column.strip():
        raise ValueError(f"{text} is not FIELD=COLUMN, where FIELD is one of {', '.join(sorted(MAPPED))}")
    return field, column.strip().lower()


class Record(NamedTuple):
    """One record of a file of many: its number, its raw bytes' hash, and its fields or why it has none."""

    number: int
    raw_sha256: str | None
    fields: Mapping[str, Any] | None
    reason: str = "bad_record"
    detail: str = ""


def hash_fields(fields: Mapping[str, Any]) -> str:
    """The hash of a record that has no bytes of its own, whatever the order of its columns."""
    return hash_bytes(json.dumps(fields, sort_keys=True, default=str).encode())


def to_text(value: object, depth: int = 0) -> str | None:
    """A value as text: lists joined by comma, of objects the name; None where there is nothing."""
    if isinstance(value, str):
        return drop_surrogates(value).strip() or None
    if isinstance(value, bytes):
        return to_text(decode_text(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None or depth > PARTS_DEPTH:
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return next((text for name in INNER_FIELDS if (text := to_text(value.get(name), depth + 1))), None)
    if isinstance(value, Sequence):
        return ", ".join(text for item in value if (text := to_text(item, depth + 1))) or None
    return None


def list_paragraphs(value: object, depth: int = 0) -> list[str]:
    """The paragraphs of a text that is given in parts: a list, or an object with its summary and sections."""
    if depth > PARTS_DEPTH:
        return []
    if isinstance(value, Mapping):
        return [text for name in TEXT_PARTS for text in list_paragraphs(value.get(name), depth + 1)]
    if isinstance(value, list):
        return [text for item in value for text in list_paragraphs(item, depth + 1)]
    text = to_text(value)
    return [] if text is None else [text]


def find_value(fields: Mapping[str, Any], path: str) -> object:
    """The value of a column, or that below columns whose names are joined by dots."""
    if path in fields:
        return fields[path]
    value: object = fields
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def pick_names(fields: Mapping[str, Any], field: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns that may hold a field: the one the user names where the record has it, else those of known names."""
    asked = columns.get(field)
    return FIELDS[field] if asked is None or find_value(fields, asked) is None else (asked,)


def pick_field(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first value that is not empty among the columns of these names."""
    return next((text for name in names if (text := to_text(find_value(fields, name)))), None)


def read_given(fields: Mapping[str, Any], columns: Mapping[str, str] = {}) -> Given:
    """The metadata of a record with lower-case field names; a source that is an address is the address."""
    given = Given(**{name: pick_field(fields, pick_names(fields, name, columns)) for name in Given._fields})
    if given.publisher is not None and ADDRESS.match(given.publisher):
        return given._replace(publisher=None, url=given.url or given.publisher)
    return given


def read_text_field(fields: Mapping[str, Any], columns: Mapping[str, str] = {}) -> str | None:
    """The text of a record; a list of paragraphs keeps its breaks."""
    for name in pick_names(fields, "text", columns):
        if text := "\n\n".join(list_paragraphs(find_value(fields, name))):
            return text
    return None


def name_columns(columns: Mapping[str, str]) -> frozenset[str]:
    """The names of all columns that may be read."""
    asked = {part for path in columns.values() for part in (path, path.partition(".")[0])}
    return frozenset(asked.union(*FIELDS.values()))


def has_text_column(names: Iterable[str], columns: Mapping[str, str] = {}) -> bool:
    """Whether one of the column names holds text or HTML."""
    asked = {path.partition(".")[0] for field, path in columns.items() if field in ("text", "html")}
    known = {*FIELDS["text"], *FIELDS["html"], *asked}
    return any(name.strip().lower() in known for name in names)


def has_url_column(names: Iterable[str]) -> bool:
    """Whether one of the column names holds the article's address."""
    return any(name.strip().lower() in FIELDS["url"] for name in names)


def split_header(line: str, delimiter: str) -> list[str]:
    """The column names in the first line of a table; none where it cannot be parted."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def lower_names(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields under lower-case names, those inside objects too, two levels down."""
    return {
        str(name).strip().lower(): (
            {str(inner).strip().lower(): item for inner, item in value.items()} if isinstance(value, Mapping) else value
        )
        for name, value in fields.items()
    }


def to_document(source: Source, record: Record, limits: Limits) -> Outcome:
    """A record as a document, or as a reject where it has no text."""
    source_uri = f"{source.source_uri}#{record.number}" if record.number else source.source_uri
    if record.fields is None:
        return Reject(source_uri, record.reason, record.detail, record.raw_sha256, source.retrieved_at)
    fields = lower_names(record.fields)
    given = read_given(fields, limits.columns)
    text = read_text_field(fields, limits.columns)
    chosen = text or pick_field(fields, pick_names(fields, "html", limits.columns))
    if chosen is None:
        reason, detail = explain_lack(fields, given, limits.columns)
        return Reject(source_uri, reason, detail, record.raw_sha256, source.retrieved_at)
    if len(chosen) > limits.max_bytes:
        detail = f"The text is longer than {limits.max_bytes} characters."
        return Reject(source_uri, "too_large", detail, record.raw_sha256, source.retrieved_at)
    is_html = text is None or MARKUP.match(text) is not None
    sha256 = record.raw_sha256 or hash_fields(record.fields)
    return RawDocument(source_uri, repair_mojibake(chosen), is_html, given, sha256, source.retrieved_at)


def explain_lack(fields: Mapping[str, Any], given: Given, columns: Mapping[str, str]) -> tuple[str, str]:
    """The reason for turning away a record without text, and its sentence."""
    if has_text_column(fields, columns):
        return "empty", "The record has no text."
    if given.url is not None:
        return "no_text", f"The record holds no text, only the address {given.url[:500]}; fetch the page."
    return "bad_record", f"The record has no text; {NAME_A_COLUMN}"


NAME_A_COLUMN = f"a text column is named one of {', '.join(FIELDS['text'])}, or by --map body=COLUMN."
