"""Readings: what one article says of each thing it names, before articles are compared."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from tasks.normalize.clusters import (
    NORP,
    ORG,
    PERSON,
    PLACE_LABELS,
    Cluster,
    Mention,
    is_name,
    make_cluster,
)
from tasks.normalize.gazetteer import COUNTRY, COUNTRY_PREFIX, REGION, Gazetteer
from tasks.normalize.lexicon import (
    OWNER,
    Lexicon,
    Organisation,
    Region,
    find_country_codes,
    find_organisation,
    find_sector,
)
from tasks.normalize.names import clean_name, fold, name_key
from tasks.normalize.organisations import find_expansions, identify_organisation
from tasks.normalize.places import Located, resolve_places

GPE = "GPE"
COUNTRY_LABELS = frozenset({*PLACE_LABELS, NORP, ORG})
RELABELLED = frozenset({GPE, "FAC", NORP, "PRODUCT", "WORK"})  # labels under which a well-known organisation may hide
UNCLEAR_METONYMS = frozenset({"brussels", "the hague", "hague"})  # these stand for more than their country
OFFICES = re.compile(r"\band\b|[,;]")
CLEAR_LEAD = 1.5  # how many times more articles must give a single word a label than the next label
DIRECTION = re.compile(r"\b(?:to|for|in|on|against|with|at)\b.*", re.IGNORECASE)


class ArticleFacts(NamedTuple):
    """What is needed of an article: when it was published, where it was filed, and which agency's report it is."""

    published_at: datetime | None
    dateline: str | None
    agency: str | None = None


class Reading(NamedTuple):
    """What was found out about one thing of one article before the articles are compared."""

    cluster: Cluster
    entity_type: str
    key: str | None
    method: str
    score: float
    name: str | None = None
    country_code: str | None = None
    sector: str | None = None
    place_id: str | None = None
    reference: Organisation | None = None
    role: str | None = None


class Sayings(NamedTuple):
    """What all articles together say of labels, acronyms and roles; the roles are filled in while articles are read."""

    labels: Mapping[str, str]
    expansions: Mapping[str, str]
    roles: dict[str, tuple[str | None, str | None]]


class Setting(NamedTuple):
    """What one article says around the things it names: places, how often it speaks of countries, what goes before."""

    located: Mapping[str, Located]
    weights: Mapping[str, float]
    before: Mapping[str, Mention]


def country_of(lexicon: Lexicon, key: str, label: str, weights: Mapping[str, float]) -> tuple[str, str] | None:
    """The country that a name means and how: by its name or its people; a shared demonym goes by the article."""
    codes = lexicon.demonyms.get(key, ())
    if len(codes) > 1 and label == NORP:
        codes = tuple(code for code in codes if weights.get(code, 0) > 0)
    if len(codes) == 1 and label in (NORP, *PLACE_LABELS):
        return codes[0], "demonym"
    if key in lexicon.country_names:
        return lexicon.country_names[key], "country"
    return None


def is_country_name(lexicon: Lexicon, cluster: Cluster) -> bool:
    """Whether the cluster's name, as written, may be a country: a two-letter name only in capitals."""
    return cluster.label in COUNTRY_LABELS and not cluster.name.islower()


def read_place(
    cluster: Cluster, *, lexicon: Lexicon, located: Mapping[str, Located], weights: Mapping[str, float]
) -> Reading | None:
    """A country, a located place or a nationality, or None where the cluster is none of these."""
    key = name_key(cluster.name)
    place = located.get(key) if cluster.label in PLACE_LABELS else None
    if key in lexicon.polities and cluster.label in (NORP, *PLACE_LABELS):
        name = lexicon.polities[key]
        place_id = place.place.place_id if place is not None and place.place.precision == REGION else None
        return Reading(cluster, GPE, name_key(name), "country", 1.0, name, place_id=place_id)
    country = country_of(lexicon, key, cluster.label, weights) if is_country_name(lexicon, cluster) else None
    if country is not None and (place is None or place.place.precision == COUNTRY):
        code, method = country
        name = lexicon.countries[code].name
        return Reading(
            cluster, GPE, f"{COUNTRY_PREFIX}{code}", method, 1.0, name, code, None, f"{COUNTRY_PREFIX}{code}"
        )
    if place is not None and cluster.label != "FAC":
        found = place.place
        return Reading(
            cluster, GPE, found.place_id, "gazetteer", place.score, None, found.country_code, None, found.place_id
        )
    return None


def read_person(cluster: Cluster, *, lexicon: Lexicon, sayings: dict[str, tuple[str | None, str | None]]) -> Reading:
    """A person with the country and sector that the article's roles give; the key is found among all articles."""
    roles = Counter(role for mention in cluster.mentions if (role := find_role(mention, lexicon)) is not None)
    countries: Counter[str] = Counter()
    sectors: Counter[str] = Counter()
    for role, count in roles.items():
        if role not in sayings:
            sayings[role] = (find_role_country(lexicon, role), find_role_sector(lexicon, role))
        country, sector = sayings[role]
        countries.update({country: count} if country else {})
        sectors.update({sector: count} if sector else {})
    return Reading(
        cluster, PERSON, None, "name", 1.0, None, most_common(countries), most_common(sectors), role=choose_role(roles)
    )


def find_role(mention: Mention, lexicon: Lexicon) -> str | None:
    """The role that a mention gives, if it says more than Mr. or Mrs."""
    role = mention.role or mention.title
    return role if role is not None and name_key(role) not in lexicon.courtesies else None


def choose_role(roles: Mapping[str, int]) -> str | None:
    """The most usual role, the fuller one among equals."""
    return max(sorted(roles), key=lambda role: (roles[role], len(role)), default=None)


def most_common(counts: Mapping[str, int]) -> str | None:
    """The most frequent value, the first in the alphabet among equals, or None where there is none."""
    return max(sorted(counts), key=lambda value: counts[value], default=None)


def find_role_country(lexicon: Lexicon, role: str) -> str | None:
    """The country that a person serves by the role: `Armenian Prime Minister`, `White House press secretary`.

    Countries after `to`, `for` and the like are somebody else's: `US ambassador to Russia`.
    """
    own = name_countries(lexicon, DIRECTION.sub("", role))
    codes = find_country_codes(lexicon, own)
    if codes:
        return codes[0]
    organisation = find_role_organisation(lexicon, own)
    if organisation is not None:
        return organisation.country_code
    words = name_key(own).split()
    heads = (" ".join(words[:length]) for length in range(min(3, len(words)), 0, -1))
    return next((lexicon.metonyms[head] for head in heads if head in lexicon.metonyms), None)


def name_countries(lexicon: Lexicon, text: str) -> str:
    """The text with divisions of more than one word as their countries: there is a Jersey apart from New Jersey."""
    pattern, countries = index_divisions(lexicon.regions)
    names = {country.iso2: country.name for country in lexicon.countries.values()}

    def name_country(match: re.Match[str]) -> str:
        is_country = name_key(match[0]) in lexicon.country_names
        return match[0] if is_country else names.get(countries[fold(match[0])], match[0])

    return pattern.sub(name_country, text)


@lru_cache(maxsize=4)
def index_divisions(regions: tuple[Region, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all names of divisions that have more than one word, and the ISO 3166-1 alpha-2 code of each."""
    countries = {fold(name): region.code[:2] for region in regions for name in (region.name, *region.other_names)}
    known = {name: code for name, code in countries.items() if " " in name}
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE), known


def find_role_organisation(lexicon: Lexicon, role: str) -> Organisation | None:
    """The well-known organisation named in a role, the longest name first."""
    words = OWNER.sub("", role).split()
    for length in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            found = find_organisation(lexicon, name) if name[0].isupper() else None
            if found is not None:
                return found
    return None


def find_role_sector(lexicon: Lexicon, role: str) -> str | None:
    """The sector of the first of the offices in a role that has one: `Armenian Prime Minister and CSTO chairman`."""
    return next((found for part in OFFICES.split(role) if (found := find_office_sector(lexicon, part))), None)


def find_office_sector(lexicon: Lexicon, office: str) -> str | None:
    """The sector of an office: by keyword, international organisation, longest known title, then other organisation."""
    sector = find_sector(lexicon, office, "person")
    organisation = find_role_organisation(lexicon, office)
    if sector is not None:
        return sector
    if organisation is not None and organisation.sector == "IGO":
        return "IGO"
    words = fold(office).split()
    for length in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            title = lexicon.titles.get(" ".join(words[start : start + length]))
            if title is not None:
                return title
    return organisation.sector if organisation is not None else find_sector(lexicon, office, "organisation")


def read_group(cluster: Cluster, *, lexicon: Lexicon) -> Reading:
    """A thing that goes by its name alone: a group of people, a region nobody located, an event, a law."""
    key = name_key(cluster.name)
    if cluster.label == NORP and key in lexicon.groups:
        name = lexicon.groups[key]
        return Reading(cluster, NORP, name_key(name), "reference", 1.0, name)
    code = lexicon.metonyms.get(key) if cluster.label in PLACE_LABELS else None
    return Reading(cluster, cluster.label, key, "name", 0.9, None, code)


def split_metonym(reading: Reading, acting: frozenset[str], lexicon: Lexicon) -> list[Reading]:
    """The reading parted in two where a capital or palace stands for its government: where it acts or speaks."""
    code = lexicon.metonyms.get(name_key(reading.cluster.name))
    if code is None or reading.reference is not None or name_key(reading.cluster.name) in UNCLEAR_METONYMS:
        return [reading]
    mentions = reading.cluster.mentions
    named = tuple(mention for mention in mentions if mention.mention_id in acting)
    rest = tuple(mention for mention in mentions if mention.mention_id not in acting)
    if not named or reading.key == f"{COUNTRY_PREFIX}{code}":
        return [reading]
    country = Reading(
        cluster=reading.cluster._replace(mentions=named),
        entity_type=GPE,
        key=f"{COUNTRY_PREFIX}{code}",
        method="metonym",
        score=0.8,
        name=lexicon.countries[code].name,
        country_code=code,
        place_id=f"{COUNTRY_PREFIX}{code}",
    )
    has_name = any(is_name(mention) for mention in rest)
    return [country, *([reading._replace(cluster=reading.cluster._replace(mentions=rest))] if has_name else [])]


def precede(mentions: Sequence[Mention]) -> dict[str, Mention]:
    """For each mention the nearest name that begins before it, by mention id."""
    found: dict[str, Mention] = {}
    previous: Mention | None = None
    for mention in mentions:
        if previous is not None:
            found[mention.mention_id] = previous
        if is_name(mention):
            previous = mention
    return found


def settle_labels(articles: Mapping[str, list[Cluster]]) -> dict[str, str]:
    """For each name that articles label in several ways the label that most give; a single word needs a clear lead."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for clusters in articles.values():
        for cluster in clusters:
            for key in {name_key(name) for name in (cluster.name, *cluster.names)}:
                votes[key][cluster.label] += 1
    labels = {}
    for key, found in votes.items():
        (label, most), *others = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        if others and (" " in key or most >= CLEAR_LEAD * others[0][1]):
            labels[key] = label
    return labels


def relabel(cluster: Cluster, labels: Mapping[str, str], located: Mapping[str, Located], lexicon: Lexicon) -> Cluster:
    """The cluster with the label that its name has in most articles; a well-known organisation is one.

    A single word that the article's places explain, or that is a person's in this article, keeps its label.
    """
    if cluster.label in RELABELLED and find_organisation(lexicon, cluster.name, {}) is not None:
        return cluster._replace(label=ORG)
    key = name_key(cluster.name)
    is_settled = " " not in key and (cluster.label == PERSON or key in located or is_nation(lexicon, key))
    return cluster if is_settled else cluster._replace(label=labels.get(key, cluster.label))


def is_nation(lexicon: Lexicon, key: str) -> bool:
    """Whether a key is a name or demonym of a country or former state, or stands for a government."""
    return key in lexicon.country_names or key in lexicon.demonyms or key in lexicon.polities or key in lexicon.metonyms


def is_bare_title(cluster: Cluster, lexicon: Lexicon) -> bool:
    """Whether all that an article calls a person is a title, which names nobody: Sir, Major."""
    return cluster.label == PERSON and all(name_key(name) in lexicon.title_words for name in cluster.names)


def read_cluster(labelled: Cluster, *, lexicon: Lexicon, setting: Setting, sayings: Sayings) -> Reading:
    """What one thing of an article is: a place or people, an organisation, a person, or what its name alone says."""
    cluster = relabel(labelled, sayings.labels, setting.located, lexicon)
    if cluster.label in COUNTRY_LABELS:
        reading = read_place(cluster, lexicon=lexicon, located=setting.located, weights=setting.weights)
        if reading is not None:
            return reading
    if cluster.label == ORG:
        return read_organisation(cluster, lexicon=lexicon, setting=setting, expansions=sayings.expansions)
    if cluster.label == PERSON:
        return read_person(cluster, lexicon=lexicon, sayings=sayings.roles)
    return read_group(cluster, lexicon=lexicon)


def part_bodies(cluster: Cluster, lexicon: Lexicon, weights: Mapping[str, float]) -> list[Cluster]:
    """The cluster, parted where its names mean several well-known organisations; other words stay with the main one."""
    if cluster.label != ORG or len(set(cluster.names)) < 2:
        return [cluster]
    bodies = {name: find_organisation(lexicon, name, weights) for name in set(cluster.names)}
    known = Counter(body.name for name in cluster.names if (body := bodies[name]) is not None)
    if len(known) < 2:
        return [cluster]
    main = most_common(known)
    parts: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in cluster.mentions:
        body = bodies.get(clean_name(mention.text)) if is_name(mention) else None
        parts[main if body is None else body.name].append(mention)
    return [make_cluster(mentions) for mentions in parts.values()]


def read_organisation(
    cluster: Cluster, *, lexicon: Lexicon, setting: Setting, expansions: Mapping[str, str]
) -> Reading:
    """An organisation with the key, country and sector of the one that the cluster means."""
    found = identify_organisation(
        cluster, lexicon=lexicon, expansions=expansions, weights=setting.weights, before=setting.before
    )
    return Reading(
        cluster=cluster,
        entity_type=ORG,
        key=found.key,
        method=found.method,
        score=found.score,
        name=found.name,
        country_code=found.country_code,
        sector=found.sector,
        reference=found.reference,
    )


def place_mentions(mentions: Iterable[Mention], located: Mapping[str, Located]) -> dict[str, Located]:
    """The place of each mention of an article that names one."""
    named = (m for m in mentions if m.label in PLACE_LABELS and m.label != "FAC" and is_name(m))
    return {m.mention_id: located[key] for m in named if (key := name_key(m.text)) in located}


def read_articles(
    articles: Mapping[str, list[Cluster]],
    mentions: Mapping[str, list[Mention]],
    facts: Mapping[str, ArticleFacts],
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    acting: frozenset[str],
    kinds: Mapping[str, str],
) -> tuple[list[Reading], dict[str, Located]]:
    """The readings of all articles, and the place of each mention that is one."""
    expansions = find_expansions(cluster for clusters in articles.values() for cluster in clusters)
    sayings = Sayings(settle_labels(articles), expansions, {})
    readings: list[Reading] = []
    where: dict[str, Located] = {}
    for article_id, clusters in articles.items():
        own = mentions[article_id]
        dateline = facts[article_id].dateline if article_id in facts else None
        located, weights = resolve_places(own, dateline, lexicon=lexicon, gazetteer=gazetteer, kinds=kinds)
        where.update(place_mentions(own, located))
        setting = Setting(located, weights, precede(own))
        for cluster in (part for whole in clusters for part in part_bodies(whole, lexicon, weights)):
            reading = read_cluster(cluster, lexicon=lexicon, setting=setting, sayings=sayings)
            readings += split_metonym(reading, acting, lexicon)
    return readings, where
