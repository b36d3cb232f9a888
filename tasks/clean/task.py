"""The stage clean: files, folders and addresses to `articles` and `rejected_articles`."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks import storage
from tasks.clean.agencies import AGENCY_COLUMNS, build_agencies
from tasks.clean.articles import Article, clean_document
from tasks.clean.boilerplate import RULE_COLUMNS, Rules, build_rules
from tasks.clean.readers import InputFile, Outcome, Reject, read_documents
from tasks.clean.relations import Relation, find_relations
from tasks.clean.signatures import SIGNATURES, SignatureBook
from tasks.clean.spool import Spool
from tasks.clean.versions import Edition, to_address
from tasks.clean.web.address import Input
from tasks.clean.web.edge import load_items, plan_run, refresh_store
from tasks.clean.web.intake import Plan, WebItem, read_item
from tasks.errors import ReferenceDataError
from tasks.reference import read_reference
from tasks.schemas import ARTICLES, DROPPED_LINES, REJECTED_ARTICLES
from tasks.settings import Settings

logger = logging.getLogger(__name__)

RULES = "boilerplate_rules"
AGENCIES = "agencies"
DROPPED_TEXT = 1000
SOURCES = ("tasks/clean", "tasks/schemas.py", "tasks/ids.py", "tasks/reference.py")
SPOOL = ".spool.sqlite"
FEWEST_TO_CUT = 16
UNSTATED = ("file", "none")
ALONE = Relation()

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a run of the stage did, and how many lines each rule dropped; nothing was done where `is_fresh`."""

    articles: int
    batches: int
    rejects: int
    duplicates: int = 0
    versions: int = 0
    is_fresh: bool = False
    reasons: Mapping[str, int] = field(default_factory=dict)
    dropped_lines: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """One sentence for a person."""
        if self.is_fresh:
            return f"clean: nothing changed; {self.articles} articles, {self.rejects} rejected."
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.reasons.items()))
        rejected = f"{self.rejects} rejected" + (f" ({reasons})" if reasons else "")
        copies = f"{self.duplicates} copies" + (f", {self.versions} older versions" if self.versions else "")
        return f"clean: {self.articles} articles in {self.batches} batches, {copies}, {rejected}."


@dataclass
class Tally:
    """What has been read so far: what is needed to find copies and versions, and counts."""

    editions: list[Edition] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    dropped_lines: Counter[str] = field(default_factory=Counter)


def is_stale(inputs: Sequence[Input], settings: Settings) -> bool:
    """Whether a run of the stage would do anything: an input, a rule or the code changed; asks no address."""
    plan = plan_run(inputs, settings)
    return not is_fresh(settings, make_mark(plan, load_items(plan, settings), settings))


def clean(
    inputs: Sequence[Input], settings: Settings, *, force: bool = False, progress: Progress | None = None
) -> Summary:
    """The summary of a run that brings `articles` and `rejected_articles` in line with the inputs.

    Addresses among the inputs are asked first. Raises InputNotFoundError where a path does not exist or no file is
    below it.
    """
    plan = plan_run(inputs, settings)
    refresh_store(plan, settings, progress)
    web_items = load_items(plan, settings)
    mark = make_mark(plan, web_items, settings)
    if not force and is_fresh(settings, mark):
        return count_written(settings)
    rules = load_rules(settings.reference_dir)
    with Spool(settings.data_dir / ARTICLES.stage / SPOOL) as spool:
        book = SignatureBook(settings.data_dir, is_blank=force)
        tally = fill_spool(spool, [*plan.files, *web_items], rules, book, settings=settings, progress=progress)
        relations = find_relations(tally.editions, spool.load_body)
        batch_ids = write_articles(spool, relations, book, settings)
        write_rejects(spool, batch_ids, mark, settings)
    return Summary(
        articles=len(tally.editions),
        batches=len(batch_ids),
        rejects=tally.reasons.total(),
        duplicates=sum(relation.duplicate_of is not None for relation in relations.values()),
        versions=sum(relation.is_older_version for relation in relations.values()),
        reasons=dict(tally.reasons),
        dropped_lines=dict(tally.dropped_lines),
    )


def make_mark(plan: Plan, web_items: Iterable[WebItem], settings: Settings) -> str:
    """The fingerprint of code, rules, settings, and what changes when an input changes."""
    return storage.fingerprint(
        storage.source_hash(*SOURCES),
        storage.files_hash(p for name in (RULES, AGENCIES) for p in settings.reference_dir.glob(f"{name}.csv")),
        settings.batch_size,
        settings.max_input_bytes,
        settings.max_unpacked_bytes,
        settings.columns,
        *((file.source_uri, file.size, file.modified_ns, file.problem) for file in (*plan.files, *plan.feed_files)),
        *(mark_item(item) for item in web_items),
    )


def mark_item(item: WebItem) -> tuple[object, ...]:
    """What changes when an address gives something else."""
    version = item.version
    return item.source_uri, item.reason, item.given, *((version.sha256, version.retrieved_at) if version else ())


def seal(mark: str, names: Iterable[str]) -> str:
    """The mark of a finished run: that of its inputs, and the batches it left."""
    return storage.fingerprint(mark, *sorted(names))


def is_fresh(settings: Settings, mark: str) -> bool:
    """Whether the outputs are complete and made from what the mark stands for."""
    names = [path.stem for path in storage.dataset_files(settings.data_dir, ARTICLES)]
    if names != [path.stem for path in storage.dataset_files(settings.data_dir, DROPPED_LINES)]:
        return False
    return storage.is_fresh(storage.dataset_path(settings.data_dir, REJECTED_ARTICLES), seal(mark, names))


def count_written(settings: Settings) -> Summary:
    """The summary of a run that finds all fresh."""
    counts = [storage.count_rows(path) for path in storage.dataset_files(settings.data_dir, ARTICLES)]
    rejects = storage.count_rows(storage.dataset_path(settings.data_dir, REJECTED_ARTICLES))
    return Summary(articles=sum(counts), batches=sum(count > 0 for count in counts), rejects=rejects, is_fresh=True)


def load_rules(reference_dir: Path) -> Rules:
    """The rules for lines and the wire agencies; raises ReferenceDataError that names the broken rule."""
    try:
        rules = build_rules(read_reference(reference_dir, RULES, RULE_COLUMNS))
    except ValueError as error:
        raise ReferenceDataError(f"{reference_dir / RULES}.csv: {error}; mend the rule.") from error
    return rules._replace(agencies=build_agencies(read_reference(reference_dir, AGENCIES, AGENCY_COLUMNS)))


def fill_spool(
    spool: Spool,
    items: Sequence[InputFile | WebItem],
    rules: Rules,
    book: SignatureBook,
    *,
    settings: Settings,
    progress: Progress | None,
) -> Tally:
    """Reads and cleans all inputs into the spool; the tally of them."""
    tally = Tally()
    for done, item in enumerate(items, start=1):
        for outcome in read_input(item, settings):
            cleaned = clean_document(outcome, rules)
            tally.dropped_lines.update(line.rule_id for line in cleaned.dropped)
            if isinstance(cleaned.outcome, Reject):
                tally.reasons[cleaned.outcome.reason] += 1
                spool.add_reject(cleaned.outcome)
            else:
                spool.add_article(len(tally.editions), cleaned.outcome, cleaned.dropped)
                tally.editions.append(make_edition(cleaned.outcome, book))
        if progress is not None:
            progress("clean", done, len(items))
    return tally


def read_input(item: InputFile | WebItem, settings: Settings) -> Iterator[Outcome]:
    """The documents and rejects of one input, a file or what an address gave."""

    def read(file: InputFile) -> Iterator[Outcome]:
        return read_documents(
            [file],
            max_bytes=settings.max_input_bytes,
            max_unpacked_bytes=settings.max_unpacked_bytes,
            columns=dict(settings.columns),
        )

    return read_item(item, read) if isinstance(item, WebItem) else read(item)


def make_edition(article: Article, book: SignatureBook) -> Edition:
    """What is needed to find copies and versions of an article."""
    stated_at = article.published_at if article.published_at_source not in UNSTATED else None
    return Edition(
        article_id=article.article_id,
        address=to_address(article.url),
        published_at=article.published_at,
        stated_at=stated_at,
        changed_at=article.modified_at or stated_at,
        retrieved_at=article.retrieved_at,
        signature=book.sign(article.body),
    )


def write_articles(
    spool: Spool, relations: Mapping[int, Relation], book: SignatureBook, settings: Settings
) -> list[str]:
    """Writes the batches that changed and removes those that are no more; the ids of all batches."""
    rows = ({**fields, **relations.get(number, ALONE)._asdict()} for number, fields in spool.read_articles())
    batch_ids = [write_batch(batch, book, settings) for batch in cut_batches(rows, settings.batch_size)]
    for dataset in (ARTICLES, DROPPED_LINES):
        if not batch_ids:
            storage.write_dataset(storage.dataset_path(settings.data_dir, dataset), [], dataset, storage.fingerprint())
        storage.remove_stale_files(settings.data_dir, dataset, batch_ids or [storage.WHOLE])
    storage.remove_stale_files(settings.data_dir, SIGNATURES, batch_ids)
    return batch_ids


def cut_batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The rows in batches of at most `size`.

    Most batches end where an article id says so, not where the count is full: a new article then changes the batch it
    falls into, not all that follow, and extract redoes one batch.
    """
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= size or (len(batch) >= size // 4 and is_boundary(row["article_id"], size)):
            yield batch
            batch = []
    if batch:
        yield batch


def is_boundary(article_id: str, size: int) -> bool:
    """Whether a batch may end at an article: one id in a quarter of the batch size."""
    return size >= FEWEST_TO_CUT and int(article_id[-8:], 16) % (size // 4) == 0


def write_batch(batch: Sequence[dict[str, Any]], book: SignatureBook, settings: Settings) -> str:
    """Writes one batch unless it lies there already; its id."""
    batch_id = storage.fingerprint(*(row["article_id"] for row in batch))[:16]
    rows = [{**row, "batch_id": batch_id} for row in batch]
    articles = [{name: value for name, value in row.items() if name != "dropped_lines"} for row in rows]
    dropped = [line for row in rows for line in number_drops(row["article_id"], row["dropped_lines"])]
    for dataset, found in ((ARTICLES, articles), (DROPPED_LINES, dropped)):
        mark = storage.fingerprint(dataset.columns, *(sorted(row.items()) for row in found))
        path = storage.dataset_path(settings.data_dir, dataset, batch_id)
        if not storage.is_fresh(path, mark):
            storage.write_dataset(path, found, dataset, mark)
    book.write_batch(batch_id, (row["body"] for row in batch))
    return batch_id


def number_drops(article_id: str, dropped: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
    """The rows of `dropped_lines` of one article, given pairs of rule and text."""
    return [
        {
            "article_id": article_id,
            "drop_index": index,
            "rule_id": rule_id,
            "text": text[:DROPPED_TEXT],
            "char_count": len(text),
        }
        for index, (rule_id, text) in enumerate(dropped)
    ]


def write_rejects(spool: Spool, batch_ids: Sequence[str], mark: str, settings: Settings) -> None:
    """Writes the rejects last: the file carries the mark that says the run is complete."""
    path = storage.dataset_path(settings.data_dir, REJECTED_ARTICLES)
    sealed = seal(mark, batch_ids or [storage.WHOLE])
    tables = [storage.to_table(rows, REJECTED_ARTICLES) for rows in spool.read_rejects()]
    rows = pa.concat_tables(tables) if tables else []
    storage.write_dataset(path, rows, REJECTED_ARTICLES, sealed)
