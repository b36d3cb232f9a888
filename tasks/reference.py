"""Reference data: the CSV files of seeds/reference that a user edits instead of code, and the gazetteer beside them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from tasks.errors import ReferenceDataError

LIST_SEPARATOR = "|"
NAMES_FILE, PLACES_FILE = "gazetteer_names.arrow", "gazetteer_places.arrow"


def read_reference(reference_dir: Path, name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of `<name>.csv` as dicts of stripped strings; lines whose first cell starts with # are comments.

    Raises ReferenceDataError where the file, a column or a cell count is wrong, naming the row.
    """
    path = reference_dir / f"{name}.csv"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReferenceDataError(
            f"Cannot read {path}: {error.strerror}; restore the file or give its folder."
        ) from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise ReferenceDataError(f"{path} lacks the column {', '.join(missing)}; add it to the first line.")
    rows = []
    for number, row in enumerate(reader, start=2):
        if None in row or any(value is None for value in row.values()):
            raise ReferenceDataError(f"{path}, row {number}: the number of cells differs from the first line.")
        rows.append({key: value.strip() for key, value in row.items()})
    return rows


def read_arrow(path: Path) -> pa.Table:
    """The table of a reference file in Arrow's format; raises ReferenceDataError where it cannot be read."""
    try:
        with pa.ipc.open_file(pa.memory_map(str(path))) as reader:
            return reader.read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise ReferenceDataError(f"Cannot read {path}: {error}; restore the file or give its folder.") from error


def split_list(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values parted by |."""
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip())
