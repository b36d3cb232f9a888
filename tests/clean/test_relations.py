"""Copies and versions through the whole stage: what the articles say, and what is kept for the next run."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tasks import storage
from tasks.clean import signatures
from tasks.clean.task import clean
from tasks.schemas import ARTICLES
from tasks.settings import Settings
from tests.clean.conftest import STORY
from tests.clean.test_duplicates import cut, make_text

TIME = 1_700_000_000
URL = "https://news.example/2023/bill"
UPDATE = f"{STORY}\n\nA minister resigned later in the evening and said that he could not defend the arrests."


def write(path: Path, records: list[dict[str, str]], time: int = TIME) -> None:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    os.utime(path, (time, time))


def read_articles(settings: Settings) -> dict[str, dict[str, Any]]:
    rows = storage.read_dataset(settings.data_dir, ARTICLES).to_pylist()
    return {row["source_uri"]: row for row in rows}


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies signed from here on."""
    bodies: list[str] = []
    real = signatures.sign
    monkeypatch.setattr(signatures, "sign", lambda body: bodies.append(body) or real(body))
    return bodies


def test_newer_fetch_of_a_url_supersedes_the_older(inbox: Path, settings: Settings) -> None:
    page = {"url": URL, "title": "Ruling party drops bill", "date": "2023-03-09"}
    write(inbox / "old.jsonl", [{**page, "text": STORY}])
    write(inbox / "new.jsonl", [{**page, "url": f"{URL}?utm_source=feed", "text": UPDATE}], TIME + 3600)
    summary = clean([inbox], settings)
    assert str(summary) == "clean: 2 articles in 1 batches, 0 copies, 1 older versions, 0 rejected."
    rows = read_articles(settings)
    old, new = rows["inbox/old.jsonl#1"], rows["inbox/new.jsonl#1"]
    assert (old["superseded_by"], old["version_number"], old["duplicate_of"]) == (new["article_id"], 1, None)
    assert (new["superseded_by"], new["version_number"], new["duplicate_of"]) == (None, 2, None)
    assert (old["body"], new["body"]) == (STORY, UPDATE)


def test_unchanged_fetch_is_a_copy(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.jsonl", [{"url": URL, "text": STORY}])
    write(inbox / "b.jsonl", [{"url": URL, "text": STORY}], TIME + 60)
    summary = clean([inbox], settings)
    assert (summary.duplicates, summary.versions) == (1, 0)
    rows = read_articles(settings)
    first, again = rows["inbox/a.jsonl#1"], rows["inbox/b.jsonl#1"]
    assert (again["duplicate_of"], again["superseded_by"]) == (first["article_id"], first["article_id"])
    assert (first["duplicate_of"], first["version_number"]) == (None, None)


def test_new_article_is_signed_and_the_known_are_not(inbox: Path, settings: Settings, signed: list[str]) -> None:
    texts = [make_text(seed) for seed in range(4)]
    write(inbox / "a.jsonl", [{"text": text} for text in texts])
    clean([inbox], settings)
    assert sorted(signed) == sorted(texts)
    signed.clear()
    copy = cut(texts[2], 0, 9)
    write(inbox / "b.jsonl", [{"text": copy}], TIME + 60)
    clean([inbox], settings)
    assert signed == [copy]
    rows = read_articles(settings)
    assert rows["inbox/b.jsonl#1"]["duplicate_of"] == rows["inbox/a.jsonl#3"]["article_id"]


def test_articles_are_the_same_however_they_came(inbox: Path, settings: Settings, tmp_path: Path) -> None:
    texts = [make_text(seed) for seed in range(4)]
    write(inbox / "a.jsonl", [{"text": text} for text in texts])
    clean([inbox], settings)
    write(inbox / "b.jsonl", [{"text": cut(texts[0], 1, 12)}])
    clean([inbox], settings)
    at_once = Settings(data_dir=tmp_path / "at-once", max_input_bytes=settings.max_input_bytes)
    clean([inbox], at_once)

    def read_files(data_dir: Path) -> dict[str, bytes]:
        return {str(path.relative_to(data_dir)): path.read_bytes() for path in data_dir.rglob("*.parquet")}

    assert read_files(settings.data_dir) == read_files(at_once.data_dir)


def test_forced_run_signs_anew(inbox: Path, settings: Settings, signed: list[str]) -> None:
    write(inbox / "a.jsonl", [{"text": STORY}])
    clean([inbox], settings)
    clean([inbox], settings, force=True)
    assert signed == [STORY, STORY]


def test_signatures_of_other_code_are_not_used(
    inbox: Path, settings: Settings, signed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(inbox / "a.jsonl", [{"text": STORY}])
    clean([inbox], settings)
    monkeypatch.setattr(signatures, "SOURCE", "tasks/ids.py")
    write(inbox / "b.jsonl", [{"text": UPDATE}])
    clean([inbox], settings)
    assert sorted(signed) == sorted([STORY, STORY, UPDATE])


def test_signatures_leave_with_their_articles(inbox: Path, settings: Settings) -> None:
    write(inbox / "a.jsonl", [{"text": STORY}])
    clean([inbox], settings)
    assert len(storage.dataset_files(settings.data_dir, signatures.SIGNATURES)) == 1
    write(inbox / "a.jsonl", [{"text": "Too short."}])
    clean([inbox], settings)
    assert storage.dataset_files(settings.data_dir, signatures.SIGNATURES) == []
