"""A web server on loopback, with TLS or without, whose answers a test sets, and which remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple

DATE = "Mon, 02 Jan 2023 10:00:00 GMT"


class Answer(NamedTuple):
    """A response: status, headers, body; `play` writes the rest of it to the connection by hand."""

    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    play: Callable[[BaseHTTPRequestHandler], None] | None = None


class WebServer:
    """Answers by path; a list of answers is given out one by one, the last one again and again."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                owner.give(self, owner.choose(self.path))

            def date_time_string(self, timestamp: float | None = None) -> str:
                return DATE

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.scheme = "http" if context is None else "https"
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def url(self, path: str) -> str:
        return f"{self.scheme}://{self.host}{path}"

    def choose(self, path: str) -> Answer:
        answer = self.answers.get(path, Answer(404))
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer

    def give(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        etag = answer.headers.get("ETag")
        is_known = etag is not None and handler.headers.get("If-None-Match") == etag
        handler.send_response(304 if is_known else answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.play is None and "Content-Length" not in answer.headers and not is_known:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if not is_known:
            handler.wfile.write(answer.body)
        if answer.play is not None:
            answer.play(handler)


@contextmanager
def run_server(context: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    server = WebServer(context)
    thread = threading.Thread(target=server.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.server.shutdown()
        server.server.server_close()
        thread.join()


def html(story: str, title: str = "Title", head: str = "") -> Answer:
    """A page that holds a story."""
    paragraphs = "".join(f"<p>{part}</p>" for part in story.split("\n\n"))
    head = f"<head><title>{title}</title>{head}</head>"
    text = f"<html>{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, text.encode())
