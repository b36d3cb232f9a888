"""Small files of every format that is read, made by hand, for tests of the readers."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import pyarrow as pa
import pyarrow.parquet as pq

from tests.clean.conftest import STORY

PARAGRAPHS = STORY.split("\n\n")
PAGE = (
    "<html><head><title>Ruling party drops bill</title></head><body><article><h1>Ruling party drops bill</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article></body></html>"
)
NITF = (
    '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>Slug</title><docdata>'
    '<date.issue norm="20230309T101500Z"/></docdata><pubdata name="The Post" ex-ref="https://example.org/a"/></head>'
    "<body><body.head><hedline><hl1>Ruling party drops bill</hl1><hl2>Rallies go on</hl2></hedline>"
    "<byline>By <person>Jane Doe</person> and <person>John Roe</person></byline>"
    "<dateline><location>Tbilisi</location>, March 9</dateline></body.head><body.content>"
    "<media><media-caption>A caption.</media-caption></media>"
    + "".join(f"\n  <p>{paragraph.replace(' the ', ' <em>the</em> ', 1)}</p>" for paragraph in PARAGRAPHS)
    + "</body.content></body></nitf>"
)
NEWSML = (
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1"><itemMeta>'
    '<provider literal="Example Wire"/><versionCreated>2023-03-10T08:00:00Z</versionCreated>'
    "<firstCreated>2023-03-09T10:15:00Z</firstCreated></itemMeta><contentMeta><by>Jane Doe</by>"
    "<headline>Ruling party drops bill</headline><dateline>TBILISI, March 9</dateline></contentMeta><contentSet>"
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>'
    "</head><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</body></html></inlineXML>"
    '</contentSet></newsItem><newsItem guid="urn:2"><itemMeta/><contentMeta><headline>A photo</headline></contentMeta>'
    '<contentSet><remoteContent href="a.jpg"/></contentSet></newsItem></itemSet></newsMessage>'
)


def make_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive whose members are of 9 March 2023, noon."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2023, 3, 9, 12, 0, 0))
            info.compress_type = method
            archive.writestr(info, content)
    return buffer.getvalue()


def make_member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> tarfile.TarInfo:
    """The header of a tar member of 9 March 2023, noon."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.mtime, info.linkname = kind, size, 1_678_363_200, "/etc/passwd"
    return info


def make_tar(files: Mapping[str, bytes], *further: tarfile.TarInfo) -> bytes:
    """A tar archive of files, and members that are none."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            archive.addfile(make_member(name, size=len(content)), io.BytesIO(content))
        for info in further:
            archive.addfile(info)
    return buffer.getvalue()


def make_response(
    body: bytes, head: str = "200 OK", media_type: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 {head}\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + body


def make_record(
    block: bytes,
    *,
    kind: str = "response",
    media_type: str = "application/http",
    size: int | None = None,
    url: str = "a",
) -> bytes:
    """A record of a web archive, which may lie about its size."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://example.org/{url}\r\n"
        f"WARC-Date: 2023-03-09T12:00:00Z\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block) if size is None else size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def make_parquet(rows: Sequence[Mapping[str, object]], rows_a_group: int = 2) -> bytes:
    """A Parquet file of rows."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), sink, row_group_size=rows_a_group)
    return bytes(sink.getvalue().to_pybytes())


def make_mhtml(page: str) -> bytes:
    """A page as a browser saves it, with a picture."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://example.org/a"
    message["Date"] = "Thu, 9 Mar 2023 12:00:00 +0000"
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def make_pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]]) -> bytes:
    """A PDF of pages of lines: where from the left and the bottom, how large, and the words."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        content = b"".join(draw_line(*line) for line in lines)
        objects.append(b"<< /Length %d >>\nstream\n%bendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    file, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + head + table + tail


def draw_line(left: float, bottom: float, size: float, text: str) -> bytes:
    """The operators that draw a line of text."""
    escaped = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F1 %g Tf %g %g Td (%b) Tj ET\n" % (size, left, bottom, escaped)


def make_story_pdf() -> bytes:
    """The story on one page, cut into lines of 80 letters."""
    lines, bottom = [(72.0, 700.0, 20.0, "Ruling party drops bill")], 660.0
    for paragraph in PARAGRAPHS:
        for start in range(0, len(paragraph), 80):
            lines.append((72.0, bottom, 11.0, paragraph[start : start + 80].strip()))
            bottom -= 14
        bottom -= 14
    return make_pdf([lines])


def make_files() -> dict[str, bytes]:
    """A small file of every format, by name; most hold the story."""
    record = {"title": "Ruling party drops bill", "text": STORY, "url": "https://example.org/a"}
    line = json.dumps(record).encode()
    text = f"Ruling party drops bill\n\n{STORY}".encode()
    warc = make_record(make_response(PAGE.encode())) + make_record(make_response(b"no", "404 Not Found"))
    return {
        "a.txt": text,
        "a.md": b"---\ntitle: Ruling party drops bill\n---\n" + STORY.encode(),
        "a.html": PAGE.encode(),
        "a.mhtml": make_mhtml(PAGE),
        "a.json": json.dumps([record, record]).encode(),
        "b.json": json.dumps({"articles": [record]}).encode(),
        "a.jsonl": line + b"\n" + line,
        "a.csv": f'title,text\nT,"{STORY}"\n'.encode(),
        "a.tsv": ("title\ttext\nT\t" + STORY.replace("\n\n", " ") + "\n").encode(),
        "a.parquet": make_parquet([record] * 3),
        "a.pdf": make_story_pdf(),
        "a.xml": NITF.encode(),
        "b.xml": NEWSML.encode(),
        "a.warc": warc,
        "a.warc.gz": gzip.compress(warc, mtime=0),
        "a.zip": make_zip({"a.txt": text, "b/c.jsonl": line}),
        "a.tar": make_tar({"a.txt": text, "b/c.jsonl": line}),
        "a.tar.gz": gzip.compress(make_tar({"a.txt": text, "b.zip": make_zip({"a.html": PAGE.encode()})}), mtime=0),
        "a.jsonl.gz": gzip.compress(line, mtime=0),
        "a.jsonl.bz2": bz2.compress(line),
        "a.txt.xz": lzma.compress(text),
    }
