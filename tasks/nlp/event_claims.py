"""Whose words an event stands in: the innermost quote that holds it, and whoever vouches for it there."""

from spacy.tokens import Token

from tasks.nlp import event_arguments as parts
from tasks.nlp import repair, syntax
from tasks.nlp import standing as stand
from tasks.nlp.event_arguments import View
from tasks.nlp.records import Quote
from tasks.nlp.standing import Standing

TELLING = frozenset({"tell", "inform", "assure"})
WORDING = frozenset({"put", "describe", "tell"})
# The class of cues of what somebody means to do.
INTENTION = "intention"
REFUSING = frozenset({"refuse", "decline"})


def find_claim(trigger: Token, standing: Standing, view: View) -> tuple[int | None, int | None]:
    """The innermost quote that holds the trigger, and the mention of whoever says so."""
    quotes: list[Quote] = view.doc._.quotes
    holding = [
        (sum(end - start for start, end in quote.parts), index)
        for index, quote in enumerate(quotes)
        if any(start <= trigger.i < end for start, end in quote.parts) and _tells_of(quote, trigger)
    ]
    if holding:
        index = min(holding)[1]
        inner = _nested_teller(trigger, quotes[index], view)
        return index, quotes[index].speaker_mention if inner is None else inner
    aside = _aside(trigger)
    claimant = standing.claimant if aside is None else aside
    if claimant is None or claimant.pos_ not in syntax.VERBAL:
        return None, None
    speakers = syntax.logical_subjects(claimant)
    return None, parts.best_mention(speakers[0], view) if speakers else None


def _tells_of(quote: Quote, trigger: Token) -> bool:
    """Whether the speaker of a quote vouches for what happens in it.

    That she "wants to meet him" or "refuses to" is the reporter's; so is what only describes a thing that she names:
    "announced the end of the siege in which 20 died".
    """
    if not quote.is_said or (quote.cue is not None and quote.cue[0] <= trigger.i < quote.cue[1]):
        return False
    if quote.quote_type != "indirect":
        return True
    start, end = quote.parts[0]
    root = trigger.doc[start:end].root
    is_thing = root.pos_ in syntax.NOMINAL and not syntax.subjects(root)
    is_own_plan = quote.cue_class == INTENTION or quote.cue_lemma in REFUSING
    return not is_own_plan and not (is_thing and _is_in_relative(trigger, root))


def _is_in_relative(token: Token, top: Token) -> bool:
    """Whether a relative clause below the top holds the token."""
    while token.i not in {top.i, token.head.i}:
        if token.dep_ in syntax.RELATIVE_CLAUSES:
            return True
        token = token.head
    return False


def _nested_teller(trigger: Token, quote: Quote, view: View) -> int | None:
    """The mention of whoever says so inside a quote: Uganda in "Uganda told us that Kenya arrested the envoy"."""
    for lower, upper in stand.governors(trigger):
        if not any(start <= upper.i < end for start, end in quote.parts):
            return None
        if lower.dep_ == "ccomp" and upper.lemma_ in repair.SAYING | TELLING:
            speakers = syntax.clause_subjects(upper)
            return view.mention_at.get(speakers[0].i) if speakers else None
    return None


def _aside(trigger: Token) -> Token | None:
    """The verb of an aside that says whose words these are: "as the minister put it"."""
    asides = (child for child in trigger.children if child.dep_ in syntax.ADVERBIAL_CLAUSES)
    return next((c for c in asides if "as" in syntax.markers(c) and c.lemma_ in repair.SAYING | WORDING), None)
