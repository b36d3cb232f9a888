"""Parses: long texts in pieces, kept files read back."""

from pathlib import Path

import spacy

from tasks.extract.parses import parse, parses_path, read_parses, split_chunks, write_parses


def test_chunks_join_to_the_text_and_cut_at_paragraphs() -> None:
    text = "One two.\n\nThree four.\n\nFive."
    chunks = split_chunks(text, limit=15)
    assert "".join(chunks) == text
    assert chunks == ["One two.\n\n", "Three four.\n\n", "Five."]


def test_text_without_blanks_is_cut_at_the_limit() -> None:
    assert split_chunks("abcdefg", limit=3) == ["abc", "def", "g"]


def test_long_text_is_one_doc_with_the_same_text(monkeypatch) -> None:
    monkeypatch.setattr("tasks.extract.parses.CHUNK_CHARS", 10)
    text = "One two.\n\nThree  four.\n\nFive."
    chunks = split_chunks(text, limit=10)
    assert len(chunks) > 1
    (doc,) = parse(spacy.blank("en"), [text])
    assert doc.text == text


def test_kept_parses_are_read_back_and_older_ones_removed(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    old, new = parses_path(tmp_path, "bat_1", "a" * 32), parses_path(tmp_path, "bat_1", "b" * 32)
    write_parses(old, [nlp("Old text.")])
    write_parses(new, [nlp("New text."), nlp("")])
    assert not old.exists()
    assert [doc.text for doc in read_parses(new, nlp.vocab) or []] == ["New text.", ""]


def test_missing_or_broken_parses_are_none(tmp_path: Path) -> None:
    path = tmp_path / "bat_1-aa.spacy"
    assert read_parses(path, spacy.blank("en").vocab) is None
    path.write_bytes(b"\x00broken")
    assert read_parses(path, spacy.blank("en").vocab) is None
