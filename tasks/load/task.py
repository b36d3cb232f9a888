"""The stage load: Parquet and reference data to a published warehouse."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from tasks import storage
from tasks.errors import DatelineError
from tasks.load import checks, models, publish, warehouse
from tasks.load.statements import first_line
from tasks.settings import Settings

logger = logging.getLogger(__name__)

SOURCES = ("tasks/load", "tasks/schemas.py", "tasks/storage.py", "tasks/reference.py")

Progress = Callable[[str, int, int], None]


class Summary(NamedTuple):
    """What a run of the stage did: `is_published` is False where the warehouse was fresh; `warnings` found bad rows."""

    run_id: str
    path: Path
    is_published: bool
    counts: dict[str, int]
    model_count: int = 0
    check_count: int = 0
    warnings: tuple[checks.CheckResult, ...] = ()
    seconds: float = 0.0

    def __str__(self) -> str:
        """One sentence for a person."""
        if not self.is_published:
            return f"{self.path} is fresh"
        found = ", ".join(f"{self.counts[name]} {name}" for name in ("articles", "entities", "events", "quotes"))
        warned = f", {len(self.warnings)} of them with warnings" if self.warnings else ""
        return f"{self.path} published with {found}; {self.model_count} models, {self.check_count} checks{warned}"


class _Steps:
    """Counts the steps of a load and reports each."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total = total
        self.done = 0
        self.progress = progress

    def advance(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress("load", self.done, self.total)


def load(settings: Settings, *, run_id: str, force: bool = False, progress: Progress | None = None) -> Summary:
    """The summary of a run that publishes a new warehouse, or does nothing where it is fresh.

    Raises MissingStageError where a stage has not run, LockedError where another load runs, DataError for broken
    Parquet, CheckFailedError where a check of severity error found bad rows; then the old warehouse stays.
    """
    started_at = datetime.now(UTC)
    files = warehouse.core_files(settings.data_dir)
    with storage.hold_lock(publish.lock_path(settings)):
        publish.sweep(settings)
        mark = fingerprint(settings, files)
        if not force and publish.read_published_fingerprint(settings) == mark:
            return Summary(run_id, settings.warehouse_path, False, {})
        try:
            summary = build(settings, files, run_id=run_id, mark=mark, started_at=started_at, progress=progress)
            publish.publish(settings, run_id, mark)
        except duckdb.Error as error:
            raise DatelineError(
                f"The warehouse cannot be built: {first_line(error)}; nothing was published."
            ) from error
        except OSError as error:
            raise DatelineError(
                f"{error.filename or settings.warehouse_path} fails: {error.strerror}; nothing was published."
            ) from error
        finally:
            publish.sweep(settings)
    return summary


def is_stale(settings: Settings) -> bool:
    """Whether load would publish; raises MissingStageError where a stage has not run."""
    mark = fingerprint(settings, warehouse.core_files(settings.data_dir))
    return publish.read_published_fingerprint(settings) != mark


def fingerprint(settings: Settings, files: Mapping[str, Sequence[Path]]) -> str:
    """The hash of all that a warehouse is made from: code, SQL, reference data, and the marks of the Parquet files."""
    marks = [(name, path.name, storage.read_fingerprint(path)) for name, paths in files.items() for path in paths]
    sql = [(path.parent.name, path.name, path.read_bytes()) for path in sorted(settings.sql_dir.glob("*/*.*"))]
    reference = storage.files_hash(settings.reference_dir.glob("*.csv"))
    return storage.fingerprint(storage.source_hash(*SOURCES), warehouse.dateline_version(), sql, reference, marks)


def build(
    settings: Settings,
    files: Mapping[str, Sequence[Path]],
    *,
    run_id: str,
    mark: str,
    started_at: datetime,
    progress: Progress | None = None,
) -> Summary:
    """Builds and checks the warehouse of a run in a file of its own; raises DatelineError."""
    start = time.perf_counter()
    found_models = models.read_models(settings.sql_dir)
    history = warehouse.read_history(_earlier_files(settings))
    path = publish.build_path(settings, run_id)
    with closing(warehouse.create_warehouse(path, threads=settings.workers)) as con:
        seeds = warehouse.load_seeds(con, settings.reference_dir)
        ordered = models.order_models(con, found_models, seeds)
        all_checks = [
            *checks.span_checks(),
            *checks.reference_checks(),
            *checks.model_checks(ordered),
            *checks.read_checks(con, settings.sql_dir),
        ]
        steps = _Steps(1 + len(ordered) + len(all_checks), progress)
        counts = warehouse.load_core(con, files)
        warehouse.insert_rows(con, warehouse.STAGE_FILES, warehouse.list_stage_files(settings.data_dir, files))
        warehouse.load_rejected(con)
        steps.advance()
        runs = models.run_models(con, ordered, steps.advance)
        results = checks.run_checks(con, all_checks, steps.advance)
        checks.require_passed(results)
        warehouse.insert_rows(con, warehouse.MODELS, [run._asdict() for run in runs])
        warehouse.insert_rows(con, warehouse.CHECKS, [result._asdict() for result in results])
        warehouse.load_history(con, history, run_id)
        run = warehouse.describe_run(run_id, started_at, settings, counts)
        warehouse.insert_rows(con, warehouse.RUNS, [run])
        meta = {"run_id": run_id, "fingerprint": mark, "dateline_version": warehouse.dateline_version()}
        warehouse.insert_rows(con, warehouse.META, [{"key": k, "value": v} for k, v in meta.items()])
        con.execute("checkpoint")
    warnings = tuple(checks.find_failed(results, "warn"))
    for warning in warnings:
        logger.warning("Check %s: %d rows. %s", warning.check_name, warning.bad_row_count, warning.description)
    seconds = time.perf_counter() - start
    return Summary(run_id, settings.warehouse_path, True, counts, len(runs), len(results), warnings, seconds)


def _earlier_files(settings: Settings) -> list[Path]:
    """Where the history of runs may be read: the published file, or else a snapshot, which nobody has open to write."""
    published = [settings.warehouse_path] if settings.warehouse_path.exists() else []
    return published + publish.list_snapshots(settings)
