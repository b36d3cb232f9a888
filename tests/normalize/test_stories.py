"""Stories: what articles are known by, and how alike they are."""

import pytest

from tasks.normalize.stories import find_stories, find_terms, likeness


def test_terms_are_words_without_endings_and_without_small_words() -> None:
    text = "The robbers were robbing jewellers near São Paulo."
    assert find_terms(text) == [
        "robb",
        "robb",
        "jewell",
        "near",
        "sao",
        "paulo",
    ]


def test_articles_are_alike_by_the_words_that_few_articles_use() -> None:
    common = "Police said on Friday that officials were informed."
    found = find_stories(
        {
            "a": [common, "Robbers dug a tunnel into the vault of a bank."],
            "b": [common, "The tunnel led into the bank, and its vault was empty."],
            "c": [common, "A ferry capsized off the island."],
        }
    )
    assert likeness(found["a"], found["a"]) == pytest.approx(1.0)
    assert likeness(found["a"], found["b"]) > 0.4 > likeness(found["a"], found["c"])
    assert likeness(found["a"], None) == 0.0


def test_stories_are_looked_for_under_terms_that_another_article_has() -> None:
    found = find_stories({"a": ["Tunnel vault"], "b": ["vault island"], "c": ["island"]})
    assert [story.anchors for story in found.values()] == [("vault",), ("island", "vault"), ("island",)]


def test_an_article_without_words_is_like_nothing() -> None:
    found = find_stories({"a": [], "b": ["the of and"]})
    assert likeness(found["a"], found["b"]) == 0.0
    assert find_stories({}) == {}
