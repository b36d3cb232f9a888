"""Statements inside statements keep their order: the smallest one around another is its parent."""

from tasks.nlp.nesting import find_parents
from tasks.nlp.records import Quote


def test_parent_is_the_smallest_statement_around() -> None:
    outer = Quote("indirect", ((2, 20),), cue=(1, 2))
    middle = Quote("indirect", ((5, 18),), cue=(4, 5))
    inner = Quote("indirect", ((9, 18),), cue=(8, 9))
    assert find_parents([outer, middle, inner]) == [None, 0, 1]


def test_cue_outside_means_no_nesting() -> None:
    assert find_parents([Quote("indirect", ((2, 20),), cue=(1, 2)), Quote("direct", ((8, 12),), cue=(21, 22))]) == [
        None,
        None,
    ]


def test_words_in_marks_without_a_cue_stand_inside() -> None:
    assert find_parents([Quote("indirect", ((2, 20),), cue=(1, 2)), Quote("direct", ((8, 12),))]) == [None, 0]


def test_learned_edge_may_leave_one_word_out() -> None:
    assert find_parents([Quote("indirect", ((2, 20),), cue=(1, 2)), Quote("indirect", ((15, 21),), cue=(14, 15))]) == [
        None,
        0,
    ]


def test_equal_content_has_no_parent() -> None:
    quotes = [Quote("indirect", ((2, 8),), cue=(3, 4)), Quote("indirect", ((2, 8),), cue=(2, 3))]
    assert find_parents(quotes) == [None, None]


def test_no_quotes_have_no_parents() -> None:
    assert find_parents([]) == []
