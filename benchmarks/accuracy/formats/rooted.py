"""Sentences with the roots that coders gave them: PLOVER's gold-standard records and PETRARCH's unit tests."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# Roots of the first version of PLOVER, kept in its records, and what took their place in the manual of 2021.
EARLIER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
NOTE = "DOCUMENT"


class Record(NamedTuple):
    """A sentence with the PLOVER root that its coder gave."""

    text: str
    root: str


class UnitTest(NamedTuple):
    """A sentence with the codes that PETRARCH should give, none where it should give none."""

    text: str
    codes: frozenset[str]


def read_records(path: Path) -> list[Record]:
    """The records of a JSON file, without the notes among them."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Record(_join(row["text"]), EARLIER.get(row["event"], row["event"])) for row in rows if row["event"] != NOTE]


def read_tests(path: Path) -> list[UnitTest]:
    """The tests of an XML file, each text once, without those of errors in its input."""
    found: dict[str, UnitTest] = {}
    for sentence in ET.fromstring(path.read_text(encoding="utf-8")).iter("Sentence"):
        codings = [coding.attrib for coding in sentence.iter("EventCoding")]
        text = _join(sentence.findtext("Text") or "")
        if text and codings and not any("error" in coding for coding in codings):
            found.setdefault(text, UnitTest(text, frozenset(_codes(codings))))
    return list(found.values())


def _codes(codings: list[dict[str, str]]) -> Iterator[str]:
    return (coding["eventcode"] for coding in codings if "eventcode" in coding)


def _join(text: str) -> str:
    return " ".join(text.replace("``", '"').replace("''", '"').split())
