"""Named-entity sets as windows of numbers, and as Docs to evaluate on."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import DocBin

from training.gazetteer import Gazetteer, load_gazetteer
from training.ner_sets import read_development, read_training
from training.passages import Passage, build_example, tag_tokens
from training.substitute import Names, restyle, substitute_names
from training.windows import Inventory, Window, number_entities, split_window

RATES = {"PERSON": 0.4, "GPE": 0.3, "ORG": 0.25, "FAC": 0.4, "NORP": 0.2}
SHARE_SUBSTITUTED = 0.65
LONGEST = 80


def write_development(nlp: Language, corpora: Path, work: Path) -> None:
    """One DocBin a development set."""
    for name, passages in read_development(corpora, load_gazetteer(corpora)).items():
        docs = [build_example(nlp, passage).reference for passage in passages]
        DocBin(docs=docs).to_disk(work / f"ner-dev-{name}.spacy")


def cut_passages(nlp: Language, passages: Iterable[Passage], inventory: Inventory) -> list[Window]:
    """The windows of the passages, in the pipeline's own tokens."""
    windows = []
    for passage in passages:
        doc = nlp.make_doc(passage.text)
        for window in number_entities(doc, tag_tokens(doc, passage.spans), inventory):
            windows += split_window(window, most=LONGEST)
    return windows


def vary_passages(passages: Iterable[Passage], gazetteer: Gazetteer, chooser: random.Random) -> Iterator[Passage]:
    """The passages with newly drawn names in a share of them, and with other quotes and dashes."""
    names = Names(gazetteer, chooser)
    for passage in passages:
        rates = RATES if chooser.random() < SHARE_SUBSTITUTED else {}
        yield restyle(substitute_names(passage, names, rates=rates), chooser)


def read_rounds(nlp: Language, corpora: Path, inventory: Inventory, *, rounds: int, seed: int) -> list[list[Window]]:
    """The training sets several times, each time with other names; the first time as they are."""
    gazetteer, chooser = load_gazetteer(corpora), random.Random(seed)
    passages = list(read_training(corpora, gazetteer))
    varied = [list(vary_passages(passages, gazetteer, chooser)) for _ in range(rounds - 1)]
    return [cut_passages(nlp, each, inventory) for each in (passages, *varied)]
