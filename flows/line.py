"""The line as plain functions: which inputs, what is stale, and each stage run with its summary in one sentence."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.progress import report
from tasks.clean import task as clean
from tasks.clean.web.address import Input, to_input
from tasks.clean.web.edge import has_web_sources
from tasks.errors import InputNotFoundError, MissingStageError
from tasks.extract import task as extract
from tasks.load import task as load
from tasks.normalize import task as normalize
from tasks.settings import DEFAULT_INPUT, DEFAULT_MODEL, Settings

STAGES = ("clean", "extract", "normalize", "load")
LOCK_NAME = ".run.lock"


def make_settings(
    data_dir: str | Path,
    model: str | None = None,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    *,
    offline: bool = False,
    allow_private: Sequence[str] = (),
) -> Settings:
    """The settings that flow parameters and command-line options stand for."""
    return Settings(
        data_dir=Path(data_dir),
        model=model or str(DEFAULT_MODEL),
        workers=workers,
        columns=tuple(sorted((columns or {}).items())),
        offline=offline,
        allow_private=tuple(allow_private),
    )


def find_inputs(settings: Settings, given: Sequence[Input]) -> list[Input]:
    """The inputs of a run: those given, else the drop folder if it holds anything, else the sample articles.

    Raises InputNotFoundError for a path that does not exist.
    """
    if not given:
        has_drops = settings.raw_dir.is_dir() and any(settings.raw_dir.iterdir())
        return [settings.raw_dir if has_drops else DEFAULT_INPUT]
    inputs = [to_input(item) for item in given]
    for item in inputs:
        if isinstance(item, Path) and not item.exists():
            raise InputNotFoundError(f"There is no file or folder {item}; check the path.")
    return inputs


def has_work(settings: Settings, inputs: Sequence[Input]) -> bool:
    """Whether a run may do anything: a stage is stale, or only asking the web can tell."""
    return has_web_sources(inputs, settings) or bool(stale_stages(settings, inputs))


def stale_stages(settings: Settings, inputs: Sequence[Input]) -> list[str]:
    """The stages that a run would redo: the first stale one and all after it."""
    checks: tuple[Callable[[], bool], ...] = (
        lambda: clean.is_stale(inputs, settings),
        lambda: extract.is_stale(settings),
        lambda: normalize.is_stale(settings),
        lambda: load.is_stale(settings),
    )
    for index, check in enumerate(checks):
        try:
            if check():
                return list(STAGES[index:])
        except MissingStageError:
            return list(STAGES[index:])
    return []


def make_run_id() -> str:
    """A new run's name: its start in UTC and four random digits, so that names sort by time."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def run_stage(
    stage: str,
    settings: Settings,
    *,
    inputs: Sequence[Input] = (),
    force: bool = False,
    submit: extract.Submit | None = None,
) -> str:
    """Runs one stage; the result is one sentence on what it did."""
    match stage:
        case "clean":
            return str(clean.clean(inputs, settings, force=force, progress=report))
        case "extract":
            return str(extract.extract(settings, force=force, progress=report, submit=submit))
        case "normalize":
            return str(normalize.normalize(settings, force=force, progress=report))
        case "load":
            return str(load.load(settings, run_id=make_run_id(), force=force, progress=report))
    raise ValueError(f"There is no stage {stage}.")
