"""Unlabelled news as the teacher reads it: what the student learns from beside the gold data."""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy

from training.teacher import Teacher, run_batches
from training.windows import MISSING, Window

LONGEST = 90
SHARD_WORDS = 400_000
ENDS = frozenset(".!?")
CLOSING = frozenset("\"'”’)")


def read_paragraphs(tokens: Path, *, every: int) -> Iterator[list[str]]:
    """Each n-th line of a file of tokenized paragraphs, cut behind sentence ends where it is long."""
    with tokens.open(encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if index % every == 0:
                yield from cut_words(line.split())


def cut_words(words: list[str]) -> Iterator[list[str]]:
    """Parts of at most LONGEST words."""
    while len(words) > LONGEST:
        end = LONGEST
        while end > LONGEST // 3 and not (
            words[end - 1] in ENDS or (words[end - 1] in CLOSING and words[end - 2] in ENDS)
        ):
            end -= 1
        if end <= LONGEST // 3:
            end = LONGEST
        yield words[:end]
        words = words[end:]
    if words:
        yield words


def make_blank(words: list[str]) -> Window:
    """A window of which nothing is known."""
    missing = numpy.full(len(words), MISSING)
    return Window(tuple(words), *[missing] * 7, weight=numpy.zeros(len(words), dtype="f"))


def label_news(teacher: Teacher, paragraphs: Iterable[list[str]], folder: Path) -> Iterator[Path]:
    """Writes shards of labelled windows; yields the path of each when it is complete."""
    waiting: list[Window] = []
    count = number = 0
    for words in paragraphs:
        waiting.append(make_blank(words))
        count += len(words)
        if count >= SHARD_WORDS:
            yield write_shard(teacher, waiting, folder / f"silver-{number:03}.pickle")
            waiting, count, number = [], 0, number + 1
    if waiting:
        yield write_shard(teacher, waiting, folder / f"silver-{number:03}.pickle")


def write_shard(teacher: Teacher, windows: list[Window], path: Path) -> Path:
    """Labels the windows and writes them."""
    temporary = path.with_suffix(".part")
    temporary.write_bytes(pickle.dumps(run_batches(teacher, windows, words=4000)))
    return temporary.rename(path)
