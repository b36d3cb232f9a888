"""Trees out of arc scores."""

import itertools

import numpy
import pytest

from tasks.nlp.trees import find_tree


def is_tree(heads):
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = int(heads[node - 1]), steps + 1
        if node:
            return False
    return int((heads == 0).sum()) == 1


def best_by_trying_all(scores):
    size = len(scores)
    trees = (
        numpy.array(heads)
        for heads in itertools.product(range(size + 1), repeat=size)
        if all(head != child + 1 for child, head in enumerate(heads))
    )
    totals = [(float(scores[numpy.arange(size), heads].sum()), heads.tolist()) for heads in trees if is_tree(heads)]
    return max(totals)[0]


def test_one_word_is_its_own_root():
    assert find_tree(numpy.zeros((1, 2), dtype="f")).tolist() == [0]


def test_greedy_heads_stand_where_they_are_a_tree():
    scores = numpy.array([[0, 0, 5, 0], [5, 0, 0, 0], [0, 0, 5, 0]], dtype="f")
    assert find_tree(scores).tolist() == [2, 0, 2]


def test_a_circle_is_opened_where_it_costs_least():
    scores = numpy.array([[1, 0, 9, 0], [4, 9, 0, 0], [0, 0, 8, 0]], dtype="f")
    assert find_tree(scores).tolist() == [2, 0, 2]


def test_a_word_never_hangs_on_itself():
    assert find_tree(numpy.array([[0, 9, 1], [2, 1, 9]], dtype="f")).tolist() == [2, 0]


@pytest.mark.parametrize("seed", range(40))
def test_any_scores_give_a_tree_with_one_root(seed):
    generator = numpy.random.default_rng(seed)
    size = int(generator.integers(2, 40))
    assert is_tree(find_tree(generator.normal(size=(size, size + 1)).astype("f")))


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_under_the_chosen_root_is_the_best_one(seed):
    generator = numpy.random.default_rng(seed)
    scores = generator.normal(size=(4, 5)).astype("f")
    heads = find_tree(scores.copy())
    forced = scores.copy()
    forced[numpy.flatnonzero(heads != 0), 0] = -1e6
    total = float(scores[numpy.arange(4), heads].sum())
    assert total == pytest.approx(best_by_trying_all(forced), abs=1e-4)
