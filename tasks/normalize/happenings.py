"""Happenings: which reports are of one thing that happened, inside an article and across articles."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from tasks.normalize.gazetteer import COUNTRY, Place
from tasks.normalize.names import fold
from tasks.normalize.stories import Story, find_terms, likeness

ACTOR = "actor"
RECIPIENT = "recipient"
LOCATION = "location"
FIGURES = ("killed", "injured", "arrested")
SLACK = timedelta(days=1)  # reports of one happening may differ by a day: time zones, nights
WINDOW = 3  # days between the reports of one happening in which candidates are looked for
NEAR = 2  # sentences in which a bare second mention means the event before it
WORDS = "words:"  # marks a member of a party that is no known entity
STORY = "story:"  # marks a block of what articles on one story report
ENOUGH_INSIDE = 3.0  # points that join reports of one article
ENOUGH = 4.0  # points that join reports of two articles
CONFLICT = -2.0  # points for parties that differ, where the articles tell one story: one of them may be misread
# How alike two articles are (see stories.likeness), and the points for it.
LIKENESS_POINTS = ((0.5, 3.0), (0.3, 2.0), (0.15, 1.0))
SAME_STORY = 0.3  # from here on parties may differ
SAME_TOPIC = 0.2  # from here on reports without a day in common may be of one happening
COMPARED = 3  # articles of a happening whose story is compared
# What strikes a country once in a while needs less to be known again: one kind of it, one shared part.
RARE_TYPES = frozenset({"DISASTER"})
ENOUGH_RARE = 1.0
MUTUAL_TYPES = frozenset({"CONSULT", "AGREE"})  # who does it with whom is the same either way
# What may be one happening though reports differ on how sure it is; what has not happened is never what has.
STANDINGS = {
    "asserted": "happened", "alleged": "happened",
    "planned": "prospective", "requested": "prospective", "hypothetical": "prospective",
}  # fmt: skip
CROWDED = 60  # candidates of one block that are compared at most, latest first
STEM = 5  # letters that say that two triggers are one word
UNDATED = None  # the day of the block where reports without any day are looked for


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


class Party(NamedTuple):
    """Who stands on one side: entities or words, heads of these, countries they belong to, and countries themselves."""

    members: frozenset[str]
    heads: frozenset[str]
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


class Match(NamedTuple):
    """How much speaks for two profiles being one happening, and whether their parties differ."""

    score: float
    has_conflict: bool


class Happening:
    """Reports that were found to be of one happening; grows while articles are read."""

    def __init__(self, report: Report, profile: Profile) -> None:
        self.reports = [report]
        self.profile = profile

    @property
    def event_type(self) -> str:
        """The type that all its reports have."""
        return self.reports[0].event_type

    @property
    def article_ids(self) -> list[str]:
        """The articles whose story stands for its own: those of the first reports."""
        return list(dict.fromkeys(report.article_id for report in self.reports))[:COMPARED]

    def add(self, reports: Iterable[Report], profile: Profile) -> None:
        """Takes reports in."""
        self.reports.extend(reports)
        self.profile = join_profiles(self.profile, profile)


def describe_party(fillers: Iterable[Filler]) -> Party:
    """The party that the fillers of a role form."""
    found = list(fillers)
    terms = (find_terms(filler.name) for filler in found if filler.entity_id is None)
    return Party(
        members=frozenset(filler.entity_id or f"{WORDS}{fold(filler.name)}" for filler in found),
        heads=frozenset(words[-1] for words in terms if words),
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
    return Party(*(mine | theirs for mine, theirs in zip(one, other, strict=True)))


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
    """2 for a shared member, 1 for a country and a body or person of it, or for words with one head; else 0.

    None where the sides differ: two ministers of a country are two parties.
    """
    if one.members & other.members:
        return 2.0
    if one.states & other.countries or other.states & one.countries:
        return 1.0
    if known_members(one) and known_members(other):
        return None
    return 1.0 if one.heads & other.heads else 0.0


def score_mutual(one: Profile, other: Profile) -> list[float | None]:
    """The points of both sides, for what parties do with each other: who is named first, or beside whom, is one."""
    together = join_parties(one.actors, one.recipients).members & join_parties(other.actors, other.recipients).members
    if len(together) > 1:
        return [2.0, 2.0]
    straight = [score_parties(one.actors, other.actors), score_parties(one.recipients, other.recipients)]
    crossed = [score_parties(one.actors, other.recipients), score_parties(one.recipients, other.actors)]
    return max(straight, crossed, key=lambda sides: (None not in sides, sum(side or 0.0 for side in sides)))


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


def score_match(one: Profile, other: Profile, *, is_mutual: bool = False) -> Match | None:
    """How much speaks for two profiles being one happening, or None where mode, place or time speak against it."""
    if one.mode is not None and other.mode is not None and one.mode != other.mode:
        return None
    place, time = score_places(one, other), score_dates(one, other)
    if place is None or time is None:
        return None
    sides = (
        score_mutual(one, other)
        if is_mutual
        else [score_parties(one.actors, other.actors), score_parties(one.recipients, other.recipients)]
    )
    score = place + time + sum(CONFLICT if side is None else side for side in sides)
    if sides[-1] == 0.0 and place == 0.0 and is_toward(one, other):
        score += 1.0
    return Match(score + (1.0 if one.figures & other.figures else 0.0), None in sides)


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


def block_type(report: Report) -> tuple[str, str, str]:
    """What reports of one happening have in common: type, polarity, and whether it has happened."""
    return report.event_type, report.polarity, STANDINGS[report.modality]


def score_inside(profile: Profile, happening: Happening) -> float | None:
    """How much speaks for a report being of a happening of its own article, None where something speaks against it."""
    match = score_match(profile, happening.profile, is_mutual=happening.event_type in MUTUAL_TYPES)
    return None if match is None or match.has_conflict else match.score


def find_in_article(report: Report, profile: Profile, earlier: Sequence[Happening]) -> Happening | None:
    """The happening of the same article that a report means again, or None where it is a new one.

    Two shared parts are enough, or for deeds one part and one word. A report that says nothing but what kind of thing
    happened means the only such thing, or the one told right before.
    """
    if profile.is_bare:
        near = [h for h in earlier if report.sentence_index - h.reports[-1].sentence_index <= NEAR]
        fitting = [h for h in (earlier if len(earlier) == 1 else near) if score_inside(profile, h) is not None]
        return fitting[-1] if fitting else None
    best: tuple[float, Happening] | None = None
    for happening in earlier:
        score = score_inside(profile, happening)
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
        earlier = found[block_type(report)]
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


def block_keys(happening: Happening, stories: Mapping[str, Story]) -> list[tuple[str, ...]]:
    """The blocks in which other reports of a happening are looked for: its parties, countries, terms of its story."""
    first, profile = happening.reports[0], happening.profile
    anchors = {*known_members(profile.actors), *known_members(profile.recipients), *profile.place_countries}
    story = stories.get(first.article_id)
    anchors |= {f"{STORY}{term}" for term in story.anchors} if story is not None else set()
    return [(*block_type(first), anchor) for anchor in sorted(anchors)]


def compare_stories(one: Happening, other: Happening, stories: Mapping[str, Story]) -> float:
    """How alike the articles of two happenings are, those that are most."""
    return max(likeness(stories.get(a), stories.get(b)) for a in one.article_ids for b in other.article_ids)


def score_across(one: Happening, other: Happening, stories: Mapping[str, Story]) -> float | None:
    """How much speaks for reports of two articles being of one happening, or None where it is not enough.

    To parties, place and time come the word that is used and how alike the articles are. Parties may differ only in
    articles that tell one story, and only where something was done.
    """
    first = one.reports[0]
    match = score_match(one.profile, other.profile, is_mutual=one.event_type in MUTUAL_TYPES)
    if match is None or (match.has_conflict and is_verbal(first)):
        return None
    score = match.score + (1.0 if have_one_word(one, other) else 0.0)
    enough = ENOUGH_RARE if is_rare(one.event_type, one.profile.mode, other) else ENOUGH
    if score + LIKENESS_POINTS[0][1] < enough:
        return None
    alike = compare_stories(one, other, stories)
    score += next((points for least, points in LIKENESS_POINTS if alike >= least), 0.0)
    fits = (alike >= SAME_STORY or not match.has_conflict) and (alike >= SAME_TOPIC or is_one_day(one, other))
    return score if fits and score >= enough else None


def have_one_word(one: Happening, other: Happening) -> bool:
    """Whether two happenings are reported with one word."""
    return any(are_one_word(a.text, b.text) for a in one.reports for b in other.reports)


def is_one_day(one: Happening, other: Happening) -> bool:
    """Whether reports are dated, and if only one of them is, whether they were published within a day."""
    if one.profile.dates and other.profile.dates:
        return True
    first, second = reference_day(one), reference_day(other)
    return first is not None and second is not None and abs(first - second) <= SLACK


class Blocks:
    """Happenings by what they have in common and by day: cost grows with their number, not its square."""

    def __init__(self, stories: Mapping[str, Story]) -> None:
        self._stories = stories
        self._found: dict[tuple[str, ...], dict[date | None, deque[Happening]]] = defaultdict(dict)

    def add(self, happening: Happening, target: Happening) -> None:
        """Makes the target found where the happening would be looked for, dated or not."""
        day = reference_day(happening)
        for key in block_keys(happening, self._stories):
            for place in {day, UNDATED}:
                members = self._found[key].setdefault(place, deque(maxlen=CROWDED))
                if not any(member is target for member in members):
                    members.append(target)

    def candidates(self, happening: Happening) -> Iterator[Happening]:
        """The happenings that a happening may be, each once; those of near days, of all days where it has none."""
        day = reference_day(happening)
        days = [day + timedelta(days=n) for n in range(-WINDOW, WINDOW + 1)] if day is not None else [UNDATED]
        seen: set[int] = set()
        for key in block_keys(happening, self._stories):
            block = self._found.get(key, {})
            for other in (member for near in days for member in block.get(near, ())):
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other


def group_articles(
    happenings: Iterable[Happening], stories: Mapping[str, Story] = MappingProxyType({})
) -> list[Happening]:
    """The happenings of all articles, each once, given those of each article in order of publication."""
    blocks = Blocks(stories)
    merged: list[Happening] = []
    for happening in happenings:
        target = find_across(happening, blocks.candidates(happening), stories)
        if target is None:
            merged.append(happening)
        else:
            target.add(happening.reports, happening.profile)
        blocks.add(happening, target or happening)
    return merged


def find_across(
    happening: Happening, candidates: Iterable[Happening], stories: Mapping[str, Story]
) -> Happening | None:
    """The one of the candidates that a happening is, the best match first, or None."""
    best: tuple[float, Happening] | None = None
    for other in candidates:
        score = score_across(happening, other, stories)
        if score is not None and (best is None or score > best[0]):
            best = (score, other)
    return best[1] if best is not None else None
