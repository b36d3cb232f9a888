"""Roots that other coders gave: how their files are read, and what counts as an agreement."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from benchmarks.accuracy.formats.rooted import Record, UnitTest, read_records, read_tests
from benchmarks.accuracy.scoreboard.roots import (
    FOREIGN,
    MISSED,
    MORE,
    NEITHER,
    OTHER,
    OUTCOMES,
    SAME,
    count_record,
    count_test,
    find_outcome,
    read_planned,
    read_roots,
)
from tasks.nlp.event_patterns import load_ontology
from tasks.nlp.records import Event
from tasks.settings import Settings

REFERENCE = Settings().reference_dir
ONTOLOGY = load_ontology(REFERENCE)
XML = """<Validation><Sentences>
<Sentence category="DEMO"><EventCoding sourcecode="A" targetcode="B" eventcode="041"></EventCoding>
<EventCoding sourcecode="B" targetcode="A" eventcode="122"></EventCoding><Text>
Arnor met
Gondor. </Text></Sentence>
<Sentence category="DEMO"><EventCoding noevents="True"></EventCoding><Text>Arnor glowed.</Text></Sentence>
<Sentence category="ERROR"><EventCoding error="bad_input_parse"></EventCoding><Text>Arnor (</Text></Sentence>
<Sentence category="DEMO"><EventCoding eventcode="032"></EventCoding><Text>Arnor glowed.</Text></Sentence>
</Sentences></Validation>"""


def test_records_have_the_roots_of_today(tmp_path: Path) -> None:
    path = tmp_path / "records.txt"
    rows = [
        {"event": "DOCUMENT", "eventText": "a note"},
        {"event": "DEMAND", "text": "Peru  demands ``aid''."},
        {"event": "AID", "text": "Peru sends aid."},
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert read_records(path) == [Record('Peru demands "aid".', "REQUEST"), Record("Peru sends aid.", "AID")]


def test_tests_are_read_once_and_without_errors(tmp_path: Path) -> None:
    path = tmp_path / "tests.xml"
    path.write_text(XML, encoding="utf-8")
    assert read_tests(path) == [
        UnitTest("Arnor met Gondor.", frozenset({"041", "122"})),
        UnitTest("Arnor glowed.", frozenset()),
    ]


@pytest.mark.parametrize(
    ("root", "events", "is_right"),
    [
        ("AID", [Event(0, 1, "AID")], True),
        ("AGREE", [Event(0, 1, "AID")], False),
        ("AGREE", [Event(0, 1, "AID", modality="planned")], True),
        ("AGREE", [Event(0, 1, "RETREAT", modality="planned")], True),
        ("THREATEN", [Event(0, 1, "ASSAULT", modality="planned")], True),
        ("AID", [], False),
    ],
)
def test_planned_event_has_the_root_it_is_folded_into(root: str, events: list[Event], is_right: bool) -> None:
    counts = count_record(root, events, read_planned(REFERENCE))
    assert counts == {"sentences": 1, "right": is_right, "events": len(events)}


@pytest.mark.parametrize(
    ("codes", "types", "outcome"),
    [
        ({"041"}, ["CONSULT", "AID"], SAME),
        ({"041"}, ["AID"], OTHER),
        ({"903"}, ["AID"], FOREIGN),
        (set(), [], NEITHER),
        (set(), ["AID"], MORE),
        ({"041"}, [], MISSED["no_trigger"]),
    ],
)
def test_outcome_is_an_agreement_or_a_reason(codes: set[str], types: list[str], outcome: str) -> None:
    doc = Doc(spacy.blank("en").vocab, words=["Arnor", "glowed"], pos=["PROPN", "VERB"], deps=["nsubj", "ROOT"])
    doc._.mentions, doc._.times = [], []
    doc._.events = [Event(number, number + 1, name) for number, name in enumerate(types)]
    assert find_outcome(UnitTest("", frozenset(codes)), doc, ONTOLOGY, read_roots(REFERENCE)) == outcome
    counts = count_test(outcome)
    assert (counts["sentences"], counts[outcome], sum(counts[name] for name in OUTCOMES)) == (1, 1, 1)
