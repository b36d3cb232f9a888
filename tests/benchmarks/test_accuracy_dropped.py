"""The draw of articles for reading, and the table of what was dropped."""

import json
from pathlib import Path

import pytest

from benchmarks.accuracy.dropped import Drop, count_drops, draw_records, format_drops, main
from tasks.clean.articles import Cleaned
from tasks.clean.boilerplate import DroppedLine
from tasks.clean.readers import Reject

TEXT = "The government said on Monday that it would withdraw the bill after two nights of protest. " * 4


def write_records(folder: Path, count: int) -> Path:
    path = folder / "news-raw.jsonl"
    lines = [json.dumps({"title": f"T{n}", "text": f"{TEXT}\n\nAdvertisement\n\n{TEXT}"}) for n in range(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_draw_is_the_same_for_a_seed(tmp_path: Path) -> None:
    path = write_records(tmp_path, 20)
    first = draw_records(path, 5, seed=1)
    assert len(first) == 5
    assert draw_records(path, 5, seed=1) == first
    assert draw_records(path, 5, seed=2) != first
    assert len(draw_records(path, 50, seed=1)) == 20


def test_drops_are_counted_by_rule() -> None:
    reject = Reject("a", "short_body", "")
    lines = (DroppedLine("advertisement", "Ad"), DroppedLine("read_more", "Read more"))
    drops = count_drops([Cleaned(reject, lines), Cleaned(reject, lines[:1])])
    assert drops == [Drop("advertisement", 2, 4, 2), Drop("read_more", 1, 9, 1)]
    assert format_drops(drops).splitlines()[2:] == [
        "| advertisement | 2 | 4 | 2 |",
        "| read_more | 1 | 9 | 1 |",
        "| all | 3 | 13 | |",
    ]


def test_table_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_records(tmp_path, 3)
    assert main(["--corpora", str(tmp_path), "--articles", "2", "--show"]) == 0
    out = capsys.readouterr().out
    assert "  - advertisement: Advertisement" in out
    assert "2 articles drawn with seed 4, 0 rejected" in out
    assert "| advertisement | 2 | 26 | 2 |" in out
