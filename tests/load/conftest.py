"""Settings over a small data folder."""

from pathlib import Path

import pytest

from tasks.settings import Settings
from tests.load.world import Rows, make_rows, write_rows


@pytest.fixture
def rows() -> Rows:
    """The rows of the small world; a test that breaks some writes them again."""
    return make_rows()


@pytest.fixture
def empty_settings(tmp_path: Path) -> Settings:
    """Settings over a new data folder with nothing in it."""
    return Settings(data_dir=tmp_path / "data", workers=1)


@pytest.fixture
def settings(empty_settings: Settings, rows: Rows) -> Settings:
    """Settings over a data folder that holds the small world."""
    write_rows(empty_settings.data_dir, rows)
    return empty_settings
