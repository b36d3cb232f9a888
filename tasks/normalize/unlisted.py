"""Places that no gazetteer holds, parks, roads, rivers, townships, put into the country, division and town around."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tasks.normalize.clusters import Mention
from tasks.normalize.gazetteer import CITY, POINT, REGION, Place
from tasks.normalize.names import name_key

LEAST_SHARE = 0.75  # of what an article says of countries, or of a country's divisions, that makes one its own
LEAST_SPOKEN = 1.0  # mentions of a country or division, at least, for an article to be at home there
ROAD = "road"
KINDS = {ROAD: POINT, "site": POINT, "institution": POINT, "feature": REGION, "land": REGION}


class Home(NamedTuple):
    """The country and the first-level division that nearly all places of an article lie in."""

    country_code: str
    admin1_code: str | None


def find_home(countries: Mapping[str, float], divisions: Mapping[tuple[str, str], float]) -> Home | None:
    """Where an article is at home, given how much it speaks of countries and divisions; None where it is of several."""
    country = find_leading(countries)
    if country is None:
        return None
    own = {code: amount for (holder, code), amount in divisions.items() if holder == country}
    return Home(country, find_leading(own))


def find_leading(amounts: Mapping[str, float]) -> str | None:
    """What nearly all of the amounts are of; None where that is too little or of several."""
    most = max(amounts, key=lambda code: (amounts[code], code), default="")
    total = sum(amounts.values())
    return most if most and amounts[most] >= max(LEAST_SPOKEN, LEAST_SHARE * total) else None


def describe(mention: Mention, kinds: Mapping[str, str]) -> str | None:
    """The kind of place that a name of several words says it is, or None where it says nothing: `Naugatuck River`."""
    words = mention.text.lower().split()
    said = (kinds.get(word) for word in (words[-1], words[0])) if len(words) > 1 else iter(())
    return next((kind for kind in said if kind in KINDS), None)


def place_unlisted(
    mentions: Iterable[Mention], towns: Mapping[str, Place], home: Home, kinds: Mapping[str, str]
) -> Iterator[tuple[str, Place]]:
    """The key and place of each of some mentions whose name says what it is.

    A place lies in the town that it is said to be in, given in `towns` by the key of its name, and then about where
    the town lies; else it has no coordinates. A road of no town is none: any town has a Main Street.
    """
    for mention in mentions:
        key, kind = name_key(mention.text), describe(mention, kinds)
        town = towns.get(key)
        is_in_town = town is not None and town.precision == CITY
        if kind is not None and (kind != ROAD or is_in_town):
            yield key, make_unlisted(key, mention.text, KINDS[kind], home, town if is_in_town else None)


def make_unlisted(key: str, name: str, precision: str, home: Home, town: Place | None) -> Place:
    """A place that no gazetteer holds, in its town or else in the country and division of its article."""
    if town is None or town.country_code is None:
        country_code, admin1_code, inside, latitude, longitude = *home, "", None, None
    else:
        country_code, admin1_code, inside = town.country_code, town.admin1_code, name_key(town.name)
        latitude, longitude = town.latitude, town.longitude
    place_id = f"site:{'-'.join((country_code, admin1_code or '', inside, key))}"
    return Place(place_id, name, country_code, admin1_code, latitude, longitude, precision, None)
