"""Text against text by runs of four words, the measure of the article extraction benchmark."""

import re
from collections import Counter

WORD = re.compile(r"\w+")
SIZE = 4


def cut_shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text; a shorter text is one run."""
    words = WORD.findall(text)
    return Counter(tuple(words[start : start + SIZE]) for start in range(max(1, len(words) - SIZE + 1)))


def count_shingles(gold: str, found: str) -> dict[str, float]:
    """Right, found and gold runs as shares of all runs of the two texts, so that each text weighs the same."""
    wanted, given = cut_shingles(gold), cut_shingles(found)
    right = (wanted & given).total()
    whole = (wanted | given).total()
    return {"right": right / whole, "found": given.total() / whole, "gold": wanted.total() / whole, "pages": 1}
