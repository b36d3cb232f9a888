"""The frame: what a task of the scoreboard is given, and where tasks are registered by name."""

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, TypeVar

from benchmarks.accuracy.measures import Score
from benchmarks.accuracy.reading import Reader

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One run of the scoreboard: where sets lie, which split is asked for, who reads."""

    corpora: Path
    split: str
    model: str
    reference_dir: Path
    limit: int | None = None
    missing: list[str] = field(default_factory=list)

    @cached_property
    def reader(self) -> Reader:
        """The model with the rules over it, loaded once it is needed."""
        return Reader(self.model, self.reference_dir)

    def find(self, pattern: str) -> list[Path]:
        """The paths that match a pattern below the corpora, in order; says so where there is none."""
        paths = sorted(self.corpora.glob(pattern))
        if not paths:
            self.missing.append(pattern)
            logger.warning("skipped: no %s below the corpora folder", pattern)
        return paths

    def take(self, documents: Iterable[T]) -> Iterator[T]:
        """The documents, the first `limit` of a set where there is a limit."""
        return itertools.islice(documents, self.limit)


Task: TypeAlias = Callable[[Run], list[Score]]
TASKS: dict[str, Task] = {}


def register(name: str) -> Callable[[Task], Task]:
    """Enters a function in the scoreboard under that name."""

    def enter(task: Task) -> Task:
        TASKS[name] = task
        return task

    return enter


def run_tasks(run: Run, names: Iterable[str]) -> Iterator[list[Score]]:
    """The scores of each of the named tasks, in that order."""
    for name in names:
        logger.info("%s …", name)
        yield TASKS[name](run)
