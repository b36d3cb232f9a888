"""Place names in articles, as LGL, TR-News and GeoVirus mark them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

SHIFTS = (0, -1, 1)


class Toponym(NamedTuple):
    """A place name, with coordinates and country where the set gives them."""

    start: int
    end: int
    latitude: float | None
    longitude: float | None
    country: str | None


class Mapped(NamedTuple):
    """An article with its place names."""

    title: str | None
    text: str
    toponyms: tuple[Toponym, ...]


def read_articles(path: Path) -> Iterator[Mapped]:
    """The articles of a file."""
    yield from parse_articles(path.read_text(encoding="utf-8"))


def parse_articles(xml: str) -> Iterator[Mapped]:
    """The articles; offsets that count from 1 are put right by the words they should point at."""
    for article in ElementTree.fromstring(xml).iter("article"):
        text = article.findtext("text") or ""
        elements = [*article.iter("toponym"), *article.iter("location")]
        found = [item for element in elements if (item := _make_toponym(element, text)) is not None]
        yield Mapped(article.findtext("title"), text, tuple(sorted(set(found), key=lambda item: item[:2])))


def _make_toponym(element: ElementTree.Element, text: str) -> Toponym | None:
    words = element.findtext("phrase") or element.findtext("name") or ""
    given = int(element.findtext("start") or 0)
    start = next((given + shift for shift in SHIFTS if text.startswith(words, max(0, given + shift))), None)
    if start is None or not words:
        return None
    place = element.find("gaztag") if element.tag == "toponym" else element
    latitude, longitude = _number(place, "lat"), _number(place, "lon")
    country = None if place is None else place.findtext("country")
    return Toponym(start, start + len(words), latitude, longitude, country)


def _number(element: ElementTree.Element | None, key: str) -> float | None:
    value = None if element is None else element.findtext(key)
    return float(value) if value else None
