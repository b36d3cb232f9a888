"""What the reference files know about names, made ready for look-up."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tasks.normalize.country_cues import Cues, make_cues
from tasks.normalize.names import acronym_key, fold, is_acronym, name_key, organisation_key
from tasks.normalize.namesakes import Namesake
from tasks.reference import read_reference, split_list

COUNTRY_COLUMNS = ("iso3", "iso2", "name", "other_names", "demonyms", "capital", "metonyms")
ORGANISATION_COLUMNS = ("name", "acronym", "other_names", "sector", "country_code", "wikidata_id")
SECTOR_COLUMNS = ("keyword", "sector", "applies_to", "is_generic")
TITLE_COLUMNS = ("title", "kind", "sector_code")
NICKNAME_COLUMNS = ("name", "variants")
DIVISION_COLUMNS = ("code", "name", "other_names", "main_city")
CUE_COLUMNS = ("cue", "countries")
PLACE_KIND_COLUMNS = ("word", "kind")
REGION_COLUMNS = ("name", "label", "country_code", "latitude", "longitude")
CENTRE_COLUMNS = ("code", "latitude", "longitude")
CORRECTION_COLUMNS = ("action", "entity_type", "name", "target", "reason", "author")
LAW_COLUMNS = ("name", "acronym", "other_names")
NAMESAKE_COLUMNS = ("name", "other", "label")
LEGISLATURE_COLUMNS = ("name", "countries")
GROUP_COLUMNS = ("name", "kind", "other_names")
FILES = (
    "countries",
    "organisations",
    "sectors",
    "titles",
    "nicknames",
    "divisions",
    "centres",
    "regions",
    "groups",
    "corrections",
    "country_cues",
    "place_kinds",
    "laws",
    "legislatures",
    "namesakes",
)
FAMILY = frozenset({"father", "brother", "sister", "mother"})  # titles of the clergy that are kin in most roles
OWNER = re.compile(r"['’]s?(?=\s|$)")  # the possessive inside a role: "Israel's prime minister"
KNOWN_ANYWHERE = ("USA", "GBR")  # countries whose agencies go by their acronym in any article
LONGEST_NAME = 6  # words of the longest country name or demonym looked for inside a text


class Country(NamedTuple):
    """A country or territory."""

    code: str
    iso2: str
    name: str
    demonym: str | None
    capital: str | None


class Organisation(NamedTuple):
    """A well-known organisation."""

    name: str
    acronym: str | None
    sector: str | None
    country_code: str | None
    wikidata_id: str | None


class SectorRule(NamedTuple):
    """A word in a name or role that tells the sector; a generic one also says that each country has such a body."""

    keyword: str
    sector: str
    applies_to: str
    is_generic: bool


class Region(NamedTuple):
    """A first-level division under its English name; it lies where its main city lies."""

    code: str
    name: str
    other_names: tuple[str, ...]
    main_city: str


class Area(NamedTuple):
    """A sea, river, mountain range or region that is no division: the country it lies in alone, and its middle."""

    name: str
    country_code: str | None
    latitude: float
    longitude: float


class Correction(NamedTuple):
    """A decision of a person that every run repeats."""

    action: str
    entity_type: str
    name: str
    target: str
    reason: str
    author: str


class Lexicon(NamedTuple):
    """All reference data of normalize. Keys are `name_key`s, and values of the country maps are ISO 3166-1 alpha-3."""

    countries: dict[str, Country]
    country_names: dict[str, str]
    demonyms: dict[str, tuple[str, ...]]
    polities: dict[str, str]
    metonyms: dict[str, str]
    capitals: dict[str, str]
    organisations: dict[str, Organisation]
    acronyms: dict[str, tuple[Organisation, ...]]
    sectors: tuple[SectorRule, ...]
    titles: dict[str, str]
    title_words: frozenset[str]
    courtesies: frozenset[str]
    first_names: dict[str, str]
    regions: tuple[Region, ...]
    centres: dict[str, tuple[float, float]]
    areas: tuple[Area, ...]
    vague_areas: frozenset[str]
    groups: dict[str, str]
    parties: frozenset[str]
    laws: dict[str, str]
    legislatures: dict[str, frozenset[str]]
    namesakes: dict[str, Namesake]
    corrections: tuple[Correction, ...]
    cues: Cues
    place_kinds: dict[str, str]


def index_countries(rows: list[dict[str, str]]) -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-3."""
    return {
        row["iso3"]: Country(
            code=row["iso3"],
            iso2=row["iso2"],
            name=row["name"],
            demonym=next(iter(split_list(row["demonyms"])), None),
            capital=row["capital"] or None,
        )
        for row in rows
    }


def index_country_names(rows: list[dict[str, str]]) -> dict[str, str]:
    """Country codes by the keys of their names; a first name goes before another country's further name."""
    found: dict[str, str] = {}
    for column in ("name", "other_names"):
        for row in rows:
            for name in split_list(row[column]):
                found.setdefault(name_key(name), row["iso3"])
    return found


def index_demonyms(rows: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """Country codes by the keys of their demonyms, several where countries share one."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for demonym in split_list(row["demonyms"]):
            key = name_key(demonym)
            if row["iso3"] not in found.get(key, ()):
                found[key] = (*found.get(key, ()), row["iso3"])
    return found


def index_polities(rows: list[dict[str, str]]) -> dict[str, str]:
    """The names of former and unrecognised states, which have no code, by the keys of their names and demonyms."""
    return {
        name_key(name): row["name"]
        for row in rows
        for name in (row["name"], *split_list(row["other_names"]), *split_list(row["demonyms"]))
    }


def index_metonyms(rows: list[dict[str, str]]) -> dict[str, str]:
    """Country codes by the keys of places that stand for the government; names that countries share are left out."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for name in split_list(row["metonyms"]):
            found.setdefault(name_key(name), set()).add(row["iso3"])
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


def index_organisations(
    rows: list[dict[str, str]],
) -> tuple[dict[str, Organisation], dict[str, tuple[Organisation, ...]]]:
    """Organisations by the keys of their names, the earlier row first, and by acronyms, which several may share."""
    names: dict[str, Organisation] = {}
    acronyms: dict[str, tuple[Organisation, ...]] = {}
    for row in rows:
        organisation = Organisation(
            name=row["name"],
            acronym=row["acronym"] or None,
            sector=row["sector"] or None,
            country_code=row["country_code"] or None,
            wikidata_id=row["wikidata_id"] or None,
        )
        for name in (row["name"], row["acronym"], *split_list(row["other_names"])):
            if name and is_acronym(name):
                key = acronym_key(name)
                acronyms[key] = tuple(dict.fromkeys((*acronyms.get(key, ()), organisation)))
            elif name:
                names.setdefault(organisation_key(name), organisation)
    return names, acronyms


def index_first_names(rows: list[dict[str, str]]) -> dict[str, str]:
    """The keys of formal first names by the keys of their short forms and variants."""
    return {
        name_key(variant): name_key(row["name"])
        for row in rows
        for variant in (row["name"], *split_list(row["variants"]))
    }


def index_sectors(rows: list[dict[str, str]]) -> tuple[SectorRule, ...]:
    """The rules in file order, which is their order of precedence."""
    return tuple(
        SectorRule(organisation_key(row["keyword"]), row["sector"], row["applies_to"], row["is_generic"] == "yes")
        for row in rows
    )


def index_groups(rows: list[dict[str, str]]) -> dict[str, str]:
    """The usual names of groups that are no nation, or of laws, by the keys of all their forms."""
    return {
        name_key(name): row["name"]
        for row in rows
        for name in (row["name"], row.get("acronym"), *split_list(row["other_names"]))
        if name
    }


def read_lexicon(reference_dir: Path) -> Lexicon:
    """The lexicon of a reference folder; raises ReferenceDataError."""
    all_countries = read_reference(reference_dir, "countries", COUNTRY_COLUMNS)
    countries = [row for row in all_countries if row["iso3"]]
    organisations, acronyms = index_organisations(read_reference(reference_dir, "organisations", ORGANISATION_COLUMNS))
    regions = read_reference(reference_dir, "divisions", DIVISION_COLUMNS)
    areas = read_reference(reference_dir, "regions", REGION_COLUMNS)
    groups = read_reference(reference_dir, "groups", GROUP_COLUMNS)
    titles = read_reference(reference_dir, "titles", TITLE_COLUMNS)
    return Lexicon(
        countries=index_countries(countries),
        country_names=index_country_names(countries),
        demonyms=index_demonyms(countries),
        polities=index_polities([row for row in all_countries if not row["iso3"]]),
        metonyms=index_metonyms(countries),
        capitals={row["iso3"]: name_key(row["capital"]) for row in countries if row["capital"]},
        organisations=organisations,
        acronyms=acronyms,
        sectors=index_sectors(read_reference(reference_dir, "sectors", SECTOR_COLUMNS)),
        titles={
            fold(row["title"]): row["sector_code"]
            for row in titles
            if row["sector_code"] and row["title"] not in FAMILY
        },
        courtesies=frozenset(name_key(row["title"]) for row in titles if row["kind"] == "courtesy"),
        title_words=frozenset(name_key(row["title"]) for row in titles),
        first_names=index_first_names(read_reference(reference_dir, "nicknames", NICKNAME_COLUMNS)),
        regions=tuple(
            Region(row["code"], row["name"], split_list(row["other_names"]), row["main_city"]) for row in regions
        ),
        centres={
            row["code"]: (float(row["latitude"]), float(row["longitude"]))
            for row in read_reference(reference_dir, "centres", CENTRE_COLUMNS)
        },
        areas=tuple(
            Area(row["name"], row["country_code"] or None, float(row["latitude"]), float(row["longitude"]))
            for row in areas
            if row["latitude"]
        ),
        vague_areas=frozenset(name_key(row["name"]) for row in areas if row["label"] == "LOC" and not row["latitude"]),
        groups=index_groups(groups),
        parties=frozenset(index_groups([row for row in groups if row["kind"] == "party"])),
        laws=index_groups(read_reference(reference_dir, "laws", LAW_COLUMNS)),
        legislatures={
            organisation_key(row["name"]): frozenset(split_list(row["countries"]))
            for row in read_reference(reference_dir, "legislatures", LEGISLATURE_COLUMNS)
        },
        namesakes={
            name_key(row["name"]): Namesake(row["other"], row["label"])
            for row in read_reference(reference_dir, "namesakes", NAMESAKE_COLUMNS)
        },
        corrections=tuple(
            Correction(**row) for row in read_reference(reference_dir, "corrections", CORRECTION_COLUMNS)
        ),
        cues=make_cues(
            (row["cue"], split_list(row["countries"]))
            for row in read_reference(reference_dir, "country_cues", CUE_COLUMNS)
        ),
        place_kinds={
            row["word"]: row["kind"] for row in read_reference(reference_dir, "place_kinds", PLACE_KIND_COLUMNS)
        },
    )


def reference_files(reference_dir: Path) -> list[Path]:
    """The files that the lexicon is read from."""
    return [reference_dir / f"{name}.csv" for name in FILES]


def find_organisation(lexicon: Lexicon, name: str, weights: Mapping[str, float] | None = None) -> Organisation | None:
    """The well-known organisation of that name or acronym.

    `weights` are the countries an article speaks of: an acronym that several bodies share, or that only people of one
    country know, means a body of one of these countries. Without them the first body of the acronym is meant.
    """
    if not is_acronym(name):
        return lexicon.organisations.get(organisation_key(name))
    candidates = lexicon.acronyms.get(acronym_key(name), ())
    if weights is None or not candidates:
        return candidates[0] if candidates else lexicon.organisations.get(organisation_key(name))
    local = [found for found in candidates if weights.get(found.country_code or "", 0) > 0]
    known = [found for found in candidates if is_known_anywhere(found)]
    return next(iter([*local, *known]), None)


def is_known_anywhere(organisation: Organisation) -> bool:
    """Whether readers of any country are expected to know the acronym of an organisation."""
    return organisation.country_code in (None, *KNOWN_ANYWHERE) or organisation.sector in ("MED", "MNC")


def find_country_codes(lexicon: Lexicon, text: str) -> list[str]:
    """The codes of the countries in a role or name, by name or demonym, in text order; shared demonyms are left out."""
    words = name_key(OWNER.sub(" ", text)).split()
    found: list[str] = []
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_NAME, len(words) - position), 0, -1):
            key = " ".join(words[position : position + length])
            codes = lexicon.demonyms.get(key) or ((lexicon.country_names[key],) if key in lexicon.country_names else ())
            if codes and not (key == "us" and not has_word(text, ("US", "U.S.", "U.S"))):
                found += codes if len(codes) == 1 else ()
                position += length - 1
                break
        position += 1
    return list(dict.fromkeys(found))


def has_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text as it is written."""
    return any(word.strip(",;:()'\"’") in words or word.strip(",.;:()'’s") in words for word in text.split())


def find_sector(lexicon: Lexicon, text: str, applies_to: str) -> str | None:
    """The sector that the first rule with a keyword in the text gives, for `person` or `organisation`."""
    key = f" {organisation_key(text)} "
    for rule in lexicon.sectors:
        if rule.applies_to in (applies_to, "any") and f" {rule.keyword} " in key:
            return rule.sector
    return None


def is_generic(lexicon: Lexicon, name: str) -> bool:
    """Whether every country has a body of that name: Defence Ministry, Supreme Court, parliament."""
    key = organisation_key(name)
    return any(
        rule.is_generic and (key == rule.keyword or (rule.keyword == "ministry" and key.endswith(" ministry")))
        for rule in lexicon.sectors
    )
