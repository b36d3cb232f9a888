"""`python -m benchmarks.accuracy.coded`: sentences of real articles drawn at random, with the events coded in them.

They are for reading by eye; the sentence before goes with each, as a reader would have it.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Span

from benchmarks.accuracy.dropped import draw_articles, find_news
from benchmarks.accuracy.reading import Reader, Text
from tasks.clean.articles import Article
from tasks.nlp.event_reasons import describe_event
from tasks.settings import DEFAULT_MODEL, Settings

SHORTEST, LONGEST = 6, 80
EXCERPT = 3_000  # characters of an article that are read


class Reading(NamedTuple):
    """A drawn sentence: where it stands, its text with the one before, and a line for each event in it."""

    source: str
    before: str
    text: str
    events: tuple[str, ...]


def to_texts(articles: Iterable[Article]) -> Iterator[Text]:
    """The articles as the pipeline gets them, cut behind the paragraph in which the excerpt ends."""
    for article in articles:
        published = article.published_at
        end = article.body.find("\n\n", EXCERPT)
        yield Text(
            article.body[: end if end > 0 else None],
            None if published is None else published.date().isoformat(),
            article.title,
        )


def draw_sentence(doc: Doc, rng: random.Random) -> Span | None:
    """A sentence of 6 to 80 tokens, each as likely as any other; None where there is none."""
    sentences = [sent for sent in doc.sents if SHORTEST <= len(sent) <= LONGEST]
    return rng.choice(sentences) if sentences else None


def read_sentence(doc: Doc, sent: Span, source: str) -> Reading:
    """The sentence with its events."""
    before = "" if sent.start == 0 else doc[sent.start - 1].sent.text
    found = [event for event in doc._.events if sent.start <= event.start < sent.end]
    lines = tuple(describe_event(doc, event) for event in found)
    return Reading(source, " ".join(before.split()), " ".join(sent.text.split()), lines)


def show(number: int, reading: Reading) -> str:
    """A sentence for reading."""
    lines = [f"=== {number} {reading.source}", f"  ({reading.before})", f"  {reading.text}"]
    return "\n".join([*lines, *(f"  - {line}" for line in reading.events)])


def draw_readings(path: Path, reader: Reader, *, count: int, seed: int) -> Iterator[Reading]:
    """One sentence of each of so many articles in English, drawn with a seed, with its events."""
    articles = draw_articles(path, count, seed)
    rng = random.Random(seed)
    for article, doc in zip(articles, reader.read_texts(to_texts(articles)), strict=True):
        sent = draw_sentence(doc, rng)
        if sent is not None:
            yield read_sentence(doc, sent, article.url or article.source_uri)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the sentences and how many events they have."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy.coded", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds news-raw.jsonl")
    parser.add_argument("--sentences", type=int, default=200, help="how many articles one is drawn of")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--model", default=str(DEFAULT_MODEL), help="spaCy pipeline, by name or path")
    options = parser.parse_args(arguments)
    path = find_news(parser, options.corpora)
    reader = Reader(options.model, Settings().reference_dir)
    events = sentences = 0
    for reading in draw_readings(path, reader, count=options.sentences, seed=options.seed):
        sentences, events = sentences + 1, events + len(reading.events)
        print(show(sentences, reading))
    print(f"{sentences} sentences drawn with seed {options.seed}, {events} events")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
