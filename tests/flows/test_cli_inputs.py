"""Inputs of the command line beyond paths: standard input, and columns that the user names."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.cli import main
from tasks import storage
from tasks.schemas import ARTICLES, REJECTED_ARTICLES
from tests.clean.conftest import STORY
from tests.clean.made_files import make_tar, make_zip


def test_standard_input_is_read_with_the_columns_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps({"kopf": "Ruling party drops bill", "inhalt": STORY}).encode()
    command = ["clean", "-", "--map", "body=inhalt", "--map", "title=kopf", "--data", str(tmp_path)]
    for expected in ("clean: 2 articles in 1 batches, 1 copies, 0 rejected.", "clean: nothing changed; 2 articles"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line + b"\n" + line + b"\n")))
        assert main(command) == 0
        assert capsys.readouterr().out.startswith(expected)
    rows = storage.read_dataset(tmp_path, ARTICLES).to_pylist()
    assert sorted(row["source_uri"].rpartition("#")[2] for row in rows) == ["1", "2"]
    assert {(row["title"], row["body"], row["retrieved_at"]) for row in rows} == {
        ("Ruling party drops bill", STORY, None)
    }


def test_mapping_to_no_field_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(["clean", "--map", "colour=red"])
    assert exit_info.value.code == 2
    assert "colour=red is not FIELD=COLUMN" in capsys.readouterr().err


def test_members_of_archives_reach_the_tables(tmp_path: Path) -> None:
    archive = make_zip({"a.txt": STORY.encode(), "../b.txt": b"x", "c.tar": make_tar({"d.txt": STORY.encode()})})
    (tmp_path / "in.zip").write_bytes(archive)
    assert main(["clean", str(tmp_path / "in.zip"), "--data", str(tmp_path / "data")]) == 0
    articles = storage.read_dataset(tmp_path / "data", ARTICLES).to_pylist()
    rejects = storage.read_dataset(tmp_path / "data", REJECTED_ARTICLES).to_pylist()
    label = f"{tmp_path.name}/in.zip"
    assert sorted(row["source_uri"] for row in articles) == [f"{label}/a.txt", f"{label}/c.tar/d.txt"]
    assert [(row["source_uri"], row["reason"]) for row in rejects] == [(f"{label}/../b.txt", "unsafe_path")]
