"""What lies inside .zip, .tar, .gz, .bz2 and .xz, member by member, and what is too dangerous to open."""

import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import cast

from tasks.clean.readers.documents import DETAILS, Limits, RefusedError, Reject, Source, make_unique
from tasks.clean.readers.files import to_time
from tasks.clean.readers.sniff import SNIFFED, sniff_suffix
from tasks.clean.readers.streams import DAMAGE, is_end, make_seekable, put_back, read_head, unpack, watch

SHORT_SUFFIXES = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
HIDDEN = re.compile(r"(?:^|/)(?:\.(?!\.?(?:/|$))|__MACOSX/)")
UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
LONGEST_HEADER = 1 << 20
HEADER_TYPES = frozenset(
    {
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    }
)
FIRST_YEAR = 1990  # an archive's own epoch (1970, 1980) stands for no time at all
ZIP_DAMAGE = (*DAMAGE, EOFError, RuntimeError)
TAR_DAMAGE = (*DAMAGE, RecursionError)


class StrictTarInfo(tarfile.TarInfo):
    """A member's header; a broken one is an error, not the end, and one that claims to be huge is broken."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "StrictTarInfo":
        """The header in a block of 512 bytes."""
        info = super().frombuf(buf, encoding, errors)
        if info.size < 0 or (info.type in HEADER_TYPES and info.size > LONGEST_HEADER):
            raise tarfile.ReadError("The header claims an impossible size.")
        return info

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> "StrictTarInfo":
        """The next header of an archive."""
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.EmptyHeaderError as error:  # type: ignore[attr-defined]
            raise EOFError from error
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error


def open_packed(source: Source, limits: Limits) -> Iterator[Source | Reject]:
    """The one file inside a .gz, .bz2 or .xz; a name that says nothing is looked at inside."""
    path = PurePosixPath(source.name)
    suffix = path.suffix.lower()
    name = path.stem + SHORT_SUFFIXES.get(suffix, suffix)
    inner = PurePosixPath(name)
    stream = unpack(source.stream, inner.suffix, source.budget)
    name = inner.stem
    if not PurePosixPath(name).suffix:
        head = read_head(stream, SNIFFED)
        name, stream = name + sniff_suffix(head), put_back(head, stream)
    yield replace(source, name=name, stream=stream, size=None, depth=source.depth + 1)


def open_zip(source: Source, limits: Limits) -> Iterator[Source | Reject]:
    """The files of a ZIP archive in its order."""
    try:
        archive = zipfile.ZipFile(make_seekable(source.stream))
    except ZIP_DAMAGE as error:
        raise RefusedError("damaged") from error
    names: set[str] = set()
    for info in archive.infolist():
        source.budget.check()
        if not info.is_dir() and not HIDDEN.search(info.filename):
            yield open_zip_member(archive, info, source, make_unique(f"{source.source_uri}/{info.filename}", names))


def open_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, uri: str) -> Source | Reject:
    """One file of a ZIP archive, or why it is not read."""
    time = read_zip_time(info) or source.retrieved_at
    if UNSAFE.search(info.filename):
        return Reject(uri, "unsafe_path", DETAILS["unsafe_path"], None, time)
    if info.flag_bits & 1:
        return Reject(uri, "encrypted", DETAILS["encrypted"], None, time)
    try:
        packed = archive.open(info)
    except NotImplementedError:
        return Reject(uri, "unsupported_format", "The ZIP member is packed by a method that is not read.", None, time)
    except ZIP_DAMAGE:
        return Reject(uri, "damaged", DETAILS["damaged"], None, time)
    stream = watch(cast(io.BufferedIOBase, packed), source.budget)
    return Source(uri, info.filename, stream, info.file_size, time, source.budget, source.depth + 1)


def read_zip_time(info: zipfile.ZipInfo) -> datetime | None:
    """When a member was last changed, taken as UTC; None where the archive does not say."""
    try:
        moment = datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year >= FIRST_YEAR else None


def open_tar(source: Source, limits: Limits) -> Iterator[Source | Reject]:
    """The files of a tar archive in its order, read through once."""
    names: set[str] = set()
    try:
        archive = tarfile.open(fileobj=source.stream, mode="r|", tarinfo=StrictTarInfo)  # noqa: SIM115
    except EOFError as error:
        raise RefusedError("empty") from error
    except TAR_DAMAGE as error:
        raise RefusedError("damaged") from error
    while (info := read_header(archive)) is not None:
        archive.members = []  # type: ignore[attr-defined]  # else it keeps every header
        source.budget.check()
        name = info.name.removeprefix("./")
        if not info.isdir() and not HIDDEN.search(name):
            yield open_tar_member(archive, info, source, make_unique(f"{source.source_uri}/{name}", names))


def read_header(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    """The next member; None at the end; raises RefusedError where the archive is broken or ends too soon."""
    try:
        return archive.next()
    except EOFError as error:
        raise RefusedError("truncated") from error
    except TAR_DAMAGE as error:
        raise RefusedError("truncated" if is_end(error) else "damaged") from error


def open_tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, source: Source, uri: str) -> Source | Reject:
    """One file of a tar archive, or why it is not read."""
    time = to_time(info.mtime)
    time = time if time is not None and time.year >= FIRST_YEAR else source.retrieved_at
    reason = "unsafe_path" if UNSAFE.search(info.name) else "not_a_file"
    packed = None if reason == "unsafe_path" or info.issparse() or not info.isreg() else archive.extractfile(info)
    if packed is None:
        return Reject(uri, reason, DETAILS[reason], None, time)
    stream = watch(cast(io.BufferedIOBase, packed), source.budget)
    return Source(uri, info.name, stream, info.size, time, source.budget, source.depth + 1)
