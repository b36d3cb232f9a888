"""The four stages as Prefect flows, for the line and for deployments of their own."""

from collections.abc import Iterator, Sequence
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.line import make_settings, run_stage
from tasks.clean.web.address import to_input
from tasks.extract.task import Batch, extract_batch
from tasks.settings import Settings

run_whole = task(name="stage", task_run_name="{stage}", cache_policy=NO_CACHE, persist_result=False)(run_stage)
run_batch = task(name="extract-batch", cache_policy=NO_CACHE, retries=1, persist_result=False)(extract_batch)


@flow(name="clean")
def clean_stage(
    inputs: Sequence[str],
    data_dir: str = "data",
    force: bool = False,
    columns: dict[str, str] | None = None,
    *,
    offline: bool = False,
    allow_private: Sequence[str] = (),
) -> str:
    """What the stage clean did, in one sentence; `columns` names the columns of records that hold a field."""
    settings = make_settings(data_dir, columns=columns, offline=offline, allow_private=allow_private)
    return str(run_whole("clean", settings, inputs=[to_input(item) for item in inputs], force=force))


@flow(name="extract")
def extract_stage(
    data_dir: str = "data", model: str | None = None, workers: int = 2, dask: str | None = None, force: bool = False
) -> str:
    """What the stage extract did, in one sentence; `dask` is the address of a cluster that sees the same files."""
    settings = make_settings(data_dir, model, workers)
    if dask is None:
        return str(run_whole("extract", settings, force=force))
    from prefect_dask.task_runners import DaskTaskRunner

    runner: Any = DaskTaskRunner(address=dask)
    return str(_extract_on_dask.with_options(task_runner=runner)(settings, force))


@flow(name="extract-on-dask")
def _extract_on_dask(settings: Settings, force: bool) -> str:
    return run_stage("extract", settings, force=force, submit=_submit_batches)


def _submit_batches(settings: Settings, batches: list[Batch], force: bool) -> Iterator[str]:
    futures = [run_batch.submit(settings, batch, force) for batch in batches]
    for future in as_completed(futures):
        yield future.result()


@flow(name="normalize")
def normalize_stage(data_dir: str = "data", force: bool = False) -> str:
    """What the stage normalize did, in one sentence."""
    return str(run_whole("normalize", make_settings(data_dir), force=force))


@flow(name="load")
def load_stage(data_dir: str = "data", force: bool = False) -> str:
    """What the stage load did, in one sentence."""
    return str(run_whole("load", make_settings(data_dir), force=force))
