"""Clusters of mentions across documents, B-cubed."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from benchmarks.accuracy.measures import Figure, paired_f1, share
from benchmarks.accuracy.scorers.spans import Range, overlap, take_best


class Aligned(NamedTuple):
    """A gold mention with its thing and what the system takes it for; None where the system has no such mention."""

    document: str
    thing: Hashable
    found: Hashable | None


def align(gold: Sequence[Range], found: Sequence[Range]) -> list[int | None]:
    """For each gold span the index of the found one that means it: of those that overlap the most alike in extent.

    No found span is given twice.
    """
    pairs = [
        (2 * shared / (a[1] - a[0] + b[1] - b[0]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if (shared := overlap(a, b))
    ]
    taken = dict(take_best(pairs))
    return [taken.get(index) for index in range(len(gold))]


def count_mentions(mentions: Sequence[Aligned]) -> list[dict[str, float]]:
    """For each document the sums of B-cubed precision and recall over its gold mentions (Bagga and Baldwin, 1998).

    A mention that the system lacks is a cluster of its own in `all`, and left out in `aligned`; what the system finds
    beyond gold does not count, as the sets mark a selection.
    """
    alone = [m if m.found is not None else m._replace(found=("alone", i)) for i, m in enumerate(mentions)]
    rows: dict[str, dict[str, float]] = {}
    for name, chosen in (("all", alone), ("aligned", [m for m in mentions if m.found is not None])):
        things, found = Counter(m.thing for m in chosen), Counter(m.found for m in chosen)
        both = Counter((m.thing, m.found) for m in chosen)
        for mention in chosen:
            row = rows.setdefault(mention.document, dict.fromkeys(COLUMNS, 0.0))
            shared = both[mention.thing, mention.found]
            row[f"{name}_precision"] += shared / found[mention.found]
            row[f"{name}_recall"] += shared / things[mention.thing]
            row[f"{name}_mentions"] += 1
    return list(rows.values())


COLUMNS = tuple(f"{name}_{key}" for name in ("all", "aligned") for key in ("precision", "recall", "mentions"))


def make_figures(suffix: str) -> tuple[Figure, ...]:
    """The figures of one way to cluster, by what the suffix calls it."""
    precise, recalled = ("{}_precision", "{}_mentions"), ("{}_recall", "{}_mentions")
    return tuple(
        Figure(f"{metric}{title}{suffix}", tuple(c.format(name) for c in columns), statistic, f"{name}_mentions")
        for name, title in (("all", ""), ("aligned", ", mentions found"))
        for metric, columns, statistic in (
            ("B³ F1", (*precise, *recalled), paired_f1),
            ("B³ precision", precise, share),
            ("B³ recall", recalled, share),
        )
    )
