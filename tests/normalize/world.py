"""What the tests of normalize are built from: mentions in short notation, and cases read from JSON lines."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tasks.normalize.clusters import Mention
from tasks.normalize.entities import Entities, find_entities
from tasks.normalize.gazetteer import Atlas, Gazetteer, build_gazetteer, read_atlas
from tasks.normalize.lexicon import Lexicon, read_lexicon
from tasks.normalize.places import wanted_keys
from tasks.normalize.readings import ArticleFacts
from tasks.settings import Settings

HERE = Path(__file__).parent

Case = dict[str, Any]


def read_cases(name: str) -> list[Case]:
    """The cases of a file of JSON lines."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def make_mentions(article_id: str, rows: list[list[Any]]) -> list[Mention]:
    """Mentions from [text, label, {further fields}]; each begins `gap` characters (20) after the one before."""
    mentions, position = [], 0
    for number, (text, label, *rest) in enumerate(rows):
        fields = dict(rest[0]) if rest else {}
        start = position + fields.pop("gap", 20)
        position = start + len(text)
        mention_id = fields.pop("id", f"{article_id}/{number}/{text}")
        mentions.append(Mention(mention_id, article_id, start, position, text, label, **fields))
    return mentions


def read_articles(case: Case) -> tuple[list[Mention], dict[str, ArticleFacts]]:
    """The mentions and facts of the articles of a case."""
    mentions: list[Mention] = []
    facts = {}
    for article_id, article in sorted(case["articles"].items()):
        mentions += make_mentions(article_id, article["mentions"])
        published = datetime.fromisoformat(article["published"]) if "published" in article else None
        facts[article_id] = ArticleFacts(published, article.get("dateline"))
    return mentions, facts


@cache
def lexicon() -> Lexicon:
    """The shipped reference data."""
    return read_lexicon(Settings().reference_dir)


@cache
def atlas() -> Atlas:
    """The shipped gazetteer of the world."""
    return read_atlas(Settings().reference_dir)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of all names in the cases."""
    keys: set[str] = set()
    for name in ("cases_entities", "cases_places"):
        for case in read_cases(name):
            mentions, facts = read_articles(case)
            keys |= wanted_keys(mentions, [fact.dateline for fact in facts.values() if fact.dateline is not None])
    return build_gazetteer(lexicon(), atlas(), frozenset(keys))


def solve(case: Case, *, reference: Lexicon | None = None) -> Entities:
    """The entities of the articles of a case."""
    mentions, facts = read_articles(case)
    return find_entities(
        mentions, facts, lexicon=reference or lexicon(), gazetteer=gazetteer(), acting=frozenset(case.get("acting", ()))
    )
