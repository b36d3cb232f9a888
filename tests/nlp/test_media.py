"""The medium of a statement is found where the reporting clause names one, and nowhere else."""

from pathlib import Path

import pytest
from spacy.language import Language

from tasks.errors import ReferenceDataError
from tasks.nlp.build import annotate
from tasks.nlp.media import add_media, read_media
from tasks.nlp.records import Quote
from tasks.settings import PROJECT_DIR
from tests.nlp.parses import parse

MEDIA = read_media(PROJECT_DIR / "seeds" / "reference")
# The medium of each statement of a text, in text order.
CASES = {
    "“The dam is safe,” Berg said in a written statement on Monday.": ["statement"],
    "“The dam is safe,” Anna Berg told the Daily Herald in a telephone interview.": ["interview"],
    "In a rare interview with the Herald, Berg said that the dam was safe.": ["interview"],
    "Berg wrote on Twitter that the dam was safe.": ["social_media"],
    "“The dam is safe,” Berg tweeted on Monday.": ["social_media"],
    "“The dam is safe,” Berg wrote in a Facebook post.": ["social_media"],
    "“The dam is safe,” Berg told reporters in Bergen.": ["press"],
    "Berg told Reuters that the dam was safe.": ["press"],
    "Berg testified that the dam was unsafe.": ["testimony"],
    "Berg told the court that the dam was unsafe.": ["testimony"],
    "Berg wrote in a letter to the governor that the dam was unsafe.": ["letter"],
    "The dam was unsafe, according to the report.": ["report"],
    "The ministry’s statement said the dam was safe.": ["statement"],
    "“Berg has lied,” prosecutors said in a court filing.": ["court_filing"],
    "Speaking at a news conference in Bergen, Berg said the dam was safe.": ["press_conference"],
    "Berg said by phone that the dam was safe.": ["phone_call"],
    "Berg said in a speech on Tuesday that the dam was safe.": ["speech"],
    "“The dam is safe,” Berg said on state television.": ["broadcast"],
    "Berg noted in a recent quarterly report that the dam was unsafe.": ["report"],
    "“The dam is safe,” Berg said in a speech hours before the vote.": ["speech"],
    "Berg, who resigned in a letter to the governor, said the dam was safe.": [None],
    "“The dam is safe,” Berg said.": [None],
    "Berg said the report was wrong.": [None],
    "Berg said the dam would be the subject of an interview.": [None],
    "“The dam is safe,” Berg said in a statement, and Holm told reporters that it was not.": ["statement", "press"],
}


@pytest.mark.parametrize("text", CASES)
def test_medium_as_the_clause_words_it(text: str, pipelines: tuple[Language, Language]) -> None:
    nlp, rules = pipelines
    doc = annotate(rules, nlp(text), published_on="2022-01-07")
    assert [quote.medium for quote in doc._.quotes] == CASES[text]


STATED = """
    Berg NNP nsubj 2
    said VBD root 0
    in IN case 5
    a DT det 5
    statement NN obl 2
    that IN mark 8
    talks NNS nsubj 8
    failed VBD ccomp 2
    . . punct 2"""


def test_phrase_of_the_clause_names_the_medium() -> None:
    quotes = [Quote("indirect", ((6, 8),), cue=(1, 2), cue_lemma="say", speaker=(0, 1))]
    assert [quote.medium for quote in add_media(parse(STATED), quotes, MEDIA)] == ["statement"]


def test_words_that_are_said_name_no_medium() -> None:
    quotes = [Quote("indirect", ((2, 8),), cue=(1, 2), cue_lemma="say", speaker=(0, 1))]
    assert [quote.medium for quote in add_media(parse(STATED), quotes, MEDIA)] == [None]


def test_quote_without_a_cue_goes_on_in_the_medium_before() -> None:
    doc = parse(STATED, "“ `` punct 2\nNever RB root 0\n” '' punct 2")
    first = Quote("indirect", ((6, 8),), cue=(1, 2), cue_lemma="say", speaker=(0, 1))
    following = Quote("direct", ((10, 11),), speaker=(0, 1))
    assert [quote.medium for quote in add_media(doc, [first, following], MEDIA)] == ["statement", "statement"]
    stranger = following._replace(speaker=None)
    assert [quote.medium for quote in add_media(doc, [first, stranger], MEDIA)] == ["statement", None]


def test_unknown_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "media.csv").write_text("medium,place,words\nletter,near,in ~ letter\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="the place 'near' of letter is unknown"):
        read_media(tmp_path)
