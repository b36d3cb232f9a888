"""`python -m benchmarks.performance.mentions DATA_DIR`: what normalize costs as mentions grow, and 1% of new articles.

Synthetic: copies of the real mentions of DATA_DIR (after extract) with names varied from copy to copy, some kept, and
days moved, so that copies share what articles share and are not one another's. Each size is a run of its own.
"""

import argparse
import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.performance.__main__ import Measured, measure
from tasks import schemas, storage
from tasks.normalize.task import INPUTS

VARIED_LABELS = ("PERSON", "ORG", "PRODUCT", "EVENT", "WORK")
KEPT_OF = 4  # one word of so many is the same in all copies, as well-known names are
WORD = re.compile(r"[A-Z][a-z]{3,}")
ENDINGS = ("an", "ev", "ino", "sen", "ski", "ard", "ova", "ell", "idis", "uru", "aya", "om")
DAYS_APART = 5
ID = re.compile(r"(?:_id|_by)$")


def vary(text: str, copy: int) -> str:
    """The name as the copy has it: each word has one variant a copy, and some words have none."""
    return WORD.sub(lambda match: vary_word(match[0], copy), text)


def vary_word(word: str, copy: int) -> str:
    """The word with another ending, by hash; one of some is kept."""
    if copy == 0 or hashlib.md5(word.encode()).digest()[0] % KEPT_OF == 0:
        return word
    digest = hashlib.md5(f"{word} {copy}".encode()).digest()
    return word[:-2] + ENDINGS[digest[0] % len(ENDINGS)] + chr(97 + digest[1] % 26)


def copy_table(table: pa.Table, dataset: schemas.Dataset, copy: int) -> pa.Table:
    """The table of one copy: ids of its own, days moved, names varied."""
    for index, field in enumerate(table.schema):
        column = table.column(index)
        if ID.search(field.name) and pa.types.is_string(field.type):
            column = pc.binary_join_element_wise(column, f"-{copy}", "")
        elif pa.types.is_date(field.type) or pa.types.is_timestamp(field.type):
            moved = pc.add(
                column.cast(pa.timestamp("us")), pa.scalar(copy * DAYS_APART * 86_400_000_000, pa.duration("us"))
            )
            column = moved.cast(field.type)
        elif field.name == "text" and dataset is schemas.ENTITY_MENTIONS:
            column = vary_names(table, copy)
        table = table.set_column(index, field, column)
    return table


def vary_names(table: pa.Table, copy: int) -> pa.Array:
    """The texts of entity mentions as the copy has them."""
    rows = storage.rows_of(table, ("text", "label", "mention_type"))
    return pa.array(
        [vary(text, copy) if label in VARIED_LABELS and kind == "name" else text for text, label, kind in rows]
    )


def write_copies(source: Path, target: Path, copies: float) -> int:
    """Writes so many copies of the mentions of a data folder to another; the number of mentions."""
    read = {dataset.name: storage.read_dataset(source, dataset) for dataset in INPUTS}
    known = pc.unique(read[schemas.SENTENCES.name].column("article_id"))
    whole = {name: table.filter(pc.is_in(table.column("article_id"), known)) for name, table in read.items()}
    part = known[: round(len(known) * (copies % 1))]
    parted = {name: table.filter(pc.is_in(table.column("article_id"), part)) for name, table in whole.items()}
    for dataset in INPUTS:
        pieces = [(number, whole) for number in range(int(copies))] + ([(int(copies), parted)] if len(part) else [])
        for number, tables in pieces:
            table = copy_table(tables[dataset.name], dataset, number)
            path = storage.dataset_path(target, dataset, f"copy{number:04}")
            storage.write_dataset(path, table, dataset, f"copy {number} of {len(table)}")
    return count_mentions(target)


def count_mentions(data_dir: Path) -> int:
    """The number of entity mentions of a data folder."""
    return sum(storage.count_rows(path) for path in storage.dataset_files(data_dir, schemas.ENTITY_MENTIONS))


def run_sizes(source: Path, sizes: list[int], share: float) -> Iterator[tuple[str, int, Measured]]:
    """What normalize takes at each size, and again after so small a share of articles more than the last size."""
    base = count_mentions(source)
    with tempfile.TemporaryDirectory() as name:
        for size in [*sizes, round(sizes[-1] * (1 + share))]:
            folder = Path(name)
            mentions = write_copies(source, folder, size / base)
            title = f"{share:.0%} more" if size not in sizes else "all"
            yield title, mentions, measure([sys.executable, "-m", "flows.cli", "normalize", "--data", str(folder)])


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.performance.mentions", description=__doc__)
    parser.add_argument("data", type=Path, help="data folder after extract")
    parser.add_argument("--sizes", type=int, nargs="+", default=[250_000, 500_000, 1_000_000])
    parser.add_argument("--share", type=float, default=0.01, help="of new articles in the last row")
    options = parser.parse_args()
    print("normalize over synthetic copies of real mentions with varied names")
    print(f"{'':<10}{'mentions':>10}{'seconds':>9}{'CPU s':>8}{'peak GB':>9}")
    for title, mentions, measured in run_sizes(options.data, sorted(options.sizes), options.share):
        print(
            f"{title:<10}{mentions:>10}{measured.seconds:>9.1f}{measured.cpu_seconds:>8.1f}{measured.peak_gb:>9.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
