"""Web pages with their story, as the article extraction benchmark keeps them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Saved(NamedTuple):
    """A page as bytes, with its address and the story that a person took from it."""

    content: bytes
    url: str | None
    story: str


def read_pages(truth: Path) -> Iterator[Saved]:
    """The pages that a ground-truth file describes, in its order; they lie in `html/` beside it, packed or not."""
    for key, row in json.loads(truth.read_text(encoding="utf-8")).items():
        packed, plain = (truth.parent / "html" / f"{key}.html{suffix}" for suffix in (".gz", ""))
        content = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
        yield Saved(content, row.get("url"), row["articleBody"])
