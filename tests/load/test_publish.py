"""Publishing next to other processes: readers, a second load, a killed load, a shell that wrote to the old file."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tasks.errors import LockedError
from tasks.load.query import run_query
from tasks.load.task import load
from tasks.settings import PROJECT_DIR, Settings

RUN = "20240509T000000Z-0001"
LATER = "20240509T010000Z-0002"

READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
con.execute("select count(*) from quotes").fetchall()
print("open", flush=True)
sys.stdin.readline()
print(con.execute("select value from ops.meta where key = 'run_id'").fetchall()[0][0], flush=True)
"""
SLOW_LOADER = """
import sys
from pathlib import Path
from tasks.load.task import load
from tasks.settings import Settings
def wait(stage, done, total):
    if done == 1:
        print("building", flush=True)
        sys.stdin.readline()
print(load(Settings(data_dir=Path(sys.argv[1]), workers=1), run_id=sys.argv[2], progress=wait).run_id, flush=True)
"""
WRITER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
con.execute("create table mine as select 1 as x")
print("wrote", flush=True)
sys.stdin.readline()
"""


@contextmanager
def child(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A Python process that has said its first word."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline()
            yield process
        finally:
            process.kill()


def say_on(process: subprocess.Popen[str]) -> str:
    """What the process says after it may go on."""
    return process.communicate("\n", timeout=60)[0].strip()


def left_over(settings: Settings) -> list[Path]:
    return list(settings.data_dir.glob(".warehouse-*"))


def published_run(settings: Settings) -> str:
    return str(run_query(settings.warehouse_path, "select value from ops.meta where key = 'run_id'")[1][0][0])


def test_an_open_reader_keeps_the_old_file(settings: Settings) -> None:
    load(settings, run_id=RUN)
    with child(READER, settings.warehouse_path) as reader:
        load(settings, run_id=LATER, force=True)
        assert published_run(settings) == LATER
        assert say_on(reader) == RUN


def test_the_old_file_can_be_read_while_a_new_one_is_built_and_a_second_load_is_refused(settings: Settings) -> None:
    load(settings, run_id=RUN)
    (settings.data_dir / "warehouse.fingerprint").unlink()
    with child(SLOW_LOADER, settings.data_dir, LATER) as loader:
        assert published_run(settings) == RUN
        with pytest.raises(LockedError):
            load(settings, run_id="third", force=True)
        assert len(left_over(settings)) >= 1
        assert say_on(loader) == LATER
    assert published_run(settings) == LATER
    assert left_over(settings) == []


def test_a_killed_load_leaves_the_old_file_and_its_rest_is_swept(settings: Settings) -> None:
    load(settings, run_id=RUN)
    (settings.data_dir / "warehouse.fingerprint").unlink()
    with child(SLOW_LOADER, settings.data_dir, LATER) as loader:
        loader.kill()
        loader.wait()
        assert left_over(settings) != []
        assert published_run(settings) == RUN
    assert load(settings, run_id="next").is_published
    assert left_over(settings) == []


def test_the_log_of_a_killed_shell_is_not_replayed_on_the_new_file(settings: Settings) -> None:
    load(settings, run_id=RUN)
    log = settings.warehouse_path.with_name("warehouse.duckdb.wal")
    with child(WRITER, settings.warehouse_path) as writer:
        writer.kill()
        writer.wait()
    assert log.exists()
    load(settings, run_id=LATER, force=True)
    assert not log.exists()
    assert published_run(settings) == LATER


def test_a_shell_that_is_open_to_write_does_not_stop_a_load_and_history_comes_from_the_snapshot(
    settings: Settings,
) -> None:
    load(settings, run_id=RUN)
    with child(WRITER, settings.warehouse_path) as writer:
        with pytest.raises(LockedError, match="open for writing"):
            run_query(settings.warehouse_path, "from quotes")
        load(settings, run_id=LATER, force=True)
        assert run_query(settings.warehouse_path, "select run_id from ops.runs order by 1")[1] == [(RUN,), (LATER,)]
        say_on(writer)
    assert published_run(settings) == LATER
