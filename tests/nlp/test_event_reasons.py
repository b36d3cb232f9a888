"""Why words that can show an event show none, over docs built by hand and the shipped patterns."""

import spacy
from spacy.tokens import Doc

from tasks.nlp.event_patterns import load_ontology
from tasks.nlp.event_reasons import REASONS, Miss, describe_event, describe_misses, find_misses
from tasks.nlp.events import create_events
from tasks.nlp.records import Mention
from tasks.settings import Settings
from tests.nlp.test_events import build

REFERENCE = Settings().reference_dir
ONTOLOGY = load_ontology(REFERENCE)


def read(doc: Doc, *mentions: Mention) -> list[Miss]:
    doc._.mentions, doc._.times = list(mentions), []
    create_events(spacy.blank("en"), "events", str(REFERENCE))(doc)
    return find_misses(doc, ONTOLOGY, 0, len(doc))


def stole(thing: str) -> Doc:
    return build(
        f"She stole the {thing}",
        "PRON/PRP VERB/VBD DET/DT NOUN/NN",
        [1, 1, 3, 1],
        "nsubj ROOT det obj",
        f"she steal the {thing}",
    )


def test_coded_word_is_no_miss() -> None:
    assert read(stole("painting")) == []


def test_exception_is_named() -> None:
    assert read(stole("show")) == [Miss(1, "excluded", "v.steal.show")]


def test_words_that_no_pattern_knows_are_no_misses() -> None:
    doc = build("It glowed", "PRON/PRP VERB/VBD", [1, 1], "nsubj ROOT", "it glow")
    assert read(doc) == []
    assert list(describe_misses(doc, [], has_events=False)) == [f"no event: {REASONS['no_trigger']}"]
    assert list(describe_misses(doc, [], has_events=True)) == []


def test_column_that_fails_is_named() -> None:
    doc = build(
        "Ants hired a hall",
        "NOUN/NNS VERB/VBD DET/DT NOUN/NN",
        [1, 1, 3, 1],
        "nsubj ROOT det obj",
        "ant hire a hall",
    )
    misses = read(doc)
    assert misses == [Miss(1, "surroundings", "v.hire", "subject")]
    assert list(describe_misses(doc, misses, has_events=False)) == [
        "hired: no pattern of it fits what stands around (v.hire, column subject)"
    ]


def test_noun_without_party_lacks_one() -> None:
    doc = build("A storm", "DET/DT NOUN/NN", [1, 1], "det ROOT", "a storm")
    assert read(doc) == [Miss(1, "no_party", "n.storm")]


def test_deed_of_a_thing_is_figurative() -> None:
    doc = build(
        "The bill attacked Syria",
        "DET/DT NOUN/NN VERB/VBD PROPN/NNP",
        [1, 2, 2, 2],
        "det nsubj ROOT obj",
        "the bill attack Syria",
    )
    assert [(miss.token, miss.reason) for miss in read(doc, Mention(3, 4, "GPE"))] == [(2, "figurative")]


def test_event_is_told_on_one_line() -> None:
    doc = stole("painting")
    read(doc)
    (event,) = doc._.events
    assert describe_event(doc, event) == (
        "CRIME/theft [stole] affirmed asserted past; actor: She; recipient: the painting; v.steal (0.74)"
    )
