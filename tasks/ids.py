"""Stable ids: the same source values give the same id on every machine."""

import hashlib

ID_LENGTH = 16
SEPARATOR = "\x1f"


def stable_id(prefix: str, *parts: object) -> str:
    """The prefix and 16 hexadecimal digits of the SHA-256 over the parts, for example `art_0f3a…`.

    Parts are joined by a separator that no text holds, so ("ab", "c") and ("a", "bc") differ.
    """
    joined = SEPARATOR.join(str(part) for part in parts)
    return f"{prefix}_{hashlib.sha256(joined.encode()).hexdigest()[:ID_LENGTH]}"
