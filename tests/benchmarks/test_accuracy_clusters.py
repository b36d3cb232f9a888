"""Clusters across documents: B-cubed on cases with known answers, and the readers of linked sets."""

import pyarrow as pa
import pytest

from benchmarks.accuracy.formats.linked import (
    Linked,
    LinkedDocument,
    Token,
    find_day,
    join_tokens,
    locate_mentions,
    parse_cat,
)
from benchmarks.accuracy.measures import score_figures
from benchmarks.accuracy.reading import Text
from benchmarks.accuracy.scoreboard import entities, stories
from benchmarks.accuracy.scoreboard.stories import find_baseline
from benchmarks.accuracy.scorers.clusters import Aligned, align, count_mentions, make_figures
from benchmarks.accuracy.warehouse import Warehouse
from tasks.normalize.task import INPUTS, OUTPUTS, Inputs

ADDRESS = "http : / / a.example / 2012 / 05 / 03"
SENTENCES = (ADDRESS.split(), ["Bank", "robbed"], ["Thieves", "broke", "in", "."])
FORMS = [(number, form) for number, forms in enumerate(SENTENCES) for form in forms]
TOKENS = "".join(f'<token t_id="{i}" sentence="{n}">{form}</token>' for i, (n, form) in enumerate(FORMS, start=1))
CAT = f"""<Document>{TOKENS}
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="13"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="15"/><token_anchor t_id="16"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="3"><token_anchor t_id="14"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="4" TAG_DESCRIPTOR="robbery" instance_id="ACT7"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="9"><source m_id="1"/>
<source m_id="2"/><target m_id="4"/></CROSS_DOC_COREF></Relations>
</Document>"""


def test_cat_gives_text_without_its_address_and_the_thing_of_each_mention() -> None:
    document = parse_cat(CAT, "1_1", "1")
    assert document.text.text == "Bank robbed\n\nThieves broke in."
    assert document.text.published_on == "2012-05-03"
    assert document.mentions == (
        Linked(5, 11, "ACTION_OCCURRENCE", "ACT7"),
        Linked(13, 20, "HUMAN_PART_PER", "1_1 3"),
        Linked(21, 29, "ACTION_OCCURRENCE", "ACT7"),
    )
    assert [mention.start for mention in parse_cat(CAT, "1_1", "1", frozenset({1})).mentions] == [5]


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        ("`` We ' re off , '' he said .", '"We\'re off," he said.'),
        ("a court - ordered sale", "a court-ordered sale"),
        ("Cairo - a well-known place", "Cairo - a well-known place"),
    ],
)
def test_tokens_are_joined_as_print_has_them(forms: str, text: str) -> None:
    tokens = [Token(str(number), 0, form) for number, form in enumerate(forms.split(" "))]
    joined, places = join_tokens(tokens)
    assert joined == text
    assert [joined[start:end] for start, end in places.values()] == [
        form.replace("``", '"').replace("''", '"') for form in forms.split(" ")
    ]


def test_the_day_comes_from_date_lines_before_the_address() -> None:
    lines = ["Bank robbed", "PUBLISHED : THURSDAY , MAY 3 , 2012", "Thieves broke in ."]
    assert find_day(lines, "http://a.example/2011/01/02") == "2012-05-03"
    assert find_day(lines[:1], "http://a.example/2011/01/02/bank") == "2011-01-02"
    assert find_day(lines[:1], None) is None


def test_a_phrase_is_found_where_unique_phrases_say_that_its_sentence_is() -> None:
    text = "Robbers came. The deal failed. He spoke “at length”. Then the deal failed. They left."
    rows = [
        {"event_id": "0", "code_type": "EVENT", "code_name": "B", "code_mention": phrase, "sentence": n, "start": "0"}
        for n, phrase in (("0", "Robbers came"), ("2", "spoke ``at length''"), ("3", "the deal"), ("4", "They left"))
    ]
    found = [text[mention.start : mention.end] for mention in locate_mentions(text, rows)]
    assert found == ["Robbers came", "spoke “at length", "the deal", "They left"]
    assert locate_mentions(text, [{**rows[2], "code_mention": "no such words"}]) == []


def test_alignment_prefers_the_span_of_like_extent_and_gives_none_twice() -> None:
    assert align([(0, 10), (4, 6), (20, 22)], [(4, 6), (0, 9), (30, 31)]) == [1, 0, None]


def test_b_cubed_of_a_known_case() -> None:
    pairs = [("a", 1), ("a", 1), ("a", 2), ("b", 2), ("b", None)]
    mentions = [Aligned(f"d{n % 2}", thing, found) for n, (thing, found) in enumerate(pairs)]
    scores = {score.metric: score for score in score_figures("t", "s", make_figures(""), count_mentions(mentions))}
    assert scores["B³ precision, mentions found"].value == pytest.approx(75.0)
    assert scores["B³ recall, mentions found"].value == pytest.approx(100 * (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert scores["B³ precision"].value == pytest.approx(80.0)
    assert scores["B³ recall"].value == pytest.approx(100 * (2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)
    assert (scores["B³ F1"].items, scores["B³ F1, mentions found"].items) == (5, 4)


def make_warehouse(inputs: dict[str, pa.Table], outputs: dict[str, pa.Table]) -> Warehouse:
    """A warehouse of some tables; the others are empty."""
    empty = {dataset.name: dataset.schema.empty_table() for dataset in (*INPUTS, *OUTPUTS)}
    read = Inputs(**{dataset.name: empty[dataset.name] for dataset in INPUTS})._replace(**inputs)
    return Warehouse(read, {dataset.name: empty[dataset.name] for dataset in OUTPUTS} | outputs)


def test_the_baseline_takes_type_day_and_actors() -> None:
    inputs = {
        "articles": pa.table({"article_id": ["a", "b", "c"], "published_at": [None, None, None]}),
        "event_mentions": pa.table(
            {"event_mention_id": ["1", "2", "3"], "event_type": ["AID"] * 3, "article_id": ["a", "b", "c"]}
        ),
        "event_arguments": pa.table(
            {
                "event_mention_id": ["1", "1", "2", "2", "3"],
                "role": ["actor", "time", "actor", "time", "actor"],
                "text": ["he", "Friday", "The minister", "then", "he"],
                "mention_id": ["m1", None, "m2", None, "m1"],
                "time_mention_id": [None, "t1", None, "t2", None],
            }
        ),
        "time_mentions": pa.table({"time_mention_id": ["t1", "t2"], "date_from": [5, 5]}),
    }
    links = pa.table({"mention_id": ["m1", "m2"], "entity_id": ["ent", "ent"]})
    found = find_baseline(make_warehouse(inputs, {"entity_links": links}))
    assert found["1"] == found["2"] == ("AID", 5, frozenset({"ent"}))
    assert found["3"] == ("AID", "c", frozenset({"ent"}))


DOCUMENTS = [
    LinkedDocument(name, "1", Text(""), (Linked(0, 3, "HUMAN_PART_PER", "ann"), Linked(9, 12, "ACTION_STATE", "act")))
    for name in ("a", "b")
]


def test_events_and_entities_are_scored_by_the_mentions_that_overlap_gold() -> None:
    mentions = {
        "mention_id": ["m1", "m2", "m3"],
        "article_id": ["a", "b", "b"],
        "start_char": [0, 0, 5],
        "end_char": [7, 3, 8],
        "text": ["Ann Lee", "she", "Ann"],
        "mention_type": ["name", "pronoun", "name"],
        "coref_cluster_id": [None, 1, 1],
    }
    events = {"event_mention_id": ["v1"], "article_id": ["a"], "start_char": [9], "end_char": [12]}
    warehouse = make_warehouse(
        {
            "entity_mentions": pa.table(mentions),
            "event_mentions": pa.table({**events, "event_type": ["AID"]}),
            "articles": pa.table({"article_id": ["a", "b"], "published_at": [None, None]}),
        },
        {
            "entity_links": pa.table({"mention_id": ["m1", "m2"], "entity_id": ["ent", "ent"]}),
            "event_sources": pa.table({"event_mention_id": ["v1"], "event_id": ["e"]}),
        },
    )
    found = {s.metric: (s.value, s.items) for s in entities.score_documents("s", DOCUMENTS, warehouse)}
    assert found["B³ recall"] == (100.0, 2)
    assert found["B³ recall, baseline of exact names"] == (50.0, 2)
    assert found["B³ recall, baseline of exact names after coreference"] == (50.0, 2)
    found = {s.metric: (s.value, s.items) for s in stories.score_documents("s", DOCUMENTS, warehouse)}
    assert found["B³ recall"] == (50.0, 2)
    assert found["B³ recall, mentions found"] == (100.0, 1)


def test_a_chain_goes_by_its_first_name() -> None:
    rows = [
        ("m2", "a", 9, 12, "Lee", "name", 1),
        ("m1", "a", 0, 7, "Ann Lee", "name", 1),
        ("m3", "a", 20, 23, "she", "pronoun", 1),
        ("m4", "a", 30, 33, "Bo", "name", None),
    ]
    assert entities.name_chains(rows) == {("a", 1): "Ann Lee"}
