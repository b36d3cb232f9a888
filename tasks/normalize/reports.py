"""Event mentions with their parts resolved: which entity, which place, which days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from tasks.normalize.clusters import NORP, PLACE_LABELS, Mention, is_name
from tasks.normalize.corrections import Entity
from tasks.normalize.gazetteer import Place
from tasks.normalize.happenings import ACTOR, FIGURES, LOCATION, RECIPIENT, Dates, Filler, Report
from tasks.normalize.names import clean_name

TIME = "time"
PARTIES = frozenset({ACTOR, RECIPIENT, *FIGURES, "displaced", "target"})
PRECISION_BY_LENGTH = {4: "year", 7: "month", 10: "day"}


class Argument(NamedTuple):
    """A part of a reported event as its article words it."""

    event_mention_id: str
    role: str
    article_id: str
    start: int
    end: int
    text: str
    mention_id: str | None
    time_mention_id: str | None
    low: int | None
    high: int | None


class EventMention(NamedTuple):
    """An event mention as its article gives it."""

    event_mention_id: str
    article_id: str
    sentence_index: int
    start: int
    text: str
    event_type: str
    event_mode: str | None
    cameo_code: str | None
    goldstein: float | None
    quad_class: str | None
    polarity: str
    modality: str
    quote_id: str | None
    claimed_by: str | None
    score: float


class Resolved(NamedTuple):
    """What mentions were found to mean: entities, places and days by the ids of mentions."""

    entity_of: Mapping[str, str]
    entities: Mapping[str, Entity]
    place_of: Mapping[str, Place]
    places: Mapping[str, Place]
    dates: Mapping[str, Dates]
    modifiers: Mapping[str, Sequence[Mention]]
    speaker_of: Mapping[str, str]


def read_dates(value: str | None, first: date | None, last: date | None) -> Dates | None:
    """The days of a time mention with their precision, or None where it names no days."""
    if first is None or last is None or last < first:
        return None
    if first == last:
        return Dates(first, last, "day")
    if value is not None and "-W" in value:
        return Dates(first, last, "week")
    precision = PRECISION_BY_LENGTH.get(len(value or ""), "range")
    return Dates(first, last, precision if precision != "day" else "range")


def find_modifiers(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """The nationalities and places of each article in text order: they say whose troops are meant."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if (mention.label == NORP or mention.label in PLACE_LABELS) and is_name(mention):
            found[mention.article_id].append(mention)
    return found


def is_country(entity: Entity) -> bool:
    """Whether an entity is a country."""
    return entity.country_code is not None and entity.place_id == f"country:{entity.country_code}"


def find_nationality(argument: Argument, resolved: Resolved) -> str | None:
    """The country whose people or bodies an argument speaks of: `Russian paratroopers`, `Kazakh security personnel`."""
    for mention in resolved.modifiers.get(argument.article_id, ()):
        if argument.start <= mention.start and mention.end <= argument.end:
            entity_id = resolved.entity_of.get(mention.mention_id)
            entity = resolved.entities.get(entity_id or "")
            is_possessor = argument.text[mention.end - argument.start :].startswith(("'s", "’s", "'", "’"))
            is_owner = mention.label == NORP or is_possessor or mention.start == argument.start
            if is_owner and entity is not None and is_country(entity):
                return entity.entity_id
    return None


def fill(argument: Argument, resolved: Resolved) -> Filler:
    """The filler of one argument: the entity of its mention, else the nationality in it, else its words."""
    entity_id = resolved.entity_of.get(argument.mention_id or "")
    if entity_id is None and argument.role in PARTIES:
        entity_id = find_nationality(argument, resolved)
    entity = resolved.entities.get(entity_id or "")
    place = resolved.place_of.get(argument.mention_id or "")
    if place is None and entity is not None and argument.role == LOCATION:
        place = resolved.places.get(entity.place_id or "")
    is_figure = argument.role in FIGURES or argument.low is not None
    return Filler(
        role=argument.role,
        name=entity.canonical_name
        if entity is not None and not is_figure
        else clean_name(argument.text) or argument.text,
        entity_id=entity_id,
        country_code=entity.country_code if entity is not None else None,
        is_country=entity is not None and is_country(entity),
        place=place if argument.role == LOCATION else None,
        low=argument.low,
        high=argument.high,
    )


def part_from_actors(fillers: Sequence[Filler]) -> list[Filler]:
    """The fillers with recipients that only name an actor again left out: `his fighters` are not himself."""
    actors = {filler.entity_id for filler in fillers if filler.role == ACTOR and filler.entity_id is not None}
    return [filler for filler in fillers if filler.role != RECIPIENT or filler.entity_id not in actors]


def choose_argument_dates(arguments: Sequence[Argument], resolved: Resolved) -> Dates | None:
    """The days of an event: those of the time in its arguments, the finest first."""
    times = [argument.time_mention_id for argument in arguments if argument.role == TIME and argument.time_mention_id]
    found = [resolved.dates[time_id] for time_id in times if time_id in resolved.dates]
    return min(found, key=lambda dates: (dates.last - dates.first, dates.first), default=None)


def resolve_reports(
    mentions: Iterable[EventMention],
    arguments: Mapping[str, Sequence[Argument]],
    *,
    resolved: Resolved,
    published: Mapping[str, datetime | None],
    sentences: Mapping[tuple[str, int], tuple[int, str]],
) -> Iterator[Report]:
    """The reports of event mentions; who claims it is who is named as such, else the speaker of the quote around it."""
    for mention in mentions:
        own = arguments.get(mention.event_mention_id, ())
        claimed_by = resolved.entity_of.get(mention.claimed_by or "") or resolved.speaker_of.get(mention.quote_id or "")
        yield Report(
            event_mention_id=mention.event_mention_id,
            article_id=mention.article_id,
            sentence_index=mention.sentence_index,
            start=mention.start,
            text=mention.text,
            event_type=mention.event_type,
            event_mode=mention.event_mode,
            cameo_code=mention.cameo_code,
            goldstein=mention.goldstein,
            quad_class=mention.quad_class,
            polarity=mention.polarity,
            modality=mention.modality,
            quote_id=mention.quote_id,
            claimed_by=claimed_by,
            score=mention.score,
            published_at=published.get(mention.article_id),
            dates=choose_argument_dates(own, resolved),
            fillers=tuple(part_from_actors([fill(argument, resolved) for argument in own if argument.role != TIME])),
            sentence=sentences.get((mention.article_id, mention.sentence_index), (0, mention.text))[1],
        )
