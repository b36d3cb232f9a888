"""Which names in an article name the same thing: full and short forms, acronyms and expansions, country aliases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

# fmt: off
HONORIFICS = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "rev", "gen", "lt", "maj", "col",
    "capt", "sgt", "president", "minister", "prime", "premier", "senator", "sen", "rep", "representative",
    "congressman", "congresswoman", "governor", "gov", "mayor", "secretary", "king", "queen", "prince", "princess",
    "pope", "judge", "justice", "sheikh", "ayatollah", "chancellor", "ambassador",
))
# fmt: on
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "&", "-"})
THINGS = frozenset({"ORG", "GPE", "LOC", "FAC"})
MAX_ACRONYM = 8


class Name(NamedTuple):
    """A name as read: words without title and dots; `follows_as_acronym`: the name it stands behind in brackets."""

    words: tuple[str, ...]
    label: str
    is_acronym: bool = False
    gender: str | None = None
    follows_as_acronym: int | None = None

    @property
    def kind(self) -> str:
        """PERSON, NORP and other labels by themselves; organisations and places together, as taggers mix them up."""
        return "THING" if self.label in THINGS else self.label


def normal_words(text: str, label: str) -> tuple[str, ...]:
    """The lower-case words of a name without article, possessive and dots; of a person also without title."""
    cleaned = text.replace("’", "'").replace("\n", " ").lower()
    cleaned = cleaned.removesuffix("'s").removesuffix("'")
    words = [word.replace(".", "").strip(",\"'()") for word in cleaned.split()]
    words = [word for word in words if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if label == "PERSON":
        while len(words) > 1 and words[0] in HONORIFICS:
            words = words[1:]
    return tuple(words)


def cluster_names(names: Sequence[Name], countries: Mapping[str, str]) -> list[int]:
    """For each name, in text order, the number of its cluster; `countries` maps lower-case country names to codes."""
    groups = _Groups(len(names))
    _join_equal(names, countries, groups)
    _join_full_persons(names, groups)
    _join_short_persons(names, groups)
    _join_acronyms(names, groups)
    _join_short_things(names, groups)
    return groups.numbers()


class _Groups:
    """Disjoint sets of indices."""

    def __init__(self, size: int) -> None:
        self.parents = list(range(size))

    def root(self, index: int) -> int:
        while self.parents[index] != index:
            index = self.parents[index]
        return index

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self.root(first), self.root(second)))
        self.parents[high] = low

    def numbers(self) -> list[int]:
        """The groups numbered from 0 in order of their first member."""
        order: dict[int, int] = {}
        return [order.setdefault(self.root(index), len(order)) for index in range(len(self.parents))]


def _join_equal(names: Sequence[Name], countries: Mapping[str, str], groups: _Groups) -> None:
    seen: dict[tuple[str, str], int] = {}
    for index, name in enumerate(names):
        if name.kind == "PERSON" and len(name.words) < 2:
            continue
        text = " ".join(name.words)
        key = (name.kind, countries.get(text, text) if name.kind == "THING" else text)
        if key in seen:
            groups.join(seen[key], index)
        seen.setdefault(key, index)


def _join_full_persons(names: Sequence[Name], groups: _Groups) -> None:
    full = [i for i, name in enumerate(names) if name.kind == "PERSON" and len(name.words) > 1]
    for position, index in enumerate(full):
        for earlier in full[:position]:
            if groups.root(earlier) != groups.root(index) and is_same_person(names[earlier].words, names[index].words):
                groups.join(earlier, index)
                break


def is_same_person(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: one holds the words of the other, initials counted."""
    if (set(first) ^ set(second)) & SUFFIXES:
        return False
    first, second = _without_suffix(first), _without_suffix(second)
    if first[-1] != second[-1]:
        return _is_run(first, second) or _is_run(second, first)
    short, long = sorted((first[:-1], second[:-1]), key=len)
    return all(any(_fits(word, other) for other in long) for word in short)


def _without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in SUFFIXES) or words


def _fits(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


def _is_run(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    size = len(short)
    return size < len(long) and any(long[k : k + size] == short for k in range(1, len(long) - size + 1))


def _join_short_persons(names: Sequence[Name], groups: _Groups) -> None:
    """Gives each one-word name to the full name before it that fits best, or the only one after it."""
    persons = [i for i, name in enumerate(names) if name.kind == "PERSON" and name.words]
    anchors = [i for i in persons if len(names[i].words) > 1]
    anchors = sorted([*anchors, *_strangers(names, persons, anchors)])
    latest: dict[str, int] = {}
    used: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for index in persons:
        name = names[index]
        if len(name.words) == 1:
            owner = _owner(_fitting_names(name, names, anchors), index, used, counts, groups)
            owner = latest.get(name.words[0]) if owner is None else owner
            if owner is not None:
                groups.join(owner, index)
            latest[name.words[0]] = index
        used[groups.root(index)] = index
        counts[groups.root(index)] += 1


def _strangers(names: Sequence[Name], persons: list[int], full: list[int]) -> list[int]:
    """The first of each one-word name whose title rules out every full name with it: `Mr. Doe` beside `Jane Doe`."""
    first: dict[tuple[str, str | None], int] = {}
    for index in persons:
        name = names[index]
        is_ruled_out = len(name.words) == 1 and name.gender is not None and not _fitting_names(name, names, full)
        if is_ruled_out and any(_is_short_for(name, names[i]) for i in full):
            first.setdefault((name.words[0], name.gender), index)
    return list(first.values())


def _fitting_names(name: Name, names: Sequence[Name], full: list[int]) -> list[int]:
    """The full names that a short one can stand for: by surname before first name, by gender where known."""
    fitting = [i for i in full if _is_short_for(name, names[i])]
    fitting = [i for i in fitting if _without_suffix(names[i].words)[-1] == name.words[0]] or fitting
    if name.gender is not None:
        fitting = [i for i in fitting if names[i].gender in {name.gender, None}]
        fitting = [i for i in fitting if names[i].gender == name.gender] or fitting
    return fitting


def _owner(fitting: list[int], index: int, used: dict[int, int], counts: Counter[int], groups: _Groups) -> int | None:
    """The person most named so far, the latest of equals: news gives the bare surname to whom the story is about."""
    before = [i for i in fitting if i < index]
    if before:
        return max(before, key=lambda i: (counts[groups.root(i)], used.get(groups.root(i), i)))
    return fitting[0] if len({groups.root(i) for i in fitting}) == 1 else None


def _is_short_for(name: Name, full: Name) -> bool:
    return bool(name.words) and name.words[0] in _without_suffix(full.words)


def _join_acronyms(names: Sequence[Name], groups: _Groups) -> None:
    for index, name in enumerate(names):
        if not name.is_acronym or name.kind != "THING":
            continue
        if name.follows_as_acronym is not None and _may_abbreviate(name, names[name.follows_as_acronym]):
            groups.join(name.follows_as_acronym, index)
            continue
        for other, candidate in enumerate(names):
            if candidate.kind == "THING" and name.words[0] in initials(candidate.words):
                groups.join(other, index)
                break


def _may_abbreviate(acronym: Name, name: Name) -> bool:
    return name.kind == "THING" and len(name.words) > 1 and acronym.words[0][0] in {word[0] for word in name.words}


def initials(words: tuple[str, ...]) -> set[str]:
    """The acronyms that a name of several words can have: with and without its small words."""
    parts = [part for word in words for part in word.split("-") if part]
    if len(parts) < 2:
        return set()
    big = [part for part in parts if part not in SMALL_WORDS]
    return {"".join(part[0] for part in big), "".join(part[0] for part in parts)}


def _join_short_things(names: Sequence[Name], groups: _Groups) -> None:
    """Joins an organisation's name to the one longer name that starts with it or holds its words in another order."""
    organisations = [i for i, name in enumerate(names) if name.label == "ORG" and name.words]
    for index in organisations:
        words = names[index].words
        longer = {groups.root(i) for i in organisations if _is_longer(words, names[i].words)}
        longer.discard(groups.root(index))
        latest = next((i for i in reversed(organisations) if i < index and _is_last_word(words, names[i].words)), None)
        if len(longer) == 1:
            groups.join(longer.pop(), index)
        elif latest is not None:
            groups.join(latest, index)


def _is_last_word(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a capitalised common noun names the thing again: `the Organization` for the Treaty Organization.

    The House is a chamber, and not the White House.
    """
    return len(short) == 1 < len(long) and short != ("house",) and _american(short[0]) == _american(long[-1])


def _american(word: str) -> str:
    return word.replace("isation", "ization")


def _is_longer(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(long) > len(short) and long[: len(short)] == short:
        return long[len(short)] not in SMALL_WORDS
    big = sorted(word for word in short if word not in SMALL_WORDS)
    return short != long and len(big) > 1 and big == sorted(word for word in long if word not in SMALL_WORDS)
