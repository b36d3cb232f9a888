"""Corrections: decisions of a person about entities, repeated on every run, and named where they no longer apply."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from tasks.errors import ReferenceDataError
from tasks.normalize.lexicon import Correction
from tasks.normalize.names import name_key
from tasks.reference import split_list

logger = logging.getLogger(__name__)

ACTIONS = ("merge", "split", "rename", "recode", "reject")
RECODED = ("country_code", "sector", "role", "wikidata_id", "acronym")
PARTED = ("name", "role", "country_code", "article_id")
APPLIED = "applied"
UNUSED = "unused"
UNMET = "unmet"


class Entity(NamedTuple):
    """A row of `entities`."""

    entity_id: str
    entity_type: str
    canonical_name: str
    acronym: str | None
    aliases: tuple[str, ...]
    country_code: str | None
    sector: str | None
    role: str | None
    place_id: str | None
    wikidata_id: str | None
    article_count: int
    mention_count: int
    first_seen: date | None
    last_seen: date | None


Names: TypeAlias = dict[tuple[str, str], list[Entity]]


class Split(NamedTuple):
    """What leaves an entity and under which name: the namings of articles that fulfil any one of the conditions."""

    name: str
    conditions: tuple[tuple[str, str], ...]


class Outcome(NamedTuple):
    """A row of `correction_outcomes`."""

    correction_index: int
    action: str
    entity_type: str
    name: str
    target: str
    reason: str
    author: str
    outcome: str


def index_names(entities: Iterable[Entity]) -> Names:
    """Entities by type and the key of each of their names; those that go by it as canonical name first."""
    found: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    aliased: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        own = name_key(entity.canonical_name)
        found[entity.entity_type, own].append(entity)
        for key in {name_key(alias) for alias in entity.aliases} - {own}:
            aliased[entity.entity_type, key].append(entity)
    for place, others in aliased.items():
        found[place] = found[place] or others
    return found


def check_correction(correction: Correction) -> None:
    """Raises ReferenceDataError where a correction cannot be understood."""
    if correction.action not in ACTIONS:
        raise ReferenceDataError(
            f"corrections.csv: the action {correction.action} of {correction.name} is none of {', '.join(ACTIONS)}."
        )
    if correction.action != "reject" and not correction.target:
        raise ReferenceDataError(f"corrections.csv: {correction.action} {correction.name} lacks a target; add one.")
    known = {"recode": RECODED, "split": PARTED}.get(correction.action, ())
    for part in split_list(correction.target)[1 if correction.action == "split" else 0 :] if known else ():
        if part.partition("=")[0] not in known:
            raise ReferenceDataError(
                f"corrections.csv: {correction.action} {correction.name} holds {part}; "
                f"write column=value of {', '.join(known)}."
            )


def read_split(correction: Correction) -> Split:
    """The split that a correction asks for; without conditions, what goes by the new name leaves."""
    name, *parts = split_list(correction.target)
    pairs = [part.partition("=") for part in parts] or [("name", "=", name)]
    return Split(name, tuple((column, value) for column, _, value in pairs))


def select(entities: Iterable[Entity], corrections: Iterable[Correction]) -> list[tuple[Correction, list[Entity]]]:
    """Each correction with the entities that it speaks of."""
    names = index_names(entities)
    return [(c, names.get((c.entity_type, name_key(c.name)), [])) for c in corrections]


def find_splits(entities: Sequence[Entity], corrections: Sequence[Correction]) -> dict[str, list[Split]]:
    """For each entity that is split by its id what leaves it."""
    splits: dict[str, list[Split]] = defaultdict(list)
    for correction, found in select(entities, corrections):
        for entity in found if correction.action == "split" else ():
            splits[entity.entity_id].append(read_split(correction))
    return splits


def find_moves(entities: Sequence[Entity], corrections: Sequence[Correction]) -> dict[str, str | None]:
    """For each entity that is merged or rejected the id of what it becomes, None for nothing."""
    names = index_names(entities)
    moves: dict[str, str | None] = {}
    for correction, sources in select(entities, corrections):
        targets = names.get((correction.entity_type, name_key(correction.target)), [])
        if correction.action == "reject":
            moves.update({source.entity_id: None for source in sources})
        elif correction.action == "merge" and targets:
            target = targets[0].entity_id
            moves.update({source.entity_id: target for source in sources if source.entity_id != target})
    return {source: follow_move(source, moves) for source in moves}


def follow_move(source: str, moves: dict[str, str | None]) -> str | None:
    """Where an entity ends up after all moves; a circle ends where it began to repeat."""
    seen = {source}
    target = moves[source]
    while target is not None and target in moves and target not in seen:
        seen.add(target)
        target = moves[target]
    return target


def amend_entities(entities: Sequence[Entity], corrections: Sequence[Correction]) -> list[Entity]:
    """The entities with the names and codes that corrections give."""
    amended = {entity.entity_id: entity for entity in entities}
    for correction, found in select(entities, corrections):
        for entity in found if correction.action in ("rename", "recode") else ():
            amended[entity.entity_id] = amend(amended[entity.entity_id], correction)
    return [amended[entity.entity_id] for entity in entities]


def amend(entity: Entity, correction: Correction) -> Entity:
    """The entity with one correction applied."""
    if correction.action == "rename":
        aliases = {*entity.aliases, entity.canonical_name} - {correction.target}
        return entity._replace(canonical_name=correction.target, aliases=tuple(sorted(aliases)))
    return entity._replace(**read_values(correction))


def read_values(correction: Correction) -> dict[str, Any]:
    """The columns that a recode gives, with their values; an empty one is null."""
    parts = (part.partition("=") for part in split_list(correction.target))
    return {column: value or None for column, _, value in parts}


def is_applicable(correction: Correction, names: Names) -> bool:
    """Whether there is what a correction speaks of, given the entities that corrections met."""
    wanted = [correction.name, correction.target] if correction.action == "merge" else [correction.name]
    return all(names.get((correction.entity_type, name_key(name))) for name in wanted)


def is_met(correction: Correction, names: Names) -> bool:
    """Whether the entities that came out are as a correction wants them."""
    found = names.get((correction.entity_type, name_key(correction.name)), [])
    own = [entity for entity in found if is_called(entity, correction.name)]
    if correction.action == "reject":
        return not own
    if correction.action == "recode":
        wanted = read_values(correction).items()
        return all(getattr(entity, column) == value for entity in found for column, value in wanted)
    target = read_split(correction).name if correction.action == "split" else correction.target
    reached = names.get((correction.entity_type, name_key(target)), [])
    if correction.action != "merge":
        reached = [entity for entity in reached if is_called(entity, target)]
    return bool(reached) and (correction.action == "split" or all(entity in reached for entity in own))


def is_called(entity: Entity, name: str) -> bool:
    """Whether an entity goes by a name as its canonical one."""
    return name_key(entity.canonical_name) == name_key(name)


def judge_corrections(
    corrections: Sequence[Correction], met: Sequence[Entity], result: Sequence[Entity]
) -> list[Outcome]:
    """What became of each correction, given the entities that they met and those that came out; logs what is amiss.

    One that speaks of nothing is unused, one whose wish the result does not fulfil is unmet, as another undoes it.
    """
    before, after = index_names(met if corrections else ()), index_names(result if corrections else ())
    outcomes = []
    for number, correction in enumerate(corrections):
        is_done = is_met(correction, after)
        outcome = UNUSED if not is_applicable(correction, before) else APPLIED if is_done else UNMET
        outcomes.append(Outcome(number, *correction, outcome))
        if outcome != APPLIED:
            warn(correction, outcome)
    return outcomes


def warn(correction: Correction, outcome: str) -> None:
    """Says that a correction found nothing to correct, or was undone."""
    logger.warning(
        "corrections.csv: nothing to %s under the name %s (%s); remove the row or mend its names."
        if outcome == UNUSED
        else "corrections.csv: to %s %s (%s) was undone by another row; mend them.",
        correction.action,
        correction.name,
        correction.entity_type,
    )
