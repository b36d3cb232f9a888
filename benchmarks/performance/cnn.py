"""`python -m benchmarks.performance.cnn DATA_DIR MODEL`: words a second of the model and of a plain CNN, on one core.

The plain one has the shape of spaCy's small English pipelines, less their lemmatizer, and learns a little from
what our model says of the same texts, so that its parser takes real transitions.
"""

import itertools
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config

from benchmarks.performance.bare import read_bodies

CONFIG = Path(__file__).with_name("cnn.cfg")
ROUNDS = 3
MEASURED = 40
LESSONS = 5
TAUGHT = 20
BATCH = 8


def build_plain(texts: Sequence[str], teacher: Language) -> Language:
    """A plain CNN pipeline that has learnt a little from the teacher."""
    plain = load_model_from_config(load_config(CONFIG), vocab=teacher.vocab, auto_fill=True)
    plain.tokenizer = teacher.tokenizer
    examples = [Example(plain.make_doc(doc.text), copy_to(plain, doc)) for doc in teacher.pipe(texts)]
    optimizer = plain.initialize(lambda: examples)
    for batch in itertools.islice(itertools.cycle(spacy.util.minibatch(examples, BATCH)), LESSONS):
        plain.update(batch, sgd=optimizer)
    return plain


def copy_to(nlp: Language, doc: Doc) -> Doc:
    """The doc in another vocabulary."""
    return Doc(
        nlp.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )


def measure(nlp: Language, texts: Sequence[str]) -> float:
    """Words a second."""
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=BATCH))
    return words / (time.perf_counter() - start)


def main() -> None:
    """Prints the best of some rounds of each, taken in turns, and the ratio; a JSON line last."""
    bodies, model = read_bodies(Path(sys.argv[1])), spacy.load(sys.argv[2])
    plain = build_plain(bodies[:TAUGHT], model)
    rounds = [(measure(model, bodies[:MEASURED]), measure(plain, bodies[:MEASURED])) for _ in range(ROUNDS)]
    ours, theirs = (round(max(side)) for side in zip(*rounds, strict=True))
    print(f"the model reads {ours:,} words a second on one core, a plain spaCy CNN {theirs:,}: {ours / theirs:.2f}")
    print(json.dumps({"model": ours, "plain": theirs, "ratio": round(ours / theirs, 3)}))


if __name__ == "__main__":
    main()
