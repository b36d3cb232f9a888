"""Quotes: speakers resolved, the same words recognised."""

from datetime import date

from tasks.normalize.corrections import Entity
from tasks.normalize.quotes import Quote, QuoteMention, find_quotes, find_reports

PSAKI = Entity("ent_p", "PERSON", "Jen Psaki", None, (), "USA", "GOV", None, None, None, 1, 1, None, None)
WORDS = "The world will, of course, be watching for any violation of human rights"


def make_quote(quote_id: str, content: str, speaker: str | None = "m1", text: str | None = "she") -> QuoteMention:
    """A direct quote."""
    article_id = f"art_{quote_id}"
    return QuoteMention(
        quote_id, article_id, "direct", content, "added", "neutral", text, speaker,
        None, None, "interview", None, None, 0.9,
    )  # fmt: skip


def solve(*quotes: QuoteMention) -> list[Quote]:
    """The quotes resolved, where m1 names Psaki and m2 somebody else."""
    other = PSAKI._replace(entity_id="ent_o", canonical_name="Ned Price")
    return find_quotes(
        quotes,
        entity_of={"m1": "ent_p", "m2": "ent_o"},
        entities={"ent_p": PSAKI, "ent_o": other},
        roles={("ent_p", "art_q1"): "White House press secretary"},
    )


def test_the_speaker_has_the_full_name_and_the_role_of_the_article() -> None:
    (quote,) = solve(make_quote("q1", WORDS))
    assert (quote.speaker_entity_id, quote.speaker_name) == ("ent_p", "Jen Psaki")
    assert quote.speaker_role == "White House press secretary"


def test_a_speaker_without_an_entity_keeps_the_words() -> None:
    (quote,) = solve(make_quote("q1", WORDS, speaker=None, text="the witnesses"))
    assert (quote.speaker_entity_id, quote.speaker_name, quote.speaker_role) == (None, "witnesses", None)


def test_a_speaker_without_a_name_keeps_whom_it_is_of() -> None:
    aide = make_quote("q1", WORDS, speaker=None, text="an aide to Psaki")._replace(affiliation_mention_id="m1")
    (quote,) = solve(aide)
    assert (quote.speaker_entity_id, quote.speaker_name) == (None, "an aide to Psaki")
    assert quote.affiliation_entity_id == "ent_p"


def test_equal_words_in_other_typography_are_one_utterance() -> None:
    one, other = solve(make_quote("q1", "We’re “ready”, he said."), make_quote("q2", "We're ready he said"))
    assert one.utterance_id == other.utterance_id


def test_a_cut_quote_is_the_utterance_of_the_longer() -> None:
    whole, cut = solve(make_quote("q1", WORDS), make_quote("q2", "be watching for any violation of human rights"))
    assert whole.utterance_id == cut.utterance_id


def test_equal_words_of_two_speakers_are_two_utterances() -> None:
    one, other = solve(make_quote("q1", WORDS), make_quote("q2", WORDS, speaker="m2"))
    assert one.utterance_id != other.utterance_id


def test_few_words_must_be_equal() -> None:
    one, other = solve(make_quote("q1", "We are convinced of that"), make_quote("q2", "We are convinced"))
    assert one.utterance_id != other.utterance_id


def test_the_day_is_given_only_where_it_is_stated() -> None:
    stated = make_quote("q1", WORDS)._replace(said_on=date(2022, 1, 6))
    assert [quote.said_on for quote in solve(stated, make_quote("q2", "Other words"))] == [date(2022, 1, 6), None]


def test_medium_and_enclosing_statement_are_kept() -> None:
    inner = make_quote("q2", "Other words")._replace(article_id="art_q1", parent_quote_id="q1")
    assert [(q.medium, q.parent_quote_id) for q in solve(make_quote("q1", WORDS), inner)] == [
        ("interview", None),
        ("interview", "q1"),
    ]


def test_reports_stand_against_the_fullest() -> None:
    cut = make_quote("q2", "The world would be watching for any violation of human rights")
    reports = find_reports(
        solve(cut, make_quote("q1", WORDS), make_quote("q3", "Only one outlet has these words of hers"))
    )
    assert [(r.article_id, r.is_fullest, r.missing, r.added, r.changed) for r in reports] == [
        ("art_q1", True, [], [], []),
        ("art_q2", False, [], [], ["will, of course → would"]),
    ]


def test_one_article_alone_has_no_report() -> None:
    again = make_quote("q2", WORDS)._replace(article_id="art_q1")
    assert find_reports(solve(make_quote("q1", WORDS), again)) == []


def test_no_mentions_give_no_quotes() -> None:
    assert solve() == []
    assert find_reports([]) == []
