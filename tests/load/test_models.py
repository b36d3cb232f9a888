"""SQL models: read with their YAML, ordered by what they name, errors that name the file."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tasks.errors import DatelineError
from tasks.load.checks import model_checks, read_checks, run_check
from tasks.load.models import find_tables, order_models, read_models, run_models
from tasks.load.warehouse import create_warehouse
from tasks.settings import Settings


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with create_warehouse(tmp_path / "warehouse.duckdb", threads=1) as con:
        yield con


def write_model(sql_dir: Path, name: str, sql: str, columns: str = "x: A number.", *, key: str = "x") -> None:
    path = sql_dir / f"{name}.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sql, encoding="utf-8")
    lines = "".join(f"  {line}\n" for line in columns.split("\n"))
    about = f"description: One row per number.\nkey: [{key}]\ncolumns:\n{lines}"
    path.with_suffix(".yml").write_text(about, encoding="utf-8")


def run(con: duckdb.DuckDBPyConnection, sql_dir: Path) -> list[str]:
    """The names of the models in the order they ran."""
    models = order_models(con, read_models(sql_dir), [])
    return [made.model for made in run_models(con, models, lambda: None)]


def test_models_run_after_those_they_name(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", "select x from marts.b")
    write_model(tmp_path, "marts/b", "with c as (select x from staging.d) select x from c;\n")
    write_model(tmp_path, "staging/d", "select 1 as x")
    assert run(con, tmp_path) == ["staging.d", "marts.b", "marts.a"]


def test_a_name_in_a_subquery_counts(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select x from core.a where x in (select x from staging.b) union all from seeds.c"
    assert find_tables(con, Path("m.sql"), sql) == {"core.a", "staging.b", "seeds.c"}


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select x from b", r"a.sql names b; write schema and table, such as core.b\.$"),
        ("select x from core.nothing", r"a.sql names core.nothing, which is no core table, seed or model"),
        ("select 1 as x; select 2 as x", r"a.sql holds 2 statements; a model is one select"),
        ("create table t as select 1", r"a.sql: Only SELECT statements can be serialized to json; mend"),
        ("selec 1", r"a.sql: syntax error at or near .selec.; mend the select"),
        ("select y as x from core.articles", r"a.sql: Catalog Error: .*articles.*; mend the select"),
        ("select 1 as x, 2 as y", r"a.yml does not describe y; add it"),
        ("select 1 as y", r"a.yml does not describe y; add it"),
    ],
)
def test_errors_name_the_file(sql: str, message: str, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", sql)
    with pytest.raises(DatelineError, match=message) as caught:
        run(con, tmp_path)
    assert "\n" not in str(caught.value)


def test_a_described_column_that_the_select_lacks_is_an_error(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", "select 1 as x", "x: A number.\ny: Another.")
    with pytest.raises(DatelineError, match=r"a.yml describes y, which the select lacks"):
        run(con, tmp_path)


def test_a_circle_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", "select x from marts.b")
    write_model(tmp_path, "marts/b", "select x from marts.a")
    with pytest.raises(DatelineError, match=r"b.sql.*name each other in a circle"):
        run(con, tmp_path)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("description: Numbers.\nkey: [x]\ncolumns: {x: A number.}", "must start with 'One row per '"),
        ("description: One row per x.\ncolumns: {x: A number.}", "`key` must list"),
        ("description: One row per x.\nkey: [y]\ncolumns: {x: A number.}", "`key` must list"),
        ("description: One row per x.\nkey: [x]\ncolumns: [x]", "`columns` must map"),
        ("description: One row per x.\nkey: [x]\ncolumns: {x: }", "column x needs a description"),
        ("description: One row per x.\nkey: [x]\ncolumns: {x: {description: A., tests: [odd]}}", "has the test odd"),
        ("- x", "must hold description"),
        ("a: [", "is no YAML"),
    ],
)
def test_yaml_that_is_wrong_is_named(yaml: str, message: str, tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", "select 1 as x")
    (tmp_path / "marts" / "a.yml").write_text(yaml, encoding="utf-8")
    with pytest.raises(DatelineError, match=message) as caught:
        read_models(tmp_path)
    assert "a.yml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_without_yaml_is_an_error(tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", "select 1 as x")
    (tmp_path / "marts" / "a.yml").unlink()
    with pytest.raises(DatelineError, match=r"a.yml cannot be read: .*; describe a.sql there"):
        read_models(tmp_path)


TESTED = """x:
  description: A number.
  tests: [not_null, unique, {accepted_values: [1, 2]}, {relationships: marts.b.x}]
  severity: warn"""


def test_generated_tests_find_their_bad_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_model(tmp_path, "marts/a", "select unnest([1, 1, 3, null]) as x", TESTED)
    write_model(tmp_path, "marts/b", "select 1 as x")
    models = order_models(con, read_models(tmp_path), [])
    run_models(con, models, lambda: None)
    results = {result.check_name: result for result in (run_check(con, check) for check in model_checks(models))}
    assert {name: result.bad_row_count for name, result in results.items()} == {
        "marts.a key": 2,
        "marts.a.x not_null": 1,
        "marts.a.x unique": 1,
        "marts.a.x accepted_values": 1,
        "marts.a.x relationships": 1,
        "marts.b key": 0,
    }
    assert results["marts.a.x relationships"].sample == '{"x":3}'
    assert results["marts.a.x unique"].severity == "warn"
    assert results["marts.a key"].severity == "error"


def test_every_shipped_file_is_one_select_that_pastes_into_a_shell(con: duckdb.DuckDBPyConnection) -> None:
    sql_dir = Settings().sql_dir
    for path in sql_dir.rglob("*.sql"):
        find_tables(con, path, path.read_text(encoding="utf-8"))
    assert len(read_checks(con, sql_dir)) == len(list((sql_dir / "checks").glob("*.sql")))


def test_every_yaml_has_its_sql() -> None:
    assert [path for path in Settings().sql_dir.rglob("*.yml") if not path.with_suffix(".sql").exists()] == []
