"""load: published whole, skipped when fresh, refused when input lacks or checks fail."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tasks import storage
from tasks.errors import CheckFailedError, DataError, LockedError, MissingStageError
from tasks.load.publish import list_snapshots, lock_path
from tasks.load.query import run_query
from tasks.load.task import is_stale, load
from tasks.schemas import ARTICLES, DATASETS, DROPPED_LINES, ENTITY_LINKS, QUOTES, SENTENCES
from tasks.settings import Settings
from tests.load.world import HERALD, Rows, write_rows

RUN = "20240509T000000Z-0001"
LATER = "20240509T010000Z-0002"


def published_run(settings: Settings) -> str:
    return str(run_query(settings.warehouse_path, "select value from ops.meta where key = 'run_id'")[1][0][0])


def hidden_files(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.data_dir.rglob(".*") if path != lock_path(settings))


def test_load_publishes_every_core_table(settings: Settings, rows: Rows) -> None:
    summary = load(settings, run_id=RUN)
    assert summary.is_published
    assert summary.counts == {name: len(rows.get(name, [])) for name in DATASETS}
    assert summary.warnings == ()
    for name, count in summary.counts.items():
        assert run_query(settings.warehouse_path, f"select count(*) from {DATASETS[name].table}")[1] == [(count,)]


def test_the_summary_is_one_sentence(settings: Settings) -> None:
    assert str(load(settings, run_id=RUN)).startswith(
        f"{settings.warehouse_path} published with 3 articles, 3 entities, 2 events, 1 quotes; 19 models, "
    )
    assert str(load(settings, run_id=LATER)) == f"{settings.warehouse_path} is fresh"


def test_nothing_but_the_warehouse_is_left(settings: Settings) -> None:
    load(settings, run_id=RUN)
    names = sorted(path.name for path in settings.data_dir.iterdir() if path.is_file())
    assert names == [".warehouse.lock", "warehouse.duckdb", "warehouse.fingerprint"]
    assert [path.name for path in list_snapshots(settings)] == [f"{RUN}.duckdb"]


def test_empty_datasets_give_an_empty_warehouse(empty_settings: Settings) -> None:
    write_rows(empty_settings.data_dir, {})
    summary = load(empty_settings, run_id=RUN)
    assert set(summary.counts.values()) == {0}
    for view in ("articles", "entities", "events", "quotes", "mentions", "numbers", "places"):
        assert run_query(empty_settings.warehouse_path, f"from {view}")[1] == []


def test_no_batch_at_all_gives_an_empty_warehouse(empty_settings: Settings) -> None:
    write_rows(empty_settings.data_dir, {})
    for dataset in DATASETS.values():
        if dataset.is_batched:
            shutil.rmtree(storage.dataset_dir(empty_settings.data_dir, dataset))
    assert set(load(empty_settings, run_id=RUN).counts.values()) == {0}


def test_fresh_warehouse_is_left_alone(settings: Settings) -> None:
    load(settings, run_id=RUN)
    assert not is_stale(settings)
    assert not load(settings, run_id=LATER).is_published
    assert published_run(settings) == RUN


def test_force_publishes_all_the_same(settings: Settings) -> None:
    load(settings, run_id=RUN)
    assert load(settings, run_id=LATER, force=True).is_published
    assert published_run(settings) == LATER


def test_new_parquet_makes_it_stale(settings: Settings, rows: Rows) -> None:
    load(settings, run_id=RUN)
    write_rows(settings.data_dir, rows, mark="other")
    assert is_stale(settings)


def test_changed_sql_and_reference_data_make_it_stale(settings: Settings, tmp_path: Path) -> None:
    sql_dir, reference_dir = tmp_path / "sql", tmp_path / "reference"
    shutil.copytree(settings.sql_dir, sql_dir)
    shutil.copytree(settings.reference_dir, reference_dir)
    settings = replace(settings, sql_dir=sql_dir, reference_dir=reference_dir)
    load(settings, run_id=RUN)
    assert not is_stale(settings)
    (sql_dir / "marts" / "figures.sql").write_text("select 1", encoding="utf-8")
    assert is_stale(settings)
    shutil.copy(Settings().sql_dir / "marts" / "figures.sql", sql_dir / "marts")
    assert not is_stale(settings)
    (reference_dir / "countries.csv").write_text("iso3,name\n", encoding="utf-8")
    assert is_stale(settings)


def test_a_missing_warehouse_is_stale(settings: Settings) -> None:
    load(settings, run_id=RUN)
    settings.warehouse_path.unlink()
    assert is_stale(settings)


@pytest.mark.parametrize("stage", ["clean", "extract", "normalize"])
def test_a_missing_stage_is_named(stage: str, settings: Settings) -> None:
    shutil.rmtree(settings.data_dir / stage)
    with pytest.raises(MissingStageError, match=f"run `dateline {stage}` first"):
        load(settings, run_id=RUN)


def test_extract_behind_clean_is_named(settings: Settings) -> None:
    for dataset in (ARTICLES, DROPPED_LINES):
        storage.write_dataset(storage.dataset_path(settings.data_dir, dataset, "b2"), [], dataset, "mark")
    with pytest.raises(MissingStageError, match=r"lacks 1 batches of articles.*run `dateline extract` first"):
        load(settings, run_id=RUN)


def test_left_over_batches_are_named(settings: Settings) -> None:
    storage.write_dataset(storage.dataset_path(settings.data_dir, SENTENCES, "b0"), [], SENTENCES, "mark")
    with pytest.raises(MissingStageError, match="has 1 that are no more; run `dateline extract` first"):
        load(settings, run_id=RUN)


def test_a_broken_parquet_file_is_named(settings: Settings) -> None:
    storage.dataset_path(settings.data_dir, QUOTES).write_bytes(b"no parquet")
    with pytest.raises(DataError, match=r"core.quotes: .*run `dateline normalize --force`"):
        load(settings, run_id=RUN)
    assert hidden_files(settings) == []


def test_a_key_that_two_batches_share_is_an_error(settings: Settings, rows: Rows) -> None:
    for dataset in DATASETS.values():
        if dataset.is_batched:
            path = storage.dataset_path(settings.data_dir, dataset, "b2")
            storage.write_dataset(path, rows.get(dataset.name, []), dataset, "mark")
    with pytest.raises(DataError, match=r"core.articles: .*run `dateline clean --force`"):
        load(settings, run_id=RUN)


def test_a_span_that_is_no_slice_publishes_nothing(settings: Settings, rows: Rows) -> None:
    load(settings, run_id=RUN)
    rows["entity_mentions"][0]["text"] = "Jose Pina"
    write_rows(settings.data_dir, rows, mark="other")
    with pytest.raises(CheckFailedError, match=r"core.entity_mentions.text slice \(1 rows\).*men_0000000000000001"):
        load(settings, run_id=LATER)
    assert published_run(settings) == RUN
    assert is_stale(settings)
    assert hidden_files(settings) == []
    assert [path.name for path in list_snapshots(settings)] == [f"{RUN}.duckdb"]


def test_a_reference_to_nothing_publishes_nothing(settings: Settings, rows: Rows) -> None:
    rows["quotes"][0]["speaker_entity_id"] = "ent_nobody"
    rows["events"][0]["actor_entity_ids"] = ["ent_canada", "ent_nobody"]
    write_rows(settings.data_dir, rows, mark="other")
    with pytest.raises(CheckFailedError) as caught:
        load(settings, run_id=RUN)
    assert "core.quotes.speaker_entity_id reference (1 rows)" in str(caught.value)
    assert "core.events.actor_entity_ids reference (1 rows)" in str(caught.value)
    assert not settings.warehouse_path.exists()


def test_an_extracted_copy_publishes_nothing(settings: Settings, rows: Rows) -> None:
    rows["articles"][1]["duplicate_of"] = HERALD
    write_rows(settings.data_dir, rows, mark="other")
    with pytest.raises(CheckFailedError, match=r"extracted_copies \(1 rows\)"):
        load(settings, run_id=RUN)


def test_an_event_after_its_report_only_warns(settings: Settings, rows: Rows) -> None:
    rows["events"][0]["date_from"] = rows["events"][0]["date_to"] = (
        rows["articles"][1]["published_at"].date().replace(day=20)
    )
    write_rows(settings.data_dir, rows, mark="other")
    summary = load(settings, run_id=RUN)
    assert [(warning.check_name, warning.bad_row_count) for warning in summary.warnings] == [
        ("events_after_publication", 1)
    ]
    bad = run_query(settings.warehouse_path, "select check_name, bad_row_count from ops.checks where bad_row_count > 0")
    assert bad[1] == [("events_after_publication", 1)]


def test_offsets_count_code_points(settings: Settings, rows: Rows) -> None:
    """Emoji, combining marks and ligatures before a span move it by one each."""
    body = "👩🏽‍🚒 e\u0301 ﬁ Port Vale"
    start = body.index("Port")
    rows["articles"][2] |= {"body": body, "char_count": len(body), "duplicate_of": None, "language": "en"}
    place = {"article_id": rows["articles"][2]["article_id"], "sentence_index": 0}
    rows["sentences"].append({**place, "start_char": 0, "end_char": len(body), "text": body})
    mention = {**place, "start_char": start, "end_char": len(body), "text": "Port Vale", "label": "GPE"}
    rows["entity_mentions"].append(
        {"mention_id": "men_emoji", **mention, "mention_type": "name", "method": "model", "score": 1.0}
    )
    write_rows(settings.data_dir, rows, mark="other")
    assert load(settings, run_id=RUN).is_published


def test_ops_accounts_for_the_run(settings: Settings) -> None:
    load(settings, run_id=RUN)

    def query(sql: str) -> list[tuple[object, ...]]:
        return run_query(settings.warehouse_path, sql)[1]

    assert query("select run_id, counts['quotes'], settings['workers'] from ops.runs") == [(RUN, 1, "1")]
    assert query("select file, fingerprint, row_count from ops.stage_files where dataset = 'quotes'") == [
        ("normalize/quotes/all.parquet", "mark", 1)
    ]
    assert query("select * from ops.rejected") == [("empty", 1)]
    assert query("select kind, row_count from ops.models where model = 'marts.figures'") == [("table", 2)]
    assert query("select value from ops.meta where key = 'fingerprint'") == [
        ((settings.data_dir / "warehouse.fingerprint").read_text(encoding="ascii"),)
    ]


def test_runs_are_remembered(settings: Settings) -> None:
    load(settings, run_id=RUN)
    load(settings, run_id=LATER, force=True)
    assert run_query(settings.warehouse_path, "select run_id from ops.runs order by 1")[1] == [(RUN,), (LATER,)]


def test_runs_are_remembered_from_a_snapshot_where_the_warehouse_is_broken(settings: Settings) -> None:
    load(settings, run_id=RUN)
    settings.warehouse_path.write_bytes(b"no database")
    load(settings, run_id=LATER, force=True)
    assert run_query(settings.warehouse_path, "select run_id from ops.runs order by 1")[1] == [(RUN,), (LATER,)]


def test_only_the_last_snapshots_are_kept(settings: Settings) -> None:
    settings = replace(settings, snapshots_kept=2)
    for number in range(3):
        load(settings, run_id=f"run-{number}", force=True)
    assert [path.stem for path in list_snapshots(settings)] == ["run-2", "run-1"]
    assert run_query(settings.data_dir / "snapshots" / "run-1.duckdb", "select count(*) from quotes")[1] == [(1,)]


def test_no_snapshots_are_kept_where_none_are_wanted(settings: Settings) -> None:
    load(replace(settings, snapshots_kept=0), run_id=RUN)
    assert list_snapshots(settings) == []


def test_seeds_are_text_tables_with_their_comment(settings: Settings, tmp_path: Path) -> None:
    reference_dir = tmp_path / "reference"
    shutil.copytree(settings.reference_dir, reference_dir)
    (reference_dir / "sample.csv").write_text("# What a\n# sample is.\ncode,name\n# aside\n01,One\n", encoding="utf-8")
    (reference_dir / "bare.csv").write_text("code,name\n", encoding="utf-8")
    load(replace(settings, reference_dir=reference_dir), run_id=RUN)
    assert run_query(settings.warehouse_path, "from seeds.sample") == (["code", "name"], [("01", "One")])
    assert run_query(settings.warehouse_path, "from seeds.bare") == (["code", "name"], [])
    comments = run_query(settings.warehouse_path, "select comment from duckdb_tables() where table_name = 'sample'")
    assert comments[1] == [("What a sample is.",)]


def test_core_tables_have_their_keys(settings: Settings) -> None:
    load(settings, run_id=RUN)
    keys = run_query(
        settings.warehouse_path,
        "select table_name, constraint_column_names from duckdb_constraints()"
        " where schema_name = 'core' and constraint_type = 'PRIMARY KEY'",
    )
    core = {name: list(dataset.key) for name, dataset in DATASETS.items() if dataset.published_in == "core"}
    assert dict(keys[1]) == core


def test_older_duckdb_can_read_the_file(settings: Settings) -> None:
    load(settings, run_id=RUN)
    tags = run_query(
        settings.warehouse_path, "select tags['storage_version'] from duckdb_databases() where not internal"
    )
    assert tags[1] == [("v1.5.0+",)]


def test_a_second_load_is_refused_in_one_sentence(settings: Settings) -> None:
    with storage.hold_lock(lock_path(settings)), pytest.raises(LockedError, match="Another run works in"):
        load(settings, run_id=RUN)


def test_progress_ends_at_its_total(settings: Settings) -> None:
    seen: list[tuple[str, int, int]] = []
    load(settings, run_id=RUN, progress=lambda *step: seen.append(step))
    assert [done for _, done, _ in seen] == list(range(1, seen[-1][2] + 1))
    assert {stage for stage, _, _ in seen} == {"load"}


def test_links_are_a_dataset_of_whole_files(settings: Settings) -> None:
    path = storage.dataset_path(settings.data_dir, ENTITY_LINKS)
    path.rename(path.with_name("b1.parquet"))
    with pytest.raises(MissingStageError, match="run `dateline normalize` first"):
        is_stale(settings)
