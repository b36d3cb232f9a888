"""Entities: the mentions of all articles joined to persons, organisations, places and groups."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from tasks.ids import stable_id
from tasks.normalize.clusters import (
    NAME,
    NORP,
    ORG,
    PERSON,
    PLACE_LABELS,
    Cluster,
    Mention,
    by_article,
    find_clusters,
    is_name,
)
from tasks.normalize.corrections import Entity, amend_entities, find_moves
from tasks.normalize.gazetteer import COUNTRY, REGION, Gazetteer
from tasks.normalize.lexicon import (
    OWNER,
    Lexicon,
    Organisation,
    find_country_codes,
    find_organisation,
    find_sector,
)
from tasks.normalize.names import fold, is_acronym, is_junior, is_well_formed, name_key, person_words
from tasks.normalize.organisations import find_expansions, identify_organisation
from tasks.normalize.people import (
    Identity,
    Person,
    identify_full_names,
    identify_short_name,
    index_short_forms,
)
from tasks.normalize.places import Located, resolve_places

GPE = "GPE"
COUNTRY_LABELS = frozenset({*PLACE_LABELS, NORP, ORG})
RELABELLED = frozenset({GPE, "FAC", NORP, "PRODUCT", "WORK"})  # labels under which a well-known organisation may hide
UNCLEAR_METONYMS = frozenset({"brussels", "the hague", "hague"})  # these stand for more than their country
OFFICES = re.compile(r"\band\b|[,;]")
CLEAR_LEAD = 1.5  # how many times more articles must give a single word a label than the next label
DIRECTION = re.compile(r"\b(?:to|for|in|on|against|with|at)\b.*", re.IGNORECASE)


class ArticleFacts(NamedTuple):
    """What is needed of an article: when it was published and where it was filed."""

    published_at: datetime | None
    dateline: str | None


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


class Link(NamedTuple):
    """A row of `entity_links`."""

    mention_id: str
    entity_id: str
    method: str
    score: float


class Entities(NamedTuple):
    """All entities with the mentions that name them, and the places of mentions."""

    entities: list[Entity]
    links: list[Link]
    located: dict[str, Located]


def make_entity_id(entity_type: str, key: str) -> str:
    """The id of an entity: it depends on what it is called, not on what else is read."""
    return stable_id("ent", entity_type, key)


# --- one article -----------------------------------------------------------------------------------------------------


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
        return Reading(cluster, GPE, f"country:{code}", method, 1.0, name, code, None, f"country:{code}")
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
    own = DIRECTION.sub("", role)
    codes = find_country_codes(lexicon, own)
    if codes:
        return codes[0]
    organisation = find_role_organisation(lexicon, own)
    if organisation is not None:
        return organisation.country_code
    words = name_key(own).split()
    heads = (" ".join(words[:length]) for length in range(min(3, len(words)), 0, -1))
    return next((lexicon.metonyms[head] for head in heads if head in lexicon.metonyms), None)


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
    if not named or reading.key == f"country:{code}":
        return [reading]
    country = Reading(
        cluster=reading.cluster._replace(mentions=named),
        entity_type=GPE,
        key=f"country:{code}",
        method="metonym",
        score=0.8,
        name=lexicon.countries[code].name,
        country_code=code,
        place_id=f"country:{code}",
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


# --- all articles ----------------------------------------------------------------------------------------------------


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
    labels = settle_labels(articles)
    expansions = find_expansions(cluster for clusters in articles.values() for cluster in clusters)
    sayings: dict[str, tuple[str | None, str | None]] = {}
    readings: list[Reading] = []
    where: dict[str, Located] = {}
    for article_id, clusters in articles.items():
        own = mentions[article_id]
        fact = facts.get(article_id, ArticleFacts(None, None))
        located, weights = resolve_places(own, fact.dateline, lexicon=lexicon, gazetteer=gazetteer, kinds=kinds)
        before = precede(own)
        for mention in own:
            if mention.label in PLACE_LABELS and mention.label != "FAC" and is_name(mention):
                found = located.get(name_key(mention.text))
                if found is not None:
                    where[mention.mention_id] = found
        for labelled in clusters:
            cluster = relabel(labelled, labels, located, lexicon)
            reading = None
            if cluster.label in COUNTRY_LABELS:
                reading = read_place(cluster, lexicon=lexicon, located=located, weights=weights)
            if reading is None and cluster.label == ORG:
                found_org = identify_organisation(
                    cluster, lexicon=lexicon, expansions=expansions, weights=weights, before=before
                )
                reading = Reading(
                    cluster,
                    ORG,
                    found_org.key,
                    found_org.method,
                    found_org.score,
                    found_org.name,
                    found_org.country_code,
                    found_org.sector,
                    reference=found_org.reference,
                )
            if reading is None and cluster.label == PERSON:
                reading = read_person(cluster, lexicon=lexicon, sayings=sayings)
            reading = reading if reading is not None else read_group(cluster, lexicon=lexicon)
            readings += split_metonym(reading, acting, lexicon)
    return readings, where


def identify_people(readings: Sequence[Reading], lexicon: Lexicon) -> list[Reading]:
    """The readings with the keys of persons: full names first, among all articles, then what bare surnames mean."""
    contexts = find_contexts(readings)
    full = [r for r in readings if r.entity_type == PERSON and len(person_words(r.cluster.name)) > 1]
    people = [
        Person(person_words(r.cluster.name), r.country_code, frozenset(contexts[r.cluster.article_id])) for r in full
    ]
    juniors = find_juniors(full)
    identities = [
        identity._replace(key=f"{identity.key} jr") if id(reading.cluster) in juniors else identity
        for reading, identity in zip(full, identify_full_names(people, lexicon.first_names), strict=True)
    ]
    by_cluster = {id(r.cluster): identity for r, identity in zip(full, identities, strict=True)}
    short_forms = index_short_forms(
        (identity.key, person.words, find_bare_names(reading.cluster))
        for reading, identity, person in zip(full, identities, people, strict=True)
    )
    seen: dict[str, set[str]] = defaultdict(set)
    for reading, identity in zip(full, identities, strict=True):
        seen[identity.key] |= contexts[reading.cluster.article_id]
    result = []
    for reading in readings:
        if reading.entity_type != PERSON:
            result.append(reading)
            continue
        identity = by_cluster.get(id(reading.cluster)) or identify_short_name(
            person_words(reading.cluster.name) or (name_key(reading.cluster.name),),
            reading.cluster.article_id,
            frozenset(contexts[reading.cluster.article_id]),
            short_forms=short_forms,
            contexts=seen,
        )
        result.append(apply_identity(reading, identity))
    return result


def find_bare_names(cluster: Cluster) -> set[str]:
    """The single words of a person's full name that the article also uses alone."""
    words = set(person_words(cluster.name))
    return {key[0] for name in cluster.names if len(key := person_words(name)) == 1 and key[0] in words}


def find_juniors(people: Sequence[Reading]) -> set[int]:
    """The clusters of persons who are told from a parent of their name by `Jr.`, as some article names both."""
    names: dict[str, set[tuple[tuple[str, ...], bool]]] = defaultdict(set)
    for reading in people:
        words = person_words(reading.cluster.name)
        names[reading.cluster.article_id].add((words, is_junior(reading.cluster.name)))
    shared = {words for found in names.values() for words, junior in found if junior and (words, False) in found}
    return {
        id(reading.cluster)
        for reading in people
        if is_junior(reading.cluster.name) and person_words(reading.cluster.name) in shared
    }


def apply_identity(reading: Reading, identity: Identity) -> Reading:
    """The reading of a person with who it is."""
    return reading._replace(key=identity.key, method=identity.method, score=identity.score)


def find_contexts(readings: Sequence[Reading]) -> dict[str, set[str]]:
    """What else each article names, by the keys of countries, places and organisations."""
    contexts: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        contexts[reading.cluster.article_id] |= {reading.key} if reading.key is not None else set()
    return contexts


def link_mentions(entity_id: str, readings: Iterable[Reading]) -> list[Link]:
    """One link for each mention; words that stand for a name are linked as coreference, a shade less surely."""
    links = []
    for reading in readings:
        for mention in reading.cluster.mentions:
            is_named = mention.mention_type == NAME
            method = reading.method if is_named else "coreference"
            links.append(
                Link(
                    mention.mention_id, entity_id, method, round(reading.score if is_named else reading.score * 0.9, 3)
                )
            )
    return links


def count_words(name: str) -> int:
    """The number of words of a person's name up to three, without initials and generations."""
    return min(3, sum(len(word) > 1 for word in person_words(" ".join(name.replace("-", "").split()))))


def choose_canonical(names: Mapping[str, int], entity_type: str) -> str:
    """The fullest usual form: among well-formed full names those that are not rare, then the most frequent.

    A fuller form that is a quarter as frequent as the most usual full name is taken; a rarer one is a slip.
    """
    formed = {name: count for name, count in names.items() if is_well_formed(name)} or dict(names)
    if entity_type in (ORG, PERSON):
        formed = {name: count for name, count in formed.items() if not is_acronym(name)} or formed
    if entity_type == PERSON:
        full = {name: count for name, count in formed.items() if count_words(name) > 1} or formed
        usual = max(full.values())
        longest = max(count_words(name) for name, count in full.items() if count * 4 >= usual)
        formed = {name: count for name, count in full.items() if count_words(name) == longest}
    return max(sorted(formed), key=lambda name: (formed[name], len(name)))


def make_entity(
    entity_id: str, readings: Sequence[Reading], *, gazetteer: Gazetteer, facts: Mapping[str, ArticleFacts]
) -> Entity:
    """The row of an entity, from all that articles say of it."""
    first = readings[0]
    names: Counter[str] = Counter()
    for reading in readings:
        names.update(name for name in reading.cluster.names if name)
    reference = first.reference
    articles = {reading.cluster.article_id for reading in readings}
    days = sorted(
        fact.published_at.date()
        for a in articles
        if (fact := facts.get(a)) is not None and fact.published_at is not None
    )
    canonical = name_entity(first, readings, names, gazetteer)
    short = [
        name
        for name in names
        if is_acronym(name) and first.entity_type == ORG and name_key(name) != name_key(canonical)
    ]
    acronym = reference.acronym if reference is not None else None
    acronym = acronym or max(sorted(short), key=lambda name: names[name], default=None)
    return Entity(
        entity_id=entity_id,
        entity_type=first.entity_type,
        canonical_name=canonical,
        acronym=acronym if acronym != canonical else None,
        aliases=tuple(sorted(name for name in names if name != canonical)),
        country_code=most_common(Counter(r.country_code for r in readings if r.country_code is not None)),
        sector=most_common(Counter(r.sector for r in readings if r.sector is not None)),
        role=choose_role(Counter(r.role for r in readings if r.role is not None)),
        place_id=first.place_id,
        wikidata_id=reference.wikidata_id if reference is not None else None,
        article_count=len(articles),
        mention_count=sum(len(reading.cluster.mentions) for reading in readings),
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
    )


def name_entity(first: Reading, readings: Sequence[Reading], names: Mapping[str, int], gazetteer: Gazetteer) -> str:
    """The canonical name: that of the reference, the usual spelling of a place, or the fullest usual form.

    A name that was made up of a country and a body gives way to one that an article writes in full.
    """
    if first.reference is not None:
        return first.reference.name
    given = Counter(reading.name for reading in readings if reading.name is not None)
    written = Counter(reading.cluster.name for reading in readings if reading.name is None)
    if given and written:
        return choose_canonical(written, first.entity_type)
    if given:
        return most_common(given) or first.cluster.name
    if first.place_id is not None:
        spelt: Counter[str] = Counter()
        for name, count in names.items():
            spelt[gazetteer.spellings.get((first.place_id, name_key(name)), name)] += count
        return choose_canonical(spelt, first.entity_type)
    return choose_canonical(names or {first.cluster.name: 1}, first.entity_type)


def find_entities(
    mentions: Sequence[Mention],
    facts: Mapping[str, ArticleFacts],
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    acting: frozenset[str] = frozenset(),
    kinds: Mapping[str, str] | None = None,
) -> Entities:
    """The entities that mentions name, with a link from each mention and the places of mentions.

    `acting` holds the mentions that act or speak, where a capital stands for its government; `kinds` says of place
    names whether the words around them call them a region or a city.

    `mentions` are in article order; cost grows with their number: names are compared inside articles and blocks only.
    """
    known = frozenset({*lexicon.country_names, *lexicon.demonyms, *lexicon.metonyms})
    grouped = dict(by_article(mentions))
    found = {article_id: find_clusters(group, known) for article_id, group in grouped.items()}
    articles = {a: [c for c in clusters if not is_bare_title(c, lexicon)] for a, clusters in found.items()}
    readings, located = read_articles(
        articles, grouped, facts, lexicon=lexicon, gazetteer=gazetteer, acting=acting, kinds=kinds or {}
    )
    readings = identify_people(readings, lexicon)
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[make_entity_id(reading.entity_type, reading.key or "")].append(reading)
    entities = make_entities(groups, gazetteer=gazetteer, facts=facts)
    moves = find_moves(entities, lexicon.corrections)
    if moves:
        groups = move_readings(groups, moves)
        entities = make_entities(groups, gazetteer=gazetteer, facts=facts)
    return Entities(
        amend_entities(entities, lexicon.corrections),
        sorted(link for entity_id, group in groups.items() for link in link_mentions(entity_id, group)),
        located,
    )


def make_entities(
    groups: Mapping[str, Sequence[Reading]], *, gazetteer: Gazetteer, facts: Mapping[str, ArticleFacts]
) -> list[Entity]:
    """The rows of all entities in the order of their ids."""
    return [
        make_entity(entity_id, group, gazetteer=gazetteer, facts=facts) for entity_id, group in sorted(groups.items())
    ]


def move_readings(groups: Mapping[str, list[Reading]], moves: Mapping[str, str | None]) -> dict[str, list[Reading]]:
    """The readings under the entities that corrections move them to; those of a rejected entity are gone."""
    moved: dict[str, list[Reading]] = defaultdict(list)
    for entity_id, group in groups.items():
        if entity_id not in moves:
            moved[entity_id] = [*group, *moved[entity_id]]
    for entity_id, target in sorted(moves.items()):
        if target is not None:
            moved[target] += [reading._replace(method="correction") for reading in groups[entity_id]]
    return moved
