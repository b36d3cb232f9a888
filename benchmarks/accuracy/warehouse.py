"""Texts given together, read and normalized as the line does it, with the spans of what was found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from benchmarks.accuracy.reading import Reader, Text
from tasks import schemas
from tasks.extract.rows import to_rows
from tasks.normalize.gazetteer import read_atlas
from tasks.normalize.lexicon import read_lexicon
from tasks.normalize.task import INPUTS, OUTPUTS, Inputs, make_table, normalize_tables

NO_ARTICLE = dict.fromkeys(schemas.ARTICLES.schema.names)


class Warehouse(NamedTuple):
    """What extract and normalize say of texts."""

    inputs: Inputs
    outputs: Mapping[str, pa.Table]


def read_inputs(reader: Reader, texts: Mapping[str, Text]) -> Inputs:
    """The tables that normalize reads, for texts by name; names serve as article ids."""
    rows: dict[str, list[dict[str, Any]]] = {dataset.name: [] for dataset in INPUTS}
    for name, text, doc in zip(texts, texts.values(), reader.read_texts(texts.values()), strict=True):
        rows["articles"].append(NO_ARTICLE | {"article_id": name, "published_at": read_day(text.published_on)})
        for dataset, found in to_rows(name, doc)._asdict().items():
            if dataset in rows:
                rows[dataset] += found
    return Inputs(**{dataset.name: make_input(rows[dataset.name], dataset) for dataset in INPUTS})


def read_day(day: str | None) -> datetime | None:
    """The first moment of a day."""
    return datetime.fromisoformat(day) if day is not None else None


def make_input(rows: Sequence[dict[str, Any]], dataset: schemas.Dataset) -> pa.Table:
    """Rows as a table with the types of the dataset; what is not known of an article is null."""
    return pa.table({c.name: pa.array([row[c.name] for row in rows], type=c.type) for c in dataset.columns})


def read_warehouse(reader: Reader, texts: Mapping[str, Text], reference_dir: Path) -> Warehouse:
    """What the line makes of texts by name."""
    return build_warehouse(read_inputs(reader, texts), reference_dir)


def build_warehouse(inputs: Inputs, reference_dir: Path) -> Warehouse:
    """The tables with what normalize makes of them."""
    outputs = normalize_tables(inputs, read_lexicon(reference_dir), read_atlas(reference_dir))
    return Warehouse(inputs, {dataset.name: make_table(getattr(outputs, dataset.name), dataset) for dataset in OUTPUTS})
