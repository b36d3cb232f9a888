"""Attributed statements: content, source and cue as sets of the words of a document."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.accuracy.scorers.spans import Range, overlap, take_best

# Groups of statements that are scored apart, and the kinds in each.
GROUPS = {
    "all": frozenset({"direct", "mixed", "indirect"}),
    "spoken": frozenset({"direct", "mixed"}),
    "direct": frozenset({"direct"}),
    "mixed": frozenset({"mixed"}),
    "indirect": frozenset({"indirect"}),
}
LOOSE, CLOSE, EXACT = 0.3, 0.8, 1.0
LEVELS = {"loose": LOOSE, "close": CLOSE, "exact": EXACT}
WORD = re.compile(r"\w+")
OPENING = frozenset({"“", "``", "«"})
CLOSING = frozenset({"”", "''", "»"})
MARK = re.compile(r"“|”|«|»|``|''|\"")

Words = frozenset[int]


class Statement(NamedTuple):
    """A statement by the numbers of its words; `kind` says how much of it stands in quotation marks."""

    content: Words
    source: Words
    cue: Words
    kind: str


def find_words(text: str) -> list[Range]:
    """The characters of the words of a text: runs of letters and digits, so no marks or punctuation."""
    return [match.span() for match in WORD.finditer(text)]


def words_in(spans: Iterable[Range], words: Sequence[Range]) -> Words:
    """The numbers of the words that stretches of characters touch."""
    pieces = list(spans)
    return frozenset(i for i, word in enumerate(words) if any(overlap(word, piece) for piece in pieces))


def find_quoted(text: str, words: Sequence[Range]) -> Words:
    """The numbers of the words inside double quotation marks; an open mark holds to the end of its paragraph."""
    quoted: list[Range] = []
    start: int | None = None
    position = 0
    for line in text.splitlines(keepends=True):
        for match in MARK.finditer(line):
            opens = match[0] in OPENING or (match[0] == '"' and start is None)
            if opens and start is None:
                start = position + match.end()
            elif not opens and start is not None:
                quoted.append((start, position + match.start()))
                start = None
        position += len(line)
        if start is not None:
            quoted.append((start, position))
            start = None
    return words_in(quoted, words)


def kind_of(content: Words, quoted: Words) -> str:
    """Direct where all words stand in marks, indirect where none does, else mixed."""
    inside = len(content & quoted)
    if inside == 0:
        return "indirect"
    return "direct" if inside == len(content) else "mixed"


def jaccard(one: Words, other: Words) -> float:
    """Shared words over all words."""
    return len(one & other) / len(one | other) if one or other else 0.0


def match_statements(gold: Sequence[Statement], found: Sequence[Statement]) -> list[tuple[int, int, float]]:
    """Pairs (gold, found, Jaccard of contents) of at least 0.3, each statement in one pair, the likest first."""
    likeness = {(i, j): jaccard(a.content, b.content) for i, a in enumerate(gold) for j, b in enumerate(found)}
    pairs = take_best((value, i, j) for (i, j), value in likeness.items() if value >= LOOSE)
    return [(i, j, likeness[i, j]) for i, j in pairs]


def count_statements(gold: Sequence[Statement], found: Sequence[Statement]) -> dict[str, float]:
    """The counts of one document, by group.

    `gold_LEVEL` and `found_LEVEL` are the statements of that group with a partner at the level, `right_source` and
    `right_cue` the pairs at 0.3 that share a word of a source or cue, `with_source` and `with_cue` those where gold
    has one.
    """
    pairs = match_statements(gold, found)
    counts: dict[str, float] = {}
    for group, kinds in GROUPS.items():
        golds = {i for i, item in enumerate(gold) if item.kind in kinds}
        founds = {j for j, item in enumerate(found) if item.kind in kinds}
        own = [(gold[i], found[j]) for i, j, _ in pairs if i in golds]
        counts |= {f"{group}_gold": len(golds), f"{group}_found": len(founds)}
        for level, least in LEVELS.items():
            counts[f"{group}_gold_{level}"] = sum(i in golds and value >= least for i, _, value in pairs)
            counts[f"{group}_found_{level}"] = sum(j in founds and value >= least for _, j, value in pairs)
        counts[f"{group}_with_source"] = sum(bool(a.source) for a, _ in own)
        counts[f"{group}_right_source"] = sum(bool(a.source & b.source) for a, b in own)
        counts[f"{group}_with_cue"] = sum(bool(a.cue) for a, _ in own)
        counts[f"{group}_right_cue"] = sum(bool(a.cue & b.cue) for a, b in own)
    return counts


def average(counts: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of each count."""
    return {key: sum(row[key] for row in counts) / len(counts) for key in counts[0]}
