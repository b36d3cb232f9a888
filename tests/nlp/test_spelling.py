"""What the network sees of a word."""

import pytest

from tasks.nlp.spelling import GRAM_ROWS, MOST_GRAMS, SHAPE_ROWS, find_shape, spell


@pytest.mark.parametrize(
    ("word", "shape"),
    [("Almaty", "Xxxxx"), ("UN", "XX"), ("NAZARBAYEV", "XXXX"), ("U.S.", "X.X."), ("2,014", "d,ddd"), ("", "")],
)
def test_shapes_keep_case_and_signs_and_cut_long_runs(word, shape):
    assert find_shape(word) == shape


def test_forms_forget_case_digits_and_curls():
    assert spell("Don’T").form == "don't"
    assert spell("2014").form == spell("1999").form == "0000"


def test_rows_lie_inside_their_tables_for_any_word():
    for word in ("a", "the", "Ægypten", "x" * 5000, "🙂", "—"):
        spelling = spell(word)
        assert 0 < len(spelling.grams) <= MOST_GRAMS
        assert all(0 <= row < GRAM_ROWS for row in spelling.grams)
        assert 0 <= spelling.shape < SHAPE_ROWS


def test_related_words_share_letter_sequences():
    shared = set(spell("Nazarbayev").grams) & set(spell("Nazarbaev").grams)
    assert len(shared) > 8
