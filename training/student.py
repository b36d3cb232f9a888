"""The fast student: word vectors and an LSTM under the heads of ``network``; ``tasks.nlp.network`` runs it."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import Tensor, nn

from tasks.nlp.network import Weights
from tasks.nlp.spelling import GRAM_ROWS, MOST_GRAMS, SHAPE_ROWS, spell
from training.network import Batch, Heads, descend, find_loss
from training.windows import Inventory, Window, batch_windows, vary_window

WORD_WIDTH = 128
SHAPE_WIDTH = 32
LSTM_WIDTH = 256
DEPTH = 3
DROPOUT = 0.2
FORGET_WORD = 0.08


class Student(nn.Module):
    """Words in, the scores of the heads out."""

    def __init__(self, forms: Sequence[str], vectors: numpy.ndarray | None, inventory: Inventory) -> None:
        super().__init__()
        self.rows = {form: row for row, form in enumerate(forms)}
        self.words = nn.Embedding(len(forms), WORD_WIDTH)
        nn.init.normal_(self.words.weight, std=0.05)
        if vectors is not None:
            self.words.weight.data.copy_(torch.from_numpy(vectors))
        self.words.weight.data[0] = 0
        self.grams = nn.Embedding(GRAM_ROWS + 1, WORD_WIDTH, padding_idx=GRAM_ROWS)
        nn.init.normal_(self.grams.weight, std=0.1)
        self.grams.weight.data[GRAM_ROWS] = 0
        self.shapes = nn.Embedding(SHAPE_ROWS, SHAPE_WIDTH)
        self.drop = nn.Dropout(DROPOUT)
        self.lstm = nn.LSTM(
            WORD_WIDTH + SHAPE_WIDTH, LSTM_WIDTH, DEPTH, bidirectional=True, batch_first=True, dropout=DROPOUT
        )
        self.heads = Heads(2 * LSTM_WIDTH, inventory, dropout=DROPOUT)

    def embed(self, words: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """Row numbers of the forms, of the letter sequences and of the shapes."""
        spellings = [spell(word) for word in words]
        grams = numpy.full((len(words), MOST_GRAMS), GRAM_ROWS, dtype=numpy.int64)
        for row, spelling in zip(grams, spellings, strict=True):
            row[: len(spelling.grams)] = spelling.grams
        forms = [self.rows.get(spelling.form, 0) for spelling in spellings]
        return torch.tensor(forms), torch.from_numpy(grams), torch.tensor([s.shape for s in spellings])

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        unique = sorted({word for window in batch.windows for word in window.words})
        places = {word: place for place, word in enumerate(unique)}
        size = batch.mask.shape[1]
        rows = torch.zeros((len(batch.windows), size), dtype=torch.long)
        for row, window in enumerate(batch.windows):
            rows[row, : len(window)] = torch.tensor([places[word] for word in window.words])
        forms, grams, shapes = self.embed(unique)
        spelled = self.grams(grams).sum(1) / (grams != GRAM_ROWS).sum(1, keepdim=True)
        known = forms[rows]
        if self.training:
            known = known.masked_fill(torch.rand(known.shape) < FORGET_WORD, 0)
        vectors = self.drop(torch.cat([self.words(known) + spelled[rows], self.shapes(shapes)[rows]], dim=-1))
        return self.heads(run(self.lstm, vectors, torch.tensor([len(window) for window in batch.windows])))

    def export(self) -> Weights:
        """The weights as the pipeline reads them: gates in the order in, forget, out, new."""
        arrays: dict[str, Any] = {
            "words": self.words.weight,
            "grams": self.grams.weight[:GRAM_ROWS],
            "shapes": self.shapes.weight,
        }
        arrays |= export_lstm(self.lstm, "lstm")
        arrays |= dict(self.heads.named_parameters())
        return Weights(to_arrays(arrays), self.rows)


def run(lstm: nn.LSTM, vectors: Tensor, lengths: Tensor) -> Tensor:
    """The vectors in context; sequences of one length take PyTorch's fast way."""
    if int(lengths.min()) == vectors.shape[1]:
        output: Tensor = lstm(vectors)[0]
        return output
    packed = nn.utils.rnn.pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
    return nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=vectors.shape[1])[0]


def to_arrays(tensors: Mapping[str, Tensor]) -> dict[str, numpy.ndarray]:
    """The tensors as arrays in single precision."""
    return {name: tensor.detach().numpy().astype("f") for name, tensor in tensors.items()}


def export_lstm(lstm: nn.LSTM, name: str) -> dict[str, Tensor]:
    """The weights of a bidirectional LSTM as `tasks.nlp.lstm` reads them."""
    arrays: dict[str, Tensor] = {}
    for layer in range(lstm.num_layers):
        suffixes = (f"l{layer}", f"l{layer}_reverse")
        inputs = [order_gates(getattr(lstm, f"weight_ih_{suffix}")).T for suffix in suffixes]
        biases = [
            order_gates(getattr(lstm, f"bias_ih_{suffix}") + getattr(lstm, f"bias_hh_{suffix}")) for suffix in suffixes
        ]
        arrays[f"{name}.input.{layer}"] = torch.cat(inputs, dim=1)
        arrays[f"{name}.bias.{layer}"] = torch.cat(biases)
        arrays[f"{name}.recurrent.{layer}"] = torch.stack(
            [order_gates(getattr(lstm, f"weight_hh_{suffix}")).T for suffix in suffixes]
        )
    return arrays


def order_gates(weight: Tensor) -> Tensor:
    """PyTorch's gates (in, forget, new, out) in the order in, forget, out, new."""
    first, forget, new, out = weight.chunk(4, dim=0)
    return torch.cat([first, forget, out, new], dim=0)


def train_student(
    model: Student,
    epochs: Iterator[Sequence[Window]],
    inventory: Inventory,
    target: Path,
    *,
    steps: int,
    seed: int,
    stop: int | None = None,
    words: int = 3000,
    rate: float = 2e-3,
    check: Callable[[Student], Any] | None = None,
    every: int = 500,
    log: Any = print,
) -> None:
    """Trains on the windows of each epoch in turn, at a rate that falls to nothing over `steps` batches.

    `stop` ends it before that; `check` is called and the weights are saved every so many batches and at the end.
    """
    chooser = random.Random(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 200, max(0.01, 1 - s / steps)))
    step, running, began, seen = 0, 0.0, time.time(), 0
    model.train()
    for epoch in epochs:
        for windows in batch_windows([vary_window(w, inventory.tags, chooser) for w in epoch], chooser, words=words):
            loss = descend(find_loss(model, windows), model, optimizer, longest=2.0)
            schedule.step()
            running = 0.98 * running + 0.02 * loss
            step += 1
            seen += sum(map(len, windows))
            if step % 50 == 0:
                log(f"{step} {running:.3f} {time.time() - began:.0f}s {seen / (time.time() - began):.0f} words/s")
            is_last = step == (stop or steps)
            if step % every == 0 or is_last:
                torch.save(model.state_dict(), target)
                if check is not None:
                    log(step, check(model))
            if is_last:
                return
