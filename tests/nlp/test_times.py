import json
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from tasks.nlp import time_values as values
from tasks.nlp.records import TimeMention
from tasks.nlp.times import create_times, find_times, load_lexicon

REFERENCE = str(Path(__file__).parents[2] / "seeds" / "reference")
CASES = [json.loads(line) for line in (Path(__file__).parent / "cases_times.jsonl").read_text("utf-8").splitlines()]
NLP = spacy.blank("en")


def parsed(words: list[str], tags: list[str], heads: list[int], deps: list[str]) -> Doc:
    pos = ["VERB" if tag.startswith("V") else "AUX" if tag == "MD" else "X" for tag in tags]
    lemmas = [word.lower() for word in words]
    return Doc(NLP.vocab, words=words, tags=tags, pos=pos, heads=heads, deps=deps, lemmas=lemmas)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_golden_cases(case: dict[str, object]) -> None:
    doc = NLP(str(case["text"]))
    published = case["published_on"]
    found = find_times(doc, None if published is None else str(published), load_lexicon(REFERENCE))
    got = [[doc[m.start : m.end].text, m.timex_type, m.value, m.date_from, m.date_to] for m in found]
    assert got == case["times"]


def test_future_verb_looks_ahead_through_the_parse() -> None:
    words = ["On", "Monday", "the", "court", "will", "rule", "."]
    doc = parsed(
        words,
        ["IN", "NNP", "DT", "NN", "MD", "VB", "."],
        [1, 5, 3, 5, 5, 5, 5],
        ["case", "obl", "det", "nsubj", "aux", "ROOT", "punct"],
    )
    assert find_times(doc, "2022-01-07", load_lexicon(REFERENCE))[0].date_from == "2022-01-10"


def test_past_verb_looks_back_through_the_parse() -> None:
    words = ["On", "Monday", "the", "court", "ruled", "."]
    doc = parsed(
        words,
        ["IN", "NNP", "DT", "NN", "VBD", "."],
        [1, 4, 3, 4, 4, 4],
        ["case", "obl", "det", "nsubj", "ROOT", "punct"],
    )
    assert find_times(doc, "2022-01-07", load_lexicon(REFERENCE))[0].date_from == "2022-01-03"


def test_verb_before_the_date_outweighs_a_wrong_attachment() -> None:
    words = ["He", "said", "Monday", "they", "would", "go", "."]
    doc = parsed(
        words,
        ["PRP", "VBD", "NNP", "PRP", "MD", "VB", "."],
        [1, 1, 5, 5, 5, 1, 1],
        ["nsubj", "ROOT", "obl", "nsubj", "aux", "ccomp", "punct"],
    )
    assert find_times(doc, "2022-01-07", load_lexicon(REFERENCE))[0].date_from == "2022-01-03"


def tagged(text: str) -> Doc:
    """Words with their tags, as in `ruled/VBD`, without a parse."""
    pairs = [piece.rsplit("/", 1) for piece in text.split()]
    return Doc(
        NLP.vocab,
        words=[word for word, _ in pairs],
        tags=[tag for _, tag in pairs],
        lemmas=[word.lower() for word, _ in pairs],
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He/PRP could/MD not/RB be/VB reached/VBN Wednesday/NNP ./.", "2022-01-05"),
        ("He/PRP could/MD be/VB freed/VBN Wednesday/NNP ./.", "2022-01-12"),
        ("They/PRP scheduled/VBD talks/NNS for/IN Wednesday/NNP ./.", "2022-01-12"),
        ("They/PRP held/VBD talks/NNS on/IN Wednesday/NNP ./.", "2022-01-05"),
        ("They/PRP extended/VBD it/PRP until/IN 9/CD a.m./NN Wednesday/NNP ./.", "2022-01-12"),
    ],
)
def test_words_before_a_weekday_say_which_way_it_lies(text: str, day: str) -> None:
    assert [found.date_from for found in find_times(tagged(text), "2022-01-07", load_lexicon(REFERENCE))] == [day]


def test_component_keeps_records_and_spans() -> None:
    doc = NLP("It rained on Thursday.")
    doc._.published_on = "2022-01-07"
    doc = create_times(NLP, "times", REFERENCE)(doc)
    assert doc._.times == [
        TimeMention(3, 4, "DATE", "2022-01-06", "2022-01-06", "2022-01-06", method="rule:weekday"),
    ]
    assert [(span.text, span.label_) for span in doc.spans["times"]] == [("Thursday", "DATE")]


def test_impossible_days_give_no_date() -> None:
    assert values.make_date(2021, 2, 29) is None


@pytest.mark.parametrize(
    ("code", "year", "day"),
    [
        ("12-25", 2021, date(2021, 12, 25)),
        ("easter-2", 2022, date(2022, 4, 15)),
        ("11-4th-4", 2021, date(2021, 11, 25)),
        ("05-last-1", 2022, date(2022, 5, 30)),
        ("11-after1mon-2", 2022, date(2022, 11, 8)),
    ],
)
def test_holidays_follow_their_rule(code: str, year: int, day: date) -> None:
    assert values.holiday_date(year, code) == day


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [(2, "W", "P2W"), (None, "D", "PXD"), (2.5, "Y", "P2Y6M"), (0.5, "TH", "PT30M"), (3, "Q", "P9M"), (2, "E", "P20Y")],
)
def test_durations_are_written_as_timex3(count: float | None, unit: str, value: str) -> None:
    assert values.duration_value(count, unit) == value


def test_month_without_hint_is_the_nearest() -> None:
    assert values.nearest_year(date(2022, 1, 7), 12, None, direction=0) == 2021
    assert values.nearest_year(date(2021, 11, 7), 1, None, direction=0) == 2022
