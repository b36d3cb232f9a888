"""The stage clean: files and folders to `articles` and `rejected_articles`."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks import storage
from tasks.clean.articles import Article, clean_document
from tasks.clean.boilerplate import RULE_COLUMNS, Rules, build_rules
from tasks.clean.duplicates import Duplicate, Signature, find_duplicates, sign
from tasks.clean.readers import InputFile, Reject, list_files, read_documents
from tasks.clean.spool import Spool
from tasks.errors import ReferenceDataError
from tasks.reference import read_reference
from tasks.schemas import ARTICLES, REJECTED_ARTICLES
from tasks.settings import Settings

logger = logging.getLogger(__name__)

RULES = "boilerplate_rules"
SOURCES = ("tasks/clean", "tasks/schemas.py", "tasks/ids.py", "tasks/reference.py")
SPOOL = ".spool.sqlite"
FEWEST_TO_CUT = 16
END_OF_TIME = datetime.max.replace(tzinfo=UTC)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a run of the stage did, and how many lines each rule dropped; nothing was done where `is_fresh`."""

    articles: int
    batches: int
    rejects: int
    duplicates: int = 0
    is_fresh: bool = False
    reasons: Mapping[str, int] = field(default_factory=dict)
    dropped_lines: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """One sentence for a person."""
        if self.is_fresh:
            return f"clean: nothing changed; {self.articles} articles, {self.rejects} rejected."
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.reasons.items()))
        rejected = f"{self.rejects} rejected" + (f" ({reasons})" if reasons else "")
        return f"clean: {self.articles} articles in {self.batches} batches, {self.duplicates} copies, {rejected}."


@dataclass
class Tally:
    """What has been read so far: what is needed to find copies, and counts."""

    ids: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    order_keys: list[tuple[datetime, datetime, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    dropped_lines: Counter[str] = field(default_factory=Counter)


def is_stale(inputs: Sequence[Path], settings: Settings) -> bool:
    """Whether a run of the stage would do anything: an input, a rule or the code changed; reads no input."""
    return not is_fresh(settings, make_mark(list_files(inputs), settings))


def clean(
    inputs: Sequence[Path], settings: Settings, *, force: bool = False, progress: Progress | None = None
) -> Summary:
    """The summary of a run that brings `articles` and `rejected_articles` in line with the inputs.

    Raises InputNotFoundError where a path does not exist or no file is below it.
    """
    files = list_files(inputs)
    mark = make_mark(files, settings)
    if not force and is_fresh(settings, mark):
        return count_written(settings)
    rules = load_rules(settings.reference_dir)
    with Spool(settings.data_dir / ARTICLES.stage / SPOOL) as spool:
        tally = fill_spool(spool, files, rules, settings, progress)
        duplicates = find_duplicates(tally.signatures, tally.order_keys, spool.load_body)
        batch_ids = write_articles(spool, tally, duplicates, settings)
        write_rejects(spool, batch_ids, mark, settings)
    return Summary(
        articles=len(tally.ids),
        batches=len(batch_ids),
        rejects=tally.reasons.total(),
        duplicates=len(duplicates),
        reasons=dict(tally.reasons),
        dropped_lines=dict(tally.dropped_lines),
    )


def make_mark(files: Iterable[InputFile], settings: Settings) -> str:
    """The fingerprint of code, rules, settings, and names, sizes and times of the inputs."""
    return storage.fingerprint(
        storage.source_hash(*SOURCES),
        storage.files_hash(settings.reference_dir.glob(f"{RULES}.csv")),
        settings.batch_size,
        settings.max_input_bytes,
        *((file.source_uri, file.size, file.modified_ns, file.problem) for file in files),
    )


def seal(mark: str, names: Iterable[str]) -> str:
    """The mark of a finished run: that of its inputs, and the batches it left."""
    return storage.fingerprint(mark, *sorted(names))


def is_fresh(settings: Settings, mark: str) -> bool:
    """Whether the outputs are complete and made from what the mark stands for."""
    names = [path.stem for path in storage.dataset_files(settings.data_dir, ARTICLES)]
    return storage.is_fresh(storage.dataset_path(settings.data_dir, REJECTED_ARTICLES), seal(mark, names))


def count_written(settings: Settings) -> Summary:
    """The summary of a run that finds all fresh."""
    counts = [storage.count_rows(path) for path in storage.dataset_files(settings.data_dir, ARTICLES)]
    rejects = storage.count_rows(storage.dataset_path(settings.data_dir, REJECTED_ARTICLES))
    return Summary(articles=sum(counts), batches=sum(count > 0 for count in counts), rejects=rejects, is_fresh=True)


def load_rules(reference_dir: Path) -> Rules:
    """The rules for lines; raises ReferenceDataError that names the broken one."""
    try:
        return build_rules(read_reference(reference_dir, RULES, RULE_COLUMNS))
    except ValueError as error:
        raise ReferenceDataError(f"{reference_dir / RULES}.csv: {error}; mend the rule.") from error


def fill_spool(
    spool: Spool, files: Sequence[InputFile], rules: Rules, settings: Settings, progress: Progress | None
) -> Tally:
    """Reads and cleans all inputs into the spool; the tally of them."""
    tally = Tally()
    for done, file in enumerate(files, start=1):
        for outcome in read_documents([file], max_bytes=settings.max_input_bytes):
            cleaned = clean_document(outcome, rules)
            tally.dropped_lines.update(line.rule_id for line in cleaned.dropped)
            if isinstance(cleaned.outcome, Reject):
                tally.reasons[cleaned.outcome.reason] += 1
                spool.add_reject(cleaned.outcome)
            else:
                spool.add_article(len(tally.ids), cleaned.outcome)
                add_to_tally(tally, cleaned.outcome)
        if progress is not None:
            progress("clean", done, len(files))
    return tally


def add_to_tally(tally: Tally, article: Article) -> None:
    """Notes what is needed to find copies of an article."""
    tally.ids.append(article.article_id)
    tally.signatures.append(sign(article.body))
    key = (article.published_at or END_OF_TIME, article.retrieved_at or END_OF_TIME, article.article_id)
    tally.order_keys.append(key)


def write_articles(spool: Spool, tally: Tally, duplicates: Mapping[int, Duplicate], settings: Settings) -> list[str]:
    """Writes the batches that changed and removes those that are no more; the ids of all batches."""
    rows = (add_duplicate(fields, duplicates.get(number), tally.ids) for number, fields in spool.read_articles())
    batch_ids = [write_batch(batch, settings) for batch in cut_batches(rows, settings.batch_size)]
    if not batch_ids:
        storage.write_dataset(storage.dataset_path(settings.data_dir, ARTICLES), [], ARTICLES, storage.fingerprint())
    storage.remove_stale_files(settings.data_dir, ARTICLES, batch_ids or [storage.WHOLE])
    return batch_ids


def add_duplicate(fields: dict[str, Any], match: Duplicate | None, ids: Sequence[str]) -> dict[str, Any]:
    """The row of an article with its original, if it is a copy."""
    if match is None:
        return {**fields, "duplicate_of": None, "duplicate_score": None}
    return {**fields, "duplicate_of": ids[match.original], "duplicate_score": round(match.score, 4)}


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


def write_batch(batch: Sequence[dict[str, Any]], settings: Settings) -> str:
    """Writes one batch unless it lies there already; its id."""
    batch_id = storage.fingerprint(*(row["article_id"] for row in batch))[:16]
    rows = [{**row, "batch_id": batch_id} for row in batch]
    mark = storage.fingerprint(ARTICLES.columns, *(sorted(row.items()) for row in rows))
    path = storage.dataset_path(settings.data_dir, ARTICLES, batch_id)
    if not storage.is_fresh(path, mark):
        storage.write_dataset(path, rows, ARTICLES, mark)
    return batch_id


def write_rejects(spool: Spool, batch_ids: Sequence[str], mark: str, settings: Settings) -> None:
    """Writes the rejects last: the file carries the mark that says the run is complete."""
    path = storage.dataset_path(settings.data_dir, REJECTED_ARTICLES)
    sealed = seal(mark, batch_ids or [storage.WHOLE])
    tables = [storage.to_table(rows, REJECTED_ARTICLES) for rows in spool.read_rejects()]
    rows = pa.concat_tables(tables) if tables else []
    storage.write_dataset(path, rows, REJECTED_ARTICLES, sealed)
