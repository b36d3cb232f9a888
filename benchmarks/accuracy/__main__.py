"""`python -m benchmarks.accuracy`: what the shipped model and rules score on public annotated sets."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy import scoreboard  # noqa: F401  (registers the tasks)
from benchmarks.accuracy.frame import TASKS, Run, run_tasks
from benchmarks.accuracy.measures import Score
from tasks.settings import DEFAULT_MODEL, PROJECT_DIR, Settings

# Tasks whose sets are part of the project.
OWN_TASKS = {"pairs"}
HEADINGS = ("task", "set", "metric", "value", "95% interval", "items")


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of a call."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder of the sets; those that it lacks are skipped")
    parser.add_argument("--split", default="dev", help="dev or test; files are found by it")
    parser.add_argument(
        "--task", nargs="+", default=list(TASKS), choices=list(TASKS), metavar="NAME", help="all by default"
    )
    parser.add_argument("--json", type=Path, help="file to write the scores to")
    parser.add_argument("--limit", type=int, help="only so many documents of each set")
    parser.add_argument("--model", default=str(DEFAULT_MODEL), help="spaCy pipeline, by name or path")
    options = parser.parse_args(arguments)
    if options.corpora is None:
        if set(options.task) - OWN_TASKS:
            parser.error(f"--corpora is needed for all tasks but {', '.join(sorted(OWN_TASKS))}.")
        options.corpora = PROJECT_DIR
    elif not options.corpora.is_dir():
        parser.error(f"{options.corpora} is no folder; unpack the corpora and give theirs.")
    return options


def format_table(scores: Sequence[Score]) -> str:
    """The scores as a table in Markdown, aligned for reading as it is."""
    rows = [HEADINGS, *(format_score(score) for score in scores)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def format_score(score: Score) -> tuple[str, ...]:
    """The cells of a row."""
    interval = f"{score.low:.1f}–{score.high:.1f}"
    return (score.task, score.set, score.metric, f"{score.value:.1f}", interval, str(score.items))


def format_json(scores: Sequence[Score], options: argparse.Namespace) -> str:
    """The scores with what they were made by."""
    made_by = {"split": options.split, "limit": options.limit, "model": Path(options.model).name}
    return json.dumps({**made_by, "scores": [score._asdict() for score in scores]}, indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the tasks, prints the table and writes the file; 1 where no set was found."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("benchmarks").setLevel(logging.INFO)
    options = parse_arguments(arguments)
    run = Run(options.corpora, options.split, options.model, Settings().reference_dir, options.limit)
    scores: list[Score] = []
    try:
        for found in run_tasks(run, options.task):
            scores += found
    finally:  # a task that fails late should not take the hours of the others with it
        print(format_table(scores))
        if options.json is not None:
            options.json.write_text(format_json(scores, options), encoding="utf-8")
    return 0 if scores else 1


if __name__ == "__main__":
    raise SystemExit(main())
