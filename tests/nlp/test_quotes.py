"""Statements are found with their words, cue and speaker: on docs built by hand, and on the shipped model's parses."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tasks.nlp.build import annotate
from tasks.nlp.cues import read_cues
from tasks.nlp.quotes import find_quotes
from tasks.nlp.records import Mention, TimeMention
from tasks.settings import PROJECT_DIR
from tests.nlp.parses import parse

REFERENCE_DIR = PROJECT_DIR / "seeds" / "reference"
CUES = read_cues(REFERENCE_DIR)
CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases_quotes.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]
DIRECT = """
    “ `` punct 4
    Talks NNS nsubj 3
    failed VBD ccomp 6
    , , punct 3
    ” '' punct 3
    said VBD root 0
    Berg NNP nsubj 6
    . . punct 6"""
INDIRECT = """
    Berg NNP nsubj 2
    said VBD root 0
    on IN case 4
    Monday NNP obl 2
    that IN mark 7
    talks NNS nsubj 7
    failed VBD ccomp 2
    . . punct 2"""


def read(doc: Doc, mentions: list[Mention] | None = None) -> list[tuple[str, str, str | None, str | None]]:
    doc._.mentions = mentions or []
    return [
        (
            quote.quote_type,
            " ".join(doc[start:end].text for start, end in quote.parts),
            doc[slice(*quote.cue)].text if quote.cue else None,
            doc[slice(*quote.speaker)].text if quote.speaker else None,
        )
        for quote in find_quotes(doc, CUES)
    ]


def test_a_clause_that_the_parse_begins_before_its_cue_is_not_what_the_cue_reports() -> None:
    doc = parse("""
        That IN mark 6
        voters NNS nsubj 3
        disapproved VBD root 0
        of IN mark 6
        talks NNS nsubj 6
        failed VBD advcl 3
        . . punct 3""")
    assert read(doc) == []


def test_words_in_marks_before_an_inverted_cue() -> None:
    assert read(parse(DIRECT)) == [("direct", "Talks failed", "said", "Berg")]


def test_clause_without_its_complementizer() -> None:
    assert read(parse(INDIRECT)) == [("indirect", "talks failed", "said", "Berg")]


def test_speaker_is_the_mention_at_its_head() -> None:
    doc = parse(INDIRECT)
    doc._.mentions = [Mention(0, 1, "PERSON", cluster=0)]
    assert [quote.speaker_mention for quote in find_quotes(doc, CUES)] == [0]


def test_day_by_the_cue_is_when_it_was_said() -> None:
    doc = parse(INDIRECT)
    doc._.times = [TimeMention(3, 4, "DATE", "2022-01-03", "2022-01-03", "2022-01-03")]
    assert [quote.time for quote in find_quotes(doc, CUES)] == [0]


def test_day_that_tells_which_thing_is_no_day_of_saying() -> None:
    doc = parse("""
        Berg NNP nsubj 6
        of IN case 5
        the DT det 5
        Monday NNP compound 5
        group NN nmod 1
        said VBD root 0
        that IN mark 9
        talks NNS nsubj 9
        failed VBD ccomp 6
        . . punct 6""")
    doc._.times = [TimeMention(3, 4, "DATE", "2022-01-03", "2022-01-03", "2022-01-03")]
    assert [quote.time for quote in find_quotes(doc, CUES)] == [None]


def test_words_not_said_are_no_quote() -> None:
    doc = parse("""
        Berg NNP nsubj 4
        did MD aux 4
        not RB advmod 4
        say VB root 0
        that IN mark 7
        talks NNS nsubj 7
        failed VBD ccomp 4
        . . punct 4""")
    assert read(doc) == []


def test_scare_quotes_are_no_quote() -> None:
    doc = parse("""
        The DT det 4
        “ `` punct 4
        free JJ amod 4
        zone NN nsubj 6
        ” '' punct 4
        failed VBD root 0
        . . punct 6""")
    assert read(doc) == []


def test_empty_doc() -> None:
    assert read(Doc(parse(DIRECT).vocab, words=[])) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden_case(case: dict[str, Any], pipelines: tuple[Language, Language]) -> None:
    nlp, rules = pipelines
    doc = annotate(rules, nlp(case["text"]), published_on=case.get("published_on", "2022-01-07"))
    assert [_as_case(doc, quote) for quote in doc._.quotes if quote.is_said] == case["quotes"]


def _as_case(doc: Doc, quote: Any) -> dict[str, Any]:
    """A quote as the golden cases word it; `who` is the longest name of the speaker's cluster."""
    mentions = doc._.mentions
    cluster = None if quote.speaker_mention is None else mentions[quote.speaker_mention].cluster
    names = [doc[m.start : m.end].text for m in mentions if m.cluster == cluster and m.mention_type == "name"]
    return {
        "type": quote.quote_type,
        "content": " ".join(doc[start:end].text for start, end in quote.parts),
        "cue": doc[slice(*quote.cue)].text if quote.cue else None,
        "speaker": doc[slice(*quote.speaker)].text if quote.speaker else None,
        "who": max(names, key=len) if names else None,
    }
