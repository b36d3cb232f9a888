"""The polite client against a server on loopback: what is asked, how often, and what is refused for which reason."""

import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tasks.clean.web.address import is_public, normalize_address, parse_address
from tasks.clean.web.client import Clock, Fetched, Manners, Validators, WebClient
from tasks.clean.web.failure import FetchError
from tests.clean.web_server import Answer, WebServer, run_server

LIMIT = 100_000


class FakeTime:
    """A clock that a sleep puts forward at once."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.seconds += seconds

    def clock(self) -> Clock:
        now = datetime(2023, 1, 2, 10, tzinfo=UTC)
        return Clock(monotonic=lambda: self.seconds, sleep=self.sleep, now=lambda: now)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with run_server() as running:
        yield running


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def connect(server: WebServer, fake_time: FakeTime) -> Iterator[Callable[..., WebClient]]:
    clients: list[WebClient] = []

    def make(resolve: Any = None, **manners: Any) -> WebClient:
        settings = {"allowed": frozenset({server.host}), "max_bytes": LIMIT, **manners}
        options = {} if resolve is None else {"resolve": resolve}
        clients.append(WebClient(Manners(**settings), fake_time.clock(), **options))
        return clients[-1]

    yield make
    for client in clients:
        client.http.close()


def failure(client: WebClient, address: str) -> str:
    with pytest.raises(FetchError) as caught:
        client.fetch(address)
    return caught.value.reason


def test_page_comes_with_what_the_server_says_of_it(server: WebServer, connect: Callable[..., WebClient]) -> None:
    headers = {"Content-Type": "text/html; charset=ISO-8859-1", "ETag": '"1"', "Last-Modified": "yesterday"}
    server.answers["/a"] = Answer(200, headers, "é".encode("latin-1"))
    assert connect().fetch(server.url("/a#part")) == Fetched(
        url=server.url("/a"),
        body=b"\xe9",
        content_type="text/html",
        charset="iso-8859-1",
        etag='"1"',
        last_modified="yesterday",
        retrieved_at=datetime(2023, 1, 2, 10, tzinfo=UTC),
    )
    assert server.asked[-1][1]["user-agent"].startswith("Dateline/")


def test_what_is_known_is_asked_for_on_condition(server: WebServer, connect: Callable[..., WebClient]) -> None:
    server.answers["/a"] = Answer(200, {"ETag": '"1"'}, b"body")
    known = Validators(server.url("/a"), '"1"', "Sun, 01 Jan 2023 10:00:00 GMT")
    assert connect().fetch(server.url("/a"), known).body is None
    assert server.asked[-1][1]["if-none-match"] == '"1"'
    assert server.asked[-1][1]["if-modified-since"] == "Sun, 01 Jan 2023 10:00:00 GMT"


def test_five_redirects_are_followed_and_no_more(server: WebServer, connect: Callable[..., WebClient]) -> None:
    for number in range(6):
        server.answers[f"/{number}"] = Answer(301 + number % 2, {"Location": f"/{number + 1}"})
    server.answers["/6"] = Answer(200, {}, b"end")
    client = connect()
    assert client.fetch(server.url("/1"))[:2] == (server.url("/6"), b"end")
    assert failure(client, server.url("/0")) == "too_many_redirects"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "refused_scheme"),
        ("ftp://example.org/a", "refused_scheme"),
        ("http://user:secret@example.org/", "refused_credentials"),
        ("http://127.0.0.1:1/", "refused_address"),
        ("http://[::1]:1/", "refused_address"),
        ("http://[::ffff:127.0.0.1]:1/", "refused_address"),
        ("http://10.0.0.1/", "refused_address"),
        ("http://169.254.169.254/latest/meta-data", "refused_address"),
        ("http://2130706433:1/", "refused_address"),
        ("http://0x7f.1:1/", "refused_address"),
        ("http://0.0.0.0/", "refused_address"),
    ],
)
def test_redirect_to_where_nobody_should_go_is_refused(
    server: WebServer, connect: Callable[..., WebClient], location: str, reason: str
) -> None:
    server.answers["/a"] = Answer(302, {"Location": location})
    assert failure(connect(), server.url("/a")) == reason
    assert server.paths == ["/a"]


def test_name_that_leads_to_a_private_address_is_refused(server: WebServer, connect: Callable[..., WebClient]) -> None:
    client = connect(resolve=lambda host, port: ["192.168.0.7"] if host == "news.example" else ["127.0.0.1"])
    server.answers["/a"] = Answer(302, {"Location": "http://news.example/"})
    assert failure(client, server.url("/a")) == "refused_address"


def test_name_without_an_address_is_unknown(connect: Callable[..., WebClient]) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError

    assert failure(connect(resolve=resolve), "http://news.example/") == "unknown_host"


def test_other_port_of_an_allowed_host_is_refused(server: WebServer, connect: Callable[..., WebClient]) -> None:
    with run_server() as other:
        assert failure(connect(), other.url("/a")) == "refused_address"
        assert other.asked == []


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("no address", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, is_open: bool) -> None:
    assert is_public(address) is is_open


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" HTTP://Example.ORG:80/a b#c ", "http://example.org/a%20b"),
        ("https://bücher.example", "https://xn--bcher-kva.example/"),
        ("https://example.org/?q=1&utm=2", "https://example.org/?q=1&utm=2"),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_address_has_one_form(text: str, address: str) -> None:
    assert normalize_address(text) == address


def test_endless_address_is_refused() -> None:
    with pytest.raises(FetchError, match="bad_url"):
        parse_address("http://example.org/" + "a" * 5000)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418])
def test_final_status_is_not_asked_again(server: WebServer, connect: Callable[..., WebClient], status: int) -> None:
    server.answers["/a"] = Answer(status)
    assert failure(connect(), server.url("/a")) == f"http_{status}"
    assert server.paths == ["/a"]


def test_busy_server_is_asked_again_when_it_says(
    server: WebServer, connect: Callable[..., WebClient], fake_time: FakeTime
) -> None:
    server.answers["/a"] = [Answer(429, {"Retry-After": "7"}), Answer(503), Answer(200, {}, b"body")]
    assert connect(delay=0.0).fetch(server.url("/a")).body == b"body"
    assert fake_time.slept == [7.0, 2.0]


def test_retry_after_may_be_a_date(server: WebServer, connect: Callable[..., WebClient], fake_time: FakeTime) -> None:
    later = "Mon, 02 Jan 2023 10:00:09 GMT"
    server.answers["/a"] = [Answer(503, {"Retry-After": later}), Answer(200, {}, b"body")]
    assert connect(delay=0.0).fetch(server.url("/a")).body == b"body"
    assert fake_time.slept == [9.0]


def test_server_that_asks_for_an_hour_is_left_alone(
    server: WebServer, connect: Callable[..., WebClient], fake_time: FakeTime
) -> None:
    server.answers["/a"] = Answer(429, {"Retry-After": "3600"})
    assert failure(connect(delay=0.0), server.url("/a")) == "http_429"
    assert (server.paths, fake_time.slept) == (["/a"], [])


def test_server_that_stays_broken_is_given_up(server: WebServer, connect: Callable[..., WebClient]) -> None:
    server.answers["/a"] = Answer(502)
    assert failure(connect(), server.url("/a")) == "http_502"
    assert server.paths == ["/a"] * 3


def test_host_has_a_pause_between_requests(
    server: WebServer, connect: Callable[..., WebClient], fake_time: FakeTime
) -> None:
    client = connect(delay=1.5)
    for path in ("/a", "/b"):
        server.answers[path] = Answer(200, {}, b"body")
        client.fetch(server.url(path))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a", "/b"]
    assert fake_time.slept == [1.5, 1.5]


def test_robots_txt_is_obeyed(server: WebServer, connect: Callable[..., WebClient], fake_time: FakeTime) -> None:
    rules = b"User-agent: Dateline\nDisallow: /private\nCrawl-delay: 4\n\nUser-agent: *\nDisallow: /\n"
    server.answers |= {"/robots.txt": Answer(200, {}, rules), "/open": Answer(200, {}, b"body")}
    client = connect()
    assert client.fetch(server.url("/open")).body == b"body"
    assert failure(client, server.url("/private/a")) == "robots"
    client.fetch(server.url("/open"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/open", "/open"]
    assert fake_time.slept == [1.0, 4.0]


def test_redirect_is_no_way_around_robots_txt(server: WebServer, connect: Callable[..., WebClient]) -> None:
    server.answers |= {
        "/robots.txt": Answer(200, {}, b"User-agent: *\nDisallow: /private"),
        "/a": Answer(302, {"Location": "/private"}),
    }
    assert failure(connect(), server.url("/a")) == "robots"
    assert server.paths == ["/a"]


def test_host_whose_robots_txt_fails_is_left_alone(server: WebServer, connect: Callable[..., WebClient]) -> None:
    server.answers |= {"/robots.txt": Answer(500), "/a": Answer(200, {}, b"body")}
    client = connect()
    assert failure(client, server.url("/a")) == "robots"
    assert failure(client, server.url("/a")) == "robots"
    assert [path for path, _ in server.asked] == ["/robots.txt"] * 3


def encode_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"body" * 1000)),
        ("gzip", gzip.compress(b"body" * 400) + gzip.compress(b"body" * 600)),
        ("gzip", gzip.compress(b"body" * 1000) + b"\0" * 20),
        ("deflate", zlib.compress(b"body" * 1000)),
        ("deflate", encode_raw(b"body" * 1000)),
        ("identity", b"body" * 1000),
    ],
)
def test_compressed_body_is_unpacked(
    server: WebServer, connect: Callable[..., WebClient], encoding: str, body: bytes
) -> None:
    server.answers["/a"] = Answer(200, {"Content-Encoding": encoding}, body)
    assert connect().fetch(server.url("/a")).body == b"body" * 1000


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({}, b"x" * (LIMIT + 1), "too_large"),
        ({"Content-Length": "10000000000"}, b"", "too_large"),
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000), 9), "too_large"),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"body" * 1000)[:-10], "bad_encoding"),
        ({"Content-Encoding": "gzip"}, b"no gzip at all", "bad_encoding"),
        ({"Content-Encoding": "br"}, b"body", "bad_encoding"),
    ],
)
def test_body_that_cannot_be_taken_has_a_named_reason(
    server: WebServer, connect: Callable[..., WebClient], headers: dict[str, str], body: bytes, reason: str
) -> None:
    server.answers["/a"] = Answer(200, headers, body)
    assert failure(connect(), server.url("/a")) == reason
    assert server.paths == ["/a"]


def test_body_as_large_as_allowed_is_taken(server: WebServer, connect: Callable[..., WebClient]) -> None:
    server.answers["/a"] = Answer(200, {}, b"x" * LIMIT)
    assert len(connect().fetch(server.url("/a")).body or b"") == LIMIT


def test_connection_that_is_cut_is_tried_again(server: WebServer, connect: Callable[..., WebClient]) -> None:
    cut = Answer(200, {"Content-Length": "1000"}, b"half")
    server.answers["/a"] = [cut, Answer(200, {}, b"body")]
    client = connect()
    assert client.fetch(server.url("/a")).body == b"body"
    server.answers["/a"] = cut
    assert failure(client, server.url("/a")) == "connection_failed"


def test_host_that_does_not_listen_is_named(connect: Callable[..., WebClient]) -> None:
    with run_server() as gone:
        address, host = gone.url("/a"), gone.host
    assert failure(connect(allowed=frozenset({host})), address) == "connection_failed"


def drip(handler: BaseHTTPRequestHandler) -> None:
    try:
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            handler.server.dripping.wait(0.01)  # type: ignore[attr-defined]
    except OSError:
        pass


@pytest.mark.parametrize("headers", [{"Content-Length": "100"}, {}])
def test_body_that_drips_is_given_up_in_time(
    server: WebServer, connect: Callable[..., WebClient], headers: dict[str, str]
) -> None:
    server.server.dripping = threading.Event()  # type: ignore[attr-defined]
    server.answers |= {"/robots.txt": Answer(404), "/a": Answer(200, headers, play=drip)}
    client = connect(tries=1, total_timeout=0.2)
    assert failure(client, server.url("/a")) == "timeout"
    server.server.dripping.set()  # type: ignore[attr-defined]
