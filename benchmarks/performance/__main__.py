"""`python -m benchmarks.performance`: the whole line against `nlp.pipe` over the same bodies, and peak memory.

Each side runs as processes of its own, so start-up and loading the model count on both sides.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from tasks import schemas, storage
from tasks.settings import DEFAULT_INPUT, DEFAULT_MODEL

SAMPLE_SECONDS = 1.0
BARE_MODEL = "benchmarks.performance.bare"
PLAIN_MODEL = "benchmarks.performance.cnn"
GROWTH = "benchmarks.performance.mentions"


class Measured(NamedTuple):
    """Wall-clock seconds, highest memory in GB and processor seconds of a command with all its children."""

    seconds: float
    peak_gb: float
    cpu_seconds: float = 0.0


def measure(command: list[str]) -> Measured:
    """Runs a command to its end; raises CalledProcessError where it fails."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start, used = time.perf_counter(), os.times()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - start
    if process.returncode:
        sys.stderr.write(errors.decode(errors="replace"))
        raise subprocess.CalledProcessError(process.returncode, command)
    now = os.times()
    cpu_seconds = now.children_user + now.children_system - used.children_user - used.children_system
    return Measured(seconds, peak[0] / 1e9, cpu_seconds)


def _watch(pid: int, peak: list[int]) -> None:
    try:
        root = psutil.Process(pid)
        while True:
            peak[0] = max(peak[0], sum(_memory(item) for item in [root, *root.children(recursive=True)]))
            time.sleep(SAMPLE_SECONDS)
    except psutil.NoSuchProcess:
        return


def _memory(process: psutil.Process) -> int:
    """Memory of one process: its own pages and its share of shared ones, in bytes."""
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def take_articles(source: Path, count: int, target: Path) -> None:
    """Copies the first `count` lines of a JSONL file."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        out.writelines(itertools.islice(lines, count))


def main() -> None:
    """Prints the table of ratios."""
    parser = argparse.ArgumentParser(prog="benchmarks.performance", description=__doc__)
    parser.add_argument(
        "--input", type=Path, default=DEFAULT_INPUT, help="folder, or JSONL of which --articles are taken"
    )
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", default=str(DEFAULT_MODEL))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = options.input
        if source.suffix == ".jsonl":
            source = folder / "input.jsonl"
            take_articles(options.input, options.articles, source)
        report(source, folder / "data", options.workers, options.model)


def report(source: Path, data_dir: Path, workers: int, model: str) -> None:
    """Measures the stages in order, the bare model over the bodies they made, a plain CNN, and a growing normalize."""
    dateline = [sys.executable, "-m", "flows.cli"]
    data = ["--data", str(data_dir)]
    reading = ["--workers", str(workers), "--model", model]
    line = {
        "clean": measure([*dateline, "clean", str(source), *data]),
        "extract": measure([*dateline, "extract", *data, *reading]),
        "normalize": measure([*dateline, "normalize", *data]),
        "load": measure([*dateline, "load", *data]),
    }
    again = measure([*dateline, "run", str(source), *data, *reading])
    bare = measure([sys.executable, "-m", BARE_MODEL, str(data_dir), model, str(workers)])
    articles = storage.read_dataset(data_dir, schemas.ARTICLES, ["char_count"])
    total = Measured(sum(m.seconds for m in line.values()), max(m.peak_gb for m in line.values()))
    megabytes = sum(articles.column("char_count").to_pylist()) / 1e6
    print(f"{articles.num_rows} articles, {megabytes:.1f} million characters, {workers} processes")
    print(f"{'':<24}{'to bare':>8}{'seconds':>9}{'peak GB':>9}")
    rows = {"nlp.pipe alone": bare, **line, "whole line": total, "run with nothing new": again}
    for title, measured in rows.items():
        print(f"{title:<24}{measured.seconds / bare.seconds:>8.2f}{measured.seconds:>9.1f}{measured.peak_gb:>9.2f}")
    print(json.dumps({title: measured._asdict() for title, measured in rows.items()}), flush=True)
    subprocess.run([sys.executable, "-m", PLAIN_MODEL, str(data_dir), model], check=True)
    subprocess.run([sys.executable, "-m", GROWTH, str(data_dir)], check=True)


if __name__ == "__main__":
    main()
