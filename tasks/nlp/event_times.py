"""When events happen: the time expression that the clause, the report or the sentence before gives."""

from collections.abc import Collection, Mapping

from spacy.tokens import Doc, Token

from tasks.nlp import repair, syntax
from tasks.nlp import standing as stand
from tasks.nlp.event_arguments import Site
from tasks.nlp.records import Argument, Event, Quote, TimeMention

# An order is carried out at once, other requests are not.
ORDERING = frozenset({"order", "command", "instruct"})
# A clause that one of these opens has another time than what it goes with.
APART = frozenset({"after", "before", "since", "until", "though", "although", "if", "because"})
BEFORE_NOUNS = syntax.MODIFYING | {"nummod", "nmod:unmarked", "nmod:poss", "nmod"}
ELSEWHEN = frozenset(
    {"earlier", "later", "since", "previously", "already", "then", "ago", "once", "formerly", "recently"}
)
# Deeds of words, whose time may be that of what they are about: "requested the report by Monday".
WORDED = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})


def attach_times(doc: Doc, events: list[Event], sites: Mapping[int, Site], joined: Collection[int]) -> list[Event]:
    """The events, each with the time expression that its clause or, failing that, its sentence gives.

    `sites` says where each stands and `joined` which are bare tolls of another, by the first token.
    """
    times: list[TimeMention] = doc._.times
    owners: dict[int, list[int]] = {}
    by_start = {event.start: number for number, event in enumerate(events)}
    for position, number in by_start.items():
        site = sites[position]
        for token in (site.trigger, site.verb, site.noun):
            if token is not None:
                owners.setdefault(token.i, []).append(number)
    given: dict[int, int] = {}
    for index, time in enumerate(times):
        if time.timex_type in {"DURATION", "SET"} or (time.value or "").endswith("_REF"):
            continue
        for number in _owners_of(doc, time, owners):
            if not _is_beyond(doc, events[number], time):
                given.setdefault(number, index)
    _share_times(doc, events, times, given)
    for number, event in enumerate(events):
        if event.start in joined and number not in given:
            hosts = (n for n in range(number) if events[n].event_type == event.event_type and n in given)
            given.update((number, given[host]) for host in list(hosts)[:1])
    return [
        event if number not in given else _put_in_time(doc, event, times, given[number])
        for number, event in enumerate(events)
    ]


def _put_in_time(doc: Doc, event: Event, times: list[TimeMention], index: int) -> Event:
    """The event with its time; what only lies ahead then is planned: "is retiring next year", "talks in June"."""
    time, today = times[index], doc._.published_on
    argument = Argument("time", time.start, time.end, time=index, value=time.value)
    dated = event._replace(arguments=(*event.arguments, argument))
    is_ahead = time.date_from is not None and today is not None and time.date_from > today
    is_done = doc[event.start].tag_ in {"VBD", "VBN"} or event.event_type in WORDED
    if not is_ahead or is_done or event.modality != "asserted":
        return dated
    return dated._replace(modality="planned", tense="future")


def _is_beyond(doc: Doc, event: Event, time: TimeMention) -> bool:
    """Whether a time stands outside the words that tell of the event: "a headline on Friday: "She Is Running"."""
    if event.quote is None:
        return False
    quote: Quote = doc._.quotes[event.quote]
    return quote.quote_type == "direct" and not any(start <= time.start < end for start, end in quote.parts)


def _owners_of(doc: Doc, time: TimeMention, owners: dict[int, list[int]]) -> list[int]:
    """The events of the first clause above a time expression; none where a verb that is no event comes first.

    A time before a noun dates what that noun names alone: "the 2016 campaign", "a June meeting".
    """
    current = syntax.head_of(time.start, time.end, list(doc[time.start : time.end]))
    if syntax.preposition(current) == "of" and current.head.pos_ == "PROPN":
        return []
    is_inside = current.dep_ in BEFORE_NOUNS and current.head.i > current.i and current.head.pos_ in syntax.NOMINAL
    for _ in range(12):
        if current.i in owners:
            return owners[current.i]
        if current.head.i == current.i or (current.pos_ == "VERB" and current.dep_ not in {"xcomp", "conj"}):
            return []
        if is_inside and current.i >= time.end:
            return []
        current = current.head
    return []


def _share_times(doc: Doc, events: list[Event], times: list[TimeMention], given: dict[int, int]) -> None:
    """Gives a timeless event the time of the event above it, beside it or, in fresh news, of its report."""
    by_token = {event.start: number for number, event in enumerate(events)}
    reported = {_clause_of(doc, time): index for index, time in enumerate(times) if _is_day(time)}
    for number, event in enumerate(events):
        is_ordered = event.modality == "requested" and doc[event.start].head.lemma_ in ORDERING
        if number in given or not (event.modality == "asserted" or is_ordered):
            continue
        for lower, upper in stand.governors(doc[event.start]):
            if lower.dep_ in syntax.NOUN_CLAUSES or APART & set(syntax.markers(lower)):
                break
            other = by_token.get(upper.i)
            if other is not None and other in given:
                given[number] = given[other]
                break
        else:
            index = _report_time(doc[event.start], reported)
            if index is None and event.quote is None:
                index = _told_time(doc[event.start], reported, times)
            if index is not None:
                given[number] = index


def _is_day(time: TimeMention) -> bool:
    return time.timex_type in {"DATE", "TIME"} and time.date_from is not None and time.date_from == time.date_to


def _clause_of(doc: Doc, time: TimeMention) -> int:
    """The position of the verb that a time expression goes with, -1 for none."""
    verb = syntax.clause_verb(syntax.head_of(time.start, time.end, list(doc[time.start : time.end])))
    return -1 if verb is None else verb.i


def _report_time(verb: Token, reported: dict[int, int]) -> int | None:
    """The time of a report in the present perfect: "has resigned, the speaker announced on Friday"."""
    if not any(item.lower_ in {"has", "have"} for item in syntax.auxiliaries(verb)):
        return None
    around = [verb.head] if verb.dep_ == "ccomp" else []
    around.extend(child for child in verb.children if child.dep_ in {"ccomp", "parataxis", "conj"})
    for other in around:
        if other.i in reported and other.lemma_ in repair.SAYING and syntax.subjects(other):
            return reported[other.i]
    return None


def _told_time(verb: Token, reported: dict[int, int], times: list[TimeMention]) -> int | None:
    """The day of the sentence before, where the next tells on: "fell on Tuesday. Spain accused France of the raid"."""
    sent = verb.sent
    is_main = verb.i == sent.root.i or (verb.dep_ == "conj" and verb.head.i == sent.root.i)
    if sent.start == 0 or not is_main or verb.tag_ not in {"VBD", "VBN"} or _is_perfect(verb) or _is_perfect(sent.root):
        return None
    has_own = any(sent.start <= time.start < sent.end and _dates(time, verb) for time in times)
    if has_own or any(token.lower_ in ELSEWHEN for token in sent):
        return None
    before = verb.doc[sent.start - 1].sent
    is_near = before.start == 0 or not any(token.is_space and "\n" in token.text for token in before[-2:])
    root = before.root
    return reported.get(root.i) if is_near and root.tag_ in {"VBD", "VBN"} and not _is_perfect(root) else None


def _dates(time: TimeMention, verb: Token) -> bool:
    """Whether a time expression can be that of the main clause around the verb."""
    clause = _clause_of(verb.doc, time)
    return time.timex_type != "DURATION" and clause in {-1, verb.i, verb.sent.root.i}


def _is_perfect(verb: Token) -> bool:
    return any(item.lower_ in {"has", "have", "had"} for item in syntax.auxiliaries(verb))
