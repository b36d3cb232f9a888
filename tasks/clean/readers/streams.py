"""Streams that put bytes back, watch what comes out of packed files, and recode UTF-16 on the way."""

import bz2
import gzip
import io
import lzma
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, TextIO, TypeAlias, cast

from tasks.clean.encoding import find_bom
from tasks.clean.readers.documents import Budget, RefusedError

CHUNK = 1 << 20
IN_MEMORY = 1 << 24
UNPACKERS: Mapping[str, Callable[[Any], Any]] = {".gz": gzip.open, ".bz2": bz2.BZ2File, ".xz": lzma.LZMAFile}
DAMAGE = (
    OSError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    struct.error,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    NotImplementedError,
)

Stream: TypeAlias = io.BufferedIOBase


class Readable(io.RawIOBase):
    """A raw stream whose subclass yields the next bytes."""

    def readable(self) -> bool:
        """Always true."""
        return True

    def take(self, size: int) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        raise NotImplementedError

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with the next bytes and returns their number; 0 at the end."""
        taken = self.take(len(buffer))
        buffer[: len(taken)] = taken
        return len(taken)


class PutBack(Readable):
    """Bytes that were read already, then the rest of their stream."""

    def __init__(self, head: bytes, rest: Stream) -> None:
        """Reads the head first."""
        self.head = head
        self.rest = rest

    def take(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        if not self.head:
            return self.rest.read1(size)
        taken, self.head = self.head[:size], self.head[size:]
        return taken


class Recoder(Readable):
    """A text stream read as UTF-8 bytes."""

    def __init__(self, text: TextIO) -> None:
        """Reads from an open text stream."""
        self.text = text
        self.rest = b""

    def take(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        self.rest = self.rest or self.text.read(size // 4 or 1).encode("utf-8", "replace")
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken


class Unpacked(Readable):
    """What comes out of a packed stream, taken off a budget; damage and a missing end raise RefusedError."""

    def __init__(self, packed: Stream, budget: Budget) -> None:
        """Reads from an open unpacking stream."""
        self.packed = packed
        self.budget = budget
        self.error: RefusedError | None = None

    def take(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        if self.error is not None:
            raise self.error
        try:
            taken = self.packed.read1(size)
            self.budget.spend(len(taken))
        except RefusedError as error:
            self.error = error
        except EOFError:
            self.error = RefusedError("truncated")
        except DAMAGE as error:
            self.error = RefusedError("truncated" if is_end(error) else "damaged")
        if self.error is not None:
            raise self.error
        return taken


def read_head(stream: Stream, size: int) -> bytes:
    """The first bytes of a stream, fewer where it is shorter; what is wrong with it is told when it is read on."""
    head = b""
    try:
        while len(head) < size and (chunk := stream.read1(size - len(head))):
            head += chunk
    except RefusedError:
        return head
    return head


def put_back(head: bytes, rest: Stream) -> io.BufferedReader:
    """The stream as it was before the head was read from it."""
    return io.BufferedReader(PutBack(head, rest), CHUNK)


def is_end(error: BaseException) -> bool:
    """Whether an error of tarfile says that the archive breaks off."""
    return isinstance(error, tarfile.ReadError) and "unexpected end" in str(error)


def watch(packed: Stream, budget: Budget) -> io.BufferedReader:
    """What comes out of an open member of an archive, within a budget."""
    return io.BufferedReader(Unpacked(packed, budget), CHUNK)


def unpack(stream: Stream, suffix: str, budget: Budget) -> io.BufferedReader:
    """The unpacked bytes of a .gz, .bz2 or .xz stream."""
    return watch(UNPACKERS[suffix](stream), budget)


def recode(stream: Stream) -> Stream:
    """The stream past its byte order mark; UTF-16 and UTF-32 turned into UTF-8 on the way."""
    head = stream.read(4)
    bom, encoding = find_bom(head)
    rest = put_back(head[len(bom) :], stream)
    if encoding in (None, "utf-8"):
        return rest
    return io.BufferedReader(Recoder(io.TextIOWrapper(rest, encoding=encoding, errors="replace", newline="")))


def make_seekable(stream: Stream) -> BinaryIO:
    """The bytes of a stream where they can be sought: as they lie, or copied to a scratch file."""
    if stream.seekable():
        return cast(BinaryIO, stream)
    copy = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    shutil.copyfileobj(stream, copy, CHUNK)
    copy.seek(0)
    return cast(BinaryIO, copy)
