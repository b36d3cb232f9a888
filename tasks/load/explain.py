"""Where a row comes from: its article, the span in context, what made it, the rows it is tied to, and rival figures."""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from tasks.errors import DatelineError
from tasks.load.keys import REFERENCES, SPAN_TABLES, Reference
from tasks.load.query import open_warehouse
from tasks.load.statements import quote_name
from tasks.schemas import DATASETS

CONTEXT_CHARS = 80
LINK_LIMIT = 10
VALUE_CHARS = 160
LABEL_WIDTH = 22
LABELS = ("canonical_name", "name", "content", "text", "title", "summary")
MADE_BY = ("rule_id", "method", "score")
UNSHOWN = {"body", "text", "sentence_index", "article_id", "content_spans", *MADE_BY}

# For tables without a span of their own: which span rows bear the row out, best first.
EVIDENCE = {
    "entities": (
        "entity_mentions",
        "select m.* from core.entity_mentions as m join core.entity_links as l using (mention_id) where l.entity_id = ?"
        " order by m.mention_type <> 'name', m.score desc, m.article_id, m.start_char",
    ),
    "entity_links": ("entity_mentions", "select * from core.entity_mentions where mention_id = ?"),
    "events": (
        "event_mentions",
        "select m.* from core.event_mentions as m join core.event_sources as s using (event_mention_id)"
        " where s.event_id = ? order by m.score desc, m.article_id, m.start_char",
    ),
    "event_participants": (
        "event_arguments",
        "select distinct a.* from core.event_participants as p"
        " join core.event_sources as s using (event_id)"
        " join core.event_arguments as a on a.event_mention_id = s.event_mention_id and a.role = p.role"
        " left join core.entity_links as l on l.mention_id = a.mention_id"
        " where p.participant_id = ? and a.value_low is not distinct from p.value_low"
        " and a.value_high is not distinct from p.value_high"
        " and (p.entity_id is null or l.entity_id = p.entity_id) order by a.article_id, a.start_char",
    ),
    "event_sources": ("event_mentions", "select * from core.event_mentions where event_mention_id = ?"),
    "quotes": ("quote_mentions", "select * from core.quote_mentions where quote_mention_id = ?"),
}

FIGURES = """
select
    arguments.role,
    arguments.value_low,
    arguments.value_high,
    string_agg(distinct coalesce(articles.publisher, articles.article_id), ', ') as outlets,
    string_agg(distinct entities.canonical_name, ', ') as claimed_by,
from core.event_sources as sources
inner join core.event_arguments as arguments using (event_mention_id)
inner join core.articles as articles on sources.article_id = articles.article_id
left join core.entities as entities on sources.claimed_by_entity_id = entities.entity_id
where sources.event_id = ? and (arguments.value_low is not null or arguments.value_high is not null)
group by all
order by all
"""

EVENTS_OF = {
    "events": "select ?",
    "event_mentions": "select event_id from core.event_sources where event_mention_id = ?",
    "event_sources": "select event_id from core.event_sources where event_mention_id = ?",
    "event_participants": "select event_id from core.event_participants where participant_id = ?",
    "event_arguments": "select s.event_id from core.event_sources as s"
    " join core.event_arguments as a using (event_mention_id) where a.argument_id = ?",
}

Row: TypeAlias = Mapping[str, Any]


def explain(path: Path, row_id: str) -> list[str]:
    """The lines that explain the row with an id; raises DatelineError where no core table has it."""
    with open_warehouse(path) as con:
        found = find_rows(con, row_id)
        if not found:
            raise DatelineError(
                f"No row has the id {row_id}; take one from a column that ends in _id, for example of `from quotes`."
            )
        lines: list[str] = []
        shown: set[str] = set()
        for table, row in found.items():
            lines += [f"{table} {row_id}", f"  {DATASETS[table].grain}", *describe_values(row)]
            lines += describe_evidence(con, table, row, row_id, shown)
            lines += describe_version(con, table, row)
            lines.append("")
        links = [line for table, row in found.items() for line in describe_links(con, table, row, set(found))]
        if links:
            lines += ["linked rows", *dict.fromkeys(links), ""]
        lines += describe_figures(con, found, row_id)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def fetch_rows(con: duckdb.DuckDBPyConnection, sql: str, values: list[str]) -> list[Row]:
    """The rows of a query as mappings."""
    con.execute(sql, values)
    names = [column[0] for column in con.description or ()]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def find_rows(con: duckdb.DuckDBPyConnection, row_id: str) -> dict[str, Row]:
    """The rows of all core tables whose key is the id: a quote is also a quote mention."""
    found = {}
    for name, dataset in DATASETS.items():
        if len(dataset.key) > 1 or dataset.published_in != "core":
            continue
        rows = fetch_rows(con, f"select * from core.{name} where {quote_name(dataset.key[0])} = ?", [row_id])
        if rows:
            found[name] = rows[0]
    return found


def show(value: object) -> str:
    """A value on one line, cut where it is long."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, float):
        value = round(value, 4)
    if isinstance(value, list):
        value = ", ".join(show(part) for part in value)
    text = " ".join(str(value).split())
    return text if len(text) <= VALUE_CHARS else f"{text[: VALUE_CHARS - 1]}…"


def describe_values(row: Row) -> Iterator[str]:
    """The columns that hold something and are shown nowhere else."""
    for name, value in row.items():
        if name not in UNSHOWN and not name.endswith("_char") and value is not None and value != []:
            yield f"  {name:<{LABEL_WIDTH}}{show(value)}"


def describe_evidence(
    con: duckdb.DuckDBPyConnection, table: str, row: Row, row_id: str, shown: set[str]
) -> Iterator[str]:
    """The article, the span in context and the rule of what bears the row out; each span once."""
    if table in SPAN_TABLES:
        source, spans = table, [row]
    elif table in EVIDENCE:
        source, sql = EVIDENCE[table]
        spans = fetch_rows(con, f"{sql} limit {LINK_LIMIT}", [row_id])
    else:
        spans, source = [], table
    for span in spans:
        span_id = str(span[DATASETS[source].key[0]])
        if span_id not in shown:
            shown.add(span_id)
            yield from describe_span(con, span, span_id)
    if table not in SPAN_TABLES:
        yield from describe_maker(row)


def describe_maker(row: Row) -> Iterator[str]:
    """The rule or model that made a row, with its score."""
    made_by = ", ".join(f"{name} {show(row[name])}" for name in MADE_BY if row.get(name) is not None)
    if made_by:
        yield f"  {'made by':<{LABEL_WIDTH}}{made_by}"


def describe_span(con: duckdb.DuckDBPyConnection, span: Row, span_id: str) -> Iterator[str]:
    """The article of a span, its place, the text on both sides of it, and what found it."""
    article = fetch_rows(con, "select * from core.articles where article_id = ?", [span["article_id"]])[0]
    start, end = span["start_char"], span["end_char"]
    yield f"  {'article':<{LABEL_WIDTH}}{describe_article(article)}"
    yield f"  {'span':<{LABEL_WIDTH}}[{start}, {end}) of the body, sentence {span['sentence_index']}: {span_id}"
    yield f"  {'context':<{LABEL_WIDTH}}{show_context(article['body'], start, end)}"
    yield from describe_maker(span)


def describe_article(article: Row) -> str:
    """Id, title, publisher, day and source of an article."""
    published = article["published_at"]
    parts = (article["title"], article["publisher"], published.date() if published is not None else None)
    return " · ".join([article["article_id"], *(show(p) for p in parts if p is not None), article["source_uri"]])


def show_context(body: str, start: int, end: int) -> str:
    """The span in brackets with the text on both sides, on one line."""
    before, after = body[max(start - CONTEXT_CHARS, 0) : start], body[end : end + CONTEXT_CHARS]
    left = "…" if start > CONTEXT_CHARS else ""
    right = "…" if end + CONTEXT_CHARS < len(body) else ""
    return " ".join(f"{left}{before}[{body[start:end]}]{after}{right}".split())


def describe_version(con: duckdb.DuckDBPyConnection, table: str, row: Row) -> Iterator[str]:
    """The Parquet file that held the row with its fingerprint, and the run and version that published it."""
    files = fetch_rows(
        con,
        "select file, fingerprint from ops.stage_files where dataset = ?"
        " and batch_id in ('all', (select batch_id from core.articles where article_id = ?))",
        [table, str(row.get("article_id"))],
    )
    for file in files:
        yield f"  {'read from':<{LABEL_WIDTH}}{file['file']}, fingerprint {file['fingerprint']}"
    meta = dict(con.execute("select key, value from ops.meta").fetchall())
    yield f"  {'published by':<{LABEL_WIDTH}}run {meta.get('run_id')}, dateline {meta.get('dateline_version')}"


def describe_links(con: duckdb.DuckDBPyConnection, table: str, row: Row, known: set[str]) -> Iterator[str]:
    """The rows this one names, and the rows that name it."""
    for reference in REFERENCES:
        if reference.table == table and reference.target not in known:
            values = row[reference.column]
            for value in (values if reference.is_list else [values])[:LINK_LIMIT]:
                if value is not None:
                    yield f"  {reference.column + ' →':<{LABEL_WIDTH}}{describe_row(con, reference.target, value)}"
        if reference.target == table and reference.table not in known:
            yield from _describe_back_links(con, reference, row)


def _describe_back_links(con: duckdb.DuckDBPyConnection, reference: Reference, row: Row) -> Iterator[str]:
    column = quote_name(reference.column)
    condition = f"list_contains({column}, ?)" if reference.is_list else f"{column} = ?"
    key = quote_name(DATASETS[reference.table].key[0])
    value = row[reference.target_key]
    rows = con.execute(f"select {key} from core.{reference.table} where {condition} order by 1", [value]).fetchall()
    if len(DATASETS[reference.table].key) > 1:
        yield f"  {reference.table:<{LABEL_WIDTH}}{len(rows)} rows"
        return
    for (linked,) in rows[:LINK_LIMIT]:
        yield f"  {reference.table + ' ←':<{LABEL_WIDTH}}{describe_row(con, reference.table, linked)}"
    if len(rows) > LINK_LIMIT:
        yield f"  {reference.table + ' ←':<{LABEL_WIDTH}}and {len(rows) - LINK_LIMIT} more"


def describe_row(con: duckdb.DuckDBPyConnection, table: str, row_id: str) -> str:
    """The id of a row with the words that say what it is, its own or those of the first row it names."""
    key = quote_name(DATASETS[table].key[0])
    rows = fetch_rows(con, f"select * from core.{table} where {key} = ?", [row_id])
    if not rows:
        return row_id
    row = rows[0]
    prefix = f"{row['role']}: " if table in ("event_arguments", "event_participants") else ""
    for label in LABELS:
        if row.get(label) is not None:
            return f"{row_id}  {prefix}{show(row[label])}"
    for reference in REFERENCES:
        if reference.table == table and not reference.is_list and row[reference.column] is not None:
            named = describe_row(con, reference.target, row[reference.column])
            return named if named.startswith(row_id) else f"{row_id}  {named}"
    return row_id


def describe_figures(con: duckdb.DuckDBPyConnection, found: Mapping[str, Row], row_id: str) -> list[str]:
    """The figures that articles give for the same event, side by side, with who gives them."""
    lines: dict[str, None] = {}
    for table in found:
        events = con.execute(EVENTS_OF[table], [row_id]).fetchall() if table in EVENTS_OF else []
        for (event_id,) in events:
            for figure in fetch_rows(con, FIGURES, [event_id]):
                says = f", says {figure['claimed_by']}" if figure["claimed_by"] is not None else ""
                words = show_figure(figure["value_low"], figure["value_high"])
                lines[f"  {figure['role']:<{LABEL_WIDTH}}{words} ({figure['outlets']}{says})"] = None
    return ["figures of the event", *lines] if lines else []


def show_figure(low: int | None, high: int | None) -> str:
    """A range as text: 20, 20–24, 1,300+ or up to 24."""
    if low is None or high is None:
        return f"up to {high:,}" if low is None else f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
