"""Five hundred real articles of mixed outlets, which lie outside the project: spans hold, and no article fails."""

import itertools
import lzma
from pathlib import Path

import pytest

from tasks import schemas, storage
from tasks.settings import PROJECT_DIR, Settings
from tests.conftest import run_line

NEWS_RAW = PROJECT_DIR.parent / "shared" / "corpora" / "news-raw.jsonl.xz"
ARTICLES = 500
WITH_SPANS = [d for d in schemas.DATASETS.values() if d.stage == "extract" and any(c.name == "text" for c in d.columns)]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    if not NEWS_RAW.exists():
        pytest.skip("the news corpus lies outside the project and is not on this machine")
    folder = tmp_path_factory.mktemp("news")
    source: Path = folder / "news.jsonl"
    with lzma.open(NEWS_RAW, "rt", encoding="utf-8") as lines:
        source.write_text("".join(itertools.islice(lines, ARTICLES)), encoding="utf-8")
    return run_line(folder / "data", [source], workers=2)


@pytest.mark.parametrize("dataset", WITH_SPANS, ids=lambda dataset: dataset.name)
def test_every_span_equals_its_slice(news: Settings, dataset: schemas.Dataset) -> None:
    articles = storage.read_dataset(news.data_dir, schemas.ARTICLES, ["article_id", "body"]).to_pylist()
    bodies = {row["article_id"]: row["body"] for row in articles}
    rows = storage.read_dataset(news.data_dir, dataset, ["article_id", "start_char", "end_char", "text"]).to_pylist()
    assert rows
    wrong = [row for row in rows if bodies[row["article_id"]][row["start_char"] : row["end_char"]] != row["text"]]
    assert wrong == []


def test_parts_of_quotes_equal_their_slices(news: Settings) -> None:
    articles = storage.read_dataset(news.data_dir, schemas.ARTICLES, ["article_id", "body"]).to_pylist()
    bodies = {row["article_id"]: row["body"] for row in articles}
    for quote in storage.read_dataset(news.data_dir, schemas.QUOTE_MENTIONS).to_pylist():
        body = bodies[quote["article_id"]]
        parts = [body[part["start_char"] : part["end_char"]] for part in quote["content_spans"]]
        assert " ".join(parts) == quote["content"]
        for name in ("cue", "speaker"):
            start, end = quote[f"{name}_start_char"], quote[f"{name}_end_char"]
            assert quote["cue" if name == "cue" else "speaker_text"] == (None if start is None else body[start:end])


def test_no_article_fails(news: Settings) -> None:
    assert storage.read_dataset(news.data_dir, schemas.FAILED_ARTICLES).to_pylist() == []


def test_every_line_becomes_an_article_or_a_reject(news: Settings) -> None:
    kept = storage.read_dataset(news.data_dir, schemas.ARTICLES).num_rows
    assert kept + storage.read_dataset(news.data_dir, schemas.REJECTED_ARTICLES).num_rows == ARTICLES
