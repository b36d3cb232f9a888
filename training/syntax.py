"""Treebanks as windows of numbers, and as Docs to evaluate on."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from tasks.nlp.lemmas import make_key
from training import tokenizer
from training.conllu import build_docs
from training.windows import Inventory, Window, number_syntax, split_window

GROUP_SIZE = 10
BREAK_RATE = 0.6
SEED = 7
LONGEST = 80


def list_treebank(corpora: Path, split: str) -> dict[str, list[Path]]:
    """The files of each treebank, by name, for ``train`` or ``dev``."""
    treebank = corpora / "treebank"
    return {
        "ewt": [treebank / f"en_ewt-ud-{split}.conllu"],
        "gum": sorted((treebank / "gum" / split).glob("*.conllu")),
    }


def read_treebanks(corpora: Path, split: str) -> dict[str, list[Doc]]:
    """The docs of each treebank, by name."""
    vocab = spacy.blank("en").vocab
    return {
        name: [
            doc
            for file in files
            for doc in build_docs(
                vocab,
                file.read_text(encoding="utf-8").splitlines(),
                size=GROUP_SIZE,
                break_rate=BREAK_RATE,
                seed=SEED,
            )
        ]
        for name, files in list_treebank(corpora, split).items()
    }


def write_development(corpora: Path, work: Path) -> None:
    """One DocBin a development treebank."""
    for name, docs in read_treebanks(corpora, "dev").items():
        DocBin(docs=docs, store_user_data=False).to_disk(work / f"syntax-dev-{name}.spacy")


def cut_docs(docs: Sequence[Doc], inventory: Inventory) -> list[Window]:
    """The windows of the docs."""
    return [
        part for doc in docs for window in number_syntax(doc, inventory) for part in split_window(window, most=LONGEST)
    ]


def learn_lemmas(docs: Sequence[Doc]) -> dict[str, str]:
    """The commonest lemma of each word and part of speech."""
    counts: dict[str, Counter[str]] = {}
    for doc in docs:
        for token in doc:
            if token.is_alpha:
                counts.setdefault(make_key(token.text, token.pos_), Counter())[token.lemma_] += 1
    return {key: lemmas.most_common(1)[0][0] for key, lemmas in sorted(counts.items())}


def load_blank() -> Language:
    """An empty English pipeline with the shipped tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer.adapt_tokenizer(nlp)
    return nlp
