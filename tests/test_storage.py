"""Storage: schemas kept, writes whole, fingerprints read back."""

from pathlib import Path

import pytest

from tasks import schemas, storage
from tasks.errors import DataError, LockedError, MissingStageError
from tasks.ids import stable_id

LINK = {"mention_id": "men_1", "entity_id": "ent_1", "method": "name", "score": 1.0}


@pytest.mark.parametrize("dataset", schemas.DATASETS.values(), ids=lambda dataset: dataset.name)
def test_every_dataset_works_when_empty(dataset: schemas.Dataset, tmp_path: Path) -> None:
    path = storage.dataset_path(tmp_path, dataset)
    storage.write_dataset(path, [], dataset, "mark")
    assert storage.read_dataset(tmp_path, dataset).schema.equals(dataset.schema)


def test_fingerprint_is_read_back(tmp_path: Path) -> None:
    path = storage.dataset_path(tmp_path, schemas.ENTITY_LINKS)
    storage.write_dataset(path, [LINK], schemas.ENTITY_LINKS, "mark")
    assert storage.is_fresh(path, "mark")
    assert not storage.is_fresh(path, "other")
    assert not storage.is_fresh(tmp_path / "none.parquet", "mark")


def test_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        storage.write_dataset(tmp_path / f"{name}.parquet", [LINK], schemas.ENTITY_LINKS, "mark")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(DataError, match="column entity_id has 1 nulls; column method has 1 nulls"):
        storage.conform([{**LINK, "entity_id": None, "method": None}], schemas.ENTITY_LINKS)


def test_repeated_key_is_a_problem() -> None:
    with pytest.raises(DataError, match=r"key \(mention_id\) repeats 1 times"):
        storage.conform([LINK, LINK], schemas.ENTITY_LINKS)


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    storage.write_dataset(path, [LINK], schemas.ENTITY_LINKS, "mark")
    with pytest.raises(DataError):
        storage.write_dataset(path, [LINK, LINK], schemas.ENTITY_LINKS, "new")
    assert storage.is_fresh(path, "mark")
    assert [item.name for item in tmp_path.iterdir()] == ["links.parquet"]


def test_missing_dataset_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MissingStageError, match="run `dateline normalize` first"):
        storage.read_dataset(tmp_path, schemas.ENTITIES)


def test_second_holder_of_a_lock_is_refused(tmp_path: Path) -> None:
    with storage.hold_lock(tmp_path / "lock"), pytest.raises(LockedError), storage.hold_lock(tmp_path / "lock"):
        pass


def test_ids_keep_parts_apart() -> None:
    assert stable_id("x", "ab", "c") != stable_id("x", "a", "bc")
    assert stable_id("x", "ab", "c") == stable_id("x", "ab", "c")
