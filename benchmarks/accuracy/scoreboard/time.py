"""Time expressions and their values on raw text, the day of publication given."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from spacy.tokens import Doc

from benchmarks.accuracy.formats.timeml import Dated, read_document
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures
from benchmarks.accuracy.reading import Text, chars_of
from benchmarks.accuracy.scorers.times import Expression, count_times

Rows: TypeAlias = Sequence[dict[str, float]]
FIGURES = (
    Figure("detection F1, strict", ("strict", "found", "gold"), f1, "gold"),
    Figure("detection F1, relaxed", ("relaxed", "found", "gold"), f1, "gold"),
    Figure("value F1", ("value", "found", "gold"), f1, "gold"),
    Figure("type F1", ("type", "found", "gold"), f1, "gold"),
)


@register("time")
def score_times(run: Run) -> list[Score]:
    """Scores on each folder of TimeML files, and on sibling folders together, their counts added."""
    counts: dict[Path, list[dict[str, float]]] = {}
    for folder, group in groupby(run.find("time/**/*.tml"), key=lambda path: path.parent):
        documents = [read_document(path) for path in run.take(group)]
        docs = run.reader.read_texts(Text(document.text, document.published_on) for document in documents)
        counts[folder] = [count_document(document, doc) for document, doc in zip(documents, docs, strict=True)]
    return [score for name, rows in name_sets(counts) for score in score_figures("time", name, FIGURES, rows)]


def name_sets(counts: Mapping[Path, Rows]) -> Iterator[tuple[str, Rows]]:
    """The counts of the documents of each folder by its name, and of those that lie side by side as `AQUAINT + …`."""
    for _, group in groupby(counts, key=lambda folder: folder.parent):
        folders = list(group)
        for folder in folders:
            yield folder.name, counts[folder]
        if len(folders) > 1:
            yield " + ".join(folder.name for folder in folders), [row for folder in folders for row in counts[folder]]


def count_document(document: Dated, doc: Doc) -> dict[str, float]:
    """The counts of one document."""
    gold = [Expression(*time) for time in document.times]
    found = [Expression(*chars_of(doc, t.start, t.end), t.timex_type, t.value) for t in doc._.times]
    return count_times(gold, found)
