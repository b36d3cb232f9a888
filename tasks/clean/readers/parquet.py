"""Tables in Parquet: a few rows at a time, and only the columns that an article may need."""

from collections.abc import Iterator

import pyarrow as pa

from tasks.clean.readers.columns import (
    NAME_A_COLUMN,
    Record,
    has_text_column,
    has_url_column,
    hash_fields,
    name_columns,
    to_document,
)
from tasks.clean.readers.documents import Limits, Outcome, RefusedError, Source
from tasks.clean.readers.streams import make_seekable
from tasks.storage import stream_rows

DAMAGE = (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, TypeError)


def read_parquet(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The documents of a Parquet file; raises RefusedError where it cannot be read or has no column for the text."""
    known = name_columns(limits.columns)
    rows = stream_rows(make_seekable(source.stream), lambda name: name.strip().lower() in known)
    names = next_row(rows) or {}
    if not has_text_column(names, limits.columns) and not has_url_column(names):
        raise RefusedError("bad_record", f"The table has no text column; {NAME_A_COLUMN}")
    number = 0
    while (row := next_row(rows)) is not None:
        number += 1
        source.budget.spend(sum(len(value) for value in row.values() if isinstance(value, str | bytes)))
        yield to_document(source, Record(number, hash_fields(row), row), limits)
    if not number:
        raise RefusedError("empty", "The table has no rows.")


def next_row(rows: Iterator[dict[str, object]]) -> dict[str, object] | None:
    """The next row; None at the end; raises RefusedError where the table is broken."""
    try:
        return next(rows, None)
    except DAMAGE as error:
        raise RefusedError("damaged") from error
