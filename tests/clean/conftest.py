"""What tests of clean share: the shipped rules, a story long enough to be one, settings in a folder of their own."""

from pathlib import Path

import pytest

from tasks.clean.boilerplate import Rules
from tasks.clean.task import load_rules
from tasks.settings import Settings

ROW = {"rule_id": "x", "scope": "line", "needs": "", "pattern": "a", "comment": ""}
STORY = (
    "The government said on Monday that it would withdraw the bill after tens of thousands of people demonstrated "
    "outside parliament for two nights in a row.\n\nThe opposition called the announcement a trick and said that it "
    "would go on with the rallies until all detainees were free.\n\nPolice said 66 people had been arrested."
)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules(Settings().reference_dir)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", max_input_bytes=100_000)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
