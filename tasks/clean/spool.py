"""A scratch file between the passes over the articles, so that memory does not grow with their number."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tasks.clean.articles import Article
from tasks.clean.boilerplate import DroppedLine
from tasks.clean.readers import Reject

TIMES = ("published_at", "modified_at", "retrieved_at")
DATES = ("dateline_date",)


class Spool:
    """Articles in the order they came, to be read again by number or in order of publication; and rejects."""

    def __init__(self, path: Path) -> None:
        """Starts an empty scratch file; one that a killed run left is overwritten."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self.path = path
        self.database = sqlite3.connect(path)
        self.database.execute("pragma journal_mode = off")
        self.database.execute("pragma synchronous = off")
        self.database.execute(
            "create table articles (number integer primary key, sort_key text, body text, fields text)"
        )
        self.database.execute("create table rejects (source_uri text primary key, fields text)")

    def __enter__(self) -> "Spool":
        """The spool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Removes the scratch file."""
        self.database.close()
        self.path.unlink(missing_ok=True)

    def add_article(self, number: int, article: Article, dropped: Sequence[DroppedLine] = ()) -> None:
        """Keeps an article under a number, with the lines that were dropped from it as field `dropped_lines`."""
        fields = {**article._asdict(), "dropped_lines": dropped}
        body = fields.pop("body")
        moment = article.published_at or article.retrieved_at
        sort_key = f"{moment.isoformat() if moment else ''} {article.article_id}"
        row = (number, sort_key, body, to_json(fields))
        self.database.execute("insert into articles values (?, ?, ?, ?)", row)

    def add_reject(self, reject: Reject) -> None:
        """Keeps a reject, under a longer name where its name is taken."""
        query = "select 1 from rejects where source_uri = ?"
        while self.database.execute(query, (reject.source_uri,)).fetchone() is not None:
            reject = reject._replace(source_uri=f"{reject.source_uri}~")
        self.database.execute("insert into rejects values (?, ?)", (reject.source_uri, to_json(reject._asdict())))

    def load_body(self, number: int) -> str:
        """The body of an article."""
        row = self.database.execute("select body from articles where number = ?", (number,)).fetchone()
        return str(row[0])

    def read_articles(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Numbers and fields of all articles, the earliest published first."""
        rows = self.database.execute("select number, body, fields from articles order by sort_key")
        for number, body, fields in rows:
            yield number, {**from_json(fields), "body": body}

    def read_rejects(self, size: int = 10_000) -> Iterator[list[dict[str, Any]]]:
        """The fields of all rejects by source, some at a time."""
        rows = self.database.execute("select fields from rejects order by source_uri")
        while chunk := rows.fetchmany(size):
            yield [from_json(fields) for (fields,) in chunk]


def to_json(fields: dict[str, Any]) -> str:
    """Fields as JSON, times in ISO 8601."""
    return json.dumps(fields, default=lambda moment: moment.isoformat())


def from_json(text: str) -> dict[str, Any]:
    """Fields from JSON, with their times and days."""
    fields: dict[str, Any] = json.loads(text)
    times = {name: datetime.fromisoformat(fields[name]) for name in TIMES if fields.get(name) is not None}
    dates = {name: date.fromisoformat(fields[name]) for name in DATES if fields.get(name) is not None}
    return {**fields, **times, **dates}
