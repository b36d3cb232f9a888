"""Numbers in texts: golden cases as data, and what names, times and tags say against a number."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from tasks.nlp.numbers import create_numbers, find_numbers, load_lexicon, to_mentions
from tasks.nlp.records import Mention, NumberMention, TimeMention

REFERENCE = str(Path(__file__).parents[2] / "seeds" / "reference")
CASES = [json.loads(line) for line in (Path(__file__).parent / "cases_numbers.jsonl").read_text("utf-8").splitlines()]
NLP = spacy.blank("en")


def number(text: str) -> list[object]:
    """Text, label, value, bounds, unit and relation of each number of a text."""
    return [
        [
            text[found.start : found.end],
            found.label,
            *(None if part is None else float(part) for part in found.amount),
            found.unit,
            found.relation,
        ]
        for found in find_numbers(text, load_lexicon(REFERENCE))
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_golden_cases(case: dict[str, object]) -> None:
    assert number(str(case["text"])) == case["numbers"]


def test_text_without_numbers_has_none() -> None:
    assert number("") == []
    assert number("Nobody came.") == []


def test_what_a_time_or_name_holds_is_no_number() -> None:
    doc = NLP("On 5 May the Seven Network showed 3 films.")
    doc._.times = [TimeMention(1, 3, "DATE")]
    doc._.mentions = [Mention(4, 6, "ORG")]
    found = create_numbers(NLP, "numbers", REFERENCE)(doc)._.numbers
    assert [doc[item.start : item.end].text for item in found] == ["3"]


def test_letters_of_a_currency_sign_are_no_country() -> None:
    doc = NLP("It paid US $5 million.")
    doc._.mentions = [Mention(2, 3, "GPE")]
    assert [item.unit for item in create_numbers(NLP, "numbers", REFERENCE)(doc)._.numbers] == ["USD"]
    assert doc._.mentions == []


def test_one_that_is_tagged_a_pronoun_is_no_number() -> None:
    words, tags = ["One", "soldier", "saw", "one", "soldier", "."], ["PRP", "NN", "VBD", "CD", "NN", "."]
    doc = Doc(NLP.vocab, words=words, tags=tags, spaces=[True, True, True, True, False, False])
    found = to_mentions(doc, doc.text, find_numbers(doc.text, load_lexicon(REFERENCE)))
    assert [(item.start, item.end) for item in found] == [(3, 4)]


def test_token_far_longer_than_the_number_gives_no_mention() -> None:
    doc = Doc(NLP.vocab, words=["5%-of-all-the-things-that-there-are"], spaces=[False])
    assert list(to_mentions(doc, doc.text, find_numbers(doc.text, load_lexicon(REFERENCE)))) == []


def test_component_keeps_records_and_spans() -> None:
    doc = create_numbers(NLP, "numbers", REFERENCE)(NLP("They raised at least $2.5 million."))
    assert doc._.numbers == [
        NumberMention(4, 7, "MONEY", 2_500_000.0, 2_500_000.0, None, "USD", "at least", "money_sign", 1.0),
    ]
    assert [(span.text, span.label_) for span in doc.spans["numbers"]] == [("$2.5 million", "MONEY")]


def test_currency_spelled_out_once_holds_for_later_bare_words() -> None:
    text = "The loan is 40 million Mexican pesos. They repaid 10 million pesos."
    assert [(item[0], item[5]) for item in map(list, number(text))] == [
        ("40 million Mexican pesos", "MXN"),
        ("10 million pesos", "MXN"),
    ]


def test_no_number_crosses_a_paragraph() -> None:
    assert [item[0] for item in map(list, number("It sold 20\n\nmillion people wept."))] == ["20"]
    assert [item[0] for item in map(list, number("They had 20 dogs and 30\n\npercent."))] == ["20", "30"]
