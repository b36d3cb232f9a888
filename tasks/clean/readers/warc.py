"""Web archives (WARC, ISO 28500): each page that a server sent with status 200, and texts that were made of pages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tasks.clean.encoding import decode_text
from tasks.clean.readers.documents import Given, Limits, Outcome, RefusedError, Source, reject_source
from tasks.clean.readers.streams import Stream
from tasks.clean.readers.text import decode_page, to_raw_document

OK = 200
LONGEST_HEADER = 1 << 18
SHORTEST_MARKS = len(":\r\n")
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit


class CountedStream:
    """A stream that knows how far it was read and whether that was to the end."""

    def __init__(self, stream: Stream) -> None:
        """Starts at zero."""
        self.stream = stream
        self.count = 0
        self.is_at_end = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self.stream.read1(size)
        self.count += len(chunk)
        self.is_at_end = self.is_at_end or not chunk
        return chunk

    def tell(self) -> int:
        """How far it was read."""
        return self.count


def read_warc(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The pages of a web archive; requests and metadata are no inputs, what else is no page is turned away."""
    stream = CountedStream(source.stream)
    number = 0
    try:
        for number, record in enumerate(open_records(stream), 1):
            yield read_record(source, number, record, stream, limits)
    except OSError as error:
        raise RefusedError("damaged", "A record is damaged; what follows it was not read.") from error
    if not number:
        raise RefusedError("empty", "The archive holds no page.")


def open_records(stream: CountedStream) -> Iterator[WarcRecord]:
    """The records of an unpacked archive that hold a page or stand for one."""
    reader: Any = stream  # it need not seek
    return iter(
        ArchiveIterator(
            reader, record_types=KINDS, auto_decode="all", max_header_len=LONGEST_HEADER, stream_detect=False
        )
    )


def read_record(source: Source, number: int, record: WarcRecord, stream: CountedStream, limits: Limits) -> Outcome:
    """The page of a record, with its address and the time of the visit, or why it is none."""
    visited_at = record.record_date or source.retrieved_at
    visit = replace(source, source_uri=f"{source.source_uri}#{number}", retrieved_at=visited_at)
    try:
        is_html = check_page(record)
        raw = record.reader.read(limits.max_bytes + 1)
        if len(raw) > limits.max_bytes:
            raise RefusedError("too_large")
        if stream.is_at_end and stream.count < find_end(record):
            raise RefusedError("truncated", raw=raw)
        text = decode_page(raw, record.http_charset) if is_html else decode_text(raw)
        return to_raw_document(visit, raw, text, Given(url=read_address(record)), is_html=is_html)
    except RefusedError as error:
        return reject_source(visit, error)
    except OSError:
        return reject_source(visit, RefusedError("damaged"))


def check_page(record: WarcRecord) -> bool:
    """Whether a record is HTML, not plain text; raises RefusedError where it is neither or no success."""
    if record.record_type == WarcRecordType.revisit:
        raise RefusedError("revisit")
    if record.record_type == WarcRecordType.response:
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status != OK:
            reason = "bad_record" if status is None else f"http_{status}"
            raise RefusedError(reason, f"The server answered with status {status}, not {OK}.")
        media_type = record.http_content_type
    else:
        media_type = record.headers.get("Content-Type")
    media_type = (media_type or "").partition(";")[0].strip().lower()
    is_text = record.record_type == WarcRecordType.conversion and media_type == "text/plain"
    if media_type not in PAGE_TYPES and not is_text:
        raise RefusedError("no_page", f"The record is {media_type[:100] or 'of no stated type'}, not a page.")
    return not is_text


def read_address(record: WarcRecord) -> str | None:
    """The address of a record's page."""
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None


def find_end(record: WarcRecord) -> int:
    """Where a record's block ends by its head, at the latest: some heads are longer than counted here."""
    head = sum(len(name) + len(value) + SHORTEST_MARKS for name, value in record.headers.items())
    return int(record.stream_pos) + head + int(record.headers.get("Content-Length") or 0)
