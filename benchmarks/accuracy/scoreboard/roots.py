"""Roots that other coders gave sentences, against the types of the events found in them."""

from collections.abc import Mapping
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.accuracy.formats.rooted import UnitTest, read_records, read_tests
from benchmarks.accuracy.frame import Run
from benchmarks.accuracy.measures import Figure, Score, rate, score_figures, share
from benchmarks.accuracy.reading import Text
from tasks.nlp.event_patterns import TYPE_COLUMNS, Ontology, load_ontology
from tasks.nlp.event_reasons import REASONS, find_misses
from tasks.nlp.records import Event
from tasks.reference import read_reference, split_list

RECORD_FIGURES = (
    Figure("root recall", ("right", "sentences"), share, "sentences"),
    Figure("events per sentence", ("events", "sentences"), rate, "sentences"),
)
SAME, NEITHER, OTHER, MORE, FOREIGN = (
    "agreed: same root",
    "agreed: no event",
    "another root",
    "an event where PETRARCH has none",
    "a code outside CAMEO's twenty roots",
)
MISSED = {reason: f"no event: {words}" for reason, words in REASONS.items()}
# The nearest to an event first: a sentence is missed for the reason of the word that came nearest.
NEAREST = ("no_party", "figurative", "excluded", "part_of_other", "surroundings", "in_phrase", "no_trigger")
OUTCOMES = (SAME, NEITHER, OTHER, MORE, FOREIGN, *(MISSED[reason] for reason in NEAREST))
TEST_FIGURES = tuple(Figure(outcome, (outcome, "sentences"), share, "sentences") for outcome in OUTCOMES)


def score_records(run: Run) -> list[Score]:
    """PLOVER's records: whether an event has the record's root, a planned one the root that PLOVER folds it into."""
    scores: list[Score] = []
    planned_as = read_planned(run.reference_dir)
    for path in run.find("events/plover/PLOVER_GSR_CAMEO.txt"):
        records = list(run.take(read_records(path)))
        docs = run.reader.read_texts(Text(record.text) for record in records)
        rows = [count_record(record.root, doc._.events, planned_as) for record, doc in zip(records, docs, strict=True)]
        scores += score_figures("events", "plover-records", RECORD_FIGURES, rows)
    return scores


def score_tests(run: Run) -> list[Score]:
    """PETRARCH's unit tests: agreements with its codes, and what keeps the others apart."""
    scores: list[Score] = []
    ontology, roots = load_ontology(run.reference_dir), read_roots(run.reference_dir)
    for path in run.find("events/petrarch_text/PETR.UnitTest.records.xml"):
        tests = list(run.take(read_tests(path)))
        docs = run.reader.read_texts(Text(test.text) for test in tests)
        rows = [count_test(find_outcome(test, doc, ontology, roots)) for test, doc in zip(tests, docs, strict=True)]
        scores += score_figures("events", "petrarch", TEST_FIGURES, rows)
    return scores


def read_planned(reference_dir: Path) -> dict[str, frozenset[str]]:
    """The PLOVER roots of each type where the event still lies ahead."""
    rows = read_reference(reference_dir, "event_types", TYPE_COLUMNS)
    return {row["event_type"]: frozenset(split_list(row["planned_as"])) for row in rows}


def read_roots(reference_dir: Path) -> dict[str, frozenset[str]]:
    """The types that took the place of each CAMEO root."""
    rows = read_reference(reference_dir, "cameo_roots", ("cameo_code", "event_types"))
    return {row["cameo_code"]: frozenset(split_list(row["event_types"])) for row in rows}


def count_record(root: str, events: list[Event], planned_as: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """The counts of one record."""
    found = {event.event_type for event in events}
    found.update(*(planned_as[event.event_type] for event in events if event.modality == "planned"))
    return {"sentences": 1, "right": root in found, "events": len(events)}


def find_outcome(test: UnitTest, doc: Doc, ontology: Ontology, roots: Mapping[str, frozenset[str]]) -> str:
    """How the events found compare with the codes: an agreement, or the reason why there is none."""
    types = {event.event_type for event in doc._.events}
    if not test.codes:
        return MORE if types else NEITHER
    known = [roots[code[:2]] for code in test.codes if code[:2] in roots]
    if any(types & root for root in known):
        return SAME
    if not known:
        return FOREIGN
    if types:
        return OTHER
    reasons = {miss.reason for miss in find_misses(doc, ontology, 0, len(doc))}
    return MISSED[next((reason for reason in NEAREST if reason in reasons), "no_trigger")]


def count_test(outcome: str) -> dict[str, float]:
    """The counts of one test."""
    return {"sentences": 1.0, **{name: float(name == outcome) for name in OUTCOMES}}
