"""What reading yields: raw documents, and rejects with a named reason and one sentence for a person."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias

from tasks.clean.encoding import drop_surrogates

DETAILS = {
    "archive_bomb": "The archive unpacks to far more than its size; what follows was not read. Unpack it yourself.",
    "bad_record": "The record cannot be read.",
    "binary": "The file holds no text; save it as text, HTML, JSON or CSV.",
    "damaged": "The file is damaged; what follows the damage was not read. Get it again.",
    "empty": "The file holds no text.",
    "encrypted": "The file is encrypted; save it without a password.",
    "nested_too_deep": "The archive lies too deep inside other archives; unpack the outer ones.",
    "no_page": "The record is no page: only HTML and text become articles.",
    "no_text": "The record holds no text of its own.",
    "not_a_file": "The member is a link, a device or a sparse file, not a plain file.",
    "revisit": "The page was the same at an earlier visit, which holds its text.",
    "too_large": "The file is larger than the limit for one article; split it.",
    "truncated": "The file breaks off; what is missing was not read. Get it again.",
    "unreadable": "The file or folder cannot be opened; check its permissions and links.",
    "unsafe_path": "The member's name leads out of the archive.",
    "unsafe_xml": "The file declares XML entities, which can blow up; save it without a DOCTYPE that does.",
    "unsupported_format": (
        "The format is not read; save it as .txt, .md, .html, .mhtml, .pdf, .xml (NITF, NewsML-G2), .json, .jsonl, "
        ".csv, .tsv, .parquet or .warc, or pack these as .zip, .tar, .gz, .bz2 or .xz."
    ),
}
PACKING_RATIO = 200


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
    retrieved_at: datetime | None
    fallback: Given = Given()


class Reject(NamedTuple):
    """An input that becomes no article: a named reason and one sentence for a person."""

    source_uri: str
    reason: str
    detail: str
    raw_sha256: str | None = None
    retrieved_at: datetime | None = None


Outcome: TypeAlias = RawDocument | Reject


class RefusedError(Exception):
    """A source, or the rest of it, is not read: for a named reason, told in one sentence."""

    def __init__(self, reason: str, detail: str | None = None, raw: bytes | None = None) -> None:
        """Takes the usual sentence of the reason unless another is given."""
        super().__init__(reason)
        self.reason = reason
        self.detail = detail or DETAILS[reason]
        self.raw_sha256 = None if raw is None else hash_bytes(raw)


class Limits(NamedTuple):
    """How much is read, and which columns a user says hold which field."""

    max_bytes: int
    max_unpacked_bytes: int
    columns: Mapping[str, str] = {}


@dataclass
class Budget:
    """How many bytes may still come out of the packed parts of one file."""

    left: int

    def spend(self, count: int) -> None:
        """Takes bytes off; raises RefusedError once more came out than may."""
        self.left -= count
        self.check()

    def check(self) -> None:
        """Raises RefusedError where more came out than may."""
        if self.left < 0:
            raise RefusedError("archive_bomb")


@dataclass(frozen=True)
class Source:
    """Bytes to read: the name says the format; size and time are what the file or archive claims, None if nothing."""

    source_uri: str
    name: str
    stream: io.BufferedIOBase
    size: int | None
    retrieved_at: datetime | None
    budget: Budget = field(default_factory=lambda: Budget(0))
    depth: int = 0


def open_budget(size: int, limits: Limits) -> Budget:
    """What may be unpacked from a file of a size: the limit for one article is always granted."""
    return Budget(max(limits.max_bytes, min(limits.max_unpacked_bytes, PACKING_RATIO * size)))


def reject_source(source: Source, error: RefusedError) -> Reject:
    """A source turned away."""
    return Reject(source.source_uri, error.reason, error.detail, error.raw_sha256, source.retrieved_at)


def read_whole(source: Source, limits: Limits) -> bytes:
    """All bytes of a source that holds one article; raises RefusedError where they are too many."""
    if source.size is not None and source.size > limits.max_bytes:
        raise RefusedError("too_large")
    raw = source.stream.read(limits.max_bytes + 1)
    if len(raw) > limits.max_bytes:
        raise RefusedError("too_large")
    return raw


def hash_bytes(raw: bytes) -> str:
    """The SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def make_unique(name: str, names: set[str]) -> str:
    """The name in Unicode, longer where it is taken; notes it as taken."""
    name = drop_surrogates(name)
    while name in names:
        name += "~"
    names.add(name)
    return name
