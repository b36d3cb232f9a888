"""The bare model: `nlp.pipe` over the bodies that extract reads, with the same number of processes."""

import sys
from pathlib import Path

import spacy

from tasks import schemas, storage
from tasks.extract.parses import DOCS_PER_STEP


def read_bodies(data_dir: Path) -> list[str]:
    """The bodies of English originals."""
    columns = ["body", "language", "duplicate_of"]
    rows = storage.iter_rows(storage.read_dataset(data_dir, schemas.ARTICLES, columns))
    return [str(row["body"]) for row in rows if row["language"] == "en" and row["duplicate_of"] is None]


def main() -> None:
    """Parses all bodies and keeps nothing; in steps like ours, as spaCy's own 256 docs take 12 GB a process."""
    data_dir, model, workers = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for _ in spacy.load(model).pipe(read_bodies(data_dir), n_process=workers, batch_size=DOCS_PER_STEP):
        pass


if __name__ == "__main__":
    main()
