"""Role nouns and pronouns join the cluster of what they stand for, or stay out."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tasks.nlp.build import annotate
from tasks.nlp.coref import CorefLexicon, Role, find_clusters
from tasks.nlp.records import Mention
from tests.nlp.parses import parse

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases_coref.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]
LEXICON = CorefLexicon(
    roles={
        "president": Role("president", "PERSON", None, frozenset({"president"})),
        "ministry": Role("ministry", "ORG", None, frozenset({"ministry"})),
    },
    first_names={"anna": "f", "peter": "m"},
    countries={},
    nations={},
    known={},
)
ANNA_LEFT = """
    President NNP nmod:desc 3
    Anna NNP compound 3
    Berg NNP nsubj 4
    left VBD root 0
    . . punct 4"""
PETER_LEFT = ANNA_LEFT.replace("Anna", "Peter").replace("Berg", "Holm").replace("President NNP nmod:desc 3", "")
SHE_SAID = """
    She PRP nsubj 2
    said VBD root 0
    so RB advmod 2
    . . punct 2"""
THE_PRESIDENT_SAID = """
    The DT det 2
    president NN nsubj 3
    said VBD root 0
    so RB advmod 3
    . . punct 3"""


def clusters(doc: Doc, mentions: list[Mention]) -> list[tuple[str, str, int]]:
    doc._.mentions = mentions
    return [(doc[m.start : m.end].text, m.mention_type, m.cluster) for m in find_clusters(doc, LEXICON)]


BERG = Mention(1, 3, "PERSON", title="President")


def test_pronoun_takes_the_subject_before_it() -> None:
    assert clusters(parse(ANNA_LEFT, SHE_SAID), [BERG]) == [("Anna Berg", "name", 0), ("She", "pronoun", 0)]


def test_pronoun_of_the_other_gender_stays_out() -> None:
    doc = parse(ANNA_LEFT, SHE_SAID.replace("She", "He"))
    assert clusters(doc, [BERG]) == [("Anna Berg", "name", 0)]


def test_gender_is_kept_in_no_mention() -> None:
    doc = parse(ANNA_LEFT, SHE_SAID)
    doc._.mentions = [BERG]
    assert {mention.role for mention in find_clusters(doc, LEXICON)} == {None}
    assert "gender" not in Mention._fields


@pytest.mark.parametrize("determiner", ["The", "This"])
def test_role_noun_takes_whoever_bears_the_title(determiner: str) -> None:
    doc = parse(ANNA_LEFT, THE_PRESIDENT_SAID.replace("The", determiner))
    assert clusters(doc, [BERG]) == [("Anna Berg", "name", 0), (f"{determiner} president", "nominal", 0)]


def test_role_noun_without_a_bearer_stays_out() -> None:
    doc = parse(ANNA_LEFT, THE_PRESIDENT_SAID.replace("president", "ministry"))
    assert clusters(doc, [BERG]) == [("Anna Berg", "name", 0)]


def test_object_pronoun_is_not_its_own_subject() -> None:
    doc = parse("""
        Anna NNP nsubj 2
        told VBD root 0
        her PRP obj 2
        . . punct 2""")
    assert clusters(doc, [Mention(0, 1, "PERSON")]) == [("Anna", "name", 0)]


def test_two_that_fit_alike_are_no_answer() -> None:
    doc = parse("""
        Anna NNP nsubj 4
        and CC cc 3
        Vera NNP conj 1
        left VBD root 0
        . . punct 4""", SHE_SAID)  # fmt: skip
    named = [Mention(0, 1, "PERSON"), Mention(2, 3, "PERSON")]
    assert clusters(doc, named) == [("Anna", "name", 0), ("Vera", "name", 1)]


def test_doc_without_names() -> None:
    assert clusters(parse(SHE_SAID), []) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden_case(case: dict[str, Any], pipelines: tuple[Language, Language]) -> None:
    """Each wording means the thing whose longest name is given, or nothing named."""
    nlp, rules = pipelines
    doc = annotate(rules, nlp(case["text"]), published_on="2022-01-07")
    assert {wording: _meaning(doc, wording) for wording in case["means"]} == case["means"]


def _meaning(doc: Doc, wording: str) -> str | None:
    clusters = [m.cluster for m in doc._.mentions if doc[m.start : m.end].text == wording]
    named = [m for m in doc._.mentions if m.mention_type == "name" and m.cluster in clusters]
    return max((doc[m.start : m.end].text for m in named), key=len, default=None)
