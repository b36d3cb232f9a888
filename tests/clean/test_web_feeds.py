"""Feeds, OPML and lists of addresses: what they are taken for and what is read from them."""

import os
import random

import pytest

from tasks.clean.html import read_page
from tasks.clean.readers import Given
from tasks.clean.web.charsets import find_codec, recode
from tasks.clean.web.feeds import Entry, find_root, is_address_list, is_feed, is_opml, read_feed, read_opml
from tasks.clean.web.store import choose_suffix

DAMAGED = int(os.environ.get("DATELINE_DAMAGED_FEEDS", "200"))
WORDS = "The minister said on Monday that the old bridge would be closed until spring. " * 12
ATOM = """<?xml version="1.0"?><!-- a --><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.org/"><title>T</title>
<entry><id>urn:1</id><title type="html">A &lt;b&gt;b&lt;/b&gt; &amp;amp; c</title><link rel="alternate" href="x/1"/>
<updated>2023-01-02T03:04:05+01:00</updated><author><name>Ann</name></author><author><name>Bob</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Too short, é.</p></div></content></entry></feed>"""


def rss(
    items: str, head: str = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
) -> bytes:
    return f"{head}<channel><title>The Post</title>{items}</channel></rss>".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_atom_is_read_in_any_encoding(encoding: str) -> None:
    feed = read_feed(ATOM.encode(encoding), "https://e.org/feed")
    given = Given("A b & c", None, "2023-01-02T02:04:05+00:00", "Ann, Bob", "T", "https://e.org/x/1")
    assert feed is not None
    assert feed.entries == (Entry("urn:1", "https://e.org/x/1", given, None),)


def test_feed_is_read_in_the_encoding_that_it_declares() -> None:
    raw = '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Café</title></channel></rss>'
    feed = read_feed(raw.encode("latin-1"))
    assert feed is not None
    assert feed.title == "Café"


@pytest.mark.parametrize(
    "raw",
    [
        b'<rss version="0.91"><channel><title>T</title><item><title>A</title><link>https://e.org/1</link></item></channel></rss>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel>'
        b"<title>T</title></channel><item><title>A</title><link>https://e.org/1</link></item></rdf:RDF>",
        b'<rss version="2.0"><channel><title>T</title><item><title>A</title><link>https://e.org/1</link></item><item><tit',
    ],
)
def test_old_and_broken_feeds_are_read_as_far_as_they_go(raw: bytes) -> None:
    feed = read_feed(raw)
    assert feed is not None
    assert feed.entries[0].url == "https://e.org/1"
    assert is_feed(raw)


@pytest.mark.parametrize("raw", [b"", b"no feed", b"<html><body>no</body></html>", bytes(range(256))])
def test_what_is_no_feed_is_none(raw: bytes) -> None:
    assert read_feed(raw) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_feed_that_declares_entities_is_none(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"/>'
    assert read_feed(text.encode(encoding)) is None


@pytest.mark.parametrize(
    ("item", "is_whole"),
    [
        (f"<content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded>", True),
        (f"<content:encoded><![CDATA[<p>{WORDS} […]</p>]]></content:encoded>", False),
        (f"<content:encoded><![CDATA[<p>{WORDS}</p><a href='/'>Continue reading</a>]]></content:encoded>", False),
        ("<content:encoded><![CDATA[<p>A few words.</p>]]></content:encoded>", False),
        (f"<description>{WORDS}</description>", False),
        (f"<description>{WORDS * 2}</description>", True),
    ],
)
def test_entry_holds_the_article_if_it_is_long_and_not_cut(item: str, is_whole: bool) -> None:
    feed = read_feed(rss(f"<item><title>A</title><link>https://e.org/1</link>{item}</item>"))
    assert feed is not None
    assert (feed.entries[0].page is not None) is is_whole


def test_content_of_an_entry_is_a_page_that_is_read_like_others() -> None:
    feed = read_feed(rss(f"<item><title>One &amp;amp; two</title><description>{WORDS * 2}</description></item>"))
    assert feed is not None
    page = read_page(feed.entries[0].page or "")
    assert page is not None
    assert page.title == "One & two"
    assert WORDS.strip() in page.text


def test_damaged_feed_breaks_nothing() -> None:
    chooser = random.Random(11)
    whole = [
        ATOM.encode(),
        rss(f"<item><title>A</title><link>https://e.org/1</link><pubDate>Mon</pubDate>{WORDS}</item>"),
    ]
    for _ in range(DAMAGED):
        raw = bytearray(chooser.choice(whole))
        for _ in range(chooser.randint(1, 20)):
            raw[chooser.randrange(len(raw))] = chooser.choice(b"<>&;\"'=/![]?-:\0\xff\xe9" + bytes(range(256)))
        feed = read_feed(bytes(raw[: chooser.randint(1, len(raw))]))
        assert feed is None or all(isinstance(entry, Entry) for entry in feed.entries)


def test_entries_of_one_id_stay_two_where_their_addresses_differ() -> None:
    items = "".join(f"<item><guid>g</guid><title>A</title><link>https://e.org/{n}</link></item>" for n in (1, 2, 2))
    feed = read_feed(rss(items))
    assert feed is not None
    assert [entry.url for entry in feed.entries] == ["https://e.org/1", "https://e.org/2"]


def test_opml_lists_feeds_and_reads_no_file() -> None:
    raw = (
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline xmlUrl="https://a.org/f" '
        b'text="&x;"/><outline text="g"><outline xmlUrl=" https://b.org/f "/></outline></body></opml>'
    )
    assert is_opml(raw)
    assert read_opml(raw) == ["https://a.org/f", "https://b.org/f"]
    assert read_opml(b"no xml") == []


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("https://e.org/1\n\n# more\r\nhttps://e.org/2\n", True),
        ("https://e.org/1", True),
        ("https://e.org/1\nA story about it.", False),
        ("See https://e.org/1\n", False),
        ("# only a comment\n", False),
        ("", False),
        ("https://e.org/page\n" * 1000, True),
    ],
)
def test_text_is_a_list_if_each_line_is_an_address(text: str, is_list: bool) -> None:
    assert is_address_list(text.encode()) is is_list


@pytest.mark.parametrize(
    ("raw", "root"),
    [
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- <a> --><!DOCTYPE x [ <!ELEMENT b ANY> ]><ns:feed/>", "feed"),
        (b"<html>", "html"),
        (b"text", None),
    ],
)
def test_root_is_found_behind_what_comes_before_it(raw: bytes, root: str | None) -> None:
    assert find_root(raw) == root


@pytest.mark.parametrize(
    ("body", "charset", "recoded"),
    [
        ("é".encode("latin-1"), "iso-8859-1", "é".encode()),
        ("“é”".encode("cp1252"), "latin1", "“é”".encode()),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет".encode()),
        ("é".encode(), "iso-8859-1", None),
        (b"plain", "koi8-r", None),
        ("é".encode("latin-1"), "utf-8", None),
        ("é".encode("latin-1"), "../../etc", None),
        ("é".encode("latin-1"), None, None),
    ],
)
def test_body_is_recoded_where_its_charset_is_needed(body: bytes, charset: str | None, recoded: bytes | None) -> None:
    assert recode(body, charset) == recoded


@pytest.mark.parametrize("name", ["hex", "zlib", "punycode", "no such"])
def test_codec_that_is_no_charset_is_not_used(name: str) -> None:
    assert find_codec(name) is None


@pytest.mark.parametrize(
    ("content_type", "path", "body", "suffix"),
    [
        ("text/html", "/a.php", b"", ".html"),
        ("text/html", "/a.pdf", b"", ".html"),
        ("application/pdf", "/a", b"", ".pdf"),
        ("text/plain", "/a.jsonl", b"{}", ".jsonl"),
        ("text/plain", "/a", b"words", ".txt"),
        ("application/octet-stream", "/a.WARC.gz", b"", ".warc.gz"),
        ("", "/a", b"\n<!DOCTYPE HTML><html>", ".html"),
        ("image/png", "/a", b"", ".bin"),
    ],
)
def test_suffix_says_how_a_body_is_read(content_type: str, path: str, body: bytes, suffix: str) -> None:
    assert choose_suffix(content_type, path, body) == suffix
