"""PolNeAR: attributions in brat's standoff format."""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

Range = tuple[int, int]

ROLES = ("Content", "Source", "Cue")
DAY = re.compile(r"_(\d{4}-\d\d-\d\d)_")


class Attribution(NamedTuple):
    """Who said what by which words: characters, in as many pieces as were marked."""

    content: tuple[Range, ...]
    source: tuple[Range, ...]
    cue: tuple[Range, ...]


class Annotated(NamedTuple):
    """What one annotator marked in one article; `discarded` stretches are no part of the article."""

    attributions: tuple[Attribution, ...]
    discarded: tuple[Range, ...]


class Article(NamedTuple):
    """An article with its day of publication and what each annotator marked."""

    name: str
    text: str
    published_on: str | None
    annotations: tuple[Annotated, ...]


def read_articles(folder: Path) -> list[Article]:
    """The articles of a compartment that somebody annotated, by name."""
    by_article: dict[str, list[Annotated]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        with path.open(encoding="utf-8", newline="") as file:
            by_article[path.stem.rpartition("_")[0]].append(parse_annotations(file.read()))
    articles = []
    for name, annotations in by_article.items():
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        day = DAY.search(name)
        articles.append(Article(name, text, day[1] if day else None, tuple(annotations)))
    return articles


def parse_annotations(text: str) -> Annotated:
    """The attributions of a file that have a content, in its order."""
    spans: dict[str, tuple[Range, ...]] = {}
    discarded: list[Range] = []
    events: list[str] = []
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if line.startswith("T"):
            kind, _, offsets = fields[1].partition(" ")
            spans[fields[0]] = parse_offsets(offsets)
            discarded += spans[fields[0]] if kind == "Discard" else ()
        elif line.startswith("E"):
            events.append(fields[1])
    found = (_make_attribution(event, spans) for event in events)
    return Annotated(tuple(item for item in found if item.content), tuple(discarded))


def parse_offsets(offsets: str) -> tuple[Range, ...]:
    """The pieces of `12 20;25 31`."""
    pairs = (piece.split() for piece in offsets.split(";"))
    return tuple((int(start), int(end)) for start, end in pairs)


def _make_attribution(event: str, spans: dict[str, tuple[Range, ...]]) -> Attribution:
    filled: dict[str, list[Range]] = {role: [] for role in ROLES}
    for item in event.split():
        role, _, identifier = item.partition(":")
        role = role.rstrip("0123456789")
        if role in filled:
            filled[role] += spans[identifier]
    return Attribution(*(tuple(sorted(filled[role])) for role in ROLES))
