"""Rows made from a doc with records set by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from tasks import schemas, storage
from tasks.extract.rows import ArticleRows, to_rows
from tasks.nlp import extensions  # noqa: F401
from tasks.nlp.records import Argument, Event, Mention, NumberMention, Quote, TimeMention

TEXT = "“No,” Ana Ruiz said on Friday, “never.”\n\nTroops left Quito with over $5."


@pytest.fixture
def doc() -> Doc:
    doc = spacy.blank("en")(TEXT)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = token.text == "Troops"
    words = [token.text for token in doc]
    ana, said, friday, never = words.index("Ana"), words.index("said"), words.index("Friday"), words.index("never")
    troops, left, quito = words.index("Troops"), words.index("left"), words.index("Quito")
    doc._.mentions = [Mention(ana, ana + 2, "PERSON", cluster=0), Mention(quito, quito + 1, "GPE")]
    doc._.times = [TimeMention(friday, friday + 1, "DATE", "2022-01-07", "2022-01-07", "2022-01-07")]
    five = words.index("5")
    doc._.numbers = [NumberMention(five - 1, five + 1, "MONEY", 5.0, 5.0, None, "USD", "more than", "money_sign")]
    doc._.quotes = [
        Quote(
            "direct",
            ((1, 3), (never, never + 2)),
            cue=(said, said + 1),
            cue_lemma="say",
            speaker=(ana, ana + 2),
            speaker_mention=0,
            affiliation=1,
            time=0,
        )
    ]
    arguments = (Argument("actor", troops, left), Argument("location", quito, quito + 1, mention=1))
    doc._.events = [Event(left, left + 1, "RETREAT", quote=0, claimed_by=0, arguments=arguments)]
    return doc


@pytest.fixture
def rows(doc: Doc) -> ArticleRows:
    return to_rows("art_1", doc)


def test_every_span_equals_its_slice(rows: ArticleRows) -> None:
    for dataset in rows:
        for row in dataset:
            assert TEXT[row["start_char"] : row["end_char"]] == row["text"]


def test_split_quote_joins_its_parts_and_keeps_each_span(rows: ArticleRows) -> None:
    (quote,) = rows.quote_mentions
    assert quote["content"] == "No, never."
    assert [TEXT[s["start_char"] : s["end_char"]] for s in quote["content_spans"]] == ["No,", "never."]
    assert (quote["cue"], quote["speaker_text"]) == ("said", "Ana Ruiz")


def test_records_refer_to_each_other_by_id(rows: ArticleRows) -> None:
    ana, quito = rows.entity_mentions
    (event,) = rows.event_mentions
    actor, location = rows.event_arguments
    assert rows.quote_mentions[0]["speaker_mention_id"] == ana["mention_id"]
    assert rows.quote_mentions[0]["affiliation_mention_id"] == quito["mention_id"]
    assert rows.quote_mentions[0]["time_mention_id"] == rows.time_mentions[0]["time_mention_id"]
    assert event["claimed_by"] == ana["mention_id"]
    assert event["quote_mention_id"] == rows.quote_mentions[0]["quote_mention_id"]
    assert location["mention_id"] == quito["mention_id"]
    assert actor["mention_id"] is None


def test_numbers_keep_value_bounds_and_unit(rows: ArticleRows) -> None:
    (number,) = rows.number_mentions
    assert {key: number[key] for key in ("text", "label", "value", "value_low", "value_high", "unit", "relation")} == {
        "text": "$5",
        "label": "MONEY",
        "value": 5.0,
        "value_low": 5.0,
        "value_high": None,
        "unit": "USD",
        "relation": "more than",
    }


def test_sentences_leave_white_space_out(rows: ArticleRows) -> None:
    assert [row["text"] for row in rows.sentences][-1] == "Troops left Quito with over $5."
    assert rows.event_mentions[0]["sentence_index"] == len(rows.sentences) - 1


def test_rows_keep_the_declared_schemas(rows: ArticleRows) -> None:
    for name, found in rows._asdict().items():
        assert storage.conform(found, schemas.DATASETS[name]).num_rows == len(found)


def test_doc_without_text_gives_no_rows() -> None:
    assert all(not found for found in to_rows("art_0", spacy.blank("en")("")))


def test_same_span_found_twice_gives_one_row(doc: Doc) -> None:
    doc._.mentions = [*doc._.mentions, Mention(doc._.mentions[1].start, doc._.mentions[1].end, "GPE")]
    assert len(to_rows("art_1", doc).entity_mentions) == 2


def test_record_without_words_is_refused(doc: Doc) -> None:
    doc._.quotes = [Quote("indirect", ((4, 4),))]
    with pytest.raises(ValueError, match="from token 4 to 4 holds nothing"):
        to_rows("art_1", doc)
