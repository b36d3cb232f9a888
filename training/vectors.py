"""Subword word vectors (floret) learned from unlabelled news text."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy
from spacy.language import Language
from spacy.vectors import Mode, Vectors

DIMENSIONS = 96
ROWS = 50_000
SETTINGS = {
    "model": "cbow",
    "mode": "floret",
    "hashCount": 2,
    "bucket": ROWS,
    "minn": 3,
    "maxn": 5,
    "minCount": 20,
    "dim": DIMENSIONS,
    "epoch": 3,
    "neg": 10,
    "lr": 0.05,
    "thread": 1,
    "ws": 5,
}


def read_paragraphs(news: Path, *, every: int) -> Iterator[str]:
    """Distinct paragraphs of every n-th article of the unlabelled news file."""
    seen: set[int] = set()
    with news.open(encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if index % every:
                continue
            for paragraph in json.loads(line)["text"].split("\n"):
                key = hash(paragraph)
                if len(paragraph) > 60 and key not in seen:
                    seen.add(key)
                    yield paragraph


def write_tokens(nlp: Language, news: Path, target: Path, *, every: int) -> int:
    """Writes one tokenized paragraph a line; returns the number of tokens."""
    count = 0
    with target.open("w", encoding="utf-8") as out:
        for paragraph in read_paragraphs(news, every=every):
            tokens = [token.text for token in nlp.make_doc(paragraph) if not token.is_space]
            out.write(" ".join(tokens) + "\n")
            count += len(tokens)
    return count


def train_vectors(tokens: Path, target: Path) -> None:
    """Trains floret vectors on the token file and saves them in floret's text format."""
    import floret  # needed here alone, and no dependency of the package

    model = floret.train_unsupervised(str(tokens), **SETTINGS)
    model.save_floret_vectors(str(target))


def add_vectors(nlp: Language, source: Path) -> None:
    """Puts the floret vectors of a text file in the vocabulary of ``nlp``."""
    with source.open(encoding="utf-8") as lines:
        rows, size, minn, maxn, hash_count, seed, begin, end = next(lines).split()
        data = numpy.zeros((int(rows), int(size)), dtype="f")
        for index, line in enumerate(lines):
            data[index] = [float(number) for number in line.split()[1:]]
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings,
        data=data,
        mode=Mode.floret,
        minn=int(minn),
        maxn=int(maxn),
        hash_count=int(hash_count),
        hash_seed=int(seed),
        bow=begin,
        eow=end,
        attr="ORTH",
    )
    nlp.vocab.vectors.name = "dateline_news.vectors"
