"""The readers of attributions as they are trained and as the pipeline runs them. Runs where PyTorch is installed."""

import random

import numpy
import pytest
import spacy

torch = pytest.importorskip("torch")

from tasks.nlp.attribution import LAYERS, read_quotes  # noqa: E402
from training.attribution import (  # noqa: E402
    LONGEST,
    QuoteReader,
    Sample,
    cut_samples,
    find_loss,
    read_odds,
    show_words,
    to_odds,
    train_reader,
)

WIDTH = 6


def make_sample(size: int) -> Sample:
    tags = {layer: numpy.arange(size) % 3 for layer in LAYERS}
    vectors = numpy.random.default_rng(size).normal(size=(size, WIDTH)).astype(numpy.float16)
    return Sample(vectors, numpy.zeros((size, 2), dtype="f"), to_odds(tags))


@pytest.fixture
def reader() -> QuoteReader:
    torch.manual_seed(0)
    return QuoteReader(WIDTH).eval()


def test_teacher_sees_the_words_without_white_space() -> None:
    doc = spacy.blank("en")("“We won,” he said.\n\nShe left.")
    sample = show_words(doc, to_odds({layer: numpy.zeros(len(doc), dtype=int) for layer in LAYERS}))
    assert list(sample.seen) == ["“", "We", "won", ",", "”", "he", "said", ".", "She", "left", "."]
    assert sample.flags[:, 0].tolist() == [0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert numpy.flatnonzero(sample.flags[:, 1]).tolist() == [0, 8]


def test_batches_hold_stretches_of_one_length() -> None:
    samples = [make_sample(size) for size in (120, 310, 700)]
    batches = cut_samples(samples, random.Random(1), words=400)
    for batch in batches:
        assert len({len(sample) for sample in batch}) == 1
        assert len(batch[0]) <= LONGEST
    assert sum(len(sample) for batch in batches for sample in batch) > 700


def test_long_articles_are_read_in_windows_that_overlap(reader: QuoteReader) -> None:
    odds = read_odds(reader, make_sample(2 * LONGEST + 17))
    for layer, tags in LAYERS.items():
        assert odds[layer].shape == (2 * LONGEST + 17, len(tags))
        assert numpy.allclose(odds[layer].astype("f").sum(-1), 1, atol=0.01)


def test_what_is_exported_reads_as_what_was_trained(reader: QuoteReader) -> None:
    sample = make_sample(40)
    with torch.no_grad():
        scores = reader([sample])
    tagged = {layer: scored[0].argmax(-1).numpy() for layer, scored in scores.items()}
    arrays = reader.export()
    (pieces,) = read_quotes(arrays, [numpy.column_stack([sample.seen, sample.flags]).astype("f")])
    starts = {layer: {piece.start for piece in pieces if piece.layer == layer} for layer in LAYERS}
    for layer, numbers in tagged.items():
        assert set(numpy.flatnonzero(numbers == 1).tolist()) <= starts[layer]


def test_rounds_lower_the_loss(reader: QuoteReader) -> None:
    sample = make_sample(50)
    before = float(find_loss(reader, [sample]).detach())
    train_reader(reader, [[sample] * 40] * 6, {"tagger": 0.02}, seed=0, words=100, log=lambda *_: None)
    assert float(find_loss(reader.eval(), [sample]).detach()) < before
