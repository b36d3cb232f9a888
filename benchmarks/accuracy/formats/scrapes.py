"""Articles as scraped, one JSON object a line, by the day they are dated."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 20240507
DATE = re.compile(r'"date": "(\d{4}-\d\d-\d\d)"')


class Scraped(NamedTuple):
    """A scraped text with its day and outlet."""

    day: str
    outlet: str
    text: str


def read_days(path: Path, count: int) -> Iterator[Scraped]:
    """All articles of some days drawn by a fixed seed, day by day; those of other days are not parsed."""
    with path.open(encoding="utf-8") as lines:
        found = (DATE.search(line) for line in lines)
        days = sorted({match[1] for match in found if match is not None})
    drawn = set(random.Random(SEED).sample(days, min(count, len(days))))
    rows = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            match = DATE.search(line)
            if match is not None and match[1] in drawn:
                row = json.loads(line)
                rows.append(Scraped(match[1], row["source"].strip(), row["text"]))
    yield from sorted(rows)
