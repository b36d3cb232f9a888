"""Shared fixtures: the line run once over the sample articles, and the shipped model."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")

from flows.line import STAGES, run_stage
from tasks.settings import DEFAULT_INPUT, PROJECT_DIR, Settings

SCRAPES = PROJECT_DIR.parent / "shared" / "articles"


def run_line(data_dir: Path, inputs: list[Path], workers: int = 1) -> Settings:
    """The settings of a data folder in which the whole line has run over the inputs."""
    settings = Settings(data_dir=data_dir, workers=workers)
    for stage in STAGES:
        run_stage(stage, settings, inputs=inputs)
    return settings


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample articles, published."""
    return run_line(tmp_path_factory.mktemp("samples"), [DEFAULT_INPUT])


@pytest.fixture(scope="session")
def samples(sample_settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse of the sample articles."""
    with duckdb.connect(str(sample_settings.warehouse_path), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def kazakhstan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse of the real scrape, which lies outside the project."""
    if not (SCRAPES / "statecraft-kazakhstan.txt").exists():
        pytest.skip("the real scrape lies outside the project and is not on this machine")
    settings = run_line(tmp_path_factory.mktemp("scrape"), [SCRAPES])
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as con:
        yield con
