"""Near copies found again: a synthetic test, with copies made by rule from scraped articles."""

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.accuracy.copies import KINDS, count_words, make_copy, make_series, share_sentences
from benchmarks.accuracy.formats.scrapes import Scraped, read_days
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, score_figures, share
from tasks.clean.duplicates import Duplicate, find_duplicates, sign

SEED = 20240508
DAYS = 250
COPIES = 1000
FEWEST_WORDS = 150
SERIES_LENGTH = 30
SHARED_NAMES = 10
REAL_COPY = 0.5
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
SET = "news-raw, synthetic"
FIGURES = (
    Figure("recall", ("recalled", "copies"), share, "copies"),
    Figure("precision", ("right", "found"), share, "found"),
    *(Figure(f"recall, {kind}", (f"recalled {kind}", f"copies {kind}"), share, f"copies {kind}") for kind in KINDS),
    Figure("reports of one day and names kept apart", ("apart", "pairs"), share, "pairs"),
    Figure("daily series kept apart", ("series apart", "series"), share, "series"),
)


class Item(NamedTuple):
    """A text of the pool: `family` is shared by an article and its copies, `kind` says how a copy was made."""

    text: str
    family: int
    kind: str | None = None
    is_series: bool = False


@register("duplicates")
def score_duplicates(run: Run) -> list[Score]:
    """Scores on copies made of the articles of some days, found among all articles of these days."""
    scores: list[Score] = []
    for path in run.find("news-raw.jsonl"):
        articles = list(run.take(read_days(path, DAYS)))
        pool = make_pool(articles)
        texts = [item.text for item in pool]
        found = find_duplicates([sign(text) for text in texts], range(len(texts)), texts.__getitem__)
        rows = [*count_items(pool, found), *count_pairs(articles, found)]
        scores += score_figures("duplicates", SET, FIGURES, rows)
    return scores


def make_pool(articles: Sequence[Scraped]) -> list[Item]:
    """The articles, daily series of our own, and copies of some of the articles, in the order they came."""
    chooser = random.Random(SEED)
    pool = [Item(article.text, number) for number, article in enumerate(articles)]
    for text in itertools.chain(*make_series(SERIES_LENGTH, chooser)):
        pool.append(Item(text, len(pool), is_series=True))
    sources = [number for number, article in enumerate(articles) if count_words([article.text]) >= FEWEST_WORDS]
    for number in chooser.sample(sources, min(COPIES, len(sources))):
        kind = chooser.choice(KINDS)
        donor = articles[chooser.choice(sources)].text
        pool.append(Item(make_copy(articles[number].text, donor, kind, chooser), number, kind))
    return pool


def count_items(pool: Sequence[Item], found: dict[int, Duplicate]) -> Iterator[dict[str, float]]:
    """The counts of each text that is a copy, a daily report, or taken for a copy.

    What was found of two families is neither right nor wrong where the texts are real copies of each other.
    """
    for index, item in enumerate(pool):
        counts = blank_counts()
        if item.kind is not None:
            is_recalled = find_root(index, found) == find_root(item.family, found)
            for suffix in ("", f" {item.kind}"):
                counts[f"copies{suffix}"] = 1
                counts[f"recalled{suffix}"] = is_recalled
        if index in found:
            other = pool[found[index].original]
            is_right = other.family == item.family
            counts["found"] = is_right or not is_real_copy(pool[item.family].text, pool[other.family].text)
            counts["right"] = is_right
        if item.is_series:
            counts |= {"series": 1, "series apart": index not in found}
        if item.kind is not None or item.is_series or index in found:
            yield counts


def count_pairs(articles: Sequence[Scraped], found: dict[int, Duplicate]) -> Iterator[dict[str, float]]:
    """The counts of each day: pairs of reports that share many names and are no real copies."""
    names = [frozenset(NAME.findall(article.text)) for article in articles]
    for _, group in itertools.groupby(range(len(articles)), lambda index: articles[index].day):
        counts = blank_counts()
        for one, other in itertools.combinations(group, 2):
            if len(names[one] & names[other]) >= SHARED_NAMES:
                is_apart = find_root(one, found) != find_root(other, found)
                if is_apart or not is_real_copy(articles[one].text, articles[other].text):
                    counts["pairs"] += 1
                    counts["apart"] += is_apart
        if counts["pairs"]:
            yield counts


def blank_counts() -> dict[str, float]:
    """Zero in every column."""
    return dict.fromkeys((column for figure in FIGURES for column in figure.columns), 0.0)


def find_root(index: int, found: dict[int, Duplicate]) -> int:
    """The original of a text, or itself."""
    return found[index].original if index in found else index


def is_real_copy(text: str, other: str) -> bool:
    """Whether half of the sentences of one of two texts stand in the other."""
    return max(share_sentences(text, other), share_sentences(other, text)) >= REAL_COPY
