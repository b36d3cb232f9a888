"""`dateline explain`: the span in context, what made the row, what is tied to it."""

from pathlib import Path

import pytest

from tasks.errors import DatelineError
from tasks.load.explain import explain, show_context, show_figure
from tasks.load.task import load
from tasks.schemas import DATASETS
from tasks.settings import Settings
from tests.load.world import make_rows, write_rows

IDS = [
    (name, row[DATASETS[name].key[0]])
    for name, rows in make_rows().items()
    for row in rows[:1]
    if len(DATASETS[name].key) == 1
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), workers=1)
    write_rows(settings.data_dir, make_rows())
    return load(settings, run_id="run").path


def words(path: Path, row_id: str) -> str:
    """The lines with single blanks, for short expectations."""
    return "\n".join(" ".join(line.split()) for line in explain(path, row_id))


@pytest.mark.parametrize(("table", "row_id"), IDS)
def test_every_table_with_an_id_is_explained(table: str, row_id: str, path: Path) -> None:
    text = words(path, row_id)
    assert f"{table} {row_id}\n{DATASETS[table].grain}" in text
    assert "published by run run, dateline" in text


def test_a_quote_shows_its_words_in_context(path: Path) -> None:
    text = words(path, "quo_0000000000000001")
    assert "José Pina said. [“We will rebuild,” she said, “and we will not wait.”]" in text
    assert "made by rule_id split, score 0.95" in text
    assert "speaker_entity_id → ent_pina José Pina" in text
    assert "read from extract/quote_mentions/b1.parquet, fingerprint mark" in text


def test_an_event_shows_every_report_and_the_rival_figures(path: Path) -> None:
    text = words(path, "eve_0000000000000001")
    assert "The storm [killed] 20 people" in text
    assert "The storm in Port Vale [killed] at least 24 people" in text
    assert text.endswith("figures of the event\nkilled 20 (Herald, says José Pina)\nkilled 24+ (Gazette)")


def test_an_event_mention_shows_the_figures_of_its_event(path: Path) -> None:
    assert "killed 24+ (Gazette)" in words(path, "evm_0000000000000001")


def test_an_unknown_id_is_one_sentence(path: Path) -> None:
    with pytest.raises(DatelineError, match="No row has the id art_none"):
        explain(path, "art_none")


def test_context_is_cut_on_both_sides() -> None:
    body = "a" * 100 + "b" + "c" * 100
    assert show_context(body, 100, 101) == "…" + "a" * 80 + "[b]" + "c" * 80 + "…"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(20, 20, "20"), (20, 24, "20–24"), (1300, None, "1,300+"), (None, 24, "up to 24"), (0, 0, "0")],
)
def test_figures_as_text(low: int | None, high: int | None, text: str) -> None:
    assert show_figure(low, high) == text
