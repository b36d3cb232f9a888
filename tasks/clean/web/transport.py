"""The way to the network: each name is resolved, each address checked before it is connected, each request timed."""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from tasks.clean.web.address import is_public
from tasks.clean.web.failure import FetchError

Resolve = Callable[[str, int], list[str]]
MAX_CONNECTIONS = 32


def resolve_host(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


class Deadline(threading.local):
    """Until when the request of this thread must be over, on the monotonic clock."""

    at: float | None = None

    def start(self, seconds: float) -> None:
        """Gives the thread's next request this many seconds."""
        self.at = time.monotonic() + seconds

    def limit(self, timeout: float | None) -> float | None:
        """The time that one operation may take; raises httpcore.ReadTimeout where none is left."""
        if self.at is None:
            return timeout
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)


class TimedStream(httpcore.NetworkStream):
    """A connection whose reads and writes end with the deadline, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        """Wraps an open connection."""
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        return self.stream.read(max_bytes, self.deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends bytes."""
        self.stream.write(buffer, self.deadline.limit(timeout))

    def close(self) -> None:
        """Closes the connection."""
        self.stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection under TLS."""
        secured = self.stream.start_tls(ssl_context, server_hostname, self.deadline.limit(timeout))
        return TimedStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows about itself."""
        return self.stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to addresses of the open Internet, and to those hosts and ports that are allowed by name."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline, resolve: Resolve = resolve_host) -> None:
        """Allows private addresses for `host:port` in `allowed`."""
        self.allowed = allowed
        self.deadline = deadline
        self.resolve = resolve
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """An open connection to the very address that was checked; raises FetchError where it is refused."""
        addresses = self.find_addresses(host, port)
        for number, address in enumerate(addresses, start=1):
            try:
                stream = self.inner.connect_tcp(address, port, self.deadline.limit(timeout), local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return TimedStream(stream, self.deadline)
        raise FetchError("unknown_host", f"The host {host} has no address.")

    def find_addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected; raises FetchError where there is none."""
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError("unknown_host", f"The host {host} cannot be resolved.", is_transient=True) from error
        if f"{host}:{port}" in self.allowed:
            return addresses
        public = [address for address in addresses if is_public(address)]
        if addresses and not public:
            detail = f"{host}:{port} is {addresses[0]}, no address of the open Internet; --allow-private permits one."
            raise FetchError("refused_address", detail)
        return public


class CoreStream(httpx.SyncByteStream):
    """The body of a response as httpx reads it."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        """Wraps the body of a httpcore response."""
        self.stream = stream

    def __iter__(self) -> Iterator[bytes]:
        """The chunks as they come."""
        yield from self.stream

    def close(self) -> None:
        """Gives the connection back."""
        if hasattr(self.stream, "close"):
            self.stream.close()


class GuardedTransport(httpx.BaseTransport):
    """A transport for httpx over guarded connections; its errors are those of httpcore and FetchError."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline, resolve: Resolve = resolve_host) -> None:
        """Opens no connection yet."""
        self.pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),  # SSL_CERT_FILE adds an authority
            max_connections=MAX_CONNECTIONS,
            network_backend=GuardedBackend(allowed, deadline, resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response to a request, its body not read yet."""
        url = request.url
        response = self.pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        stream = response.stream
        if not isinstance(stream, Iterable):
            raise httpcore.UnsupportedProtocol
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=CoreStream(stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Closes all connections."""
        self.pool.close()
