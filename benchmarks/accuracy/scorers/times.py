"""Time expressions, as TempEval-3 scores them."""

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.accuracy.scorers.spans import match_overlapping


class Expression(NamedTuple):
    """A time expression by its characters, with type and value."""

    start: int
    end: int
    timex_type: str
    value: str | None


def count_times(gold: Sequence[Expression], found: Sequence[Expression]) -> dict[str, float]:
    """The counts of one document: same span, overlapping span, and of the overlapping those with the right value."""
    pairs = match_overlapping([item[:2] for item in gold], [item[:2] for item in found])
    strict = {item[:2] for item in gold} & {item[:2] for item in found}
    return {
        "gold": len(gold),
        "found": len(found),
        "strict": len(strict),
        "relaxed": len(pairs),
        "value": sum(gold[i].value == found[j].value for i, j in pairs),
        "type": sum(gold[i].timex_type == found[j].timex_type for i, j in pairs),
    }
