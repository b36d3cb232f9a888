"""Treebanks to spaCy's training format, and the training of tagger, morphologizer, lemmatizer and parser."""

from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import DocBin

from training import augment, tokenizer  # noqa: F401  (registers the functions the config names)
from training.conllu import build_docs

CONFIG = Path(__file__).parent / "configs" / "syntax.cfg"
GROUP_SIZE = 10
BREAK_RATE = 0.6
SEED = 7


def list_treebank(corpora: Path, split: str) -> dict[str, list[Path]]:
    """The files of each treebank, by name, for ``train`` or ``dev``."""
    treebank = corpora / "treebank"
    return {
        "ewt": [treebank / f"en_ewt-ud-{split}.conllu"],
        "gum": sorted((treebank / "gum" / split).glob("*.conllu")),
    }


def convert_syntax(corpora: Path, work: Path) -> None:
    """Writes one DocBin a split, and one a development treebank."""
    nlp = spacy.blank("en")
    for split in ("train", "dev"):
        together = DocBin(store_user_data=False)
        for name, files in list_treebank(corpora, split).items():
            alone = DocBin(store_user_data=False)
            for file in files:
                lines = file.read_text(encoding="utf-8").splitlines()
                for doc in build_docs(nlp.vocab, lines, size=GROUP_SIZE, break_rate=BREAK_RATE, seed=SEED):
                    alone.add(doc)
            alone.to_disk(work / f"syntax-{split}-{name}.spacy")
            together.merge(alone)
        together.to_disk(work / f"syntax-{split}.spacy")


def train_syntax(work: Path, *, max_steps: int | None = None) -> Path:
    """Trains from the converted treebanks; returns the folder of the best model."""
    output = work / "syntax"
    overrides: dict[str, object] = {
        "paths.train": str(work / "syntax-train.spacy"),
        "paths.dev": str(work / "syntax-dev.spacy"),
    }
    if max_steps is not None:
        overrides["training.max_steps"] = max_steps
    train(CONFIG, output, overrides=overrides)
    return output / "model-best"


def load_blank() -> Language:
    """An empty English pipeline with the shipped tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer.adapt_tokenizer(nlp)
    return nlp
