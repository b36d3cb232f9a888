"""Pure scorers on hand-made cases with known answers."""

import pytest

from benchmarks.accuracy.scorers import attributions
from benchmarks.accuracy.scorers.attachment import Node, count_attachment
from benchmarks.accuracy.scorers.attributions import Statement, count_statements
from benchmarks.accuracy.scorers.distance import Point, distance_km, is_near
from benchmarks.accuracy.scorers.pronouns import count_names
from benchmarks.accuracy.scorers.shingles import count_shingles
from benchmarks.accuracy.scorers.spans import count_exact, match_overlapping, take_best
from benchmarks.accuracy.scorers.times import Expression, count_times
from benchmarks.accuracy.scorers.triples import Happening, Phrase, count_triples, is_same_phrase

NOBODY = frozenset[int]()


def test_attachment_leaves_out_punctuation_but_for_conll() -> None:
    gold = [Node("NNP", 2, "nsubj:pass"), Node("VBN", 0, "root"), Node("NN", 2, "obl"), Node(".", 2, "punct")]
    found = [Node("NN", 2, "nsubj"), Node("VBN", 0, "ROOT"), Node("NN", 1, "obl"), Node(".", 1, "punct")]
    counts = count_attachment(gold, found)
    assert counts == {"words": 4, "tags": 3, "scored": 3, "heads": 2, "arcs": 1, "conll": 2}


def test_span_of_another_label_is_wrong() -> None:
    counts = count_exact([(0, 1, "ORG"), (3, 5, "PERSON")], [(0, 1, "PERSON"), (3, 5, "PERSON"), (7, 8, "ORG")])
    assert counts == {"right": 1, "found": 3, "gold": 2}


def test_best_pairs_come_first_and_sides_come_once() -> None:
    assert take_best([(0.4, 0, 0), (0.9, 0, 1), (0.5, 1, 1), (0.3, 1, 0)]) == [(0, 1), (1, 0)]


def test_ranges_that_touch_do_not_overlap() -> None:
    assert match_overlapping([(0, 5), (5, 9)], [(4, 9)]) == [(1, 0)]
    assert match_overlapping([(0, 5)], [(5, 9)]) == []


def statement(content: range, source: int | None = None, cue: int | None = None, kind: str = "direct") -> Statement:
    """A statement over word numbers."""
    parts = (NOBODY if number is None else frozenset({number}) for number in (source, cue))
    return Statement(frozenset(content), *parts, kind)


def test_words_leave_out_marks_and_punctuation() -> None:
    text = "“Go,” he said."
    words = attributions.find_words(text)
    assert [text[start:end] for start, end in words] == ["Go", "he", "said"]
    assert attributions.words_in([(0, 5)], words) == {0}
    assert attributions.words_in([(1, 3)], words) == {0}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“Go now,” he said.", {0, 1}),
        ('He said "go" and "stay".', {2, 4}),
        ("“It goes on\n“and on,” he said.", {0, 1, 2, 3, 4}),
        ("``Go,'' he said.", {0}),
        ("He left.", set()),
    ],
)
def test_words_in_quotation_marks(text: str, quoted: set[int]) -> None:
    assert attributions.find_quoted(text, attributions.find_words(text)) == quoted


def test_kind_is_by_the_words_in_marks() -> None:
    quoted = frozenset({1, 2})
    kinds = [attributions.kind_of(frozenset(words), quoted) for words in ((1, 2), (0, 1), (0, 3))]
    assert kinds == ["direct", "mixed", "indirect"]


def test_statements_match_by_their_words() -> None:
    gold = [statement(range(10), 12, 11), statement(range(20, 30), 31, 32, "indirect"), statement(range(40, 44))]
    found = [statement(range(10), 12, 13), statement(range(20, 28), 31, 32, "indirect"), statement(range(50, 60))]
    counts = count_statements(gold, found)
    assert {key: counts[f"all_{key}"] for key in ("gold", "found", "gold_exact", "gold_close", "gold_loose")} == {
        "gold": 3, "found": 3, "gold_exact": 1, "gold_close": 2, "gold_loose": 2,
    }  # fmt: skip
    assert (counts["all_right_source"], counts["all_with_source"]) == (2, 2)
    assert (counts["all_right_cue"], counts["all_with_cue"]) == (1, 2)
    assert (counts["direct_gold"], counts["direct_found"], counts["direct_gold_exact"]) == (2, 2, 1)
    assert (counts["indirect_gold"], counts["indirect_gold_exact"], counts["indirect_gold_close"]) == (1, 0, 1)
    assert counts["mixed_gold"] == 0


def test_pair_below_a_third_of_the_words_does_not_match() -> None:
    assert count_statements([statement(range(10))], [statement(range(8, 18))])["all_gold_loose"] == 0


def test_statement_without_gold_source_is_not_asked_for_one() -> None:
    counts = count_statements([statement(range(5))], [statement(range(5), 9)])
    assert (counts["all_right_source"], counts["all_with_source"]) == (0, 0)


def test_predicted_half_of_another_kind_counts_on_its_own_side() -> None:
    counts = count_statements([statement(range(5), kind="mixed")], [statement(range(5), kind="indirect")])
    assert (counts["mixed_gold_exact"], counts["mixed_found"], counts["indirect_found_exact"]) == (1, 0, 1)


def test_counts_of_several_annotators_are_averaged() -> None:
    assert attributions.average([{"gold": 2, "found": 3}, {"gold": 4, "found": 3}]) == {"gold": 3, "found": 3}


def test_name_for_pronoun_counts_under_its_gender() -> None:
    counts = count_names([True, False], [True, True], pronoun="Her")
    assert (counts["right"], counts["found"], counts["gold"]) == (1, 2, 1)
    assert (counts["feminine_found"], counts["masculine_found"]) == (2, 0)


def phrase(*words: int, head: int | None = None) -> Phrase:
    """A phrase whose last word is its head unless said otherwise."""
    return Phrase(frozenset(words), words[-1] if head is None else head)


def test_phrases_are_the_same_by_head_or_half_of_the_longer() -> None:
    assert is_same_phrase(phrase(1, 2, 3, 4, 5, head=3), phrase(3))
    assert is_same_phrase(phrase(1, 2, 3, 4, head=2), phrase(3, 4))
    assert not is_same_phrase(phrase(1, 2, 3, 4, 5, head=3), phrase(4, 5))


def test_triples_match_by_both_parties() -> None:
    gold = [Happening("YIELD", (phrase(1),), (phrase(5),))]
    events = [
        Happening("RETREAT", (phrase(1),), (phrase(5),)),
        Happening("ACCUSE", (phrase(1),), (phrase(9),)),
        Happening("ACCUSE", (phrase(1),), ()),
        Happening("DISASTER", (phrase(1),), (phrase(5),)),
    ]
    counts = count_triples(gold, events, ("YIELD", "ACCUSE"))
    assert {key: counts[key] for key in ("events", "found", "gold", "matched", "typed")} == {
        "events": 4, "found": 2, "gold": 1, "matched": 1, "typed": 1,
    }  # fmt: skip
    assert (counts["YIELD_right"], counts["YIELD_gold"], counts["ACCUSE_found"]) == (1, 1, 0)


def test_wrong_type_matches_without_type_alone() -> None:
    event = Happening("ACCUSE", (phrase(1),), (phrase(5),))
    counts = count_triples([event._replace(event_type="YIELD")], [event], ("YIELD", "ACCUSE"))
    assert (counts["matched"], counts["typed"], counts["YIELD_gold"], counts["ACCUSE_found"]) == (1, 0, 1, 1)


def test_nobody_in_gold_matches_nobody() -> None:
    gold = [Happening("PROTEST", (phrase(1),), ())]
    alone, aimed = Happening("PROTEST", (phrase(1),), ()), Happening("PROTEST", (phrase(1),), (phrase(4),))
    assert count_triples(gold, [alone], ("PROTEST",))["typed"] == 1
    assert count_triples(gold, [aimed], ("PROTEST",))["typed"] == 0


def test_event_found_twice_matches_once() -> None:
    event = Happening("ACCUSE", (phrase(1),), (phrase(5),))
    counts = count_triples([event], [event, event], ("ACCUSE",))
    assert (counts["typed"], counts["found"]) == (1, 2)


def test_times_match_strictly_loosely_and_by_value() -> None:
    gold = [
        Expression(0, 6, "DATE", "1998-11-20"),
        Expression(10, 20, "DATE", "1998"),
        Expression(30, 35, "DURATION", "P1D"),
    ]
    found = [
        Expression(0, 6, "DATE", "1998-11-20"),
        Expression(12, 20, "TIME", "1998"),
        Expression(40, 45, "DATE", "1999"),
    ]
    counts = count_times(gold, found)
    assert counts == {"gold": 3, "found": 3, "strict": 1, "relaxed": 2, "value": 2, "type": 1}


def test_distance_on_the_globe() -> None:
    london, paris, reading = Point(51.5074, -0.1278), Point(48.8566, 2.3522), Point(51.4551, -0.9787)
    assert distance_km(london, paris) == pytest.approx(343.6, abs=1)
    assert is_near(london, reading)
    assert not is_near(london, paris)
    assert distance_km(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22.2, abs=0.1)


def test_shingles_weigh_each_page_alike() -> None:
    counts = count_shingles("a b c d e", "a b c d f")
    assert counts == {
        "right": pytest.approx(1 / 3),
        "found": pytest.approx(2 / 3),
        "gold": pytest.approx(2 / 3),
        "pages": 1,
    }


def test_short_and_empty_texts_have_one_run() -> None:
    assert count_shingles("a b", "a, b!")["right"] == 1
    assert count_shingles("a b c d", "")["right"] == 0
