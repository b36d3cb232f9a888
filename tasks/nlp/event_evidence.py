"""What speaks for and against a coded event: features of its trigger, parties, standing and sentence, with weights.

The weights are learned from events that readers judged (`training/event_evidence.py`); a pattern that nobody judged
has none of its own and is weighed by what stands around it. The type and the length of the sentence are no features:
what is rarely true in the news that was judged would count against it in other news.
"""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Token

from tasks.nlp import standing as stand
from tasks.nlp import syntax
from tasks.nlp.event_arguments import Site, View
from tasks.nlp.event_patterns import lemma_of
from tasks.nlp.records import Argument, Event
from tasks.reference import read_reference

COLUMNS = ("feature", "happened", "right")
BIAS = "bias"
PARTIES = ("actor", "recipient")
TELLING_WORDS = frozenset(
    {"you", "we", "i", "our", "your", "if", "?", "would", "could", "should", "might", "may", "not", "never", "who",
     "that", "like", "as", "when", "people", "one"}
)  # fmt: skip
NEAR = frozenset({"advmod", "amod", "compound", "det", "nmod:poss", "neg", "mark", "case"})
DETERMINERS = frozenset({"bare", "the", "a", "an", "this", "these", "some", "any", "no", "all"})
GOVERNORS = 4


class Weights(NamedTuple):
    """By feature: how much it speaks for a happening at all, and for the event being right in all its parts."""

    happened: dict[str, float]
    right: dict[str, float]


def load_weights(reference_dir: Path) -> Weights:
    """The weights of `event_evidence.csv`."""
    rows = list(read_reference(reference_dir, "event_evidence", COLUMNS))
    return Weights(
        {row["feature"]: float(row["happened"]) for row in rows}, {row["feature"]: float(row["right"]) for row in rows}
    )


def weigh(features: Iterable[str], weights: dict[str, float]) -> float:
    """The probability that the features give, by logistic regression."""
    total = weights.get(BIAS, 0.0) + sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-total))


def list_evidence(site: Site, event: Event, view: View) -> frozenset[str]:
    """The features of an event at its site."""
    anchor = site.verb if site.verb is not None else site.trigger
    found = (
        *_of_trigger(site, anchor, event, view),
        *_of_parts(site, event, view),
        *_of_standing(site.trigger, anchor, event),
        *_of_governors(anchor),
        *_of_surroundings(site.trigger, event, view),
    )
    return frozenset(found)


def _word(token: Token) -> str:
    """The lemma of a word; all names are one."""
    return "NAME" if token.pos_ == "PROPN" else token.lemma_.lower().strip()


def _of_trigger(site: Site, anchor: Token, event: Event, view: View) -> Iterator[str]:
    trigger = site.trigger
    yield f"mode={event.event_type}/{event.event_mode}"
    yield f"rule={event.rule_id}"
    yield f"lemma={lemma_of(trigger, view.ontology)}"
    yield f"pos={trigger.pos_}"
    yield f"tag={trigger.tag_}"
    yield f"tag.type={trigger.tag_}:{event.event_type}"
    yield f"dep={trigger.dep_}"
    yield f"light={site.light_role}"
    for child in trigger.children:
        yield f"child={child.dep_}"
        if child.dep_ in NEAR:
            yield f"{child.dep_}={_word(child)}"
    for word, noun in syntax.prepositional(trigger):
        yield f"prep={word}"
        yield f"prep.noun={_word(noun)}"
    if site.verb is not None:
        yield f"carrier={_word(anchor)}"
        yield "passive" if syntax.is_passive(anchor) else "active"
        for item in syntax.logical_objects(anchor):
            yield f"object={_word(item)}"
            yield f"object.label={view.label(item)}"
        if not syntax.logical_subjects(anchor):
            yield "no.subject"


def _of_parts(site: Site, event: Event, view: View) -> Iterator[str]:
    by_role: dict[str, list[Argument]] = {}
    for argument in event.arguments:
        by_role.setdefault(argument.role, []).append(argument)
    for role in (*PARTIES, "location", "time", "instrument"):
        yield f"{role}.count={min(len(by_role.get(role, ())), 3)}"
    for role in (*PARTIES, "location"):
        for argument in by_role.get(role, ())[:2]:
            yield from _of_party(role, argument, site, view)


def _of_party(role: str, argument: Argument, site: Site, view: View) -> Iterator[str]:
    head = view.doc[argument.start : argument.end].root
    yield f"{role}={_kind(argument, view)}"
    if head.pos_ in {"NOUN", "PRON"}:
        yield f"{role}.lemma={lemma_of(head, view.ontology)}"
    if head.pos_ == "NOUN":
        yield f"{role}.det={_determiner(head)}{'.plural' if head.tag_ == 'NNS' else ''}"
    around = {token.i for token in (site.trigger, site.verb, site.noun) if token is not None}
    yield f"{role}.dep={'' if head.head.i in around else 'far:'}{head.dep_}"
    distance = head.i - site.trigger.i
    yield f"{role}.side={'left' if distance < 0 else 'right'}{min(abs(distance) // 4, 4)}"


def _kind(argument: Argument, view: View) -> str:
    """Whether a part is a name, a pronoun or a noun, and what it names."""
    head = view.doc[argument.start : argument.end].root
    if argument.mention is None:
        return f"pronoun:{head.lower_}" if head.pos_ == "PRON" else head.pos_.lower()
    label = view.mentions[argument.mention].label
    return "known.pronoun" if head.pos_ == "PRON" else f"known.noun:{label}" if head.pos_ == "NOUN" else label


def _determiner(noun: Token) -> str:
    word = next((child.lower_ for child in noun.children if child.dep_ in syntax.POSSESSIVES | {"det"}), "bare")
    return word if word in DETERMINERS else "other"


def _of_standing(trigger: Token, anchor: Token, event: Event) -> Iterator[str]:
    yield f"polarity={event.polarity}"
    yield f"modality={event.modality}"
    yield f"tense={event.tense}"
    yield f"standing={event.polarity}.{event.modality}.{event.tense}"
    yield f"tag.standing={trigger.tag_}.{event.modality}.{event.tense}"
    yield from _of_verb(anchor, "")


def _of_verb(verb: Token, place: str) -> Iterator[str]:
    for auxiliary in syntax.auxiliaries(verb):
        yield f"{place}aux={auxiliary.lower_}"
    for word in syntax.markers(verb):
        yield f"{place}marker={word}"


def _of_governors(anchor: Token) -> Iterator[str]:
    yield f"anchor={anchor.dep_}"
    above = list(stand.governors(anchor))
    yield f"depth={min(len(above), 5)}"
    if anchor.head.i == anchor.i:
        yield "root"
    else:
        yield f"head={_word(anchor.head)}"
        yield f"head.pos={anchor.dep_}:{anchor.head.pos_}"
    for step, (lower, upper) in enumerate(above[:GOVERNORS]):
        yield f"above{step}={lower.dep_}:{_word(upper)}"
        yield f"above={lower.dep_}:{_word(upper)}"
        yield from _of_verb(upper, "above.")


def _of_surroundings(trigger: Token, event: Event, view: View) -> Iterator[str]:
    yield "quoted" if event.quote is not None else "unquoted"
    if event.claimed_by is not None:
        yield "claimed"
    if event.quote is not None:
        yield f"quote={view.doc._.quotes[event.quote].quote_type}"
    for word in TELLING_WORDS & {token.lower_ for token in trigger.sent}:
        yield f"sentence.has={word}"
