"""The small world of tests/load, published once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.load.query import run_query
from tasks.load.task import load
from tasks.settings import Settings
from tests.load.world import make_rows, write_rows

Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse of the small world."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), workers=1)
    write_rows(settings.data_dir, make_rows())
    return load(settings, run_id="20240509T000000Z-0000").path


@pytest.fixture
def query(warehouse: Path) -> Query:
    """Runs a select and returns its rows."""
    return lambda sql: run_query(warehouse, sql)[1]
