"""Why words that can show an event show none: what each lacks, by the same steps that the coder takes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.nlp import event_arguments as parts
from tasks.nlp import events, syntax
from tasks.nlp.event_arguments import View
from tasks.nlp.event_patterns import NOTHING, Ontology, Pattern
from tasks.nlp.records import Argument, Event, Mention, Quote

REASONS = {
    "no_trigger": "no word of it is in event_patterns.csv",
    "in_phrase": "it is part of a name or only describes a noun",
    "surroundings": "no pattern of it fits what stands around",
    "excluded": "a pattern says that it shows no event here",
    "no_party": "no actor, recipient, place or figure is named that the pattern asks for",
    "figurative": "it is said of a thing, of oneself, of the reader or of nobody in particular",
    "unlikely": "readers found that such words mostly tell of no happening (event_evidence.csv)",
    "part_of_other": "it is part of another event",
}


class Miss(NamedTuple):
    """A word that is in the patterns and shows no event: the reason, and the pattern that came nearest."""

    token: int
    reason: str
    rule_id: str | None = None
    column: str | None = None


def find_misses(doc: Doc, ontology: Ontology, start: int, end: int) -> list[Miss]:
    """The words of the tokens `[start, end)` of a coded doc that the patterns know and no event has as its trigger."""
    view = parts.view_doc(doc, ontology)
    drafts = {d.site.trigger.i: d for d in events.adopt_causes(events.find_drafts(doc, view, ontology))}
    coded = {position for event in doc._.events for position in range(event.start, event.end)}
    return [
        miss
        for token in doc[start:end]
        if token.i not in coded and (miss := _find_miss(token, drafts.get(token.i), view, ontology)) is not None
    ]


def _find_miss(token: Token, draft: events.Draft | None, view: View, ontology: Ontology) -> Miss | None:
    if draft is not None:
        arguments = events.find_arguments(draft, view, ontology)
        return Miss(token.i, _find_reason(draft, arguments, view, ontology), draft.pattern.rule_id)
    if token.dep_ in syntax.AUXILIARIES | syntax.COPULAS:
        return None
    is_verb = events.is_verbal(token)
    rows = events.verb_rows(token, ontology) if is_verb else events.noun_rows(token, ontology)
    if not rows:
        return None
    if events.is_in_phrase(token, view) if is_verb else events.is_before_noun(token, view):
        return Miss(token.i, "in_phrase")
    unmet = list(_unmet(token, rows, view, ontology, is_verb=is_verb))
    fitting = next((row for row, column in unmet if column is None), None)
    if fitting is not None:
        reason = "excluded" if fitting.event_type == NOTHING else "part_of_other"
        return Miss(token.i, reason, fitting.rule_id)
    row, column = max(unmet, key=lambda pair: ORDER.index(pair[1] or ""))
    return Miss(token.i, "surroundings", row.rule_id, column)


def _find_reason(draft: events.Draft, arguments: list[Argument], view: View, ontology: Ontology) -> str:
    if events.is_generic(draft):
        return "figurative"
    if not events.is_borne_out(draft, arguments):
        return "no_party"
    return "figurative" if events.is_figurative(draft, arguments, view, ontology) else "unlikely"


# The columns in the order in which they are tried: the later one fails, the nearer the pattern came.
ORDER = ("lemma", "subject", "object", "preposition", "requires")


def _unmet(
    token: Token, rows: Sequence[Pattern], view: View, ontology: Ontology, *, is_verb: bool
) -> Iterator[tuple[Pattern, str | None]]:
    """Each pattern with the column that fails, None where it fits."""
    site = None if is_verb else events.noun_site(token, ontology)
    for row in rows:
        if site is None:
            yield row, events.find_unmet(token, row, view, ontology)
        else:
            yield row, events.find_unmet_noun(site, row, view, ontology)


def describe_event(doc: Doc, event: Event) -> str:
    """What is coded, with its parts and the rule, on one line."""
    kind = "/".join(part for part in (event.event_type, event.event_mode) if part)
    claimant = find_claimant(doc, event)
    claimed = [] if claimant is None else [f"claimed by {_words(doc, *claimant)}"]
    arguments = [f"{a.role}: {_words(doc, a.start, a.end)}" for a in event.arguments]
    standing = f"{event.polarity} {event.modality} {event.tense}"
    return "; ".join(
        [
            f"{kind} [{_words(doc, event.start, event.end)}] {standing}",
            *arguments,
            *claimed,
            f"{event.rule_id} ({event.score:.2f})",
        ]
    )


def find_claimant(doc: Doc, event: Event) -> tuple[int, int] | None:
    """The tokens of whoever says so: the mention, or the speaker of the quote as worded where that is no mention."""
    if event.claimed_by is not None:
        mention: Mention = doc._.mentions[event.claimed_by]
        return mention.start, mention.end
    quote: Quote | None = None if event.quote is None else doc._.quotes[event.quote]
    return None if quote is None else quote.speaker


def _words(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())


def describe_misses(doc: Doc, misses: Sequence[Miss], *, has_events: bool) -> Iterator[str]:
    """A line for each miss; one for the whole where the patterns know none of the words."""
    if not misses and not has_events:
        yield f"no event: {REASONS['no_trigger']}"
    for miss in misses:
        nearest = "" if miss.rule_id is None else f" ({miss.rule_id}{f', column {miss.column}' if miss.column else ''})"
        yield f"{doc[miss.token].text}: {REASONS[miss.reason]}{nearest}"
