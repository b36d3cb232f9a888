"""`python -m training.event_evidence`: the weights of seeds/reference/event_evidence.csv, learned from judged events.

`event_verdicts.csv` says what readers hold right of the events in sentences drawn from news-raw. The texts are read
again by the rules as they stand, so that a part that the rules mend counts as right; two logistic regressions then tell
from the features of `tasks.nlp.event_evidence` what is no happening and what is right in all parts.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.accuracy.coded import to_texts
from benchmarks.accuracy.dropped import draw_articles
from benchmarks.accuracy.reading import Reader
from tasks.nlp.event_arguments import view_doc
from tasks.nlp.event_evidence import BIAS, COLUMNS, list_evidence
from tasks.nlp.events import Coder
from tasks.nlp.records import Event
from tasks.settings import DEFAULT_MODEL, Settings

VERDICTS = Path(__file__).with_name("event_verdicts.csv")
# How many articles each seed drew.
DRAWS = {3002: 2400, 3003: 1500}
NO_HAPPENING = frozenset({"figurative", "generic", "invented"})
# Faults that the rules cannot be seen to have mended.
LASTING = NO_HAPPENING | {"party", "circumstance", "claim"}
LEAST_SEEN = 6
STRENGTH = 0.05  # inverse of the penalty
FOLDS = 10
SMALLEST = 0.01
HEADER = """\
# What speaks for an event: weights of logistic regression for a happening at all, and for being right in all parts.
# Written by `python -m training.event_evidence` from training/event_verdicts.csv.
"""


class Verdict(NamedTuple):
    """What a reader holds right of an event."""

    faults: frozenset[str]
    event_type: str
    event_mode: str
    standing: tuple[str, str, str]


class Judged(NamedTuple):
    """An event as the rules code it now: its article, its features, whether it happened and is right in all parts."""

    group: tuple[int, int]
    features: frozenset[str]
    happened: bool
    right: bool


def read_verdicts(path: Path) -> dict[tuple[int, int], dict[int, Verdict]]:
    """The verdicts by draw and article, and by the position of the trigger."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    verdicts: dict[tuple[int, int], dict[int, Verdict]] = {}
    for row in csv.DictReader(lines):
        verdict = Verdict(
            frozenset(row["faults"].split("|")) - {""},
            row["event_type"],
            row["event_mode"],
            (row["polarity"], row["modality"], row["tense"]),
        )
        verdicts.setdefault((int(row["draw"]), int(row["article"])), {})[int(row["position"])] = verdict
    return verdicts


def is_right(event: Event, verdict: Verdict) -> bool:
    """Whether the event, as it is coded now, is what the reader holds right; the tense counts for facts alone."""
    if verdict.faults & LASTING or event.event_type != verdict.event_type:
        return False
    if verdict.faults & {"type", "mode"} and (event.event_mode or "") != verdict.event_mode:
        return False
    polarity, modality, tense = verdict.standing
    return (event.polarity, event.modality) == (polarity, modality) and (modality != "asserted" or event.tense == tense)


def judge_events(corpora: Path, reader: Reader) -> Iterator[Judged]:
    """The judged events that the rules still code."""
    verdicts = read_verdicts(VERDICTS)
    coder: Coder = reader.rules.get_pipe("dateline_events")
    for draw, count in DRAWS.items():
        texts = to_texts(draw_articles(corpora / "news-raw.jsonl", count, draw))
        wanted = [(number, text) for number, text in enumerate(texts) if (draw, number) in verdicts]
        docs = reader.read_texts(text for _, text in wanted)
        for (number, _), doc in zip(wanted, docs, strict=True):
            view = view_doc(doc, coder.ontology)
            events, sites = coder.code(view)
            for event in events:
                verdict = verdicts[draw, number].get(doc[event.start].idx)
                if verdict is not None:
                    features = list_evidence(sites[event.start], event, view)
                    happened = not verdict.faults & NO_HAPPENING
                    yield Judged((draw, number), features, happened, is_right(event, verdict))


def learn(judged: list[Judged]) -> dict[str, tuple[float, float]]:
    """The weights for a happening and for being right, by feature; prints how well they tell unseen events."""
    seen = Counter(feature for one in judged for feature in one.features)
    rows = [{feature: 1 for feature in sorted(one.features) if seen[feature] >= LEAST_SEEN} for one in judged]
    vectorizer = DictVectorizer()
    inputs: Any = vectorizer.fit_transform(rows)
    groups = [one.group[0] * 10_000 + one.group[1] for one in judged]
    columns = []
    for name in ("happened", "right"):
        labels = numpy.array([getattr(one, name) for one in judged])
        model = LogisticRegression(C=STRENGTH, max_iter=3000)
        scores = cross_val_predict(model, inputs, labels, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")
        print(f"{name}: {labels.mean():.1%} of {len(labels)}, AUC {roc_auc_score(labels, scores[:, 1]):.3f}")
        model.fit(inputs, labels)
        columns.append([*model.coef_[0], model.intercept_[0]])
    names = [*vectorizer.get_feature_names_out(), BIAS]
    return {name: (a, b) for name, a, b in zip(names, *columns, strict=True) if max(abs(a), abs(b)) >= SMALLEST}


def write_weights(weights: dict[str, tuple[float, float]], path: Path) -> None:
    """Writes the table in the order of the features."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((name, f"{a:.3f}", f"{b:.3f}") for name, (a, b) in sorted(weights.items()))


def main() -> None:
    """Learns and writes the weights."""
    parser = argparse.ArgumentParser(prog="training.event_evidence", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds news-raw.jsonl")
    parser.add_argument("--model", default=str(DEFAULT_MODEL), help="spaCy pipeline, by name or path")
    options = parser.parse_args()
    settings = Settings()
    reader = Reader(options.model, settings.reference_dir)
    weights = learn(list(judge_events(options.corpora, reader)))
    write_weights(weights, settings.reference_dir / "event_evidence.csv")


if __name__ == "__main__":
    main()
