"""Lemma rules."""

import pytest

from tasks.nlp.lemmas import Lemmatizer, apply_rule, find_rule, make_key


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


def test_what_is_known_by_heart_goes_before_rules():
    lemmatizer = Lemmatizer({make_key("left", "VERB"): "leave"}, {"left"}, ("-0|",))
    assert lemmatizer.find("Left", "VERB", [0]) == "leave"
    assert lemmatizer.find("left", "ADJ", [0]) == "left"


def test_a_rule_that_leads_to_a_known_form_goes_before_a_likelier_one():
    lemmatizer = Lemmatizer({}, {"claim", "deny"}, ("-1|", "-2|", "-3|y"))
    assert lemmatizer.find("claimed", "VERB", [0, 1, 2]) == "claim"
    assert lemmatizer.find("denied", "VERB", [0, 1, 2]) == "deny"
    assert lemmatizer.find("blorbed", "VERB", [0, 1, 2]) == "blorbe"
