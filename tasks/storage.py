"""The only reader and writer of Parquet: conform, fingerprint, atomic write.

A dataset lies in `data/<stage>/<dataset>/`, one file a batch, or one file `all.parquet`.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tasks.errors import DataError, LockedError, MissingStageError
from tasks.schemas import Dataset
from tasks.settings import PROJECT_DIR

FINGERPRINT_KEY = b"dateline_fingerprint"
WHOLE = "all"
COMPRESSION = "zstd"

Rows: TypeAlias = Any  # pa.Table, pd.DataFrame, or a sequence of mappings


def fingerprint(*parts: object) -> str:
    """The SHA-256 over the parts in order, 32 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode())
        digest.update(b"\x1f")
    return digest.hexdigest()[:32]


def source_hash(*packages: str) -> str:
    """The hash of the source files of packages or modules such as `tasks/clean` or `tasks/schemas.py`."""
    digest = hashlib.sha256()
    for package in packages:
        path = PROJECT_DIR / package
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            digest.update(file.relative_to(PROJECT_DIR).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def files_hash(paths: Iterable[Path]) -> str:
    """The hash of the names and contents of files, in name order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def dataset_dir(data_dir: Path, dataset: Dataset) -> Path:
    """The folder of a dataset."""
    return data_dir / dataset.stage / dataset.name


def dataset_path(data_dir: Path, dataset: Dataset, batch_id: str = WHOLE) -> Path:
    """The file of one batch of a dataset, or of the whole."""
    return dataset_dir(data_dir, dataset) / f"{batch_id}.parquet"


def dataset_files(data_dir: Path, dataset: Dataset) -> list[Path]:
    """The files of a dataset, in name order."""
    return sorted(dataset_dir(data_dir, dataset).glob("*.parquet"))


def to_table(rows: Rows, dataset: Dataset) -> pa.Table:
    """The rows as an Arrow table with the dataset's types, whatever their number."""
    if isinstance(rows, pa.Table):
        return rows
    if isinstance(rows, pd.DataFrame):
        rows = rows.astype(object).where(rows.notna(), None).to_dict("records")
    columns = {c.name: pa.array([row.get(c.name) for row in rows], type=c.type) for c in dataset.columns}
    return pa.table(columns, schema=dataset.schema)


def find_problems(table: pa.Table, dataset: Dataset) -> list[str]:
    """What is wrong with a table: missing or further columns, types, nulls, and double keys."""
    problems = [f"column {c.name} is missing" for c in dataset.columns if c.name not in table.column_names]
    known = {c.name for c in dataset.columns}
    problems += [f"column {name} is not declared" for name in table.column_names if name not in known]
    for column in dataset.columns:
        if column.name not in table.column_names:
            continue
        values = table.column(column.name)
        if not values.type.equals(column.type):
            problems.append(f"column {column.name} is {values.type}, not {column.type}")
        if not column.nullable and values.null_count:
            problems.append(f"column {column.name} has {values.null_count} nulls")
    if not problems and table.num_rows:
        distinct = table.group_by(list(dataset.key)).aggregate([]).num_rows
        if distinct != table.num_rows:
            problems.append(f"key ({', '.join(dataset.key)}) repeats {table.num_rows - distinct} times")
    return problems


def conform(rows: Rows, dataset: Dataset) -> pa.Table:
    """The rows as a table that keeps the schema; raises DataError with all problems at once."""
    try:
        table = to_table(rows, dataset)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise DataError(f"{dataset.name}: {error}; the stage {dataset.stage} made rows of the wrong type.") from error
    problems = find_problems(table, dataset)
    if problems:
        raise DataError(f"{dataset.name}: {'; '.join(problems)}; the stage {dataset.stage} must be mended.")
    return table.select([c.name for c in dataset.columns]).cast(dataset.schema)


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_dataset(path: Path, rows: Rows, dataset: Dataset, mark: str) -> None:
    """Writes rows as one Parquet file that carries the fingerprint `mark`; raises DataError."""
    table = conform(rows, dataset)
    metadata = {**(table.schema.metadata or {}), FINGERPRINT_KEY: mark.encode()}
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata(metadata), sink, compression=COMPRESSION)
    write_bytes(path, sink.getvalue().to_pybytes())


def read_fingerprint(path: Path) -> str | None:
    """The fingerprint a file carries, or None where there is no such file or it is broken."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return None
    mark = metadata.get(FINGERPRINT_KEY)
    return mark.decode() if mark is not None else None


def is_fresh(path: Path, mark: str) -> bool:
    """Whether the file was written from what `mark` stands for."""
    return read_fingerprint(path) == mark


def read_file(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The table of one Parquet file."""
    return pq.read_table(path, columns=list(columns) if columns is not None else None)


def read_dataset(data_dir: Path, dataset: Dataset, columns: Sequence[str] | None = None) -> pa.Table:
    """The whole dataset as one table; raises MissingStageError where the stage has not run."""
    files = dataset_files(data_dir, dataset)
    if not files:
        raise MissingStageError(
            f"There is no {dataset.name} in {dataset_dir(data_dir, dataset)}; run `dateline {dataset.stage}` first."
        )
    return pa.concat_tables(read_file(file, columns) for file in files)


def iter_rows(table: pa.Table) -> Iterator[dict[str, object]]:
    """The rows of a table as dicts, batch by batch."""
    for batch in table.to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


def rows_of(table: pa.Table, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as tuples in the order of the columns."""
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def stream_rows(file: BinaryIO, choose: Callable[[str], bool], size: int = 16) -> Iterator[dict[str, object]]:
    """The chosen columns of someone else's Parquet file, row by row, with only `size` rows in memory.

    The first item is the chosen names, each with None. Raises pyarrow's errors where the file is broken.
    """
    table = pq.ParquetFile(file, buffer_size=1 << 20, thrift_string_size_limit=1 << 24)
    names = [name for name in table.schema_arrow.names if choose(name)]
    yield dict.fromkeys(names)
    for batch in table.iter_batches(batch_size=size, columns=names, use_threads=False):
        yield from batch.to_pylist()


def count_rows(path: Path) -> int:
    """The number of rows of a Parquet file, from its footer."""
    return int(pq.read_metadata(path).num_rows)


def remove_stale_files(data_dir: Path, dataset: Dataset, kept: Iterable[str]) -> None:
    """Deletes the files of batches that are no more."""
    names = {f"{batch_id}.parquet" for batch_id in kept}
    for path in dataset_files(data_dir, dataset):
        if path.name not in names:
            path.unlink()


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Holds the lock file for the time of a block; raises LockedError where another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LockedError(
                f"Another run works in {path.parent}; wait for it to end or give another --data."
            ) from error
        yield
