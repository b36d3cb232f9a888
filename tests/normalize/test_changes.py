"""Changes: what became of the entities of an earlier run."""

from itertools import pairwise

import pyarrow as pa
import pytest

from tasks.normalize.changes import Known, add_changes, find_changes
from tests.normalize.world import solve

ENTITIES = [("e1", "Ann Lee"), ("e2", "Bo Chan"), ("e3", "Cy Dunn")]
LINKS = {"m1": "e1", "m2": "e1", "m3": "e2", "m4": "e3"}


def make_known(entities: list[tuple[str, str]], links: dict[str, str]) -> Known:
    """The tables of a run from ids, names and links."""
    counts = [list(links.values()).count(entity_id) for entity_id, _ in entities]
    table = pa.table(
        {
            "entity_id": [entity_id for entity_id, _ in entities],
            "entity_type": ["PERSON"] * len(entities),
            "canonical_name": [name for _, name in entities],
            "mention_count": counts,
        },
        schema=pa.schema(
            [
                ("entity_id", pa.string()),
                ("entity_type", pa.string()),
                ("canonical_name", pa.string()),
                ("mention_count", pa.int32()),
            ]
        ),
    )
    pairs = {"mention_id": list(links), "entity_id": list(links.values())}
    return Known(table, pa.table(pairs, schema=pa.schema([("mention_id", pa.string()), ("entity_id", pa.string())])))


@pytest.mark.parametrize(
    ("entities", "links", "expected"),
    [
        (ENTITIES, LINKS, []),
        ([*ENTITIES, ("e4", "Di Eck")], {**LINKS, "m5": "e4"}, []),
        ([("e1", "Ann B. Lee"), *ENTITIES[1:]], LINKS, [("e1", "renamed", "Ann Lee", "Ann B. Lee", "e1", 2)]),
        (
            [("e1", "Ann Lee"), ("e3", "Cy Dunn")],
            {**LINKS, "m3": "e3"},
            [("e2", "merged", "Bo Chan", "Cy Dunn", "e3", 1)],
        ),
        (
            [*ENTITIES, ("e4", "Ann C. Lee")],
            {**LINKS, "m2": "e4"},
            [("e1", "moved", "Ann Lee", "Ann C. Lee", "e4", 1)],
        ),
        (
            [("e2", "Bo Chan"), ("e3", "Cy Dunn"), ("e4", "Ann C. Lee")],
            {**LINKS, "m1": "e2", "m2": "e4"},
            [("e1", "merged", "Ann Lee", "Bo Chan", "e2", 1), ("e1", "merged", "Ann Lee", "Ann C. Lee", "e4", 1)],
        ),
        (ENTITIES[:2], {"m1": "e1", "m2": "e1", "m3": "e2"}, [("e3", "removed", "Cy Dunn", None, None, 1)]),
        ([], {}, [(e, "removed", name, None, None, n) for (e, name), n in zip(ENTITIES, (2, 1, 1), strict=True)]),
    ],
)
def test_what_an_entity_is_no_longer_has_a_row(
    entities: list[tuple[str, str]], links: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    found = find_changes(make_known(ENTITIES, LINKS), make_known(entities, links), "run")
    assert [
        (c.entity_id, c.change, c.old_name, c.new_name, c.new_entity_id, c.mention_count) for c in found
    ] == expected


def test_a_run_that_is_repeated_adds_nothing() -> None:
    found = find_changes(make_known(ENTITIES, LINKS), make_known(ENTITIES[:2], LINKS | {"m4": "e1"}), "run")
    assert add_changes([change._asdict() for change in found], found) == found


def test_more_articles_leave_no_entity_without_its_id_or_a_row() -> None:
    articles = {
        "a1": {"mentions": [["Ann Lee", "PERSON", {"role": "French minister"}], ["France", "GPE"], ["NATO", "ORG"]]},
        "a2": {"mentions": [["Ann Brook Lee", "PERSON"], ["Lee", "PERSON"], ["WHO", "ORG"]]},
        "a3": {"mentions": [["Ann Carol Lee", "PERSON"], ["World Health Organization", "ORG"], ["WHO", "ORG"]]},
        "a4": {"mentions": [["Lee", "PERSON"], ["Ann Lee", "PERSON", {"role": "Danish minister"}], ["Denmark", "GPE"]]},
    }
    runs = []
    for count in range(1, len(articles) + 1):
        found = solve({"articles": dict(list(articles.items())[:count])})
        links = {link.mention_id: link.entity_id for link in found.links}
        runs.append(make_known([(e.entity_id, e.canonical_name) for e in found.entities], links))
    for before, after in pairwise(runs):
        told = {change.entity_id for change in find_changes(before, after, "run")}
        same = set(zip(*(after.entities.column(n).to_pylist() for n in ("entity_id", "canonical_name")), strict=True))
        old = zip(*(before.entities.column(n).to_pylist() for n in ("entity_id", "canonical_name")), strict=True)
        assert all(pair in same or pair[0] in told for pair in old)
