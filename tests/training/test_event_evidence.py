"""Verdicts of readers against the events that the rules code now."""

from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from tasks.nlp.records import Event
from training.event_evidence import VERDICTS, Verdict, is_right, read_verdicts

HELD = Verdict(frozenset(), "CONSULT", "", ("affirmed", "asserted", "past"))


def test_verdicts_are_read_by_draw_article_and_position(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.csv"
    columns = "draw,article,position,faults,event_type,event_mode,polarity,modality,tense"
    path.write_text(f"# comment\n{columns}\n3002,7,120,claim|party,AID,,affirmed,planned,future\n")
    expected = Verdict(frozenset({"claim", "party"}), "AID", "", ("affirmed", "planned", "future"))
    assert read_verdicts(path) == {(3002, 7): {120: expected}}


@pytest.mark.parametrize(
    ("event", "verdict", "right"),
    [
        (Event(0, 1, "CONSULT"), HELD, True),
        (Event(0, 1, "AID"), HELD, False),
        (Event(0, 1, "CONSULT", modality="planned"), HELD, False),
        (Event(0, 1, "CONSULT", tense="future"), HELD, False),
        (Event(0, 1, "CONSULT"), HELD._replace(faults=frozenset({"party"})), False),
        (Event(0, 1, "CONSULT", "visit"), HELD, True),
        (Event(0, 1, "CONSULT", "visit"), HELD._replace(faults=frozenset({"mode"})), False),
        (
            Event(0, 1, "CONSULT", modality="planned", tense="past"),
            HELD._replace(standing=("affirmed", "planned", "future")),
            True,
        ),
    ],
)
def test_event_is_right_where_rules_give_what_the_reader_holds(event: Event, verdict: Verdict, right: bool) -> None:
    assert is_right(event, verdict) is right


def test_committed_verdicts_hold_no_words_of_the_texts() -> None:
    columns = {cell for line in VERDICTS.read_text("utf-8").splitlines()[4:] for cell in line.split(",")[3:]}
    assert all(cell.replace("|", "").replace("-", "").isalpha() or not cell for cell in columns)
