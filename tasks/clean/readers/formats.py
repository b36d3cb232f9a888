"""Which reader reads what, and all inputs as documents and rejects, one after the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import TypeAlias

from tasks.clean.readers.archives import open_packed, open_tar, open_zip
from tasks.clean.readers.documents import Limits, Outcome, RefusedError, Reject, Source, open_budget, reject_source
from tasks.clean.readers.files import InputFile, to_time
from tasks.clean.readers.mhtml import read_mhtml
from tasks.clean.readers.newsxml import read_xml
from tasks.clean.readers.parquet import read_parquet
from tasks.clean.readers.pdf import read_pdf
from tasks.clean.readers.records import read_csv, read_json, read_jsonl, read_records
from tasks.clean.readers.text import read_html, read_text
from tasks.clean.readers.warc import read_warc

MAX_DEPTH = 4
MAX_UNPACKED_BYTES = 100_000_000_000

Reader: TypeAlias = Callable[[Source, Limits], Iterator[Outcome]]
Opener: TypeAlias = Callable[[Source, Limits], Iterator[Source | Reject]]

READERS: Mapping[str, Reader] = {
    **dict.fromkeys((".txt", ".md"), read_text),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".mhtml", ".mht"), read_mhtml),
    **dict.fromkeys((".jsonl", ".ndjson"), partial(read_records, read_jsonl)),
    ".json": partial(read_records, read_json),
    ".csv": partial(read_records, read_csv),
    ".tsv": partial(read_records, partial(read_csv, delimiter="\t")),
    ".parquet": read_parquet,
    ".pdf": read_pdf,
    **dict.fromkeys((".xml", ".nitf"), read_xml),
    **dict.fromkeys((".warc", ".wet"), read_warc),
}
OPENERS: Mapping[str, Opener] = {
    ".zip": open_zip,
    ".tar": open_tar,
    **dict.fromkeys((".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz"), open_packed),
}


def read_documents(
    files: Iterable[InputFile],
    *,
    max_bytes: int,
    max_unpacked_bytes: int = MAX_UNPACKED_BYTES,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Outcome]:
    """The documents and rejects of all files, one after the other, in constant memory.

    `columns` names the column that holds a field of FIELDS, where the usual names do not.
    """
    limits = Limits(max_bytes, max_unpacked_bytes, columns or {})
    for file in files:
        yield from read_file(file, limits)


def read_file(file: InputFile, limits: Limits) -> Iterator[Outcome]:
    """The documents and rejects of one file."""
    time = to_time(file.modified_ns // 1_000_000_000)
    if file.problem is not None:
        error = RefusedError(file.problem)
        yield Reject(file.source_uri, error.reason, error.detail, None, time)
        return
    try:
        with file.path.open("rb") as stream:
            budget = open_budget(file.size, limits)
            yield from read_source(Source(file.source_uri, file.path.name, stream, file.size, time, budget), limits)
    except OSError:
        error = RefusedError("unreadable")
        yield Reject(file.source_uri, error.reason, error.detail, None, time)


def read_source(source: Source, limits: Limits) -> Iterator[Outcome]:
    """The documents and rejects of bytes under a name; where they end before their time, what came before is kept."""
    suffix = PurePosixPath(source.name.lower()).suffix
    try:
        if suffix in OPENERS:
            yield from read_members(OPENERS[suffix], source, limits)
        elif suffix in READERS:
            yield from READERS[suffix](source, limits)
        else:
            raise RefusedError("unsupported_format")
    except RefusedError as error:
        yield reject_source(source, error)
    except MemoryError:
        yield reject_source(source, RefusedError("too_large", "The file asks for more memory than there is."))


def read_members(open_archive: Opener, source: Source, limits: Limits) -> Iterator[Outcome]:
    """The documents and rejects of what an archive holds; raises RefusedError where that is nothing or too deep."""
    if source.depth >= MAX_DEPTH:
        raise RefusedError("nested_too_deep")
    is_empty = True
    for member in open_archive(source, limits):
        is_empty = False
        if isinstance(member, Reject):
            yield member
        else:
            yield from read_source(member, limits)
    if is_empty:
        raise RefusedError("empty", "The archive holds no file.")
