"""Files and folders to raw documents: what is read, in which order, and what is turned away for which reason."""

import json
import os
from pathlib import Path

import pytest

from tasks.clean.readers import Given, RawDocument, Reject, list_files, read_documents
from tasks.errors import InputNotFoundError
from tests.clean.conftest import STORY

LIMIT = 10_000


def read(path: Path, max_bytes: int = LIMIT) -> list[RawDocument | Reject]:
    return list(read_documents(list_files([path]), max_bytes=max_bytes))


def reasons(path: Path, max_bytes: int = LIMIT) -> list[tuple[str, str]]:
    return [(item.source_uri, item.reason) for item in read(path, max_bytes) if isinstance(item, Reject)]


def texts(path: Path, max_bytes: int = LIMIT) -> list[str]:
    return [item.text for item in read(path, max_bytes) if isinstance(item, RawDocument)]


def test_missing_path_is_an_error(inbox: Path) -> None:
    with pytest.raises(InputNotFoundError, match="There is no file or folder"):
        list_files([inbox / "gone"])


def test_empty_folder_is_an_error(inbox: Path) -> None:
    with pytest.raises(InputNotFoundError, match="There is no file in"):
        list_files([inbox])


def test_folder_is_walked_in_name_order_without_hidden_files(inbox: Path) -> None:
    for name in ("b.txt", "a/z.txt", ".hidden.txt", ".git/x.txt", "c.txt"):
        (inbox / name).parent.mkdir(exist_ok=True)
        (inbox / name).write_text("x")
    assert [file.source_uri for file in list_files([inbox])] == ["inbox/a/z.txt", "inbox/b.txt", "inbox/c.txt"]


def test_file_is_named_as_in_its_folder(inbox: Path) -> None:
    (inbox / "a.txt").write_text("x")
    assert [file.source_uri for file in list_files([inbox / "a.txt"])] == ["inbox/a.txt"]


def test_file_that_two_inputs_hold_is_read_once(inbox: Path) -> None:
    (inbox / "a.txt").write_text("x")
    assert len(list_files([inbox, inbox / "a.txt", inbox])) == 1


def test_folders_of_one_name_get_longer_names(tmp_path: Path) -> None:
    for parent in ("one", "two"):
        (tmp_path / parent / "in").mkdir(parents=True)
        (tmp_path / parent / "in" / "a.txt").write_text("x")
    files = list_files([tmp_path / "one" / "in", tmp_path / "two" / "in"])
    assert [file.source_uri for file in files] == ["one/in/a.txt", "two/in/a.txt"]


def test_loop_of_links_is_walked_once(inbox: Path) -> None:
    (inbox / "a.txt").write_text("x")
    (inbox / "loop").symlink_to(inbox)
    assert [file.source_uri for file in list_files([inbox])] == ["inbox/a.txt"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n rest", "binary"),
        ("zeros.txt", b"words\x00\x01\x02 and more words", "binary"),
        ("noise.txt", bytes(range(1, 32)) * 50, "binary"),
        ("large.txt", b"x" * (LIMIT + 1), "too_large"),
        ("paper.pdf", b"%PDF-1.7", "damaged"),
        ("photo.jpg", b"\xff\xd8\xff", "unsupported_format"),
        ("noname", b"text", "unsupported_format"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("binary.csv", b"title,text\n\x00\x00\x01", "binary"),
        ("columns.csv", b"id,colour\n1,red\n", "bad_record"),
        ("number.json", b"42", "bad_record"),
        ("broken.json", b'{"title": ', "bad_record"),
    ],
)
def test_file_that_cannot_be_read_has_a_named_reason(inbox: Path, name: str, content: bytes, reason: str) -> None:
    (inbox / name).write_bytes(content)
    assert reasons(inbox) == [(f"inbox/{name}", reason)]


def test_broken_link_is_unreadable(inbox: Path) -> None:
    (inbox / "a.txt").symlink_to(inbox / "gone.txt")
    assert reasons(inbox) == [("inbox/a.txt", "unreadable")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_unreadable(inbox: Path) -> None:
    (inbox / "a.txt").write_text("x")
    (inbox / "a.txt").chmod(0)
    assert reasons(inbox) == [("inbox/a.txt", "unreadable")]


def test_pipe_is_not_opened(inbox: Path) -> None:
    os.mkfifo(inbox / "pipe.txt")
    assert reasons(inbox) == [("inbox/pipe.txt", "unsupported_format")]


def test_lines_of_jsonl_are_kept_or_rejected_one_by_one(inbox: Path) -> None:
    lines = [
        json.dumps({"headline": "One", "articleBody": "First."}),
        '{"headline": "Two", "articleBody": "Sec',
        "",
        json.dumps(["no", "object"]),
        json.dumps({"headline": "Four", "content": "  "}),
        json.dumps({"headline": "Five"}),
        json.dumps({"text": "x" * LIMIT}),
        "[" * 100_000,
        json.dumps({"maintext": "Last."}),
    ]
    (inbox / "a.jsonl").write_text("\n".join(lines))
    assert texts(inbox) == ["First.", "Last."]
    assert reasons(inbox) == [
        ("inbox/a.jsonl#2", "bad_record"),
        ("inbox/a.jsonl#4", "bad_record"),
        ("inbox/a.jsonl#5", "empty"),
        ("inbox/a.jsonl#6", "bad_record"),
        ("inbox/a.jsonl#7", "too_large"),
        ("inbox/a.jsonl#8", "too_large"),
    ]


def test_record_gives_its_metadata_under_any_known_name(inbox: Path) -> None:
    record = {
        "Headline": "Title",
        "content": ["One.", "Two."],
        "datePublished": "2022-01-07",
        "author": [{"name": "Jane Doe"}, "John Roe"],
        "publisher": {"@type": "Organization", "name": "The Post"},
        "link": "https://example.org/a",
    }
    (inbox / "a.json").write_text(json.dumps(record))
    (document,) = read(inbox)
    assert isinstance(document, RawDocument)
    assert document.source_uri == "inbox/a.json"
    assert document.text == "One.\n\nTwo."
    assert document.given == Given(
        "Title", None, "2022-01-07", "Jane Doe, John Roe", "The Post", "https://example.org/a"
    )


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "One."}, {"text": "Two."}]',
        '{"articles": [{"text": "One."}, {"text": "Two."}]}',
        '{"text": "One."}\n{"text": "Two."}\n',
    ],
)
def test_json_file_holds_records_in_any_shape(inbox: Path, content: str) -> None:
    (inbox / "a.json").write_text(content)
    assert texts(inbox) == ["One.", "Two."]
    assert [item.source_uri for item in read(inbox)] == ["inbox/a.json#1", "inbox/a.json#2"]


def test_list_longer_than_the_limit_is_streamed(inbox: Path) -> None:
    items = [{"text": f"Number {n}: né." + "x" * 500} for n in range(1000)]
    (inbox / "a.json").write_text(json.dumps(items, ensure_ascii=False))
    assert texts(inbox) == [item["text"] for item in items]


def test_list_that_breaks_off_keeps_what_came_before(inbox: Path) -> None:
    (inbox / "a.json").write_text('[{"text": "One."}, {"text": "Tw')
    assert texts(inbox) == ["One."]
    assert reasons(inbox) == [("inbox/a.json#2", "bad_record")]


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("b.csv", ";"), ("c.tsv", "\t")])
def test_table_is_read_with_its_delimiter(inbox: Path, name: str, mark: str) -> None:
    (inbox / name).write_text(
        f'title{mark}body\nOne{mark}"First, ""so"" he said;\n\nthen more."\n', encoding="utf-8-sig"
    )
    (document,) = read(inbox)
    assert isinstance(document, RawDocument)
    assert (document.given.title, document.text) == ("One", 'First, "so" he said;\n\nthen more.')


def test_row_with_too_many_cells_is_rejected(inbox: Path) -> None:
    (inbox / "a.csv").write_text("title,body\nOne,First.\nTwo,Second,and more\nThree,Third.\n")
    assert texts(inbox) == ["First.", "Third."]
    assert reasons(inbox) == [("inbox/a.csv#2", "bad_record")]


def test_row_over_the_limit_is_rejected(inbox: Path) -> None:
    (inbox / "a.csv").write_text(f"title,body\nOne,First.\nTwo,{'x' * (2 * LIMIT)}\nThree,Third.\n")
    assert texts(inbox) == ["First.", "Third."]
    assert reasons(inbox) == [("inbox/a.csv#2", "too_large")]


def test_quotation_mark_left_open_ends_the_table_with_a_reason(inbox: Path) -> None:
    (inbox / "a.csv").write_text('title,body\nOne,First.\nTwo,"' + "line of words\n" * 5000)
    assert texts(inbox) == ["First."]
    assert reasons(inbox) == [("inbox/a.csv#2", "bad_record")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_text_is_read_in_any_encoding(inbox: Path, encoding: str) -> None:
    text = "The president’s “café” in São Paulo – 5 € – was shut, officials said on Monday after the raid."
    (inbox / "a.txt").write_bytes(text.encode(encoding))
    assert texts(inbox) == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_records_are_read_in_any_encoding(inbox: Path, encoding: str) -> None:
    lines = [json.dumps({"text": f"Café number {n}"}, ensure_ascii=False) for n in range(3)]
    (inbox / "a.jsonl").write_bytes("\n".join(lines).encode(encoding))
    assert texts(inbox) == ["Café number 0", "Café number 1", "Café number 2"]


def test_half_a_surrogate_pair_does_not_reach_the_text(inbox: Path) -> None:
    (inbox / "a.jsonl").write_text('{"title": "\\ud83d", "text": "Smile \\ud83d\\ude00 and \\udc00."}')
    (document,) = read(inbox)
    assert isinstance(document, RawDocument)
    assert (document.given.title, document.text) == ("\ufffd", "Smile 😀 and \ufffd.")


@pytest.mark.parametrize("head", ["---\ntitle: Title\ndate: 2022-01-07\n---\n", "TITLE: Title\nDATE: 2022-01-07\n\n"])
def test_metadata_above_a_text_is_read(inbox: Path, head: str) -> None:
    (inbox / "a.md").write_text(head + STORY)
    (document,) = read(inbox)
    assert isinstance(document, RawDocument)
    assert (document.given.title, document.given.date, document.text) == ("Title", "2022-01-07", STORY)


def test_time_of_the_file_is_when_it_was_retrieved(inbox: Path) -> None:
    (inbox / "a.txt").write_text("x")
    os.utime(inbox / "a.txt", (1_600_000_000, 1_600_000_000))
    (document,) = read(inbox)
    assert document.retrieved_at is not None
    assert document.retrieved_at.isoformat() == "2020-09-13T12:26:40+00:00"
