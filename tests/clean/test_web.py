"""Addresses and feeds through the stage, over a server on loopback: each ends as an article or a named reject."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.line import find_inputs
from tasks import storage
from tasks.clean.task import clean, is_stale
from tasks.clean.web.address import Input
from tasks.clean.web.edge import has_web_sources
from tasks.schemas import ARTICLES, REJECTED_ARTICLES
from tasks.settings import Settings
from tests.clean.conftest import STORY
from tests.clean.web_server import Answer, WebServer, html, run_server

TIME = 1_700_000_000


@pytest.fixture
def server() -> Iterator[WebServer]:
    with run_server() as running:
        yield running


@pytest.fixture
def web(settings: Settings, server: WebServer) -> Settings:
    return replace(settings, allow_private=(server.host,), fetch_delay=0.0)


def articles(settings: Settings) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = storage.read_dataset(settings.data_dir, ARTICLES).to_pylist()
    return sorted(rows, key=lambda row: (row["source_uri"], row["retrieved_at"]))


def rejects(settings: Settings) -> list[tuple[str, str]]:
    rows = storage.read_dataset(settings.data_dir, REJECTED_ARTICLES).to_pylist()
    return [(row["source_uri"], row["reason"]) for row in rows]


def story(number: int) -> str:
    return f"Report number {number} of the series came out.\n\n{STORY}"


def feed(server: WebServer, *items: str, head: str = "") -> Answer:
    text = f'<rss version="2.0"><channel><title>The Post</title>{head}{"".join(items)}</channel></rss>'
    return Answer(200, {"Content-Type": "application/rss+xml", "ETag": f'"{len(text)}"'}, text.encode())


def item(server: WebServer, number: int, more: str = "") -> str:
    return f"<item><title>Entry {number}</title><link>{server.url(f'/{number}')}</link>{more}</item>"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (TIME, TIME))
    return path


def test_page_becomes_an_article_with_its_address_and_the_date_of_the_response(
    server: WebServer, web: Settings
) -> None:
    server.answers |= {"/old": Answer(301, {"Location": "/new"}), "/new": html(STORY, "A bill is dropped")}
    assert clean([server.url("/old")], web).articles == 1
    (row,) = articles(web)
    assert (row["source_uri"], row["url"]) == (server.url("/old"), server.url("/new"))
    assert (row["title"], row["body"]) == ("A bill is dropped", STORY)
    assert str(row["retrieved_at"]) == "2023-01-02 10:00:00"


def test_unchanged_page_is_kept_and_nothing_is_written_again(server: WebServer, web: Settings) -> None:
    page = html(STORY)
    server.answers["/a"] = page._replace(headers={**page.headers, "ETag": '"1"'})
    inputs: list[Input] = [server.url("/a")]
    clean(inputs, web)
    before = {path: path.stat().st_mtime_ns for path in web.data_dir.rglob("*.parquet")}
    assert str(clean(inputs, web)) == "clean: nothing changed; 1 articles, 0 rejected."
    assert server.asked[-1][1]["if-none-match"] == '"1"'
    assert {path: path.stat().st_mtime_ns for path in web.data_dir.rglob("*.parquet")} == before
    assert not is_stale(inputs, web)
    assert has_web_sources(inputs, web)


def test_page_that_changed_around_its_story_is_the_same(server: WebServer, web: Settings) -> None:
    server.answers["/a"] = html(STORY, head="<meta name='visit' content='1'>")
    clean([server.url("/a")], web)
    server.answers["/a"] = html(STORY, head="<meta name='visit' content='2'>")
    assert clean([server.url("/a")], web).is_fresh


def test_newer_version_of_a_story_stands_beside_the_older(server: WebServer, web: Settings) -> None:
    server.answers["/a"] = html(STORY)
    clean([server.url("/a")], web)
    server.answers["/a"] = html(STORY.replace("66 people", "71 people"))
    assert clean([server.url("/a")], web).articles == 2
    assert {row["source_uri"] for row in articles(web)} == {server.url("/a")}


def test_page_that_is_gone_stays_an_article(server: WebServer, web: Settings) -> None:
    server.answers["/a"] = html(STORY)
    clean([server.url("/a")], web)
    server.answers["/a"] = Answer(410)
    assert clean([server.url("/a")], web).is_fresh
    assert len(articles(web)) == 1


def test_body_that_was_deleted_is_fetched_again(server: WebServer, web: Settings) -> None:
    page = html(STORY)
    server.answers["/a"] = page._replace(headers={**page.headers, "ETag": '"1"'})
    clean([server.url("/a")], web)
    (body,) = (web.web_dir / "bodies").rglob("*.html")
    body.unlink()
    clean([server.url("/a")], web, force=True)
    assert (len(articles(web)), rejects(web)) == (1, [])


def test_hosts_are_asked_side_by_side_and_all_are_read(server: WebServer, web: Settings) -> None:
    with run_server() as other:
        both = replace(web, allow_private=(server.host, other.host))
        addresses = [host.url(f"/{number}") for number in range(4) for host in (server, other)]
        for number in range(4):
            server.answers[f"/{number}"] = other.answers[f"/{number}"] = html(story(number))
        assert clean(addresses, both).articles == 8
        assert server.paths == other.paths == ["/0", "/1", "/2", "/3"]


def test_offline_run_reads_what_was_fetched(server: WebServer, web: Settings) -> None:
    server.answers["/a"] = html(STORY)
    clean([server.url("/a")], web)
    asked = len(server.asked)
    offline = replace(web, offline=True)
    assert not has_web_sources([server.url("/a")], offline)
    assert clean([server.url("/a"), server.url("/b")], offline, force=True).articles == 1
    assert rejects(web) == [(server.url("/b"), "not_fetched")]
    assert len(server.asked) == asked


def test_address_without_an_article_is_a_reject_with_a_reason(server: WebServer, web: Settings) -> None:
    server.answers |= {
        "/robots.txt": Answer(200, {}, b"User-agent: *\nDisallow: /private"),
        "/short": html("Too short."),
        "/image": Answer(200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n"),
        "/large": Answer(200, {"Content-Length": "10000000000"}),
        "/out": Answer(302, {"Location": "http://127.0.0.1:1/"}),
        "/ok": html(STORY),
    }
    paths = ("/gone", "/private/a", "/short", "/image", "/large", "/out", "/ok")
    refused = ["file:///etc/passwd", "ftp://example.org/a", "http://me:secret@example.org/", "http://"]
    summary = clean([*map(server.url, paths), *refused], web)
    assert summary.articles == 1
    assert rejects(web) == sorted(
        [
            (server.url("/gone"), "http_404"),
            (server.url("/image"), "unsupported_format"),
            (server.url("/large"), "too_large"),
            (server.url("/out"), "refused_address"),
            (server.url("/private/a"), "robots"),
            (server.url("/short"), "short_body"),
            ("file:///etc/passwd", "refused_scheme"),
            ("ftp://example.org/a", "refused_scheme"),
            ("http://", "bad_url"),
            ("http://me:secret@example.org/", "refused_credentials"),
        ]
    )
    assert clean([*map(server.url, paths), *refused], web).is_fresh


def test_addresses_stay_addresses_among_the_inputs(settings: Settings, inbox: Path) -> None:
    write(inbox / "links.txt", "https://example.org/a\n")
    inputs = find_inputs(settings, ["https://example.org//a", str(inbox), "FTP://example.org"])
    assert inputs == ["https://example.org//a", inbox, "FTP://example.org"]
    assert has_web_sources([inbox], settings)
    assert not has_web_sources([inbox], replace(settings, offline=True))


def test_loopback_is_refused_unless_it_is_allowed(server: WebServer, settings: Settings) -> None:
    clean([server.url("/a")], settings)
    assert rejects(settings) == [(server.url("/a"), "refused_address")]
    assert server.asked == []


def test_feed_of_five_entries_gives_five_articles(server: WebServer, web: Settings) -> None:
    more = "<pubDate>Tue, 03 Jan 2023 10:00:00 +0200</pubDate><author>Jane Doe</author>"
    server.answers["/feed"] = feed(server, *(item(server, number, more if number == 1 else "") for number in range(5)))
    for number in range(5):
        title = "" if number == 1 else f"Page {number}"
        server.answers[f"/{number}"] = html(story(number), title)
    inputs: list[Input] = [server.url("/feed")]
    clean(inputs, replace(web, batch_size=2))
    rows = articles(web)
    assert rejects(web) == []
    assert [row["url"] for row in rows] == [server.url(f"/{number}") for number in range(5)]
    assert [row["title"] for row in rows] == ["Page 0", "Entry 1", "Page 2", "Page 3", "Page 4"]
    assert (rows[1]["byline"], str(rows[1]["published_at"])) == ("Jane Doe", "2023-01-03 08:00:00")
    assert server.paths == ["/feed", "/0", "/1", "/2", "/3", "/4"]


def test_entries_that_left_the_feed_stay_and_are_not_asked_again(server: WebServer, web: Settings) -> None:
    server.answers |= {f"/{number}": html(story(number)) for number in (1, 2)}
    server.answers["/feed"] = feed(server, item(server, 1))
    clean([server.url("/feed")], web)
    server.answers["/feed"] = feed(server, item(server, 2), head="<link>http://example.org</link>")
    assert clean([server.url("/feed")], web).articles == 2
    assert server.paths == ["/feed", "/1", "/feed", "/2"]


def test_feed_that_holds_its_articles_is_read_alone(server: WebServer, web: Settings) -> None:
    text = " ".join(f"Sentence {number} of the report said that the bridge was closed." for number in range(30))
    content = f"<description>&lt;p&gt;{text}&lt;/p&gt;</description><pubDate>Tue, 03 Jan 2023 10:00:00 GMT</pubDate>"
    server.answers["/feed"] = feed(server, item(server, 1, content), f"<item><title>Bare</title>{content}</item>")
    clean([server.url("/feed")], web)
    assert server.paths == ["/feed"]
    first, second = articles(web)
    assert [first["source_uri"], second["source_uri"]] == [server.url("/1"), server.url("/feed#Bare")]
    assert [first["url"], second["url"]] == [server.url("/1"), None]
    assert (first["body"], first["title"], first["publisher"]) == (text, "Entry 1", "The Post")
    assert str(first["published_at"]) == "2023-01-03 10:00:00"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'<!DOCTYPE rss [<!ENTITY a "a">]><rss version="2.0"><channel/></rss>', "unsafe_xml"),
        (b"nothing like a feed", "bad_feed"),
        (b'<rss version="2.0"><channel><title>T</title></channel></rss>', "empty"),
        (b'<rss version="2.0"><channel><item></item></channel></rss>', "bad_record"),
    ],
)
def test_broken_feed_is_one_reject(server: WebServer, web: Settings, body: bytes, reason: str) -> None:
    server.answers["/feed"] = Answer(200, {"Content-Type": "application/rss+xml"}, body)
    clean([server.url("/feed")], web)
    assert [found for _, found in rejects(web)] == [reason]


def test_charset_of_the_response_is_used(server: WebServer, web: Settings) -> None:
    page = html(STORY.replace("Police", "The café’s police")).body
    body = page.decode().encode("cp1252")
    server.answers["/a"] = Answer(200, {"Content-Type": "text/html; charset=windows-1252"}, body)
    clean([server.url("/a")], web)
    assert "The café’s police" in articles(web)[0]["body"]


def test_files_that_list_addresses_and_feeds_are_followed(server: WebServer, web: Settings, inbox: Path) -> None:
    server.answers |= {f"/{number}": html(story(number)) for number in (1, 2, 3)}
    server.answers["/feed"] = feed(server, item(server, 2), item(server, 1))
    write(inbox / "links.txt", f"# news\n{server.url('/1')}\n{server.url('/1#again')}\n")
    write(inbox / "feeds.opml", f'<opml><body><outline xmlUrl="{server.url("/feed")}"/></body></opml>')
    write(inbox / "kept.rss", feed(server, item(server, 3)).body.decode())
    write(inbox / "story.txt", STORY)
    clean([inbox], web)
    assert rejects(web) == []
    found = [row["source_uri"] for row in articles(web)]
    assert found == [*(server.url(f"/{number}") for number in (1, 2, 3)), "inbox/story.txt"]
    assert sorted(server.paths) == ["/1", "/2", "/3", "/feed"]
    assert not is_stale([inbox], web)
    write(inbox / "kept.rss", feed(server, item(server, 1)).body.decode())
    os.utime(inbox / "kept.rss", (TIME + 1, TIME + 1))
    assert is_stale([inbox], web)


def test_lists_that_hold_nothing_of_use_are_rejects(server: WebServer, web: Settings, inbox: Path) -> None:
    write(inbox / "a.rss", "no feed")
    write(inbox / "b.opml", "<opml><body/></opml>")
    write(inbox / "c.opml", f'<opml><body><outline xmlUrl="{server.url("/page")}"/></body></opml>')
    server.answers["/page"] = html(STORY)
    clean([inbox], web)
    assert rejects(web) == [
        (server.url("/page"), "bad_feed"),
        ("inbox/a.rss", "bad_feed"),
        ("inbox/b.opml", "bad_feed"),
    ]


def test_same_responses_give_the_same_bytes_anywhere(server: WebServer, web: Settings, tmp_path: Path) -> None:
    server.answers |= {f"/{number}": html(story(number)) for number in range(4)}
    server.answers["/feed"] = feed(server, *(item(server, number) for number in range(4)))
    other = replace(web, data_dir=tmp_path / "other")
    for settings in (web, other):
        clean([server.url("/feed")], settings)
    read = [{p.name: p.read_bytes() for p in s.data_dir.rglob("*.parquet")} for s in (web, other)]
    assert read[0] == read[1]
