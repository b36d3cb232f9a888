"""`python -m benchmarks.accuracy.quoted`: quotes of real articles drawn at random, with the sentences they stand in."""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.accuracy.dropped import draw_articles, find_news
from benchmarks.accuracy.reading import Reader, Text
from benchmarks.accuracy.scoreboard.speakers import name_affiliation, name_speaker
from tasks.nlp.records import Quote
from tasks.settings import DEFAULT_MODEL, Settings

MOST_OF_AN_ARTICLE = 2
BEFORE, BEHIND = 12, 3
SPOKEN = frozenset({"direct", "mixed"})


def draw_quotes(path: Path, reader: Reader, *, count: int, seed: int, types: frozenset[str]) -> Iterator[str]:
    """So many quotes of these types for reading, at most two an article; topics, which are no quotes, are left out."""
    rng = random.Random(seed)
    articles = draw_articles(path, count, seed)
    docs = reader.read_texts(Text(article.body, title=article.title) for article in articles)
    number = 0
    for article, doc in zip(articles, docs, strict=True):
        quotes = [quote for quote in doc._.quotes if quote.is_said and quote.quote_type in types]
        for quote in rng.sample(quotes, min(MOST_OF_AN_ARTICLE, len(quotes))):
            number += 1
            yield show(doc, quote, f"=== {number} {article.url or article.source_uri}")
            if number == count:
                return


def show(doc: Doc, quote: Quote, title: str) -> str:
    """A quote with its parts and the words around it."""
    start, end = doc[quote.parts[0][0]].sent.start, doc[quote.parts[-1][1] - 1].sent.end
    lines = {
        "kind": f"{quote.quote_type}, {quote.cue_class}, {quote.rule_id}, {quote.medium}",
        "cue": None if quote.cue is None else doc[slice(*quote.cue)].text,
        "speaker": None if quote.speaker is None else f"{doc[slice(*quote.speaker)].text} = {name_speaker(doc, quote)}",
        "of": name_affiliation(doc, quote),
        "addressee": None if quote.addressee is None else doc[slice(*quote.addressee)].text,
        "said on": None if quote.time is None else doc._.times[quote.time].date_from,
        "content": " ## ".join(doc[slice(*part)].text for part in quote.parts),
        "text": doc[max(0, start - BEFORE) : min(len(doc), end + BEHIND)].text,
    }
    return "\n".join([title, *(f"  {name}: {' '.join(str(value).split())}" for name, value in lines.items())])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the quotes."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy.quoted", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds news-raw.jsonl")
    parser.add_argument("--quotes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--spoken", action="store_true", help="direct and mixed quotes alone")
    parser.add_argument("--model", default=str(DEFAULT_MODEL), help="spaCy pipeline, by name or path")
    options = parser.parse_args(arguments)
    path = find_news(parser, options.corpora)
    reader = Reader(options.model, Settings().reference_dir)
    types = SPOKEN if options.spoken else SPOKEN | {"indirect"}
    print("\n".join(draw_quotes(path, reader, count=options.quotes, seed=options.seed, types=types)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
