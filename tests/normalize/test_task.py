"""The stage as a whole: empty, deterministic, fresh, and clear about what is missing."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

from tasks import schemas, storage
from tasks.errors import MissingStageError
from tasks.normalize import task
from tasks.normalize.changes import Change
from tasks.normalize.corrections import Entity, Outcome
from tasks.normalize.entities import Link
from tasks.normalize.events import Event, Participant, Source
from tasks.normalize.gazetteer import Atlas, Gazetteer, Place, build_gazetteer
from tasks.normalize.lexicon import Lexicon
from tasks.normalize.quotes import Quote
from tasks.normalize.wording import Report
from tasks.settings import Settings
from tests.normalize.world import atlas, lexicon

Rows = dict[str, list[dict[str, object]]]

BODY = "Russia has sent troops to Kazakhstan, its president, Nikol Pashinyan, said on Wednesday."


def span(text: str, **further: object) -> dict[str, object]:
    """The columns of a span of the body."""
    start = BODY.index(text)
    place = {"start_char": start, "end_char": start + len(text), "text": text}
    return {"article_id": "art_1", "sentence_index": 0, **place, "score": 0.9, **further}


def mention(text: str, label: str, **further: object) -> dict[str, object]:
    """A row of entity_mentions."""
    return span(text, mention_id=f"men_{text}", label=label, mention_type="name", method="model", **further)


ARTICLE = {
    "article_id": "art_1",
    "source_uri": "a.txt",
    "published_at": datetime(2022, 1, 7),
    "published_at_source": "dateline",
    "language": "en",
    "language_score": 1.0,
    "body": BODY,
    "char_count": len(BODY),
    "raw_sha256": "0",
    "batch_id": "b",
}
COPY = {**ARTICLE, "article_id": "art_2", "duplicate_of": "art_1", "duplicate_score": 1.0}
EVENT = {
    "event_mention_id": "evm_1",
    "event_type": "MOBILIZE",
    "event_mode": "troops",
    "contexts": [],
    "polarity": "affirmed",
    "modality": "asserted",
    "tense": "past",
    "rule_id": "v.send",
    "quote_mention_id": "quo_1",
}
WORDS = "Russia has sent troops to Kazakhstan"
QUOTE = {
    "quote_mention_id": "quo_1",
    "quote_type": "indirect",
    "content": WORDS,
    "content_spans": [],
    "cue": "said",
    "cue_class": "neutral",
    "speaker_text": "its president, Nikol Pashinyan",
    "speaker_mention_id": "men_Nikol Pashinyan",
    "time_mention_id": "tim_1",
    "rule_id": "r",
}
DAY = date(2022, 1, 5)
TIME = {
    "time_mention_id": "tim_1",
    "timex_type": "DATE",
    "value": "2022-01-05",
    "date_from": DAY,
    "date_to": DAY,
    "method": "rule",
}
ROWS: Rows = {
    "articles": [ARTICLE, COPY],
    "sentences": [span(BODY)],
    "entity_mentions": [
        mention("Russia", "GPE"),
        mention("Kazakhstan", "GPE"),
        mention("Nikol Pashinyan", "PERSON", role="Armenian Prime Minister"),
    ],
    "time_mentions": [span("Wednesday", **TIME)],
    "event_mentions": [span("sent", **EVENT)],
    "event_arguments": [
        span("Russia", argument_id="arg_1", event_mention_id="evm_1", role="actor", mention_id="men_Russia"),
        span(
            "Kazakhstan", argument_id="arg_2", event_mention_id="evm_1", role="recipient", mention_id="men_Kazakhstan"
        ),
        span("Wednesday", argument_id="arg_3", event_mention_id="evm_1", role="time", time_mention_id="tim_1"),
    ],
    "quote_mentions": [span(WORDS, **QUOTE)],
}


def write_inputs(data_dir: Path, rows: Rows, mark: str = "mark") -> Settings:
    """The settings of a data folder that holds these rows, and none where a dataset has none."""
    for dataset in task.INPUTS:
        known = {column.name for column in dataset.columns}
        kept = [{key: value for key, value in row.items() if key in known} for row in rows.get(dataset.name, [])]
        storage.write_dataset(storage.dataset_path(data_dir, dataset), kept, dataset, mark)
    return Settings(data_dir=data_dir)


def read_rows(settings: Settings, dataset: schemas.Dataset) -> list[dict[str, object]]:
    """The rows that the stage wrote."""
    table: pa.Table = storage.read_dataset(settings.data_dir, dataset)
    return list(storage.iter_rows(table))


@pytest.fixture(autouse=True)
def quick_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read once for the same names."""
    monkeypatch.setattr(task, "build_gazetteer", build_once)


@cache
def keep_gazetteer(wanted: frozenset[str]) -> Gazetteer:
    """The gazetteer of some names, kept from test to test."""
    return build_gazetteer(lexicon(), atlas(), wanted)


def build_once(_lexicon: Lexicon, _atlas: Atlas, wanted: frozenset[str]) -> Gazetteer:
    """The gazetteer of some names, of the shipped reference data."""
    return keep_gazetteer(wanted)


def test_empty_inputs_give_empty_outputs(tmp_path: Path) -> None:
    settings = write_inputs(tmp_path, {})
    summary = task.normalize(settings)
    assert summary.rows == {dataset.name: 0 for dataset in task.OUTPUTS}
    assert all(read_rows(settings, dataset) == [] for dataset in task.OUTPUTS)


def test_missing_extract_says_what_to_run_first(tmp_path: Path) -> None:
    with pytest.raises(MissingStageError, match="run `dateline clean` first"):
        task.normalize(Settings(data_dir=tmp_path))


def test_one_article_gives_entities_places_events_and_quotes(tmp_path: Path) -> None:
    settings = write_inputs(tmp_path, ROWS)
    summary = task.normalize(settings)
    assert summary.is_done_anew
    names = {row["entity_id"]: row["canonical_name"] for row in read_rows(settings, schemas.ENTITIES)}
    assert sorted(map(str, names.values())) == ["Kazakhstan", "Nikol Pashinyan", "Russia"]
    assert [row["place_id"] for row in read_rows(settings, schemas.PLACES)] == ["country:KAZ", "country:RUS"]
    (event,) = read_rows(settings, schemas.EVENTS)
    assert [names[actor] for actor in event["actor_entity_ids"]] == ["Russia"]  # type: ignore[attr-defined]
    assert [names[actor] for actor in event["recipient_entity_ids"]] == ["Kazakhstan"]  # type: ignore[attr-defined]
    assert (event["date_from"], event["date_precision"]) == (DAY, "day")
    assert (event["article_count"], event["origin_count"], event["summary"]) == (2, 1, BODY)
    (source,) = read_rows(settings, schemas.EVENT_SOURCES)
    assert (names[source["claimed_by_entity_id"]], source["quote_id"]) == ("Nikol Pashinyan", "quo_1")
    (quote,) = read_rows(settings, schemas.QUOTES)
    assert (quote["speaker_name"], quote["speaker_role"]) == ("Nikol Pashinyan", "Armenian Prime Minister")
    assert quote["said_on"] == DAY


@pytest.mark.parametrize(("role", "place_id"), [("location", "country:KAZ"), ("recipient", None)])
def test_an_event_has_the_place_it_is_said_to_be_at_and_never_that_of_the_dateline(
    tmp_path: Path, role: str, place_id: str | None
) -> None:
    arguments = [row | ({"role": role} if row["role"] == "recipient" else {}) for row in ROWS["event_arguments"]]
    rows = {**ROWS, "articles": [{**ARTICLE, "dateline_place": "Yerevan"}], "event_arguments": arguments}
    settings = write_inputs(tmp_path, rows)
    task.normalize(settings)
    assert [row["place_id"] for row in read_rows(settings, schemas.EVENTS)] == [place_id]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    settings = write_inputs(tmp_path, ROWS)
    task.normalize(settings)
    before = {dataset.name: task.output_path(settings, dataset).read_bytes() for dataset in task.OUTPUTS}
    task.normalize(settings, force=True)
    assert before == {dataset.name: task.output_path(settings, dataset).read_bytes() for dataset in task.OUTPUTS}


def test_a_second_run_does_nothing_until_an_input_changes(tmp_path: Path) -> None:
    settings = write_inputs(tmp_path, ROWS)
    task.normalize(settings)
    assert not task.is_stale(settings)
    assert not task.normalize(settings).is_done_anew
    storage.write_dataset(
        storage.dataset_path(tmp_path, schemas.QUOTE_MENTIONS), [], schemas.QUOTE_MENTIONS, "new mark"
    )
    assert task.is_stale(settings)


def test_the_shipped_reference_files_can_be_read() -> None:
    assert lexicon().organisations
    assert lexicon().countries["KAZ"].name == "Kazakhstan"


@pytest.mark.parametrize(
    ("row", "dataset"),
    [
        (Entity, schemas.ENTITIES),
        (Link, schemas.ENTITY_LINKS),
        (Place, schemas.PLACES),
        (Event, schemas.EVENTS),
        (Participant, schemas.EVENT_PARTICIPANTS),
        (Source, schemas.EVENT_SOURCES),
        (Quote, schemas.QUOTES),
        (Report, schemas.UTTERANCE_REPORTS),
        (Outcome, schemas.CORRECTION_OUTCOMES),
        (Change, schemas.ENTITY_CHANGES),
    ],
)
def test_rows_have_the_columns_of_their_dataset_in_its_order(row: type[NamedTuple], dataset: schemas.Dataset) -> None:
    assert row._fields == tuple(column.name for column in dataset.columns)


def test_what_a_run_changes_of_entities_is_kept_from_run_to_run(tmp_path: Path) -> None:
    settings = write_inputs(tmp_path, ROWS)
    task.normalize(settings)
    assert read_rows(settings, schemas.ENTITY_CHANGES) == []
    before = {row["entity_id"]: row["canonical_name"] for row in read_rows(settings, schemas.ENTITIES)}
    others = [row for row in ROWS["entity_mentions"] if row["label"] != "PERSON"]
    write_inputs(tmp_path, {**ROWS, "entity_mentions": others, "quote_mentions": [], "event_arguments": []}, "fewer")
    task.normalize(settings)
    (removed,) = read_rows(settings, schemas.ENTITY_CHANGES)
    assert (removed["change"], removed["old_name"], removed["new_name"]) == ("removed", "Nikol Pashinyan", None)
    assert before[removed["entity_id"]] == "Nikol Pashinyan"
    task.normalize(settings, force=True)
    write_inputs(tmp_path, ROWS)
    task.normalize(settings)
    assert read_rows(settings, schemas.ENTITY_CHANGES) == [removed]


def test_superseded_version_is_read_and_not_counted(tmp_path: Path) -> None:
    older = {**ARTICLE, "article_id": "art_0", "superseded_by": "art_1", "version_number": 1}
    rows = {name: [*given, *(re_key(row, "0") for row in given if name != "articles")] for name, given in ROWS.items()}
    settings = write_inputs(tmp_path, {**rows, "articles": [older, *ROWS["articles"]]})
    task.normalize(settings)
    found = {dataset.name: read_rows(settings, dataset) for dataset in task.OUTPUTS}
    settings = write_inputs(tmp_path / "current", ROWS)
    task.normalize(settings)
    assert found == {dataset.name: read_rows(settings, dataset) for dataset in task.OUTPUTS}
    assert found["events"]


def re_key(row: dict[str, object], version: str) -> dict[str, object]:
    """The same row of another version of its article, with ids of its own."""
    keys = {
        name: f"{value}_{version}"
        for name, value in row.items()
        if name.endswith("_id") and value and name != "rule_id"
    }
    return {**row, **keys, "article_id": f"art_{version}"}
