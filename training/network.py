"""The parts that teacher and student share: the heads over a text encoder, their losses, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

from tasks.nlp.viterbi import allow, decode
from training.windows import MISSING, ROOT, Inventory, Window, list_entity_tags

ARC_WIDTH = 160
DEP_WIDTH = 64
LOSS_WEIGHTS = {"tags": 1.0, "morphs": 0.5, "lemmas": 0.3, "starts": 0.5, "arcs": 1.0, "deps": 1.0, "entities": 1.0}


@dataclass(frozen=True)
class Batch:
    """Windows padded to one length: arrays are windows × words, MISSING beyond the end; `mask` is True on words."""

    windows: Sequence[Window]
    mask: Tensor
    gold: dict[str, Tensor]
    weight: Tensor
    odds: Tensor | None


def pad(rows: Sequence[numpy.ndarray], length: int, fill: float) -> Tensor:
    padded = numpy.full((len(rows), length), fill, dtype=rows[0].dtype)
    for row, values in zip(padded, rows, strict=True):
        row[: len(values)] = values
    return torch.from_numpy(padded)


def collate(windows: Sequence[Window]) -> Batch:
    """The windows as one batch; heads count from 1, 0 is the root."""
    length = max(len(window) for window in windows)
    layers = ("tags", "morphs", "lemmas", "deps", "starts", "entities", "heads")
    gold = {layer: pad([getattr(window, layer) for window in windows], length, MISSING) for layer in layers}
    heads = gold.pop("heads")
    gold["arcs"] = torch.where(heads >= 0, heads + 1, torch.where(heads == ROOT, 0, MISSING))
    mask = pad([numpy.ones(len(window), dtype=bool) for window in windows], length, False)
    return Batch(
        windows,
        mask,
        gold,
        pad([window.weight for window in windows], length, 0.0),
        collate_odds(windows, gold["entities"]),
    )


def collate_odds(windows: Sequence[Window], gold: Tensor) -> Tensor | None:
    """Windows × words × entity tags, where a teacher gave probabilities for some: those, or 1 for the gold tag."""
    size = max((window.odds.shape[1] for window in windows if window.odds is not None), default=0)
    if not size:
        return None
    odds = functional.one_hot(gold.clamp(min=0), size).float()
    for row, window in zip(odds, windows, strict=True):
        if window.odds is not None:
            row[: len(window)] = torch.from_numpy(window.odds.astype("f"))
    return odds


class Heads(nn.Module):
    """Linear heads for the labels of words and a biaffine pair for the tree, over vectors of `width`."""

    def __init__(self, width: int, inventory: Inventory, *, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(inventory.tags))
        self.morphs = nn.Linear(width, len(inventory.morphs))
        self.lemmas = nn.Linear(width, len(inventory.lemmas))
        self.starts = nn.Linear(width, 2)
        self.entities = nn.Linear(width, len(inventory.entities))
        self.arc_child = nn.Linear(width, ARC_WIDTH)
        self.arc_head = nn.Linear(width, ARC_WIDTH)
        self.dep_child = nn.Linear(width, DEP_WIDTH)
        self.dep_head = nn.Linear(width, DEP_WIDTH)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.arc_pair = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02)
        self.dep_pair = nn.Parameter(torch.randn(len(inventory.deps), DEP_WIDTH + 1, DEP_WIDTH + 1) * 0.02)

    def forward(self, encoded: Tensor) -> dict[str, Tensor]:
        """Scores of each layer; arcs are windows × words × (root and words), `dep_*` go to `score_deps`."""
        hidden = self.dropout(encoded)
        with_root = torch.cat([self.root.expand(len(hidden), 1, -1), hidden], dim=1)
        arc_child = self.dropout(functional.leaky_relu(self.arc_child(hidden), 0.1))
        arc_head = self.dropout(functional.leaky_relu(self.arc_head(with_root), 0.1))
        return {
            "tags": self.tags(hidden),
            "morphs": self.morphs(hidden),
            "lemmas": self.lemmas(hidden),
            "starts": self.starts(hidden),
            "entities": self.entities(hidden),
            "arcs": with_one(arc_child) @ self.arc_pair @ arc_head.transpose(1, 2),
            "dep_child": self.dropout(functional.leaky_relu(self.dep_child(hidden), 0.1)),
            "dep_head": self.dropout(functional.leaky_relu(self.dep_head(with_root), 0.1)),
        }

    def score_deps(self, scores: dict[str, Tensor], arcs: Tensor) -> Tensor:
        """Scores of the relation of each word to the head given in `arcs`."""
        heads = scores["dep_head"].gather(1, arcs.clamp(min=0)[..., None].expand(-1, -1, DEP_WIDTH))
        left = torch.einsum("bti,rij->btrj", with_one(scores["dep_child"].float()), self.dep_pair)
        return torch.einsum("btrj,btj->btr", left, with_one(heads.float()))


def with_one(vectors: Tensor) -> Tensor:
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], dim=-1)


def mask_arcs(arcs: Tensor, mask: Tensor, sentences: Tensor) -> Tensor:
    """Arc scores with none to padding, to the word itself or out of the sentence (numbers of `sentences`)."""
    size = arcs.shape[1]
    allowed = (sentences[:, :, None] == sentences[:, None, :]) & mask[:, None, :]
    allowed &= ~torch.eye(size, dtype=torch.bool)
    allowed = torch.cat([torch.ones_like(allowed[:, :, :1]), allowed], dim=2)
    return arcs.masked_fill(~allowed, -1e4)


def compute_loss(heads: Heads, scores: dict[str, Tensor], batch: Batch, *, smoothing: float = 0.03) -> Tensor:
    """The weighted sum of the mean losses of the layers that the batch has gold for."""
    gold = batch.gold
    logits = {layer: scores[layer].float() for layer in ("tags", "morphs", "lemmas", "starts", "entities")}
    if (gold["arcs"] != MISSING).any():
        sentences = gold["starts"].clamp(min=0).cumsum(1)
        logits["arcs"] = mask_arcs(scores["arcs"].float(), batch.mask, sentences)
        logits["deps"] = heads.score_deps(scores, gold["arcs"]).float()
    total = torch.zeros(())
    for layer, scored in logits.items():
        known = (gold[layer] != MISSING) & batch.mask
        if not known.any():
            continue
        target = gold[layer] if layer != "entities" or batch.odds is None else batch.odds
        smooth = 0.0 if layer in ("arcs", "starts") else smoothing
        losses = functional.cross_entropy(scored[known], target[known], reduction="none", label_smoothing=smooth)
        if layer in ("arcs", "deps"):
            losses = losses * batch.weight[known]
        total = total + LOSS_WEIGHTS[layer] * losses.mean()
    return total


def find_loss(model: nn.Module, windows: Sequence[Window]) -> Tensor:
    """The loss of a model with `heads` on some windows, computed in bfloat16."""
    batch = collate(windows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(batch)
    return compute_loss(model.heads, scores, batch)


def descend(loss: Tensor, model: nn.Module, optimizer: torch.optim.Optimizer, *, longest: float) -> float:
    """The loss, after one step down its gradient, which is cut to a length of `longest`."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return float(loss.detach())


@torch.no_grad()
def read_scores(heads: Heads, scores: dict[str, Tensor], batch: Batch, *, gold_sentences: bool = False) -> list[Window]:
    """The windows with what the network says in every layer; trees are greedy, `weight` is the arc's probability."""
    if gold_sentences:
        starts = batch.gold["starts"].clamp(min=0)
    else:
        starts = scores["starts"].argmax(-1)
        starts[:, 0] = 1
    arcs = mask_arcs(scores["arcs"].float(), batch.mask, starts.cumsum(1)).softmax(-1)
    weights, best = arcs.max(-1)
    deps = heads.score_deps(scores, best).argmax(-1)
    labels = {layer: scores[layer].argmax(-1).numpy() for layer in ("tags", "morphs", "lemmas")}
    entities = scores["entities"].float().log_softmax(-1).numpy()
    odds = numpy.exp(entities).astype(numpy.float16)
    allowed = allow(list_entity_tags())
    found = []
    for row, window in enumerate(batch.windows):
        size = len(window)
        heads_found = best[row, :size].numpy() - 1
        found.append(
            Window(
                words=window.words,
                **{layer: values[row, :size] for layer, values in labels.items()},
                heads=numpy.where(heads_found < 0, ROOT, heads_found),
                deps=deps[row, :size].numpy(),
                starts=starts[row, :size].numpy(),
                entities=decode(entities[row, :size], allowed),
                weight=weights[row, :size].numpy(),
                odds=odds[row, :size],
            )
        )
    return found


def list_spans(tags: numpy.ndarray) -> set[tuple[int, int, int]]:
    """The spans [start, end, label number) of a sequence of entity tag numbers; MISSING tags end a span."""
    spans, start, label = set(), -1, -1
    for index, tag in enumerate([*tags.tolist(), 0]):
        if start >= 0 and not (tag > 0 and tag % 2 == 0 and (tag - 1) // 2 == label):
            spans.add((start, index, label))
            start = -1
        if tag > 0 and tag % 2 == 1:
            start, label = index, (tag - 1) // 2
    return spans
