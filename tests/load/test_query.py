"""`dateline sql`: reads, and can do nothing else."""

from pathlib import Path

import pytest

from tasks.errors import DatelineError, MissingStageError
from tasks.load.query import run_query
from tasks.load.task import load
from tasks.settings import Settings


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.load.world import write_rows

    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), workers=1)
    write_rows(settings.data_dir, {})
    return load(settings, run_id="run").path


def test_columns_and_rows(path: Path) -> None:
    assert run_query(path, "select 1 as one, 'x' as letter") == (["one", "letter"], [(1, "x")])


@pytest.mark.parametrize(
    "sql",
    [
        "create table mine as select 1",
        "delete from core.quotes",
        "copy (select 1) to 'out.csv'",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "from read_text('pyproject.toml')",
        "export database 'out'",
        "install httpfs",
    ],
)
def test_nothing_is_written_or_read_elsewhere(sql: str, path: Path) -> None:
    with pytest.raises(DatelineError, match="The query cannot be run"):
        run_query(path, sql)


def test_an_error_is_one_sentence(path: Path) -> None:
    with pytest.raises(DatelineError) as caught:
        run_query(path, "select nope from quotes")
    assert str(caught.value).startswith("The query cannot be run: Binder Error: Referenced column")
    assert "\n" not in str(caught.value)


def test_a_missing_warehouse_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingStageError, match="run `dateline run` first"):
        run_query(tmp_path / "warehouse.duckdb", "select 1")


def test_a_file_that_is_no_warehouse_is_named(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"no database")
    with pytest.raises(DatelineError, match="cannot be opened"):
        run_query(path, "select 1")
