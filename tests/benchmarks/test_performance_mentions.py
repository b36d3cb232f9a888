"""Copies of mentions: names vary from copy to copy, ids never meet, the same copy is the same."""

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from benchmarks.performance.mentions import copy_table, vary, write_copies
from tasks import schemas, storage
from tasks.normalize.task import INPUTS


def test_names_vary_from_copy_to_copy_and_are_the_same_within_one() -> None:
    variants = {vary("Nikol Pashinyan", copy) for copy in range(4)}
    assert len(variants) == 4
    assert vary("Pashinyan", 2) == vary("Nikol Pashinyan", 2).split()[-1]
    assert vary("Nikol Pashinyan", 0) == "Nikol Pashinyan"


def test_a_copy_has_ids_days_and_names_of_its_own() -> None:
    table = pa.table({"article_id": ["a"], "published_at": pa.array([datetime(2022, 1, 7)], pa.timestamp("us"))})
    copied = copy_table(table, schemas.ARTICLES, 2)
    assert copied.to_pylist() == [{"article_id": "a-2", "published_at": datetime(2022, 1, 17)}]
    table = pa.table(
        {
            "mention_id": ["m", "n"],
            "claimed_by": pa.array([None, "m"]),
            "text": ["Pashinyan", "Armenia"],
            "label": ["PERSON", "GPE"],
            "mention_type": ["name", "name"],
            "date_from": [date(2022, 1, 7)] * 2,
        }
    )
    first, second = copy_table(table, schemas.ENTITY_MENTIONS, 1).to_pylist()
    assert (first["mention_id"], first["claimed_by"], second["claimed_by"]) == ("m-1", None, "m-1")
    assert first["text"] == vary("Pashinyan", 1) != "Pashinyan"
    assert (second["text"], second["date_from"]) == ("Armenia", date(2022, 1, 12))


def test_a_broken_number_of_copies_ends_with_a_part_of_the_articles(tmp_path: Path) -> None:
    empty = {column.name: None for dataset in INPUTS for column in dataset.columns if column.nullable}
    for dataset in INPUTS:
        storage.write_dataset(storage.dataset_path(tmp_path / "in", dataset), [], dataset, "mark")
    sentences = [
        {"article_id": f"a{n}", "sentence_index": 0, "start_char": 0, "end_char": 2, "text": "It"} for n in range(4)
    ]
    storage.write_dataset(storage.dataset_path(tmp_path / "in", schemas.SENTENCES), sentences, schemas.SENTENCES, "m")
    mentions = [
        {name: value for name, value in empty.items() if name in schemas.ENTITY_MENTIONS.schema.names}
        | {**row, "mention_id": f"m{n}", "label": "GPE", "mention_type": "name", "method": "m", "score": 1.0}
        for n, row in enumerate(sentences)
    ]
    path = storage.dataset_path(tmp_path / "in", schemas.ENTITY_MENTIONS)
    storage.write_dataset(path, mentions, schemas.ENTITY_MENTIONS, "mark")
    assert write_copies(tmp_path / "in", tmp_path / "out", 2.5) == 10
    ids = storage.read_dataset(tmp_path / "out", schemas.ENTITY_MENTIONS, ["mention_id"]).column(0).to_pylist()
    assert len(set(ids)) == 10
