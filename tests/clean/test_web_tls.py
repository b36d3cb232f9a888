"""Pages under TLS: the server's certificate must be of an authority that is trusted and name the host."""

import ssl
from pathlib import Path

import pytest
import trustme

from tasks.clean.web.client import Manners, WebClient
from tasks.clean.web.failure import FetchError
from tests.clean.web_server import Answer, run_server

LOOPBACK = "127.0.0.1"


def fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, trusts: bool, name: str) -> bytes:
    """The page of a server whose certificate names that host."""
    authority = trustme.CA()
    if trusts:
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    else:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with run_server(context) as server:
        server.answers["/"] = Answer(200, {"Content-Type": "text/html"}, b"<p>Secret</p>")
        manners = Manners(allowed=frozenset({server.host}), max_bytes=1000, tries=1, delay=0.0)
        with WebClient(manners) as client:
            return client.fetch(server.url("/")).body or b""


def test_page_is_fetched_under_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fetch(tmp_path, monkeypatch, trusts=True, name=LOOPBACK) == b"<p>Secret</p>"


@pytest.mark.parametrize(("trusts", "name"), [(False, LOOPBACK), (True, "elsewhere.example")])
def test_certificate_that_is_not_good_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusts: bool, name: str
) -> None:
    with pytest.raises(FetchError, match="certificate verify failed") as caught:
        fetch(tmp_path, monkeypatch, trusts=trusts, name=name)
    assert caught.value.reason == "connection_failed"
