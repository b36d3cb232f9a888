"""Why a sentence has the events that it has: those coded, and what keeps its other words from showing one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from tasks.errors import DatelineError
from tasks.load.explain import fetch_rows
from tasks.load.query import open_warehouse
from tasks.nlp.build import annotate, build_rules, load_model
from tasks.nlp.event_patterns import load_ontology
from tasks.nlp.event_reasons import describe_event, describe_misses, find_misses
from tasks.settings import Settings

PLACE = re.compile(r"(?P<article>\w+):(?P<index>\d+)")
SENTENCE = """
select articles.body, articles.title, articles.published_at, sentences.start_char, sentences.end_char
from core.sentences as sentences
inner join core.articles as articles using (article_id)
where sentences.article_id = ? and sentences.sentence_index = ?
"""


class Passage(NamedTuple):
    """A text with the characters `[start, end)` that are asked about, and what its article tells of it."""

    text: str
    start: int
    end: int
    title: str | None = None
    published_on: str | None = None


def is_sentence(what: str) -> bool:
    """Whether a sentence is asked about, by its words or as ARTICLE_ID:SENTENCE_INDEX, and not a row."""
    return " " in what.strip() or PLACE.fullmatch(what) is not None


def explain_sentence(settings: Settings, what: str) -> list[str]:
    """The lines on a sentence, read with the model and rules of the settings; the one of an article in its context.

    Raises DatelineError where the warehouse has no such sentence.
    """
    place = PLACE.fullmatch(what)
    passage = Passage(what, 0, len(what)) if place is None else find_passage(settings, place["article"], place["index"])
    nlp = load_model(settings.model)
    rules = build_rules(settings.reference_dir, nlp.vocab)
    doc = annotate(rules, nlp(passage.text), published_on=passage.published_on, title=passage.title)
    return [" ".join(passage.text[passage.start : passage.end].split()), *describe_events(doc, passage, settings)]


def find_passage(settings: Settings, article_id: str, index: str) -> Passage:
    """The sentence of an article of the warehouse."""
    with open_warehouse(settings.warehouse_path) as con:
        rows = fetch_rows(con, SENTENCE, [article_id, index])
    if not rows:
        raise DatelineError(f"No article {article_id} has a sentence {index}; take both from `from core.sentences`.")
    row = rows[0]
    published = None if row["published_at"] is None else row["published_at"].date().isoformat()
    return Passage(row["body"], row["start_char"], row["end_char"], row["title"], published)


def describe_events(doc: Doc, passage: Passage, settings: Settings) -> Iterator[str]:
    """A line for each event of the passage, and one for each word that could show an event and does not."""
    span = doc.char_span(passage.start, passage.end, alignment_mode="expand")
    start, end = (0, len(doc)) if span is None else (span.start, span.end)
    events = [event for event in doc._.events if start <= event.start < end]
    yield from (f"  event: {describe_event(doc, event)}" for event in events)
    misses = find_misses(doc, load_ontology(settings.reference_dir), start, end)
    yield from (f"  {line}" for line in describe_misses(doc, misses, has_events=bool(events)))
