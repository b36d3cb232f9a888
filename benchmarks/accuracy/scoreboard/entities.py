"""Which mentions in which documents name one thing, on raw text, against gold entity clusters."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.accuracy.formats.linked import LinkedDocument, read_cat, read_ecbplus
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Score, score_figures
from benchmarks.accuracy.scorers.clusters import Aligned, align, count_mentions, make_figures
from benchmarks.accuracy.scorers.spans import Range
from benchmarks.accuracy.warehouse import Warehouse, read_warehouse
from tasks.storage import rows_of

ENTITY_KINDS = ("ENTITY_MENTION", "HUMAN_PART")
BASELINES = (", baseline of exact names", ", baseline of exact names after coreference")
MENTION_COLUMNS = (
    "mention_id", "article_id", "start_char", "end_char", "text", "mention_type", "coref_cluster_id",
)  # fmt: skip


class Found(NamedTuple):
    """A mention of the system with its entity, and what each baseline takes it for."""

    span: Range
    entity: Hashable
    exact: Hashable
    chained: Hashable


@register("entities")
def score_entities(run: Run) -> list[Score]:
    """Scores on MEANTIME and the participants of ECB+, the documents of a set given together."""
    scores: list[Score] = []
    for folder in run.find("events/meantime/corpus*"):
        scores += score_set(run, "meantime", list(run.take(read_cat(sorted(folder.glob("*.xml"))))))
    for folder in run.find("events/ecbplus"):
        scores += score_set(run, "ecb+", list(run.take(read_ecbplus(folder))))
    return scores


def score_set(run: Run, name: str, documents: Sequence[LinkedDocument]) -> list[Score]:
    """The scores of one set."""
    texts = {document.name: document.text for document in documents}
    return score_documents(name, documents, read_warehouse(run.reader, texts, run.reference_dir))


def score_documents(name: str, documents: Sequence[LinkedDocument], warehouse: Warehouse) -> list[Score]:
    """The scores of what a warehouse holds of documents, beside those of the baselines over the same mentions.

    Gold links the documents of one topic, so entities are compared within topics.
    """
    found = find_mentions(warehouse)
    pairs = [pair for document in documents for pair in align_entities(document, found.get(document.name, ()))]
    scores: list[Score] = []
    for field, suffix in zip(("entity", "exact", "chained"), ("", *BASELINES), strict=True):
        aligned = [
            Aligned(document.name, thing, (document.topic, getattr(item, field)) if item is not None else None)
            for document, thing, item in pairs
        ]
        scores += score_figures("entities", name, make_figures(suffix), count_mentions(aligned))
    return scores


def align_entities(
    document: LinkedDocument, found: Sequence[Found]
) -> Iterator[tuple[LinkedDocument, str, Found | None]]:
    """The gold entities of a document, each with the mention of the system that overlaps it best."""
    gold = [mention for mention in document.mentions if mention.kind.startswith(ENTITY_KINDS)]
    places = align([(mention.start, mention.end) for mention in gold], [item.span for item in found])
    for mention, place in zip(gold, places, strict=True):
        yield document, mention.thing, found[place] if place is not None else None


def find_mentions(warehouse: Warehouse) -> dict[str, list[Found]]:
    """The mentions of each article; one that is linked to nothing stands alone."""
    entity_of = dict(rows_of(warehouse.outputs["entity_links"], ("mention_id", "entity_id")))
    rows = list(rows_of(warehouse.inputs.entity_mentions, MENTION_COLUMNS))
    names = name_chains(rows)
    found: dict[str, list[Found]] = {}
    for mention_id, article_id, start, end, text, mention_type, chain in rows:
        exact = text if mention_type == "name" else mention_id
        chained = text if mention_type == "name" else names.get((article_id, chain), mention_id)
        item = Found((start, end), entity_of.get(mention_id, mention_id), exact, chained)
        found.setdefault(article_id, []).append(item)
    return found


def name_chains(rows: Iterable[tuple[str, str, int, int, str, str, int | None]]) -> dict[tuple[str, int | None], str]:
    """The first name in each coreference chain, by article and number."""
    names: dict[tuple[str, int | None], str] = {}
    for _, article_id, _, _, text, mention_type, chain in sorted(rows, key=lambda row: row[1:3]):
        if mention_type == "name" and chain is not None:
            names.setdefault((article_id, chain), text)
    return names
