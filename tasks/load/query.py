"""Read-only queries of a published warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from tasks.errors import DatelineError, LockedError, MissingStageError
from tasks.load.statements import first_line

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "lock_configuration": True,
}


@contextmanager
def open_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read the warehouse, write nothing and reach no other file.

    Raises MissingStageError where there is no warehouse, LockedError where somebody has it open for writing.
    """
    if not path.exists():
        raise MissingStageError(f"There is no warehouse {path}; run `dateline run` first.")
    try:
        con = duckdb.connect(str(path), read_only=True, config=CLOSED)
    except duckdb.Error as error:
        if "lock" in str(error):
            raise LockedError(
                f"Another program has {path} open for writing; close it or open it with -readonly."
            ) from error
        raise DatelineError(f"{path} cannot be opened: {first_line(error)}; run `dateline load --force`.") from error
    with con:
        yield con


def run_query(path: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The column names and rows of a query; raises DatelineError in one sentence where it cannot be run."""
    with open_warehouse(path) as con:
        try:
            con.execute(sql)
            return [column[0] for column in con.description or ()], con.fetchall()
        except duckdb.Error as error:
            raise DatelineError(f"The query cannot be run: {first_line(error)}.") from error
