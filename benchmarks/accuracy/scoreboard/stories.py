"""Which reports in which documents are of one happening, on raw text, against gold event clusters."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from benchmarks.accuracy.formats.linked import LinkedDocument, read_ecbplus, read_newswcl
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Score, score_figures
from benchmarks.accuracy.scorers.clusters import Aligned, align, count_mentions, make_figures
from benchmarks.accuracy.scorers.spans import Range
from benchmarks.accuracy.warehouse import Warehouse, read_warehouse
from tasks.storage import rows_of

EVENT_KINDS = ("ACTION", "NEG_ACTION", "EVENT")
BASELINE = ", baseline of same type, day, actors"


class Found(NamedTuple):
    """An event mention of the system with the event that it is taken for, and the one that the baseline takes."""

    span: Range
    event: Hashable
    baseline: Hashable


@register("stories")
def score_stories(run: Run) -> list[Score]:
    """Scores on NewsWCL50 and ECB+, the documents of a set given together."""
    scores: list[Score] = []
    for folder in run.find("clusters/newswcl50"):
        scores += score_set(run, "newswcl50", list(run.take(read_newswcl(folder))))
    for folder in run.find("events/ecbplus"):
        scores += score_set(run, "ecb+", list(run.take(read_ecbplus(folder))))
    return scores


def score_set(run: Run, name: str, documents: Sequence[LinkedDocument]) -> list[Score]:
    """The scores of one set."""
    texts = {document.name: document.text for document in documents}
    return score_documents(name, documents, read_warehouse(run.reader, texts, run.reference_dir))


def score_documents(name: str, documents: Sequence[LinkedDocument], warehouse: Warehouse) -> list[Score]:
    """The scores of what a warehouse holds of documents, beside those of the baseline over the same mentions."""
    found = find_events(warehouse)
    aligned = [pair for document in documents for pair in align_events(document, found.get(document.name, ()))]
    events = [Aligned(document, thing, f.event if f is not None else None) for document, thing, f in aligned]
    naive = [Aligned(document, thing, f.baseline if f is not None else None) for document, thing, f in aligned]
    return [
        *score_figures("stories", name, make_figures(""), count_mentions(events)),
        *score_figures("stories", name, make_figures(BASELINE), count_mentions(naive)),
    ]


def align_events(document: LinkedDocument, found: Sequence[Found]) -> Iterable[tuple[str, str, Found | None]]:
    """The gold events of a document, each with the mention of the system whose trigger overlaps it."""
    gold = [mention for mention in document.mentions if mention.kind.startswith(EVENT_KINDS)]
    places = align([(mention.start, mention.end) for mention in gold], [item.span for item in found])
    for mention, place in zip(gold, places, strict=True):
        yield document.name, mention.thing, found[place] if place is not None else None


def find_events(warehouse: Warehouse) -> dict[str, list[Found]]:
    """The event mentions of each article."""
    event_of = dict(rows_of(warehouse.outputs["event_sources"], ("event_mention_id", "event_id")))
    baseline = find_baseline(warehouse)
    columns = ("event_mention_id", "article_id", "start_char", "end_char")
    found: dict[str, list[Found]] = {}
    for mention_id, article_id, start, end in rows_of(warehouse.inputs.event_mentions, columns):
        item = Found((start, end), event_of[mention_id], baseline[mention_id])
        found.setdefault(article_id, []).append(item)
    return found


def find_baseline(warehouse: Warehouse) -> Mapping[str, Hashable]:
    """For each event mention its type, its day, else that of publication, and its actors: entities, else words."""
    days = {
        article_id: published.date() if published is not None else article_id
        for article_id, published in rows_of(warehouse.inputs.articles, ("article_id", "published_at"))
    }
    entity_of = dict(rows_of(warehouse.outputs["entity_links"], ("mention_id", "entity_id")))
    times = dict(rows_of(warehouse.inputs.time_mentions, ("time_mention_id", "date_from")))
    actors: dict[str, set[str]] = {}
    own_days: dict[str, Hashable] = {}
    columns = ("event_mention_id", "role", "text", "mention_id", "time_mention_id")
    for mention_id, role, text, entity_mention, time in rows_of(warehouse.inputs.event_arguments, columns):
        if role == "actor":
            actors.setdefault(mention_id, set()).add(entity_of.get(entity_mention, text.lower()))
        if role == "time" and times.get(time) is not None:
            own_days.setdefault(mention_id, times[time])
    return {
        mention_id: (event_type, own_days.get(mention_id, days[article_id]), frozenset(actors.get(mention_id, ())))
        for mention_id, event_type, article_id in rows_of(
            warehouse.inputs.event_mentions, ("event_mention_id", "event_type", "article_id")
        )
    }
