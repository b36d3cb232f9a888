"""How far a run is: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

Report = Callable[[str, int, int], None]
LINES_PER_STAGE = 10


def report_lines(stage: str, done: int, total: int) -> None:
    """Prints every tenth part of a stage's work as a line."""
    step = max(total // LINES_PER_STAGE, 1)
    if done == total or done % step == 0:
        print(f"{stage}: {done} of {total}", file=sys.stderr, flush=True)


_current: ContextVar[Report] = ContextVar("report", default=report_lines)


def report(stage: str, done: int, total: int) -> None:
    """Reports to the bars of the enclosing show_progress, else as lines."""
    _current.get()(stage, done, total)


@contextmanager
def show_progress() -> Iterator[None]:
    """Draws one bar a stage for what is reported inside the block, where standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    bars: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:

        def draw(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done, total=total)

        token = _current.set(draw)
        try:
            yield
        finally:
            _current.reset(token)
