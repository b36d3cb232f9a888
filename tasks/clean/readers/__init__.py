"""Streams raw documents out of files, folders and archives; what cannot be read becomes a Reject with a named reason.

One module reads one family of formats. `formats` says which reads what, `documents` holds what they share.
"""

from tasks.clean.readers.columns import parse_column
from tasks.clean.readers.documents import Given, Limits, Outcome, RawDocument, Reject, Source, open_budget
from tasks.clean.readers.files import InputFile, list_files
from tasks.clean.readers.formats import read_documents, read_source
from tasks.clean.readers.stdin import keep_stdin

__all__ = [
    "Given",
    "InputFile",
    "Limits",
    "Outcome",
    "RawDocument",
    "Reject",
    "Source",
    "keep_stdin",
    "list_files",
    "open_budget",
    "parse_column",
    "read_documents",
    "read_source",
]
