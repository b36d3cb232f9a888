"""A page fetched again after a change supersedes what it said before; both stay."""

import random
from datetime import UTC, datetime

import pytest

from tasks.clean.duplicates import sign
from tasks.clean.relations import Relation, find_relations
from tasks.clean.versions import Edition, to_address
from tests.clean.test_duplicates import cut, make_text

STORY = make_text(1)
UPDATE = f"{STORY}\n\n{make_text(3, 2)}"
SMALL_UPDATE = f"{STORY}\n\nThe figures were put right later."
OTHER = make_text(2)
PAGE = "news.example/2024/storm"


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2024, 5, day, hour, tzinfo=UTC)


class World:
    """Editions with their texts, related in any order."""

    def __init__(self) -> None:
        self.editions: list[Edition] = []
        self.texts: list[str] = []

    def add(
        self,
        name: str,
        text: str,
        *,
        address: str | None = PAGE,
        published: datetime | None = None,
        changed: datetime | None = None,
        retrieved: datetime | None = None,
    ) -> None:
        self.editions.append(Edition(name, address, published, published, changed or published, retrieved, sign(text)))
        self.texts.append(text)

    def relate(self, seed: int = 0) -> dict[str, Relation]:
        order = random.Random(seed).sample(range(len(self.texts)), len(self.texts))
        editions = [self.editions[index] for index in order]
        found = find_relations(editions, lambda index: self.texts[order[index]])
        return {editions[index].article_id: relation for index, relation in found.items()}


@pytest.fixture
def world() -> World:
    return World()


def test_later_fetch_with_other_words_supersedes_the_earlier(world: World) -> None:
    world.add("a", STORY, published=at(7), retrieved=at(7, 9))
    world.add("b", SMALL_UPDATE, published=at(7), retrieved=at(8))
    assert world.relate() == {
        "a": Relation(superseded_by="b", version_number=1),
        "b": Relation(version_number=2),
    }


def test_stated_change_counts_before_retrieval(world: World) -> None:
    world.add("a", STORY, published=at(7), changed=at(9), retrieved=at(10))
    world.add("b", SMALL_UPDATE, published=at(7), changed=at(8), retrieved=at(11))
    assert world.relate()["b"] == Relation(superseded_by="a", version_number=1)


def test_retrieval_counts_where_one_version_states_no_date(world: World) -> None:
    world.add("a", STORY, published=at(7), retrieved=at(10))
    world.add("b", SMALL_UPDATE, retrieved=at(9))
    assert world.relate()["b"] == Relation(superseded_by="a", version_number=1)


def test_all_older_versions_name_the_current_one(world: World) -> None:
    world.add("a", STORY, retrieved=at(7))
    world.add("b", SMALL_UPDATE, retrieved=at(8))
    world.add("c", UPDATE, retrieved=at(9))
    found = {name: (relation.version_number, relation.superseded_by) for name, relation in world.relate().items()}
    assert found == {"a": (1, "c"), "b": (2, "c"), "c": (3, None)}


def test_page_fetched_again_unchanged_is_a_copy_of_its_first_fetch(world: World) -> None:
    world.add("a", STORY, retrieved=at(7))
    world.add("b", STORY, retrieved=at(8))
    assert world.relate() == {"a": Relation(), "b": Relation("a", 1.0, "a")}


def test_page_put_back_to_its_old_words_is_current_in_these(world: World) -> None:
    world.add("a", STORY, retrieved=at(7))
    world.add("b", SMALL_UPDATE, retrieved=at(8))
    world.add("c", STORY, retrieved=at(9))
    assert world.relate() == {
        "a": Relation(version_number=2),
        "b": Relation(superseded_by="a", version_number=1),
        "c": Relation("a", 1.0, "a", 2),
    }


def test_page_that_shows_another_story_each_day_has_no_versions(world: World) -> None:
    world.add("a", STORY, published=at(7), retrieved=at(7))
    world.add("b", OTHER, published=at(8), retrieved=at(8))
    assert world.relate() == {"a": Relation(), "b": Relation()}


def test_story_written_anew_under_one_time_of_publication_is_a_version(world: World) -> None:
    world.add("a", STORY, published=at(7, 9), retrieved=at(7))
    world.add("b", OTHER, published=at(7, 9), retrieved=at(8))
    assert world.relate()["a"] == Relation(superseded_by="b", version_number=1)


def test_other_story_of_the_same_day_at_the_address_of_a_section_is_no_version(world: World) -> None:
    world.add("a", STORY, published=at(7), retrieved=at(7))
    world.add("b", OTHER, published=at(7), retrieved=at(8))
    assert world.relate() == {"a": Relation(), "b": Relation()}


def test_same_words_at_two_addresses_are_no_versions(world: World) -> None:
    world.add("a", STORY, published=at(7))
    world.add("b", SMALL_UPDATE, address="other.example/storm", published=at(8))
    world.add("c", OTHER, address=None)
    assert world.relate() == {"b": Relation("a", pytest.approx(0.98, abs=0.02))}


def test_copy_of_the_old_words_elsewhere_names_the_current_version(world: World) -> None:
    world.add("a", STORY, published=at(7), changed=at(7), retrieved=at(7))
    world.add("b", SMALL_UPDATE, published=at(7), changed=at(9), retrieved=at(9))
    world.add("c", cut(STORY, 0, 10), address="other.example/storm", published=at(8))
    assert world.relate()["c"].duplicate_of == "b"


def test_article_is_as_early_as_its_first_version(world: World) -> None:
    world.add("a", STORY, published=at(7), retrieved=at(7))
    world.add("b", SMALL_UPDATE, published=at(9), retrieved=at(9))
    world.add("c", SMALL_UPDATE, address="other.example/storm", published=at(8))
    assert world.relate()["c"] == Relation("b", 1.0)


def test_repeated_fetch_of_a_copy_names_its_original(world: World) -> None:
    world.add("a", STORY, address="other.example/storm", published=at(6))
    world.add("b", STORY, published=at(7), retrieved=at(7))
    world.add("c", STORY, published=at(7), retrieved=at(8))
    assert world.relate() == {"b": Relation("a", 1.0), "c": Relation("a", 1.0, "b")}


def test_order_of_the_articles_makes_no_difference(world: World) -> None:
    for number, text in enumerate([STORY, SMALL_UPDATE, UPDATE, STORY, OTHER, SMALL_UPDATE]):
        world.add(f"art_{number}", text, retrieved=at(7, number), published=at(6) if number % 2 else None)
    world.add("art_6", cut(UPDATE, 0, 11), address="other.example/a", published=at(5))
    expected = world.relate()
    assert all(world.relate(seed) == expected for seed in range(1, 6))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.news.example/2024/storm/", "news.example/2024/storm"),
        ("http://m.news.example/2024/storm/amp/?utm_source=x&fbclid=y#top", "news.example/2024/storm"),
        ("https://news.example/story?page=2&id=7", "news.example/story?id=7&page=2"),
        ("https://news.example/?p=7", "news.example?p=7"),
        ("https://NEWS.example/Storm", "news.example/Storm"),
        ("https://dream.example/storm", "dream.example/storm"),
        ("https://news.example/", None),
        ("https://news.example/index.html?utm_medium=mail", None),
        ("ftp://news.example/storm", None),
        ("http://[broken/storm", None),
        ("news.example/storm", None),
        ("", None),
        (None, None),
    ],
)
def test_address(url: str | None, address: str | None) -> None:
    assert to_address(url) == address
