"""What the tasks take from a Doc, and the frame around them."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.accuracy import __main__ as command
from benchmarks.accuracy.formats.gap import Named, Snippet
from benchmarks.accuracy.formats.iob2 import Tagged
from benchmarks.accuracy.formats.polnear import Annotated, Article, Attribution
from benchmarks.accuracy.formats.timeml import Dated, Timex
from benchmarks.accuracy.formats.triples import Coded, Triple
from benchmarks.accuracy.frame import TASKS, Run
from benchmarks.accuracy.measures import Score
from benchmarks.accuracy.scoreboard import events, ner, quotes, speakers, time
from tasks.nlp.records import Argument, Event, Mention, Quote, TimeMention


def make_doc(text: str, heads: list[int] | None = None) -> Doc:
    """A Doc of words parted by blanks."""
    words = text.split(" ")
    deps = None if heads is None else ["dep"] * len(words)
    return Doc(Vocab(), words=words, heads=heads, deps=deps)


def test_names_come_from_mentions_and_dates_from_times() -> None:
    doc = make_doc("Ann Lee of the Bank left Bonn on Friday last week")
    doc._.mentions = [
        Mention(0, 2, "PERSON"),
        Mention(4, 5, "ORG", "nominal"),
        Mention(6, 7, "GPE"),
        Mention(8, 9, "DATE"),
    ]
    doc._.times = [TimeMention(8, 9, "DATE"), TimeMention(9, 11, "DATE"), TimeMention(9, 11, "DURATION")]
    names = ((0, 2, "Person"), (4, 5, "Organization"), (6, 7, "Location"), (8, 9, "Date"))
    counts = ner.count_names(Tagged("a", (), (), (), names), doc)
    assert (counts["micro_right"], counts["micro_found"], counts["micro_gold"]) == (2, 2, 3)
    assert (counts["DATE_right"], counts["DATE_found"], counts["DATE_gold"]) == (1, 1, 1)
    assert counts["model_found"] == 0


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Friday", True),
        ("2021", True),
        ("last week", False),
        ("Today", False),
        ("ten days ago", False),
        ("10 days ago", False),
    ],
)
def test_named_dates(text: str, is_named: bool) -> None:
    assert ner.is_named_date(text) is is_named


def test_quote_of_the_rules_is_scored_by_its_words() -> None:
    doc = make_doc("“ We won ” , said Ann .")
    doc._.mentions = [Mention(6, 7, "PERSON")]
    doc._.quotes = [Quote("direct", ((1, 3),), (5, 6), speaker_mention=0)]
    gold = Attribution(((0, 10),), ((18, 21),), ((13, 17),))
    counts = quotes.count_article(Article("a", doc.text, None, (Annotated((gold,), ()),)), doc)
    assert (counts["direct_gold_exact"], counts["direct_right_source"], counts["direct_right_cue"]) == (1, 1, 1)


def test_content_is_compared_with_and_without_its_conjunction() -> None:
    doc = make_doc("Ann said that we won .")
    doc._.quotes = [Quote("indirect", ((3, 5),), (1, 2), speaker=(0, 1))]
    annotated = Annotated((Attribution(((9, 20),), ((0, 3),), ((4, 8),)),), ())
    counts = quotes.count_article(Article("a", doc.text, None, (annotated,)), doc)
    assert (counts["all_gold_exact"], counts["bare_gold_exact"]) == (0, 1)


def test_quote_in_a_discarded_stretch_does_not_count() -> None:
    doc = make_doc("Ann said we won .")
    doc._.quotes = [Quote("indirect", ((2, 4),), (1, 2), speaker=(0, 1))]
    counts = quotes.count_article(Article("a", doc.text, None, (Annotated((), ((0, 20),)),)), doc)
    assert counts["all_found"] == 0


def test_pronoun_means_the_name_that_shares_its_cluster() -> None:
    doc = make_doc("Ann met Eve and she left")
    doc._.mentions = [
        Mention(0, 1, "PERSON", cluster=0),
        Mention(2, 3, "PERSON", cluster=1),
        Mention(4, 5, "PERSON", "pronoun", cluster=1),
    ]
    snippet = Snippet(doc.text, "she", 16, 19, (Named(0, 3, True), Named(8, 11, False)))
    counts = speakers.count_snippet(snippet, doc)
    assert (counts["right"], counts["found"], counts["gold"]) == (0, 1, 1)


def test_mentions_without_cluster_mean_nobody() -> None:
    doc = make_doc("Ann said she left")
    doc._.mentions = [Mention(0, 1, "PERSON"), Mention(2, 3, "PERSON", "pronoun")]
    assert not speakers.is_meant(doc, (9, 12), (0, 3))


def test_speaker_has_a_name_through_its_cluster() -> None:
    doc = make_doc("Ann came . She spoke . They spoke")
    doc._.mentions = [
        Mention(0, 1, "PERSON", cluster=0),
        Mention(3, 4, "PERSON", "pronoun", cluster=0),
        Mention(6, 7, "PERSON", "pronoun"),
    ]
    doc._.quotes = [
        Quote("direct", ((4, 5),), speaker_mention=1),
        Quote("indirect", ((7, 8),), speaker_mention=2),
        Quote("mixed", ((7, 8),)),
    ]
    assert speakers.count_quotes(doc) == {
        "quotes": 3,
        "named": 1,
        "spoken": 2,
        "spoken_named": 1,
        "spoken_of_named": 0,
    }


def test_event_is_matched_by_the_heads_of_its_parties() -> None:
    doc = make_doc("The old army attacked the rebels", heads=[2, 2, 3, 3, 5, 3])
    parties = (Argument("actor", 2, 3), Argument("recipient", 5, 6))
    doc._.events = [Event(3, 4, "ASSAULT", arguments=parties)]
    counts = events.count_sentence(Coded(doc.text, (Triple("the old army", "The rebels", "ASSAULT"),)), doc)
    assert (counts["typed"], counts["found"], counts["events"]) == (1, 1, 1)


def test_time_is_placed_by_its_characters() -> None:
    doc = make_doc("He came on Friday .")
    doc._.times = [TimeMention(3, 4, "DATE", "1998-11-20")]
    counts = time.count_document(Dated("a", doc.text, None, (Timex(11, 17, "DATE", "1998-11-20"),)), doc)
    assert (counts["strict"], counts["value"]) == (1, 1)


def test_missing_set_is_named_and_skipped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run = Run(tmp_path, "dev", "no_model", tmp_path)
    with caplog.at_level(logging.WARNING):
        assert TASKS["time"](run) == []
    assert caplog.messages == ["skipped: no time/**/*.tml below the corpora folder"]
    assert run.missing == ["time/**/*.tml"]


def test_limit_takes_the_first_documents(tmp_path: Path) -> None:
    assert list(Run(tmp_path, "dev", "m", tmp_path, limit=2).take(range(5))) == [0, 1]
    assert list(Run(tmp_path, "dev", "m", tmp_path).take(range(5))) == [0, 1, 2, 3, 4]


@pytest.fixture
def fixed_task() -> Iterator[str]:
    """A task that always scores the same, in the scoreboard for one test."""
    TASKS["fixed"] = lambda run: [Score("fixed", run.split, "F1", 81.25, 70.0, 90.0, 16)]
    yield "fixed"
    del TASKS["fixed"]


def test_command_prints_a_table_and_writes_json(
    tmp_path: Path, fixed_task: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "scores.json"
    code = command.main(["--corpora", str(tmp_path), "--split", "test", "--task", fixed_task, "--json", str(target)])
    assert code == 0
    assert "| fixed | test | F1     | 81.2  | 70.0–90.0    | 16    |" in capsys.readouterr().out
    written = json.loads(target.read_text(encoding="utf-8"))
    assert (written["split"], written["scores"][0]["value"]) == ("test", 81.25)


def test_command_without_any_set_fails(tmp_path: Path) -> None:
    assert command.main(["--corpora", str(tmp_path), "--task", "time"]) == 1


def test_command_asks_for_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        command.main(["--corpora", str(tmp_path / "nowhere")])
    assert raised.value.code == 2
    assert "is no folder" in capsys.readouterr().err


def test_sets_side_by_side_are_also_scored_together() -> None:
    counts = {Path("a/b/X"): [{"gold": 1.0}], Path("a/b/Y"): [{"gold": 2.0}, {"gold": 3.0}], Path("a/c/Z"): []}
    assert list(time.name_sets(counts)) == [
        ("X", [{"gold": 1.0}]),
        ("Y", [{"gold": 2.0}, {"gold": 3.0}]),
        ("X + Y", [{"gold": 1.0}, {"gold": 2.0}, {"gold": 3.0}]),
        ("Z", []),
    ]
