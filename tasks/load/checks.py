"""Checks of a new warehouse: keys' references, the tests beside the models, and the selects of sql/checks."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from tasks.errors import CheckFailedError, DatelineError
from tasks.load.keys import REFERENCES, SPAN_TABLES, Reference
from tasks.load.models import (
    SEVERITIES,
    ColumnTest,
    Model,
    ModelColumn,
    find_tables,
    quote_values,
    read_select,
    read_yaml,
)
from tasks.load.statements import first_line, join_names, quote_name

SAMPLE_SIZE = 3
SAMPLE_CHARS = 300


class Check(NamedTuple):
    """A select that returns the bad rows; `description` says what is wrong with them."""

    name: str
    severity: str
    description: str
    sql: str


class CheckResult(NamedTuple):
    """What a check found; a row of ops.checks."""

    check_name: str
    severity: str
    description: str
    bad_row_count: int
    sample: str | None


def read_checks(con: duckdb.DuckDBPyConnection, sql_dir: Path) -> list[Check]:
    """The checks of sql/checks; raises DatelineError naming the file that is wrong."""
    checks = []
    for path in sorted((sql_dir / "checks").glob("*.sql")):
        about = read_yaml(path)
        severity, description = about.get("severity", "error"), about.get("description")
        if severity not in SEVERITIES or not description:
            raise DatelineError(f"{path.with_suffix('.yml')} needs a description, and severity error or warn.")
        sql = read_select(path)
        find_tables(con, path, sql)
        checks.append(Check(path.stem, severity, str(description).strip(), sql))
    return checks


def span_checks() -> Iterator[Check]:
    """One check per table with a span: its text is the slice of the body."""
    for table in SPAN_TABLES:
        yield Check(
            f"core.{table}.text slice",
            "error",
            "Rows whose text differs from body[start_char:end_char], or is empty.",
            f"select t.*, substring(articles.body, t.start_char + 1, t.end_char - t.start_char) as slice\n"
            f"from core.{table} as t\n"
            f"left join core.articles using (article_id)\n"
            f"where t.text is distinct from substring(articles.body, t.start_char + 1, t.end_char - t.start_char)\n"
            f"    or t.start_char < 0\n"
            f"    or t.start_char >= t.end_char",
        )


def reference_checks() -> Iterator[Check]:
    """One check per reference between core tables: the row it names is there."""
    for reference in REFERENCES:
        yield Check(
            f"core.{reference.table}.{reference.column} reference",
            "error",
            f"Rows whose {reference.column} is no {reference.target_key} of core.{reference.target}.",
            _select_orphans(reference),
        )


def _select_orphans(reference: Reference) -> str:
    table, column = f"core.{reference.table}", quote_name(reference.column)
    value = "value" if reference.is_list else column
    source = f"(select *, unnest({column}) as value from {table})" if reference.is_list else table
    return (
        f"select * from {source}\n"
        f"where {value} is not null\n"
        f"    and {value} not in (select {quote_name(reference.target_key)} from core.{reference.target})"
    )


def model_checks(models: Iterable[Model]) -> Iterator[Check]:
    """The checks that the YAML of the models asks for."""
    for model in models:
        yield _key_check(model)
        for column in model.columns:
            for test in column.tests:
                yield _column_check(model, column, test)


def _key_check(model: Model) -> Check:
    names = join_names(model.key)
    nulls = " or ".join(f"{quote_name(name)} is null" for name in model.key)
    return Check(
        f"{model.full_name} key",
        "error",
        f"Values of ({', '.join(model.key)}) that are null or stand in more than one row.",
        f"select {names}, count(*) as row_count from {model.full_name} group by {names} having count(*) > 1 or {nulls}",
    )


def _column_check(model: Model, column: ModelColumn, test: ColumnTest) -> Check:
    name = quote_name(column.name)
    select = f"select * from {model.full_name} where {name}"
    if test.kind == "not_null":
        description, sql = "is null", f"{select} is null"
    elif test.kind == "unique":
        description = "stands in more than one row"
        sql = f"select {name}, count(*) as row_count from {model.full_name} where {name} is not null group by {name}"
        sql += " having count(*) > 1"
    elif test.kind == "accepted_values":
        description = f"is none of {', '.join(test.argument)}"
        sql = f"{select} not in ({quote_values(test.argument)})"
    else:
        table, _, key = test.argument[0].rpartition(".")
        description = f"is not in {test.argument[0]}"
        sql = f"{select} is not null and {name} not in (select {quote_name(key)} from {table})"
    return Check(
        f"{model.full_name}.{column.name} {test.kind}", column.severity, f"Rows whose {column.name} {description}.", sql
    )


def run_checks(
    con: duckdb.DuckDBPyConnection, checks: Iterable[Check], progress: Callable[[], None]
) -> list[CheckResult]:
    """What each check found; raises DatelineError where one cannot run."""
    results = []
    for check in checks:
        results.append(run_check(con, check))
        progress()
    return results


def run_check(con: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    """The number of bad rows, with some of them as JSON."""
    shown = f"select left(to_json(bad)::varchar, {SAMPLE_CHARS}) from (\n{check.sql}\n) as bad limit {SAMPLE_SIZE}"
    try:
        count = int(con.execute(f"select count(*) from (\n{check.sql}\n)").fetchall()[0][0])
        rows = con.execute(shown).fetchall() if count else []
    except duckdb.Error as error:
        raise DatelineError(f"The check {check.name} cannot run: {first_line(error)}; mend its SQL.") from error
    sample = "\n".join(row[0] for row in rows) or None
    return CheckResult(check.name, check.severity, check.description, count, sample)


def find_failed(results: Iterable[CheckResult], severity: str) -> list[CheckResult]:
    """The results of one severity that found bad rows."""
    return [result for result in results if result.severity == severity and result.bad_row_count]


def require_passed(results: Iterable[CheckResult]) -> None:
    """Raises CheckFailedError with names and counts where an error check found bad rows."""
    failed = find_failed(results, "error")
    if failed:
        counts = "; ".join(f"{result.check_name} ({result.bad_row_count} rows)" for result in failed)
        sample = (failed[0].sample or "").split("\n", 1)[0]
        raise CheckFailedError(f"Nothing was published, since bad rows were found: {counts}; the first is {sample}.")
