"""Minimal pairs of sentences: the one thing in which they differ changes the events, and nothing else does."""

import json
from collections import Counter

import pytest

from benchmarks.accuracy.formats.pairs import Pair, make_pair, make_sentence, read_pairs
from benchmarks.accuracy.reading import Reader
from benchmarks.accuracy.scoreboard.pairs import KINDS, PAIRS_PATH, count_pair, read_faults
from benchmarks.accuracy.scorers.pairs import Coded, find_faults
from tasks.nlp.event_patterns import load_ontology
from tasks.settings import DEFAULT_MODEL, Settings

PAIRS = read_pairs(PAIRS_PATH)
FEWEST = 240
LOWEST_SHARE = 0.97
SENT = Coded(
    "AID",
    (frozenset({"Kenya"}),),
    (frozenset({"Chad", "the country"}),),
    "affirmed",
    "asserted",
    "past",
    frozenset({"2024-05-13"}),
    None,
)
EVENT = {"event_type": "AID", "actor": ["Kenya"], "recipient": ["Chad"], "polarity": "affirmed", "tense": "past"}


@pytest.fixture(scope="module")
def faults() -> dict[tuple[str, str], list[list[str]]]:
    """What the shipped model and rules get wrong, by kind and name of the pair."""
    reader = Reader(str(DEFAULT_MODEL), Settings().reference_dir)
    return {(p.kind, p.name): found for p, found in zip(PAIRS, read_faults(reader, PAIRS), strict=True)}


def describe(pair: Pair, found: list[list[str]]) -> list[str]:
    """A line for each sentence of a pair that is read wrongly."""
    return [
        f"{pair.kind} {pair.name}: {sentence.text} {'; '.join(faults)}"
        for sentence, faults in zip(pair.sentences, found, strict=True)
        if faults
    ]


def test_pairs_are_read_as_a_reader_reads_them(faults: dict[tuple[str, str], list[list[str]]]) -> None:
    """Of the pairs without a known gap at least 97% are right, so that another model may trade a few."""
    judged = [pair for pair in PAIRS if pair.known_gap is None]
    wrong = [pair for pair in judged if any(faults[pair.kind, pair.name])]
    lines = [line for pair in wrong for line in describe(pair, faults[pair.kind, pair.name])]
    share = 1 - len(wrong) / len(judged)
    assert share >= LOWEST_SHARE, "\n".join([f"{share:.1%} right, wrong are", *lines])


def test_closed_gaps_are_not_marked(faults: dict[tuple[str, str], list[list[str]]]) -> None:
    closed = [f"{p.kind} {p.name}" for p in PAIRS if p.known_gap is not None and not any(faults[p.kind, p.name])]
    assert closed == [], "these gaps are closed: take known_gap out of the pairs"


def test_suite_is_whole() -> None:
    types = load_ontology(Settings().reference_dir).types.keys()
    assert len(PAIRS) >= FEWEST
    assert {pair.kind for pair in PAIRS} == set(KINDS)
    assert [key for key, n in Counter((pair.kind, pair.name) for pair in PAIRS).items() if n > 1] == []
    assert {len({sentence.text for sentence in pair.sentences}) for pair in PAIRS} == {2}
    sentences = [sentence for pair in PAIRS for sentence in pair.sentences]
    assert {name for s in sentences for event in s.events for name in event.event_types} <= types
    assert {name for s in sentences for name in s.allowed} <= types


@pytest.mark.parametrize(
    ("event", "faults"),
    [
        ({}, []),
        ({"event_type": ["MOBILIZE", "AID"]}, []),
        ({"modality": ["planned", "asserted"], "claimed_by": None, "time": "2024-05-13"}, []),
        ({"recipient": ["country"]}, []),
        ({"polarity": "negated"}, ["AID: polarity is ['affirmed'], not negated"]),
        ({"claimed_by": "Chad"}, ["AID: claimed_by is None, not Chad"]),
        ({"time": "1994"}, ["AID: time is ['2024-05-13'], not 1994"]),
        ({"recipient": []}, ["AID: recipient is [['the country']], not []"]),
        ({"actor": ["Kenya", "Mali"]}, ["AID: actor is [['Kenya']], not ['Kenya', 'Mali']"]),
        ({"event_type": "ASSAULT"}, ["no ASSAULT", "AID is invented"]),
    ],
)
def test_event_is_held_against_each_stated_part(event: dict[str, object], faults: list[str]) -> None:
    sentence = make_sentence({"text": "", "events": [EVENT | event]})
    assert find_faults(sentence, [SENT]) == faults


def test_further_event_is_wrong_unless_it_is_allowed() -> None:
    other = SENT._replace(event_type="REJECT")
    assert find_faults(make_sentence({"text": "", "events": [EVENT]}), [other, SENT]) == ["REJECT is invented"]
    assert find_faults(make_sentence({"text": "", "events": [EVENT], "may": ["REJECT"]}), [other, SENT]) == []
    assert find_faults(make_sentence({"text": "", "events": []}), []) == []


def test_pair_is_right_where_both_sentences_are() -> None:
    row = {"kind": "roles", "pair": "a", "sentences": [{"text": "a", "events": []}, {"text": "b", "events": []}]}
    pair = make_pair(json.loads(json.dumps(row)))
    counts = count_pair(pair, [[], ["no AID"]])
    assert [counts[name] for name in ("pairs", "right", "pairs roles", "right roles")] == [1, 0, 1, 0]
    assert [counts[name] for name in ("sentences", "sentences right", "pairs tense")] == [2, 1, 0]
