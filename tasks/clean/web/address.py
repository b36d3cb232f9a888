"""Addresses: what is one, its normal form, and which are refused."""

import ipaddress
import re
from pathlib import Path
from typing import TypeAlias

import httpx

from tasks.clean.web.failure import FetchError

Input: TypeAlias = Path | str

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
SCHEMES = ("http", "https")
LONGEST = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}
EMBEDDED_V4 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_address(text: str) -> bool:
    """Whether a text is an address of any scheme, not a path."""
    return ADDRESS.match(text) is not None


def to_input(item: Input) -> Input:
    """An input as the stage takes it: an address as text, anything else as a path."""
    return str(item) if is_address(str(item)) else Path(item)


def parse_address(text: str) -> httpx.URL:
    """The address in its normal form, without fragment; raises FetchError for one that is broken or refused."""
    if len(text) > LONGEST:
        raise FetchError("bad_url", f"The address is longer than {LONGEST} characters.")
    try:
        url = httpx.URL(text.strip())
        url = url.copy_with(raw_path=url.raw_path, fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError("bad_url", f"The address cannot be read: {error}.") from error
    if url.scheme not in SCHEMES:
        raise FetchError("refused_scheme", f"Only http and https are fetched, not {url.scheme or 'a bare path'}.")
    if not url.host:
        raise FetchError("bad_url", "The address names no host.")
    if url.userinfo:
        raise FetchError("refused_credentials", "The address holds a user name or password; take it out.")
    return url


def normalize_address(text: str) -> str:
    """The address in its normal form; one that is broken or refused as it came."""
    try:
        return str(parse_address(text))
    except FetchError:
        return text.strip()


def name_host(url: httpx.URL) -> str:
    """Host and port of an address, such as `example.org:443`."""
    return f"{url.host}:{url.port or DEFAULT_PORTS[url.scheme]}"


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open Internet: not private, loopback, link-local, reserved or multicast."""
    try:
        address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return all(part.is_global and not part.is_multicast and not part.is_reserved for part in unfold(address))


def unfold(address: IPAddress) -> list[IPAddress]:
    """The address, or those of IPv4 that an address of IPv6 stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if any(address in network for network in EMBEDDED_V4):
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour is not None:
        return [address.sixtofour]
    return [address, *(address.teredo or ())]
