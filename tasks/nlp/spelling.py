"""What the network sees of a word: its lower-case form, its letter sequences and its shape."""

import zlib
from functools import lru_cache
from typing import NamedTuple

GRAM_ROWS = 30_000
SHAPE_ROWS = 512
SHORTEST, LONGEST = 3, 5
MOST_LETTERS = 18
MOST_GRAMS = 48
RUN = 4
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


class Spelling(NamedTuple):
    """The lower-case form with digits as 0 and straight quotes, rows of its letter sequences, row of its shape."""

    form: str
    grams: tuple[int, ...]
    shape: int


@lru_cache(maxsize=200_000)
def spell(word: str) -> Spelling:
    """The spelling of a word."""
    plain = word.translate(STRAIGHT)
    form = "".join("0" if char.isdigit() else char for char in plain.lower())
    return Spelling(form, find_grams(form), zlib.crc32(find_shape(plain).encode()) % SHAPE_ROWS)


def find_grams(form: str) -> tuple[int, ...]:
    """Rows of the letter sequences of a form, with its bounds marked; long forms lose their middle."""
    text = f"<{form}>" if len(form) <= MOST_LETTERS else f"<{form[:9]}~{form[-9:]}>"
    grams = [
        text[start : start + size] for size in range(LONGEST, SHORTEST - 1, -1) for start in range(len(text) - size + 1)
    ] or [text]
    return tuple(zlib.crc32(gram.encode()) % GRAM_ROWS for gram in grams[:MOST_GRAMS])


def find_shape(word: str) -> str:
    """X for capitals, x for other letters, d for digits, other characters as they are; runs end after four."""
    shape: list[str] = []
    run = 0
    for char in word[:100]:
        kind = "d" if char.isdigit() else ("X" if char.isupper() else "x") if char.isalpha() else char
        run = run + 1 if shape and shape[-1] == kind else 1
        if run <= RUN:
            shape.append(kind)
    return "".join(shape)
