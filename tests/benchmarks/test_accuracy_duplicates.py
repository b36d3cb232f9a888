"""The synthetic copies, and how what is found is judged."""

import json
import random
from pathlib import Path

import pytest

from benchmarks.accuracy.copies import KINDS, OUTLET, make_copy, make_series, share_sentences, split_paragraphs
from benchmarks.accuracy.formats.scrapes import Scraped, read_days
from benchmarks.accuracy.scoreboard.duplicates import Item, count_items, count_pairs
from tasks.clean.duplicates import Duplicate

PARAGRAPHS = [f"Paragraph {n} has some thirty words. {' '.join(f'w{n}x{k}' for k in range(30))}." for n in range(10)]
TEXT = "\n\n".join(PARAGRAPHS)
DONOR = "\n\n".join(f"Donor {n} {' '.join(f'd{n}x{k}' for k in range(100))}." for n in range(4))


def copy(kind: str, text: str = TEXT) -> list[str]:
    return make_copy(text, DONOR, kind, random.Random(1)).split("\n\n")


def test_cut_tail_keeps_the_beginning() -> None:
    parts = copy("cut tail")
    assert 4 <= len(parts) <= 9
    assert parts == PARAGRAPHS[: len(parts)]


def test_changed_lead_is_another_first_paragraph() -> None:
    first, *rest = copy("changed lead")
    assert first.startswith("Donor 0")
    assert len(first.split()) == 80
    assert rest == PARAGRAPHS[1:]


def test_captions_stand_between_paragraphs() -> None:
    parts = copy("inserted captions")
    assert [part for part in parts if part in PARAGRAPHS] == PARAGRAPHS
    assert 1 <= len(parts) - len(PARAGRAPHS) <= 4
    assert parts[0] == PARAGRAPHS[0]


def test_outlets_are_swapped_in_the_text() -> None:
    text = TEXT.replace("Paragraph 3", "Fox News and Reuters")
    outlets = {found for part in copy("swapped outlets", text) for found in OUTLET.findall(part)}
    assert len(outlets) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_copies_differ_and_are_the_same_each_time(kind: str) -> None:
    assert copy(kind) == copy(kind) != PARAGRAPHS


def test_text_without_paragraphs_is_parted_by_sentences() -> None:
    text = "One is here. Two is there. Three is gone. Four came. Five went."
    assert split_paragraphs(text) == ["One is here. Two is there.", "Three is gone. Four came.", "Five went."]


def test_sentences_are_shared_letter_by_letter() -> None:
    assert share_sentences(PARAGRAPHS[0], TEXT) == 1.0
    assert share_sentences(TEXT, PARAGRAPHS[0]) == 0.1
    assert share_sentences("", TEXT) == 0.0


def test_days_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "news-raw.jsonl"
    rows = [{"date": day, "source": "Wire ", "text": f"{day} {n}"} for n in range(2) for day in ("2020-01-02", "")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert list(read_days(path, 5)) == [
        Scraped("2020-01-02", "Wire", "2020-01-02 0"),
        Scraped("2020-01-02", "Wire", "2020-01-02 1"),
    ]


def test_copy_found_with_another_family_is_wrong() -> None:
    pool = [Item(TEXT, 0), Item(DONOR, 1), Item(TEXT, 0, "cut tail"), Item(TEXT, 0, "mixture")]
    rows = list(count_items(pool, {2: Duplicate(0, 1.0), 3: Duplicate(1, 0.8)}))
    assert [row["recalled"] for row in rows] == [1, 0]
    assert [(row["right"], row["found"]) for row in rows] == [(1, 1), (0, 1)]
    assert rows[0]["recalled cut tail"] == rows[1]["copies mixture"] == 1


def test_real_copies_count_neither_way() -> None:
    pool = [Item(TEXT, 0), Item("\n\n".join(PARAGRAPHS[:8]), 1)]
    assert [row["found"] for row in count_items(pool, {1: Duplicate(0, 1.0)})] == [0]


def test_two_reports_of_one_day_are_a_pair() -> None:
    names = " and ".join(f"then Nam{chr(97 + n)}er" for n in range(12))
    reports = [Scraped("2020-01-02", "A", f"First report says {names}."), Scraped("2020-01-02", "B", f"Then {names}.")]
    assert [(row["apart"], row["pairs"]) for row in count_pairs(reports, {})] == [(1, 1)]
    assert [(row["apart"], row["pairs"]) for row in count_pairs(reports, {1: Duplicate(0, 0.7)})] == [(0, 1)]


def test_series_differ_from_day_to_day() -> None:
    for reports in make_series(5, random.Random(1)):
        assert len(set(reports)) == 5
        assert min(len(report.split()) for report in reports) >= 44
