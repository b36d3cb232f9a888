"""Signatures kept between runs beside the articles, so that a run signs only texts that it has not seen."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from tasks import storage
from tasks.clean.duplicates import Signature, sign
from tasks.schemas import INT, Column, Dataset

SOURCE = "tasks/clean/duplicates.py"
SIGNATURES = Dataset(
    "signatures",
    "clean",
    "One row per text of a batch, with what is kept of it to find its copies; not published.",
    ("body_hash",),
    (
        Column("body_hash", pa.binary(), "First half of the SHA-256 of the body."),
        Column("text_hash", pa.binary(), "The same of its words, without case and punctuation."),
        Column("word_count", INT, "Number of words."),
        Column("minhash", pa.binary(), "MinHash of its shingles, 32 bits each, low byte first."),
    ),
    is_batched=True,
)


class SignatureBook:
    """The signatures of texts seen in earlier runs and in this one."""

    def __init__(self, data_dir: Path, *, is_blank: bool = False) -> None:
        """Opens the book of a data folder; pages that other code wrote are not read."""
        self.data_dir = data_dir
        self.code = storage.source_hash(SOURCE)
        self.known: dict[bytes, Signature] = {}
        for path in [] if is_blank else storage.dataset_files(data_dir, SIGNATURES):
            if (storage.read_fingerprint(path) or "").startswith(self.code):
                for row in storage.read_file(path).to_pylist():
                    self.known[row["body_hash"]] = Signature(row["text_hash"], row["word_count"], row["minhash"])

    def sign(self, body: str) -> Signature:
        """The signature of a body, made where it is not known."""
        key = hash_body(body)
        if key not in self.known:
            self.known[key] = sign(body)
        return self.known[key]

    def write_batch(self, batch_id: str, bodies: Iterable[str]) -> None:
        """Keeps the signatures of a batch, unless they lie there already."""
        keys = sorted({hash_body(body) for body in bodies})
        mark = f"{self.code}-{storage.fingerprint(*keys)}"
        path = storage.dataset_path(self.data_dir, SIGNATURES, batch_id)
        if not storage.is_fresh(path, mark):
            rows = [{"body_hash": key, **self.known[key]._asdict()} for key in keys]
            storage.write_dataset(path, rows, SIGNATURES, mark)


def hash_body(body: str) -> bytes:
    """What a body is known by."""
    return hashlib.sha256(body.encode()).digest()[:16]
