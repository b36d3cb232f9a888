"""Formats beyond text and JSON: what each becomes, with the metadata it carries; and records of other tools."""

import bz2
import gzip
import io
import json
import lzma
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.clean.readers import Given, RawDocument, Reject, keep_stdin, list_files, parse_column, read_documents
from tasks.clean.readers.sniff import sniff_suffix
from tests.clean.conftest import STORY
from tests.clean.made_files import (
    NEWSML,
    NITF,
    PAGE,
    PARAGRAPHS,
    make_files,
    make_mhtml,
    make_parquet,
    make_pdf,
    make_record,
    make_response,
    make_tar,
    make_zip,
)

LIMIT = 100_000
NOON = datetime(2023, 3, 9, 12, tzinfo=UTC)


def read(folder: Path, name: str, content: bytes, **options: Any) -> list[RawDocument | Reject]:
    (folder / name).write_bytes(content)
    return list(read_documents(list_files([folder]), max_bytes=LIMIT, **options))


def read_one(folder: Path, name: str, content: bytes, **options: Any) -> RawDocument:
    (document,) = read(folder, name, content, **options)
    assert isinstance(document, RawDocument)
    return document


def outline(outcomes: list[RawDocument | Reject]) -> list[tuple[str, str]]:
    """URIs with the text, or the reason in brackets."""
    return [
        (item.source_uri.removeprefix("inbox/"), f"[{item.reason}]" if isinstance(item, Reject) else item.text)
        for item in outcomes
    ]


@pytest.mark.parametrize(("name", "content"), make_files().items(), ids=list(make_files()))
def test_file_of_every_format_holds_the_story(inbox: Path, name: str, content: bytes) -> None:
    documents = [item for item in read(inbox, name, content) if isinstance(item, RawDocument)]
    assert documents
    for document in documents:
        assert "The government said on Monday that it would withdraw" in document.text
        assert "Police said 66 people had been arrested." in document.text


def test_saved_page_keeps_its_address_and_day(inbox: Path) -> None:
    document = read_one(inbox, "a.mhtml", make_mhtml(PAGE))
    assert document.is_html
    assert document.text.strip() == PAGE
    assert (document.given, document.retrieved_at) == (Given(url="https://example.org/a"), NOON)


def test_nitf_gives_its_metadata_and_paragraphs(inbox: Path) -> None:
    document = read_one(inbox, "a.xml", NITF.encode())
    assert document.text == f"TBILISI, March 9 — {STORY}"
    assert document.given == Given(
        "Ruling party drops bill",
        "Rallies go on",
        "20230309T101500Z",
        "Jane Doe, John Roe",
        "The Post",
        "https://example.org/a",
    )


def test_message_gives_its_items_and_rejects_the_picture(inbox: Path) -> None:
    document, picture = read(inbox, "a.xml", NEWSML.encode())
    assert isinstance(document, RawDocument)
    assert (document.source_uri, document.text) == ("inbox/a.xml#1", f"TBILISI, March 9 — {STORY}")
    assert document.given == Given(
        "Ruling party drops bill", None, "2023-03-09T10:15:00Z", "Jane Doe", "Example Wire", None
    )
    assert outline([picture]) == [("a.xml#2", "[empty]")]


def test_only_pages_sent_with_success_leave_a_web_archive(inbox: Path) -> None:
    page = PAGE.encode()
    squeezed = make_response(gzip.compress(page, mtime=0), more="Content-Encoding: gzip\r\n")
    chunked = make_response(b"%x\r\n%b\r\n0\r\n\r\n" % (len(page), page), more="Transfer-Encoding: chunked\r\n")
    records = [
        make_record(b"software: x", kind="warcinfo", media_type="application/warc-fields"),
        make_record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        make_record(make_response(page), url="one"),
        make_record(squeezed, url="two"),
        make_record(chunked, url="three"),
        make_record(make_response(b"gone", "404 Not Found")),
        make_record(make_response(b"", "301 Moved", more="Location: /b\r\n")),
        make_record(make_response(b"\xff\xd8", media_type="image/jpeg")),
        make_record(page, kind="resource", media_type="text/html"),
        make_record(STORY.encode(), kind="conversion", media_type="text/plain"),
        make_record(make_response(b"<p>" + b"x" * LIMIT)),
        make_record(b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit"),
    ]
    outcomes = read(inbox, "a.warc.gz", b"".join(gzip.compress(record, mtime=0) for record in records))
    assert outline(outcomes) == [
        ("a.warc.gz#1", PAGE),
        ("a.warc.gz#2", PAGE),
        ("a.warc.gz#3", PAGE),
        ("a.warc.gz#4", "[http_404]"),
        ("a.warc.gz#5", "[http_301]"),
        ("a.warc.gz#6", "[no_page]"),
        ("a.warc.gz#7", PAGE),
        ("a.warc.gz#8", STORY),
        ("a.warc.gz#9", "[too_large]"),
        ("a.warc.gz#10", "[revisit]"),
    ]
    assert isinstance(outcomes[1], RawDocument)
    assert (outcomes[1].given.url, outcomes[1].retrieved_at) == ("https://example.org/two", NOON)


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
def test_page_is_read_in_the_encoding_that_the_server_states(inbox: Path, charset: str) -> None:
    page = "<html><p>Президент подписал закон.</p></html>"
    block = make_response(page.encode(charset), media_type=f"text/html; charset={charset}")
    assert read_one(inbox, "a.warc", make_record(block)).text == page


def test_page_is_read_in_the_encoding_that_it_states_itself(inbox: Path) -> None:
    page = '<html><head><meta charset="iso-8859-9"></head><p>Cumhurbaşkanı Gül ığdır</p></html>'
    assert read_one(inbox, "a.html", page.encode("iso-8859-9")).text == page


def test_table_in_parquet_is_read_row_by_row(inbox: Path) -> None:
    rows = [
        {"Headline": f"Title {n}", "Body": f"Text {n}.", "published": datetime(2023, 3, n + 1), "junk": b"\xff"}
        for n in range(5)
    ]
    rows.append({"Headline": "Six", "Body": None, "published": None, "junk": None})
    outcomes = read(inbox, "a.parquet", make_parquet(rows))
    assert outline(outcomes) == [*((f"a.parquet#{n + 1}", f"Text {n}.") for n in range(5)), ("a.parquet#6", "[empty]")]
    assert isinstance(outcomes[0], RawDocument)
    assert outcomes[0].given == Given("Title 0", date="2023-03-01T00:00:00")


def test_lines_of_a_pdf_become_paragraphs(inbox: Path) -> None:
    pages = [
        [
            (72, 760, 9, "Harbour Courier, 9 March 2023"),
            (72, 700, 20, "Ruling party drops bill"),
            (72, 676, 20, "after second night of rallies"),
            (72, 640, 11, "The government said on Monday that it would withdraw the contro-"),
            (72, 626, 11, "versial bill after tens of thousands of people demonstrated outside"),
            (72, 612, 11, "parliament for two nights in a row."),
            (72, 584, 11, "The opposition called the announcement a trick and said its self-"),
            (72, 570, 11, "declared council would go on with the rallies until all the"),
            (300, 30, 9, "Page 1 of 2"),
        ],
        [
            (72, 760, 9, "Harbour Courier, 9 March 2023"),
            (72, 740, 11, "detainees were free."),
            (84, 726, 11, "Police said 66 people had been arrested."),
            (300, 30, 9, "Page 2 of 2"),
        ],
    ]
    document = read_one(inbox, "a.pdf", make_pdf(pages))
    assert document.given.title == "Ruling party drops bill after second night of rallies"
    assert document.text.split("\n\n") == [
        "The government said on Monday that it would withdraw the controversial bill after tens of thousands of people "
        "demonstrated outside parliament for two nights in a row.",
        "The opposition called the announcement a trick and said its self-declared council would go on with the "
        "rallies until all the detainees were free.",
        "Police said 66 people had been arrested.",
    ]


def test_printed_page_gives_its_address(inbox: Path) -> None:
    lines = [(72, 700, 11, "One line of a story."), (20, 20, 8, "https://example.org/a 1/1")]
    document = read_one(inbox, "a.pdf", make_pdf([lines]))
    assert (document.text, document.given.url) == ("One line of a story.", "https://example.org/a")


def test_scan_without_text_says_so(inbox: Path) -> None:
    assert outline(read(inbox, "a.pdf", make_pdf([[]]))) == [("a.pdf", "[no_text]")]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_packed_lines_keep_their_numbers(inbox: Path, suffix: str, pack: Any) -> None:
    lines = b'{"text": "One."}\n{"text": "Two."}\n'
    name = f"a.jsonl{suffix}"
    assert outline(read(inbox, name, pack(lines))) == [(f"{name}#1", "One."), (f"{name}#2", "Two.")]


def test_packed_file_without_a_name_is_looked_at(inbox: Path) -> None:
    assert outline(read(inbox, "a.gz", gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n'))) == [
        ("a.gz#1", "One."),
        ("a.gz#2", "Two."),
    ]


@pytest.mark.parametrize(("name", "make"), [("a.zip", make_zip), ("a.tar", make_tar)])
def test_members_of_an_archive_are_named_below_it(inbox: Path, name: str, make: Any) -> None:
    files = {
        "./b.txt": b"Text.",
        "c/d.jsonl": b'{"text": "One."}',
        ".hidden.txt": b"x",
        "__MACOSX/e.txt": b"x",
        "f.jpg": b"x",
        "g.zip": make_zip({"h.txt": b"Inner."}),
    }
    outcomes = read(inbox, name, make(files))
    assert [(uri.replace("/./", "/"), text) for uri, text in outline(outcomes)] == [
        (f"{name}/b.txt", "Text."),
        (f"{name}/c/d.jsonl#1", "One."),
        (f"{name}/f.jpg", "[unsupported_format]"),
        (f"{name}/g.zip/h.txt", "Inner."),
    ]
    assert {item.retrieved_at for item in outcomes} == {NOON}


@pytest.mark.parametrize(
    ("record", "text", "given"),
    [
        (  # news-please
            {
                "title": "T",
                "maintext": "Text.",
                "text": None,
                "date_publish": "2023-03-09 10:15:00",
                "authors": ["Jane Doe"],
                "source_domain": "example.org",
                "url": "https://example.org/a",
                "description": "D",
            },
            "Text.",
            Given("T", None, "2023-03-09 10:15:00", "Jane Doe", "example.org", "https://example.org/a"),
        ),
        (  # newspaper
            {
                "url": "https://example.org/a",
                "source_url": "https://example.org",
                "title": "T",
                "text": "Text.",
                "authors": ["Jane Doe", "John Roe"],
                "publish_date": "2023-03-09T10:15:00",
            },
            "Text.",
            Given("T", None, "2023-03-09T10:15:00", "Jane Doe, John Roe", None, "https://example.org/a"),
        ),
        (  # fundus
            {
                "title": "T",
                "body": {"summary": ["Sum."], "sections": [{"headline": ["Head"], "paragraphs": ["One.", "Two."]}]},
                "publishing_date": "2023-03-09 10:15:00+00:00",
                "authors": ["Jane Doe"],
                "publisher": "The Post",
                "html": {"requested_url": "https://example.org/a", "content": "<html></html>"},
            },
            "Sum.\n\nHead\n\nOne.\n\nTwo.",
            Given("T", None, "2023-03-09 10:15:00+00:00", "Jane Doe", "The Post", None),
        ),
        (  # trafilatura
            {
                "title": "T",
                "author": "Jane Doe",
                "hostname": "example.org",
                "date": "2023-03-09",
                "raw_text": "One. Two.",
                "text": "One.\nTwo.",
                "source": "https://example.org/a",
                "source-hostname": "The Post",
            },
            "One.\nTwo.",
            Given("T", None, "2023-03-09", "Jane Doe", None, "https://example.org/a"),
        ),
        (  # a WordPress site
            {
                "title": {"rendered": "T"},
                "content": {"rendered": "<p>One.</p>\n<p>Two.</p>"},
                "date": "2023-03-09T10:15:00",
                "link": "https://example.org/a",
            },
            "<p>One.</p>\n<p>Two.</p>",
            Given("T", None, "2023-03-09T10:15:00", None, None, "https://example.org/a"),
        ),
    ],
    ids=["news-please", "newspaper", "fundus", "trafilatura", "wordpress"],
)
def test_records_of_other_tools_are_understood(inbox: Path, record: dict[str, Any], text: str, given: Given) -> None:
    document = read_one(inbox, "a.json", json.dumps(record).encode())
    assert (document.text, document.given) == (text, given)
    assert document.is_html == text.startswith("<p>")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'{"articles": [{"url": "https://example.org/a", "title": "T", "seendate": "20230309T101500Z"}]}'),
        ("a.csv", b"GLOBALEVENTID,SQLDATE,SOURCEURL\n1,20230309,https://example.org/a\n"),
    ],
)
def test_list_of_addresses_without_texts_is_rejected_with_the_address(inbox: Path, name: str, content: bytes) -> None:
    (reject,) = read(inbox, name, content)
    assert isinstance(reject, Reject)
    assert reject.reason == "no_text"
    assert "https://example.org/a" in reject.detail


def test_mapped_columns_come_first(inbox: Path) -> None:
    record = {"text": "Short.", "Meta": {"Full": "Long text."}, "title": "T", "kicker": "K"}
    columns = dict(map(parse_column, ["body=meta.full", "title=kicker"]))
    document = read_one(inbox, "a.json", json.dumps(record).encode(), columns=columns)
    assert (document.text, document.given.title) == ("Long text.", "K")


def test_mapped_column_makes_a_table_readable(inbox: Path) -> None:
    content = b"kopf,inhalt\nT,Text.\n"
    assert outline(read(inbox, "a.csv", content)) == [("a.csv", "[bad_record]")]
    assert read_one(inbox, "a.csv", content, columns={"text": "inhalt", "title": "kopf"}).text == "Text."


@pytest.mark.parametrize("text", ["body", "body=", "colour=red", "=x"])
def test_mapping_that_names_no_field_is_wrong(text: str) -> None:
    with pytest.raises(ValueError, match="is not FIELD=COLUMN"):
        parse_column(text)


@pytest.mark.parametrize(("name", "content"), make_files().items(), ids=list(make_files()))
def test_format_is_known_from_the_content(name: str, content: bytes) -> None:
    expected = Path(name).suffix.replace(".md", ".txt")
    assert sniff_suffix(content[:1000]) == expected


def test_standard_input_is_kept_under_its_content(tmp_path: Path) -> None:
    keep_stdin(io.BytesIO(b"old"), tmp_path)
    path = keep_stdin(io.BytesIO(f"<html>{PARAGRAPHS[0]}</html>".encode()), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.suffix == ".html"
    (document,) = read_documents(list_files([path]), max_bytes=LIMIT)
    assert document.retrieved_at is None


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("a.jsonl", json.dumps({"text": STORY * 20}).encode() + b"\n"),
        ("a.csv", b'https://example.org/a,"' + STORY.encode() * 20 + b'"\n'),
        ("a.warc", make_record(make_response(PAGE.encode() + b" " * 8000))),
        ("a.warc.gz", gzip.compress(make_record(make_response(PAGE.encode() + b" " * 8000)), mtime=0)),
    ],
)
def test_memory_is_that_of_a_record_however_large_the_file(inbox: Path, name: str, record: bytes) -> None:
    count = 1500
    (inbox / name).write_bytes((b"url,text\n" if name == "a.csv" else b"") + record * count)
    documents = read_documents(list_files([inbox]), max_bytes=LIMIT)
    next(documents)
    tracemalloc.start()
    rest = sum(isinstance(document, RawDocument) for document in documents)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rest == count - 1
    assert peak < 4_000_000
