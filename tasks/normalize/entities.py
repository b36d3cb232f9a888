"""Entities: the mentions of all articles joined to persons, organisations, places and groups."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from tasks.ids import stable_id
from tasks.normalize.bearers import Bearer, find_bearers, part_bearer
from tasks.normalize.clusters import (
    COURTESIES,
    NAME,
    ORG,
    PERSON,
    Cluster,
    Mention,
    by_article,
    find_clusters,
)
from tasks.normalize.corrections import (
    Entity,
    Outcome,
    Split,
    amend_entities,
    check_correction,
    find_moves,
    find_splits,
    judge_corrections,
)
from tasks.normalize.doubts import part_doubtful
from tasks.normalize.gazetteer import COUNTRY_PREFIX, Gazetteer
from tasks.normalize.lexicon import Lexicon
from tasks.normalize.names import family_mark, is_acronym, is_well_formed, name_key, person_words
from tasks.normalize.people import (
    Identity,
    Person,
    find_given,
    find_pairs,
    formal_key,
    identify_full_names,
    identify_short_name,
    index_short_forms,
    without_mononyms,
    without_scrap,
)
from tasks.normalize.places import NO_HINTS, Hints, Located
from tasks.normalize.readings import (
    ArticleFacts,
    Reading,
    choose_role,
    is_bare_title,
    most_common,
    read_articles,
    read_person,
)

LEAST_COUNTRY_SHARE = 0.02  # of articles, for the country that they give an entity
SENIOR = "sr"
KIN = re.compile(
    r"\b((?:grand)?(?:son|daughter)|brother|sister|wife|husband|widow|father|mother|nephew|niece|cousin) of\b.*"
)
RANKS = frozenset({"acting", "chief", "deputy", "former", "president", "senior", "of", "the", "and", "for", "in", "to"})
HANDLE_WORDS = re.compile("^(?:the)?(?:real|official)?")
SPLIT = "split"  # how what a correction parts from an entity is linked


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
    outcomes: Sequence[Outcome] = ()


def make_entity_id(entity_type: str, key: str) -> str:
    """The id of an entity: it depends on what it is called, not on what else is read."""
    return stable_id("ent", entity_type, key)


def identify_people(readings: Sequence[Reading], lexicon: Lexicon) -> list[Reading]:
    """The readings with the keys of persons: full names first, among all articles, then what bare surnames mean."""
    contexts = {article_id: frozenset(keys) for article_id, keys in find_contexts(readings).items()}
    full = [r for r in readings if r.entity_type == PERSON and len(person_words(r.cluster.name)) > 1]
    identities = identify_full(full, contexts, lexicon)
    known = [(identity.key, reading.cluster) for reading, identity in zip(full, identities, strict=True)]
    by_cluster = {id(r.cluster): identity for r, identity in zip(full, identities, strict=True)}
    short_forms = index_short_forms(
        (key, person_words(cluster.name), find_bare_names(cluster)) for key, cluster in known
    )
    seen: dict[str, set[str]] = defaultdict(set)
    for key, cluster in known:
        seen[key] |= contexts[cluster.article_id]
    lone = Counter(name_key(r.cluster.name) for r in readings if is_lone(r, by_cluster))
    bearers = find_bearers(short_forms, known, lone, len(contexts))
    names = [(key, person_words(cluster.name)) for key, cluster in known]
    given = find_given(short_forms, names, lone)
    identify_short = partial(
        identify_lone,
        contexts=contexts,
        short_forms=without_mononyms(short_forms, lone, (words for _, words in names)),
        seen=seen,
        given=given,
        families=find_families(readings),
    )
    handles = {"".join(words): key for key, words in names}
    result: list[Reading] = []
    for reading in readings:
        identity = by_cluster.get(id(reading.cluster))
        owner = handles.get(find_handle(reading.cluster.name) or "")
        if owner is not None:
            result.append(make_owner(reading, owner))
        elif reading.entity_type != PERSON:
            result.append(reading)
        elif identity is None:
            result.append(identify_short(reading))
        else:
            own, *others = part_reading(reading, identity.key, bearers, lexicon)
            result += [apply_identity(own, identity), *(identify_short(other) for other in others)]
    return result


def find_families(readings: Iterable[Reading]) -> dict[str, set[str]]:
    """The last words of the names of all persons that each article names: with a Clinton in it, `Bill` may be one."""
    families: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        words = person_words(reading.cluster.name) if reading.entity_type == PERSON else ()
        if words:
            families[reading.cluster.article_id].add(words[-1])
    return families


def find_handle(name: str) -> str | None:
    """The letters of a full name in what somebody goes by on a network, or None: `@realAnnBerg`."""
    return HANDLE_WORDS.sub("", name_key(name[1:])) if name.startswith("@") else None


def make_owner(reading: Reading, key: str) -> Reading:
    """The person whom a handle names in full."""
    return Reading(reading.cluster._replace(label=PERSON), PERSON, key, "handle", 0.8)


def is_lone(reading: Reading, full: Mapping[int, Identity]) -> bool:
    """Whether a reading is a person's whom the article never names in full."""
    return reading.entity_type == PERSON and id(reading.cluster) not in full


def identify_full(full: Sequence[Reading], contexts: Mapping[str, frozenset[str]], lexicon: Lexicon) -> list[Identity]:
    """Who each person is that an article names in full, in the order given."""
    counts = Counter(person_words(r.cluster.name) for r in full)
    pairs = find_pairs(counts)
    single = [
        r
        for r in full
        if person_words(r.cluster.name) not in pairs and not is_own_relative(r.cluster, lexicon.first_names)
    ]
    people = [
        Person(
            without_scrap(person_words(r.cluster.name), find_bare_names(r.cluster), counts),
            r.country_code,
            contexts[r.cluster.article_id],
            find_offices(r.cluster),
        )
        for r in single
    ]
    marked = find_marked(single)
    found = {
        id(reading.cluster): identity._replace(key=f"{identity.key} {marked[id(reading.cluster)]}")
        if id(reading.cluster) in marked
        else identity
        for reading, identity in zip(single, identify_full_names(people, lexicon.first_names), strict=True)
    }
    return [found.get(id(r.cluster)) or stand_alone(r.cluster) for r in full]


def identify_lone(
    reading: Reading,
    *,
    contexts: Mapping[str, frozenset[str]],
    short_forms: Mapping[str, Counter[str]],
    seen: Mapping[str, set[str]],
    given: frozenset[tuple[str, str]],
    families: Mapping[str, set[str]],
) -> Reading:
    """The reading of somebody whom the article never names in full, with who that is."""
    article_id, name = reading.cluster.article_id, name_key(reading.cluster.name)
    if family_mark(reading.cluster.name) is not None:
        return apply_identity(reading, Identity(f"{name} [{article_id}]", "name", 0.5))
    words = person_words(reading.cluster.name) or (name,)
    meant = {
        (words[0], key)
        for key in short_forms.get(words[0], ())
        if (words[0], key) in given or families[article_id] & set(key.split()[1:])
    }
    return apply_identity(
        reading,
        identify_short_name(
            words, article_id, contexts[article_id], short_forms=short_forms, contexts=seen, given=meant
        ),
    )


def part_reading(reading: Reading, key: str, bearers: Mapping[str, Bearer], lexicon: Lexicon) -> list[Reading]:
    """The reading of a person, and behind it what means a better known bearer of the surname."""
    first, *_, last = person_words(reading.cluster.name)
    for name in (last, first):
        bearer = bearers.get(name)
        if bearer is None or bearer.key == key or (name == first and bearer.is_given):
            continue
        parts = part_bearer(reading.cluster, name, bearer, key)
        if parts is not None:
            return [read_person(part, lexicon=lexicon, sayings={}) for part in parts]
    return [reading]


def find_bare_names(cluster: Cluster) -> set[str]:
    """The single words of a person's full name that the article also uses alone."""
    words = set(person_words(cluster.name))
    return {key[0] for name in cluster.names if len(key := person_words(name)) == 1 and key[0] in words}


def stand_alone(cluster: Cluster) -> Identity:
    """Who somebody is that is kept from all others: a pair, a relative of the bearer of the name."""
    return Identity(f"{' '.join(person_words(cluster.name))} [{cluster.article_id}]", "name", 0.5)


def is_own_relative(cluster: Cluster, first_names: Mapping[str, str]) -> bool:
    """Whether somebody is told to be kin of a bearer of the same name: James Berg, `a grandson of Jim Berg`."""
    first = person_words(cluster.name)[0]
    own = formal_key(person_words(cluster.name), first_names)
    tails = (match[0] for m in cluster.mentions if (match := KIN.search(m.role or "")) is not None)
    words = [name_key(tail).split() for tail in tails]
    pairs = (pair for tail in words for pair in pairwise(tail))
    return any(pair[0] != first and formal_key(pair, first_names) == own for pair in pairs)


def find_offices(cluster: Cluster) -> frozenset[str]:
    """The words that tell what a person is, as far as the article says; of kin only that they are."""
    return frozenset(
        word
        for mention in cluster.mentions
        for word in name_key(KIN.sub(r"\1", mention.role or mention.title or "")).split()
        if word not in COURTESIES and word not in RANKS
    )


def find_marked(people: Sequence[Reading]) -> dict[int, str]:
    """The marks of persons who are told from a parent or child of their name by it.

    A senior is; a junior is where some article names both, as many go by the name without the mark.
    """
    marks = {id(reading.cluster): family_mark(reading.cluster.name) for reading in people}
    plain = {
        (reading.cluster.article_id, person_words(reading.cluster.name))
        for reading in people
        if marks[id(reading.cluster)] is None
    }
    shared = {
        (person_words(reading.cluster.name), mark)
        for reading in people
        if (mark := marks[id(reading.cluster)]) is not None
        and (reading.cluster.article_id, person_words(reading.cluster.name)) in plain
    }
    return {
        id(reading.cluster): mark
        for reading in people
        if (mark := marks[id(reading.cluster)]) is not None
        and (mark == SENIOR or (person_words(reading.cluster.name), mark) in shared)
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
    return min(3, sum(len(word) > 1 for word in person_words(name.replace("-", "").replace(".", ""))))


def choose_canonical(names: Mapping[str, int], entity_type: str) -> str:
    """The fullest usual form: among well-formed full names those that are not rare, then the most frequent.

    A fuller form that is a quarter as frequent as the most usual full name is taken; a rarer one is a slip.
    """
    formed = {name: count for name, count in names.items() if is_well_formed(name)} or dict(names)
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
        country_code=choose_country(readings),
        sector=most_common(Counter(r.sector for r in readings if r.sector is not None)),
        role=choose_role(Counter(r.role for r in readings if r.role is not None)),
        place_id=first.place_id,
        wikidata_id=reference.wikidata_id if reference is not None else None,
        article_count=len(articles),
        mention_count=sum(len(reading.cluster.mentions) for reading in readings),
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
    )


def choose_country(readings: Sequence[Reading]) -> str | None:
    """The country that most articles give, unless hardly any gives one: a single role is no evidence."""
    counts = Counter(reading.country_code for reading in readings if reading.country_code is not None)
    code = most_common(counts)
    return code if code is not None and counts[code] >= LEAST_COUNTRY_SHARE * len(readings) else None


def name_entity(first: Reading, readings: Sequence[Reading], names: Mapping[str, int], gazetteer: Gazetteer) -> str:
    """The canonical name: that of a split, of the reference, the usual spelling of a place, or the fullest usual form.

    A name that was made up of a country and a body gives way to one that an article writes in full.
    """
    parted = Counter(reading.name for reading in readings if reading.name is not None and reading.method == SPLIT)
    if parted:
        return max(sorted(parted), key=lambda name: parted[name])
    if first.reference is not None:
        return first.reference.name
    given = Counter(reading.name for reading in readings if reading.name is not None)
    written = Counter(reading.cluster.name for reading in readings if reading.name is None)
    is_country = (first.place_id or "").startswith(COUNTRY_PREFIX)
    if given and written and not is_country:
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
    hints: Hints = NO_HINTS,
) -> Entities:
    """The entities that mentions name, with a link from each mention and the places of mentions.

    `acting` holds the mentions that act or speak, where a capital stands for its government; `hints` is what the
    sentences say beside the names of places.

    `mentions` are in article order; cost grows with their number: names are compared inside articles and blocks only.
    """
    known = frozenset({*lexicon.country_names, *lexicon.demonyms, *lexicon.metonyms, *lexicon.groups})
    grouped = dict(by_article(mentions))
    found = {article_id: find_clusters(group, known) for article_id, group in grouped.items()}
    articles = {a: [c for c in clusters if not is_bare_title(c, lexicon)] for a, clusters in found.items()}
    readings, located = read_articles(
        articles, grouped, facts, lexicon=lexicon, gazetteer=gazetteer, acting=acting, hints=hints
    )
    readings = part_doubtful(identify_people(readings, lexicon), lexicon)
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[make_entity_id(reading.entity_type, reading.key or "")].append(reading)
    build = partial(make_entities, gazetteer=gazetteer, facts=facts)
    entities, corrections = build(groups), lexicon.corrections
    if not corrections:
        return Entities(entities, link_readings(groups), located)
    for correction in corrections:
        check_correction(correction)
    groups = split_readings(groups, find_splits(entities, corrections))
    parted = build(groups)
    groups = move_readings(groups, find_moves(parted, corrections))
    result = amend_entities(build(groups), corrections)
    outcomes = judge_corrections(corrections, [*entities, *parted], result)
    return Entities(result, link_readings(groups), located, outcomes)


def link_readings(groups: Mapping[str, Sequence[Reading]]) -> list[Link]:
    """The links of all mentions, in order."""
    return sorted(link for entity_id, group in groups.items() for link in link_mentions(entity_id, group))


def split_readings(groups: dict[str, list[Reading]], splits: Mapping[str, Sequence[Split]]) -> dict[str, list[Reading]]:
    """The readings with those that a split names under an entity of their own."""
    parted: dict[str, list[Reading]] = defaultdict(list)
    for entity_id, group in groups.items():
        for reading in group:
            split = next((split for split in splits.get(entity_id, ()) if leaves(reading, split)), None)
            if split is None:
                parted[entity_id].append(reading)
            else:
                own_id = make_entity_id(reading.entity_type, f"{entity_id} {name_key(split.name)}")
                parted[own_id].append(reading._replace(name=split.name, method=SPLIT))
    return parted


def leaves(reading: Reading, split: Split) -> bool:
    """Whether what an article says of an entity fulfils any condition of a split."""
    values = {
        "name": {name_key(name) for name in reading.cluster.names},
        "role": {name_key(m.role or m.title or "") for m in reading.cluster.mentions},
        "country_code": {name_key(reading.country_code or "")},
        "article_id": {name_key(reading.cluster.article_id)},
    }
    return any(name_key(value) in values[column] for column, value in split.conditions)


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
