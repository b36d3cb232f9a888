"""The stage as a whole: what it writes, when it does nothing, and that the same input gives the same bytes."""

import json
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tasks import storage
from tasks.clean.task import Progress, clean, cut_batches, is_stale
from tasks.errors import ReferenceDataError
from tasks.schemas import ARTICLES, REJECTED_ARTICLES
from tasks.settings import Settings
from tests.clean.conftest import STORY

TIME = 1_700_000_000


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (TIME, TIME))


def write_many(folder: Path, count: int) -> None:
    lines = [json.dumps({"text": f"Story {n}. " + " ".join(f"w{n}x{k}" for k in range(60))}) for n in range(count)]
    write(folder / "many.jsonl", "\n".join(lines))


def articles(settings: Settings) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = storage.read_dataset(settings.data_dir, ARTICLES).to_pylist()
    return rows


def rejects(settings: Settings) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = storage.read_dataset(settings.data_dir, REJECTED_ARTICLES).to_pylist()
    return rows


def read_files(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (settings.data_dir / "clean").rglob("*.parquet")}


def test_inputs_without_an_article_give_empty_articles(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.txt", "Too short.")
    assert str(clean([inbox], settings)) == "clean: 0 articles in 0 batches, 0 copies, 1 rejected (1 short_body)."
    assert articles(settings) == []
    assert [(row["source_uri"], row["reason"]) for row in rejects(settings)] == [("inbox/a.txt", "short_body")]
    assert not is_stale([inbox], settings)


def test_every_input_is_an_article_or_a_reject(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.txt", f"Ruling party drops bill\n\nMarch 9, 2023\n\n{STORY}")
    write(inbox / "b.md", "")
    write_many(inbox, 5)
    summary = clean([inbox], settings)
    assert (summary.articles, summary.rejects, summary.reasons) == (6, 1, {"empty": 1})
    assert summary.dropped_lines == {"title": 1, "date_line": 1}
    (row,) = [row for row in articles(settings) if row["source_uri"] == "inbox/a.txt"]
    assert row["body"] == STORY
    assert row["char_count"] == len(STORY)
    assert row["title"] == "Ruling party drops bill"
    assert (str(row["published_at"]), row["published_at_source"]) == ("2023-03-09 00:00:00", "dateline")
    assert str(row["retrieved_at"]) == "2023-11-14 22:13:20"
    assert row["language"] == "en"


def test_second_run_does_nothing(inbox: Path, settings: Settings) -> None:
    write_many(inbox, 5)
    clean([inbox], settings)
    before = {path: path.stat().st_mtime_ns for path in settings.data_dir.rglob("*.parquet")}
    assert str(clean([inbox], settings)) == "clean: nothing changed; 5 articles, 0 rejected."
    assert {path: path.stat().st_mtime_ns for path in settings.data_dir.rglob("*.parquet")} == before


@pytest.mark.parametrize("change", ["file", "time", "removed", "batch", "rejects"])
def test_change_makes_the_stage_stale(inbox: Path, settings: Settings, change: str) -> None:
    write(inbox / "a.txt", STORY)
    write_many(inbox, 3)
    clean([inbox], settings)
    assert not is_stale([inbox], settings)
    match change:
        case "file":
            write(inbox / "c.txt", STORY)
        case "time":
            os.utime(inbox / "a.txt", (TIME + 1, TIME + 1))
        case "removed":
            (inbox / "a.txt").unlink()
        case "batch":
            storage.dataset_files(settings.data_dir, ARTICLES)[0].unlink()
        case "rejects":
            storage.dataset_path(settings.data_dir, REJECTED_ARTICLES).unlink()
    assert is_stale([inbox], settings)
    clean([inbox], settings)
    assert not is_stale([inbox], settings)


def test_same_input_gives_the_same_bytes_anywhere(inbox: Path, settings: Settings, tmp_path: Path) -> None:
    write(inbox / "a.txt", STORY)
    write_many(inbox, 40)
    clean([inbox], settings)
    elsewhere = tmp_path / "elsewhere" / "inbox"
    shutil.copytree(inbox, elsewhere)
    other = replace(settings, data_dir=tmp_path / "other")
    clean([elsewhere], other)
    assert read_files(settings) == read_files(other)


def test_copy_points_to_the_earliest_across_files(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.txt", f"A copy of the story\n\nMarch 10, 2023\n\n{STORY}")
    write(inbox / "b.txt", f"The story as it first came\n\nMarch 9, 2023\n\n{STORY}")
    assert clean([inbox], settings).duplicates == 1
    by_uri = {row["source_uri"]: row for row in articles(settings)}
    assert by_uri["inbox/a.txt"]["duplicate_of"] == by_uri["inbox/b.txt"]["article_id"]
    assert by_uri["inbox/a.txt"]["duplicate_score"] == 1.0
    assert by_uri["inbox/b.txt"]["duplicate_of"] is None


def test_new_article_changes_few_batches(inbox: Path, settings: Settings) -> None:
    settings = replace(settings, batch_size=16)
    write_many(inbox, 200)
    clean([inbox], settings)
    before = {path.name for path in storage.dataset_files(settings.data_dir, ARTICLES)}
    write(inbox / "one-more.txt", STORY)
    clean([inbox], settings)
    after = {path.name for path in storage.dataset_files(settings.data_dir, ARTICLES)}
    assert len(before) > 12
    assert len(before - after) <= 3
    assert sorted({row["batch_id"] for row in articles(settings)}) == sorted(name.split(".")[0] for name in after)


def test_article_that_left_the_inputs_leaves_the_data(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.txt", STORY)
    write_many(inbox, 3)
    clean([inbox], settings)
    (inbox / "a.txt").unlink()
    clean([inbox], settings)
    assert sorted(row["source_uri"] for row in articles(settings)) == [f"inbox/many.jsonl#{n}" for n in (1, 2, 3)]


def test_no_batch_is_larger_than_asked() -> None:
    chooser = random.Random(1)
    rows = [{"article_id": f"art_{chooser.getrandbits(64):016x}"} for _ in range(500)]
    batches = list(cut_batches(rows, 32))
    assert max(map(len, batches)) <= 32
    assert [row for batch in batches for row in batch] == rows


def test_progress_is_reported_by_file(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.txt", STORY)
    write(inbox / "b.txt", STORY)
    seen: list[tuple[str, int, int]] = []
    report: Progress = lambda stage, done, total: seen.append((stage, done, total))  # noqa: E731
    clean([inbox], settings, progress=report)
    assert seen == [("clean", 1, 2), ("clean", 2, 2)]


def test_scratch_file_is_gone_after_a_run(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.txt", STORY)
    clean([inbox], settings)
    assert [path.name for path in (settings.data_dir / "clean").iterdir() if path.is_file()] == []


def test_broken_rule_is_reported_with_its_file(inbox: Path, settings: Settings, tmp_path: Path) -> None:
    write(inbox / "a.txt", STORY)
    reference = tmp_path / "reference"
    reference.mkdir()
    write(reference / "boilerplate_rules.csv", "rule_id,scope,needs,pattern,comment\nx,line,,(a,broken\n")
    with pytest.raises(ReferenceDataError, match=r"boilerplate_rules\.csv: rule x has a broken pattern"):
        clean([inbox], replace(settings, reference_dir=reference))


def test_damaged_files_end_as_articles_or_rejects(inbox: Path, settings: Settings) -> None:
    chooser = random.Random(7)
    seeds = {
        "a.txt": STORY,
        "b.html": f"<html><body><article><h1>T</h1><p>{STORY}</p></article></body></html>",
        "c.jsonl": json.dumps({"title": "T", "text": STORY}) * 2,
        "d.json": json.dumps([{"title": "T", "text": STORY}] * 2),
        "e.csv": f'title,text\nT,"{STORY}"\n',
    }
    for number in range(150):
        name, text = chooser.choice(sorted(seeds.items()))
        raw = bytearray(text.encode())
        for _ in range(chooser.randint(1, 30)):
            raw[chooser.randrange(len(raw))] = chooser.randrange(256)
        (inbox / f"{number:03}{name}").write_bytes(bytes(raw[: chooser.randint(1, len(raw))]))
    summary = clean([inbox], settings)
    named = {row["source_uri"].split("#")[0] for row in (*articles(settings), *rejects(settings))}
    assert summary.articles + summary.rejects >= 150
    assert len(named) == 150
