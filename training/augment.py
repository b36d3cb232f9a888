"""Quotes as news prints them, or as typewriters do."""

OPENING = {"``": "“", "`": "‘"}
CLOSING = {"''": "”", "'": "’"}
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "``": '"', "''": '"'}


def curl(word: str, tag: str) -> str:
    """The word with typographic quotes; opening or closing follows the PTB tag."""
    if word in ('"', "''", "``", "'", "`"):
        is_single = word in ("'", "`")
        if tag == "``":
            return OPENING["`" if is_single else "``"]
        return CLOSING["'" if is_single else "''"]
    return word.replace("'", "’").replace('"', "”")


def straighten(word: str) -> str:
    """The word with typewriter quotes."""
    for curly, plain in STRAIGHT.items():
        word = word.replace(curly, plain)
    return word
