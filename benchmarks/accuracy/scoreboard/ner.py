"""Names, demonyms, dates and sums on gold tokens, as the rules leave them."""

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from benchmarks.accuracy.formats.iob2 import Tagged, read_documents
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures, share
from benchmarks.accuracy.reading import Words
from benchmarks.accuracy.scorers.spans import count_exact

Name = tuple[int, int, str]

LABELS = {
    "PER": "PERSON", "Person": "PERSON", "PERSON": "PERSON",
    "ORG": "ORG", "Organization": "ORG", "Organisation": "ORG",
    "LOC": "PLACE", "GPE": "PLACE", "FAC": "PLACE", "Location": "PLACE", "Facility": "PLACE",
    "NORP": "NORP", "DATE": "DATE", "Date": "DATE", "MONEY": "MONEY", "Money": "MONEY",
}  # fmt: skip
MICRO = ("PERSON", "ORG", "PLACE")
EACH = (*MICRO, "NORP", "DATE", "MONEY")
RELATIVE = frozenset({
    "a", "ago", "an", "at", "current", "day", "earlier", "early", "end", "fall", "last", "late", "later", "mid",
    "next", "now", "old", "past", "recent", "spring", "summer", "the", "then", "these", "this", "those", "time",
    "today", "tomorrow", "tonight", "weekend", "winter", "year", "yesterday",
})  # fmt: skip
FIGURES = (
    Figure("F1 micro", ("micro_right", "micro_found", "micro_gold"), f1, "micro_gold"),
    Figure("precision micro", ("micro_right", "micro_found"), share, "micro_gold"),
    Figure("recall micro", ("micro_right", "micro_gold"), share, "micro_gold"),
    Figure("F1 micro, model alone", ("model_right", "model_found", "model_gold"), f1, "model_gold"),
    *(
        Figure(f"F1 {label}", (f"{label}_right", f"{label}_found", f"{label}_gold"), f1, f"{label}_gold")
        for label in EACH
    ),
)


@register("ner")
def score_names(run: Run) -> list[Score]:
    """Exact-span scores on each set; labels that a set does not annotate are not scored on it."""
    scores: list[Score] = []
    for path in run.find(f"ner/*-{run.split}.iob2"):
        documents = list(run.take(read_documents(path)))
        docs = run.reader.read_words(Words(d.forms, d.spaces, d.starts) for d in documents)
        rows = [count_names(document, doc) for document, doc in zip(documents, docs, strict=True)]
        scores += score_figures("ner", path.stem.removesuffix(f"-{run.split}"), FIGURES, rows)
    return scores


def count_names(document: Tagged, doc: Doc) -> dict[str, float]:
    """The counts of one document for each label, over the three of names, and for the model without rules."""
    gold = merge((start, end, label) for start, end, label in document.names)
    found, model = find_names(doc), merge((ent.start, ent.end, ent.label_) for ent in doc.ents)
    counts: dict[str, float] = {}
    for prefix, labels, names in (
        ("micro", MICRO, found),
        ("model", MICRO, model),
        *((label, (label,), found) for label in EACH),
    ):
        own = count_exact(*({name for name in side if name[2] in labels} for side in (gold, names)))
        counts |= {f"{prefix}_{key}": value for key, value in own.items()}
    return counts


def merge(names: Iterable[Name]) -> set[Name]:
    """The names of labels that are scored, places as one."""
    return {(start, end, LABELS[label]) for start, end, label in names if label in LABELS}


def find_names(doc: Doc) -> set[Name]:
    """The names of `doc._.mentions`, the named dates of `doc._.times` and the sums of `doc._.numbers`."""
    names = ((m.start, m.end, m.label) for m in doc._.mentions if m.mention_type == "name" and m.label != "DATE")
    dates = ((t.start, t.end, "DATE") for t in doc._.times if t.timex_type == "DATE")
    sums = {(n.start, n.end, "MONEY") for n in doc._.numbers if n.label == "MONEY"}
    return merge(names) | {date for date in dates if is_named_date(doc[date[0] : date[1]].text)} | sums


def is_named_date(text: str) -> bool:
    """Whether a date names a day, month, year or feast; dates such as `last week` are not annotated in news sets."""
    words = re.findall(r"\w+", text)
    if any(word.lower() == "ago" for word in words):
        return False
    return any(word[0].isdigit() or (word[0].isupper() and word.lower() not in RELATIVE) for word in words)
