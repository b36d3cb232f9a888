"""Input that is broken or meant to harm: each ends as articles or as a reject with a named reason, none raises.

The fuzz tests read some hundred damaged files; `DATELINE_FUZZ=10000 pytest tests/clean/test_hostile_input.py` reads
that many.
"""

import gzip
import io
import json
import os
import random
import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.articles import clean_document
from tasks.clean.boilerplate import Rules
from tasks.clean.readers import Limits, Outcome, RawDocument, Reject, Source, open_budget, read_source
from tasks.clean.readers.documents import DETAILS
from tasks.clean.readers.formats import OPENERS, READERS
from tasks.clean.spool import Spool
from tasks.settings import DEFAULT_INPUT
from tests.clean.conftest import STORY
from tests.clean.made_files import (
    PAGE,
    make_files,
    make_member,
    make_parquet,
    make_record,
    make_response,
    make_tar,
    make_zip,
)

LIMIT = 10_000
TEN_GB = 10_000_000_000
LINE = b'{"text": "One."}\n'
INPUTS = int(os.environ.get("DATELINE_FUZZ", "300"))
REASON = re.compile("|".join([*DETAILS, "short_body", r"http_\d+"]))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB_XML = f'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY l0 "ha">{LAUGHS}]><nitf><body>&l9;</body></nitf>'
THIEF_XML = '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body>&x;</body></nitf>'


def read(name: str, content: bytes, *, max_bytes: int = LIMIT, max_unpacked_bytes: int = TEN_GB) -> list[Outcome]:
    limits = Limits(max_bytes, max_unpacked_bytes)
    budget = open_budget(len(content), limits)
    return list(read_source(Source(name, name, io.BytesIO(content), len(content), None, budget), limits))


def outline(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    """URIs with the text, or the reason in brackets."""
    return [(item.source_uri, f"[{item.reason}]" if isinstance(item, Reject) else item.text) for item in outcomes]


def patch(content: bytes, mark: bytes, offset: int, new: bytes) -> bytes:
    """The content with other bytes some way behind each mark."""
    for match in re.finditer(re.escape(mark), content):
        start = match.start() + offset
        content = content[:start] + new + content[start + len(new) :]
    return content


def encrypt(archive: bytes) -> bytes:
    """A ZIP archive that says its members are encrypted."""
    return patch(patch(archive, b"PK\x03\x04", 6, b"\x01"), b"PK\x01\x02", 8, b"\x01")


def claim_size(archive: bytes) -> bytes:
    """A ZIP archive whose members claim to unpack to 4 GB."""
    return patch(patch(archive, b"PK\x03\x04", 22, b"\xfe\xff\xff\xff"), b"PK\x01\x02", 24, b"\xfe\xff\xff\xff")


def nest(content: bytes, depth: int) -> bytes:
    """A file inside as many ZIP archives."""
    for _ in range(depth):
        content = make_zip({"a.zip" if content.startswith(b"PK") else "a.txt": content})
    return content


LINES = b"".join(b'{"text": "Text %d %d."}\n' % (n, n * 7919) for n in range(2000))
HOSTILE: dict[str, tuple[str, bytes, list[tuple[str, str]]]] = {
    "zip bomb by ratio": (
        "a.zip",
        make_zip({"a.jsonl": b" " * 5_000_000, "b.txt": b"Text."}),
        [("a.zip/a.jsonl", "[archive_bomb]"), ("a.zip", "[archive_bomb]")],
    ),
    "gzip bomb": ("a.txt.gz", gzip.compress(bytes(5_000_000)), [("a.txt.gz", "[archive_bomb]")]),
    "gzip bomb of lines": ("a.jsonl.gz", gzip.compress(b"\n" * 5_000_000), [("a.jsonl.gz", "[archive_bomb]")]),
    "bomb inside an archive": (
        "a.tar",
        make_tar({"a.jsonl.gz": gzip.compress(b"\n" * 20_000_000), "b.txt": b"Text."}),
        [("a.tar/a.jsonl.gz", "[archive_bomb]"), ("a.tar", "[archive_bomb]")],
    ),
    "archives in archives": ("a.zip", nest(b"Text.", 5), [("a.zip/a.zip/a.zip/a.zip/a.zip", "[nested_too_deep]")]),
    "archives in archives, not too deep": ("a.zip", nest(b"Text.", 4), [("a.zip/a.zip/a.zip/a.zip/a.txt", "Text.")]),
    "gzip in gzip": (
        "a.txt.gz.gz.gz.gz.gz",
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"Text."))))),
        [("a.txt.gz.gz.gz.gz.gz", "[nested_too_deep]")],
    ),
    "names that lead out of a zip": (
        "a.zip",
        make_zip({"../a.txt": b"x", "/etc/b.txt": b"x", "c/../../d.txt": b"x", "C:\\e.txt": b"x", "f.txt": b"Text."}),
        [
            ("a.zip/../a.txt", "[unsafe_path]"),
            ("a.zip//etc/b.txt", "[unsafe_path]"),
            ("a.zip/c/../../d.txt", "[unsafe_path]"),
            ("a.zip/C:\\e.txt", "[unsafe_path]"),
            ("a.zip/f.txt", "Text."),
        ],
    ),
    "names that lead out of a tar": (
        "a.tar",
        make_tar({"../a.txt": b"x", "/etc/b.txt": b"x"}),
        [("a.tar/../a.txt", "[unsafe_path]"), ("a.tar//etc/b.txt", "[unsafe_path]")],
    ),
    "links and devices": (
        "a.tar",
        make_tar(
            {"a.txt": b"Text."},
            make_member("b.txt", tarfile.SYMTYPE),
            make_member("c.txt", tarfile.LNKTYPE),
            make_member("d.txt", tarfile.CHRTYPE),
            make_member("e.txt", tarfile.FIFOTYPE),
        ),
        [("a.tar/a.txt", "Text."), *((f"a.tar/{letter}.txt", "[not_a_file]") for letter in "bcde")],
    ),
    "same name twice": (
        "a.tar",
        make_tar({"a.txt": b"One."})[:1024] + make_tar({"a.txt": b"Two."}),
        [("a.tar/a.txt", "One."), ("a.tar/a.txt~", "Two.")],
    ),
    "10 GB claimed by a text in a tar": (
        "a.tar",
        make_tar({}, make_member("a.txt", size=TEN_GB)),
        [("a.tar/a.txt", "[too_large]"), ("a.tar", "[truncated]")],
    ),
    "10 GB claimed by a header in a tar": (
        "a.tar",
        make_tar({}, make_member("a", b"x", TEN_GB)),
        [("a.tar", "[damaged]")],
    ),
    "4 GB claimed by a text in a zip": (
        "a.zip",
        claim_size(make_zip({"a.txt": b"x"})),
        [("a.zip/a.txt", "[too_large]")],
    ),
    "10 GB claimed in a web archive": (
        "a.warc",
        make_record(make_response(b"<p>One.")) + make_record(make_response(b"<p>Two."), size=TEN_GB),
        [("a.warc#1", "<p>One."), ("a.warc#2", "[truncated]")],
    ),
    "encrypted zip": ("a.zip", encrypt(make_zip({"a.txt": b"Text."})), [("a.zip/a.txt", "[encrypted]")]),
    "entities that blow up": ("a.xml", BOMB_XML.encode(), [("a.xml", "[unsafe_xml]")]),
    "entities that blow up in UTF-16": ("a.xml", BOMB_XML[21:].encode("utf-16"), [("a.xml", "[unsafe_xml]")]),
    "entity that reads a file": ("a.xml", THIEF_XML.encode(), [("a.xml", "[unsafe_xml]")]),
    "broken XML": ("a.xml", b"<nitf><body>", [("a.xml", "[damaged]")]),
    "XML of another kind": ("a.xml", b"<invoice/>", [("a.xml", "[unsupported_format]")]),
    "deep XML": ("a.xml", b"<nitf>" + b"<p>" * 1000 + b"</p>" * 1000 + b"</nitf>", [("a.xml", "[damaged]")]),
    "truncated gzip": ("a.txt.gz", gzip.compress(STORY.encode())[:-20], [("a.txt.gz", "[truncated]")]),
    "damaged gzip": (
        "a.txt.gz",
        patch(gzip.compress(b"Text."), b"\x1f\x8b", 12, b"\xff\xff"),
        [("a.txt.gz", "[damaged]")],
    ),
    "gzip that is none": ("a.txt.gz", b"Text.", [("a.txt.gz", "[damaged]")]),
    "zip that is none": ("a.zip", b"Text.", [("a.zip", "[damaged]")]),
    "truncated zip": ("a.zip", make_zip({"a.txt": b"Text."})[:-30], [("a.zip", "[damaged]")]),
    "truncated tar": (
        "a.tar",
        make_tar({"a.txt": b"Text.", "b.txt": b"x" * 5000})[:3000],
        [("a.tar/a.txt", "Text."), ("a.tar/b.txt", "[truncated]"), ("a.tar", "[truncated]")],
    ),
    "tar with a broken header": (
        "a.tar",
        patch(make_tar({"a.txt": b"Text.", "b.txt": b"x"}), b"b.txt", 148, b"777777"),
        [("a.tar/a.txt", "Text."), ("a.tar", "[damaged]")],
    ),
    "empty zip": ("a.zip", make_zip({}), [("a.zip", "[empty]")]),
    "empty tar": ("a.tar", make_tar({}), [("a.tar", "[empty]")]),
    "empty gzip": ("a.txt.gz", gzip.compress(b""), [("a.txt.gz", "[empty]")]),
    "row over the limit": (
        "a.parquet",
        make_parquet([{"text": "x" * (LIMIT + 1)}, {"text": "Text."}]),
        [("a.parquet#1", "[too_large]"), ("a.parquet#2", "Text.")],
    ),
    "member over the limit": (
        "a.zip",
        make_zip({"a.txt": b"x" * (LIMIT + 1), "b.txt": b"Text."}, zipfile.ZIP_STORED),
        [("a.zip/a.txt", "[too_large]"), ("a.zip/b.txt", "Text.")],
    ),
    "lists without end": ("a.jsonl", b'{"text": %b}' % (b"[" * 300 + b"]" * 300), [("a.jsonl#1", "[empty]")]),
    "web archive that is none": ("a.warc", b"<html>", [("a.warc", "[damaged]")]),
    "no PDF": ("a.pdf", b"<html>", [("a.pdf", "[damaged]")]),
    "no Parquet": ("a.parquet", b"PAR1 PAR1", [("a.parquet", "[damaged]")]),
    "table with a broken head": ("a.csv", b"title,te\rxt\nT,Text.\n", [("a.csv", "[bad_record]")]),
    "no MHTML": ("a.mhtml", b"<html>", [("a.mhtml", "[damaged]")]),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_has_a_named_reason(case: str) -> None:
    name, content, expected = HOSTILE[case]
    assert outline(read(name, content)) == expected


def test_more_than_the_absolute_limit_is_not_unpacked() -> None:
    content = make_zip({f"{n}.jsonl": LINES for n in range(5)}, zipfile.ZIP_STORED)
    outcomes = outline(read("a.zip", content, max_unpacked_bytes=100_000))
    assert outcomes[-2:] == [("a.zip/1.jsonl", "[archive_bomb]"), ("a.zip", "[archive_bomb]")]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.warc.gz", "a.tar.gz"])
def test_what_came_before_the_cut_is_kept(name: str) -> None:
    chooser = random.Random(1)
    words = ["".join(chooser.choices("abcdefgh", k=900)) for _ in range(40)]
    contents = {
        "a.jsonl.gz": b"".join(json.dumps({"text": text}).encode() + b"\n" for text in words),
        "a.warc.gz": b"".join(make_record(make_response(text.encode())) for text in words),
        "a.tar.gz": make_tar({f"{n}.txt": text.encode() for n, text in enumerate(words)}),
    }
    packed = gzip.compress(contents[name])
    outcomes = read(name, packed[: len(packed) // 2])
    texts = [item.text for item in outcomes if isinstance(item, RawDocument)]
    assert texts == words[: len(texts)]
    assert len(texts) >= 5
    assert isinstance(outcomes[-1], Reject)
    assert outcomes[-1].reason == "truncated"


@pytest.fixture(scope="module")
def originals() -> dict[str, bytes]:
    """The sample articles, and a small file of every format."""
    samples = {path.name: path.read_bytes() for path in sorted(DEFAULT_INPUT.iterdir())}
    return {**samples, **make_files()}


def damage(content: bytes, other: bytes, chooser: random.Random) -> bytes:
    """The content with a few bytes, numbers or pieces changed, cut, doubled or taken from another file."""
    raw = bytearray(content)
    for _ in range(chooser.choice((1, 1, 2, 5, 30))):
        start = chooser.randrange(len(raw) + 1)
        size = chooser.choice((1, 2, 4, 8, 100))
        match chooser.randrange(7):
            case 0:
                raw[start : start + 1] = bytes([chooser.randrange(256)])
            case 1:
                raw[start : start + size] = b"\xff" * min(size, 8)
            case 2:
                raw[start : start + size] = b"\x00" * min(size, 8)
            case 3:
                raw = raw[:start] if chooser.random() < 0.3 else raw[:start] + raw[start + size :]
            case 4:
                raw[start:start] = raw[start : start + size] * chooser.choice((1, 2, 50))
            case 5:
                place = chooser.randrange(len(other) + 1)
                raw[start : start + size] = other[place : place + size]
            case _:
                raw[start : start + size] = chooser.randbytes(size)
    return bytes(raw)


def clean_all(outcomes: list[Outcome], rules: Rules) -> Iterator[str]:
    """What became of each outcome: its reason, or `article`."""
    for outcome in outcomes:
        cleaned = clean_document(outcome, rules).outcome
        yield cleaned.reason if isinstance(cleaned, Reject) else "article"


def test_damaged_files_end_as_articles_or_named_rejects(originals: dict[str, bytes], rules: Rules) -> None:
    chooser = random.Random(20230309)
    names = sorted(originals)
    counts: Counter[str] = Counter()
    for number in range(INPUTS):
        name = names[number % len(names)]
        content = damage(originals[name], originals[chooser.choice(names)], chooser)
        outcomes = read(name, content, max_bytes=100_000)
        ends = list(clean_all(outcomes, rules))
        rejects = [item.source_uri for item in outcomes if isinstance(item, Reject)]
        assert ends, name
        assert len(set(rejects)) == len(rejects), name
        counts.update(ends)
    assert counts["article"] > INPUTS // 10
    assert [reason for reason in counts if reason != "article" and not REASON.fullmatch(reason)] == []


NAMES = st.sampled_from(["text", "body", "title", "date", "authors", "url", "html", "articles", "source", "x", ""])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
EXAMPLES = settings(max_examples=max(50, INPUTS // 10), derandomize=True, deadline=None, database=None)


@EXAMPLES
@given(suffix=st.sampled_from(sorted({**READERS, **OPENERS})), content=st.binary(max_size=300))
def test_any_bytes_end_as_named_outcomes(suffix: str, content: bytes) -> None:
    outcomes = read(f"a{suffix}", content)
    assert outcomes
    assert all(isinstance(item, RawDocument) or REASON.fullmatch(item.reason) for item in outcomes)


@EXAMPLES
@given(record=st.dictionaries(NAMES, VALUES, max_size=5), suffix=st.sampled_from([".json", ".jsonl"]))
def test_any_record_ends_as_an_article_or_a_reject(record: dict[str, object], suffix: str, rules: Rules) -> None:
    (end,) = set(clean_all(read(f"a{suffix}", json.dumps(record).encode())[:1], rules))
    assert end == "article" or REASON.fullmatch(end)


@EXAMPLES
@given(page=st.text(alphabet="<>/=\"' pdivaricletbr&;\x00é", max_size=300))
def test_any_page_ends_as_an_article_or_a_reject(page: str, rules: Rules) -> None:
    (end,) = clean_all(read("a.html", f"{page}{PAGE}".encode()), rules)
    assert end == "article" or REASON.fullmatch(end)


def test_rejects_of_one_name_are_both_kept(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool.sqlite") as spool:
        spool.add_reject(Reject("a.jsonl#1", "empty", "The record has no text."))
        spool.add_reject(Reject("a.jsonl#1", "unsupported_format", "A file may be named like a record."))
        (rows,) = spool.read_rejects()
    assert [(row["source_uri"], row["reason"]) for row in rows] == [
        ("a.jsonl#1", "empty"),
        ("a.jsonl#1~", "unsupported_format"),
    ]
