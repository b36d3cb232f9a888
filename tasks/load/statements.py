"""Pieces of SQL text: quoted names and values, and what DuckDB's errors say in one line."""

from collections.abc import Iterable

import duckdb
import pyarrow as pa


def quote_text(value: object) -> str:
    """The value as an SQL string literal."""
    return "'" + str(value).replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def join_names(names: Iterable[str]) -> str:
    """The names as identifiers parted by comma."""
    return ", ".join(quote_name(name) for name in names)


def first_line(error: duckdb.Error) -> str:
    """What the error says, without the excerpt of the query below it and without a full stop."""
    return str(error).split("\n", 1)[0].rstrip(" .!")


SIMPLE_TYPES: dict[pa.DataType, str] = {
    pa.string(): "varchar",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float32(): "float",
    pa.float64(): "double",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.bool_(): "boolean",
}


def sql_type(type_: pa.DataType) -> str:
    """DuckDB's name for an Arrow type; raises KeyError for a type that no schema uses."""
    if pa.types.is_list(type_):
        return f"{sql_type(type_.value_type)}[]"
    if pa.types.is_struct(type_):
        return f"struct({', '.join(f'{quote_name(field.name)} {sql_type(field.type)}' for field in type_)})"
    if pa.types.is_map(type_):
        return f"map({sql_type(type_.key_type)}, {sql_type(type_.item_type)})"
    return SIMPLE_TYPES[type_]
