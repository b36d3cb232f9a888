"""What `dateline status` says: each stage fresh or stale, rows, rejects by reason, and what is published."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from flows.line import STAGES, find_inputs, stale_stages
from tasks import schemas, storage
from tasks.errors import DatelineError
from tasks.settings import Settings


def describe_status(settings: Settings) -> Iterator[str]:
    """The lines of the report."""
    try:
        stale = stale_stages(settings, find_inputs(settings, []))
    except DatelineError as error:
        stale = list(STAGES)
        yield str(error)
    for stage in STAGES:
        yield f"{stage:<10} {'stale' if stage in stale else 'fresh'}"
        for dataset in schemas.DATASETS.values():
            files = storage.dataset_files(settings.data_dir, dataset)
            if dataset.stage == stage and files:
                yield f"  {dataset.name:<20} {sum(storage.count_rows(file) for file in files):>9,} rows"
    yield from _describe_rejects(settings)
    yield _describe_warehouse(settings)


def _describe_rejects(settings: Settings) -> Iterator[str]:
    for dataset in (schemas.REJECTED_ARTICLES, schemas.FAILED_ARTICLES):
        if storage.dataset_files(settings.data_dir, dataset):
            table = storage.read_dataset(settings.data_dir, dataset, ["reason"])
            for reason, count in sorted(Counter(table.column("reason").to_pylist()).items()):
                yield f"{dataset.name}: {count} {reason}"


def _describe_warehouse(settings: Settings) -> str:
    path = settings.warehouse_path
    if not path.exists():
        return f"{path} is not published yet; run `dateline run`."
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"{path} was published {when:%Y-%m-%d %H:%M} UTC, {path.stat().st_size / 1e6:.1f} MB"
