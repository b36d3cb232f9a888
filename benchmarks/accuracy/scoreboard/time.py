"""Time expressions and their values on raw text, the day of publication given."""

from itertools import groupby

from spacy.tokens import Doc

from benchmarks.accuracy.formats.timeml import Dated, read_document
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures
from benchmarks.accuracy.reading import Text, chars_of
from benchmarks.accuracy.scorers.times import Expression, count_times

FIGURES = (
    Figure("detection F1, strict", ("strict", "found", "gold"), f1, "gold"),
    Figure("detection F1, relaxed", ("relaxed", "found", "gold"), f1, "gold"),
    Figure("value F1", ("value", "found", "gold"), f1, "gold"),
    Figure("type F1", ("type", "found", "gold"), f1, "gold"),
)


@register("time")
def score_times(run: Run) -> list[Score]:
    """Scores on each folder of TimeML files."""
    scores: list[Score] = []
    for folder, group in groupby(run.find("time/**/*.tml"), key=lambda path: path.parent):
        documents = [read_document(path) for path in run.take(group)]
        docs = run.reader.read_texts(Text(document.text, document.published_on) for document in documents)
        rows = [count_document(document, doc) for document, doc in zip(documents, docs, strict=True)]
        scores += score_figures("time", folder.name, FIGURES, rows)
    return scores


def count_document(document: Dated, doc: Doc) -> dict[str, float]:
    """The counts of one document."""
    gold = [Expression(*time) for time in document.times]
    found = [Expression(*chars_of(doc, t.start, t.end), t.timex_type, t.value) for t in doc._.times]
    return count_times(gold, found)
