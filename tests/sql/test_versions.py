"""A newer version in the warehouse: it is what the views show, and what it changed can be read."""

from pathlib import Path

import pytest

from tasks.errors import CheckFailedError
from tasks.load.query import run_query
from tasks.load.task import load
from tasks.settings import Settings
from tests.load.world import GAZETTE, GAZETTE_BODY, Rows, article, make_rows, write_rows

OLDER = "art_0000000000000004"
OLDER_BODY = "The storm in Port Vale killed 15 people.\n\nCanada sent aid to Port Vale."


def make_versions() -> Rows:
    """The small world, in which the Gazette's article had a version before; both were read."""
    rows = make_rows()
    gazette = rows["articles"][1]
    gazette["version_number"] = 2
    older = article(OLDER, OLDER_BODY, title="Toll at 15", superseded_by=GAZETTE, version_number=1)
    rows["articles"].append(older)
    for index, text in enumerate(OLDER_BODY.split("\n\n")):
        start = OLDER_BODY.index(text)
        rows["sentences"].append(
            {
                "article_id": OLDER,
                "sentence_index": index,
                "start_char": start,
                "end_char": start + len(text),
                "text": text,
            }
        )
    mention = next(row for row in rows["entity_mentions"] if row["text"] == "Canada")
    start = OLDER_BODY.index("Canada")
    rows["entity_mentions"].append(
        {**mention, "mention_id": "men_0000000000000005", "article_id": OLDER, "start_char": start,
         "end_char": start + len("Canada")}
    )  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse of that world."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("versions"), workers=1)
    write_rows(settings.data_dir, make_versions())
    return load(settings, run_id="20240509T000000Z-0001").path


def test_views_show_the_current_version(published: Path) -> None:
    _, articles = run_query(published, "select title, version_number from articles where title like 'Toll%'")
    assert articles == [("Toll rises", 2)]
    _, mentions = run_query(published, "select article_title from mentions where text = 'Canada'")
    assert mentions == [("Toll rises",)]


def test_older_version_stays_in_core(published: Path) -> None:
    _, rows = run_query(published, f"select body, superseded_by from core.articles where article_id = '{OLDER}'")
    assert rows == [(OLDER_BODY, GAZETTE)]
    _, status = run_query(published, f"select status from marts.article_coverage where article_id = '{OLDER}'")
    assert status == [("superseded",)]


def test_change_can_be_read(published: Path) -> None:
    _, rows = run_query(
        published,
        "select version_number, old_title, title, removed, added, added_char_count from marts.article_versions",
    )
    removed, added = OLDER_BODY.split("\n\n", maxsplit=1)[0], GAZETTE_BODY.split("\n\n")[0]
    assert rows == [(2, "Toll at 15", "Toll rises", [removed], [added], len(GAZETTE_BODY) - len(OLDER_BODY))]


def test_event_of_an_older_version_is_not_published(tmp_path: Path) -> None:
    rows = make_versions()
    rows["event_sources"][1] = {**rows["event_sources"][1], "article_id": OLDER}
    settings = Settings(data_dir=tmp_path / "data", workers=1)
    write_rows(settings.data_dir, rows)
    with pytest.raises(CheckFailedError, match="counted_versions"):
        load(settings, run_id="20240509T000000Z-0002")
