"""Word vectors learned from unlabelled news text, for the forms that the network knows."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy
from numpy.typing import NDArray
from spacy.language import Language

from tasks.nlp.spelling import spell

DIMENSIONS = 128
SPREAD = 0.25
SETTINGS = {
    "model": "skipgram",
    "mode": "fasttext",
    "bucket": 200_000,
    "minn": 3,
    "maxn": 5,
    "minCount": 8,
    "dim": DIMENSIONS,
    "epoch": 2,
    "neg": 5,
    "lr": 0.05,
    "thread": 2,
    "ws": 5,
}


def read_paragraphs(news: Path) -> Iterator[str]:
    """Distinct paragraphs of the unlabelled news file."""
    seen: set[int] = set()
    with news.open(encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                key = hash(paragraph)
                if len(paragraph) > 60 and key not in seen:
                    seen.add(key)
                    yield paragraph


def write_tokens(nlp: Language, news: Path, target: Path) -> None:
    """Writes one tokenized paragraph a line."""
    with target.open("w", encoding="utf-8") as out:
        for paragraph in read_paragraphs(news):
            out.write(" ".join(token.text for token in nlp.make_doc(paragraph) if not token.is_space) + "\n")


def train_vectors(tokens: Path, target: Path) -> None:
    """Trains vectors on the token file and saves the model."""
    import floret  # needed here alone, and no dependency of the package

    floret.train_unsupervised(str(tokens), **SETTINGS).save_model(str(target))


def count_words(tokens: Path) -> Counter[str]:
    """How often each word stands in the token file."""
    counts: Counter[str] = Counter()
    with tokens.open(encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    return counts


def choose_forms(gold: Counter[str], news: Counter[str], *, most: int) -> list[str]:
    """The known forms, the unknown one first: those seen twice in the gold data, then the commonest of the news."""
    forms = [form for form, count in count_forms(gold).most_common() if count > 1]
    known = set(forms)
    forms += [form for form, _ in count_forms(news).most_common(most) if form not in known]
    return ["", *forms[: most - 1]]


def count_forms(words: Counter[str]) -> Counter[str]:
    """How often each form stands there, of counted words."""
    forms: Counter[str] = Counter()
    for word, count in words.items():
        forms[spell(word).form] += count
    return forms


def look_up(model: Path, forms: Sequence[str], news: Counter[str]) -> NDArray[numpy.float32]:
    """Forms × DIMENSIONS: the centred vector of each form's commonest spelling, 0 for the unknown form."""
    import floret

    vectors = floret.load_model(str(model))
    spellings: dict[str, str] = {}
    for word, _ in news.most_common():
        spellings.setdefault(spell(word).form, word)
    table = numpy.zeros((len(forms), DIMENSIONS), dtype="f")
    for row, form in enumerate(forms[1:], start=1):
        table[row] = vectors.get_word_vector(spellings.get(form, form))
    table[1:] -= table[1:].mean(axis=0)
    table[1:] *= SPREAD / table[1:].std()
    return table
