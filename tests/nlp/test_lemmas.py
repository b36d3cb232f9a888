"""Lemma rules."""

import pytest

from tasks.nlp.lemmas import apply_rule, find_rule


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("talks", "talk"),
        ("Talks", "talk"),
        ("was", "be"),
        ("TALKS", "talk"),
        ("Nazarbayev", "Nazarbayev"),
        ("Kazakhs", "Kazakh"),
        ("n't", "not"),
        ("’s", "'s"),
        ("better", "good"),
        ("U.S.", "U.S."),
    ],
)
def test_the_rule_of_a_pair_makes_its_lemma_again(form, lemma):
    assert apply_rule(form, find_rule(form, lemma)) == lemma


def test_one_rule_serves_all_regular_words_of_a_kind():
    assert find_rule("talks", "talk") == find_rule("Votes", "vote") == find_rule("MILES", "mile")


def test_a_word_too_short_for_a_rule_stays_itself():
    assert apply_rule("It", "-3|") == "it"
