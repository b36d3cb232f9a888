"""From counts to figures."""

import math

import numpy as np
import pytest

from benchmarks.accuracy.measures import (
    Figure,
    bootstrap,
    f1,
    macro_f1,
    paired_f1,
    rate,
    score_figures,
    score_rows,
    share,
)


def test_f1_of_counts() -> None:
    assert float(f1(np.array([2.0, 3.0, 5.0]))) == pytest.approx(50.0)


def test_share_is_in_per_cent_and_rate_is_not() -> None:
    assert float(share(np.array([1.0, 4.0]))) == 25.0
    assert float(rate(np.array([6.0, 4.0]))) == 1.5


def test_paired_f1_takes_precision_and_recall_from_their_own_sides() -> None:
    precision, recall = 1 / 2, 3 / 4
    expected = 100 * 2 * precision * recall / (precision + recall)
    assert float(paired_f1(np.array([1.0, 2.0, 3.0, 4.0]))) == pytest.approx(expected)
    assert float(paired_f1(np.array([0.0, 2.0, 0.0, 4.0]))) == 0.0


def test_macro_f1_leaves_out_classes_without_gold() -> None:
    sums = np.array([1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 3.0, 0.0])
    assert float(macro_f1(sums)) == pytest.approx(50.0)


def test_nothing_to_count_is_no_number() -> None:
    assert math.isnan(float(share(np.array([0.0, 0.0]))))


def test_statistics_work_on_many_resamples_at_once() -> None:
    assert f1(np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])).tolist() == [100.0, 0.0]


def test_equal_documents_have_no_spread() -> None:
    assert bootstrap(np.array([[1.0, 2.0]] * 5), share) == (50.0, 50.0)


def test_interval_holds_the_value_and_is_always_the_same() -> None:
    rows = np.array([[1.0, 1.0], [0.0, 1.0]] * 50)
    low, high = bootstrap(rows, share)
    assert 35.0 < low < 50.0 < high < 65.0
    assert bootstrap(rows, share) == (low, high)


def test_score_counts_gold_items() -> None:
    figure = Figure("recall", ("right", "gold"), share, "gold")
    score = score_rows("task", "set", figure, [{"right": 1, "gold": 2}, {"right": 2, "gold": 4}])
    assert score is not None
    assert (score.value, score.items) == (50.0, 6)


def test_set_without_gold_items_gives_no_score() -> None:
    figure = Figure("recall", ("right", "gold"), share, "gold")
    assert score_figures("task", "set", [figure], [{"right": 0, "gold": 0}]) == []
    assert score_figures("task", "set", [figure], []) == []
