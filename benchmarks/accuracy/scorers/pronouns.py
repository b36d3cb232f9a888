"""GAP: does a pronoun mean a name?"""

from collections.abc import Sequence

MASCULINE = frozenset({"he", "him", "his"})


def count_names(gold: Sequence[bool], found: Sequence[bool], *, pronoun: str) -> dict[str, float]:
    """Right, found and gold names of one pronoun, over both genders and by gender."""
    counts: dict[str, float] = {
        "right": sum(a and b for a, b in zip(gold, found, strict=True)),
        "found": sum(found),
        "gold": sum(gold),
    }
    gender = "masculine" if pronoun.lower() in MASCULINE else "feminine"
    for other in ("masculine", "feminine"):
        counts |= {f"{other}_{key}": counts[key] if other == gender else 0 for key in ("right", "found", "gold")}
    return counts
