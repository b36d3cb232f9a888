"""Doubtful names of well-known things."""

from collections import Counter

from tasks.normalize.clusters import Mention, make_cluster
from tasks.normalize.doubts import find_doubtful_marks, part_doubtful
from tasks.normalize.readings import Reading
from tests.normalize.world import lexicon


def read(*texts: str) -> Reading:
    mentions = [Mention(f"m{k}", "a1", 20 * k, 20 * k + 9, text, "ORG") for k, text in enumerate(texts)]
    return Reading(make_cluster(mentions), "ORG", "harbour house", "name", 1.0)


def test_a_name_that_hardly_any_mention_has_is_apart_unless_its_words_fit() -> None:
    usual = ["Harbour House"] * 400
    parts = part_doubtful([read(*usual, "Blue", "Berg Harbour House", "Harbor House")], lexicon())
    assert [sorted(set(part.cluster.names)) for part in parts] == [
        ["Berg Harbour House", "Harbor House", "Harbour House"],
        ["Blue"],
    ]
    assert [part.key for part in parts] == ["harbour house", "blue"]


def test_little_known_things_keep_all_their_names() -> None:
    reading = read(*["Harbour House"] * 150, "Blue")
    assert part_doubtful([reading], lexicon()) == [reading]


def test_a_rare_mark_of_generation_is_doubtful_and_a_usual_one_is_not() -> None:
    assert find_doubtful_marks(Counter({"Ann Berg": 100, "Ann Berg Jr.": 1})) == {"Ann Berg Jr."}
    assert find_doubtful_marks(Counter({"Ann Berg": 500, "Ann Berg Jr.": 2})) == {"Ann Berg Jr."}
    assert find_doubtful_marks(Counter({"Ann Berg": 300, "Ann Berg Jr.": 2, "Ann R. Berg Jr.": 1})) == frozenset()
