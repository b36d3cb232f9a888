"""Standard input as a file: named by its content, so that the same input is the same article on every machine."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from tasks.clean.readers.sniff import SNIFFED, sniff_suffix
from tasks.clean.readers.streams import CHUNK, Stream

NAME_DIGITS = 16


def keep_stdin(stream: BinaryIO | Stream, folder: Path) -> Path:
    """The file that now holds all bytes of a stream, with the suffix of what they look like; earlier ones go."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    digest, head = hashlib.sha256(), b""
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            head += chunk[: SNIFFED - len(head)]
            file.write(chunk)
    os.utime(name, (0, 0))  # when the bytes came says nothing about them
    path = folder / f"{digest.hexdigest()[:NAME_DIGITS]}{sniff_suffix(head)}"
    return Path(name).replace(path)
