"""The training of the quote reader: a transformer learns PolNeAR and reads news, the student learns from both."""

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
import torch
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

from tasks.nlp.attribution import LAYERS, PREFIX
from tasks.nlp.network import Network
from tasks.nlp.parser import find_stretches, mark_words, to_stretches
from training.network import descend
from training.student import export_lstm, to_arrays
from training.teacher import Teacher

READER = {"width": 128, "depth": 2, "dropout": 0.35}
TEACHER_TAGGER = {"width": 192, "depth": 1, "dropout": 0.3}
LONGEST = 300
STEP = 50
STRIDE = 200
SMOOTHING = 0.02

Odds = Mapping[str, numpy.ndarray]


@dataclass(frozen=True)
class Sample:
    """An article: what a reader sees of each word, its flags, and the probabilities of the tags of each layer.

    `seen` holds the words for the teacher and their vectors for the student.
    """

    seen: Any
    flags: numpy.ndarray
    odds: Odds

    def __len__(self) -> int:
        return len(self.flags)

    def cut(self, start: int, end: int) -> "Sample":
        """The words `[start, end)`."""
        place = slice(start, end)
        return Sample(self.seen[place], self.flags[place], {layer: odds[place] for layer, odds in self.odds.items()})


class Tagger(nn.Module):
    """Vectors and flags of texts of one length in, the scores of the layers out."""

    def __init__(self, inputs: int, *, width: int, depth: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        kept = dropout if depth > 1 else 0.0
        self.lstm = nn.LSTM(inputs + 2, width, depth, bidirectional=True, batch_first=True, dropout=kept)
        self.heads = nn.ModuleDict({layer: nn.Linear(2 * width, len(tags)) for layer, tags in LAYERS.items()})

    def set_dropout(self, share: float) -> None:
        """Drops so much of the vectors and of what each layer says, from now on."""
        self.drop.p = share
        self.lstm.dropout = share if self.lstm.num_layers > 1 else 0.0

    def forward(self, vectors: Tensor, flags: Tensor) -> dict[str, Tensor]:
        hidden = self.drop(self.lstm(torch.cat([self.drop(vectors), flags.to(vectors.dtype)], dim=-1))[0])
        return {layer: head(hidden) for layer, head in self.heads.items()}


class QuoteReader(nn.Module):
    """The fast reader, over the student's vectors; `tasks.nlp.attribution` runs it."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.tagger = Tagger(inputs, **READER)

    def forward(self, samples: Sequence[Sample]) -> dict[str, Tensor]:
        vectors = torch.from_numpy(numpy.stack([sample.seen for sample in samples]).astype("f"))
        return self.tagger(vectors, stack_flags(samples))

    def export(self) -> dict[str, Any]:
        """The arrays as the pipeline reads them."""
        arrays = export_lstm(self.tagger.lstm, f"{PREFIX}.lstm")
        for layer, head in self.tagger.heads.items():
            arrays |= {f"{PREFIX}.{layer}.{name}": value for name, value in head.named_parameters()}
        return to_arrays(arrays)


class QuoteTeacher(nn.Module):
    """The slow reader, over the transformer of the trained teacher."""

    def __init__(self, teacher: Teacher) -> None:
        super().__init__()
        self.teacher = teacher
        self.tagger = Tagger(teacher.encoder.config.hidden_size, **TEACHER_TAGGER)

    def forward(self, samples: Sequence[Sample]) -> dict[str, Tensor]:
        encoded = self.teacher.encode([sample.seen for sample in samples], len(samples[0]))
        return self.tagger(encoded, stack_flags(samples))


def stack_flags(samples: Sequence[Sample]) -> Tensor:
    return torch.from_numpy(numpy.stack([sample.flags for sample in samples]).astype("f"))


def to_odds(tags: Mapping[str, numpy.ndarray]) -> dict[str, numpy.ndarray]:
    """Known tag numbers as probabilities."""
    return {layer: numpy.eye(len(names), dtype=numpy.float16)[tags[layer]] for layer, names in LAYERS.items()}


def blank_odds(doc: Doc) -> dict[str, numpy.ndarray]:
    """The place of the probabilities of a doc's tags before a teacher has read it."""
    return {layer: numpy.zeros((len(doc), len(names)), dtype=numpy.float16) for layer, names in LAYERS.items()}


def show_words(doc: Doc, odds: Odds) -> Sample:
    """What the teacher sees of an article; `odds` has a row for each token of the doc."""
    stretches = list(find_stretches(doc))
    places = numpy.concatenate(stretches)
    words = tuple(doc[i].text for i in places.tolist())
    return Sample(words, mark_words(doc, stretches), {layer: values[places] for layer, values in odds.items()})


def show_vectors(network: Network, doc: Doc, sample: Sample) -> Sample:
    """What the student's reader sees of an article that the teacher has seen as `sample`."""
    readings = network.read(list(to_stretches(doc, list(find_stretches(doc)))))
    return replace(sample, seen=numpy.concatenate([reading.encoded for reading in readings]).astype(numpy.float16))


def cut_samples(samples: Iterable[Sample], chooser: random.Random, *, words: int) -> list[list[Sample]]:
    """Batches of about so many words, in stretches of one length up to LONGEST, from an offset drawn anew each time.

    Stretches lose some words at their end, so that few lengths are left: PyTorch's fast LSTM takes no padding.
    """
    by_length: dict[int, list[Sample]] = {}
    for sample in samples:
        size = len(sample)
        bounds = [0, *range(chooser.randint(1, LONGEST), size, LONGEST), size]
        for start, end in itertools.pairwise(bounds):
            length = (end - start) // STEP * STEP
            if length:
                by_length.setdefault(length, []).append(sample.cut(start, start + length))
    batches = []
    for length, alike in by_length.items():
        chooser.shuffle(alike)
        count = max(1, words // length)
        batches += [alike[start : start + count] for start in range(0, len(alike), count)]
    chooser.shuffle(batches)
    return batches


def train_reader(
    model: nn.Module,
    rounds: Sequence[Sequence[Sample]],
    rates: Mapping[str, float],
    *,
    seed: int,
    words: int,
    check: Callable[[nn.Module], Any] | None = None,
    log: Any = print,
) -> None:
    """Trains on the samples of each round in turn; the rates, by the name of the part, fall to nothing."""
    chooser = random.Random(seed)
    groups = [{"params": list(model.get_submodule(name).parameters()), "lr": rate} for name, rate in rates.items()]
    optimizer = torch.optim.AdamW(groups, weight_decay=1e-3)
    plans = [cut_samples(samples, chooser, words=words) for samples in rounds]
    steps = sum(map(len, plans))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 100, max(0.0, 1 - step / steps))
    )
    for number, plan in enumerate(plans):
        total = 0.0
        model.train()
        for step, batch in enumerate(plan, start=1):
            total += descend(find_loss(model, batch), model, optimizer, longest=2.0)
            schedule.step()
            if step % 100 == 0:
                log(f"{number} {step}/{len(plan)} {total / step:.4f}")
        log(number, round(total / len(plan), 4), check(model.eval()) if check is not None else "")


def find_loss(model: nn.Module, samples: Sequence[Sample]) -> Tensor:
    """The sum of the mean losses of the layers, computed in bfloat16."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(samples)
    total = torch.zeros(())
    for layer, scored in scores.items():
        wanted = torch.from_numpy(numpy.stack([sample.odds[layer] for sample in samples]).astype("f"))
        losses = functional.cross_entropy(scored.float().flatten(0, 1), wanted.flatten(0, 1), label_smoothing=SMOOTHING)
        total = total + losses
    return total


@torch.no_grad()
def read_odds(model: nn.Module, sample: Sample) -> dict[str, numpy.ndarray]:
    """The probabilities of the tags of an article; where windows overlap, the deeper inside counts the more."""
    size = len(sample)
    starts = [0] if size <= LONGEST else [*range(0, size - LONGEST, STRIDE), size - LONGEST]
    length = min(size, LONGEST)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model([sample.cut(start, start + length) for start in starts])
    depth = numpy.minimum(numpy.arange(length), numpy.arange(length)[::-1])[:, None] + 1.0
    found = {}
    for layer, scored in scores.items():
        odds = scored.float().softmax(-1).numpy()
        total, weight = numpy.zeros((size, odds.shape[-1])), numpy.zeros((size, 1))
        for start, part in zip(starts, odds, strict=True):
            total[start : start + length] += depth * part
            weight[start : start + length] += depth
        found[layer] = (total / weight).astype(numpy.float16)
    return found


def label_articles(model: QuoteTeacher, samples: Iterable[Sample]) -> Iterator[Sample]:
    """The articles with what the teacher says of them."""
    model.eval()
    for sample in samples:
        yield replace(sample, odds=read_odds(model, sample))
