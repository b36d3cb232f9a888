"""The files below the inputs, each once, in name order and under a short name."""

import os
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tasks.clean.readers.documents import make_unique
from tasks.errors import InputNotFoundError

LABEL_PARTS = 2


class InputFile(NamedTuple):
    """A file that was found: its path, its name below the input, and what changes when it changes."""

    path: Path
    source_uri: str
    size: int
    modified_ns: int
    problem: str | None = None


def to_time(seconds: float) -> datetime | None:
    """A file's time, UTC, in whole seconds; None for 0, which stands for none, and for an impossible one."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if int(seconds) else None
    except (ValueError, OverflowError, OSError):
        return None


def label_inputs(paths: Sequence[Path]) -> list[str]:
    """A short name for each input, its last path parts: as many as it takes to tell the inputs apart."""
    resolved = [path.resolve() for path in paths]
    distinct = len(set(resolved))
    for count in range(1, max((len(path.parts) for path in resolved), default=1) + 1):
        labels = [label_path(path, count) for path in resolved]
        if len(set(labels)) == distinct:
            return labels
    return [path.as_posix() for path in resolved]


def label_path(path: Path, count: int) -> str:
    """The last `count` parts of a folder's path; of a file's, one more, so it is named as in its folder."""
    kept = count if path.is_dir() else max(count, LABEL_PARTS)
    return "/".join(part for part in path.parts[-kept:] if part != path.anchor)


def list_files(inputs: Sequence[Path]) -> list[InputFile]:
    """Every file below the inputs once, folders in name order; raises InputNotFoundError."""
    missing = [path for path in inputs if not path.exists()]
    if missing:
        raise InputNotFoundError(f"There is no file or folder {missing[0]}; check the path.")
    found: dict[str, InputFile] = {}
    names: set[str] = set()
    for path, label in zip(inputs, label_inputs(inputs), strict=True):
        for file in walk(path, label):
            real_path = os.path.realpath(file.path)
            if real_path not in found:
                found[real_path] = file._replace(source_uri=make_unique(file.source_uri, names))
    if not found:
        raise InputNotFoundError(f"There is no file in {', '.join(map(str, inputs))}; put articles there.")
    return list(found.values())


def walk(path: Path, source_uri: str) -> Iterator[InputFile]:
    """The files at and below a path, without hidden ones, each folder at most once on its own way down."""
    waiting = [(path, source_uri, frozenset[str]())]
    while waiting:
        path, source_uri, parents = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                problem = None if stat.S_ISREG(status.st_mode) else "unsupported_format"
                yield InputFile(path, source_uri, status.st_size, status.st_mtime_ns, problem)
                continue
            here = os.path.realpath(path)
            names = sorted((child.name for child in path.iterdir() if not child.name.startswith(".")), reverse=True)
        except OSError:
            yield InputFile(path, source_uri, 0, 0, "unreadable")
            continue
        if here not in parents:
            waiting += [(path / name, f"{source_uri}/{name}", parents | {here}) for name in names]
