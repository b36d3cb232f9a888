"""The SQL models: each file of sql/ is one plain select with its description beside it, run in the order they need."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import yaml

from tasks.errors import DatelineError
from tasks.load.statements import first_line, quote_text
from tasks.load.warehouse import add_comments, count_rows, transaction
from tasks.schemas import DATASETS

KINDS = {"staging": "view", "marts": "table", "main": "view"}
TESTS = ("not_null", "unique", "accepted_values", "relationships")
SEVERITIES = ("error", "warn")


class ColumnTest(NamedTuple):
    """A test of one column: `argument` holds the accepted values, or `schema.table.column` that must have the value."""

    kind: str
    argument: tuple[str, ...] = ()


class ModelColumn(NamedTuple):
    """A column of a model with its description and tests; `severity` says what a failed test means."""

    name: str
    description: str
    tests: tuple[ColumnTest, ...] = ()
    severity: str = "error"


class Model(NamedTuple):
    """A select and what its YAML says about it."""

    schema: str
    name: str
    path: Path
    sql: str
    description: str
    key: tuple[str, ...]
    columns: tuple[ModelColumn, ...]

    @property
    def full_name(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"

    @property
    def kind(self) -> str:
        """view or table."""
        return KINDS[self.schema]


class ModelRun(NamedTuple):
    """What running a model gave; a row of ops.models."""

    model: str
    kind: str
    row_count: int
    seconds: float


def read_models(sql_dir: Path) -> list[Model]:
    """The models of sql/staging, sql/marts and sql/main; raises DatelineError naming the file that is wrong."""
    return [read_model(schema, path) for schema in KINDS for path in sorted((sql_dir / schema).glob("*.sql"))]


def read_model(schema: str, path: Path) -> Model:
    """The model of one SQL file and the YAML beside it."""
    about = read_yaml(path)
    description = str(about.get("description", ""))
    if not description.startswith("One row per "):
        raise DatelineError(f"{path.with_suffix('.yml')}: the description must start with 'One row per '.")
    columns = tuple(_read_column(path, name, value) for name, value in _columns_of(path, about).items())
    key = tuple(about.get("key") or ())
    if not key or not set(key) <= {column.name for column in columns}:
        raise DatelineError(f"{path.with_suffix('.yml')}: `key` must list one or more of its columns.")
    return Model(schema, path.stem, path, read_select(path), description.strip(), key, columns)


def read_select(path: Path) -> str:
    """The text of a file that holds one select, without the semicolon at its end."""
    return path.read_text(encoding="utf-8").strip().rstrip(";")


def read_yaml(path: Path) -> dict[str, Any]:
    """What the YAML beside an SQL file says; raises DatelineError where it lacks or is no mapping."""
    yaml_path = path.with_suffix(".yml")
    try:
        about = yaml.safe_load(yaml_path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DatelineError(f"{yaml_path} cannot be read: {error.strerror}; describe {path.name} there.") from error
    except yaml.YAMLError as error:
        raise DatelineError(f"{yaml_path} is no YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(about, dict):
        raise DatelineError(f"{yaml_path} must hold description, key and columns.")
    return about


def _columns_of(path: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    columns = about.get("columns")
    if not isinstance(columns, dict):
        raise DatelineError(f"{path.with_suffix('.yml')}: `columns` must map each column to its description.")
    return columns


def _read_column(path: Path, name: str, value: Any) -> ModelColumn:
    """A column from its description, or from a mapping with description, tests and severity."""
    fields = value if isinstance(value, dict) else {"description": value}
    severity = fields.get("severity", "error")
    tests = tuple(_read_test(path, name, test) for test in fields.get("tests", ()))
    if not fields.get("description") or severity not in SEVERITIES:
        raise DatelineError(
            f"{path.with_suffix('.yml')}: column {name} needs a description, and severity error or warn."
        )
    return ModelColumn(name, str(fields["description"]), tests, severity)


def _read_test(path: Path, column: str, test: Any) -> ColumnTest:
    kind, argument = next(iter(test.items())) if isinstance(test, dict) and test else (test, ())
    if kind not in TESTS:
        raise DatelineError(
            f"{path.with_suffix('.yml')}: column {column} has the test {kind}; known: {', '.join(TESTS)}."
        )
    values = [argument] if isinstance(argument, str) else argument
    return ColumnTest(kind, tuple(str(value) for value in values))


def find_tables(con: duckdb.DuckDBPyConnection, path: Path, sql: str) -> set[str]:
    """The tables a select names, with their schema; raises DatelineError where it is no single plain select."""
    tree = json.loads(con.execute("select json_serialize_sql(?)", [sql]).fetchall()[0][0])
    if tree.get("error"):
        raise DatelineError(f"{path}: {str(tree['error_message']).splitlines()[0].rstrip(' .!')}; mend the select.")
    if len(tree["statements"]) != 1:
        raise DatelineError(f"{path} holds {len(tree['statements'])} statements; a model is one select.")
    nodes = list(_walk(tree))
    local = {entry["key"] for node in nodes for entry in node.get("cte_map", {}).get("map", ())}
    tables = [node for node in nodes if node.get("type") == "BASE_TABLE"]
    names = {".".join(filter(None, (t["catalog_name"], t["schema_name"], t["table_name"]))) for t in tables}
    for name in sorted(names - local):
        if name.count(".") != 1:
            raise DatelineError(f"{path} names {name}; write schema and table, such as core.{name.split('.')[-1]}.")
    return names - local


def _walk(tree: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside a JSON value."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _walk(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _walk(value)


def order_models(con: duckdb.DuckDBPyConnection, models: Iterable[Model], seeds: Iterable[str]) -> list[Model]:
    """The models, each after those it names; raises DatelineError for unknown tables and circles."""
    by_name = {model.full_name: model for model in models}
    given = {dataset.table for dataset in DATASETS.values()} | {f"seeds.{name}" for name in seeds}
    graph: dict[str, list[str]] = {}
    for name, model in by_name.items():
        tables = find_tables(con, model.path, model.sql)
        unknown = sorted(tables - given - set(by_name))
        if unknown:
            raise DatelineError(
                f"{model.path} names {unknown[0]}, which is no core table, seed or model; mend the name."
            )
        graph[name] = sorted(tables & set(by_name))
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        paths = ", ".join(str(by_name[name].path) for name in error.args[1][1:])
        raise DatelineError(f"The models {paths} name each other in a circle; take one reference out.") from error


def run_models(con: duckdb.DuckDBPyConnection, models: Iterable[Model], progress: Callable[[], None]) -> list[ModelRun]:
    """Makes every model a table or view with its comments, in the given order; raises DatelineError."""
    runs = []
    for model in models:
        runs.append(run_model(con, model))
        progress()
    return runs


def run_model(con: duckdb.DuckDBPyConnection, model: Model) -> ModelRun:
    """Makes one model and checks that its YAML describes just its columns."""
    start = time.perf_counter()
    with transaction(con):
        try:
            con.execute(f"create {model.kind} {model.full_name} as\n{model.sql}\n")
        except duckdb.Error as error:
            raise DatelineError(f"{model.path}: {first_line(error)}; mend the select.") from error
        _compare_columns(con, model)
        comments = {column.name: column.description for column in model.columns}
        add_comments(con, model.kind, model.full_name, model.description, comments)
    count = count_rows(con, model.full_name)
    return ModelRun(model.full_name, model.kind, count, time.perf_counter() - start)


def _compare_columns(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    rows = con.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?", [model.schema, model.name]
    ).fetchall()
    made = {row[0] for row in rows}
    described = {column.name for column in model.columns}
    yaml_path = model.path.with_suffix(".yml")
    if made - described:
        raise DatelineError(f"{yaml_path} does not describe {', '.join(sorted(made - described))}; add it.")
    if described - made:
        raise DatelineError(f"{yaml_path} describes {', '.join(sorted(described - made))}, which the select lacks.")


def quote_values(values: Iterable[str]) -> str:
    """The values as SQL literals parted by comma."""
    return ", ".join(quote_text(value) for value in values)
