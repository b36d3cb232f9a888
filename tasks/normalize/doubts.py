"""Doubts: names that hardly any mention of a well-known thing has, and that nothing else says are its own."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from tasks.normalize.clusters import ORG, PERSON, Mention, is_name, make_cluster
from tasks.normalize.lexicon import Lexicon, find_organisation
from tasks.normalize.names import (
    GENERATIONS,
    clean_name,
    is_acronym,
    is_acronym_of,
    name_key,
    organisation_key,
    person_words,
    similarity,
)
from tasks.normalize.readings import SLIP, Reading

FEWEST_NAMED = 200  # mentions by name, for a thing whose usual names are known
USUAL_SHARE = 0.005  # of them, for a usual name
FEWEST_MARKED = 2  # mentions with a mark of generation, for one that is usual
DOUBTFUL = "doubt"  # how what is kept apart is linked


def part_doubtful(readings: Iterable[Reading], lexicon: Lexicon) -> list[Reading]:
    """The readings, with mentions by a doubtful name of a well-known thing apart as a thing of their own.

    A rare name of a body is doubtful unless it holds a usual one, differs by a slip, is made of its initials or listed;
    a rare mark of generation in a full name is its bearer's father's or son's as likely.
    """
    groups: dict[tuple[str, str | None], list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.entity_type, reading.key].append(reading)
    result: list[Reading] = []
    for (entity_type, _), group in groups.items():
        names = Counter(name for reading in group for name in reading.cluster.names if name)
        doubtful: Collection[str] = ()
        if entity_type == ORG and names.total() >= FEWEST_NAMED:
            doubtful = find_doubtful_bodies(names, group[0], lexicon)
        elif entity_type == PERSON and names.total() >= FEWEST_NAMED:
            doubtful = find_doubtful_marks(names)
        result += [part for reading in group for part in part_reading(reading, doubtful)] if doubtful else group
    return result


def find_doubtful_bodies(names: Mapping[str, int], first: Reading, lexicon: Lexicon) -> frozenset[str]:
    """The names of a body that hardly any mention has and that are none of its own by their words."""
    keys: Counter[str] = Counter()
    for name, count in names.items():
        keys[organisation_key(name)] += count
    least = USUAL_SHARE * keys.total()
    usual = sorted(key for key, count in keys.items() if count >= least)
    reference = first.reference
    if reference is not None:
        usual.append(organisation_key(reference.name))
    return frozenset(
        name
        for name in names
        if keys[organisation_key(name)] < least
        and not fits(name, usual)
        and (reference is None or find_organisation(lexicon, name) != reference)
    )


def fits(name: str, usual: Sequence[str]) -> bool:
    """Whether a name says by itself that it is that of a body with the usual keys."""
    key = organisation_key(name)
    words = set(key.split())
    return any(
        set(own.split()) <= words
        or similarity(key, own) >= SLIP
        or (len(key) > 2 and is_acronym(name) and is_acronym_of(name, own))
        for own in usual
    )


def find_doubtful_marks(names: Mapping[str, int]) -> frozenset[str]:
    """The full names of a person with a mark of generation that hardly any has."""
    full = {name: count for name, count in names.items() if len(person_words(name)) > 1}
    marks: Counter[str] = Counter()
    for name, count in full.items():
        marks.update({word: count for word in name_key(name).split()[-1:] if word in GENERATIONS})
    least = max(FEWEST_MARKED, USUAL_SHARE * sum(full.values()))
    return frozenset(
        name for name in full if (mark := name_key(name).split()[-1]) in GENERATIONS and marks[mark] < least
    )


def part_reading(reading: Reading, doubtful: Collection[str]) -> list[Reading]:
    """The reading without the mentions by doubtful names, and one reading for each such name."""
    parts: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in reading.cluster.mentions:
        name = clean_name(mention.text) if is_name(mention) else None
        parts[name if name in doubtful else None].append(mention)
    if set(parts) == {None}:
        return [reading]
    kept = parts.pop(None, [])
    has_name = any(is_name(mention) for mention in kept)
    own = [reading._replace(cluster=make_cluster(kept))] if has_name else []
    rest = [] if has_name else kept
    return [*own, *(keep_apart(reading, name, [*mentions, *rest]) for name, mentions in parts.items() if name)]


def keep_apart(reading: Reading, name: str, mentions: Sequence[Mention]) -> Reading:
    """The reading of mentions by a doubtful name: a body of that name, or somebody of this article alone."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, mention.end))
    cluster = make_cluster(ordered)
    key = organisation_key(name) if reading.entity_type == ORG else f"{name_key(name)} [{cluster.article_id}]"
    return Reading(cluster, reading.entity_type, key, DOUBTFUL, 0.4)
