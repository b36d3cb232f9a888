"""The draw of sentences for reading, with their events."""

import random

import spacy
from spacy.tokens import Doc

from benchmarks.accuracy.coded import EXCERPT, draw_sentence, read_sentence, show, to_texts
from tasks.clean.articles import Article
from tasks.nlp.records import Argument, Event


def two_sentences() -> Doc:
    words = ["Rain", "fell", ".", "Two", "tall", "men", "met", "the", "old", "king", "."]
    doc = Doc(spacy.blank("en").vocab, words=words, sent_starts=[i in {0, 3} for i in range(len(words))])
    doc._.mentions = []
    doc._.events = [Event(6, 7, "CONSULT", rule_id="v.meet", arguments=(Argument("recipient", 7, 10),))]
    return doc


def test_short_sentences_are_not_drawn() -> None:
    doc = two_sentences()
    assert {draw_sentence(doc, random.Random(seed)).start for seed in range(9)} == {3}
    assert draw_sentence(doc[:3].as_doc(), random.Random(1)) is None


def test_sentence_is_shown_with_the_one_before_and_its_events() -> None:
    doc = two_sentences()
    assert show(1, read_sentence(doc, doc[3:11], "a.txt")).splitlines() == [
        "=== 1 a.txt",
        "  (Rain fell .)",
        "  Two tall men met the old king .",
        "  - CONSULT [met] affirmed asserted past; recipient: the old king; v.meet (1.00)",
    ]


def test_article_is_cut_behind_a_paragraph() -> None:
    fields = dict.fromkeys(Article._fields)
    first = "a" * (EXCERPT + 5)
    articles = [Article(**{**fields, "body": f"{first}\n\nb"}), Article(**{**fields, "body": "short"})]
    assert [text.text for text in to_texts(articles)] == [first, "short"]
