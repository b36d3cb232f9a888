"""Corrections: decisions of a person about entities, repeated on every run, and named where they no longer apply."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tasks.errors import ReferenceDataError
from tasks.normalize.lexicon import Correction
from tasks.normalize.names import name_key
from tasks.reference import split_list

logger = logging.getLogger(__name__)

ACTIONS = ("merge", "rename", "recode", "reject")
RECODED = ("country_code", "sector", "role", "wikidata_id", "acronym")


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


def index_names(entities: Iterable[Entity]) -> dict[tuple[str, str], list[Entity]]:
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
    for part in split_list(correction.target) if correction.action == "recode" else ():
        if part.partition("=")[0] not in RECODED:
            raise ReferenceDataError(
                f"corrections.csv: recode {correction.name} holds {part}; write column=value of {', '.join(RECODED)}."
            )


def find_moves(entities: Sequence[Entity], corrections: Sequence[Correction]) -> dict[str, str | None]:
    """For each entity that is merged or rejected the id of what it becomes, None for nothing; logs unused rows."""
    names = index_names(entities)
    moves: dict[str, str | None] = {}
    for correction in corrections:
        check_correction(correction)
        if correction.action not in ("merge", "reject"):
            continue
        sources = names.get((correction.entity_type, name_key(correction.name)), [])
        targets = names.get((correction.entity_type, name_key(correction.target)), [])
        if not sources or (correction.action == "merge" and not targets):
            warn_unused(correction)
            continue
        target = targets[0].entity_id if correction.action == "merge" else None
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
    """The entities with the names and codes that corrections give; names what no longer applies."""
    names = index_names(entities)
    amended = {entity.entity_id: entity for entity in entities}
    for correction in corrections:
        if correction.action not in ("rename", "recode"):
            continue
        found = names.get((correction.entity_type, name_key(correction.name)), [])
        if not found:
            warn_unused(correction)
        for entity in found:
            amended[entity.entity_id] = amend(amended[entity.entity_id], correction)
    return [amended[entity.entity_id] for entity in entities]


def amend(entity: Entity, correction: Correction) -> Entity:
    """The entity with one correction applied."""
    if correction.action == "rename":
        aliases = {*entity.aliases, entity.canonical_name} - {correction.target}
        return entity._replace(canonical_name=correction.target, aliases=tuple(sorted(aliases)))
    parts = (part.partition("=") for part in split_list(correction.target))
    values: dict[str, Any] = {column: value or None for column, _, value in parts}
    return entity._replace(**values)


def warn_unused(correction: Correction) -> None:
    """Says that a correction found nothing to correct."""
    logger.warning(
        "corrections.csv: nothing to %s under the name %s (%s); remove the row or mend its names.",
        correction.action,
        correction.name,
        correction.entity_type,
    )
