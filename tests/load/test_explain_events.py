"""`dateline explain` of a sentence: asked for by words or by its place."""

from pathlib import Path

import pytest

from tasks.errors import DatelineError
from tasks.load.explain_events import Passage, explain_sentence, find_passage, is_sentence
from tasks.load.task import load
from tasks.settings import DEFAULT_MODEL, Settings
from tests.load.world import make_rows, write_rows


@pytest.mark.parametrize(
    ("what", "expected"),
    [("art_1:0", True), ("eve_0000000000000001", False), ("Peru attacked Chile.", True), ("word", False)],
)
def test_words_and_places_are_sentences(what: str, expected: bool) -> None:
    assert is_sentence(what) is expected


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), workers=1)
    write_rows(settings.data_dir, make_rows())
    load(settings, run_id="run")
    return settings


def test_sentence_of_an_article_is_found(settings: Settings) -> None:
    sentence = make_rows()["sentences"][0]
    article = next(row for row in make_rows()["articles"] if row["article_id"] == sentence["article_id"])
    passage = find_passage(settings, sentence["article_id"], str(sentence["sentence_index"]))
    assert passage[:4] == (article["body"], sentence["start_char"], sentence["end_char"], article["title"])


def test_unknown_sentence_is_an_error(settings: Settings) -> None:
    with pytest.raises(DatelineError, match="No article art_none has a sentence 7"):
        find_passage(settings, "art_none", "7")


@pytest.mark.skipif(not Path(DEFAULT_MODEL, "meta.json").exists(), reason="the model is not in the tree")
def test_events_and_misses_of_a_sentence_are_told() -> None:
    text = "Peru arrested a journalist, and the actress stole the show."
    assert explain_sentence(Settings(), text) == [
        text,
        "  event: COERCE/arrest [arrested] affirmed asserted past; "
        "actor: Peru; recipient: a journalist; arrested: a journalist; v.arrest (0.84)",
        "  stole: a pattern says that it shows no event here (v.steal.show)",
    ]


def test_passage_is_whole_without_an_article() -> None:
    assert Passage("a b", 0, 3) == ("a b", 0, 3, None, None)
