"""From the counts of each document to a figure with its interval."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20
Counts: TypeAlias = NDArray[np.float64]
# From summed counts, in the last axis, to the figure.
Statistic: TypeAlias = Callable[[Counts], Any]


class Score(NamedTuple):
    """A figure of the scoreboard with its 95% interval; `items` counts what gold holds."""

    task: str
    set: str
    metric: str
    value: float
    low: float
    high: float
    items: int


class Figure(NamedTuple):
    """A metric: the columns of a document's counts that its statistic takes, in order, and the one that counts gold."""

    metric: str
    columns: tuple[str, ...]
    statistic: Statistic
    items: str


def _divide(upper: Any, lower: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(lower) > 0, upper / lower, np.nan)


def share(sums: Counts) -> Any:
    """Per cent of (right, all)."""
    return 100 * _divide(sums[..., 0], sums[..., 1])


def rate(sums: Counts) -> Any:
    """The ratio of two counts."""
    return _divide(sums[..., 0], sums[..., 1])


def f1(sums: Counts) -> Any:
    """F1 in per cent of (right, found, gold)."""
    return 100 * _divide(2 * sums[..., 0], sums[..., 1] + sums[..., 2])


def paired_f1(sums: Counts) -> Any:
    """F1 in per cent of (found that match, found, gold that match, gold), where the two sides match other items."""
    precision = _divide(sums[..., 0], sums[..., 1])
    recall = _divide(sums[..., 2], sums[..., 3])
    return 100 * np.nan_to_num(_divide(2 * precision * recall, precision + recall))


def macro_f1(sums: Counts) -> Any:
    """Mean F1 in per cent over the classes that gold has, given (right, found, gold) of each in turn."""
    classes = sums.reshape(*sums.shape[:-1], -1, 3)
    scores = np.where(classes[..., 2] > 0, f1(classes), np.nan)
    known = ~np.isnan(scores)
    return _divide(np.where(known, scores, 0.0).sum(axis=-1), known.sum(axis=-1))


def bootstrap(rows: Counts, statistic: Statistic) -> tuple[float, float]:
    """The 95% interval of a statistic under resampling of documents, always the same for the same counts."""
    random = np.random.default_rng(SEED)
    weights = random.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=RESAMPLES)
    values = np.asarray(statistic(weights @ rows))
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def score_rows(task: str, set_name: str, figure: Figure, rows: Sequence[dict[str, float]]) -> Score | None:
    """The score of a figure over the counts of documents, or None where gold holds nothing of the kind."""
    items = sum(row[figure.items] for row in rows)
    counts = np.array([[row[column] for column in figure.columns] for row in rows], dtype=np.float64)
    value = float(figure.statistic(counts.sum(axis=0))) if len(rows) else float("nan")
    if not items or np.isnan(value):
        return None
    return Score(task, set_name, figure.metric, value, *bootstrap(counts, figure.statistic), round(items))


def score_figures(task: str, set_name: str, figures: Sequence[Figure], rows: Sequence[dict[str, float]]) -> list[Score]:
    """The scores of the figures that gold has items for."""
    scores = (score_rows(task, set_name, figure, rows) for figure in figures)
    return [score for score in scores if score is not None]
