"""The new DuckDB file: core tables from Parquet, seeds from CSV, and the account of the run in ops."""

import csv
import importlib.metadata
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks import storage
from tasks.errors import DataError, DatelineError, MissingStageError
from tasks.load.statements import first_line, join_names, quote_name, quote_text, sql_type
from tasks.reference import read_reference
from tasks.schemas import AT, BIG, DATASETS, TEXT, Column, Dataset
from tasks.settings import Settings

logger = logging.getLogger(__name__)

STORAGE_VERSION = "v1.5.0"  # the oldest DuckDB that reads a published warehouse
SCHEMAS = ("core", "seeds", "staging", "marts", "ops")
STAGES = ("clean", "extract", "normalize")

META = Dataset(
    "meta",
    "load",
    "One row per fact about this file: run_id, fingerprint, dateline_version.",
    ("key",),
    (Column("key", TEXT, "Name of the fact."), Column("value", TEXT, "The fact.")),
)
RUNS = Dataset(
    "runs",
    "load",
    "One row per published run, the earlier ones copied from the warehouse before.",
    ("run_id",),
    (
        Column("run_id", TEXT, "The run; data/snapshots holds its file under this name while it is kept."),
        Column("started_at", AT, "When load began, UTC."),
        Column("finished_at", AT, "When all models and checks were done, UTC."),
        Column("dateline_version", TEXT, "Version of Dateline."),
        Column("settings", pa.map_(TEXT, TEXT), "The settings of the run."),
        Column("counts", pa.map_(TEXT, BIG), "Rows of each core table."),
    ),
)
STAGE_FILES = Dataset(
    "stage_files",
    "load",
    "One row per Parquet file that the core tables were read from.",
    ("file",),
    (
        Column("dataset", TEXT, "The core table."),
        Column("file", TEXT, "Path below the data folder."),
        Column("batch_id", TEXT, "The batch, or all."),
        Column("fingerprint", TEXT, "Hash of code, settings, model and inputs that made it.", True),
        Column("row_count", BIG, "Rows in it."),
    ),
)
REJECTED = Dataset(
    "rejected",
    "load",
    "One row per reason for which inputs became no article.",
    ("reason",),
    (Column("reason", TEXT, "The reason."), Column("input_count", BIG, "Inputs rejected for it.")),
)
MODELS = Dataset(
    "models",
    "load",
    "One row per SQL model.",
    ("model",),
    (
        Column("model", TEXT, "Schema and name."),
        Column("kind", TEXT, "view or table."),
        Column("row_count", BIG, "Rows in it."),
        Column("seconds", pa.float64(), "Time it took, seconds."),
    ),
)
CHECKS = Dataset(
    "checks",
    "load",
    "One row per check: of core keys and references, of each model's tests, and of sql/checks.",
    ("check_name",),
    (
        Column("check_name", TEXT, "The check."),
        Column("severity", TEXT, "error or warn."),
        Column("description", TEXT, "Which rows are bad."),
        Column("bad_row_count", BIG, "Bad rows found."),
        Column("sample", TEXT, "Up to three of them, one a line as JSON, cut after 300 characters.", True),
    ),
)
OPS = (META, RUNS, STAGE_FILES, REJECTED, MODELS, CHECKS)


def dateline_version() -> str:
    """The version of the installed distribution."""
    try:
        return importlib.metadata.version("dateline-news")
    except importlib.metadata.PackageNotFoundError:
        return "unreleased"


def core_files(data_dir: Path) -> dict[str, list[Path]]:
    """The Parquet files of each core table; raises MissingStageError where a stage has not run or is behind."""
    files = {name: storage.dataset_files(data_dir, dataset) for name, dataset in DATASETS.items()}
    if not files["articles"] and not files["rejected_articles"]:
        raise MissingStageError(f"There is nothing in {data_dir / 'clean'}; run `dateline clean` first.")
    batches = {path.name for path in files["articles"]}
    for stage in STAGES:
        for dataset in DATASETS.values():
            if dataset.stage != stage:
                continue
            found = {path.name for path in files[dataset.name]}
            expected = batches if dataset.is_batched else {f"{storage.WHOLE}.parquet"}
            if found != expected:
                raise MissingStageError(_say_missing(data_dir, dataset, found, expected))
    return files


def _say_missing(data_dir: Path, dataset: Dataset, found: set[str], expected: set[str]) -> str:
    folder = storage.dataset_dir(data_dir, dataset)
    if not found:
        return f"There is no {dataset.name} in {folder}; run `dateline {dataset.stage}` first."
    return (
        f"{folder} lacks {len(expected - found)} batches of articles and has {len(found - expected)} that are no more; "
        f"run `dateline {dataset.stage}` first."
    )


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Runs the block as one transaction, so that many small statements cost one fsync."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


def create_warehouse(path: Path, *, threads: int) -> duckdb.DuckDBPyConnection:
    """A connection to a new, empty warehouse file with all schemas, readable from DuckDB 1.5 on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"attach {quote_text(path)} as warehouse (storage_version {quote_text(STORAGE_VERSION)})")
    con = duckdb.connect(str(path), config={"threads": threads, "autoinstall_known_extensions": False})
    with transaction(con):
        for schema in SCHEMAS:
            con.execute(f"create schema {schema}")
        for dataset in OPS:
            create_table(con, "ops", dataset)
    return con


def create_table(con: duckdb.DuckDBPyConnection, schema: str, dataset: Dataset) -> None:
    """Creates the empty table of a dataset with its types, key, nulls and comments."""
    lines = [
        f"{quote_name(column.name)} {sql_type(column.type)}{'' if column.nullable else ' not null'}"
        for column in dataset.columns
    ]
    lines.append(f"primary key ({join_names(dataset.key)})")
    con.execute(f"create table {schema}.{dataset.name} ({', '.join(lines)})")
    comments = {column.name: column.description for column in dataset.columns}
    add_comments(con, "table", f"{schema}.{dataset.name}", dataset.grain, comments)


def add_comments(
    con: duckdb.DuckDBPyConnection, kind: str, name: str, description: str, columns: Mapping[str, str]
) -> None:
    """Attaches the descriptions of a table or view and its columns, which `duckdb_columns()` then shows."""
    con.execute(f"comment on {kind} {name} is {quote_text(description)}")
    for column, text in columns.items():
        con.execute(f"comment on column {name}.{quote_name(column)} is {quote_text(text)}")


def insert_rows(con: duckdb.DuckDBPyConnection, dataset: Dataset, rows: storage.Rows) -> None:
    """Adds rows to a table of ops; they are conformed like any other."""
    con.register("new_rows", storage.conform(rows, dataset))
    con.execute(f"insert into ops.{dataset.name} select * from new_rows")
    con.unregister("new_rows")


def load_core(con: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> dict[str, int]:
    """Fills the tables of the stages from Parquet, returns the rows of each; raises DataError for broken data."""
    return {name: _load_table(con, dataset, files[name]) for name, dataset in DATASETS.items()}


def _load_table(con: duckdb.DuckDBPyConnection, dataset: Dataset, files: Sequence[Path]) -> int:
    with transaction(con):
        create_table(con, dataset.published_in, dataset)
        if files:
            names = join_names(column.name for column in dataset.columns)
            paths = [str(path) for path in files]
            try:
                con.execute(f"insert into {dataset.table} select {names} from read_parquet(?)", [paths])
            except duckdb.Error as error:
                raise DataError(
                    f"{dataset.table}: {first_line(error)}; run `dateline {dataset.stage} --force`."
                ) from error
    return count_rows(con, dataset.table)


def count_rows(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """The number of rows of a table or view."""
    return int(con.execute(f"select count(*) from {name}").fetchall()[0][0])


def load_seeds(con: duckdb.DuckDBPyConnection, reference_dir: Path) -> list[str]:
    """Makes each CSV of the reference folder a table of seeds, all text, and returns their names."""
    paths = sorted(reference_dir.glob("*.csv"))
    with transaction(con):
        for path in paths:
            con.register("new_rows", read_seed(path))
            con.execute(f"create table seeds.{quote_name(path.stem)} as select * from new_rows")
            con.unregister("new_rows")
            comment = quote_text(read_comment(path))
            con.execute(f"comment on table seeds.{quote_name(path.stem)} is {comment}")
    return [path.stem for path in paths]


def read_seed(path: Path) -> pa.Table:
    """A CSV of reference data as a table of text columns; raises ReferenceDataError."""
    rows = read_reference(path.parent, path.stem, ())
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#")
    names = next(csv.reader(lines), [])
    if not names:
        raise DatelineError(f"{path} has no first line with column names; add it or remove the file.")
    return pa.table({name: pa.array([row[name] for row in rows], type=TEXT) for name in names})


def read_comment(path: Path) -> str:
    """The text of the comment lines at the head of a CSV, or else where the table comes from."""
    words = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        words.append(line.lstrip("# ").strip())
    return " ".join(words) or f"The rows of seeds/reference/{path.name}."


def list_stage_files(data_dir: Path, files: Mapping[str, Iterable[Path]]) -> list[dict[str, object]]:
    """The rows of ops.stage_files."""
    return [
        {
            "dataset": name,
            "file": path.relative_to(data_dir).as_posix(),
            "batch_id": path.stem,
            "fingerprint": storage.read_fingerprint(path),
            "row_count": storage.count_rows(path),
        }
        for name, paths in files.items()
        for path in paths
    ]


def load_rejected(con: duckdb.DuckDBPyConnection) -> None:
    """Counts the rejected inputs by reason into ops.rejected."""
    con.execute(
        "insert into ops.rejected select reason, count(*) from core.rejected_articles group by reason order by 2 desc"
    )


def describe_run(run_id: str, started_at: datetime, settings: Settings, counts: Mapping[str, int]) -> dict[str, object]:
    """The row of ops.runs."""
    return {
        "run_id": run_id,
        "started_at": started_at.astimezone(UTC).replace(tzinfo=None),
        "finished_at": datetime.now(UTC).replace(tzinfo=None),
        "dateline_version": dateline_version(),
        "settings": [(name, str(value)) for name, value in vars(settings).items()],
        "counts": list(counts.items()),
    }


def read_history(paths: Iterable[Path]) -> pa.Table | None:
    """ops.runs of the first of the files that can be read, or None."""
    names = join_names(column.name for column in RUNS.columns)
    for path in paths:
        try:
            with duckdb.connect(str(path), read_only=True) as con:
                return con.sql(f"select {names} from ops.runs order by started_at").to_arrow_table()
        except duckdb.Error as error:
            logger.warning("The history of runs in %s cannot be read: %s", path, first_line(error))
    return None


def load_history(con: duckdb.DuckDBPyConnection, history: pa.Table | None, run_id: str) -> None:
    """Copies the runs of the warehouse before into ops.runs."""
    if history is None:
        return
    con.register("new_rows", history)
    con.execute("insert into ops.runs select * from new_rows where run_id <> ?", [run_id])
    con.unregister("new_rows")
