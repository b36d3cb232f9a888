"""The line as a Prefect flow, run as a user runs it: a process of its own, no server before, none after."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

from tests.flows.test_cli import STORY


def find_servers(data_dir: Path) -> list[int]:
    """Processes that work for the data folder's Prefect home."""
    found = []
    for process in psutil.process_iter(["pid", "environ", "status"]):
        environment = process.info["environ"] or {}
        if environment.get("PREFECT_HOME", "").startswith(str(data_dir)) and process.info["status"] != "zombie":
            found.append(process.info["pid"])
    return found


def test_flow_publishes_and_leaves_no_server_running(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY, encoding="utf-8")
    data = tmp_path / "data"
    command = [sys.executable, "-m", "flows.cli", "run", str(tmp_path / "in"), "--data", str(data), "--workers", "1"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    assert (data / "warehouse.duckdb").exists()
    assert "Traceback" not in done.stderr
    assert find_servers(data) == []
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert again.stdout.startswith("Nothing new")
