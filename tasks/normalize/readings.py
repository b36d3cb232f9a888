"""Readings: what one article says of each thing it names, before articles are compared."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
    is_short_form,
    make_cluster,
)
from tasks.normalize.gazetteer import ALIAS, CITY, COUNTRY, COUNTRY_PREFIX, OWN, POINT, REGION, Gazetteer, Place
from tasks.normalize.lexicon import (
    OWNER,
    Lexicon,
    Organisation,
    Region,
    find_country_codes,
    find_organisation,
    find_sector,
    is_generic,
)
from tasks.normalize.names import (
    DOTTED,
    clean_name,
    fold,
    is_acronym,
    is_acronym_of,
    name_key,
    organisation_key,
    person_words,
    similarity,
)
from tasks.normalize.organisations import (
    find_expansions,
    find_meant,
    identify_organisation,
    name_chamber,
    strip_country,
    without_owner,
)
from tasks.normalize.places import CITY_INITIALS, CLOSE, Hints, Located, resolve_places

GPE = "GPE"
LAW = "LAW"
MEDIA = "MED"
WHOLE_SHARE = 0.45  # of the people of a division, whose quarters are counted once more, for the city that is it
STATES = frozenset({"new york state", "washington state"})  # said so, as a city has the name of the state
CITY_CODES = frozenset(initials.replace(".", "") for initials in CITY_INITIALS)
LANGUAGES = frozenset({"english"})  # demonyms that mean a language more often than people
COMPASS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
COUNTRY_LABELS = frozenset({*PLACE_LABELS, NORP, ORG})
RELABELLED = frozenset({GPE, "FAC", NORP, "PRODUCT", "WORK"})  # labels under which a well-known organisation may hide
UNCLEAR_METONYMS = frozenset({"brussels", "the hague", "hague"})  # these stand for more than their country
LEAST_SPOKEN = 3  # namings of a country from which a part of its name means it
OFFICES = re.compile(r"\band\b|[,;]")
# Words in names of companies that may be left out: Goldman Sachs Group, Samsung Electronics.
TRADE_WORDS = frozenset({
    "group", "holdings", "technologies", "computer", "motor", "motors", "companies", "international", "electronics",
    "industries", "stores", "systems",
})  # fmt: skip
OFFICE_ENDINGS = ("man", "men", "woman", "women")
SLIP = 0.85  # how alike two names are that only differ by a slip
SURE_LEAD = 20  # how many times more articles must mean a person by a word before the others are taken to err
ONE_LEAD = 3  # the same for a word that is the last name of one person
ONE_SHARE = 0.8  # of the articles with a full name that ends so, for one person
FEWEST_FULL = 20  # articles
SURNAME_SHARE = 0.2  # articles with a full name, to those with its last word alone, for a surname
SURNAME_LEAD = 5  # how many times more often a surname must be an organisation for one
FEWEST_BODIES = 3  # articles
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
    """What all articles together say of labels, acronyms and roles; the roles are filled in while articles are read.

    `people`, `bodies` and `surnames` are single words: those that mean a person wherever they stand, those that mean
    an organisation where no title or fuller name speaks for a person, and the last names of many people.
    """

    labels: Mapping[str, str]
    people: frozenset[str]
    bodies: frozenset[str]
    surnames: frozenset[str]
    expansions: Mapping[str, str]
    roles: dict[str, tuple[str | None, str | None]]


class Setting(NamedTuple):
    """What one article says around the things it names: places, how often it speaks of countries, what goes before.

    `seats` are the cities that are the whole of a division, by its place id.
    """

    located: Mapping[str, Located]
    weights: Mapping[str, float]
    before: Mapping[str, Mention]
    seats: Mapping[str, Place]


def country_of(lexicon: Lexicon, key: str, label: str, weights: Mapping[str, float]) -> tuple[str, str] | None:
    """The country that a name means and how: by its name or its people; a shared demonym goes by the article."""
    codes = lexicon.demonyms.get(key, ())
    if len(codes) > 1 and label == NORP:
        codes = tuple(code for code in codes if weights.get(code, 0) > 0)
    if len(codes) == 1 and label in (NORP, *PLACE_LABELS) and key not in LANGUAGES:
        return codes[0], "demonym"
    if key in lexicon.country_names:
        return lexicon.country_names[key], "country"
    return None


def is_country_name(lexicon: Lexicon, cluster: Cluster) -> bool:
    """Whether the cluster's name, as written, may be a country: a two-letter name only in capitals."""
    return cluster.label in COUNTRY_LABELS and not cluster.name.islower()


def read_place(cluster: Cluster, *, lexicon: Lexicon, setting: Setting) -> Reading | None:
    """A country, a located place or a nationality, or None where the cluster is none of these."""
    located, weights, seats = setting.located, setting.weights, setting.seats
    key = name_key(cluster.name)
    place = located.get(key) if cluster.label in PLACE_LABELS else None
    code = find_half(lexicon, key, weights) if key in COMPASS and cluster.label in PLACE_LABELS else None
    if code is not None:
        name = lexicon.countries[code].name
        return Reading(
            cluster, GPE, f"{COUNTRY_PREFIX}{code}", "short_name", 0.7, name, code, None, f"{COUNTRY_PREFIX}{code}"
        )
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
    if is_lone_code(cluster, setting.before):
        return None
    if place is not None and cluster.label != "FAC" and not is_called_after(cluster.name, place.place):
        found = seats.get(place.place.place_id, place.place)
        return Reading(
            cluster, GPE, found.place_id, "gazetteer", place.score, None, found.country_code, None, found.place_id
        )
    return None


def is_lone_code(cluster: Cluster, before: Mapping[str, Mention]) -> bool:
    """Whether a state's postal code that is a city's initials too never stands right behind a name: `in LA`."""
    return all(name in CITY_CODES for name in cluster.names) and not any(
        (name := before.get(mention.mention_id)) is not None and 0 <= mention.start - name.end <= CLOSE
        for mention in cluster.mentions
    )


def is_called_after(name: str, place: Place) -> bool:
    """Whether a name only holds that of a place: the university `Tennessee State`, a port, initials."""
    key = name_key(name)
    head, of, _ = key.partition(" of ")
    is_part = (of and head in ("port", "republic", "district")) or (key.endswith(" state") and key not in STATES)
    is_named = key == name_key(place.name) or (place.country_code != "USA" and head != "port")
    is_smaller = key.endswith((" city", " county")) and place.place_id.startswith((COUNTRY_PREFIX, "geonames:", "iso:"))
    is_within = is_smaller and place.precision in (COUNTRY, REGION)
    return is_misspelt(name, place) or bool((is_part or is_within) and not is_named)


def is_misspelt(name: str, place: Place) -> bool:
    """Whether initials are taken for the short form of a division of one word: `L.A.` is not `La.`, Louisiana."""
    return place.precision == REGION and " " not in place.name and DOTTED.search(f"{name}.") is not None


def find_half(lexicon: Lexicon, point: str, weights: Mapping[str, float]) -> str | None:
    """The one country that an article speaks of and that a point of the compass is short for: `the North`."""
    found = [
        code
        for code, weight in weights.items()
        if weight >= LEAST_SPOKEN and name_key(lexicon.countries[code].name).startswith(f"{point} ")
    ]
    return found[0] if len(found) == 1 else None


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

    Countries after `to`, `for` and the like are somebody else's: `US ambassador to Russia`. Whom a paper or agency
    employs may be of any country.
    """
    own = name_countries(lexicon, DIRECTION.sub("", role))
    codes = find_country_codes(lexicon, own)
    if codes:
        return codes[0]
    organisation = find_role_organisation(lexicon, own)
    if organisation is not None and organisation.sector != MEDIA:
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
    if cluster.label == LAW and key in lexicon.laws:
        name = lexicon.laws[key]
        return Reading(cluster, LAW, name_key(name), "reference", 1.0, name)
    code = lexicon.metonyms.get(key) if cluster.label in PLACE_LABELS else None
    label = "LOC" if key in COMPASS and cluster.label in PLACE_LABELS else cluster.label
    return Reading(cluster, label, key, "name", 0.9, None, code)


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


def count_labels(articles: Mapping[str, list[Cluster]]) -> dict[str, Counter[str]]:
    """How many articles give each label to each name."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for clusters in articles.values():
        for cluster in clusters:
            for key in {name_key(name) for name in (cluster.name, *cluster.names)}:
                votes[key][cluster.label] += 1
    return votes


def read_sayings(articles: Mapping[str, list[Cluster]]) -> Sayings:
    """What all articles together say of the things that they name."""
    votes = count_labels(articles)
    clusters = [cluster for found in articles.values() for cluster in found]
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for cluster in clusters:
        words = person_words(cluster.name) if cluster.label == PERSON else ()
        if len(words) > 1:
            bearers[words[-1]][words[0]] += 1
    lone: dict[str, Counter[str]] = defaultdict(Counter)
    for cluster in clusters:
        key = name_key(cluster.name)
        if cluster.label in (PERSON, ORG) and " " not in key:
            lone[key][cluster.label] += 1
    surnames = frozenset(
        key for key, found in lone.items() if key in bearers and bearers[key].total() >= SURNAME_SHARE * found[PERSON]
    )
    return Sayings(
        labels=settle_labels(votes),
        people=frozenset(key for key, found in bearers.items() if is_person_always(votes[key], found)),
        bodies=frozenset(key for key, found in lone.items() if is_body_mostly(found, is_surname=key in surnames)),
        surnames=surnames,
        expansions=find_expansions(clusters),
        roles={},
    )


def is_person_always(labels: Counter[str], bearers: Counter[str]) -> bool:
    """Whether a surname means a person wherever it stands, and a tagger that calls it something else is mistaken.

    So it is where nearly all articles agree, or most do and one person is nearly the only one of the name.
    """
    others = labels.total() - labels[PERSON]
    is_one = max(bearers.values()) >= max(FEWEST_FULL, ONE_SHARE * bearers.total())
    return labels[PERSON] >= (ONE_LEAD if is_one else SURE_LEAD) * max(1, others)


def is_body_mostly(labels: Mapping[str, int], *, is_surname: bool) -> bool:
    """Whether a single word that nothing in its article explains is an organisation rather than a person."""
    lead = SURNAME_LEAD if is_surname else CLEAR_LEAD
    return labels.get(ORG, 0) >= max(FEWEST_BODIES, lead * labels.get(PERSON, 0))


def settle_labels(votes: Mapping[str, Counter[str]]) -> dict[str, str]:
    """For each name that articles label in several ways the label that most give; a single word needs a clear lead."""
    labels = {}
    for key, found in votes.items():
        (label, most), *others = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        if others and (" " in key or most >= CLEAR_LEAD * others[0][1]):
            labels[key] = label
    return labels


def relabel(cluster: Cluster, sayings: Sayings, located: Mapping[str, Located], lexicon: Lexicon) -> Cluster:
    """The cluster with the label that its name has in most articles; a well-known organisation is one.

    A single word that the article's places explain, or that is a person's in this article, keeps its label, unless
    hardly any other article agrees.
    """
    key = name_key(cluster.name)
    if key in lexicon.namesakes:
        return cluster
    if cluster.label == PERSON and may_be_body(cluster, sayings, lexicon):
        return cluster._replace(label=ORG)
    if key in lexicon.laws and cluster.label not in (PERSON, *PLACE_LABELS):
        return cluster._replace(label=LAW)
    if cluster.label in RELABELLED and find_organisation(lexicon, cluster.name, {}) is not None:
        return cluster._replace(label=ORG)
    if " " not in key and is_nation(lexicon, key):
        return cluster
    if cluster.label == ORG and is_acronym(cluster.name) and find_organisation(lexicon, cluster.name, {}) is not None:
        return cluster
    if key in sayings.people:
        return cluster._replace(label=PERSON)
    is_settled = " " not in key and (cluster.label == PERSON or key in located)
    return cluster if is_settled else cluster._replace(label=sayings.labels.get(key, cluster.label))


def may_be_body(cluster: Cluster, sayings: Sayings, lexicon: Lexicon) -> bool:
    """Whether what a tagger calls a person is an organisation: one word without title, and known for one."""
    key = name_key(cluster.name)
    if " " in key or any(mention.title is not None for mention in cluster.mentions):
        return False
    is_known = key not in sayings.surnames and find_organisation(lexicon, cluster.name, {}) is not None
    return is_known or key in sayings.bodies


def is_nation(lexicon: Lexicon, key: str) -> bool:
    """Whether a key is a name or demonym of a country or former state, or stands for a government."""
    return key in lexicon.country_names or key in lexicon.demonyms or key in lexicon.polities or key in lexicon.metonyms


def is_bare_title(cluster: Cluster, lexicon: Lexicon) -> bool:
    """Whether all that an article calls a person is a title, which names nobody: Sir, Major."""
    return cluster.label == PERSON and all(name_key(name) in lexicon.title_words for name in cluster.names)


def read_cluster(labelled: Cluster, *, lexicon: Lexicon, setting: Setting, sayings: Sayings) -> Reading:
    """What one thing of an article is: a place or people, an organisation, a person, or what its name alone says."""
    cluster = relabel(labelled, sayings, setting.located, lexicon)
    if cluster.label in COUNTRY_LABELS:
        reading = read_place(cluster, lexicon=lexicon, setting=setting)
        if reading is not None:
            return reading
    if cluster.label == ORG:
        return read_organisation(cluster, lexicon=lexicon, setting=setting, sayings=sayings)
    if cluster.label == PERSON:
        return read_person(cluster, lexicon=lexicon, sayings=sayings.roles)
    return read_group(cluster, lexicon=lexicon)


def part_bodies(
    cluster: Cluster, lexicon: Lexicon, weights: Mapping[str, float], people: Collection[str]
) -> list[Cluster]:
    """The cluster, parted where its names mean several organisations; other words stay with the main one.

    Beside a well-known body, other well-known ones, bodies that every country has, and longer names are others: the
    House is no White House, and `Harvard Law Review` is not Harvard.
    """
    names = set(cluster.names)
    if cluster.label != ORG or len(names) < 2:
        return [cluster]
    bodies = {name: find_meant(lexicon, name, names, weights, people) for name in names}
    known = Counter(body.name for name in cluster.names if (body := bodies[name]) is not None)
    main = most_common(known)
    if main is None:
        return [cluster]
    own = {
        organisation_key(without_owner(name, people))
        for name in names
        if (body := bodies[name]) is not None and body.name == main
    }
    own.add(organisation_key(main))
    body_of_main = next(body for body in bodies.values() if body is not None and body.name == main)
    parts: dict[str, list[Mention]] = defaultdict(list)
    for mention in cluster.mentions:
        name = clean_name(mention.text) if is_name(mention) else None
        body = bodies.get(name) if name is not None else None
        other = find_other_body(name, own, body_of_main, lexicon) if name is not None and body is None else None
        parts[body.name if body is not None else other or main].append(mention)
    return [make_cluster(mentions) for mentions in parts.values()] if len(parts) > 1 else [cluster]


def find_other_body(name: str, own: Collection[str], known: Organisation, lexicon: Lexicon) -> str | None:
    """The key of a name that is not one of the `known` body, whose names have the `own` keys, or None where it may be.

    Who has one acronym has no other, and somebody's office is no body: `Committeeman`.
    """
    key, (body, code) = organisation_key(name), strip_country(lexicon, name)
    if code is not None and known.country_code not in (None, code):
        return key
    common = name_chamber(lexicon, body)
    if is_generic(lexicon, common):
        return None if any(f" {common} " in f" {full} " for full in own) else common
    if is_acronym(name):
        return None if known.acronym is None and any(is_acronym_of(name, full) for full in own) else key
    words = [word for word in body.split() if word not in TRADE_WORDS]
    is_short = any(set(words) <= set(full.split()) and is_short_form(words, full.split()) for full in own)
    is_slip = any(similarity(key, full) >= SLIP and not set(full.split()) < set(key.split()) for full in own)
    return None if is_short or (is_slip and not key.endswith(OFFICE_ENDINGS)) else key


def read_organisation(cluster: Cluster, *, lexicon: Lexicon, setting: Setting, sayings: Sayings) -> Reading:
    """An organisation with the key, country and sector of the one that the cluster means."""
    found = identify_organisation(
        cluster,
        lexicon=lexicon,
        expansions=sayings.expansions,
        weights=setting.weights,
        before=setting.before,
        people=sayings.people,
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


def find_seats(gazetteer: Gazetteer) -> dict[str, Place]:
    """The cities that are nearly all of a division and go by its name too, by its id: Washington is the D. of C.

    Names that hold each other are left out, as New York City is not all of New York.
    """
    seats = {}
    for key, candidates in gazetteer.candidates.items():
        cities = [found.place for found in candidates if found.place.precision == CITY and found.form == ALIAS]
        regions = [found.place for found in candidates if found.place.precision == REGION and found.form == OWN]
        for place in regions:
            own = [city for city in cities if is_whole(city, place) and not has_name_within(key, name_key(city.name))]
            if len(own) == 1:
                seats[place.place_id] = own[0]
    return seats


def is_whole(city: Place, place: Place) -> bool:
    """Whether nearly all people of a division live in one city of it."""
    is_inside = (city.country_code, city.admin1_code) == (place.country_code, place.admin1_code)
    return is_inside and (city.population or 0) >= WHOLE_SHARE * (place.population or 0) > 0


def has_name_within(one: str, other: str) -> bool:
    """Whether either of two keys holds the other."""
    return one in other or other in one


def place_mentions(mentions: Iterable[Mention], located: Mapping[str, Located]) -> dict[str, Located]:
    """The place of each mention of an article that names one."""
    named = ((m, located.get(name_key(m.text))) for m in mentions if m.label in PLACE_LABELS and is_name(m))
    return {
        mention.mention_id: place
        for mention, place in named
        if place is not None and (mention.label != "FAC" or place.place.precision == POINT)
    }


def read_articles(
    articles: Mapping[str, list[Cluster]],
    mentions: Mapping[str, list[Mention]],
    facts: Mapping[str, ArticleFacts],
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    acting: frozenset[str],
    hints: Hints,
) -> tuple[list[Reading], dict[str, Located]]:
    """The readings of all articles, and the place of each mention that is one."""
    sayings = read_sayings(articles)
    seats = find_seats(gazetteer)
    readings: list[Reading] = []
    where: dict[str, Located] = {}
    for article_id, clusters in articles.items():
        own = mentions[article_id]
        dateline = facts[article_id].dateline if article_id in facts else None
        places, weights = resolve_places(own, dateline, lexicon=lexicon, gazetteer=gazetteer, hints=hints)
        located = {key: place for key, place in places.items() if key not in COMPASS}
        where.update(place_mentions(own, located))
        setting = Setting(located, weights, precede(own), seats)
        labelled = (relabel(whole, sayings, located, lexicon) for whole in clusters)
        for cluster in (part for whole in labelled for part in part_bodies(whole, lexicon, weights, sayings.people)):
            reading = read_cluster(cluster, lexicon=lexicon, setting=setting, sayings=sayings)
            readings += split_metonym(reading, acting, lexicon)
    return readings, where
