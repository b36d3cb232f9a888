"""Streams raw documents out of files and folders; what cannot be read becomes a Reject with a named reason."""

import csv
import hashlib
import io
import itertools
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TextIO, TypeAlias

from tasks.clean.encoding import decode_line, decode_text, drop_surrogates, find_bom, is_binary, repair_mojibake
from tasks.errors import InputNotFoundError

TEXT_SUFFIXES = frozenset({".txt", ".md"})
HTML_SUFFIXES = frozenset({".html", ".htm"})
CHUNK = 1 << 20
ARRAY_CHUNK = 1 << 16
TOO_LONG = "\x00\n"
LABEL_PARTS = 2
FIELDS = {
    "title": ("title", "headline", "name"),
    "subtitle": ("subtitle", "dek", "standfirst", "subheadline"),
    "text": ("text", "body", "content", "articlebody", "maintext", "plaintext", "article", "cleaned_text"),
    "html": ("html", "raw_html"),
    "date": (
        "date",
        "published_at",
        "publishedat",
        "published",
        "publish_date",
        "date_publish",
        "datepublished",
        "pubdate",
        "publication_date",
        "published_date",
    ),
    "authors": ("authors", "author", "byline", "by", "creator"),
    "publisher": ("publisher", "publication", "outlet", "source", "source_domain", "sitename", "domain"),
    "url": ("url", "link", "source_url", "canonical_url", "web_url"),
}
INNER_FIELDS = ("name", "title", "url", "@id", "plain", "text")
LISTS = ("articles", "items", "results", "documents", "data", "entries")
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
LABELLED = re.compile(
    r"\A\s*(?:(?i:title|headline|date|published|updated|source|publisher|outlet|url|link|authors?|byline|by|section|"
    r"category|subtitle|language|id|tags)[ \t]*:[ \t]*\S[^\n]*(?:\n|\Z)[ \t]*\n?){2,}"
)
FRONT_MATTER_LINE = re.compile(r"^[ \t]*([A-Za-z_]+)[ \t]*:[ \t]*(.+?)[ \t\r]*$", re.MULTILINE)


class InputFile(NamedTuple):
    """A file that was found: its path, its name below the input, and what changes when it changes."""

    path: Path
    source_uri: str
    size: int
    modified_ns: int
    problem: str | None = None


class Given(NamedTuple):
    """What a source says about its article, as it says it."""

    title: str | None = None
    subtitle: str | None = None
    date: str | None = None
    authors: str | None = None
    publisher: str | None = None
    url: str | None = None


class RawDocument(NamedTuple):
    """One article as it came, decoded, with what its source says about it."""

    source_uri: str
    text: str
    is_html: bool
    given: Given
    raw_sha256: str
    retrieved_at: datetime


class Reject(NamedTuple):
    """An input that becomes no article: a named reason and one sentence for a person."""

    source_uri: str
    reason: str
    detail: str
    raw_sha256: str | None = None
    retrieved_at: datetime | None = None


class Record(NamedTuple):
    """One record of a file of many: its number, its raw bytes' hash, and its fields or why it has none."""

    number: int
    raw_sha256: str
    fields: Mapping[str, Any] | None
    reason: str = "bad_record"
    detail: str = ""


Outcome: TypeAlias = RawDocument | Reject


def hash_bytes(raw: bytes) -> str:
    """The SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def to_text(value: object) -> str | None:
    """A JSON or CSV value as text: lists joined by comma, of objects the name; None where there is nothing."""
    if isinstance(value, str):
        return drop_surrogates(value).strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return next((text for name in INNER_FIELDS if (text := to_text(value.get(name)))), None)
    if isinstance(value, Sequence):
        return ", ".join(text for item in value if (text := to_text(item))) or None
    return None


def pick_field(fields: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first value that is not empty among the columns of these names."""
    return next((text for name in names if (text := to_text(fields.get(name)))), None)


def read_given(fields: Mapping[str, Any]) -> Given:
    """The metadata of a record with lower-case field names."""
    return Given(**{name: pick_field(fields, FIELDS[name]) for name in Given._fields})


def read_text_field(fields: Mapping[str, Any]) -> str | None:
    """The text of a record; a list of paragraphs keeps its breaks."""
    for name in FIELDS["text"]:
        value = fields.get(name)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if text := to_text(value):
            return text
    return None


def has_text_column(names: Iterable[str]) -> bool:
    """Whether one of the column names holds text or HTML."""
    known = {*FIELDS["text"], *FIELDS["html"]}
    return any(name.strip().lower() in known for name in names)


def split_front_matter(text: str) -> tuple[Given, str]:
    """The metadata a text starts with, between `---` lines or as `TITLE: …` lines, and the text below it."""
    match = FRONT_MATTER.match(text) or LABELLED.match(text)
    if match is None:
        return Given(), text
    pairs = FRONT_MATTER_LINE.findall(match[0])
    return read_given({name.lower(): value.strip("\"'[]") for name, value in pairs}), text[match.end() :]


def to_document(file: InputFile, record: Record) -> Outcome:
    """A record as a document, or as a reject where it has no text."""
    source_uri = f"{file.source_uri}#{record.number}" if record.number else file.source_uri
    retrieved_at = modified_at(file)
    if record.fields is None:
        return Reject(source_uri, record.reason, record.detail, record.raw_sha256, retrieved_at)
    fields = {str(name).strip().lower(): value for name, value in record.fields.items()}
    text, html = read_text_field(fields), pick_field(fields, FIELDS["html"])
    if text is None and html is None:
        reason = "empty" if has_text_column(fields) else "bad_record"
        detail = f"The record has no text; a text column is named one of {', '.join(FIELDS['text'])}."
        return Reject(source_uri, reason, detail, record.raw_sha256, retrieved_at)
    chosen = repair_mojibake(text or html or "")
    return RawDocument(source_uri, chosen, text is None, read_given(fields), record.raw_sha256, retrieved_at)


def modified_at(file: InputFile) -> datetime:
    """The file time, UTC, in whole seconds."""
    return datetime.fromtimestamp(file.modified_ns // 1_000_000_000, UTC)


def label_inputs(paths: Sequence[Path]) -> list[str]:
    """A short name for each input, its last path parts: as many as it takes to tell the inputs apart."""
    resolved = [path.resolve() for path in paths]
    distinct = len(set(resolved))
    for count in range(1, max((len(path.parts) for path in resolved), default=1) + 1):
        labels = [label_path(path, count) for path in resolved]
        if len(set(labels)) == distinct:
            return labels
    return [path.as_posix() for path in resolved]


def label_path(path: Path, count: int) -> str:
    """The last `count` parts of a folder's path; of a file's, one more, so it is named as in its folder."""
    kept = count if path.is_dir() else max(count, LABEL_PARTS)
    return "/".join(part for part in path.parts[-kept:] if part != path.anchor)


def list_files(inputs: Sequence[Path]) -> list[InputFile]:
    """Every file below the inputs once, folders in name order; raises InputNotFoundError."""
    missing = [path for path in inputs if not path.exists()]
    if missing:
        raise InputNotFoundError(f"There is no file or folder {missing[0]}; check the path.")
    found: dict[str, InputFile] = {}
    names: set[str] = set()
    for path, label in zip(inputs, label_inputs(inputs), strict=True):
        for file in walk(path, label, frozenset()):
            real_path = os.path.realpath(file.path)
            if real_path not in found:
                found[real_path] = file._replace(source_uri=make_unique(file.source_uri, names))
    if not found:
        raise InputNotFoundError(f"There is no file in {', '.join(map(str, inputs))}; put articles there.")
    return list(found.values())


def make_unique(name: str, names: set[str]) -> str:
    """The name, longer where it is taken; notes it as taken."""
    while name in names:
        name += "~"
    names.add(name)
    return name


def walk(path: Path, source_uri: str, parents: frozenset[str]) -> Iterator[InputFile]:
    """The files at and below a path, without hidden ones, each folder at most once on its own way down."""
    try:
        status = path.stat()
        if not stat.S_ISDIR(status.st_mode):
            problem = None if stat.S_ISREG(status.st_mode) else "unsupported_format"
            yield InputFile(path, source_uri, status.st_size, status.st_mtime_ns, problem)
            return
        here = os.path.realpath(path)
        names = sorted(child.name for child in path.iterdir() if not child.name.startswith("."))
    except OSError:
        yield InputFile(path, source_uri, 0, 0, "unreadable")
        return
    for name in names if here not in parents else ():
        yield from walk(path / name, f"{source_uri}/{name}", parents | {here})


def read_documents(files: Iterable[InputFile], *, max_bytes: int) -> Iterator[Outcome]:
    """The documents and rejects of all files, one after the other, in constant memory."""
    for file in files:
        if file.problem is not None:
            yield reject_file(file, file.problem)
            continue
        try:
            yield from read_one(file, max_bytes)
        except OSError:
            yield reject_file(file, "unreadable")


def read_one(file: InputFile, max_bytes: int) -> Iterator[Outcome]:
    """The documents and rejects of one file."""
    suffix = file.path.suffix.lower()
    if suffix in TEXT_SUFFIXES | HTML_SUFFIXES:
        yield read_whole(file, max_bytes)
    elif suffix in RECORD_READERS:
        yield from read_many(file, max_bytes, RECORD_READERS[suffix])
    else:
        yield reject_file(file, "unsupported_format")


def read_whole(file: InputFile, max_bytes: int) -> Outcome:
    """The one document of a text, Markdown or HTML file."""
    if file.size > max_bytes:
        return reject_file(file, "too_large")
    raw = file.path.read_bytes()
    text = None if is_binary(raw) else decode_text(raw)
    if text is None:
        return reject_file(file, "binary", raw)
    if not text.strip():
        return reject_file(file, "empty", raw)
    is_html = file.path.suffix.lower() in HTML_SUFFIXES
    given, text = (Given(), text) if is_html else split_front_matter(text)
    return RawDocument(file.source_uri, repair_mojibake(text), is_html, given, hash_bytes(raw), modified_at(file))


def read_many(file: InputFile, max_bytes: int, read: "RecordReader") -> Iterator[Outcome]:
    """The documents of a file of records."""
    with file.path.open("rb") as stream:
        head = stream.read(CHUNK)
        if not head.strip():
            yield reject_file(file, "empty", head)
            return
        if is_binary(head):
            yield reject_file(file, "binary")
            return
        stream.seek(0)
        count = 0
        for record in read(stream, file.path, max_bytes):
            count += 1
            yield to_document(file, record)
    if not count:
        yield reject_file(file, "empty")


def reject_file(file: InputFile, reason: str, raw: bytes | None = None) -> Reject:
    """A whole file turned away."""
    raw_sha256 = None if raw is None else hash_bytes(raw)
    return Reject(file.source_uri, reason, DETAILS[reason], raw_sha256, modified_at(file))


def read_lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines as UTF-8 or unknown bytes without the end; None for a line over the limit."""
    lines = recode(stream)
    number = 0
    while line := lines.readline(max_bytes + 1):
        number += 1
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield number, line.rstrip(b"\r\n")
            continue
        while (rest := lines.readline(CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield number, None


def recode(stream: BinaryIO) -> BinaryIO:
    """The stream past its byte order mark; UTF-16 and UTF-32 turned into UTF-8 on the way."""
    bom, encoding = find_bom(stream.read(4))
    stream.seek(len(bom))
    if encoding in (None, "utf-8"):
        return stream
    return io.BufferedReader(Recoder(io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")))


class Recoder(io.RawIOBase):
    """A text stream read as UTF-8 bytes."""

    def __init__(self, text: TextIO) -> None:
        """Reads from an open text stream."""
        self.text = text
        self.rest = b""

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with the next bytes and returns their number; 0 at the end."""
        self.rest = self.rest or self.text.read(len(buffer) // 4 or 1).encode("utf-8", "replace")
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


def read_jsonl(stream: BinaryIO, path: Path, max_bytes: int) -> Iterator[Record]:
    """One record a line; empty lines count but yield nothing."""
    for number, raw in read_lines(stream, max_bytes):
        if raw is None:
            yield Record(number, "", None, "too_large", f"The line is longer than {max_bytes} bytes.")
        elif raw.strip():
            yield parse_record(number, raw)


def parse_record(number: int, raw: bytes) -> Record:
    """A JSON object as a record."""
    try:
        value = json.loads(decode_line(raw))
    except (ValueError, RecursionError) as error:
        return Record(number, hash_bytes(raw), None, detail=f"The line is no JSON: {str(error)[:100]}.")
    return to_record(number, value, hash_bytes(raw))


def to_record(number: int, value: object, raw_sha256: str) -> Record:
    """A parsed JSON value as a record."""
    if isinstance(value, dict):
        return Record(number, raw_sha256, value)
    return Record(number, raw_sha256, None, detail=f"The record is a JSON {type(value).__name__}, not an object.")


def read_json(stream: BinaryIO, path: Path, max_bytes: int) -> Iterator[Record]:
    """The objects of a JSON file: one object, a list of them, an object that holds the list, or JSON lines."""
    lines = recode(stream)
    start = lines.read(ARRAY_CHUNK)
    start += read_rest_of_character(lines, start)
    if start.lstrip().startswith(b"["):
        yield from read_array(start, lines, max_bytes)
        return
    whole = start + lines.read(max(0, max_bytes - len(start)) + 1)
    value = load_json(whole) if len(whole) <= max_bytes else None
    if isinstance(value, dict):
        yield from read_object(value, whole)
    elif value is None and isinstance(load_json(whole.split(b"\n", 1)[0]), dict):
        stream.seek(0)
        yield from read_jsonl(stream, path, max_bytes)
    elif len(whole) > max_bytes:
        yield Record(0, "", None, "too_large", f"The file is one JSON object of more than {max_bytes} bytes.")
    else:
        yield Record(0, hash_bytes(whole), None, detail="The file is no JSON object, list of objects or JSON lines.")


def load_json(raw: bytes) -> object | None:
    """The JSON value of bytes, or None where they are no JSON."""
    try:
        value: object = json.loads(decode_line(raw))
    except (ValueError, RecursionError):
        return None
    return value


def read_object(value: dict[str, Any], raw: bytes) -> Iterator[Record]:
    """The records of one JSON object: those of its list of articles, or itself."""
    items = next((value[name] for name in LISTS if is_record_list(value.get(name))), None)
    if items is None or has_text_column(value):
        yield Record(0, hash_bytes(raw), value)
        return
    for number, item in enumerate(items, 1):
        yield to_record(number, item, hash_bytes(json.dumps(item, sort_keys=True).encode()))


def is_record_list(value: object) -> bool:
    """Whether a JSON value is a list of objects, not an empty one."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def read_array(start: bytes, stream: BinaryIO, max_bytes: int) -> Iterator[Record]:
    """The items of a JSON array of any length, one at a time."""
    decoder = json.JSONDecoder()
    buffer, number = decode_line(start).lstrip()[1:], 0
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError):
            chunk = stream.read(ARRAY_CHUNK)
            if not chunk or len(buffer) > max_bytes:
                reason = "bad_record" if not chunk else "too_large"
                detail = "The JSON list breaks off or is broken here; what follows was not read."
                yield Record(number + 1, "", None, reason, detail)
                return
            buffer += decode_line(chunk + read_rest_of_character(stream, chunk))
            continue
        number += 1
        yield to_record(number, value, hash_bytes(buffer[:end].encode("utf-8", "surrogatepass")))
        buffer = buffer[end:]


def read_rest_of_character(stream: BinaryIO, chunk: bytes) -> bytes:
    """The bytes that complete a UTF-8 character cut by the end of a chunk."""
    for back in range(1, min(4, len(chunk)) + 1):
        lead = chunk[-back]
        if lead >= 0xC0:
            length = 2 + (lead >= 0xE0) + (lead >= 0xF0)
            return stream.read(max(0, length - back))
        if lead < 0x80:
            return b""
    return b""


def read_csv(stream: BinaryIO, path: Path, max_bytes: int) -> Iterator[Record]:
    """The rows below a header line; a tab parts cells in .tsv, else the commonest of comma, semicolon, tab and bar."""
    csv.field_size_limit(max_bytes)
    lines = (TOO_LONG if raw is None else decode_line(raw) + "\n" for _, raw in read_lines(stream, max_bytes))
    first = next(lines, "")
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    if not has_text_column(header):
        detail = f"The first line names no text column; a text column is named one of {', '.join(FIELDS['text'])}."
        yield Record(0, "", None, detail=detail)
        return
    rows = csv.reader(lines, delimiter=delimiter)
    for number in itertools.count(1):
        try:
            row = next(rows, None)
        except csv.Error as error:
            detail = f"The row cannot be read, {error}: a quotation mark may be open. What follows was not read."
            yield Record(number, "", None, detail=detail)
            return
        if row is None:
            return
        if row:
            yield to_row(number, header, row, max_bytes)


def to_row(number: int, header: Sequence[str], row: Sequence[str], max_bytes: int) -> Record:
    """A CSV row as a record."""
    raw_sha256 = hash_bytes("\x1f".join(row).encode())
    if any(TOO_LONG.strip() in cell for cell in row):
        return Record(number, raw_sha256, None, "too_large", f"A line of the row is longer than {max_bytes} bytes.")
    if len(row) > len(header):
        return Record(number, raw_sha256, None, detail=f"The row has {len(row)} cells, the header {len(header)}.")
    return Record(number, raw_sha256, dict(zip(header, row, strict=False)))


RecordReader: TypeAlias = Callable[[BinaryIO, Path, int], Iterator[Record]]
RECORD_READERS: Mapping[str, RecordReader] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
}
DETAILS = {
    "too_large": "The file is larger than the limit for one article; split it.",
    "binary": "The file holds no text; save it as text, HTML, JSON or CSV.",
    "empty": "The file holds no text.",
    "unreadable": "The file or folder cannot be opened; check its permissions and links.",
    "unsupported_format": "The format is not read; save it as .txt, .md, .html, .json, .jsonl, .csv or .tsv.",
}
