"""Changes: what became of entities that an earlier run knew, so that none is renamed or lost without a word."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tasks.ids import stable_id
from tasks.storage import rows_of

RENAMED = "renamed"
MOVED = "moved"
MERGED = "merged"
REMOVED = "removed"


class Change(NamedTuple):
    """A row of `entity_changes`."""

    change_id: str
    run_mark: str
    entity_id: str
    entity_type: str
    change: str
    old_name: str
    new_name: str | None
    new_entity_id: str | None
    mention_count: int


class Known(NamedTuple):
    """Entities and links of mentions as one run wrote them."""

    entities: pa.Table
    links: pa.Table


class Profile(NamedTuple):
    """What is compared of an entity."""

    entity_type: str
    name: str
    mention_count: int


def find_changes(before: Known, after: Known, run_mark: str) -> list[Change]:
    """What became of each entity of an earlier run that is no longer what it was, in the order of their ids."""
    old, new = index(before.entities), index(after.entities)
    moves = count_moves(before.links, after.links)
    changes: list[Change] = []
    for entity_id, profile in sorted(old.items()):
        changes += describe(entity_id, profile, new, moves.get(entity_id, {}), run_mark)
    return changes


def index(entities: pa.Table) -> dict[str, Profile]:
    """The entities of a table by id."""
    columns = ("entity_id", "entity_type", "canonical_name", "mention_count")
    return {entity_id: Profile(*rest) for entity_id, *rest in rows_of(entities, columns)}


def count_moves(before: pa.Table, after: pa.Table) -> dict[str, dict[str, int]]:
    """How many mentions of each entity belong to which other one now."""
    columns = ["mention_id", "entity_id"]
    pairs = before.select(columns).join(
        after.select(columns).rename_columns(["mention_id", "new_id"]), "mention_id", join_type="inner"
    )
    moved = pairs.filter(pc.not_equal(pairs["entity_id"], pairs["new_id"]))
    counted = moved.group_by(["entity_id", "new_id"]).aggregate([("mention_id", "count")])
    found: dict[str, dict[str, int]] = {}
    for row in counted.to_pylist():
        found.setdefault(row["entity_id"], {})[row["new_id"]] = row["mention_id_count"]
    return found


def describe(
    entity_id: str, old: Profile, new: Mapping[str, Profile], moves: Mapping[str, int], run_mark: str
) -> Iterable[Change]:
    """The changes of one entity: its new name, where its mentions went, or that none is left."""
    now = new.get(entity_id)
    if now is not None and now.name != old.name:
        yield make_change(run_mark, entity_id, old, RENAMED, now.name, entity_id, old.mention_count)
    for target, count in sorted(moves.items(), key=lambda pair: (-pair[1], pair[0])):
        kind = MOVED if now is not None else MERGED
        yield make_change(run_mark, entity_id, old, kind, new[target].name, target, count)
    if now is None and not moves:
        yield make_change(run_mark, entity_id, old, REMOVED, None, None, old.mention_count)


def make_change(run_mark: str, entity_id: str, old: Profile, kind: str, *new: Any) -> Change:
    """The row of one change."""
    values = (run_mark, entity_id, old.entity_type, kind, old.name, *new)
    return Change(stable_id("chg", *values), *values)


def add_changes(earlier: Iterable[Mapping[str, Any]], found: Iterable[Change]) -> list[Change]:
    """The rows of earlier runs and the new ones, each once."""
    rows = {row["change_id"]: Change(**row) for row in earlier}
    rows.update((change.change_id, change) for change in found)
    return list(rows.values())
