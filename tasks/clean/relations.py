"""How articles stand to each other: copies of one text, and versions of one article."""

from collections.abc import Sequence
from typing import NamedTuple

from tasks.clean.duplicates import find_duplicates
from tasks.clean.versions import Edition, LoadText, Version, find_versions, first_moment

ALONE = Version(None, None, None)


class Relation(NamedTuple):
    """The columns of `articles` that name another article."""

    duplicate_of: str | None = None
    duplicate_score: float | None = None
    superseded_by: str | None = None
    version_number: int | None = None

    @property
    def is_older_version(self) -> bool:
        """Whether it says what its article no longer says."""
        return self.superseded_by is not None and self.duplicate_of is None


def find_relations(editions: Sequence[Edition], load_text: LoadText) -> dict[int, Relation]:
    """The relations of each article that has any, by index; the order of the articles makes no difference.

    Copies are sought among the current versions, each as early as the first version of its article.
    """
    versions = find_versions(editions, load_text)
    current = [index for index in range(len(editions)) if versions.get(index, ALONE).current is None]
    moments = {index: first_moment(editions[index]) for index in current}
    for index, version in versions.items():
        if version.current is not None:
            moments[version.current] = min(moments[version.current], first_moment(editions[index]))
    signatures = [editions[index].signature for index in current]
    found = find_duplicates(
        signatures, [moments[index] for index in current], lambda position: load_text(current[position])
    )
    originals = {current[copy]: (current[match.original], match.score) for copy, match in found.items()}
    return {
        index: relate(index, versions.get(index, ALONE), originals, editions)
        for index in sorted({*versions, *originals})
    }


def relate(
    index: int, version: Version, originals: dict[int, tuple[int, float]], editions: Sequence[Edition]
) -> Relation:
    """The relations of one article; a repeated fetch is a copy of what the first one is a copy of."""
    original = originals.get(index)
    if version.repeats is not None:
        original = originals.get(version.repeats, (version.repeats, 1.0))
    return Relation(
        duplicate_of=editions[original[0]].article_id if original is not None else None,
        duplicate_score=round(original[1], 4) if original is not None else None,
        superseded_by=editions[version.current].article_id if version.current is not None else None,
        version_number=version.number,
    )
