"""The command line: exit codes, one-sentence errors, freshness, stages alone."""

import json
import shutil
from pathlib import Path

import pytest

from flows.cli import main
from flows.line import find_inputs
from tasks import schemas, storage
from tasks.settings import DEFAULT_INPUT, Settings

STORY = (
    "The mayor of Porto Alegre, Ana Ruiz, said on Monday that the bridge would be closed. “We cannot wait any longer,”"
    " she said. Police arrested 12 people near the bridge on Sunday after clashes between residents and the builders."
    " The builders denied that they had ignored warnings from engineers about the state of the bridge."
)


def read_bytes(data_dir: Path, stage: str) -> dict[str, bytes]:
    """The Parquet files of a stage, by name."""
    return {str(p.relative_to(data_dir)): p.read_bytes() for p in sorted((data_dir / stage).rglob("*.parquet"))}


@pytest.fixture(scope="module")
def fresh(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the samples' data folder that tests may change."""
    target = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(sample_settings.data_dir, target)
    return target


def test_unknown_input_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path / "none"), "--data", str(tmp_path / "data")]) == 2
    assert capsys.readouterr().err == f"dateline: There is no file or folder {tmp_path / 'none'}; check the path.\n"


def test_stage_without_its_input_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--data", str(tmp_path)]) == 1
    assert "run `dateline clean` first" in capsys.readouterr().err


def test_query_without_a_warehouse_fails_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "from quotes", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_unknown_model_fails_in_one_sentence(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--data", str(fresh), "--model", "no_such_model"]) == 1
    assert "no_such_model" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["run", "--workers", "0"], ["fly"], ["serve"], []])
def test_wrong_use_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments)
    assert exit_info.value.code == 2


def test_served_runs_read_the_inputs_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: dict[str, object] = {}
    monkeypatch.setattr("flows.schedule.serve", lambda cron, parameters: served.update(parameters, cron=cron))
    feed, host = "http://127.0.0.1:9/feed.xml", "127.0.0.1:9"
    arguments = ["serve", "--cron", "0 * * * *", feed, "--allow-private", host, "--map", "body=content"]
    assert main([*arguments, "--data", str(tmp_path)]) == 0
    assert served["inputs"] == [feed]
    assert served["allow_private"] == [host]
    assert served["columns"] == {"text": "content"}


def test_run_with_nothing_new_does_nothing(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (fresh / "warehouse.duckdb").stat().st_mtime_ns
    assert main(["run", str(DEFAULT_INPUT), "--data", str(fresh)]) == 0
    assert capsys.readouterr().out.startswith("Nothing new")
    assert (fresh / "warehouse.duckdb").stat().st_mtime_ns == before


def test_forced_extract_gives_the_same_bytes(fresh: Path) -> None:
    before = read_bytes(fresh, "extract")
    assert main(["extract", "--force", "--workers", "1", "--data", str(fresh)]) == 0
    assert read_bytes(fresh, "extract") == before


def test_forced_normalize_gives_the_same_bytes(fresh: Path) -> None:
    before = read_bytes(fresh, "normalize")
    assert main(["normalize", "--force", "--data", str(fresh)]) == 0
    assert read_bytes(fresh, "normalize") == before


def test_second_run_is_refused_while_one_works(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with storage.hold_lock(fresh / ".run.lock"):
        assert main(["extract", "--data", str(fresh)]) == 1
    assert "Another run works" in capsys.readouterr().err


def test_status_counts_and_names_rejects(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--data", str(fresh)]) == 0
    out = capsys.readouterr().out
    assert "extract    fresh" in out
    assert "rejected_articles: 1 binary" in out


def test_query_prints_tab_separated_values(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "select 1 as one, 'a' as letter", "--data", str(fresh)]) == 0
    assert capsys.readouterr().out == "one\tletter\n1\ta\n"


@pytest.mark.parametrize("query", ["drop table core.quotes", "create table t as select 1", "selec"])
def test_query_cannot_write(fresh: Path, query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", query, "--data", str(fresh)]) == 1
    assert capsys.readouterr().err.startswith("dateline: ")


def test_explain_shows_a_quote_in_its_article(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sql", "select quote_id from quotes limit 1", "--data", str(fresh)])
    quote_id = capsys.readouterr().out.split()[1]
    assert main(["explain", quote_id, "--data", str(fresh)]) == 0
    assert quote_id in capsys.readouterr().out


def test_drop_folder_comes_before_the_samples(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert find_inputs(settings, []) == [DEFAULT_INPUT]
    settings.raw_dir.mkdir()
    assert find_inputs(settings, []) == [DEFAULT_INPUT]
    (settings.raw_dir / "a.txt").write_text("News.")
    assert find_inputs(settings, []) == [settings.raw_dir]


def test_bad_inputs_are_named_and_the_rest_goes_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, data = tmp_path / "in", tmp_path / "data"
    source.mkdir()
    (source / "good.txt").write_text(STORY, encoding="utf-8")
    (source / "empty.txt").write_bytes(b"")
    (source / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (source / "utf16.txt").write_bytes(STORY.replace("Ruiz", "Rúiz").encode("utf-16"))
    (source / "one-line.txt").write_bytes(b"word " * 10_000_000)
    lines = [json.dumps({"text": STORY.replace("Porto Alegre", name)}) for name in ("Recife", "Natal")]
    (source / "mixed.jsonl").write_text("\n".join([lines[0], "{broken", lines[1]]), encoding="utf-8")
    assert main(["run", str(source), "--data", str(data), "--no-prefect", "--workers", "1"]) == 0
    rejects = storage.read_dataset(data, schemas.REJECTED_ARTICLES).to_pylist()
    assert {row["source_uri"]: row["reason"] for row in rejects} == {
        "in/empty.txt": "empty",
        "in/binary.txt": "binary",
        "in/one-line.txt": "too_large",
        "in/mixed.jsonl#2": "bad_record",
    }
    articles = storage.read_dataset(data, schemas.ARTICLES).to_pylist()
    assert {row["source_uri"] for row in articles} == {
        "in/good.txt",
        "in/utf16.txt",
        "in/mixed.jsonl#1",
        "in/mixed.jsonl#3",
    }


def test_new_article_leaves_the_others_parses_alone(tmp_path: Path) -> None:
    source, data = tmp_path / "in", tmp_path / "data"
    source.mkdir()
    (source / "a.txt").write_text(STORY, encoding="utf-8")
    arguments = ["run", str(source), "--data", str(data), "--no-prefect", "--workers", "1"]
    assert main(arguments) == 0
    (source / "b.txt").write_text("Storms hit the coast of Chile on Friday. " * 12, encoding="utf-8")
    assert main(arguments) == 0
    assert storage.read_dataset(data, schemas.ARTICLES).num_rows == 2
    sentences = storage.read_dataset(data, schemas.SENTENCES).to_pylist()
    assert len({row["article_id"] for row in sentences}) == 2


def test_unexpected_error_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def break_down(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("flows.cli.describe_status", break_down)
    assert main(["status"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("dateline: unexpected IndexError at test_cli.py:")
    assert err.count("\n") == 1
