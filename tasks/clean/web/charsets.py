"""Declared charsets: which codec one stands for, and a body in UTF-8."""

import codecs

from tasks.clean.encoding import find_bom

NOT_FOR_PAGES = (
    "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "hex", "base64", "bz2", "zlib", "rot13",
    "quopri", "uu",
)  # fmt: skip
WIDER = {"iso8859_1": "cp1252", "ascii": "cp1252"}


def find_codec(charset: str) -> str | None:
    """The codec for a charset as pages use its name, or None for one that is unknown."""
    try:
        name = codecs.lookup(charset.strip()).name.replace("-", "_")
    except (LookupError, ValueError):
        return None
    return None if name in NOT_FOR_PAGES else WIDER.get(name, name)


def recode(body: bytes, charset: str | None) -> bytes | None:
    """The body in UTF-8 where it is in another charset, the declared one; None where it may stay as it is."""
    codec = find_codec(charset) if charset is not None else None
    if codec is None or find_bom(body)[1] is not None or (not body.isascii() and is_utf8(body)):
        return None
    try:
        recoded = body.decode(codec).encode()
    except (LookupError, ValueError):
        return None
    return None if recoded == body else recoded


def is_utf8(body: bytes) -> bool:
    """Whether bytes are UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
