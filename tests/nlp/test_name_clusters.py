"""Names share a cluster when they name one thing."""

import pytest

from tasks.nlp.name_clusters import Name, cluster_names, initials, is_same_person, normal_words

COUNTRIES = {"united states": "USA", "us": "USA", "america": "USA"}


def person(text: str, gender: str | None = None) -> Name:
    return Name(normal_words(text, "PERSON"), "PERSON", gender=gender)


def thing(text: str, label: str = "ORG", after: int | None = None) -> Name:
    return Name(normal_words(text, label), label, text.isupper(), None, after)


@pytest.mark.parametrize(
    ("names", "clusters"),
    [
        pytest.param([person("Kassym-Jomart Tokayev"), person("Tokayev")], [0, 0], id="surname"),
        pytest.param([person("Tokayev"), person("Kassym-Jomart Tokayev")], [0, 0], id="surname-first"),
        pytest.param([person("Bill Clinton"), person("Hillary Clinton"), person("Clinton")], [0, 1, 1], id="latest"),
        pytest.param(
            [person("Bill Clinton", "m"), person("Hillary Clinton", "f"), person("Mr. Clinton", "m")],
            [0, 1, 0],
            id="title-tells",
        ),
        pytest.param(
            [
                person("Melania Trump", "f"),
                person("Mr. Trump", "m"),
                person("Mr. Trump", "m"),
                person("Mrs. Trump", "f"),
            ],
            [0, 1, 1, 0],
            id="title-rules-out",
        ),
        pytest.param([person("Aung San Suu Kyi"), person("Suu Kyi")], [0, 0], id="last-two-words"),
        pytest.param([person("Donald Trump"), person("Donald Trump Jr.")], [0, 1], id="junior-is-another"),
        pytest.param([person("George W. Bush"), person("George Bush")], [0, 0], id="initial"),
        pytest.param([person("Theresa May"), thing("May", "LAW")], [0, 1], id="kinds-apart"),
        pytest.param(
            [thing("Collective Security Treaty Organization"), thing("CSTO", after=0), thing("CSTO")],
            [0, 0, 0],
            id="acronym-in-brackets",
        ),
        pytest.param([thing("European Union"), thing("Russia", "GPE"), thing("EU")], [0, 1, 0], id="acronym-later"),
        pytest.param([thing("United States", "GPE"), thing("U.S.", "GPE")], [0, 0], id="country-alias"),
        pytest.param([thing("the Defence Ministry"), thing("Ministry of Defence")], [0, 0], id="same-words"),
        pytest.param([thing("Treaty Organization"), thing("the Organisation")], [0, 0], id="common-noun-again"),
        pytest.param([], [], id="empty"),
    ],
)
def test_clusters(names: list[Name], clusters: list[int]) -> None:
    assert cluster_names(names, COUNTRIES) == clusters


def test_a_shared_surname_alone_is_not_one_person() -> None:
    assert not is_same_person(("bill", "clinton"), ("hillary", "clinton"))


def test_initials_with_and_without_small_words() -> None:
    assert initials(("department", "of", "justice")) == {"dj", "doj"}
