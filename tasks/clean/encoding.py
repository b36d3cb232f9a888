"""Bytes to text: which encoding, what is binary, and mojibake repaired without touching a good letter."""

import codecs
import re
import unicodedata

import ftfy
from charset_normalizer import from_bytes
from ftfy import TextFixerConfig

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC_NUMBERS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\x7fELF", b"PAR1",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"\xfd7zXZ", b"Rar!", b"OggS", b"ID3", b"\x28\xb5\x2f\xfd", b"SQLite format",
)  # fmt: skip
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
SAMPLE = 1 << 16
MANY_CONTROLS = 0.02
FEW_HIGH_BYTES = 0.15
SURE_CHAOS = 0.2
# How mojibake starts: a letter that UTF-8 lead bytes turn into, then one that continuation bytes turn into.
MOJIBAKE = re.compile(
    r"[\x80-\x9f]|\ufffd|[ÂÃÄÅÎÏÐÑØÙâãðïá][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[‚√Äâ][Ä†Ç°¢§]",
)
REPAIR = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=True,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def find_bom(head: bytes) -> tuple[bytes, str | None]:
    """The byte order mark that bytes start with and the encoding it stands for."""
    return next(((bom, name) for bom, name in BOMS if head.startswith(bom)), (b"", None))


def guess_utf16(raw: bytes) -> str | None:
    """utf-16-le or utf-16-be where every second byte of a text is mostly zero."""
    sample = raw[:SAMPLE]
    half = len(sample) // 2
    if half < 4:
        return None
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    if zeros[1] > 0.6 * half and zeros[0] < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > 0.6 * half and zeros[1] < 0.1 * half else None


def is_binary(raw: bytes) -> bool:
    """Whether bytes are no text in any encoding: a known magic number, or zero bytes outside UTF-16 and UTF-32."""
    if find_bom(raw)[1] is not None:
        return False
    if raw.startswith(MAGIC_NUMBERS):
        return True
    return b"\x00" in raw and guess_utf16(raw) is None


def decode_text(raw: bytes) -> str | None:
    """The text of a whole file, or None where it is mostly undecodable."""
    bom, encoding = find_bom(raw)
    encoding = encoding or guess_utf16(raw)
    if encoding is not None:
        text = raw[len(bom) :].decode(encoding, "replace")
    else:
        text = decode_bytes(raw)
    is_noise = len(CONTROLS.findall(text[:SAMPLE])) > MANY_CONTROLS * len(text[:SAMPLE]) + 1
    return None if is_noise or text.count("\ufffd") > MANY_CONTROLS * len(text) + 1 else text


def decode_bytes(raw: bytes) -> str:
    """Text without a byte order mark: UTF-8, else what the bytes look like, else Windows-1252."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    if has_more_utf8(raw):
        return raw.decode("utf-8", "windows-1252-bytes")
    high = sum(byte >= 0x80 for byte in raw[:SAMPLE])
    if high > FEW_HIGH_BYTES * len(raw[:SAMPLE]):
        best = from_bytes(raw[:SAMPLE]).best()
        if best is not None and best.chaos < SURE_CHAOS:
            return raw.decode(best.encoding, "replace")
    return raw.decode("cp1252", "replace")


def has_more_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8 with some foreign ones in between."""
    text = raw[:SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad > bad


def decode_line(raw: bytes) -> str:
    """One line or chunk of a large file, for which the whole is not looked at."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "windows-1252-bytes")


def decode_foreign_byte(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that are not UTF-8: their Windows-1252 characters."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def drop_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs joined, and those without a partner replaced."""
    if SURROGATES.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def repair_mojibake(text: str) -> str:
    """The text with lines that were decoded wrongly put right, in NFC; curly quotes and good letters stay."""
    if MOJIBAKE.search(text) is not None:
        lines = text.split("\n")
        text = "\n".join(ftfy.fix_text(line, REPAIR) if MOJIBAKE.search(line) else line for line in lines)
    return unicodedata.normalize("NFC", text)


codecs.register_error("windows-1252-bytes", decode_foreign_byte)
