"""What one article names: its mentions grouped to things, before articles are compared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import pyarrow as pa

from tasks.normalize.names import (
    PARTICLES,
    acronym_key,
    clean_name,
    family_mark,
    have_rival_initials,
    is_acronym,
    is_acronym_of,
    is_bill,
    is_pair,
    is_shouted,
    is_well_formed,
    name_key,
    organisation_key,
    person_words,
)

NAME = "name"
PERSON = "PERSON"
ORG = "ORG"
NORP = "NORP"
COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "madam"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
GIVEN_PARTICLES = ("Al ", "Ben ", "Van ")  # particles that are first names as well
LONG_WORD = 5  # letters from which a word in capitals may be a surname in a headline
# Heads of names of what belongs to a body or is called after it, and is not the body.
PARTS = frozenset({
    "academy", "association", "branch", "caucus", "center", "club", "college", "commission", "committee", "council",
    "counsel", "crimson", "democrat", "democratic", "democrats", "division", "force", "foundation", "fund", "gop",
    "institute", "office", "organization", "republican", "republicans", "school", "senators", "staff", "subcommittee",
    "team", "teams", "union",
})  # fmt: skip
# Words that tell of what sort a body is and name none alone.
SORTS = frozenset({"american", "central", "federal", "general", "international", "joint", "national", "united"})
# Heads of names that go without saying: the University of Texas is Texas, the Department of Justice is Justice.
NAMED_BY_COMPLEMENT = frozenset({"department", "ministry", "house", "university", "secretary", "office", "bureau"})
MENTION_COLUMNS = (
    "mention_id", "article_id", "start_char", "end_char", "text", "label", "mention_type", "title", "role",
    "coref_cluster_id", "score", "sentence_index",
)  # fmt: skip


class Mention(NamedTuple):
    """A naming in an article; `cluster` is None where nothing else in the article names the same."""

    mention_id: str
    article_id: str
    start: int
    end: int
    text: str
    label: str
    mention_type: str = NAME
    title: str | None = None
    role: str | None = None
    cluster: int | None = None
    score: float = 1.0
    sentence_index: int = 0


class Cluster(NamedTuple):
    """The mentions of one thing in one article; the first is its best name."""

    article_id: str
    label: str
    name: str
    mentions: tuple[Mention, ...]

    @property
    def names(self) -> list[str]:
        """The names used, cleaned, one for each mention that is a name."""
        return [clean_name(mention.text) for mention in self.mentions if mention.mention_type == NAME]


def read_mentions(table: pa.Table) -> list[Mention]:
    """The mentions of a table of entity_mentions in the order of the articles' ids and their texts."""
    ordered = table.select(MENTION_COLUMNS).sort_by(
        [
            ("article_id", "ascending"),
            ("start_char", "ascending"),
            ("end_char", "ascending"),
            ("mention_id", "ascending"),
        ]
    )
    columns = [ordered.column(name).to_pylist() for name in MENTION_COLUMNS]
    return [Mention(*row) for row in zip(*columns, strict=True)]


def by_article(mentions: Sequence[Mention]) -> Iterable[tuple[str, list[Mention]]]:
    """The mentions of each article, for mentions in article order."""
    for article_id, group in groupby(mentions, key=lambda mention: mention.article_id):
        yield article_id, list(group)


def family(label: str) -> str:
    """The kind of thing within which names are compared: places and nationalities go together."""
    return "PLACE" if label in PLACE_LABELS or label == NORP else label


def is_compatible(kind: str, one: str, other: str) -> bool:
    """Whether two names may name one thing of that family inside one article."""
    if kind == PERSON:
        if family_mark(one) != family_mark(other) and person_words(one) == person_words(other):
            return False
        short_name, long_name = sorted((one, other), key=lambda name: len(person_words(name)))
        short, long = person_words(short_name), person_words(long_name)
        if (family_mark(short_name) is not None and family_mark(long_name) is None) or have_rival_initials(short, long):
            return False
        return bool(short) and (
            set(short) <= set(long) or (len(short) > 1 and short[-1] == long[-1] and short[0][0] == long[0][0])
        )
    short_key, long_key = sorted((organisation_key(one), organisation_key(other)), key=len)
    if is_case(short_key) != is_case(long_key) or is_bill(one) != is_bill(other):
        return False
    if short_key.replace(" ", "") == long_key.replace(" ", ""):
        return True
    if kind == "PLACE":
        return False
    if is_part(short_key.split(), long_key.split()):
        return False
    if is_acronym_of(one, other) or is_acronym_of(other, one) or is_acronym(one) != is_acronym(other):
        return True
    return (
        set(short_key.split()) <= set(long_key.split())
        and not is_complement(short_key, long_key)
        and is_short_form(short_key.split(), long_key.split())
    )


def is_complement(word: str, name: str) -> bool:
    """Whether a word only says of what a body is one: a `Library of Congress` is no Congress, the House of Commons is
    the Commons.
    """
    head, of, rest = name.partition(" of ")
    return bool(of) and rest == word and head.split()[-1] not in NAMED_BY_COMPLEMENT


def is_short_form(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether some words of a body's name may stand for it.

    All of them in another order do not, as a `Senate Democrat` is no Democratic Senate, nor does one from the middle or
    one that says of what sort many bodies are: `Intelligence` for the House Intelligence Committee, `National`.
    """
    if len(short) > 1:
        return len(short) < len(long) or list(short) == list(long)
    if len(long) < 2:
        return True
    ends = {0, len(long) - 1} | {place + step for place, word in enumerate(long) if word == "of" for step in (-1, 1)}
    places = {place for place, word in enumerate(long) if word == short[0]}
    return bool(places & ends) and short[0] not in SORTS and "and" not in [long[place - 1] for place in places if place]


def is_case(key: str) -> bool:
    """Whether the key of a name is that of a case before a court, which is called after its parties."""
    return not {"v", "vs", "versus"}.isdisjoint(key.split())


def is_part(whole: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a name is that of a part or offshoot of a body: `House` and `House Judiciary Committee`.

    The head of such a name, its last word before any preposition, says so.
    """
    end = next((place for place, word in enumerate(name) if word in ("of", "for", "on", "against")), len(name))
    return 0 < len(whole) < end and list(name[: len(whole)]) == list(whole) and name[end - 1] in PARTS


def choose_name(names: Sequence[str]) -> str:
    """The fullest usual name: well-formed before headline capitals, in full before acronyms, long, then frequent."""
    counts = Counter(names)
    return max(
        counts,
        key=lambda name: (is_well_formed(name), not is_acronym(name), len(name.split()), counts[name], len(name), name),
    )


def choose_person(names: Sequence[str]) -> str:
    """The best name of a person: a full name, be it in headline capitals, before a single word."""
    best = choose_name(names)
    full = [name for name in names if is_shouted(name) and len(person_words(name)) > 1]
    return choose_name(full) if full and len(person_words(best)) < 2 else best


def vote(pairs: Iterable[tuple[str, float]]) -> str:
    """The value with the most weight; the first in the alphabet among equals."""
    weights: dict[str, float] = defaultdict(float)
    for value, weight in pairs:
        weights[value] += weight
    return max(sorted(weights), key=lambda value: weights[value])


def is_name(mention: Mention) -> bool:
    """Whether the mention is a name that has letters or digits."""
    return mention.mention_type == NAME and bool(name_key(mention.text))


def make_cluster(mentions: Sequence[Mention]) -> Cluster:
    """The cluster of mentions, of which at least one is a name."""
    named = [mention for mention in mentions if is_name(mention)]
    label = vote((mention.label, mention.score * (1 + len(mention.text.split()))) for mention in named)
    names = [clean_name(mention.text) for mention in named if mention.label == label]
    name = choose_person(names) if label == PERSON else choose_name(names)
    return Cluster(named[0].article_id, label, name, tuple(mentions))


def split_chain(chain: Sequence[Mention]) -> list[list[Mention]]:
    """A coreference chain parted where its names cannot name one thing; other words stay with its main name."""
    named = [mention for mention in chain if is_name(mention)]
    if not named:
        return []
    kind = vote((family(mention.label), mention.score) for mention in named)
    counts = Counter(clean_name(mention.text) for mention in named if family(mention.label) == kind)
    main = choose_name(list(counts)) if kind != "PLACE" else max(sorted(counts), key=lambda name: counts[name])
    parts: dict[str, list[Mention]] = {"": []}
    for mention in chain:
        fits = not is_name(mention) or (
            (family(mention.label) == kind or kind == PERSON) and is_compatible(kind, mention.text, main)
        )
        parts.setdefault("" if fits else f"{family(mention.label)} {name_key(mention.text)}", []).append(mention)
    return list(parts.values())


def may_share_role(one: Cluster, other: Cluster) -> bool:
    """Whether the roles of two clusters may be one person's: not `President` and `first lady`."""
    first, second = role_words(one.mentions), role_words(other.mentions)
    return not (first and second) or bool(first & second)


def role_words(mentions: Iterable[Mention]) -> set[str]:
    """The words of all roles that mentions are given, but for Mr. and the like."""
    roles = (mention.role or mention.title or "" for mention in mentions)
    return {word for role in roles for word in name_key(role).split()} - COURTESIES


def is_full_name(cluster: Cluster) -> bool:
    """Whether a cluster is somebody's who goes by more than one word."""
    return cluster.label == PERSON and len(person_words(cluster.name)) > 1 and not is_pair(cluster.name)


def find_host(cluster: Cluster, others: Sequence[Cluster]) -> Cluster | None:
    """The one cluster of the article whose fuller name holds this short name, or None where none or several do."""
    words = person_words(cluster.name)
    is_initials = cluster.label != PERSON and is_acronym(cluster.name) and len(acronym_key(cluster.name)) < LONG_WORD
    while len(words) > 1 and words[0] in PARTICLES and not cluster.name.startswith(GIVEN_PARTICLES):
        words = words[1:]
    if len(words) == 1 and cluster.label in (PERSON, ORG, NORP, *PLACE_LABELS) and not is_initials:
        people = [other for other in others if is_full_name(other)]
        for place in (-1, 0) if cluster.label == PERSON else (-1,):
            found = [other for other in people if person_words(other.name)[place] == words[0]]
            found = [other for other in found if family_mark(other.name) == family_mark(cluster.name)] or (
                [] if family_mark(cluster.name) is not None else found
            )
            if found:
                return found[0] if len(found) == 1 and may_share_role(cluster, found[0]) else None
    if len(words) > 1 and cluster.label == PERSON:
        found = [
            other
            for other in others
            if other.label == PERSON and len(person_words(other.name)) > len(words)
            and person_words(other.name)[-1] == words[-1] and set(words) <= set(person_words(other.name))
            and not have_rival_initials(words, person_words(other.name))
            and family_mark(other.name) == family_mark(cluster.name)
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None
    if is_acronym(cluster.name):
        is_place = cluster.label in PLACE_LABELS
        found = [
            other
            for other in others
            if other.label != PERSON and is_acronym_of(cluster.name, other.name)
            and (not is_place or other.label in PLACE_LABELS) and not is_case(organisation_key(other.name))
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None
    return None


def join_short_names(clusters: Sequence[Cluster], known: frozenset[str]) -> list[Cluster]:
    """The clusters of one article with surnames and acronyms joined to fuller names; names in `known` stand alone."""
    joined: dict[int, list[Mention]] = {}
    kept: list[Cluster] = []
    for cluster in clusters:
        others = [other for other in clusters if other is not cluster]
        stands = cluster.label != PERSON and name_key(cluster.name) in known
        host = None if stands else find_host(cluster, others)
        if host is None:
            kept.append(cluster)
        else:
            joined.setdefault(id(host), []).extend(cluster.mentions)
    result = []
    for cluster in kept:
        extra = joined.get(id(cluster), [])
        mentions = sorted([*cluster.mentions, *extra], key=lambda mention: (mention.start, mention.end))
        result.append(cluster._replace(mentions=tuple(mentions)))
    return result


def find_clusters(mentions: Sequence[Mention], known: frozenset[str] = frozenset()) -> list[Cluster]:
    """The things that one article names; mentions that no name stands for are left out.

    `known` holds the keys of countries and the like, which are never a person's surname.
    """
    chains: dict[int, list[Mention]] = defaultdict(list)
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.cluster is not None:
            chains[mention.cluster].append(mention)
        elif is_name(mention):
            groups[family(mention.label), name_key(mention.text)].append(mention)
    for chain in chains.values():
        for part in split_chain(chain):
            named = [mention for mention in part if is_name(mention)]
            if named:
                label = make_cluster(part)
                groups[family(label.label), name_key(label.name)].extend(part)
    clusters = [make_cluster(sorted(group, key=lambda m: (m.start, m.end))) for group in groups.values() if group]
    return settle_hosts(
        sorted(clusters, key=lambda cluster: (cluster.mentions[0].start, cluster.mentions[0].end)), known
    )


def settle_hosts(clusters: list[Cluster], known: frozenset[str]) -> list[Cluster]:
    """The clusters with short names joined to fuller ones until nothing more is joined."""
    while True:
        joined = join_short_names(clusters, known)
        if len(joined) == len(clusters):
            return joined
        clusters = joined
