"""Files of many records: JSON, JSON Lines, CSV and TSV, one record at a time."""

import csv
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from tasks.clean.encoding import decode_line, is_binary
from tasks.clean.readers.columns import (
    NAME_A_COLUMN,
    Record,
    has_text_column,
    has_url_column,
    hash_fields,
    split_header,
    to_document,
)
from tasks.clean.readers.documents import Limits, Outcome, RefusedError, Source, hash_bytes
from tasks.clean.readers.streams import CHUNK, Stream, put_back, read_head, recode

ARRAY_CHUNK = 1 << 16
TOO_LONG = "\x00\n"
LISTS = ("articles", "items", "results", "documents", "data", "entries")

RecordReader: TypeAlias = Callable[[Stream, Limits], Iterator[Record]]


def read_records(read: RecordReader, source: Source, limits: Limits) -> Iterator[Outcome]:
    """The documents of a file of records; raises RefusedError where it holds none."""
    head = read_head(source.stream, CHUNK)
    if is_binary(head):
        raise RefusedError("binary")
    is_empty = True
    for record in read(put_back(head, source.stream), limits):
        is_empty = False
        yield to_document(source, record, limits)
    if is_empty:
        raise RefusedError("empty", raw=head)


def read_lines(stream: Stream, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
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


def read_jsonl(stream: Stream, limits: Limits) -> Iterator[Record]:
    """One record a line; empty lines count but yield nothing."""
    for number, raw in read_lines(stream, limits.max_bytes):
        if raw is None:
            yield Record(number, None, None, "too_large", f"The line is longer than {limits.max_bytes} bytes.")
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


def read_json(stream: Stream, limits: Limits) -> Iterator[Record]:
    """The objects of a JSON file: one object, a list of them, an object that holds the list, or JSON lines."""
    lines = recode(stream)
    start = read_head(lines, ARRAY_CHUNK)
    start += read_rest_of_character(lines, start)
    if start.lstrip().startswith(b"["):
        yield from read_array(start, lines, limits.max_bytes)
        return
    whole = start + lines.read(max(0, limits.max_bytes - len(start)) + 1)
    value = load_json(whole) if len(whole) <= limits.max_bytes else None
    if isinstance(value, dict):
        yield from read_object(value, whole, limits)
    elif value is None and isinstance(load_json(whole.split(b"\n", 1)[0]), dict):
        yield from read_jsonl(put_back(whole, lines), limits)
    elif len(whole) > limits.max_bytes:
        detail = f"The file is one JSON object of more than {limits.max_bytes} bytes."
        yield Record(0, None, None, "too_large", detail)
    elif whole.strip():
        yield Record(0, hash_bytes(whole), None, detail="The file is no JSON object, list of objects or JSON lines.")


def load_json(raw: bytes) -> object | None:
    """The JSON value of bytes, or None where they are no JSON."""
    try:
        value: object = json.loads(decode_line(raw))
    except (ValueError, RecursionError):
        return None
    return value


def read_object(value: dict[str, Any], raw: bytes, limits: Limits) -> Iterator[Record]:
    """The records of one JSON object: those of its list of articles, or itself."""
    items = next((value[name] for name in LISTS if is_record_list(value.get(name))), None)
    if items is None or has_text_column(value, limits.columns):
        yield Record(0, hash_bytes(raw), value)
        return
    for number, item in enumerate(items, 1):
        yield to_record(number, item, hash_fields(item))


def is_record_list(value: object) -> bool:
    """Whether a JSON value is a list of objects, not an empty one."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def read_array(start: bytes, stream: Stream, max_bytes: int) -> Iterator[Record]:
    """The items of a JSON array of any length, one at a time; more is read the longer an item turns out to be."""
    decoder = json.JSONDecoder()
    buffer, number = decode_line(start).lstrip()[1:], 0
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError):
            chunk = stream.read(max(ARRAY_CHUNK, len(buffer)))
            if not chunk or len(buffer) > max_bytes:
                reason = "bad_record" if not chunk else "too_large"
                detail = "The JSON list breaks off or is broken here; what follows was not read."
                yield Record(number + 1, None, None, reason, detail)
                return
            buffer += decode_line(chunk + read_rest_of_character(stream, chunk))
            continue
        number += 1
        yield to_record(number, value, hash_bytes(buffer[:end].encode("utf-8", "surrogatepass")))
        buffer = buffer[end:]


def read_rest_of_character(stream: Stream, chunk: bytes) -> bytes:
    """The bytes that complete a UTF-8 character cut by the end of a chunk."""
    for back in range(1, min(4, len(chunk)) + 1):
        lead = chunk[-back]
        if lead >= 0xC0:
            length = 2 + (lead >= 0xE0) + (lead >= 0xF0)
            return stream.read(max(0, length - back))
        if lead < 0x80:
            return b""
    return b""


def read_csv(stream: Stream, limits: Limits, *, delimiter: str | None = None) -> Iterator[Record]:
    """The rows below a header line; cells are parted by the commonest of comma, semicolon, tab and bar."""
    csv.field_size_limit(limits.max_bytes)
    lines = (TOO_LONG if raw is None else decode_line(raw) + "\n" for _, raw in read_lines(stream, limits.max_bytes))
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        return
    delimiter = delimiter or max(",;\t|", key=first.count)
    header = split_header(first, delimiter)
    if not has_text_column(header, limits.columns) and not has_url_column(header):
        yield Record(0, None, None, detail=f"The first line names no text column; {NAME_A_COLUMN}")
        return
    yield from read_rows(csv.reader(lines, delimiter=delimiter), header, limits.max_bytes)


def read_rows(rows: Iterator[list[str]], header: Sequence[str], max_bytes: int) -> Iterator[Record]:
    """The rows of a table as records; a row that cannot be parted ends it."""
    for number in itertools.count(1):
        try:
            row = next(rows, None)
        except csv.Error as error:
            detail = f"The row cannot be read, {error}: a quotation mark may be open. What follows was not read."
            yield Record(number, None, None, detail=detail)
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
