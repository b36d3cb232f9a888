"""TimeML: time expressions marked in the text."""

from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree


class Timex(NamedTuple):
    """A time expression with its TIMEX3 type and value."""

    start: int
    end: int
    timex_type: str
    value: str


class Dated(NamedTuple):
    """A text with its day of creation and its time expressions."""

    name: str
    text: str
    published_on: str | None
    times: tuple[Timex, ...]


def read_document(path: Path) -> Dated:
    """The document of a file."""
    return parse_document(path.read_text(encoding="utf-8"), path.stem)


def parse_document(xml: str, name: str) -> Dated:
    """The text of the TEXT element; expressions without words, and those outside it, are left out."""
    root = ElementTree.fromstring(xml)
    creation = next((t for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)
    body = root.find(".//TEXT")
    pieces: list[str] = []
    times: list[Timex] = []
    if body is not None:
        _walk(body, pieces, times)
    day = None if creation is None else creation.get("value", "")[:10]
    return Dated(name, "".join(pieces), day, tuple(sorted(times)))


def _walk(element: ElementTree.Element, pieces: list[str], times: list[Timex]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces, times)
        pieces.append(child.tail or "")
    if element.tag == "TIMEX3":
        words = "".join(pieces)[start:]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            times.append(Timex(first, first + len(words.strip()), element.get("type", ""), element.get("value", "")))
