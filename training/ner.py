"""Named-entity sets to passages, and the training of the entity recognizer."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import srsly
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import registry

from training.gazetteer import load_gazetteer
from training.ner_sets import read_development, read_training
from training.passages import LABELS, Passage, Span, build_example
from training.substitute import Names, restyle, substitute_names
from training.syntax import load_blank
from training.vectors import add_vectors

CONFIG = Path(__file__).parent / "configs" / "ner.cfg"
RATES = {"PERSON": 0.4, "GPE": 0.3, "ORG": 0.25, "FAC": 0.4, "NORP": 0.2}
SHARE_SUBSTITUTED = 0.65


def convert_ner(corpora: Path, work: Path) -> None:
    """Writes the training passages, the development DocBins and the label inventory."""
    gazetteer = load_gazetteer(corpora)
    srsly.write_jsonl(work / "ner-train.jsonl", [to_record(p) for p in read_training(corpora, gazetteer)])
    nlp = load_blank()
    together = DocBin()
    for name, passages in read_development(corpora, gazetteer).items():
        alone = DocBin(docs=[build_example(nlp, passage).reference for passage in passages])
        alone.to_disk(work / f"ner-dev-{name}.spacy")
        together.merge(alone)
    together.to_disk(work / "ner-dev.spacy")
    srsly.write_json(work / "ner-labels.json", list_moves())


def list_moves() -> dict[str, dict[str, int]]:
    """The recognizer's actions with equal counts: missing, begin, in, last, unit, out."""
    counts = dict.fromkeys(LABELS, 1)
    return {"0": {}, "1": counts, "2": counts, "3": counts, "4": {**counts, "": 1}, "5": {"": 1}}


def to_record(passage: Passage) -> dict[str, Any]:
    return {"source": passage.source, "text": passage.text, "spans": [list(span) for span in passage.spans]}


def from_record(record: dict[str, Any]) -> Passage:
    return Passage(record["source"], record["text"], tuple(Span(*span) for span in record["spans"]))


@registry.readers("dateline.passages.v1")
def create_passage_reader(path: Path, corpora: Path, seed: int) -> Callable[[Language], Iterator[Example]]:
    """A corpus that yields every passage once an epoch, in a new order and with newly drawn names."""
    chooser = random.Random(seed)
    passages = [from_record(record) for record in srsly.read_jsonl(path)]
    names = Names(load_gazetteer(Path(corpora)), chooser)

    def read(nlp: Language) -> Iterator[Example]:
        for passage in chooser.sample(passages, len(passages)):
            rates = RATES if chooser.random() < SHARE_SUBSTITUTED else {}
            yield build_example(nlp, restyle(substitute_names(passage, names, rates=rates), chooser))

    return read


def prepare_vectors(work: Path) -> Path:
    """A pipeline folder that carries nothing but the word vectors."""
    nlp = load_blank()
    add_vectors(nlp, work / "vectors.floret")
    nlp.to_disk(work / "vectors")
    return work / "vectors"


def train_ner(corpora: Path, work: Path, *, max_steps: int | None = None) -> Path:
    """Trains from the converted passages; returns the folder of the best model."""
    output = work / "ner"
    overrides: dict[str, object] = {
        "paths.passages": str(work / "ner-train.jsonl"),
        "paths.corpora": str(corpora),
        "paths.dev": str(work / "ner-dev.spacy"),
        "paths.vectors": str(work / "vectors"),
        "paths.labels": str(work / "ner-labels.json"),
    }
    if max_steps is not None:
        overrides["training.max_steps"] = max_steps
    train(CONFIG, output, overrides=overrides)
    return output / "model-best"
