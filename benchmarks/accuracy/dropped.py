"""`python -m benchmarks.accuracy.dropped`: what clean drops from a random draw of real articles, by rule.

Counts go to docs; `--show` prints each article before and after, for reading by eye.
"""

import argparse
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tasks.clean.articles import Article, Cleaned, clean_document
from tasks.clean.readers import Given, RawDocument
from tasks.clean.task import load_rules
from tasks.settings import Settings

LANGUAGE = "en"
EPOCH = datetime(2021, 1, 1, tzinfo=UTC)


class Drop(NamedTuple):
    """What a rule took out of the drawn articles: lines, their characters, and in how many articles."""

    rule_id: str
    lines: int
    characters: int
    articles: int


def find_news(parser: argparse.ArgumentParser, corpora: Path) -> Path:
    """The file of real articles; ends the command where there is none."""
    path = corpora / "news-raw.jsonl"
    if not path.is_file():
        parser.error(f"{path} is no file; unpack the corpora and give their folder.")
    return path


def draw_records(path: Path, count: int, seed: int) -> list[dict[str, str]]:
    """Records of a JSON Lines file drawn at random, in the order of the file; the same for the same seed."""
    with path.open(encoding="utf-8") as lines:
        total = sum(1 for _ in lines)
    chosen = set(random.Random(seed).sample(range(total), min(count, total)))
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for number, line in enumerate(lines) if number in chosen]


def clean_records(records: Iterable[dict[str, str]], reference_dir: Path) -> Iterator[Cleaned]:
    """What clean makes of each record."""
    rules = load_rules(reference_dir)
    for number, record in enumerate(records):
        given = Given(
            title=record.get("title") or None,
            date=record.get("date") or None,
            authors=record.get("authors") or None,
            publisher=record.get("source") or None,
            url=record.get("url") or None,
        )
        yield clean_document(RawDocument(f"#{number}", record["text"], False, given, str(number), EPOCH), rules)


def draw_articles(path: Path, count: int, seed: int) -> list[Article]:
    """The articles in English among records drawn at random, as clean leaves them."""
    records = draw_records(path, count, seed)
    cleaned = (one.outcome for one in clean_records(records, Settings().reference_dir))
    return [one for one in cleaned if isinstance(one, Article) and one.language == LANGUAGE]


def count_drops(cleaned: Iterable[Cleaned]) -> list[Drop]:
    """What each rule took away, the rule with most lines first."""
    lines, characters, articles = Counter[str](), Counter[str](), Counter[str]()
    for one in cleaned:
        lines.update(line.rule_id for line in one.dropped)
        articles.update({line.rule_id for line in one.dropped})
        for line in one.dropped:
            characters[line.rule_id] += len(line.text)
    order = sorted(lines, key=lambda rule_id: (-lines[rule_id], rule_id))
    return [Drop(rule_id, lines[rule_id], characters[rule_id], articles[rule_id]) for rule_id in order]


def format_drops(drops: Sequence[Drop]) -> str:
    """The counts as a table in Markdown."""
    rows = [f"| {drop.rule_id} | {drop.lines:,} | {drop.characters:,} | {drop.articles:,} |" for drop in drops]
    total = f"| all | {sum(drop.lines for drop in drops):,} | {sum(drop.characters for drop in drops):,} | |"
    return "\n".join(["| rule | lines | characters | articles |", "|---|---|---|---|", *rows, total])


def show_pair(number: int, record: dict[str, str], cleaned: Cleaned) -> str:
    """An article for reading: what was dropped by which rule, what became of the head, and the paragraphs that stay."""
    outcome = cleaned.outcome
    parts = [f"=== {number} {record.get('url', '')} {len(record['text'])} characters"]
    if isinstance(outcome, Article):
        fields = ("title", "subtitle", "byline", "dateline_place", "agency", "published_at_source")
        parts += [f"{name}: {value}" for name in fields if (value := getattr(outcome, name)) is not None]
        parts += [f"    {paragraph}" for paragraph in outcome.body.split("\n\n")]
    else:
        parts.append(f"rejected: {outcome.reason}")
    return "\n".join([*parts, *(f"  - {line.rule_id}: {line.text}" for line in cleaned.dropped)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table, or with `--show` the articles."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy.dropped", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds news-raw.jsonl")
    parser.add_argument("--articles", type=int, default=300, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--show", action="store_true", help="print the articles for reading")
    options = parser.parse_args(arguments)
    path = find_news(parser, options.corpora)
    records = draw_records(path, options.articles, options.seed)
    cleaned = list(clean_records(records, Settings().reference_dir))
    rejected = sum(not isinstance(one.outcome, Article) for one in cleaned)
    if options.show:
        for number, record, one in zip(itertools.count(), records, cleaned, strict=False):
            print(show_pair(number, record, one))
    print(f"{len(records)} articles drawn with seed {options.seed}, {rejected} rejected\n")
    print(format_drops(count_drops(cleaned)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
