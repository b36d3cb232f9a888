"""What was fetched: bodies by content, and an index of addresses, feeds and their entries, under data/clean/web."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tasks.clean.readers import Given
from tasks.clean.web.charsets import recode
from tasks.clean.web.client import Fetched, Validators
from tasks.clean.web.failure import FetchError
from tasks.clean.web.feeds import Entry
from tasks.storage import write_bytes

SCHEMA = """
create table if not exists pages (
    url text primary key, kind text, reason text, detail text, is_transient integer, failed_at text,
    final_url text, etag text, last_modified text
);
create table if not exists versions (
    url text, sha256 text, file text, final_url text, retrieved_at text, primary key (url, sha256)
);
create table if not exists entries (
    feed text, key text, number integer, url text, given text, page_sha256 text, page_file text, retrieved_at text,
    is_current integer, primary key (feed, key)
);
"""
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/zip": ".zip",
    "application/warc": ".warc",
    "multipart/related": ".mhtml",
}
VAGUE_TYPES = ("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/gzip")
PATH_SUFFIXES = (
    ".warc.gz", ".tar.gz", ".jsonl.gz", ".json.gz", ".csv.gz", ".tsv.gz", ".txt.gz", ".html.gz", ".xml.gz", ".tgz",
    ".warc", ".tar", ".zip", ".gz", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".pdf", ".xml", ".mhtml",
    ".mht", ".html", ".htm", ".md", ".txt",
)  # fmt: skip
HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body")


class Page(NamedTuple):
    """What is known of an address: what kind of document it gave, and why the last request gave none."""

    url: str
    kind: str | None
    reason: str | None
    detail: str | None
    is_transient: bool
    failed_at: datetime | None


class Version(NamedTuple):
    """A body that an address gave."""

    sha256: str
    path: Path
    final_url: str
    retrieved_at: datetime


class KeptEntry(NamedTuple):
    """An entry that a feed held once: what it says, and its own page where it held the article."""

    key: str
    url: str | None
    given: Given
    page: Version | None


class Store:
    """The bodies and the index of one data folder; usable by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Opens the store, an empty one where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.database = sqlite3.connect(folder / "index.sqlite")
        self.database.executescript(SCHEMA)

    def __enter__(self) -> "Store":
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the index."""
        self.database.close()

    def find_page(self, url: str) -> Page | None:
        """What is known of an address."""
        query = "select url, kind, reason, detail, is_transient, failed_at from pages where url = ?"
        row = self.database.execute(query, (url,)).fetchone()
        if row is None:
            return None
        url, kind, reason, detail, is_transient, failed_at = row
        return Page(url, kind, reason, detail, bool(is_transient), to_moment(failed_at))

    def find_validators(self, url: str) -> Validators | None:
        """What lets the server say that the newest body of an address is still the one it has."""
        query = "select final_url, etag, last_modified from pages where url = ? and kind is not null"
        row = self.database.execute(query, (url,)).fetchone()
        return None if row is None else Validators(*row)

    def find_versions(self, url: str) -> list[Version]:
        """The bodies of an address, the newest first."""
        columns = "sha256, file, final_url, retrieved_at"
        query = f"select {columns} from versions where url = ? order by retrieved_at desc, sha256"
        return [self.to_version(*row) for row in self.database.execute(query, (url,))]

    def to_version(self, sha256: str, file: str, final_url: str, retrieved_at: str) -> Version:
        """A version as it lies in the index."""
        return Version(sha256, self.folder / file, final_url, datetime.fromisoformat(retrieved_at))

    def save_body(self, body: bytes, suffix: str, charset: str | None = None) -> tuple[str, str]:
        """Keeps a body under its hash; the hash and the name of the file to read: it is UTF-8 or shows what it is."""
        sha256 = hashlib.sha256(body).hexdigest()
        name = self.write(sha256, suffix, body)
        recoded = recode(body, charset)
        return sha256, name if recoded is None else self.write(hashlib.sha256(recoded).hexdigest(), suffix, recoded)

    def write(self, sha256: str, suffix: str, body: bytes) -> str:
        """The name of the file that holds a body, which is written unless it is there."""
        name = f"bodies/{sha256[:2]}/{sha256}{suffix}"
        if not (self.folder / name).exists():
            write_bytes(self.folder / name, body)
        return name

    def save_version(self, url: str, fetched: Fetched, sha256: str, file: str, *, keeps_older: bool) -> None:
        """Notes the newest body of an address."""
        with self.database:
            if not keeps_older:
                self.database.execute("delete from versions where url = ?", (url,))
            row = (url, sha256, file, fetched.url, fetched.retrieved_at.isoformat())
            self.database.execute("insert or replace into versions values (?, ?, ?, ?, ?)", row)

    def save_success(self, url: str, kind: str, fetched: Fetched) -> None:
        """Notes that an address answered, and how to ask it next time."""
        row = (url, kind, None, None, 0, None, fetched.url, fetched.etag, fetched.last_modified)
        with self.database:
            self.database.execute("insert or replace into pages values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def save_failure(self, url: str, error: FetchError, failed_at: datetime) -> None:
        """Notes why an address gave nothing; the time is that of the first such failure in a row."""
        page = self.find_page(url)
        if page is not None and (page.reason, page.detail) == (error.reason, error.detail):
            return
        row = (url, None, error.reason, error.detail, error.is_transient, failed_at.isoformat(), None, None, None)
        with self.database:
            self.database.execute("insert or replace into pages values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def save_entries(self, feed: str, entries: Sequence[Entry], retrieved_at: datetime, *, is_whole: bool) -> None:
        """Notes what a feed holds now; what it held before stays unless the source is whole at any time."""
        with self.database:
            if is_whole:
                self.database.execute("delete from entries where feed = ?", (feed,))
            self.database.execute("update entries set is_current = 0 where feed = ?", (feed,))
            for number, entry in enumerate(entries):
                self.save_entry(feed, number, entry, retrieved_at)

    def save_entry(self, feed: str, number: int, entry: Entry, retrieved_at: datetime) -> None:
        """Notes one entry; one that is the same as before keeps the time at which it was first read."""
        sha256, name = (None, None) if entry.page is None else self.save_body(entry.page.encode(), ".html")
        query = "select page_sha256, retrieved_at from entries where feed = ? and key = ?"
        before = self.database.execute(query, (feed, entry.key)).fetchone()
        moment = before[1] if before is not None and before[0] == sha256 else retrieved_at.isoformat()
        row = (feed, entry.key, number, entry.url, json.dumps(entry.given), sha256, name, moment, 1)
        self.database.execute("insert or replace into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def find_entries(self, feed: str, *, is_current: bool = False) -> Iterator[KeptEntry]:
        """The entries of a feed, those that it holds now first; only those if `is_current`."""
        query = (
            "select key, url, given, page_sha256, page_file, retrieved_at from entries"
            " where feed = ? and is_current >= ? order by is_current desc, number, key"
        )
        for key, url, given, sha256, file, moment in self.database.execute(query, (feed, int(is_current))).fetchall():
            page = None if sha256 is None else self.to_version(sha256, file, url or "", moment)
            yield KeptEntry(key, url, Given(*json.loads(given)), page)


def to_moment(text: str | None) -> datetime | None:
    """A time of the index."""
    return None if text is None else datetime.fromisoformat(text)


def choose_suffix(content_type: str, path: str, body: bytes) -> str:
    """The file suffix that says how a body is read, from its type, the path of its address, and its first bytes."""
    known = SUFFIXES.get(content_type)
    if known is not None and content_type not in VAGUE_TYPES:
        return known
    head = body[:512].lstrip().lower()
    if head.startswith(HTML_SIGNS):
        return ".html"
    named = next((suffix for suffix in PATH_SUFFIXES if path.lower().endswith(suffix)), None)
    return named or known or ".bin"
