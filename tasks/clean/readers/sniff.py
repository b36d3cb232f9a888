"""The format of bytes that come without a name, from how they start."""

import re

from tasks.clean.encoding import decode_line, find_bom
from tasks.clean.readers.columns import has_text_column, has_url_column, split_header

SNIFFED = 1 << 16
MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".zip"),
    (b"PK\x05\x06", ".zip"),
    (b"\x1f\x8b", ".gz"),
    (b"BZh", ".bz2"),
    (b"\xfd7zXZ", ".xz"),
    (b"PAR1", ".parquet"),
    (b"WARC/", ".warc"),
)
TAR_MAGIC_AT = 257
MAIL_HEAD = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|article|div|p)\b",
    re.I | re.DOTALL,
)
XML_HEAD = re.compile(
    r"\s*<(?:\?xml|!doctype|nitf|newsitem|newsmessage|rss|feed|opml|[\w:-]{1,80}\s+xmlns)\b", re.IGNORECASE
)
JSON_LINE = re.compile(r"\s*\{.*\}[ \t]*\r?\n\s*\{")


def sniff_suffix(head: bytes) -> str:
    """The suffix that a file with this start should have; `.txt` for all that looks like nothing else."""
    if head[TAR_MAGIC_AT : TAR_MAGIC_AT + 5] == b"ustar":
        return ".tar"
    suffix = next((suffix for magic, suffix in MAGIC if head.startswith(magic)), None)
    return suffix or sniff_text(decode_head(head))


def decode_head(head: bytes) -> str:
    """The start of a text."""
    bom, encoding = find_bom(head)
    return head[len(bom) :].decode(encoding, "replace") if encoding else decode_line(head)


def sniff_text(text: str) -> str:
    """The suffix that a text with this start should have."""
    if HTML_HEAD.match(text):
        return ".html"
    if XML_HEAD.match(text):
        return ".xml"
    if MAIL_HEAD.match(text):
        return ".mhtml"
    if text.lstrip().startswith("{"):
        return ".jsonl" if JSON_LINE.match(text) else ".json"
    if text.lstrip().startswith("[") and text.lstrip()[1:].lstrip().startswith(("{", "]")):
        return ".json"
    return sniff_table(text.lstrip().partition("\n")[0])


def sniff_table(line: str) -> str:
    """`.tsv` or `.csv` where a line names columns that hold an article, else `.txt`."""
    for mark, suffix in (("\t", ".tsv"), (",", ".csv"), (";", ".csv"), ("|", ".csv")):
        names = split_header(line[:2000], mark)
        if len(names) > 1 and (has_text_column(names) or has_url_column(names)):
            return suffix
    return ".txt"
