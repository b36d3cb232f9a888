"""Copies are found with their original; different reports are not."""

import random

import pytest

from tasks.clean.duplicates import Duplicate, Overlap, find_duplicates, measure_overlap, shingle, sign

WORDS = [f"word{n}" for n in range(3000)]


def make_text(seed: int, paragraphs: int = 12) -> str:
    chooser = random.Random(seed)
    return "\n\n".join(" ".join(chooser.choices(WORDS, k=40)) for _ in range(paragraphs))


def find(texts: list[str]) -> dict[int, Duplicate]:
    return find_duplicates([sign(text) for text in texts], range(len(texts)), texts.__getitem__)


def originals(texts: list[str]) -> dict[int, int]:
    return {index: match.original for index, match in find(texts).items()}


def cut(text: str, start: int, end: int) -> str:
    return "\n\n".join(text.split("\n\n")[start:end])


def test_no_texts_have_no_copies() -> None:
    assert find([]) == {}


def test_texts_without_words_are_exact_copies_of_each_other() -> None:
    assert find(["…", "—"]) == {1: Duplicate(0, 1.0)}


def test_different_texts_are_no_copies() -> None:
    assert find([make_text(seed) for seed in range(20)]) == {}


def test_same_words_in_other_case_and_marks_are_a_copy() -> None:
    text = make_text(1)
    assert find([text, text.upper().replace(" ", ", ")]) == {1: Duplicate(0, 1.0)}


def test_earliest_is_the_original() -> None:
    texts = [make_text(1)] * 3
    found = find_duplicates([sign(text) for text in texts], [2, 0, 1], texts.__getitem__)
    assert found == {0: Duplicate(1, 1.0), 2: Duplicate(1, 1.0)}


def test_earliest_of_near_copies_is_the_original_though_a_later_one_is_longer() -> None:
    text = make_text(1)
    longer = f"{text}\n\nA photo shows the square on Monday morning."
    assert originals([text, longer, cut(text, 0, 9)]) == {1: 0, 2: 0}


def test_copy_with_another_lead_and_a_cut_tail_is_found() -> None:
    text = make_text(1)
    copy = "\n\n".join(["A new lead by the desk.", *text.split("\n\n")[1:7]])
    found = find([text, make_text(2), copy])
    assert list(found) == [2]
    assert found[2].original == 0
    assert found[2].score > 0.9


def test_brief_is_the_copy_of_a_later_fuller_text() -> None:
    text = make_text(1)
    assert originals([cut(text, 0, 6), text]) == {0: 1}


def test_report_that_shares_one_quote_is_not_a_copy() -> None:
    text = make_text(1)
    other = "\n\n".join([*make_text(2).split("\n\n"), text.split("\n\n")[3]])
    assert find([text, other]) == {}


def test_new_story_over_an_old_background_is_not_a_copy() -> None:
    background = make_text(1, 20)
    assert find([f"{make_text(2, 4)}\n\n{background}", f"{make_text(3, 4)}\n\n{background}"]) == {}


@pytest.mark.parametrize("day", range(3))
def test_daily_report_in_the_same_frame_is_not_a_copy(day: int) -> None:
    chooser = random.Random(day)
    frame = " ".join(chooser.choices(WORDS, k=60)).split()
    reports = [" ".join(f"{word} up {chooser.randint(1000, 9999)} points" for word in frame) for _ in range(4)]
    assert find(reports) == {}


def test_copy_of_a_copy_points_to_the_original() -> None:
    text = make_text(1)
    assert originals([text, cut(text, 0, 9), cut(text, 0, 9).upper()]) == {1: 0, 2: 0}


def test_order_of_the_articles_makes_no_difference() -> None:
    story, other = make_text(1), make_text(2)
    texts = [story, cut(story, 0, 8), cut(story, 2, 12), f"{story} End.", other, other.upper(), cut(other, 1, 12)]
    expected = {texts[copy]: texts[original] for copy, original in originals(texts).items()}
    assert len(expected) == 5
    for seed in range(5):
        order = random.Random(seed).sample(range(len(texts)), len(texts))
        found = find_duplicates([sign(texts[i]) for i in order], order, lambda index, order=order: texts[order[index]])
        assert {texts[order[copy]]: texts[order[match.original]] for copy, match in found.items()} == expected


def test_many_copies_take_no_more_pairs_than_lines() -> None:
    text = make_text(1)
    texts = [f"{text} ending{n}" for n in range(300)]
    assert {match.original for match in find(texts).values()} == {0}


def test_short_texts_are_no_near_copies() -> None:
    assert find(["One two three four five six seven.", "One two three four five six eight."]) == {}


def test_overlap_counts_the_longest_stretch_that_is_new() -> None:
    text = make_text(1, 4)
    start, end = text.split("\n\n")[:2], text.split("\n\n")[2:]
    overlap = measure_overlap(
        shingle("\n\n".join([*start, "seven words that are in neither text", *end])), shingle(text)
    )
    assert overlap.longest_new == 11
    assert overlap.share == pytest.approx(152 / 163)


def test_text_without_words_shares_nothing() -> None:
    assert measure_overlap(shingle(""), shingle("a b c d e f")) == Overlap(0.0, 0)
