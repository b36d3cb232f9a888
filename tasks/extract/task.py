"""The stage extract: articles to sentences, mentions, quotes and events, batch by batch."""

import importlib.metadata
import logging
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tasks import schemas, storage
from tasks.errors import DatelineError, MissingStageError, ModelError
from tasks.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

logger = logging.getLogger(__name__)

OUTPUTS = tuple(d for d in schemas.DATASETS.values() if d.stage == "extract")
ROW_DATASETS = tuple(d for d in OUTPUTS if d.name != schemas.FAILED_ARTICLES.name)
PARSE_SOURCES = ("tasks/nlp/build.py", "tasks/extract/parses.py")
RULE_SOURCES = (
    "tasks/extract",
    "tasks/nlp",
    "tasks/normalize/names.py",
    "tasks/schemas.py",
    "tasks/ids.py",
    "tasks/reference.py",
)
READ_COLUMNS = ("article_id", "title", "body", "published_at", "language", "duplicate_of")
BLAS_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

Progress = Callable[[str, int, int], None]
Submit = Callable[[Settings, "list[Batch]", bool], Iterator[str]]


class Batch(NamedTuple):
    """A batch of articles with the fingerprints its parses and rows must carry to be fresh."""

    batch_id: str
    parse_mark: str
    rows_mark: str


class Summary(NamedTuple):
    """What a run of the stage did."""

    batches: int
    extracted: int

    def __str__(self) -> str:
        """One sentence for a person."""
        if not self.extracted:
            return f"extract: nothing changed in {self.batches} batches"
        return f"extract: {self.extracted} of {self.batches} batches read"


def model_id(model: str) -> str:
    """What stands for the model in fingerprints: the hash of its files, or name and version of a package.

    Raises ModelError where there is neither.
    """
    path = Path(model)
    if path.exists():
        return storage.files_hash(file for file in path.rglob("*") if file.is_file())
    try:
        return f"{model}-{importlib.metadata.version(model)}"
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            f"There is no spaCy pipeline {model}: neither a folder nor an installed package; check --model."
        ) from error


def find_batches(settings: Settings) -> list[Batch]:
    """The batches of articles; raises MissingStageError where clean has not run."""
    files = storage.dataset_files(settings.data_dir, schemas.ARTICLES)
    if not files:
        raise MissingStageError(f"There are no articles in {settings.data_dir}; run `dateline clean` first.")
    model = model_id(settings.model)
    parse = storage.fingerprint(model, storage.source_hash(*PARSE_SOURCES))
    reference = storage.files_hash([*settings.reference_dir.glob("*.csv"), *settings.reference_dir.glob("*.arrow")])
    rules = storage.fingerprint(model, storage.source_hash(*RULE_SOURCES), reference)
    batches = []
    for file in files:
        articles = storage.read_fingerprint(file)
        batches.append(Batch(file.stem, storage.fingerprint(parse, articles), storage.fingerprint(rules, articles)))
    return batches


def is_fresh(settings: Settings, batch: Batch) -> bool:
    """Whether all rows of the batch are made from what is there now."""
    paths = (storage.dataset_path(settings.data_dir, dataset, batch.batch_id) for dataset in OUTPUTS)
    return all(storage.is_fresh(path, batch.rows_mark) for path in paths)


def is_stale(settings: Settings) -> bool:
    """Whether a run of the stage would do anything."""
    batches = find_batches(settings)
    known = {batch.batch_id for batch in batches}
    left_over = any(p.stem not in known for d in OUTPUTS for p in storage.dataset_files(settings.data_dir, d))
    return left_over or not all(is_fresh(settings, batch) for batch in batches)


def extract(
    settings: Settings, *, force: bool = False, progress: Progress | None = None, submit: Submit | None = None
) -> Summary:
    """The summary of a run that brings every batch up to date; `submit` runs batches elsewhere (Prefect, Dask)."""
    batches = find_batches(settings)
    todo = [batch for batch in batches if force or not is_fresh(settings, batch)]
    for done, _ in enumerate((submit or run_batches)(settings, todo, force), start=1):
        if progress is not None:
            progress("extract", done, len(todo))
    remove_left_overs(settings, {batch.batch_id for batch in batches})
    return Summary(len(batches), len(todo))


def remove_left_overs(settings: Settings, kept: set[str]) -> None:
    """Deletes rows and parses of batches that are no more."""
    for dataset in OUTPUTS:
        storage.remove_stale_files(settings.data_dir, dataset, kept)
    for path in (settings.data_dir / "extract" / "parses").glob("*.spacy"):
        if path.name.rsplit("-", 1)[0] not in kept:
            path.unlink()


def run_batches(settings: Settings, batches: list[Batch], force: bool = False) -> Iterator[str]:
    """Extracts batches in a pool of processes, or in this one where one is enough; yields each when done.

    A worker that dies (out of memory, killed) costs one retry of what it was at; a second death raises DatelineError.
    """
    if settings.workers < 2 or len(batches) < 2:
        for batch in batches:
            yield extract_batch(settings, batch, force)
        return
    left = {batch.batch_id: batch for batch in batches}
    for attempt in (1, 2):
        try:
            for batch_id in _run_pool(settings, list(left.values()), force):
                del left[batch_id]
                yield batch_id
            return
        except BrokenProcessPool as error:
            if attempt == 2:
                raise DatelineError(
                    f"A worker process died twice with {len(left)} batches left; give fewer --workers or more memory."
                ) from error
            logger.warning("A worker process died; its batches are run again.")


def _run_pool(settings: Settings, batches: list[Batch], force: bool) -> Iterator[str]:
    for variable in BLAS_VARIABLES:
        os.environ.setdefault(variable, "1")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(settings.workers, len(batches)), mp_context=context) as pool:
        futures: list[Future[str]] = [pool.submit(extract_batch, settings, batch, force) for batch in batches]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@lru_cache(maxsize=1)
def _pipelines(model: str, reference_dir: Path) -> "tuple[Language, Language]":
    """The neural pipeline and the rules, once a process."""
    from tasks.nlp.build import build_rules, load_model

    nlp = load_model(model)
    return nlp, build_rules(reference_dir, nlp.vocab)


def extract_batch(settings: Settings, batch: Batch, force: bool = False) -> str:
    """Writes all datasets of one batch and returns its id; kept parses are used unless stale or `force`."""
    from tasks.extract.parses import parse, parses_path, read_parses, write_parses

    nlp, rules = _pipelines(settings.model, settings.reference_dir)
    table = storage.read_file(storage.dataset_path(settings.data_dir, schemas.ARTICLES, batch.batch_id), READ_COLUMNS)
    articles = [row for row in table.to_pylist() if row["language"] == "en" and row["duplicate_of"] is None]
    path = parses_path(settings.data_dir, batch.batch_id, batch.parse_mark)
    with nlp.memory_zone():
        docs = None if force else read_parses(path, nlp.vocab)
        if docs is None:
            docs = list(parse(nlp, [row["body"] for row in articles]))
            write_parses(path, docs)
        rows = _annotated_rows(rules, articles, docs)
    for dataset in OUTPUTS:
        target = storage.dataset_path(settings.data_dir, dataset, batch.batch_id)
        storage.write_dataset(target, rows[dataset.name], dataset, batch.rows_mark)
    return batch.batch_id


def _annotated_rows(rules: "Language", articles: list[dict[str, Any]], docs: "list[Doc]") -> dict[str, list[Any]]:
    from tasks.extract.rows import to_rows
    from tasks.nlp.build import annotate

    rows: dict[str, list[Any]] = {dataset.name: [] for dataset in OUTPUTS}
    for article, doc in zip(articles, docs, strict=True):
        published = article["published_at"].date().isoformat() if article["published_at"] is not None else None
        try:
            annotate(rules, doc, published_on=published, title=article["title"])
            found = to_rows(article["article_id"], doc)
        except Exception as error:
            rows[schemas.FAILED_ARTICLES.name].append(_failure(article["article_id"], error))
            continue
        for dataset in ROW_DATASETS:
            rows[dataset.name].extend(getattr(found, dataset.name))
    return rows


def _failure(article_id: str, error: Exception) -> dict[str, str]:
    """The row that names what went wrong with an article, so that one bad text never stops a batch."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    logger.warning("Article %s could not be read by the rules: %s", article_id, error)
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return {"article_id": article_id, "reason": type(error).__name__, "detail": f"{error} ({place})"}
