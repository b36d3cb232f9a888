"""A polite client: robots.txt, a delay per host, retries, conditional requests, limits on size, time and redirects."""

import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import NamedTuple

import httpcore
import httpx
from protego import Protego

from tasks.clean.web.address import name_host, parse_address
from tasks.clean.web.failure import FetchError
from tasks.clean.web.transport import Deadline, GuardedTransport, Resolve, resolve_host

PRODUCT = "Dateline"
USER_AGENT = f"{PRODUCT}/{version('dateline-news')} (news intake; obeys robots.txt)"
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
OK = (200, 203)
REDIRECTS = (301, 302, 303, 307, 308)
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)
PIECE = 1 << 18
ANY_WINDOW, RAW_DEFLATE = 47, -15


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How politely and how patiently is asked; times in seconds."""

    delay: float = 1.0
    longest_delay: float = 30.0
    tries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
    redirects: int = 5
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    max_bytes: int = 20_000_000
    robots_max_bytes: int = 1_000_000
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Where the client gets its time from, and how it waits."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class Validators(NamedTuple):
    """What lets a server say that nothing changed since an address was read."""

    url: str
    etag: str | None
    last_modified: str | None


class Fetched(NamedTuple):
    """A response that was read whole: its final address, its body without content encoding, None where unchanged."""

    url: str
    body: bytes | None
    content_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    retrieved_at: datetime


@dataclass
class Gate:
    """When each host may be asked next."""

    clock: Clock
    next_at: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str, delay: float) -> None:
        """Waits for the host's turn; the turn after it comes `delay` seconds later."""
        with self.lock:
            now = self.clock.monotonic()
            start = max(now, self.next_at.get(host, now))
            self.next_at[host] = start + delay
        if start > now:
            self.clock.sleep(start - now)

    def postpone(self, host: str, seconds: float) -> None:
        """Leaves the host alone for this many seconds at least."""
        with self.lock:
            self.next_at[host] = max(self.next_at.get(host, 0.0), self.clock.monotonic() + seconds)


class WebClient:
    """Fetches addresses, from several threads if need be; each failure is a FetchError with a named reason."""

    def __init__(self, manners: Manners, clock: Clock | None = None, resolve: Resolve = resolve_host) -> None:
        """Opens no connection yet."""
        self.manners = manners
        self.clock = clock or Clock()
        self.gate = Gate(self.clock)
        self.deadline = Deadline()
        self.robots: dict[str, Protego | FetchError] = {}
        self.locks: dict[str, threading.Lock] = {}
        self.http = httpx.Client(
            transport=GuardedTransport(manners.allowed, self.deadline, resolve),
            headers={"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(manners.read_timeout, connect=manners.connect_timeout),
            trust_env=False,
        )

    def __enter__(self) -> "WebClient":
        """The client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes all connections."""
        self.http.close()

    def fetch(self, address: str, known: Validators | None = None) -> Fetched:
        """The response to an address, its body None where the server says that what is known has not changed."""
        return self.insist(address, known, obeys_robots=True)

    def insist(self, address: str, known: Validators | None, *, obeys_robots: bool) -> Fetched:
        """The response after as many tries as it takes and manners allow."""
        for attempt in range(self.manners.tries):
            try:
                return self.follow(address, known, obeys_robots=obeys_robots)
            except FetchError as error:
                wait = self.manners.backoff * 2**attempt if error.retry_after is None else error.retry_after
                if not error.is_transient or attempt + 1 == self.manners.tries or wait > self.manners.longest_wait:
                    raise
                self.gate.postpone(name_host(parse_address(address)), wait)
        raise FetchError("timeout", "The address was not tried once.")

    def follow(self, address: str, known: Validators | None, *, obeys_robots: bool) -> Fetched:
        """The response at the end of the redirects, each of which is checked like the first address."""
        url = parse_address(address)
        for _ in range(self.manners.redirects + 1):
            rules = self.find_robots(url) if obeys_robots else None
            if rules is not None and not rules.can_fetch(str(url), PRODUCT):
                raise FetchError("robots", f"robots.txt of {url.host} asks not to read this address.")
            delay = (rules.crawl_delay(PRODUCT) or 0.0) if rules is not None else 0.0
            self.gate.wait(name_host(url), min(max(delay, self.manners.delay), self.manners.longest_delay))
            answer = self.ask(url, known, self.manners.max_bytes if obeys_robots else self.manners.robots_max_bytes)
            if isinstance(answer, Fetched):
                return answer
            url = parse_address(answer)
        raise FetchError("too_many_redirects", f"The address redirects more than {self.manners.redirects} times.")

    def find_robots(self, url: httpx.URL) -> Protego:
        """The robots.txt of a host, read once a run; raises FetchError where the host does not let it be read."""
        origin = f"{url.scheme}://{url.netloc.decode()}"
        with self.locks.setdefault(origin, threading.Lock()):
            if origin not in self.robots:
                self.robots[origin] = self.load_robots(f"{origin}/robots.txt")
        found = self.robots[origin]
        if isinstance(found, FetchError):
            raise FetchError(found.reason, found.detail)
        return found

    def load_robots(self, address: str) -> Protego | FetchError:
        """The rules that a robots.txt states: all is allowed where there is none, nothing while a server fails."""
        try:
            fetched = self.insist(address, None, obeys_robots=False)
        except FetchError as error:
            if error.reason == "too_many_redirects" or (error.reason.startswith("http_4") and not error.is_transient):
                return Protego.parse("")
            if error.reason.startswith("http_"):
                return FetchError("robots", f"{address} answers {error.reason[5:]}, so the host is left alone.")
            return error
        return Protego.parse((fetched.body or b"").decode("utf-8", "replace"))

    def ask(self, url: httpx.URL, known: Validators | None, max_bytes: int) -> Fetched | str:
        """The response of one request, or the address it redirects to."""
        self.deadline.start(self.manners.total_timeout)
        try:
            with self.http.stream("GET", url, headers=make_condition(url, known)) as response:
                return self.read(response, url, max_bytes, is_known=known is not None)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            detail = f"{url.host} did not answer in time."
            raise FetchError("timeout", detail, is_transient=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError, ValueError) as error:
            cause = str(error).rstrip(".") or type(error).__name__
            detail = f"The connection to {url.host} failed: {cause}."
            raise FetchError("connection_failed", detail, is_transient=True) from error

    def read(self, response: httpx.Response, url: httpx.URL, max_bytes: int, *, is_known: bool) -> Fetched | str:
        """What a response holds, or the address it redirects to; raises FetchError for a status that gives neither."""
        status = response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return join(url, response.headers["location"])
        if status not in OK and not (status == 304 and is_known):
            wait = self.read_retry_after(response.headers.get("retry-after"))
            detail = f"The server answers {status}" + ("." if wait is None else " and asks to wait.")
            raise FetchError(f"http_{status}", detail, is_transient=status in TRANSIENT, retry_after=wait)
        return Fetched(
            url=str(url),
            body=None if status == 304 else read_body(response, max_bytes),
            content_type=response.headers.get("content-type", "").split(";")[0].strip().lower(),
            charset=response.charset_encoding,
            etag=read_validator(response, "etag"),
            last_modified=read_validator(response, "last-modified"),
            retrieved_at=parse_http_date(response.headers.get("date")) or self.clock.now().replace(microsecond=0),
        )

    def read_retry_after(self, text: str | None) -> float | None:
        """The seconds that a Retry-After header stands for."""
        if text is None:
            return None
        if text.strip().isdecimal():
            return float(text.strip()[:9])
        moment = parse_http_date(text)
        return None if moment is None else max(0.0, (moment - self.clock.now()).total_seconds())


def make_condition(url: httpx.URL, known: Validators | None) -> dict[str, str]:
    """The headers that ask for a body only where it changed."""
    if known is None or known.url != str(url):
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return {name: value for name, value in pairs if value is not None}


def read_validator(response: httpx.Response, name: str) -> str | None:
    """A header that is sent back as it came, or None for one that cannot be sent."""
    value = response.headers.get(name)
    return value if value is not None and value.isascii() else None


def join(url: httpx.URL, location: str) -> str:
    """The address that a redirect leads to."""
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("bad_url", f"The address redirects to one that cannot be read: {error}.") from error


def parse_http_date(text: str | None) -> datetime | None:
    """The moment of an HTTP header, UTC."""
    try:
        moment = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, OverflowError):
        return None
    return None if moment is None or moment.tzinfo is None else moment.astimezone(UTC)


def read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """The body without its content encoding; raises FetchError as soon as it is larger than allowed."""
    claimed = response.headers.get("content-length", "")
    if claimed.isdecimal() and int(claimed) > max_bytes:
        raise too_large(max_bytes)
    encoding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError("bad_encoding", f"The body is encoded as {encoding}, which was not asked for.")
    chunks = response.iter_raw() if encoding == "identity" else inflate(response.iter_raw())
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise too_large(max_bytes)
    return bytes(body)


def too_large(max_bytes: int) -> FetchError:
    """The failure of a body over the limit."""
    return FetchError("too_large", f"The body is larger than {max_bytes} bytes.")


def inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The content of gzip or deflate in small pieces, whatever a chunk expands to."""
    stream = zlib.decompressobj(ANY_WINDOW)
    is_first, has_begun = True, False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if stream.eof:
                    stream, is_first, has_begun = zlib.decompressobj(ANY_WINDOW), False, False
                try:
                    piece = stream.decompress(rest, PIECE)
                except zlib.error:
                    if has_begun:
                        raise
                    if not is_first:
                        return  # padding behind the end
                    stream = zlib.decompressobj(RAW_DEFLATE)
                    piece = stream.decompress(rest, PIECE)
                has_begun = True
                rest = stream.unused_data if stream.eof else stream.unconsumed_tail
                yield piece
        while not stream.eof and (piece := stream.decompress(b"", PIECE)):
            yield piece
    except zlib.error as error:
        raise FetchError("bad_encoding", f"The compressed body is broken: {error}.") from error
    if has_begun and not stream.eof:
        raise FetchError("bad_encoding", "The compressed body breaks off.")
