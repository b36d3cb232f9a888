"""Events: reports of one happening joined to one event, inside an article and across articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from tasks.ids import stable_id
from tasks.normalize.gazetteer import CITY, CONTINENT, COUNTRY, REGION, Place
from tasks.normalize.happenings import (
    ACTOR,
    FIGURES,
    LOCATION,
    RECIPIENT,
    Dates,
    Report,
    group_article,
    group_articles,
)
from tasks.normalize.names import fold
from tasks.normalize.stories import Story

PRECISIONS = {"day": 0, "week": 1, "range": 2, "month": 3, "year": 4}
PLACE_ORDER = {"point": 0, CITY: 1, REGION: 2, COUNTRY: 3, CONTINENT: 4}


class Event(NamedTuple):
    """A row of `events`."""

    event_id: str
    event_type: str
    event_mode: str | None
    cameo_code: str | None
    goldstein: float | None
    quad_class: str | None
    date_from: date | None
    date_to: date | None
    date_precision: str
    place_id: str | None
    polarity: str
    modality: str
    actor_entity_ids: tuple[str, ...]
    recipient_entity_ids: tuple[str, ...]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    article_count: int
    origin_count: int
    first_reported_at: datetime | None
    summary: str


class Participant(NamedTuple):
    """A row of `event_participants`."""

    participant_id: str
    event_id: str
    role: str
    entity_id: str | None
    name: str
    value_low: int | None
    value_high: int | None
    article_count: int


class Source(NamedTuple):
    """A row of `event_sources`."""

    event_mention_id: str
    event_id: str
    article_id: str
    claimed_by_entity_id: str | None
    quote_id: str | None
    score: float


class Events(NamedTuple):
    """Events with who took part and who reports them."""

    events: list[Event]
    participants: list[Participant]
    sources: list[Source]


def order_fillers(reports: Sequence[Report], role: str) -> tuple[str, ...]:
    """The entities in a role, those that most articles name first."""
    articles: dict[str, set[str]] = defaultdict(set)
    order: dict[str, int] = {}
    for report in reports:
        for filler in report.fillers:
            if filler.role == role and filler.entity_id is not None:
                articles[filler.entity_id].add(report.article_id)
                order.setdefault(filler.entity_id, len(order))
    return tuple(sorted(articles, key=lambda entity_id: (-len(articles[entity_id]), order[entity_id])))


def bound_figures(reports: Sequence[Report], role: str) -> tuple[int | None, int | None]:
    """The lowest and the highest figure that any report gives; `more than 1,300` counts as 1,301 on both sides."""
    bounds = [(f.low, f.high) for r in reports for f in r.fillers if f.role == role]
    figures = [figure for bound in bounds for figure in bound if figure is not None]
    return min(figures, default=None), max(figures, default=None)


def choose_dates(reports: Sequence[Report]) -> Dates | None:
    """The finest dates that the reports give, the most frequent among these, then those of the first report."""
    counts = Counter(report.dates for report in reports if report.dates is not None)
    if not counts:
        return None
    order = list(counts)
    return min(order, key=lambda dates: (PRECISIONS.get(dates.precision, 5), -counts[dates], order.index(dates)))


def choose_event_place(reports: Sequence[Report]) -> Place | None:
    """The finest place that the reports give, the most frequent among these, then the first."""
    counts = Counter(f.place for r in reports for f in r.fillers if f.role == LOCATION and f.place is not None)
    order = list(counts)
    return min(
        order, key=lambda place: (PLACE_ORDER[place.precision], -counts[place], order.index(place)), default=None
    )


def choose_best(reports: Sequence[Report]) -> Report:
    """The report to show an event by: the surest, then the one that says most, then the first."""
    return min(reports, key=lambda report: (-round(report.score, 2), -len(report.fillers)))


def choose_mode(reports: Sequence[Report]) -> Report:
    """The report whose mode and codes the event takes: the first of the most frequent mode, if any has one."""
    modes = Counter(report.event_mode for report in reports if report.event_mode is not None)
    if not modes:
        return reports[0]
    mode = max(modes, key=lambda mode: modes[mode])
    return next(report for report in reports if report.event_mode == mode)


def choose_modality(reports: Sequence[Report]) -> str:
    """The modality of most reports, that of the first among equals."""
    counts = Counter(report.modality for report in reports)
    return max(counts, key=lambda modality: counts[modality])


def find_origins(reports: Sequence[Report], agencies: Mapping[str, str]) -> set[str]:
    """Where reports come from: an agency, whoever says all that an article has of the event, or the article itself."""
    articles: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        articles[report.article_id].append(report)
    return {agencies.get(article_id) or find_voice(own) or article_id for article_id, own in articles.items()}


def find_voice(reports: Sequence[Report]) -> str | None:
    """Who says all that an article reports of an event; the first where several do, None where the article says it."""
    voices = [report.claimed_by for report in reports]
    return None if None in voices else voices[0]


def make_event(
    event_id: str, reports: Sequence[Report], copies: Mapping[str, int], agencies: Mapping[str, str]
) -> Event:
    """The row of an event, given all its reports in order of publication."""
    coded = choose_mode(reports)
    dates, place = choose_dates(reports), choose_event_place(reports)
    articles = {report.article_id for report in reports}
    killed, injured, arrested = (bound_figures(reports, role) for role in FIGURES)
    return Event(
        event_id=event_id,
        event_type=coded.event_type,
        event_mode=coded.event_mode,
        cameo_code=coded.cameo_code,
        goldstein=coded.goldstein,
        quad_class=coded.quad_class,
        date_from=dates.first if dates is not None else None,
        date_to=dates.last if dates is not None else None,
        date_precision=dates.precision if dates is not None else "none",
        place_id=place.place_id if place is not None else None,
        polarity=coded.polarity,
        modality=choose_modality(reports),
        actor_entity_ids=order_fillers(reports, ACTOR),
        recipient_entity_ids=order_fillers(reports, RECIPIENT),
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        arrested_low=arrested[0],
        arrested_high=arrested[1],
        article_count=sum(1 + copies.get(article_id, 0) for article_id in articles),
        origin_count=len(find_origins(reports, agencies)),
        first_reported_at=min((r.published_at for r in reports if r.published_at is not None), default=None),
        summary=choose_best(reports).sentence,
    )


def make_participants(event_id: str, reports: Sequence[Report]) -> list[Participant]:
    """The rows of who and what takes part in an event, each filler of a role once, with the articles that say so."""
    articles: dict[tuple[str, str | None, str, int | None, int | None], set[str]] = defaultdict(set)
    names: dict[tuple[str, str | None, str, int | None, int | None], str] = {}
    for report in reports:
        for filler in report.fillers:
            words = "" if filler.entity_id is not None and filler.low is None else fold(filler.name)
            key = (filler.role, filler.entity_id, words, filler.low, filler.high)
            articles[key].add(report.article_id)
            names.setdefault(key, filler.name)
    return [
        Participant(stable_id("par", event_id, *key), event_id, key[0], key[1], names[key], key[3], key[4], len(found))
        for key, found in articles.items()
    ]


def publication_order(report: Report) -> tuple[bool, datetime, str, int, str]:
    """What puts reports in the order in which they were published."""
    day = report.published_at or datetime.max
    return report.published_at is None, day, report.article_id, report.start, report.event_mention_id


def find_events(
    reports: Iterable[Report],
    copies: Mapping[str, int],
    agencies: Mapping[str, str] = MappingProxyType({}),
    stories: Mapping[str, Story] = MappingProxyType({}),
) -> Events:
    """The events that all reports are of.

    `copies` counts the further articles with the text of an article, `agencies` names whose report an article is,
    `stories` says what an article writes of.
    An event is named after the first report of it, so that later articles do not rename it.
    """
    by_article: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=publication_order):
        by_article[report.article_id].append(report)
    happenings = group_articles((h for group in by_article.values() for h in group_article(group)), stories)
    events, participants, sources = [], [], []
    for happening in happenings:
        ordered = sorted(happening.reports, key=publication_order)
        event_id = stable_id("evt", ordered[0].event_mention_id)
        events.append(make_event(event_id, ordered, copies, agencies))
        participants += make_participants(event_id, ordered)
        sources += [
            Source(r.event_mention_id, event_id, r.article_id, r.claimed_by, r.quote_id, r.score) for r in ordered
        ]
    return Events(
        sorted(events, key=lambda row: row.event_id),
        sorted(participants, key=lambda row: (row.event_id, row.participant_id)),
        sorted(sources, key=lambda row: row.event_mention_id),
    )
