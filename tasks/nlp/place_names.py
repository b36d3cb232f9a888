"""Place names by how print writes them: abbreviated states, datelines in capitals, and what no gazetteer knows."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from spacy.tokens import Doc, Span

from tasks.normalize.names import plain_key
from tasks.reference import NAMES_FILE, read_arrow, read_reference, split_list

LOCATIVES = frozenset(
    {"in", "at", "near", "from", "outside", "across", "throughout", "toward", "towards", "around", "into", "through"}
)
PLACE_KINDS = frozenset({"road", "feature", "loose"})  # of words that make a name a place
DATELINE = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=\n))(?P<place>[A-Z][A-Z.'’ -]{2,28}[A-Z])(?=(?:, [A-Z][\w. ]{1,14}?)?(?: \([A-Za-z/ ]+\))?"
    r" {0,2}(?:--|—|–| - |:) )",
    re.MULTILINE,
)


class PlaceWords(NamedTuple):
    """Words in names: those that make it a place anyway, and last ones of bodies and buildings."""

    places: frozenset[str]
    institutions: frozenset[str]


@lru_cache(maxsize=2)
def load_place_words(reference_dir: str) -> PlaceWords:
    """The words of `place_kinds.csv`."""
    rows = read_reference(Path(reference_dir), "place_kinds", ("word", "kind"))
    places = frozenset(row["word"] for row in rows if row["kind"] in PLACE_KINDS)
    return PlaceWords(places, frozenset(row["word"] for row in rows if row["kind"] == "institution"))


@lru_cache(maxsize=2)
def load_place_keys(reference_dir: str) -> pa.Array:
    """The keys of all places of the gazetteer in order: a sorted list of a few megabytes."""
    return read_arrow(Path(reference_dir) / NAMES_FILE)["key"].combine_chunks()


@lru_cache(maxsize=2)
def load_abbreviations(reference_dir: str) -> re.Pattern[str]:
    """The pattern of abbreviated states behind a comma or a party's letter; with several points inside, anywhere."""
    rows = read_reference(Path(reference_dir), "divisions", ("code", "name", "other_names", "main_city"))
    names = {name for row in rows for name in split_list(row["other_names"]) if name.endswith(".")}
    dotted = "|".join(
        re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)) if "." in name[:-1]
    )
    every = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:(?<=, )|(?<=\b[DRI]-))(?:{every})(?!\w)|(?<!\w)(?<!\w\.)(?:{dotted})(?!\w)")


def find_abbreviated(doc: Doc, abbreviations: re.Pattern[str]) -> Iterator[Span]:
    """The states that a text abbreviates: `Decatur, Ga.`, `D-N.Y.`."""
    for found in abbreviations.finditer(doc.text):
        span = doc.char_span(*found.span())
        if span is not None:
            yield span


def find_datelines(doc: Doc, keys: pa.Array) -> Iterator[Span]:
    """The places in capitals that a report begins with: `BEIRUT: `, `CHARLESTON, W.Va. -- `."""
    for found in DATELINE.finditer(doc.text):
        span = doc.char_span(*found.span("place"))
        if span is not None and is_known(keys, span.text):
            yield span


def is_known(keys: pa.Array, text: str) -> bool:
    """Whether the gazetteer has a place of that name."""
    key = plain_key(text)
    index = bisect_left(keys, key, key=lambda item: item.as_py())
    return index < len(keys) and keys[index].as_py() == key


def is_like_place(doc: Doc, start: int, end: int, place_words: Collection[str]) -> bool:
    """Whether the words in or around a name say that it is a place: `Hyland Road`, `in Kampungu`, `Lanexa, Va.`."""
    words = {token.lower_ for token in doc[start:end]}
    before = [token.lower_ for token in doc[max(0, start - 2) : start]]
    is_located = bool(before) and (before[-1] in LOCATIVES or (before[-1] == "the" and before[0] in LOCATIVES))
    after = [token.text for token in doc[end : end + 2]]
    is_specified = len(after) == 2 and after[0] == "," and after[1][0].isupper()
    return is_located or is_specified or not words.isdisjoint(place_words)


def is_institution(doc: Doc, start: int, end: int, institutions: Collection[str]) -> bool:
    """Whether the last of several words is that of a body or building: `Henderson County Jail`."""
    return end - start > 1 and doc[end - 1].lower_ in institutions


def find_doubtful(
    doc: Doc, names: Iterable[tuple[int, int]], keys: pa.Array, known: Collection[str], place_words: Collection[str]
) -> frozenset[str]:
    """The texts of supposed places that no gazetteer knows and that nothing in the article shows to be places."""
    shown: set[str] = set()
    texts: set[str] = set()
    for start, end in names:
        text = doc[start:end].text
        texts.add(text)
        if text in known or is_known(keys, text) or is_like_place(doc, start, end, place_words):
            shown.add(text)
    return frozenset(texts - shown)
