"""What speaks for and against an event, over docs built by hand and weights written for the test."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from tasks.errors import ReferenceDataError
from tasks.nlp.event_arguments import view_doc
from tasks.nlp.event_evidence import Weights, list_evidence, load_weights, weigh
from tasks.nlp.event_patterns import load_ontology
from tasks.nlp.event_reasons import find_misses
from tasks.nlp.events import Coder
from tasks.nlp.records import Mention
from tasks.nlp.standing import load_cues
from tests.nlp.test_events import REFERENCE, sent_tanks

ONTOLOGY = load_ontology(REFERENCE)


def code_with(happened: float, right: float) -> Coder:
    weights = Weights({"bias": happened}, {"bias": right})
    return Coder(ONTOLOGY, load_cues(REFERENCE), weights)


def tanks_with_mentions() -> Doc:
    doc = sent_tanks()
    doc._.mentions, doc._.times = [Mention(0, 1, "GPE"), Mention(4, 5, "GPE")], []
    return doc


def test_weights_add_up_to_a_probability() -> None:
    weights = {"bias": 1.0, "tag=VBD": 0.5, "root": -1.5}
    assert weigh(["tag=VBD", "root"], weights) == 0.5
    assert weigh(["tag=VBD"], weights) == pytest.approx(0.8176, abs=1e-4)


def test_unknown_features_weigh_nothing() -> None:
    assert weigh(["rule=v.of_a_user"], {}) == 0.5


def test_score_is_the_chance_of_being_right() -> None:
    (event,) = code_with(4.0, 1.0)(tanks_with_mentions())._.events
    assert event.score == 0.73


def test_unlikely_happening_is_left_out_and_named() -> None:
    doc = code_with(-2.0, 1.0)(tanks_with_mentions())
    assert doc._.events == []
    assert [(miss.token, miss.reason) for miss in find_misses(doc, ONTOLOGY, 0, len(doc))] == [(1, "unlikely")]


def test_names_are_no_features() -> None:
    doc = tanks_with_mentions()
    view = view_doc(doc, ONTOLOGY)
    events, sites = code_with(4.0, 1.0).code(view)
    found = list_evidence(sites[events[0].start], events[0], view)
    assert {"actor=GPE", "recipient=GPE", "object=tank", "tag=VBD", "modality=asserted", "root", "prep=to"} <= found
    assert "prep.noun=NAME" in found
    assert not any("syria" in feature.lower() or "russia" in feature.lower() for feature in found)


def test_shipped_weights_load_without_priors_of_types() -> None:
    weights = load_weights(REFERENCE)
    assert weights.happened.keys() == weights.right.keys()
    assert "bias" in weights.happened
    assert not any(feature.startswith(("type=", "sentence.length=")) for feature in weights.right)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="event_evidence"):
        load_weights(tmp_path)
