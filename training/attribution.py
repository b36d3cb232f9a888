"""The training of the quote reader, over the vectors of the finished student."""

import itertools
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

from tasks.nlp.attribution import LAYERS, PREFIX
from tasks.nlp.network import Network
from tasks.nlp.parser import find_stretches, to_quote_input, to_stretches
from training.network import descend, pad
from training.quotes import Lesson
from training.student import export_lstm, run, to_arrays
from training.windows import MISSING

WIDTH = 128
DEPTH = 2
DROPOUT = 0.35
LONGEST = 400
STEP = 50
AT_ONCE = 16
LAYER_WEIGHTS = {"outer": 1.0, "inner": 0.5, "cue": 1.0, "source": 1.0}


class Sample(NamedTuple):
    """The input of an article (words × vector and flags) and the tag numbers of its layers."""

    vectors: numpy.ndarray
    tags: dict[str, numpy.ndarray]

    def cut(self, start: int, end: int) -> "Sample":
        return Sample(self.vectors[start:end], {layer: tags[start:end] for layer, tags in self.tags.items()})


class QuoteReader(nn.Module):
    """Vectors in, the scores of the four layers out."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROPOUT)
        self.lstm = nn.LSTM(inputs, WIDTH, DEPTH, bidirectional=True, batch_first=True, dropout=DROPOUT)
        self.heads = nn.ModuleDict({layer: nn.Linear(2 * WIDTH, len(tags)) for layer, tags in LAYERS.items()})

    def forward(self, vectors: Tensor, lengths: Tensor) -> dict[str, Tensor]:
        dropped = torch.cat([self.drop(vectors[..., :-2]), vectors[..., -2:]], dim=-1)
        hidden = self.drop(run(self.lstm, dropped, lengths))
        return {layer: head(hidden) for layer, head in self.heads.items()}

    def export(self) -> dict[str, Any]:
        """The arrays as the pipeline reads them."""
        arrays = export_lstm(self.lstm, f"{PREFIX}.lstm")
        for layer, head in self.heads.items():
            arrays |= {f"{PREFIX}.{layer}.{name}": value for name, value in head.named_parameters()}
        return to_arrays(arrays)


def to_sample(network: Network, lesson: Lesson) -> Sample:
    """What the quote reader sees of an article, and what it should say."""
    stretches = list(find_stretches(lesson.doc))
    readings = network.read(list(to_stretches(lesson.doc, stretches)))
    places = numpy.concatenate(stretches)
    vectors = to_quote_input(lesson.doc, list(zip(stretches, readings, strict=True)))
    return Sample(vectors.astype(numpy.float16), {layer: tags[places] for layer, tags in lesson.tags.items()})


def cut_samples(samples: Sequence[Sample], chooser: random.Random) -> list[list[Sample]]:
    """Batches of stretches of one length, up to LONGEST words, from an offset drawn anew each time.

    Stretches lose some words at their end, so that few lengths are left: PyTorch's fast LSTM takes no padding.
    """
    by_length: dict[int, list[Sample]] = {}
    for sample in samples:
        size = len(sample.vectors)
        bounds = [0, *range(chooser.randint(1, LONGEST), size, LONGEST), size]
        for start, end in itertools.pairwise(bounds):
            length = (end - start) // STEP * STEP
            if length:
                by_length.setdefault(length, []).append(sample.cut(start, start + length))
    batches = [
        alike[start : start + AT_ONCE] for alike in by_length.values() for start in range(0, len(alike), AT_ONCE)
    ]
    chooser.shuffle(batches)
    return batches


def train_quotes(
    model: QuoteReader,
    samples: Sequence[Sample],
    *,
    epochs: int,
    seed: int,
    rate: float = 2e-3,
    check: Callable[[QuoteReader], Any] | None = None,
    log: Any = print,
) -> None:
    """Trains for some epochs with a falling rate."""
    chooser = random.Random(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-3)
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = rate * (1 - epoch / epochs)
        batches = cut_samples(samples, chooser)
        total = 0.0
        model.train()
        for batch in batches:
            total += descend(compute_loss(model, batch), model, optimizer, longest=2.0)
        log(epoch, round(total / len(batches), 4), check(model.eval()) if check is not None else "")


def compute_loss(model: QuoteReader, batch: Sequence[Sample]) -> Tensor:
    """The weighted sum of the mean losses of the layers."""
    lengths = torch.tensor([len(sample.vectors) for sample in batch])
    size = int(lengths.max())
    vectors = torch.zeros(len(batch), size, batch[0].vectors.shape[1])
    for row, sample in zip(vectors, batch, strict=True):
        row[: len(sample.vectors)] = torch.from_numpy(sample.vectors.astype("f"))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(vectors, lengths)
    total = torch.zeros(())
    for layer, weight in LAYER_WEIGHTS.items():
        gold = pad([sample.tags[layer] for sample in batch], size, MISSING)
        losses = functional.cross_entropy(
            scores[layer].float().flatten(0, 1), gold.flatten(), ignore_index=MISSING, label_smoothing=0.02
        )
        total = total + weight * losses
    return total
