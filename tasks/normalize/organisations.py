"""Organisations across articles: reference names, acronyms with their expansions, and bodies that every country has."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from tasks.normalize.clusters import ORG, Cluster, Mention
from tasks.normalize.lexicon import (
    Country,
    Lexicon,
    Organisation,
    find_country_codes,
    find_organisation,
    find_sector,
    is_generic,
)
from tasks.normalize.names import acronym_key, is_acronym, is_acronym_of, name_key, organisation_key

EXPANSION_SHARE = 0.8  # an acronym stands for an expansion only if it has that share of the articles that expand it
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
MAIN_COUNTRY_LEAD = 2  # how many times more often the main country of an article is named than the next
CHAMBERS = {"house": "house of representatives"}  # bodies that go by less than their name
OWNER_GAP = 3  # characters between an owner and what it owns: "Turkey's Defence Ministry"


class OrganisationIdentity(NamedTuple):
    """Which organisation a name means, with what the name and the reference say about it."""

    key: str
    method: str
    score: float
    country_code: str | None = None
    sector: str | None = None
    reference: Organisation | None = None
    name: str | None = None


def find_expansions(clusters: Iterable[Cluster]) -> dict[str, str]:
    """The key of the full name that each acronym stands for, where articles that give both agree."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for cluster in clusters:
        if cluster.label != ORG:
            continue
        names = cluster.names
        full = [name for name in names if not is_acronym(name)]
        for short in {acronym_key(name) for name in names if is_acronym(name)}:
            for key in {organisation_key(name) for name in full if is_acronym_of(short, name)}:
                seen[short][key] += 1
    best = {short: max(sorted(found), key=lambda key: found[key]) for short, found in seen.items()}
    return {
        short: key for short, key in best.items() if seen[short][key] >= EXPANSION_SHARE * sum(seen[short].values())
    }


def find_reference(
    lexicon: Lexicon, names: Iterable[str], weights: Mapping[str, float], people: Collection[str]
) -> Organisation | None:
    """The well-known organisation that one of the names means; full names go before acronyms.

    An acronym that a full name beside it explains means none with other words: `AP` beside `ASEAN Post`.
    """
    ordered = sorted(set(names), key=lambda name: (is_acronym(name), -len(name), name))
    found = (find_meant(lexicon, name, ordered, weights, people) for name in ordered)
    return next((organisation for organisation in found if organisation is not None), None)


def without_owner(name: str, people: Collection[str]) -> str:
    """The name of a body without the person before it: `Obama White House`."""
    first, _, rest = name.partition(" ")
    return rest if rest and name_key(first) in people else name


def find_meant(
    lexicon: Lexicon, name: str, names: Iterable[str], weights: Mapping[str, float], people: Collection[str]
) -> Organisation | None:
    """The well-known organisation that one of the names of a cluster means, unless they explain it otherwise.

    Whose it is makes it no other: the `Obama White House`. `people` are the keys of surnames that mean a person.
    """
    found = find_organisation(lexicon, without_owner(name, people), weights)
    if found is not None and is_acronym(name) and is_explained_otherwise(name, names, found):
        return None
    return found


def is_explained_otherwise(acronym: str, names: Iterable[str], found: Organisation) -> bool:
    """Whether all full names that an acronym stands for share no word with an organisation's name."""
    known = set(organisation_key(found.name).split())
    full = [set(organisation_key(name).split()) for name in names if is_acronym_of(acronym, name)]
    return bool(full) and not any(words & known for words in full)


def strip_country(lexicon: Lexicon, name: str) -> tuple[str, str | None]:
    """The key of a body's name without its country, and the country: `Russian Defence Ministry`."""
    words = organisation_key(name).split()
    for length in range(min(4, len(words) - 1), 0, -1):
        code = find_whole_country(lexicon, words[:length])
        if code is not None:
            return organisation_key(" ".join(words[length:])), code
        code = find_whole_country(lexicon, words[-length:])
        if code is not None and len(words) > length + 1 and words[-length - 1] == "of":
            return organisation_key(" ".join(words[: -length - 1])), code
    return " ".join(words), None


def find_whole_country(lexicon: Lexicon, words: list[str]) -> str | None:
    """The code of the country whose name or demonym the words are, and nothing else."""
    key = " ".join(words)
    codes = lexicon.demonyms.get(key, ())
    return codes[0] if len(codes) == 1 else lexicon.country_names.get(key)


def find_national(lexicon: Lexicon, body: str, code: str | None) -> Organisation | None:
    """The well-known organisation of a country that a name with that country in it means: `U.S. FDA`."""
    found = lexicon.organisations.get(body)
    candidates = lexicon.acronyms.get(body.upper(), ()) if found is None else (found,)
    return next((known for known in candidates if code is not None and known.country_code == code), None)


def name_chamber(lexicon: Lexicon, body: str) -> str:
    """The key of a body under its full name: the `house`, and a `republican senate`, whoever has the majority."""
    first, _, rest = body.partition(" ")
    chamber = CHAMBERS.get(rest, rest) if first in lexicon.parties else ""
    return chamber if find_sector(lexicon, chamber, "organisation") == "LEG" else CHAMBERS.get(body, body)


def name_caucus(lexicon: Lexicon, body: str) -> str | None:
    """The key of a party in a chamber under one name, or None: `house gop` is `house republican`, its members too."""
    chamber, _, party = body.partition(" ")
    if chamber not in ("house", "senate") or party not in lexicon.parties:
        return None
    known = lexicon.acronyms.get(party.upper(), ())
    name = organisation_key(known[0].name).partition(" ")[0] if known else name_key(lexicon.groups[party])
    return f"{chamber} {name}"


def find_owner(lexicon: Lexicon, cluster: Cluster, before: Mapping[str, Mention]) -> str | None:
    """The country that the words right before a body's name give, where they agree: `Turkey's Defence Ministry`."""
    codes: Counter[str] = Counter()
    for mention in cluster.mentions:
        owner = before.get(mention.mention_id)
        if owner is not None and owner.start < mention.start and mention.start - owner.end <= OWNER_GAP:
            found = find_country_codes(lexicon, owner.text)
            codes.update(found if len(found) == 1 else ())
    return max(sorted(codes), key=lambda code: codes[code]) if codes else None


def find_house_country(lexicon: Lexicon, body: str, code: str | None, weights: Mapping[str, float]) -> str | None:
    """The country of a house of parliament: the article's main one if it has a house of that name, else the next."""
    having = lexicon.legislatures.get(body)
    if having is None or code in having:
        return code
    found = [country for country in weights if country in having and weights[country] > 0]
    return max(sorted(found), key=lambda country: weights[country], default=None)


def find_main_country(weights: Mapping[str, float]) -> str | None:
    """The country that an article is about: named twice as often as any other, or None where there is none."""
    ranked = sorted(weights, key=lambda code: (-weights[code], code))
    if not ranked or (len(ranked) > 1 and weights[ranked[0]] < MAIN_COUNTRY_LEAD * weights[ranked[1]]):
        return None
    return ranked[0]


def identify_organisation(
    cluster: Cluster,
    *,
    lexicon: Lexicon,
    expansions: Mapping[str, str],
    weights: Mapping[str, float],
    before: Mapping[str, Mention],
    people: Collection[str] = (),
) -> OrganisationIdentity:
    """Which organisation a cluster of one article means.

    A name of the reference is that organisation. A body that every country has goes by its country: the one in its
    name, right before it, or that the article is about; without one it stays in its article. Else the name decides.
    """
    names = [mention_name for mention_name in cluster.names if mention_name]
    reference = find_reference(lexicon, names, weights, people)
    if reference is not None:
        key = f"ref:{name_key(reference.name)}"
        return OrganisationIdentity(key, "reference", 1.0, reference.country_code, reference.sector, reference)
    if is_acronym(cluster.name):
        short = acronym_key(cluster.name)
        key = expansions.get(short, organisation_key(cluster.name))
        return OrganisationIdentity(
            key, "acronym" if short in expansions else "name", 0.8 if short in expansions else 0.9
        )
    body, code = strip_country(lexicon, cluster.name)
    known = find_national(lexicon, body, code)
    if known is not None:
        return OrganisationIdentity(
            f"ref:{name_key(known.name)}", "reference", 0.9, known.country_code, known.sector, known
        )
    body = name_chamber(lexicon, body)
    sector = find_sector(lexicon, cluster.name, "organisation")
    if is_generic(lexicon, body):
        return identify_body(cluster, body, code=code, sector=sector, lexicon=lexicon, weights=weights, before=before)
    return OrganisationIdentity(
        name_caucus(lexicon, body) or organisation_key(cluster.name),
        "name",
        1.0,
        code if sector in STATE_SECTORS else None,
        sector,
    )


def find_body(lexicon: Lexicon, country: Country, body: str) -> Organisation | None:
    """The well-known organisation that is a country's body of that name: the Senate of the USA is the US Senate."""
    short = {"USA": "us", "GBR": "uk"}.get(country.code)
    names = (f"{name} {body}" for name in (short, country.demonym, country.name) if name is not None)
    found = (lexicon.organisations.get(organisation_key(name)) for name in names)
    return next((organisation for organisation in found if organisation is not None), None)


def identify_body(
    cluster: Cluster,
    body: str,
    *,
    code: str | None,
    sector: str | None,
    lexicon: Lexicon,
    weights: Mapping[str, float],
    before: Mapping[str, Mention],
) -> OrganisationIdentity:
    """Which country's body of that name a cluster means."""
    score = 1.0
    if code is None:
        code, score = find_owner(lexicon, cluster, before), 0.9
    if code is None:
        code, score = find_house_country(lexicon, body, find_main_country(weights), weights), 0.6
    if code is None:
        return OrganisationIdentity(f"{body} [{cluster.article_id}]", "name", 0.5, None, sector)
    country = lexicon.countries[code]
    reference = find_body(lexicon, country, body)
    if reference is not None:
        key = f"ref:{name_key(reference.name)}"
        return OrganisationIdentity(key, "country_body", score, code, reference.sector, reference)
    plain = cluster.name if name_chamber(lexicon, organisation_key(cluster.name)) == body else None
    name = f"{country.demonym or country.name} {plain}" if plain is not None else None
    return OrganisationIdentity(f"{code} {body}", "country_body", score, code, sector, None, name)
