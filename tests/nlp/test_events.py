"""Events: minimal pairs as data over the shipped model, and the coder's parts over docs built by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from tasks.errors import ReferenceDataError
from tasks.nlp.build import annotate, build_rules
from tasks.nlp.event_patterns import inflect, load_ontology
from tasks.nlp.events import create_events
from tasks.nlp.figures import Figure, read_figure
from tasks.nlp.records import Event, Mention, TimeMention

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "seeds" / "reference"
MODEL = ROOT / "models" / "dateline_en"
CASES = [json.loads(line) for line in (Path(__file__).parent / "cases_events.jsonl").read_text("utf-8").splitlines()]
SHARE_RIGHT = 0.97
FIGURES = ("killed", "injured", "arrested", "displaced", "laid_off")


def problems(doc: Doc, case: dict[str, Any]) -> list[str]:
    """What differs between the doc's events and the case."""
    found = {doc[event.start : event.end].text: event for event in doc._.events}
    wanted = {expected["trigger"] for expected in case["events"]}
    extra = [] if case.get("others_allowed") else sorted(set(found) - wanted)
    listed = [f"not expected: {trigger} {found[trigger].event_type}" for trigger in extra]
    for expected in case["events"]:
        event = found.get(expected["trigger"])
        listed.extend([f"missing: {expected['trigger']}"] if event is None else list(differences(doc, event, expected)))
    return listed


def differences(doc: Doc, event: Event, expected: dict[str, Any]) -> list[str]:
    """The fields of an expected event that the found one gives otherwise."""
    actual = {
        **event._asdict(),
        **{role: texts(doc, event, role) for role in ("actor", "recipient", "location", "instrument")},
        "time": [argument.value for argument in event.arguments if argument.role == "time"],
        **{role: [[a.low, a.high] for a in event.arguments if a.role == role] for role in FIGURES},
    }
    keys = [key for key in expected if key != "trigger"]
    return [f"{expected['trigger']}.{k}: {actual[k]} not {expected[k]}" for k in keys if actual[k] != expected[k]]


def texts(doc: Doc, event: Event, role: str) -> list[str]:
    return [doc[a.start : a.end].text for a in event.arguments if a.role == role]


@pytest.mark.skipif(
    not (MODEL / "meta.json").exists(), reason="models/dateline_en is not in the tree; train it with training/"
)
def test_minimal_pairs_are_coded_as_the_cases_say() -> None:
    nlp = spacy.load(MODEL)
    rules = build_rules(REFERENCE, nlp.vocab)
    wrong = {}
    for case in CASES:
        found = problems(annotate(rules, nlp(case["text"]), published_on=case["published_on"]), case)
        if found:
            wrong[case["text"]] = found
    assert len(wrong) <= (1 - SHARE_RIGHT) * len(CASES), json.dumps(wrong, indent=1, ensure_ascii=False)


def build(words: str, tags: str, heads: list[int], deps: str, lemmas: str) -> Doc:
    """A doc by hand: blank-separated words, `POS/TAG` pairs, head positions, labels and lemmas."""
    pos = [item.split("/")[0] for item in tags.split()]
    fine = [item.split("/")[1] for item in tags.split()]
    return Doc(
        spacy.blank("en").vocab,
        words=words.split(),
        pos=pos,
        tags=fine,
        heads=heads,
        deps=deps.split(),
        lemmas=lemmas.split(),
        sent_starts=[True] + [False] * (len(pos) - 1),
    )


def code(doc: Doc, mentions: list[Mention], times: list[TimeMention] | None = None) -> list[Event]:
    doc._.mentions = mentions
    doc._.times = times or []
    create_events(spacy.blank("en"), "events", str(REFERENCE))(doc)
    found: list[Event] = doc._.events
    return found


def sent_tanks() -> Doc:
    return build(
        "Russia sent tanks to Syria",
        "PROPN/NNP VERB/VBD NOUN/NNS ADP/IN PROPN/NNP",
        [1, 1, 1, 4, 1],
        "nsubj ROOT obj case obl",
        "Russia send tank to Syria",
    )


def test_verb_gives_type_actor_and_recipient() -> None:
    doc = sent_tanks()
    (event,) = code(doc, [Mention(0, 1, "GPE"), Mention(4, 5, "GPE")])
    assert (event.event_type, event.event_mode, event.cameo_code, event.modality, event.tense) == (
        "AID",
        "military",
        "07",
        "asserted",
        "past",
    )
    assert [(a.role, a.start, a.end, a.mention) for a in event.arguments][:2] == [
        ("actor", 0, 1, 0),
        ("recipient", 4, 5, 1),
    ]


def test_passive_swaps_actor_and_recipient() -> None:
    doc = build(
        "Syria was attacked by Israel",
        "PROPN/NNP AUX/VBD VERB/VBN ADP/IN PROPN/NNP",
        [2, 2, 2, 4, 2],
        "nsubj:pass aux:pass ROOT case obl:agent",
        "Syria be attack by Israel",
    )
    (event,) = code(doc, [Mention(0, 1, "GPE"), Mention(4, 5, "GPE")])
    assert texts(doc, event, "actor") == ["Israel"]
    assert texts(doc, event, "recipient") == ["Syria"]


def test_will_marks_a_plan() -> None:
    doc = build(
        "Israel will attack Syria",
        "PROPN/NNP AUX/MD VERB/VB PROPN/NNP",
        [2, 2, 2, 2],
        "nsubj aux ROOT obj",
        "Israel will attack Syria",
    )
    (event,) = code(doc, [Mention(0, 1, "GPE"), Mention(3, 4, "GPE")])
    assert (event.modality, event.polarity, event.tense) == ("planned", "affirmed", "future")


def test_noun_without_part_is_no_event() -> None:
    doc = build(
        "An attack of panic", "DET/DT NOUN/NN ADP/IN NOUN/NN", [1, 1, 3, 1], "det ROOT case nmod", "a attack of panic"
    )
    assert code(doc, []) == []


def test_every_event_has_a_span() -> None:
    doc = sent_tanks()
    code(doc, [Mention(0, 1, "GPE"), Mention(4, 5, "GPE")])
    assert [span.text for span in doc.spans["events"]] == ["sent"]


def test_empty_doc_has_no_events() -> None:
    assert code(Doc(spacy.blank("en").vocab, words=[]), []) == []


@pytest.mark.parametrize(
    ("phrase", "figure"),
    [
        ("at least 20 people", Figure(">=20", 20, None)),
        ("almost 20 officers", Figure("~20", 15, 20)),
        ("more than 200 homes", Figure(">200", 201, None)),
        ("fewer than ten", Figure("<10", None, 9)),
        ("up to 50 people", Figure("<=50", None, 50)),
        ("dozens of protesters", Figure("dozens", 24, 99)),
        ("tens of thousands of people", Figure("tens of thousands", 20_000, 99_999)),
        ("1,200 troops", Figure("1200", 1200, 1200)),
        ("3.5 million people", Figure("3500000", 3_500_000, 3_500_000)),
        ("two dozen men", Figure("24", 24, 24)),
        ("twenty-one students", Figure("21", 21, 21)),
        ("a soldier", Figure("1", 1, 1)),
        ("a 32 - year - old man", Figure("1", 1, 1)),
        ("about 100 people", Figure("~100", 75, 125)),
    ],
)
def test_figures_have_bounds(phrase: str, figure: Figure) -> None:
    assert read_figure(phrase.split()) == figure


def test_phrase_without_number_has_no_figure() -> None:
    assert read_figure(["protesters"]) is None


def test_regular_forms_are_known() -> None:
    assert {"stopped", "stopping", "stops"} <= inflect("stop")
    assert {"denied", "denies", "denying"} <= inflect("deny")
    assert {"seized", "seizing", "seizes"} <= inflect("seize")


def test_shipped_ontology_loads_with_all_plover_types() -> None:
    ontology = load_ontology(REFERENCE)
    roots = {name for name, kind in ontology.types.items() if kind.quad_class is not None}
    assert len(roots) == 16
    assert sum(len(rows) for rows in (*ontology.verbs.values(), *ontology.nouns.values())) >= 500


def test_unknown_type_is_named(tmp_path: Path) -> None:
    for path in REFERENCE.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    patterns = tmp_path / "event_patterns.csv"
    patterns.write_text(patterns.read_text("utf-8") + "v.x,VERB,x,,,,,NONSENSE,,,subj,obj,,\n", "utf-8")
    with pytest.raises(ReferenceDataError, match="type NONSENSE"):
        load_ontology(tmp_path)


def test_participle_that_a_wrong_parse_lets_span_the_doc_is_read() -> None:
    doc = build(
        "Attacking Chile won Peru",
        "VERB/VBG PROPN/NNP VERB/VBD PROPN/NNP",
        [2, 2, 2, 0],
        "advcl nsubj ROOT obj",
        "attack Chile win Peru",
    )
    assert [
        (event.event_type, event.modality) for event in code(doc, [Mention(1, 2, "GPE"), Mention(3, 4, "GPE")])
    ] == [("ASSAULT", "asserted")]
