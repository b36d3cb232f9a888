"""Events: reports of one happening joined to one event, inside an article and across articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from tasks.ids import stable_id
from tasks.normalize.gazetteer import CITY, COUNTRY, REGION, Place
from tasks.normalize.names import fold

ACTOR = "actor"
RECIPIENT = "recipient"
LOCATION = "location"
FIGURES = ("killed", "injured", "arrested")
SLACK = timedelta(days=1)  # reports of one happening may differ by a day: time zones, nights
WINDOW = 3  # days between the reports of one happening in which candidates are looked for
NEAR = 2  # sentences in which a bare second mention means the event before it
WORDS = "words:"  # marks a member of a party that is no known entity
ENOUGH_INSIDE = 3.0  # points that join reports of one article
ENOUGH = 4.0  # points that join reports of two articles
# What strikes a country once in a while needs less to be known again: one kind of it, one shared part.
RARE_TYPES = frozenset({"DISASTER"})
ENOUGH_RARE = 1.0
CROWDED = 60  # candidates of one block that are compared at most, latest first
STEM = 5  # letters that say that two triggers are one word
PRECISIONS = {"day": 0, "week": 1, "range": 2, "month": 3, "year": 4}
PLACE_ORDER = {"point": 0, CITY: 1, REGION: 2, COUNTRY: 3}


class Filler(NamedTuple):
    """What fills a part of a reported event: an entity or words, and for figures their bounds."""

    role: str
    name: str
    entity_id: str | None = None
    country_code: str | None = None
    is_country: bool = False
    place: Place | None = None
    low: int | None = None
    high: int | None = None


class Dates(NamedTuple):
    """The days between which something happened, and how finely that is known."""

    first: date
    last: date
    precision: str


class Report(NamedTuple):
    """One event mention with everything resolved."""

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
    published_at: datetime | None
    dates: Dates | None
    fillers: tuple[Filler, ...]
    sentence: str


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


class Party(NamedTuple):
    """Who stands on one side: entities or words, the countries they belong to, and the countries that stand there."""

    members: frozenset[str]
    countries: frozenset[str]
    states: frozenset[str]


class Profile(NamedTuple):
    """What is compared of one or several reports: who, to whom, where, when."""

    actors: Party
    recipients: Party
    places: frozenset[str]
    place_countries: frozenset[str]
    has_fine_place: bool
    dates: tuple[Dates, ...]
    figures: frozenset[tuple[str, int | None, int | None]]
    mode: str | None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known of it but its type."""
        return not (self.actors.members or self.recipients.members or self.places or self.dates or self.figures)


class Happening:
    """Reports that were found to be of one happening; grows while articles are read."""

    def __init__(self, report: Report, profile: Profile) -> None:
        self.reports = [report]
        self.profile = profile

    def add(self, reports: Iterable[Report], profile: Profile) -> None:
        """Takes reports in."""
        self.reports.extend(reports)
        self.profile = join_profiles(self.profile, profile)


def describe_party(fillers: Iterable[Filler]) -> Party:
    """The party that the fillers of a role form."""
    found = list(fillers)
    return Party(
        members=frozenset(filler.entity_id or f"{WORDS}{fold(filler.name)}" for filler in found),
        countries=frozenset(filler.country_code for filler in found if filler.country_code is not None),
        states=frozenset(f.country_code for f in found if f.country_code is not None and f.is_country),
    )


def describe(report: Report) -> Profile:
    """The profile of one report."""
    places = [filler.place for filler in report.fillers if filler.role == LOCATION and filler.place is not None]
    return Profile(
        actors=describe_party(filler for filler in report.fillers if filler.role == ACTOR),
        recipients=describe_party(filler for filler in report.fillers if filler.role == RECIPIENT),
        places=frozenset(place.place_id for place in places),
        place_countries=frozenset(place.country_code for place in places if place.country_code is not None),
        has_fine_place=any(place.precision != COUNTRY for place in places),
        dates=(report.dates,) if report.dates is not None else (),
        figures=frozenset((f.role, f.low, f.high) for f in report.fillers if f.role in FIGURES and f.low is not None),
        mode=report.event_mode,
    )


def join_parties(one: Party, other: Party) -> Party:
    """Both parties as one."""
    return Party(one.members | other.members, one.countries | other.countries, one.states | other.states)


def join_profiles(one: Profile, other: Profile) -> Profile:
    """The profile of both together."""
    return Profile(
        actors=join_parties(one.actors, other.actors),
        recipients=join_parties(one.recipients, other.recipients),
        places=one.places | other.places,
        place_countries=one.place_countries | other.place_countries,
        has_fine_place=one.has_fine_place or other.has_fine_place,
        dates=tuple(sorted({*one.dates, *other.dates})),
        figures=one.figures | other.figures,
        mode=one.mode or other.mode,
    )


def do_dates_agree(one: Dates, other: Dates) -> bool:
    """Whether two spans of days overlap, give or take a day."""
    return one.first <= other.last + SLACK and other.first <= one.last + SLACK


def score_parties(one: Party, other: Party) -> float | None:
    """2 for a shared member, 1 for a country and a body or person of it, 0 where one side names nobody known.

    None where the sides differ: two ministers of a country are two parties.
    """
    if one.members & other.members:
        return 2.0
    if one.states & other.countries or other.states & one.countries:
        return 1.0
    return None if known_members(one) and known_members(other) else 0.0


def known_members(party: Party) -> frozenset[str]:
    """The members that are entities; mere words contradict nothing."""
    return frozenset(member for member in party.members if not member.startswith(WORDS))


def score_places(one: Profile, other: Profile) -> float | None:
    """2 for a shared place finer than a country, 1 for a place in a shared country, None where places differ."""
    if not one.places or not other.places:
        return 0.0
    if one.places & other.places:
        return 2.0 if one.has_fine_place and other.has_fine_place else 1.0
    if one.place_countries & other.place_countries and not (one.has_fine_place and other.has_fine_place):
        return 1.0
    return None


def score_dates(one: Profile, other: Profile) -> float | None:
    """2 for a shared day, 1 for dates that agree, 0 where one side has none, None where they differ."""
    if not one.dates or not other.dates:
        return 0.0
    if not any(do_dates_agree(a, b) for a in one.dates for b in other.dates):
        return None
    days = {d.first for d in one.dates if d.precision == "day"} & {d.first for d in other.dates if d.precision == "day"}
    return 2.0 if days else 1.0


def score_match(one: Profile, other: Profile) -> float | None:
    """How much speaks for two profiles being one happening, or None where something speaks against it."""
    if one.mode is not None and other.mode is not None and one.mode != other.mode:
        return None
    parts = (
        score_parties(one.actors, other.actors),
        score_parties(one.recipients, other.recipients),
        score_places(one, other),
        score_dates(one, other),
    )
    if any(part is None for part in parts):
        return None
    score = sum(part for part in parts if part is not None)
    if parts[1] == 0.0 and parts[2] == 0.0 and is_toward(one, other):
        score += 1.0
    return score + (1.0 if one.figures & other.figures else 0.0)


def is_toward(one: Profile, other: Profile) -> bool:
    """Whether what one does to a country happens, by the other, in that country."""
    return bool(one.recipients.states & other.place_countries or other.recipients.states & one.place_countries)


def are_one_word(one: str, other: str) -> bool:
    """Whether two triggers are forms of one word."""
    return fold(one)[:STEM] == fold(other)[:STEM]


def is_verbal(report: Report) -> bool:
    """Whether something was only said: who promises twice may promise two things."""
    return (report.quad_class or "").startswith("verbal")


def is_rare(event_type: str, mode: str | None, other: Happening) -> bool:
    """Whether a happening is of the same kind of disaster, of which a country seldom has two at a time."""
    return event_type in RARE_TYPES and mode is not None and mode == other.profile.mode


def find_in_article(report: Report, profile: Profile, earlier: Sequence[Happening]) -> Happening | None:
    """The happening of the same article that a report means again, or None where it is a new one.

    Two shared parts are enough, or for deeds one part and one word. A report that says nothing but what kind of thing
    happened means the only such thing, or the one told right before.
    """
    if profile.is_bare:
        near = [h for h in earlier if report.sentence_index - h.reports[-1].sentence_index <= NEAR]
        fitting = [h for h in (earlier if len(earlier) == 1 else near) if score_match(profile, h.profile) is not None]
        return fitting[-1] if fitting else None
    best: tuple[float, Happening] | None = None
    for happening in earlier:
        score = score_match(profile, happening.profile)
        if score is None:
            continue
        is_again = not is_verbal(report) and any(are_one_word(report.text, other.text) for other in happening.reports)
        enough = 1.0 if is_again or is_rare(report.event_type, report.event_mode, happening) else ENOUGH_INSIDE
        if (score >= enough or happening.profile.is_bare) and (best is None or score > best[0]):
            best = (score, happening)
    return best[1] if best is not None else None


def group_article(reports: Sequence[Report]) -> list[Happening]:
    """The happenings that one article reports, in text order."""
    found: dict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    ordered = []
    for report in sorted(reports, key=lambda r: (r.start, r.event_mention_id)):
        profile = describe(report)
        earlier = found[report.event_type, report.polarity, report.modality]
        happening = find_in_article(report, profile, earlier)
        if happening is None:
            happening = Happening(report, profile)
            earlier.append(happening)
            ordered.append(happening)
        else:
            happening.add([report], profile)
    return ordered


def reference_day(happening: Happening) -> date | None:
    """The day a happening is looked for: its own where it is known well, else that of its first report."""
    fine = [dates for dates in happening.profile.dates if (dates.last - dates.first).days <= WINDOW]
    if fine:
        return fine[0].first
    published = [report.published_at for report in happening.reports if report.published_at is not None]
    return min(published).date() if published else None


def block_keys(happening: Happening) -> Iterator[tuple[str, str, str, str]]:
    """The blocks in which other reports of a happening are looked for: its parties and the countries of its places."""
    first, profile = happening.reports[0], happening.profile
    for anchor in sorted(
        {*known_members(profile.actors), *known_members(profile.recipients), *profile.place_countries}
    ):
        yield first.event_type, first.polarity, first.modality, anchor


def is_same_happening(one: Happening, other: Happening) -> bool:
    """Whether the reports of two articles are of one happening; undated ones must be published within a day."""
    score = score_match(one.profile, other.profile)
    if score is None or score < (
        ENOUGH_RARE if is_rare(one.reports[0].event_type, one.profile.mode, other) else ENOUGH
    ):
        return False
    if one.profile.dates and other.profile.dates:
        return True
    first, second = reference_day(one), reference_day(other)
    return first is not None and second is not None and abs(first - second) <= SLACK


def group_articles(happenings: Iterable[Happening]) -> list[Happening]:
    """The happenings of all articles, each once, given those of each article in order of publication."""
    blocks: dict[tuple[str, str, str, str, date], list[Happening]] = defaultdict(list)
    merged: list[Happening] = []
    for happening in happenings:
        day = reference_day(happening)
        found = find_across(happening, day, blocks) if day is not None else None
        if found is None:
            merged.append(happening)
            target = happening
        else:
            found.add(happening.reports, happening.profile)
            target = found
        if day is not None:
            for key in block_keys(happening):
                members = blocks[(*key, day)]
                if not any(member is target for member in members[-CROWDED:]):
                    members.append(target)
    return merged


def find_across(
    happening: Happening, day: date, blocks: Mapping[tuple[str, str, str, str, date], list[Happening]]
) -> Happening | None:
    """The happening of earlier articles that this one is, the best match first, or None."""
    days = [day + timedelta(days=offset) for offset in range(-WINDOW, WINDOW + 1)]
    best: tuple[float, Happening] | None = None
    seen: set[int] = set()
    for key in block_keys(happening):
        for near in days:
            for other in blocks.get((*key, near), ())[-CROWDED:]:
                if id(other) in seen or not is_same_happening(happening, other):
                    continue
                seen.add(id(other))
                score = score_match(happening.profile, other.profile) or 0.0
                if best is None or score > best[0]:
                    best = (score, other)
    return best[1] if best is not None else None


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


def make_event(
    event_id: str, reports: Sequence[Report], copies: Mapping[str, int], agencies: Mapping[str, str]
) -> Event:
    """The row of an event, given all its reports in order of publication; those of one agency are one origin."""
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
        modality=coded.modality,
        actor_entity_ids=order_fillers(reports, ACTOR),
        recipient_entity_ids=order_fillers(reports, RECIPIENT),
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        arrested_low=arrested[0],
        arrested_high=arrested[1],
        article_count=sum(1 + copies.get(article_id, 0) for article_id in articles),
        origin_count=len({agencies.get(article_id, article_id) for article_id in articles}),
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
    reports: Iterable[Report], copies: Mapping[str, int], agencies: Mapping[str, str] = MappingProxyType({})
) -> Events:
    """The events that all reports are of.

    `copies` counts the further articles with the text of an article, `agencies` names whose report an article is.
    An event is named after the first report of it, so that later articles do not rename it.
    """
    by_article: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=publication_order):
        by_article[report.article_id].append(report)
    happenings = group_articles(h for group in by_article.values() for h in group_article(group))
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
