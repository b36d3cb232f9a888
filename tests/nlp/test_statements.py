"""What the quote reader marks becomes statements, and joins the quotes of the rules: on docs built by hand."""

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.nlp.attribution import PIECES
from tasks.nlp.cues import read_cues
from tasks.nlp.quotes import find_quotes
from tasks.nlp.records import Mention
from tasks.nlp.statements import Statement, find_statements
from tasks.settings import PROJECT_DIR
from tests.nlp.parses import parse

CUES = read_cues(Path(PROJECT_DIR) / "seeds" / "reference")
REPORT = """
    Berg NNP nsubj 2
    said VBD root 0
    talks NNS nsubj 4
    failed VBD ccomp 2
    again RB advmod 4
    , , punct 2
    Kim NNP nsubj 8
    added VBD conj 2
    . . punct 2"""
PLAIN = REPORT.replace("Kim NNP nsubj 8\n    added VBD conj 2", "Kim NNP conj 1\n    too RB advmod 2")
RULE = "clause:say"
TOPIC = """
    Berg NNP nsubj 2
    ended VBD root 0
    on IN case 4
    talks NNS obl 2
    . . punct 2"""


def mark(text: str, *pieces: tuple[int, int, str]) -> Doc:
    """A doc with pieces as the quote reader leaves them; every first word of a sentence is a person."""
    doc = parse(text)
    doc._.mentions = [Mention(0, 1, "PERSON", cluster=0)]
    doc.spans[PIECES] = [Span(doc, start, end, label=label) for start, end, label in pieces]
    return doc


def read(doc: Doc) -> list[tuple[str, str | None, str]]:
    return [
        (" ".join(doc[start:end].text for start, end in quote.parts), quote.cue_class, quote.rule_id)
        for quote in find_quotes(doc, CUES)
    ]


def test_pieces_with_a_plus_go_on_with_the_statement_before() -> None:
    doc = mark(REPORT, (2, 4, "content"), (4, 5, "content+"), (1, 2, "cue"), (0, 1, "source"))
    assert find_statements(doc) == [Statement(((2, 4), (4, 5)), (1, 2), (0, 1))]


def test_each_cue_belongs_to_the_nearest_content_and_to_one_alone() -> None:
    pieces = [(2, 4, "content"), (4, 5, "content"), (1, 2, "cue"), (7, 8, "cue"), (0, 1, "source"), (6, 7, "source")]
    assert find_statements(mark(REPORT, *pieces)) == [
        Statement(((2, 4),), (1, 2), (0, 1)),
        Statement(((4, 5),), (7, 8), (6, 7)),
    ]


def test_doc_without_marks_has_no_statements() -> None:
    assert find_statements(parse(REPORT)) == []


def test_report_of_the_rules_gets_the_edges_that_are_marked() -> None:
    assert read(mark(PLAIN)) == [("talks failed again", "neutral", RULE)]
    assert read(mark(PLAIN, (2, 4, "content"))) == [("talks failed", "neutral", RULE)]


def test_report_that_is_not_marked_stays() -> None:
    assert read(mark(PLAIN, (5, 6, "content"))) == [("talks failed again", "neutral", RULE)]


def test_what_is_only_spoken_of_is_a_topic() -> None:
    doc = mark(TOPIC, (3, 4, "content"), (1, 2, "cue"), (0, 1, "source"))
    assert read(doc) == [("talks", "topic", "learned")]
    assert [quote.is_said for quote in find_quotes(doc, CUES)] == [False]


@pytest.mark.parametrize("missing", ["cue", "source"])
def test_marks_of_nobody_or_without_a_cue_are_no_quote(missing: str) -> None:
    pieces = [(3, 4, "content"), (1, 2, "cue"), (0, 1, "source")]
    assert read(mark(TOPIC, *(piece for piece in pieces if piece[2] != missing))) == []


def test_shipped_model_has_a_quote_reader(pipelines: tuple[Language, Language]) -> None:
    doc = pipelines[0]("Anna Berg said that the talks had failed.")
    assert {span.label_ for span in doc.spans[PIECES]} == {"source", "cue", "content"}
