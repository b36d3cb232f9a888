"""Web pages that a browser saved as one file (MHTML, RFC 2557)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from tasks.clean.readers.documents import Given, Limits, Outcome, RefusedError, Source, read_whole
from tasks.clean.readers.text import decode_page, to_raw_document


def read_mhtml(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The page of an MHTML file, with its address; its date is when it was saved."""
    raw = read_whole(source, limits)
    try:
        message = message_from_bytes(raw)
        page = find_page(message)
        content = page.get_payload(decode=True) if page is not None else None
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise RefusedError("damaged", raw=raw) from error  # the parser stumbles over some broken heads
    if page is None or not isinstance(content, bytes):
        detail = "The file holds no page; save it again as .mhtml or .html."
        raise RefusedError("empty" if not raw.strip() else "damaged", detail if raw.strip() else None, raw)
    given = Given(url=read_header(message, "Snapshot-Content-Location") or read_header(page, "Content-Location"))
    document = to_raw_document(source, raw, decode_page(content, read_charset(page)), given, is_html=True)
    yield document._replace(retrieved_at=read_date(message) or source.retrieved_at)


def find_page(message: Message) -> Message | None:
    """The first HTML part, which is the page itself."""
    return next((part for part in message.walk() if part.get_content_type() == "text/html"), None)


def read_charset(part: Message) -> str | None:
    """The encoding a part states."""
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None


def read_header(part: Message, name: str) -> str | None:
    """A header that is an address."""
    value = str(part.get(name, "")).strip()
    return value if value.startswith(("http://", "https://")) else None


def read_date(message: Message) -> datetime | None:
    """The date header, UTC."""
    try:
        moment = parsedate_to_datetime(str(message.get("Date", "")))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
