"""Sources without a name: documents speak for who issued them, unnamed people keep whom they are of."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tasks.errors import ReferenceDataError
from tasks.nlp.build import annotate
from tasks.nlp.records import Mention, Quote
from tasks.nlp.sources import PERSON, add_sources, read_sources
from tasks.settings import PROJECT_DIR
from tests.nlp.parses import parse

REFERENCE_DIR = PROJECT_DIR / "seeds" / "reference"
CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases_sources.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]
AIDE_SAID = """
    A DT det 3
    Berg NNP compound 3
    aide NN nsubj 4
    said VBD root 0
    so RB advmod 4
    . . punct 4"""


def name(doc: Doc, index: int | None) -> str | None:
    """The longest name of what a mention means."""
    cluster = None if index is None else doc._.mentions[index].cluster
    names = [doc[m.start : m.end].text for m in doc._.mentions if m.cluster == cluster and m.mention_type == "name"]
    return max(names, key=len, default=None)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden_case(case: dict[str, Any], pipelines: tuple[Language, Language]) -> None:
    nlp, rules = pipelines
    doc = annotate(rules, nlp(case["text"]))
    assert [
        {
            "speaker": doc[slice(*quote.speaker)].text if quote.speaker else None,
            "who": name(doc, quote.speaker_mention),
            "of": name(doc, quote.affiliation),
        }
        for quote in doc._.quotes
        if quote.is_said
    ] == case["sources"]


def test_a_speaker_with_a_mention_stays() -> None:
    doc = parse(AIDE_SAID)
    doc._.mentions = [Mention(1, 2, "PERSON", cluster=0)]
    quote = Quote("indirect", ((4, 5),), speaker=(0, 3), speaker_mention=0)
    assert add_sources(doc, [quote], {"aide": frozenset({PERSON})}) == [quote]


def test_a_person_is_of_whom_stands_before_the_noun() -> None:
    doc = parse(AIDE_SAID)
    doc._.mentions = [Mention(1, 2, "PERSON", cluster=0)]
    quote = Quote("indirect", ((4, 5),), speaker=(0, 3))
    assert add_sources(doc, [quote], {"aide": frozenset({PERSON})}) == [quote._replace(affiliation=0)]


def test_a_noun_that_is_no_source_has_none() -> None:
    doc = parse(AIDE_SAID)
    doc._.mentions = [Mention(1, 2, "PERSON", cluster=0)]
    quote = Quote("indirect", ((4, 5),), speaker=(0, 3))
    assert add_sources(doc, [quote], {}) == [quote]


def test_no_quotes() -> None:
    assert add_sources(parse(AIDE_SAID), [], {}) == []


def test_the_reference_file_reads() -> None:
    assert read_sources(REFERENCE_DIR)["official"] == frozenset({PERSON})


def test_an_unknown_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "source_nouns.csv").write_text("noun,kinds\naide,helper\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="aide: no such kinds as helper"):
        read_sources(tmp_path)
