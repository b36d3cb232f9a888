"""The slow teacher: a small pretrained transformer (MiniLM, Apache-2.0) with the heads of ``network`` on top."""

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from training.network import Batch, Heads, collate, descend, find_loss, list_spans, read_scores
from training.windows import MISSING, Inventory, Window, batch_windows, vary_window

CASES = 6
MOST_PIECES = 6


def case_of(word: str) -> int:
    """The number of the word's shape: no letters, lower, capital, capitals, mixed, with digits."""
    if any(char.isdigit() for char in word):
        return 5
    if word == word.lower():
        return 1 if any(char.isalpha() for char in word) else 0
    if word == word.upper():
        return 3 if len(word) > 1 else 2
    return 2 if word[1:] == word[1:].lower() else 4


class Teacher(nn.Module):
    """Words in, the scores of the heads out."""

    def __init__(self, pretrained: Path, inventory: Inventory) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(pretrained)
        self.encoder = AutoModel.from_pretrained(pretrained, add_pooling_layer=False, attn_implementation="sdpa")
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(CASES * 2, width)
        nn.init.normal_(self.case.weight, std=0.01)
        self.mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.heads = Heads(width, inventory, dropout=0.25)
        self.pieces: dict[str, list[int]] = {}

    def cut(self, word: str) -> list[int]:
        found = self.pieces.get(word)
        if found is None:
            found = self.tokenizer(word, add_special_tokens=False)["input_ids"][:MOST_PIECES]
            found = self.pieces[word] = found or [self.tokenizer.unk_token_id]
        return found

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        return self.heads(self.encode([window.words for window in batch.windows], batch.mask.shape[1]))

    def encode(self, texts: Sequence[Sequence[str]], size: int) -> Tensor:
        """The vector of each word, texts × `size` × width: the mean over the word's pieces of all layers mixed."""
        rows = []
        for words in texts:
            ids, cases, owners = [self.tokenizer.cls_token_id], [0], [size]
            for position, word in enumerate(words):
                pieces = self.cut(word)
                ids += pieces
                cases += [case_of(word)] + [case_of(word) + CASES] * (len(pieces) - 1)
                owners += [position] * len(pieces)
            rows.append(([*ids[:510], self.tokenizer.sep_token_id], [*cases[:510], 0], [*owners[:510], size]))
        longest = max(len(ids) for ids, _, _ in rows)
        pads = [
            [*row, *([fill] * (longest - len(row)))]
            for ids, cases, owners in rows
            for row, fill in ((ids, 0), (cases, 0), (owners, size))
        ]
        table = torch.tensor(pads).view(len(rows), 3, longest)
        ids, cases, owners = table[:, 0], table[:, 1], table[:, 2]
        attention = torch.zeros_like(ids)
        for row, (row_ids, _, _) in enumerate(rows):
            attention[row, : len(row_ids)] = 1
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        output = self.encoder(inputs_embeds=embedded, attention_mask=attention, output_hidden_states=True)
        mixed = sum(weight * layer for weight, layer in zip(self.mix.softmax(0), output.hidden_states, strict=True))
        encoded = mixed.new_zeros(len(rows), size + 1, mixed.shape[-1])
        encoded = encoded.scatter_add(1, owners[..., None].expand_as(mixed), mixed)
        counts = torch.zeros(len(rows), size + 1).scatter_add(1, owners, torch.ones(owners.shape))
        return encoded[:, :size] / counts[:, :size, None].clamp(min=1).to(encoded.dtype)


def score_windows(found: Sequence[Window], gold: Sequence[Window]) -> dict[str, float]:
    """Accuracy of tags, UAS and LAS (punctuation counts), and F1 of the entity spans, in per cent."""
    counts = dict.fromkeys(("words", "tags", "uas", "las", "right", "found", "gold"), 0)
    for one, true in zip(found, gold, strict=True):
        known = true.tags != MISSING
        counts["words"] += int(known.sum())
        counts["tags"] += int((one.tags == true.tags)[known].sum())
        same = (one.heads == true.heads)[known]
        counts["uas"] += int(same.sum())
        counts["las"] += int((same & (one.deps == true.deps)[known]).sum())
        if (true.entities != MISSING).any():
            tags = numpy.where(true.entities == MISSING, 0, one.entities)
            ours, theirs = list_spans(tags), list_spans(true.entities)
            counts["right"] += len(ours & theirs)
            counts["found"] += len(ours)
            counts["gold"] += len(theirs)
    words, spans = max(counts["words"], 1), max(counts["found"] + counts["gold"], 1)
    figures = {name: 100 * counts[name] / words for name in ("tags", "uas", "las")}
    return {**figures, "f1": 100 * 2 * counts["right"] / spans}


def run_batches(
    model: nn.Module, windows: Sequence[Window], *, words: int = 3000, gold_sentences: bool = False
) -> list[Window]:
    """What the model says of each window, in the order given."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
    found: dict[int, Window] = {}
    model.eval()
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and len(windows[order[end]]) * (end + 1 - start) <= words:
            end += 1
        batch = collate([windows[i] for i in order[start:end]])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(batch)
        said = read_scores(model.heads, scores, batch, gold_sentences=gold_sentences)
        found.update(zip(order[start:end], said, strict=True))
        start = end
    model.train()
    return [found[i] for i in range(len(windows))]


def train_teacher(
    model: Teacher,
    epochs: Sequence[Sequence[Window]],
    development: dict[str, Sequence[Window]],
    inventory: Inventory,
    target: Path,
    *,
    seed: int,
    words: int = 1200,
    rate: float = 2e-4,
    log: Any = print,
) -> None:
    """Trains on the windows of each epoch in turn and saves the weights after each."""
    chooser = random.Random(seed)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    other = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": other, "lr": 8 * rate}], weight_decay=0.01
    )
    plans = [
        batch_windows([vary_window(w, inventory.tags, chooser) for w in epoch], chooser, words=words)
        for epoch in epochs
    ]
    total, step, began = sum(map(len, plans)), 0, time.time()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 150, max(0.02, 1 - s / total)))
    log(f"{total} steps")
    model.train()
    running = 0.0
    for epoch, plan in enumerate(plans):
        for windows in plan:
            loss = descend(find_loss(model, windows), model, optimizer, longest=1.0)
            schedule.step()
            running = 0.98 * running + 0.02 * loss
            step += 1
            if step % 50 == 0:
                log(f"{step} {running:.3f} {time.time() - began:.0f}s")
        for name, windows in development.items():
            found = run_batches(model, windows, gold_sentences=name in ("ewt", "gum"))
            log(epoch, name, {k: round(v, 2) for k, v in score_windows(found, windows).items()})
        torch.save(model.state_dict(), target)
