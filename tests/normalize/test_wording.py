"""Words of one report against those of another."""

import pytest

from tasks.normalize.wording import Wording, compare_words, join_contents

FULL = "We will rebuild every home, and we will not wait for the rain to stop."


@pytest.mark.parametrize(
    ("other", "wording"),
    [
        (FULL, Wording([], [], [])),
        ("“We will rebuild every home — and we will not wait for the rain to stop”", Wording([], [], [])),
        ("we will not wait for the rain to stop", Wording(["We will rebuild every home, and"], [], [])),
        ("We will rebuild every home … for the rain to stop.", Wording(["and we will not wait"], [], [])),
        (
            "they would rebuild every home, and would not wait for the rain to stop",
            Wording([], [], ["We will → they would", "we will → would"]),
        ),
        (
            "We will rebuild every home soon, and we will not wait for the rain to stop",
            Wording([], ["soon"], []),
        ),
        ("", Wording([FULL.rstrip(".")], [], [])),
    ],
)
def test_words_missing_added_and_changed(other: str, wording: Wording) -> None:
    assert compare_words(FULL, other) == wording


def test_pieces_of_one_article_stand_in_order_and_once() -> None:
    pieces = ["we will not wait", "every home", "We will rebuild every home"]
    assert join_contents(FULL, pieces) == "We will rebuild every home … we will not wait"
