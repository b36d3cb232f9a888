"""`python -m benchmarks.performance.duplicates`: how signing and finding copies grow with the number of articles.

Articles are sentences of the input's articles, shuffled; one in ten is a copy of an earlier one with a cut tail. They
are made anew whenever they are read, so memory is that of the signatures and of the search.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tasks.clean.duplicates import Signature, find_duplicates, sign

SOURCES = 2000
COPY_EVERY = 10
MADE_OF = 3


class Step(NamedTuple):
    """What one size took: CPU seconds to sign and to find, and the highest memory so far, in MB."""

    articles: int
    copies: int
    sign_seconds: float
    find_seconds: float
    peak_mb: float


def read_sentences(path: Path, count: int) -> list[list[str]]:
    """The sentences of the first articles of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in islice(lines, count))
        return [text.replace("\n", " ").split(". ") for text in texts]


def make_article(number: int, *, sources: Sequence[Sequence[str]], length: int) -> str:
    """The article of that number: sentences of some sources, or the head of an earlier article."""
    if number % COPY_EVERY == COPY_EVERY - 1:
        text = make_article(number // COPY_EVERY * COPY_EVERY, sources=sources, length=length)
        return text[: len(text) * 7 // 10]
    chooser = random.Random(number)
    pool = [sentence for source in chooser.sample(sources, MADE_OF) for sentence in source]
    return ". ".join(chooser.sample(pool, min(length, len(pool))))


def measure(sizes: Sequence[int], sources: Sequence[Sequence[str]], length: int) -> Iterator[Step]:
    """The steps, each going on where the one before ended."""
    load = partial(make_article, sources=sources, length=length)
    signatures: list[Signature] = []
    signing = 0.0
    for size in sorted(sizes):
        for number in range(len(signatures), size):
            text = load(number)
            start = time.process_time()
            signatures.append(sign(text))
            signing += time.process_time() - start
        start = time.process_time()
        found = find_duplicates(signatures, range(size), load)
        finding = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Step(size, len(found), signing, finding, peak)


def main() -> None:
    """Prints the table, each step to the first, as they are done."""
    parser = argparse.ArgumentParser(prog="benchmarks.performance.duplicates", description=__doc__)
    parser.add_argument("--input", type=Path, required=True, help="JSONL with a field text")
    parser.add_argument("--sizes", type=int, nargs="+", default=[25_000, 50_000, 100_000])
    parser.add_argument("--sentences", type=int, default=20, help="most sentences of an article")
    options = parser.parse_args()
    print(f"{'articles':>9}{'to first':>10}{'sign':>7}{'find':>7}{'sign s':>9}{'find s':>9}{'peak MB':>9}{'copies':>9}")
    first: Step | None = None
    for step in measure(options.sizes, read_sentences(options.input, SOURCES), options.sentences):
        first = first or step
        ratios = (
            step.articles / first.articles,
            step.sign_seconds / first.sign_seconds,
            step.find_seconds / first.find_seconds,
        )
        print(
            f"{step.articles:>9}{ratios[0]:>10.2f}{ratios[1]:>7.2f}{ratios[2]:>7.2f}"
            f"{step.sign_seconds:>9.1f}{step.find_seconds:>9.1f}{step.peak_mb:>9.0f}{step.copies:>9}",
            flush=True,
        )


if __name__ == "__main__":
    main()
