"""Place names as people type them: postal codes of states behind a town, and names in text without capitals."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from spacy.tokens import Doc, Span

from tasks.nlp.place_names import is_known
from tasks.reference import PLACES_FILE, read_arrow, read_reference, split_list

# States and provinces of these countries have postal codes of two letters that are their ISO 3166-2 codes.
POSTAL_COUNTRIES = ("US-", "CA-")
LONGEST_TOWN = 3
LONGEST_PLACE = 3
SHORTEST_PLACE = 4
# Cities of this size are found without capitals.
LARGE_CITY = 300_000
BEFORE_PLACES = frozenset({"in", "from", "to", "near", "at", "around", "across", "of", "visit", "visiting", "between"})


@lru_cache(maxsize=2)
def load_postal_codes(reference_dir: str) -> re.Pattern[str]:
    """The pattern of the postal codes of states of the US and provinces of Canada behind a word."""
    rows = read_reference(Path(reference_dir), "divisions", ("code", "name", "other_names", "main_city"))
    every = "|".join(sorted(row["code"][3:] for row in rows if row["code"].startswith(POSTAL_COUNTRIES)))
    return re.compile(rf"(?<=[a-z.])(?: ?, ?| )(?P<code>{every})(?= \d{{5}}(?!\d)| [A-Z]\d[A-Z]\b|(?![\w.]))")


def find_postal(doc: Doc, codes: re.Pattern[str], keys: pa.Array) -> Iterator[tuple[Span, Span]]:
    """Towns with the postal codes of their states: `Chillicothe, OH`, `Baltimore, MD 21202`."""
    for found in codes.finditer(doc.text):
        code = doc.char_span(*found.span("code"))
        if code is None:
            continue
        end = code.start - (doc[code.start - 1].text == ",")
        town = _town_before(doc, end, keys)
        if town is not None:
            yield town, code


def _town_before(doc: Doc, end: int, keys: pa.Array) -> Span | None:
    """The longest run of capitalised words that ends there and that the gazetteer knows."""
    best = None
    for start in range(end - 1, max(-1, end - 1 - LONGEST_TOWN), -1):
        if not doc[start].text[0].isupper():
            break
        if is_known(keys, doc[start:end].text):
            best = doc[start:end]
    return best


@lru_cache(maxsize=2)
def load_uncapitalised(reference_dir: str) -> frozenset[str]:
    """The names of countries, of their states and of large cities in small letters, but for those that are words."""
    folder = Path(reference_dir)
    places = read_arrow(folder / PLACES_FILE).select(["name", "population"])
    names = set(places.filter(pc.field("population") >= LARGE_CITY)["name"].to_pylist())
    for row in read_reference(folder, "countries", ("name", "other_names")):
        names |= {row["name"], *split_list(row["other_names"])}
    divisions = read_reference(folder, "divisions", ("code", "name", "other_names", "main_city"))
    names |= {row["name"] for row in divisions if row["code"].startswith(POSTAL_COUNTRIES)}
    words = {row["word"] for row in read_reference(folder, "place_words", ("word",))}
    return frozenset(name.lower() for name in names if len(name) >= SHORTEST_PLACE) - words


def find_uncapitalised(doc: Doc, places: Collection[str]) -> Iterator[Span]:
    """Names of places in sentences that capitalise nothing: `anyone know a good hotel in san francisco?`

    A name counts behind a word such as `in` and behind another place.
    """
    for sentence in doc.sents if doc.has_annotation("SENT_START") else ():
        if not _is_uncapitalised(sentence):
            continue
        index, last = sentence.start, -1
        while index < sentence.end:
            before = doc[index - 1].lower_ if index > sentence.start else ""
            span = _place_at(doc, index, sentence.end, places)
            if span is not None and (before in BEFORE_PLACES or last in (index, index - 1)):
                yield span
                index = last = span.end
            else:
                index += 1


def _place_at(doc: Doc, start: int, limit: int, places: Collection[str]) -> Span | None:
    for end in range(min(limit, start + LONGEST_PLACE), start, -1):
        if doc[start:end].text in places:
            return doc[start:end]
    return None


def _is_uncapitalised(sentence: Span) -> bool:
    """Whether no word but a first one and `I` has a capital, and there are words."""
    words = [token for token in sentence if token.is_alpha]
    return len(words) > 2 and all(word.is_lower or word.text == "I" for word in words[1:])
