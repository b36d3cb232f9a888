"""Inputs from the web: which there are, how the store is brought up to date, and what it holds for them."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import httpx

from tasks.clean.encoding import decode_text
from tasks.clean.html import read_page
from tasks.clean.metadata import to_key
from tasks.clean.readers import Given, InputFile, Outcome, RawDocument, Reject
from tasks.clean.readers.documents import hash_bytes
from tasks.clean.web.address import is_address, name_host, normalize_address, parse_address
from tasks.clean.web.charsets import recode
from tasks.clean.web.client import Fetched, Validators, WebClient
from tasks.clean.web.failure import FetchError
from tasks.clean.web.feeds import (
    BAD_FEED,
    HEAD,
    explain_no_feed,
    is_address_list,
    is_feed,
    is_opml,
    read_address_list,
    read_feed,
    read_opml,
)
from tasks.clean.web.store import Page, Store, Version, choose_suffix

logger = logging.getLogger(__name__)

Result: TypeAlias = Fetched | FetchError
Read: TypeAlias = Callable[[InputFile], Iterator[Outcome]]
Progress: TypeAlias = Callable[[str, int, int], None]

LIST_SUFFIXES = (".txt",)
FEED_SUFFIXES = (".rss", ".atom", ".rdf")
OPML_SUFFIXES = (".opml",)
XML_SUFFIXES = (".xml",)
HOSTS_AT_ONCE = 8
NOT_FETCHED = "The address was never fetched; run without --offline."
EMPTY_FEED = "The feed holds no entry."
EMPTY_OPML = "The file lists no feed that can be read."
BARE_ENTRY = "The entry has neither an address nor a text."
BAD_LINE = "The line is no address."


class Source(NamedTuple):
    """An address that an input names, or a feed in a file; `is_feed` where it must be one."""

    uri: str
    is_feed: bool = False
    file: InputFile | None = None


class WebItem(NamedTuple):
    """What the store holds for one address: the body to read and what a feed says of it, or why there is none."""

    source_uri: str
    version: Version | None = None
    given: Given = Given()
    holds_given: bool = False
    reason: str | None = None
    detail: str | None = None
    failed_at: datetime | None = None


class Plan(NamedTuple):
    """The inputs of a run by kind: files to read, sources of the web, and lines of lists that are none."""

    files: list[InputFile]
    sources: list[Source]
    rejects: list[WebItem]

    @property
    def feed_files(self) -> list[InputFile]:
        """The files that are feeds."""
        return [source.file for source in self.sources if source.file is not None]


def plan_inputs(files: Iterable[InputFile], addresses: Iterable[str], max_bytes: int) -> Plan:
    """The files and addresses sorted by kind; files that list addresses or feeds are replaced by what they list."""
    plan = Plan([], [Source(normalize_address(address)) for address in addresses], [])
    for file in files:
        kind = find_kind(file, max_bytes)
        if kind is None:
            plan.files.append(file)
        elif kind == "feed":
            plan.sources.append(Source(file.source_uri, True, file))
        else:
            expand_file(file, kind, plan)
    return plan


@lru_cache(maxsize=1 << 18)
def find_kind(file: InputFile, max_bytes: int) -> str | None:
    """Whether a file is a feed, a list of feeds or of addresses, by its suffix, or by its head where that is vague."""
    suffix = file.path.suffix.lower()
    if file.problem is not None or file.size > max_bytes:
        return None
    if suffix in FEED_SUFFIXES or suffix in OPML_SUFFIXES:
        return "feed" if suffix in FEED_SUFFIXES else "opml"
    if suffix not in LIST_SUFFIXES + XML_SUFFIXES:
        return None
    try:
        with file.path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return None
    if suffix in LIST_SUFFIXES:
        return "list" if is_address_list(head) else None
    return "feed" if is_feed(head) else "opml" if is_opml(head) else None


def expand_file(file: InputFile, kind: str, plan: Plan) -> None:
    """Adds what a file lists to the plan."""
    raw = file.path.read_bytes()
    if kind == "opml":
        found = read_opml(raw)
        plan.sources.extend(Source(normalize_address(address), True) for address in found)
        if not found:
            plan.rejects.append(
                WebItem(file.source_uri, reason="bad_feed", detail=EMPTY_OPML, failed_at=modified_at(file))
            )
        return
    for number, line in read_address_list(raw):
        if is_address(line):
            plan.sources.append(Source(normalize_address(line)))
        else:
            plan.rejects.append(
                WebItem(f"{file.source_uri}#{number}", reason="bad_url", detail=BAD_LINE, failed_at=modified_at(file))
            )


def update_store(sources: Sequence[Source], store: Store, client: WebClient, progress: Progress | None = None) -> None:
    """Asks all addresses of the sources, the feeds among them and what they list, and keeps what is new."""
    asked: set[str] = set()
    for source in sources:
        if source.file is not None:
            update_feed_file(source, source.file, store)
    direct = [source.uri for source in sources if source.file is None]
    fetch_all(direct, asked, store, client, progress)
    listed = [feed for address in direct for feed in list_feeds(address, store)]
    fetch_all(listed, asked, store, client, progress)
    feeds = [source.uri for source in sources if source.file is not None] + direct + listed
    entries = [address for feed in feeds for address in list_pages(feed, store)]
    fetch_all(entries, asked, store, client, progress)


def update_feed_file(source: Source, file: InputFile, store: Store) -> None:
    """Notes the entries of a feed that lies in a file."""
    try:
        raw = file.path.read_bytes()
    except OSError:
        raw = b""
    feed = read_feed(raw)
    entries = feed.entries if feed is not None else ()
    store.save_entries(source.uri, entries, modified_at(file), is_whole=True)
    if feed is None:
        store.save_failure(source.uri, explain_no_feed(raw), modified_at(file))
    elif not entries:
        store.save_failure(source.uri, FetchError("empty", EMPTY_FEED), modified_at(file))


def modified_at(file: InputFile) -> datetime:
    """The file time, UTC, in whole seconds."""
    return datetime.fromtimestamp(file.modified_ns // 1_000_000_000, UTC)


def list_feeds(address: str, store: Store) -> list[str]:
    """The addresses of the feeds or pages that the document at an address lists, where it is a list."""
    page = store.find_page(address)
    versions = store.find_versions(address) if page is not None and page.kind in ("opml", "list") else []
    if page is None or not versions:
        return []
    raw = versions[0].path.read_bytes()
    found = read_opml(raw) if page.kind == "opml" else [line for _, line in read_address_list(raw)]
    return [normalize_address(item) for item in found]


def list_pages(feed: str, store: Store) -> list[str]:
    """The addresses that a feed asks to read: those of its entries of now, and of older ones that may yet succeed."""
    current = {entry.key for entry in store.find_entries(feed, is_current=True)}
    found = []
    for entry in store.find_entries(feed):
        if entry.url is None or entry.page is not None:
            continue
        address = normalize_address(entry.url)
        page = store.find_page(address)
        if entry.key in current or page is None or page.is_transient:
            found.append(address)
    return found


def fetch_all(
    addresses: Iterable[str], asked: set[str], store: Store, client: WebClient, progress: Progress | None
) -> None:
    """Fetches the addresses that were not asked yet and keeps what they give."""
    todo = [address for address in dict.fromkeys(addresses) if address not in asked]
    asked.update(todo)
    known = {address: store.find_validators(address) if has_body(address, store) else None for address in todo}
    for done, (address, result) in enumerate(fetch_by_host(todo, known, client), start=1):
        keep_result(address, result, store, client)
        if progress is not None:
            progress("fetch", done, len(todo))


def has_body(address: str, store: Store) -> bool:
    """Whether the newest body of an address lies in the store."""
    versions = store.find_versions(address)
    return bool(versions) and versions[0].path.exists()


def fetch_by_host(
    addresses: Sequence[str], known: Mapping[str, Validators | None], client: WebClient
) -> Iterator[tuple[str, Result]]:
    """Each address with its response or failure as they come: several hosts at once, the addresses of one in order."""
    hosts: dict[str, deque[str]] = {}
    for address in addresses:
        hosts.setdefault(host_of(address), deque()).append(address)
    waiting = deque(hosts.values())
    running: dict[Future[Result], tuple[str, deque[str]]] = {}
    with ThreadPoolExecutor(HOSTS_AT_ONCE, thread_name_prefix="fetch") as pool:
        while waiting or running:
            while waiting and len(running) < HOSTS_AT_ONCE:
                line = waiting.popleft()
                address = line.popleft()
                running[pool.submit(try_fetch, client, address, known[address])] = (address, line)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                address, line = running.pop(future)
                if line:
                    waiting.append(line)
                yield address, future.result()


def try_fetch(client: WebClient, address: str, known: Validators | None) -> Result:
    """The response, or the failure."""
    try:
        return client.fetch(address, known)
    except FetchError as error:
        return error


def host_of(address: str) -> str:
    """The host and port of an address; empty for one that is refused anyway."""
    try:
        return name_host(parse_address(address))
    except FetchError:
        return ""


def keep_result(address: str, result: Result, store: Store, client: WebClient) -> None:
    """Keeps what an address gave; a failure does not undo what it gave before."""
    page = store.find_page(address)
    was_read = page is not None and page.kind is not None
    if isinstance(result, Fetched) and result.body is None and page is not None and page.kind is not None:
        store.save_success(address, page.kind, result)
        return
    error = result if isinstance(result, FetchError) else keep_body(address, result, result.body or b"", store)
    if error is not None and was_read:
        logger.warning("%s: %s What was read before is kept.", address, error.detail)
    elif error is not None:
        store.save_failure(address, error, client.clock.now().replace(microsecond=0))


def keep_body(address: str, fetched: Fetched, body: bytes, store: Store) -> FetchError | None:
    """Keeps a body, and the entries of a feed; the failure where it says that it is a feed but is none."""
    kind = find_body_kind(body, fetched.content_type)
    suffix = choose_suffix(fetched.content_type, httpx.URL(fetched.url).path, body)
    if kind == "feed":
        text = recode(body, fetched.charset) or body
        feed = read_feed(text, fetched.url)
        if feed is None:
            return explain_no_feed(text)
        store.save_entries(address, feed.entries, fetched.retrieved_at, is_whole=False)
    is_story = kind == "page" and suffix == ".html"
    versions = store.find_versions(address)
    if not versions or not is_same(versions[0], body, fetched.charset, is_story=is_story):
        sha256, file = store.save_body(body, suffix, fetched.charset)
        store.save_version(address, fetched, sha256, file, keeps_older=is_story)
    store.save_success(address, kind, fetched)
    return None


def is_same(version: Version, body: bytes, charset: str | None, *, is_story: bool) -> bool:
    """Whether a body says what the newest version says: the same bytes, or of a story the same words."""
    if not version.path.exists():
        return False
    if hash_bytes(body) == version.sha256 or not is_story:
        return hash_bytes(body) == version.sha256
    pages = [read_page(decode_text(raw) or "") for raw in (version.path.read_bytes(), recode(body, charset) or body)]
    keys = [to_key(f"{page.title} {page.text}") for page in pages if page is not None]
    return len(keys) == 2 and keys[0] == keys[1]


def find_body_kind(body: bytes, content_type: str) -> str:
    """Whether a body is a feed, a list of feeds, a list of addresses, or a page like any other."""
    if is_feed(body, content_type):
        return "feed"
    if is_opml(body):
        return "opml"
    return "list" if content_type == "text/plain" and is_address_list(body) else "page"


def list_items(plan: Plan, store: Store) -> Iterator[WebItem]:
    """What the store holds for the sources of a plan, each address once; those without a document are items too."""
    yield from plan.rejects
    seen: set[str] = set()
    for source in plan.sources:
        yield from find_items(source, store, seen)


def find_items(source: Source, store: Store, seen: set[str], *, is_listed: bool = False) -> Iterator[WebItem]:
    """The items of one source, unless it was seen."""
    if source.uri in seen:
        return
    seen.add(source.uri)
    page = store.find_page(source.uri)
    if source.file is not None or (page is not None and page.kind == "feed"):
        yield from find_entry_items(source, page, store, seen)
    elif page is not None and page.kind in ("opml", "list") and not is_listed:
        listed = [Source(address, page.kind == "opml") for address in list_feeds(source.uri, store)]
        for inner in listed:
            yield from find_items(inner, store, seen, is_listed=True)
        if not listed:
            yield WebItem(source.uri, reason="bad_feed", detail=EMPTY_OPML)
    elif source.is_feed and page is not None and page.kind is not None:
        yield WebItem(source.uri, reason="bad_feed", detail=BAD_FEED)
    else:
        yield from find_page_items(source.uri, page, store)


def find_entry_items(source: Source, page: Page | None, store: Store, seen: set[str]) -> Iterator[WebItem]:
    """The articles of a feed, those it held before too; the feed itself where there is none."""
    entries = list(store.find_entries(source.uri))
    if not entries:
        failed_at = modified_at(source.file) if source.file is not None else None
        has_failed = page is not None and page.reason is not None
        reason, detail = (page.reason, page.detail) if page is not None and has_failed else ("empty", EMPTY_FEED)
        yield WebItem(source.uri, reason=reason, detail=detail, failed_at=failed_at)
    for entry in entries:
        address = normalize_address(entry.url) if entry.url is not None else f"{source.uri}#{entry.key}"
        if address in seen:
            continue
        seen.add(address)
        if entry.page is not None:
            yield WebItem(address, entry.page, entry.given, holds_given=True)
        elif entry.url is None:
            yield WebItem(address, reason="bad_record", detail=BARE_ENTRY)
        else:
            for item in find_page_items(address, store.find_page(address), store):
                yield item._replace(given=entry.given)


def find_page_items(address: str, page: Page | None, store: Store) -> Iterator[WebItem]:
    """The versions of a page, the newest first, or why there is none."""
    versions = store.find_versions(address)
    if page is not None and page.kind is None:
        yield WebItem(address, reason=page.reason, detail=page.detail, failed_at=page.failed_at)
    elif page is None or not versions:
        yield WebItem(address, reason="not_fetched", detail=NOT_FETCHED)
    else:
        for version in versions:
            yield WebItem(address, version)


def read_item(item: WebItem, read: Read) -> Iterator[Outcome]:
    """The documents of an item, read as files are, with their address and what a feed that holds them says of them."""
    version = item.version
    if version is None:
        yield Reject(item.source_uri, item.reason or "not_fetched", item.detail or NOT_FETCHED, None, item.failed_at)
        return
    modified_ns = int(version.retrieved_at.timestamp()) * 1_000_000_000
    size = version.path.stat().st_size if version.path.exists() else 0
    for outcome in read(InputFile(version.path, item.source_uri, size, modified_ns)):
        if isinstance(outcome, RawDocument) and outcome.source_uri == item.source_uri:
            given = item.given if item.holds_given else outcome.given
            fallback = Given() if item.holds_given else item.given._replace(url=None, publisher=None)
            url = version.final_url if is_address(version.final_url) else None
            given = given._replace(url=given.url or url)
            yield outcome._replace(given=given, fallback=fallback, raw_sha256=version.sha256)
        else:
            yield outcome
