"""Copies are found with their original; different reports are not."""

import random

from tasks.clean.duplicates import Duplicate, find_duplicates, sign

WORDS = [f"word{n}" for n in range(3000)]


def make_text(seed: int, paragraphs: int = 12) -> str:
    chooser = random.Random(seed)
    return "\n\n".join(" ".join(chooser.choices(WORDS, k=40)) for _ in range(paragraphs))


def find(texts: list[str]) -> dict[int, Duplicate]:
    return find_duplicates([sign(text) for text in texts], range(len(texts)), texts.__getitem__)


def test_no_texts_have_no_copies() -> None:
    assert find([]) == {}


def test_different_texts_are_no_copies() -> None:
    assert find([make_text(seed) for seed in range(20)]) == {}


def test_same_words_in_other_case_and_marks_are_a_copy() -> None:
    text = make_text(1)
    assert find([text, text.upper().replace(" ", ", ")]) == {1: Duplicate(0, 1.0)}


def test_earliest_is_the_original() -> None:
    texts = [make_text(1)] * 3
    found = find_duplicates([sign(text) for text in texts], [2, 0, 1], texts.__getitem__)
    assert found == {0: Duplicate(1, 1.0), 2: Duplicate(1, 1.0)}


def test_copy_with_another_lead_and_a_cut_tail_is_found() -> None:
    text = make_text(1)
    copy = "\n\n".join(["A new lead by the desk.", *text.split("\n\n")[1:7]])
    found = find([text, make_text(2), copy])
    assert list(found) == [2]
    assert found[2].original == 0
    assert found[2].score > 0.9


def test_report_that_shares_one_quote_is_not_a_copy() -> None:
    text = make_text(1)
    other = "\n\n".join([*make_text(2).split("\n\n"), text.split("\n\n")[3]])
    assert find([text, other]) == {}


def test_copy_of_a_copy_points_to_the_original() -> None:
    text = make_text(1)
    cut = "\n\n".join(text.split("\n\n")[:9])
    found = find([text, cut, cut.upper()])
    assert {index: match.original for index, match in found.items()} == {1: 0, 2: 0}


def test_many_copies_take_no_more_pairs_than_lines() -> None:
    text = make_text(1)
    texts = [f"{text} ending{n}" for n in range(300)]
    assert {match.original for match in find(texts).values()} == {0}


def test_short_texts_are_no_near_copies() -> None:
    assert find(["One two three four five six seven.", "One two three four five six eight."]) == {}
