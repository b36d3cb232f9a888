"""The whole line as one Prefect flow, one subflow a stage."""

from collections.abc import Sequence

from prefect import flow, get_run_logger

from flows.line import LOCK_NAME, find_inputs, has_work, make_settings
from flows.stages import clean_stage, extract_stage, load_stage, normalize_stage
from tasks.storage import hold_lock


@flow(name="dateline")
def pipeline(
    inputs: Sequence[str] = (),
    *,
    data_dir: str = "data",
    model: str | None = None,
    workers: int = 2,
    dask: str | None = None,
    force: bool = False,
    columns: dict[str, str] | None = None,
    offline: bool = False,
    allow_private: Sequence[str] = (),
) -> list[str]:
    """What each stage did, in one sentence each; empty where nothing was stale.

    Without inputs the drop folder `data_dir/raw` is read, or the sample articles while it is empty. Raises
    InputNotFoundError, LockedError, and whatever stops a stage.
    """
    logger = get_run_logger()
    settings = make_settings(data_dir, model, workers, columns, offline=offline, allow_private=allow_private)
    paths = find_inputs(settings, inputs)
    with hold_lock(settings.data_dir / LOCK_NAME):
        if not force and not has_work(settings, paths):
            logger.info("Nothing new in %s.", ", ".join(str(path) for path in paths))
            return []
        summaries = [
            clean_stage(
                [str(path) for path in paths], data_dir, force, columns, offline=offline, allow_private=allow_private
            ),
            extract_stage(data_dir, model, workers, dask, force),
            normalize_stage(data_dir, force),
            load_stage(data_dir, force),
        ]
    for summary in summaries:
        logger.info(summary)
    return summaries
