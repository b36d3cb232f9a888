"""One utterance in several wordings is found again; two statements of one speaker stay two."""

from collections.abc import Callable
from datetime import date

import pytest

from tasks.normalize.utterances import (
    BODY,
    CROWDED,
    PERSON,
    Said,
    Voice,
    content_stems,
    content_words,
    group_utterances,
)

ANA, BEN = Voice(PERSON, "ent_ana"), Voice(PERSON, "ent_ben")
MINISTRY, PALACE = Voice(BODY, "ent_ministry"), Voice(BODY, "ent_palace")
# What was said, and how another outlet words it in indirect speech.
STATEMENTS = {
    "We will rebuild every home, every school and every bridge that the river has taken from us": (
        "the government would rebuild every home, school and bridge that the river had taken from them"
    ),
    "The central bank is not going to raise interest rates before the summer, whatever the markets expect": (
        "the central bank was not going to raise interest rates before the summer, whatever markets expected"
    ),
    "Our soldiers are holding the northern front and they need ammunition within days, not weeks": (
        "soldiers were holding the northern front and needed ammunition within days, not weeks"
    ),
    "I did not order anybody to destroy the documents, and I never saw the list of names": (
        "he had not ordered anybody to destroy the documents and had never seen the list of names"
    ),
    "Nobody should have to choose between heating a home and feeding a family this winter": (
        "nobody should have to choose between heating their home and feeding their family that winter"
    ),
    "The vaccine has been tested on 30,000 volunteers in three countries, and it works": (
        "the vaccine had been tested on 30,000 volunteers in three countries and worked"
    ),
    "This agreement opens the border to trade for the first time since the war ended": (
        "the agreement opened the border to trade for the first time since the end of the war"
    ),
    "Anyone who attacks our ports will answer for it before a court, at home or abroad": (
        "anyone who attacked the country’s ports would answer for it before a court at home or abroad"
    ),
}


def cut_start(text: str) -> str:
    words = text.split()
    return " ".join(words[len(words) // 3 :])


def cut_end(text: str) -> str:
    words = text.split()
    return " ".join(words[: -(len(words) // 3)])


def leave_out_middle(text: str) -> str:
    words = text.split()
    third = len(words) // 3
    return " ".join([*words[: third + 1], "…", *words[-third - 1 :]])


def change_marks(text: str) -> str:
    return f"‘{text.replace(', ', ' — ')}.’"


def replace_word(text: str) -> str:
    return text.replace(max(content_words(text), key=len), "somethings")


VARIANTS: dict[str, Callable[[str], str]] = {
    "cut at the start": cut_start,
    "cut at the end": cut_end,
    "ellipsis": leave_out_middle,
    "other marks": change_marks,
    "one word replaced": replace_word,
    "indirect": STATEMENTS.__getitem__,
    "cut and reworded": lambda text: cut_end(STATEMENTS[text]),
}
# Two statements of one speaker on one day.
TWO_STATEMENTS = (
    (
        "We will send more troops to the northern border before the end of the month",
        "We will not send more troops to the northern border before the end of the month",
    ),
    (
        "Inflation fell to 3.2 percent in spring, the lowest rate in two years",
        "Inflation fell to 4.1 percent in spring, the lowest rate in two years",
    ),
    (
        "We condemn the attack on the convoy and we stand with the families of the victims",
        "We condemn the attack on the embassy and we will respond at a time of our choosing",
    ),
    (
        "The bridge over the river will be open to traffic again by the autumn",
        "The school by the river will be open to pupils again by the winter",
    ),
    ("I am proud of this team and of everything it has done", "I am proud of this country and of all who defend it"),
    ("The strike will end on Friday if the company signs", "The strike will go on if the company does not sign"),
)


def said(text: str, article: str = "art_1", *, voice: Voice | None = ANA, on: date | None = None) -> Said:
    return Said(article, content_words(text), voice, on)


def groups(*quotes: Said) -> list[int]:
    """The index of the fullest quote of each one's utterance."""
    return [utterance.leader for utterance in group_utterances(quotes)]


@pytest.mark.parametrize("kind", VARIANTS)
def test_variants_of_each_statement_find_it(kind: str) -> None:
    originals = list(STATEMENTS)
    variants = [VARIANTS[kind](text) for text in originals]
    quotes = [said(text, "art_1") for text in originals] + [said(text, "art_2") for text in variants]
    found = group_utterances(quotes)
    wrong = [
        text
        for number, text in enumerate(variants)
        if found[number] is not found[number + len(originals)] or sum(other is found[number] for other in found) != 2
    ]
    assert wrong == []


@pytest.mark.parametrize("pair", TWO_STATEMENTS, ids=lambda pair: pair[0][:24])
def test_two_statements_of_one_day_stay_two(pair: tuple[str, str]) -> None:
    one, other = (
        said(text, article, on=date(2022, 1, 6)) for text, article in zip(pair, ("art_1", "art_2"), strict=True)
    )
    assert len(set(groups(one, other))) == 2


TEXT = next(iter(STATEMENTS))


def test_two_speakers_have_two_utterances_even_by_way_of_an_unnamed_one() -> None:
    leaders = groups(said(TEXT), said(TEXT, "art_2", voice=None), said(TEXT, "art_3", voice=BEN))
    assert leaders == [0, 0, 2]


def test_body_may_be_quoted_for_its_spokesperson() -> None:
    assert groups(said(TEXT), said(TEXT, "art_2", voice=MINISTRY)) == [0, 0]
    assert groups(said(TEXT), said(TEXT, "art_2", voice=MINISTRY), said(TEXT, "art_3", voice=PALACE)) == [0, 0, 2]


def test_days_apart_are_two_utterances() -> None:
    monday, tuesday, friday = (said(TEXT, f"art_{day}", on=date(2022, 1, day)) for day in (3, 4, 7))
    assert groups(monday, tuesday, friday) == [0, 0, 2]


def test_few_words_need_the_same_speaker() -> None:
    yes = "Yes, we are ready"
    assert groups(said(yes), said(yes, "art_2")) == [0, 0]
    assert groups(said(yes, voice=None), said(yes, "art_2", voice=None)) == [0, 1]


def test_cut_that_two_statements_hold_joins_neither_to_the_other() -> None:
    one = said("We will defend every meter of our land and sea, and nobody will decide for us")
    other = said("As long as I live we will defend every meter of our land and sea against them", "art_2")
    cut = said("we will defend every meter of our land and sea", "art_3")
    assert len(set(groups(one, other, cut))) == 2


def test_two_cuts_that_overlap_are_one() -> None:
    words = TEXT.split()
    assert groups(said(" ".join(words[:14])), said(" ".join(words[4:]), "art_2")) == [0, 0]


def test_an_article_that_words_it_twice_and_differently_has_two() -> None:
    assert groups(said(TEXT), said(replace_word(TEXT))) == [0, 1]


def test_more_outlets_than_a_crowd_are_one_utterance() -> None:
    assert set(groups(*(said(cut_end(TEXT), f"art_{n}") for n in range(CROWDED + 10)), said(TEXT, "art_x"))) == {
        CROWDED + 10
    }


def test_order_of_quotes_does_not_matter() -> None:
    quotes = [said(variant(text), kind) for kind, variant in VARIANTS.items() for text in STATEMENTS]
    forth = group_utterances(quotes)
    back = group_utterances(quotes[::-1])[::-1]
    assert [forth.index(utterance) for utterance in forth] == [back.index(utterance) for utterance in back]


def test_content_is_what_tense_and_person_leave() -> None:
    one = content_stems(content_words("We won’t be watching the violations"))
    assert one == content_stems(content_words("they would not watch a violation")) == ("not", "watch", "violation")


def test_no_quotes_have_no_utterances() -> None:
    assert group_utterances([]) == []
    assert groups(said(""), said("")) == [0, 1]
