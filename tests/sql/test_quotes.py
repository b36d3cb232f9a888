"""Quotes of several outlets side by side, and statements inside statements."""

from pathlib import Path
from typing import Any

import pytest

from tasks.errors import CheckFailedError
from tasks.load.query import run_query
from tasks.load.task import load
from tasks.normalize.quotes import Quote, find_reports
from tasks.settings import Settings
from tests.load.world import GAZETTE, Rows, make_rows, write_rows

INNER, LATER = "quo_0000000000000002", "quo_0000000000000003"
CITED = "Canada sent aid"


def quote_mention(quote_id: str, content: str, article_id: str, body: str, **values: Any) -> dict[str, Any]:
    """A row of quote_mentions for words of a body."""
    start = body.index(content)
    span = {"start_char": start, "end_char": start + len(content)}
    index = body[:start].count("\n\n")
    return {
        "quote_mention_id": quote_id,
        "article_id": article_id,
        "sentence_index": index,
        **span,
        "text": content,
        "content": content,
        "content_spans": [span],
        "quote_type": "indirect",
        "rule_id": "clause",
        "score": 0.9,
        **values,
    }


def quote(quote_id: str, article_id: str, content: str, **values: Any) -> dict[str, Any]:
    """A row of quotes."""
    defaults = {
        "quote_type": "indirect",
        "cue": None,
        "cue_class": None,
        "utterance_id": f"utt_{quote_id}",
        "score": 0.9,
    }
    return {"quote_id": quote_id, "article_id": article_id, "content": content, **defaults, **values}


def make_drift() -> Rows:
    """The small world, in which the Gazette words the mayor's promise in its own way, and cites inside it."""
    rows = make_rows()
    body = rows["articles"][1]["body"]
    outer = body.split("\n\n")[1]
    rows["quote_mentions"] += [
        quote_mention(LATER, outer, GAZETTE, body),
        quote_mention(INNER, CITED, GAZETTE, body, parent_quote_id=LATER),
    ]
    (first,) = rows["quotes"]
    rows["quotes"] += [
        quote(
            LATER,
            GAZETTE,
            "she would rebuild and not wait",
            cue="claimed",
            cue_class="claim",
            speaker_name="the mayor",
            affiliation_entity_id="ent_vale",
            medium="statement",
            utterance_id=first["utterance_id"],
        ),
        quote(INNER, GAZETTE, CITED, speaker_entity_id="ent_canada", speaker_name="Canada", parent_quote_id=LATER),
    ]
    columns = dict.fromkeys(Quote._fields)
    quotes = [Quote(**{**columns, **row}) for row in rows["quotes"]]
    rows["utterance_reports"] = [report._asdict() for report in find_reports(quotes)]
    return rows


def publish(data_dir: Path, rows: Rows) -> Path:
    settings = Settings(data_dir=data_dir, workers=1)
    write_rows(settings.data_dir, rows)
    return load(settings, run_id="20240509T000000Z-0003").path


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse of that world."""
    return publish(tmp_path_factory.mktemp("drift"), make_drift())


def test_drift_shows_changed_words_cue_and_speaker(published: Path) -> None:
    _, rows = run_query(
        published,
        "select publisher, is_fullest, speaker, speaker_change, cue_change, cue_class_change, missing, added, changed"
        " from marts.quote_drift",
    )
    assert rows == [
        ("Herald", True, "José Pina", None, None, None, [], [], []),
        (
            "Gazette",
            False,
            "José Pina",
            "José Pina → the mayor",
            "said → claimed",
            "neutral → claim",
            ["we will"],
            [],
            ["We will → she would"],
        ),
    ]


def test_a_speaker_without_a_name_shows_whom_it_is_of(published: Path) -> None:
    _, rows = run_query(published, "select speaker, affiliation from quotes where affiliation is not null")
    assert rows == [("the mayor", "Port Vale")]


def test_inner_statement_names_both_speakers_and_the_medium(published: Path) -> None:
    _, rows = run_query(published, "select reported_by, speaker, content from quotes where reported_by is not null")
    assert rows == [("the mayor", "Canada", CITED)]
    _, media = run_query(published, "select medium from quotes where medium is not null")
    assert media == [("statement",)]


def test_statements_inside_each_other_publish_nothing(tmp_path: Path) -> None:
    rows = make_drift()
    rows["quotes"][1]["parent_quote_id"] = INNER
    with pytest.raises(CheckFailedError, match="nested_in_themselves"):
        publish(tmp_path / "data", rows)
