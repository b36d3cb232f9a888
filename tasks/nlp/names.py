"""Names: what the model tags, boundaries mended, joined by gazetteers, acronyms, titles and the article itself.

A name stands without its title, article and possessive mark; the title and the role go into fields of the mention.
What the model calls MISC is no name of ours unless a gazetteer, a title or the article itself says what it is: a
language, an award or a treaty is nobody who acts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pyarrow.compute as pc
from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.nlp import extensions  # noqa: F401  (declares doc._.mentions)
from tasks.nlp.name_evidence import (
    is_language,
    is_no_name,
    is_no_person,
    is_speaking,
    person_points,
    without_office,
)
from tasks.nlp.place_names import (
    find_abbreviated,
    find_datelines,
    find_doubtful,
    is_institution,
    load_abbreviations,
    load_place_keys,
    load_place_words,
)
from tasks.nlp.records import Mention
from tasks.nlp.roles import Titles, find_role, make_titles, title_before, title_length
from tasks.nlp.web_places import find_postal, find_uncapitalised, load_postal_codes, load_uncapitalised
from tasks.reference import PLACES_FILE, read_arrow, read_reference, split_list

LABELS = {label: label for label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK")}
LABELS |= {"PER": "PERSON", "WORK_OF_ART": "WORK"}
PLACES = frozenset({"GPE", "LOC", "FAC"})
ACTORS = PLACES | {"PERSON", "ORG", "NORP"}
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"})
KEPT_WITH_THE = frozenset({"Hague"})
PARTICLES = frozenset(
    {
        "al",
        "el",
        "wa",
        "bin",
        "bint",
        "ibn",
        "abu",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "du",
        "van",
        "von",
        "der",
    }
    | {"den", "ter", "la", "le", "ul", "ur", "as", "ad", "ash", "an", "at", "az", "ould", "y", "e"}
)
HYPHENS = frozenset({"-", "‑", "–"})
DASHES = frozenset({"–", "—", "--", "-"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "s'"})
CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "may", "june", "july", "august", "september", "october", "november", "december", "today", "yesterday"}
    | {"tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug"}
    | {"sep", "sept", "oct", "nov", "dec"}
)
# What taggers take for names around pictures, links and web furniture.
NO_NAMES = frozenset(
    {"photo", "photos", "image", "images", "video", "videos", "file", "read", "source", "sources", "advertisement"}
    | {
        "share",
        "subscribe",
        "getty",
        "caption",
        "credit",
        "click",
        "loading",
        "menu",
        "email",
        "print",
        "http",
        "https",
    }
    | {"however", "meanwhile", "also", "but", "and", "the", "he", "she", "they", "it", "we", "you", "i", "who", "no"}
    | {
        "yes",
        "god",
        "according",
        "covid",
        "mr",
        "mrs",
        "ms",
        "dr",
        "breaking",
        "update",
        "updated",
        "editor",
        "watch",
        "more",
    }
)
# Last words that make an organisation of a run of capitals.
ORGANISATION_HEADS = frozenset(
    {"ministry", "department", "council", "party", "court", "commission", "agency", "bank", "university", "union"}
    | {"organization", "organisation", "association", "committee", "parliament", "army", "navy", "police", "forces"}
    | {"front", "movement", "brigade", "company", "corporation", "corp", "inc", "ltd", "institute", "foundation"}
    | {"congress", "senate", "assembly", "federation", "league", "bureau", "authority", "office", "guard", "guards"}
    | {"service", "college", "airlines", "airways", "times", "post", "news", "group", "board", "tribunal", "club"}
    | {"llp", "llc", "plc", "gmbh", "project", "center", "centre", "fund", "society", "trust", "network", "campaign"}
    | {"alliance", "initiative", "observatory", "tribune", "herald", "journal", "magazine", "coalition", "secretariat"}
)
# Capitalised alone, these only point at an organisation named elsewhere: the Organization, the Ministry.
COMMON_ORGANISATIONS = ORGANISATION_HEADS - {"congress", "senate", "parliament", "times", "post", "duma"} | {
    "government"
}
# After "General", "Major" or "Captain" these are no person.
NO_SURNAMES = ORGANISATION_HEADS | {"staff", "election", "elections", "secretariat", "motors", "electric", "hospital"}
DIRECTIONS = frozenset(
    {
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "Southeast",
        "Northeast",
    }
)
FIRST_OF_PEOPLES = DIRECTIONS | {"Latin", "Costa", "Puerto", "Sri", "Saudi", "Sierra", "Native", "Papua"}
AMERICANS = frozenset({"American", "Americans"})
# Peoples that are no nation, so that a hyphen before Americans joins them and does not set them against each other.
ORIGINS = frozenset({"African", "Asian", "Arab", "Hispanic", "Latin", "Native", "Jewish", "Muslim", "European"})
# Countries that are also given names or surnames.
GIVEN_NAMES = frozenset(
    {"Jordan", "Georgia", "Chad", "Israel", "Jersey", "Kenya", "America", "Dominica", "Cuba", "Mali"}
)
PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "from", "outside", "across", "throughout", "toward", "towards", "around"}
)
SHORT_ACRONYMS = frozenset({"UN", "U.N.", "EU", "E.U.", "AU", "NATO", "Nato", "Taliban", "Hamas", "Hezbollah"})
SMALL_WORDS = frozenset({"of", "and", "for", "the", "on", "in", "to", "de", "&", "against"})
LARGE_CITY = 250000
# Cities of this size are places even where a tagger takes them for organisations.
GREAT_CITY = 300000
# What stands behind an American politician's name: "D-West Virginia".
PARTY_AND_STATE = re.compile(r"[DRI]\s?[-‑–—]\s?[A-Z]")
CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-Þ]\w*")
BRACKETED = re.compile(r"\(([A-Z][\w&.\-]{0,14}[A-Z0-9.s])\)")
BYLINE = re.compile(
    r"^(?:By|Words by|Reporting by|Edited by|Editing by|Photographs? by|Written by) +[A-Z].{0,90}$", re.MULTILINE
)


class Entry(NamedTuple):
    """A gazetteer name: its full form, where in it the indexed word begins, label, and whether it is safe to add."""

    name: str
    offset: int
    label: str
    is_certain: bool


class Acronym(NamedTuple):
    """The label of what an acronym names, nothing where it names nothing, and what it stands for."""

    label: str
    stands_for: str


class Lexicon(NamedTuple):
    """Gazetteer names by their first capitalised word, longest first; names of cities; titles."""

    entries: Mapping[str, tuple[Entry, ...]]
    labels: Mapping[str, Entry]
    peoples: frozenset[str]
    cities: frozenset[str]
    titles: Titles
    great_cities: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    acronyms: Mapping[str, Acronym] = MappingProxyType({})
    spelled_out: Mapping[str, str] = MappingProxyType({})
    reference_dir: str | None = None
    institutions: frozenset[str] = frozenset()


class Name(NamedTuple):
    """A candidate: token range, label, what made it, how sure."""

    start: int
    end: int
    label: str
    method: str = "model"
    score: float = 0.9


def make_lexicon(rows: Iterable[tuple[str, str, bool]], cities: Iterable[str], titles: Titles) -> Lexicon:
    """The lexicon of gazetteer rows (name, label, is_certain); the first row of a name wins.

    What is a river in one row and a company in another is nothing for certain.
    """
    entries: dict[str, list[Entry]] = defaultdict(list)
    labels: dict[str, Entry] = {}
    rows = list(rows)
    doubtful = {name for name, label, _ in rows if label == "LOC"} & {name for name, label, _ in rows if label == "ORG"}
    for name, label, is_certain in rows:
        word = CAPITAL.search(name)
        if word is None or name in labels:
            continue
        entry = Entry(name, word.start(), label, is_certain and name not in doubtful)
        labels[name] = entry
        entries[word.group()].append(entry)
    longest_first = {word: tuple(sorted(found, key=lambda item: -len(item.name))) for word, found in entries.items()}
    peoples = frozenset(name for name, entry in labels.items() if entry.label == "NORP")
    return Lexicon(longest_first, labels, peoples, frozenset(cities), titles)


@lru_cache(maxsize=4)
def load_cities(reference_dir: str, least: int = 15000) -> frozenset[str]:
    """Names of cities outside the United States, and of its largest: too many people are named like the others."""
    places = read_arrow(Path(reference_dir) / PLACES_FILE).select(["name", "country", "population"])
    large = places.filter((pc.field("population") >= least) & (pc.field("population") > 0))
    rows = zip(*(large[name].to_pylist() for name in large.column_names), strict=True)
    return frozenset(name for name, country, people in rows if country != "US" or people > LARGE_CITY)


def _is_telling(name: str) -> bool:
    """Whether a name is safe to find without a model: several words, or an acronym of some length."""
    return " " in name or "-" in name or name in SHORT_ACRONYMS or (len(name) > 2 and name.isupper())


@lru_cache(maxsize=4)
def load_lexicon(reference_dir: str) -> Lexicon:
    """The lexicon of countries, groups, regions, organisations and titles under the reference folder."""
    folder = Path(reference_dir)
    rows: list[tuple[str, str, bool]] = []
    capitals: set[str] = set()
    countries = read_reference(folder, "countries", ("name", "other_names", "demonyms", "capital", "metonyms"))
    for row in countries:
        rows += [(name, "GPE", True) for name in (row["name"], *split_list(row["other_names"]))]
        rows += [(name, "NORP", True) for name in split_list(row["demonyms"])]
        capitals |= {row["capital"], *split_list(row["metonyms"])}
    rows += [(row["name"], row["label"], True) for row in read_reference(folder, "regions", ("name", "label"))]
    rows += [(row["name"], "ORG", True) for row in read_reference(folder, "institutions", ("name",))]
    for row in read_reference(folder, "organisations", ("name", "acronym", "other_names")):
        names = (row["name"], row["acronym"], *split_list(row["other_names"]))
        rows += [(name, "ORG", _is_telling(name)) for name in names if name and not name.startswith("the ")]
    for row in read_reference(folder, "groups", ("name", "kind", "other_names")):
        is_certain = row["kind"] in {"religion", "ethnicity"} or bool(row["other_names"])
        rows += [(name, "NORP", is_certain) for name in (row["name"], *split_list(row["other_names"]))]
    titles = read_reference(folder, "titles", ("title", "kind", "gender", "sector_code"))
    lexicon = make_lexicon(
        rows, capitals - {""} | load_cities(reference_dir), make_titles((row["title"], row["kind"]) for row in titles)
    )
    rows_of_acronyms = read_reference(folder, "common_acronyms", ("acronym", "label", "stands_for"))
    acronyms = {row["acronym"]: Acronym(row["label"], row["stands_for"]) for row in rows_of_acronyms}
    return lexicon._replace(
        great_cities=load_cities(reference_dir, GREAT_CITY),
        first_names=frozenset(row["name"] for row in read_reference(folder, "first_names", ("name", "gender"))),
        acronyms=acronyms,
        spelled_out={meant.stands_for.casefold(): meant.label for meant in acronyms.values() if meant.label},
        reference_dir=reference_dir,
        institutions=load_place_words(reference_dir).institutions,
    )


def find_names(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """The names of a doc in text order, each with the title and role the article gives beside it."""
    texts = [token.text for token in doc]
    names = [name for ent in doc.ents for name in mend_entity(ent, lexicon)]
    listed = list(find_listed(doc, lexicon, names))
    names = [name for name in names if not any(is_part_of(name, whole) for whole in listed)]
    names = join_peoples(doc, widen_peoples(doc, add_free(doc, names, listed)))
    names = add_free(doc, names, find_titled(doc, texts, names, lexicon.titles))
    names = name_acronyms(doc, names)
    names = add_written_places(doc, names, lexicon)
    names = settle_labels(doc, without_common_words(doc, names, lexicon), lexicon)
    names = settle_acronyms(doc, names, lexicon)
    names = without_doubtful(doc, names, lexicon)
    names = add_free(doc, names, find_repeated(doc, texts, names))
    bylines = find_bylines(doc)
    kept = [name for name in names if is_name(doc, name) and not (name.label == "PERSON" and name.start in bylines)]
    persons = {index for name in kept if name.label == "PERSON" for index in range(name.start, name.end)}
    return [_mention(doc, name, lexicon.titles, persons) for name in sorted(kept)]


def is_part_of(name: Name, whole: Name) -> bool:
    """Whether a name is but a part of a listed organisation's: `USA` in `USA Today`."""
    is_inside = whole.start <= name.start and name.end <= whole.end
    is_shorter = name.end - name.start < whole.end - whole.start
    return is_inside and is_shorter and whole.label == "ORG" and name.label not in {"ORG", "NORP"}


def add_written_places(doc: Doc, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """The names with abbreviated states and datelines in place of what the model saw there, and the towns before them.

    A name that a state follows is a place whatever it looks like: `Decatur, Ga.`
    """
    if lexicon.reference_dir is None:
        return names
    keys = load_place_keys(lexicon.reference_dir)
    states = list(find_abbreviated(doc, load_abbreviations(lexicon.reference_dir)))
    posted = [span for pair in find_postal(doc, load_postal_codes(lexicon.reference_dir), keys) for span in pair]
    uncapitalised = find_uncapitalised(doc, load_uncapitalised(lexicon.reference_dir))
    spans = [*states, *posted, *find_datelines(doc, keys), *uncapitalised]
    placed = [Name(span.start, span.end, "GPE", "gazetteer", 0.9) for span in spans]
    followed = {state.start - 1 for state in states if state.start > 1 and doc[state.start - 1].text == ","}
    taken = {index for name in placed for index in range(name.start, name.end)}
    kept = [name for name in names if taken.isdisjoint(range(name.start, name.end))]
    kept = [name._replace(label="GPE", method="gazetteer") if name.end in followed else name for name in kept]
    return add_free(doc, kept, placed)


def without_doubtful(doc: Doc, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """The names without those of places that no gazetteer knows and that nothing in the article shows to be places."""
    if lexicon.reference_dir is None:
        return names
    places = [(name.start, name.end) for name in names if name.label == "GPE" and name.method == "model"]
    keys = load_place_keys(lexicon.reference_dir)
    words = load_place_words(lexicon.reference_dir).places
    doubtful = find_doubtful(doc, places, keys, lexicon.labels.keys() | lexicon.cities, words)
    return [
        name
        for name in names
        if not (name.label == "GPE" and name.method == "model" and _text(doc, name.start, name.end) in doubtful)
    ]


def _mention(doc: Doc, name: Name, titles: Titles, persons: set[int]) -> Mention:
    title, role = None, None
    if name.label == "PERSON":
        title, role = find_role(doc, name.start, name.end, titles, persons)
    return Mention(name.start, name.end, name.label, "name", title, role, -1, name.method, name.score)


def mend_entity(ent: Span, lexicon: Lexicon) -> Iterator[Name]:
    """The model's entity with label and boundaries mended; nothing where nothing of a name is left."""
    label = LABELS.get(ent.label_)
    if label is None and ent.label_ not in {"MISC", "OTH"}:
        return
    start, end = _first_line(ent.doc, ent.start, ent.end)
    start = _after_dash(ent.doc, start, end)
    start, end = trim(ent.doc, start, end, label or "")
    if label in {"PERSON", "GPE", "NORP"}:
        start, end = _without_titles(ent.doc, start, end, lexicon)
    if label == "PERSON":
        end = _with_particle(ent.doc, end)
        start = without_office(ent.doc, start, end, lexicon.titles)
    elif label == "ORG" and start < end and title_length(ent.doc, start, end, lexicon.titles) == end - start > 1:
        return
    if start >= end:
        return
    if _is_people(ent.doc, start, end, lexicon):
        label = "NORP"
    listed = lexicon.labels.get(_text(ent.doc, start, end))
    is_body = listed is not None and listed.label == "ORG" and label != "PERSON"
    if listed is not None and (listed.is_certain or label is None or is_body):
        yield Name(start, end, listed.label, "model+gazetteer", 0.95)
    elif label is not None:
        yield Name(start, end, label)


def _is_people(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether several words are a people's name together: British Indians, Southern African."""
    words = [token.text for token in doc[start:end] if token.text not in HYPHENS]
    if len(words) < 2 or any(word not in DIRECTIONS and word not in lexicon.peoples for word in words):
        return False
    return words[-1] in lexicon.peoples


def _first_line(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and doc[start].is_space:
        start += 1
    for index in range(start, end):
        if doc[index].is_space and "\n" in doc[index].text:
            return start, index
    return start, end


def _after_dash(doc: Doc, start: int, end: int) -> int:
    """The start moved behind a dash between blanks, as between the place of a dispatch and its first name."""
    for index in range(end - 2, start, -1):
        if doc[index].text in DASHES and doc[index - 1].whitespace_ and doc[index].whitespace_:
            return index + 1
    return start


def _text(doc: Doc, start: int, end: int) -> str:
    return str(doc[start:end].text)


def _is_shaped_like_name(text: str) -> bool:
    return any(char.isupper() or char.isdigit() for char in text)


def trim(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """The range without determiners, possessive marks, punctuation and plain words at its ends."""
    while start < end:
        token = doc[start]
        is_article = token.lower_ in DETERMINERS and not (end - start == 2 and doc[end - 1].text in KEPT_WITH_THE)
        is_plain = not _is_shaped_like_name(token.text) and not (token.lower_ in PARTICLES and end - start > 1)
        if not (token.is_space or is_article or is_plain):
            break
        start += 1
    while start < end:
        token = doc[end - 1]
        is_plain = not _is_shaped_like_name(token.text)
        is_part = label in {"FAC", "LOC", "EVENT", "LAW"} and token.tag_ in {"NN", "NNS"} and end - start > 1
        is_part |= label == "PERSON" and end - start > 2 and doc[end - 2].text in HYPHENS and token.is_alpha
        if not (token.is_space or token.text in POSSESSIVES or (is_plain and not is_part)):
            break
        end -= 1
    return start, end


def _without_titles(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """The range without the titles before a person's name and after a country's."""
    while start < end:
        length = title_length(doc, start, end, lexicon.titles)
        if length == 0:
            break
        start += length
    for stop in range(end - 1, start, -1):
        listed = lexicon.labels.get(_text(doc, start, stop))
        if listed is not None and title_length(doc, stop, end, lexicon.titles) == end - stop:
            return start, stop
    return start, end


def _with_particle(doc: Doc, end: int) -> int:
    """The end moved over `al-Burhan`, `bin Salman` and the like after a person's name."""
    index = end
    if index < len(doc) and doc[index].lower_ in PARTICLES - {"an", "at", "as", "e", "y"}:
        index += 1
        while index < len(doc) and doc[index].text in HYPHENS:
            index += 1
        if index < len(doc) and doc[index].text[0].isupper() and doc[index].text.isalpha():
            return index + 1
    return end


def join_peoples(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with neighbouring peoples as one: British Indians, African-Americans."""
    joined: list[Name] = []
    for name in sorted(names):
        if joined and name.label == "NORP" == joined[-1].label and _is_one_people(doc, joined[-1], name):
            joined[-1] = joined[-1]._replace(end=name.end)
        else:
            joined.append(name)
    return joined


def _is_one_people(doc: Doc, first: Name, second: Name) -> bool:
    """Whether two names of peoples are one: side by side, or by a hyphen Americans of an origin that is no nation."""
    is_hyphened = first.end + 1 == second.start and doc[first.end].text in HYPHENS
    origin = doc[first.start].text
    return first.end == second.start or (is_hyphened and origin in ORIGINS and doc[second.start].text in AMERICANS)


def widen_peoples(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with the first word of a people taken in: South Sudanese, Latin American, Costa Rican."""
    firsts = {name.start: name for name in names if name.end - name.start == 1}
    is_wider = {
        name: name.label == "NORP" and name.start > 0 and doc[name.start - 1].text in FIRST_OF_PEOPLES for name in names
    }
    swallowed = {firsts.get(name.start - 1) for name in names if is_wider[name]}
    return [name._replace(start=name.start - is_wider[name]) for name in names if name not in swallowed]


def add_free(doc: Doc, names: list[Name], further: Iterable[Name]) -> list[Name]:
    """The names with those further ones that touch none of them."""
    taken = {index for name in names for index in range(name.start, name.end)}
    kept = list(names)
    for name in further:
        inside = range(name.start, name.end)
        if taken.isdisjoint(inside):
            kept.append(name)
            taken.update(inside)
    return kept


def find_listed(doc: Doc, lexicon: Lexicon, names: list[Name]) -> Iterator[Name]:
    """The countries, peoples, regions and organisations of the gazetteers that the text names."""
    text = doc.text
    begun = {name.start for name in names}
    done = 0
    for word in CAPITAL.finditer(text):
        for entry in lexicon.entries.get(word.group(), ()):
            begin = word.start() - entry.offset
            stop = begin + len(entry.name)
            if begin < done or not text.startswith(entry.name, begin) or text[stop : stop + 1].isalnum():
                continue
            span = doc.char_span(begin, stop) if entry.is_certain else None
            is_safe = span is not None and not _is_shouted(doc, span.start, span.end)
            if (
                span is not None
                and is_safe
                and not (entry.label == "NORP" and _is_modifier(span, begun, lexicon.titles, lexicon.peoples))
            ):
                yield Name(span.start, span.end, entry.label, "gazetteer", 0.85)
                done = stop
            break


def _is_modifier(span: Span, begun: set[int], titles: Titles, peoples: frozenset[str]) -> bool:
    """Whether a people's name is part of a longer name that nothing tagged: Kazakh Airlines, not Kazakh President."""
    doc, end = span.doc, span.end
    after = doc[end] if end < len(doc) else None
    if after is None or not after.text[0].isupper() or end in begun:
        return False
    if (after.tag_ and not after.tag_.startswith("NNP")) or after.text in peoples:
        return False
    return title_length(doc, end, min(end + 5, len(doc)), titles) == 0


def _is_shouted(doc: Doc, start: int, end: int) -> bool:
    """Whether a word in capitals stands among words in capitals, as in a headline."""
    if not doc[start].text.isupper() or len(doc[start].text) > 4:
        return False
    beside = [doc[index].text for index in (start - 1, end) if 0 <= index < len(doc)]
    words = [text for text in beside if text.isalpha()]
    return bool(words) and all(text.isupper() and len(text) > 1 for text in words)


def find_titled(doc: Doc, texts: list[str], names: list[Name], titles: Titles) -> Iterator[Name]:
    """The persons that no model saw, by the title before their capitalised name."""
    taken = {index for name in names for index in range(name.start, name.end)}
    for start, end in _capital_runs(texts, taken):
        first = start
        for index in range(start, end):
            length = title_length(doc, index, end, titles)
            first = index + length if length and index >= first else first
        if first == start and title_before(doc, start, titles) is None:
            continue
        if first < end and _is_surname_run(doc, first, end):
            yield Name(first, _with_particle(doc, end), "PERSON", "title", 0.8)


def _is_surname_run(doc: Doc, start: int, end: int) -> bool:
    words = [doc[index] for index in range(start, end)]
    if any(word.tag_ and not word.tag_.startswith(("NNP", "FW")) and word.text not in HYPHENS for word in words):
        return False
    return not any(word.lower_ in NO_SURNAMES | NO_NAMES | CALENDAR for word in words)


def _capital_runs(texts: list[str], taken: set[int]) -> Iterator[tuple[int, int]]:
    """The ranges of capitalised words that belong to no name yet, hyphens inside them included."""
    start = None
    for index, text in enumerate(texts):
        is_word = text[0].isupper() and not text.isupper() and index not in taken
        is_link = (
            start is not None and text in HYPHENS and texts[index + 1 : index + 2] and texts[index + 1][0].isupper()
        )
        if is_word and start is None:
            start = index
        elif start is not None and not is_word and not is_link:
            yield start, index
            start = None
    if start is not None:
        yield start, len(texts)


def name_acronyms(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with acronyms and what they are short for, labelled alike."""
    if "(" not in doc.text:
        return names
    kept = list(names)
    for full, short in find_acronyms(doc, names):
        label = _label_of_pair(doc, full, short, names)
        if label is None:
            continue
        touched = {*range(*full), *range(*short)}
        kept = [name for name in kept if touched.isdisjoint(range(name.start, name.end))]
        kept += [Name(*full, label, "acronym", 0.95), Name(*short, label, "acronym", 0.95)]
        spelled = _text(doc, *short)
        kept = [name._replace(label=label) if _text(doc, name.start, name.end) == spelled else name for name in kept]
    return kept


def _label_of_pair(doc: Doc, full: tuple[int, int], short: tuple[int, int], names: list[Name]) -> str | None:
    begin, end = min(full[0], short[0]), max(full[1], short[1])
    touching = [name.label for name in names if name.start < end and begin < name.end]
    if any(token.lower_ in ORGANISATION_HEADS for token in doc[full[0] : full[1]]):
        return "ORG"
    if not touching:
        return None
    whole = [name.label for name in names if name.start < full[1] and full[0] < name.end]
    if whole and whole[-1] in {"PERSON", "NORP"}:
        return "PRODUCT"
    return (whole or touching)[-1]


def find_acronyms(doc: Doc, names: Iterable[Name | Mention] = ()) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs (full name, acronym) of token ranges that the text defines: `Long Name (LN)` and `LN (Long Name)`."""
    pairs = []
    for found in BRACKETED.finditer(doc.text):
        short = doc.char_span(found.start(1), found.end(1))
        bracket = None if short is None else short.start - 1
        if short is not None and bracket is not None and bracket > 0 and doc[bracket].text == "(":
            full = _spelled_out(doc, bracket, short.text)
            if full is not None:
                pairs.append((full, (short.start, short.end)))
    for name in names:
        before = name.start - 2
        is_bracketed = name.end - name.start > 1 and before >= 0 and doc[name.start - 1].text == "("
        closed = name.end < len(doc) and doc[name.end].text == ")"
        if is_bracketed and closed and doc[before].text.isupper():
            full = _spelled_out(doc, name.end, doc[before].text)
            if full is not None and full[0] >= name.start:
                pairs.append((full, (before, before + 1)))
    return pairs


def _spelled_out(doc: Doc, end: int, acronym: str) -> tuple[int, int] | None:
    """The range that ends there and whose initials give the acronym, small words left out."""
    letters = [char for char in acronym.rstrip("s") if char.isupper()]
    if len(letters) < 2:
        return None
    index, rest = end - 1, list(letters)
    if doc[index].text in POSSESSIVES:
        return None
    while index >= 0 and rest and end - index <= 12:
        text = doc[index].text
        if text[0] == rest[-1]:
            rest.pop()
        elif not (text[0].isupper() or text in HYPHENS or text.lower() in SMALL_WORDS):
            return None
        if not rest:
            return (index, end) if end - index > 1 else None
        index -= 1
    return None


def settle_labels(doc: Doc, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """The names with one label for one wording, by gazetteer, surname of a person, title, place words and majority."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    surnames = _surnames(doc, names, lexicon.first_names | lexicon.great_cities)
    texts = [_text(doc, name.start, name.end) for name in names]
    for name, text in zip(names, texts, strict=True):
        votes[text].update(_votes(doc, name, text, lexicon, surnames))
    settled = []
    for name, text in zip(names, texts, strict=True):
        label = votes[text].most_common(1)[0][0]
        settled.append(name if label == name.label else name._replace(label=label, method="article"))
    return settled


def without_common_words(doc: Doc, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """The names without single words that are capitalised for their place alone, like Hours or Household."""
    suspects = [is_no_name(doc, name.start, name.end) for name in names]
    known = {doc[index].text for name in names if name.end - name.start > 1 for index in range(name.start, name.end)}
    known |= {doc[name.start].text for name, suspect in zip(names, suspects, strict=True) if not suspect}
    known |= lexicon.cities
    return [
        name
        for name, suspect in zip(names, suspects, strict=True)
        if not suspect or doc[name.start].text in known or doc[name.start].text in lexicon.labels
    ]


def settle_acronyms(doc: Doc, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """The names without acronyms that are no name, and the others as what they are, written out or not.

    Where the article itself says that the acronym is short for something else, the article is believed.
    """
    texts = [_text(doc, name.start, name.end) for name in names]
    written = {text.casefold() for text in texts}
    explained = {text for name, text in zip(names, texts, strict=True) if name.method == "acronym"}
    settled = []
    for name, text in zip(names, texts, strict=True):
        label = lexicon.spelled_out.get(text.casefold(), name.label)
        meant = lexicon.acronyms.get(text)
        is_known = meant is not None and (text not in explained or meant.stands_for.casefold() in written)
        if meant is not None and is_known and (meant.label or label in ACTORS):
            label = meant.label
        if label:
            settled.append(name if label == name.label else name._replace(label=label, method="gazetteer"))
    return settled


def _surnames(doc: Doc, names: Iterable[Name], given: Set[str]) -> set[str]:
    """The surnames of the article's persons: last words, and first ones that are not given names, as in Kim Jong Un."""
    full = [name for name in names if name.label == "PERSON" and name.end - name.start > 1]
    last = {doc[name.end - 1].text for name in full}
    return last | {doc[name.start].text for name in full} - given


def _votes(doc: Doc, name: Name, text: str, lexicon: Lexicon, surnames: set[str]) -> dict[str, float]:
    votes = {name.label: 3.0 if name.method == "acronym" else 1.0}
    listed = lexicon.labels.get(text)
    if listed is not None and listed.is_certain and not (text in surnames and text in GIVEN_NAMES):
        votes[listed.label] = votes.get(listed.label, 0) + 5
    elif text in surnames and name.end - name.start == 1:
        votes["PERSON"] = votes.get("PERSON", 0) + 3
    elif text in lexicon.cities and name.label in {"PERSON", "NORP", "PRODUCT", "EVENT"}:
        # Towns are namesakes of many people: what the article says of the name outweighs a small one.
        is_namesake = name.label == "PERSON" and text not in lexicon.great_cities
        votes["GPE"] = votes.get("GPE", 0) + (1.2 if is_namesake else 3)
    elif text in lexicon.great_cities and name.label in {"ORG", "FAC", "WORK"}:
        votes["GPE"] = votes.get("GPE", 0) + 2
    before = doc[name.start - 1].lower_ if name.start else ""
    points = _person_votes(doc, name, text, lexicon)
    if points:
        votes["PERSON"] = votes.get("PERSON", 0) + points
    elif before in PLACE_PREPOSITIONS and name.label in {"PERSON", "GPE", "NORP"} and text not in surnames:
        votes["GPE"] = votes.get("GPE", 0) + (1 if name.label == "GPE" or name.end - name.start == 1 else 0)
    if (
        doc[name.end - 1].lower_ in ORGANISATION_HEADS
        and name.end - name.start > 1
        and name.label not in {"ORG", "FAC", "LAW"}
    ):
        votes["ORG"] = votes.get("ORG", 0) + 2
    if name.label in {"GPE", "LOC"} and is_institution(doc, name.start, name.end, lexicon.institutions):
        votes["ORG"] = votes.get("ORG", 0) + 2
    if name.label == "PERSON" and _is_bare_acronym(doc, name) and not points and text not in surnames:
        votes["ORG"] = votes.get("ORG", 0) + 2
    return votes


def _is_bare_acronym(doc: Doc, name: Name) -> bool:
    """Whether one word in capitals stands in a line that is not all in capitals, as no person does."""
    text = doc[name.start].text
    is_word = name.end - name.start == 1 and 2 < len(text) < 7 and text.isupper() and text.isalpha()
    return is_word and not _is_shouted(doc, name.start, name.end) and not doc[name.start - 1].text.isupper()


def _person_votes(doc: Doc, name: Name, text: str, lexicon: Lexicon) -> float:
    last = doc[name.end - 1].lower_
    if text in lexicon.labels or last in ORGANISATION_HEADS or name.method == "acronym":
        return 0.0
    says = name.label == "PERSON" and name.end - name.start == 1 and is_speaking(doc, name.end)
    return says + person_points(doc, name.start, name.end, lexicon.titles, lexicon.first_names)


def find_repeated(doc: Doc, texts: list[str], names: list[Name]) -> Iterator[Name]:
    """The further occurrences of the article's names, and of the surnames of its persons, that nothing tagged."""
    known: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for name in names:
        words = tuple(texts[name.start : name.end])
        if len(words[0]) > 1 and _is_shaped_like_name(words[0]) and not words[0].isdigit():
            known[words[0]].setdefault(words, name.label)
        if name.label == "PERSON" and len(words) > 1 and words[-1][0].isupper() and len(words[-1]) > 2:
            known[words[-1]].setdefault((words[-1],), "PERSON")
    for index, text in enumerate(texts):
        if text not in known:
            continue
        for words, label in sorted(known[text].items(), key=lambda item: -len(item[0])):
            end = index + len(words)
            if tuple(texts[index:end]) != words:
                continue
            tag = doc[index].tag_
            is_named = len(words) > 1 or not tag or tag.startswith("NNP") or label == "NORP"
            if is_named and not (label == "PERSON" and _is_inside_capitals(doc, end)):
                yield Name(index, end, label, "propagated", 0.75)
            break


def _is_inside_capitals(doc: Doc, end: int) -> bool:
    """Whether a surname is part of a longer untagged name: Clinton Foundation."""
    after = doc[end] if end < len(doc) else None
    return (
        after is not None and after.tag_.startswith("NNP") and after.text[0].isupper() and after.lower_ in NO_SURNAMES
    )


def is_name(doc: Doc, name: Name) -> bool:
    """Whether a candidate can be a name: no date, no number, no web furniture, no byline."""
    text = _text(doc, name.start, name.end)
    is_shaped = _is_shaped_like_name(text) or name.method == "gazetteer"
    if not any(char.isalpha() for char in text) or not is_shaped or len(text) < 2:
        return False
    if name.end - name.start == 1 and name.label == "ORG" and text.lower().rstrip(".") in COMMON_ORGANISATIONS:
        return False
    if name.end - name.start == 1 and (text.lower() in NO_NAMES or text.lower().rstrip(".") in CALENDAR):
        return False
    if name.label == "NORP" and (text.lower() == "indigenous" or is_language(doc, name.end)):
        return False
    if name.label == "PERSON" and any(token.lower_ in CALENDAR for token in doc[name.start : name.end]):
        return not any(token.is_digit for token in doc[name.start : name.end])
    if name.label == "GPE" and name.end < len(doc) and doc[name.end].text.startswith("$"):
        return False
    if name.label == "PERSON" and PARTY_AND_STATE.match(text):
        return False
    if name.label == "PERSON" and is_no_person(text):
        return False
    is_lone_model_name = name.label == "ORG" and name.end - name.start == 1 and name.method == "model"
    return not (is_lone_model_name and _is_portfolio(doc, name.start))


def _is_portfolio(doc: Doc, start: int) -> bool:
    """Whether a word tells what a minister is minister of."""
    return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in {"minister", "secretary", "minster"}


def find_bylines(doc: Doc) -> frozenset[int]:
    """The tokens of lines that do nothing but name the authors."""
    tokens: set[int] = set()
    for line in BYLINE.finditer(doc.text):
        span = doc.char_span(*line.span(), alignment_mode="expand")
        if span is not None and not line.group().rstrip().endswith((".", "!", "?")):
            tokens.update(range(span.start, span.end))
    return frozenset(tokens)


@Language.factory(
    "dateline_names",
    default_config={"reference_dir": ""},
    assigns=["doc._.mentions", "doc.spans"],
    requires=["doc.ents"],
)
def create_names(nlp: Language, name: str, reference_dir: str) -> Callable[[Doc], Doc]:
    """The component that fills `doc._.mentions` and `doc.spans["mentions"]`."""
    lexicon = load_lexicon(reference_dir)

    def set_mentions(doc: Doc) -> Doc:
        found = find_names(doc, lexicon)
        doc._.mentions = found
        doc.spans["mentions"] = [Span(doc, item.start, item.end, label=item.label) for item in found]
        return doc

    return set_mentions
