"""The component dateline_events: reports of happenings, coded by the ontology and patterns of seeds/reference."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from tasks.nlp import event_arguments as parts
from tasks.nlp import extensions, syntax  # noqa: F401  (extensions registers doc._.events)
from tasks.nlp import standing as stand
from tasks.nlp.event_arguments import Site, View
from tasks.nlp.event_claims import find_claim
from tasks.nlp.event_evidence import Weights, list_evidence, load_weights, weigh
from tasks.nlp.event_patterns import (
    ECHO,
    NOTHING,
    Condition,
    EventType,
    Ontology,
    Pattern,
    lemma_of,
    load_ontology,
)
from tasks.nlp.event_times import attach_times
from tasks.nlp.number_values import ROUND
from tasks.nlp.records import Argument, Event
from tasks.nlp.standing import Cues, Nature, load_cues

HARMFUL = frozenset({"ASSAULT", "PROTEST", "DISASTER", "ACCIDENT", "CRIME", "HEALTH", "COERCE"})
# What is done by saying or showing it: who marches to protest, protests.
VOICED = frozenset({"PROTEST", "ACCUSE", "REQUEST"})
# A noun for one of these tells of what is over: "will discuss the death of a guard".
BRIEF = frozenset({"ASSAULT", "DEATH", "ACCIDENT", "DISASTER", "CRIME", "RESIGN"})
CAUSES = frozenset({"in", "during", "by", "from", "after", "of", "when"})
TOLLS = frozenset({"killed", "injured", "displaced", "missing", "hospitalised"})
RISING = frozenset(
    {"rise", "rose", "risen", "pass", "reach", "climb", "exceed", "stand", "hit", "top", "surpass", "jump", "grow"}
)  # fmt: skip
CONTENT_PREPOSITIONS = frozenset({"for", "to", "of", "on", "against", "into", "over", "about", "with", "from"})
# Types of deeds and harms that something is used for.
DONE_WITH = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "DEATH", "CRIME", "ACCIDENT"})
# What is less likely than this to be a happening and right is left out; more would cost true events of other news.
LEAST = 0.4
CALAMITIES = frozenset({"DISASTER", "ACCIDENT"})
OPENING_SENTENCES = 3
SCORE = re.compile(r"(?<![\d-])\d{1,3} ?[-–—] ?\d{1,3}(?![\d-])")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
ANYBODY = frozenset({"anyone", "anybody", "whoever", "everyone", "everybody"})
# Of these, somebody does it unless a relative clause says who: "someone who backed the plan".
SOMEBODY = ANYBODY | {"someone", "somebody"}
SOME_PEOPLE = frozenset({"those", "people", "person", "one", "ones", "man", "woman", "men", "women", "voters"})
REFLEXIVE = ("self", "selves")
USUAL = frozenset(
    {"usually", "typically", "normally", "generally", "often", "seldom", "rarely", "frequently", "routinely"}
)
PERIODS = frozenset({"day", "week", "month", "year", "hour", "minute", "night"})
PERFECT = frozenset({"was", "were", "has", "have", "had", "did", "will", "'ve", "’ve"})
# The role of a light verb whose happening does not take place: its subject would have been the actor.
UNDONE = "undone"
# What is said to somebody: a thing is no recipient of it.
ADDRESSED = frozenset({"REQUEST", "AGREE", "THREATEN", "CONSULT"})


class Draft(NamedTuple):
    """A trigger with its pattern, before its parts are found; `host` is the calamity that a bare toll joins."""

    site: Site
    pattern: Pattern
    coded_as: Pattern
    tolls: tuple[tuple[str, Token], ...] = ()
    host: int | None = None


class Coder:
    """Finds the events of a Doc; holds the ontology, patterns and cues."""

    def __init__(self, ontology: Ontology, cues: Cues, weights: Weights) -> None:
        self.ontology = ontology
        self.cues = cues
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        if not doc.has_annotation("DEP"):
            doc._.events = []
            return doc
        view = parts.view_doc(doc, self.ontology)
        doc._.events = weigh_events(*self.code(view), view, self.weights)
        doc.spans["events"] = [Span(doc, event.start, event.end, label=event.event_type) for event in doc._.events]
        return doc

    def code(self, view: View) -> tuple[list[Event], dict[int, Site]]:
        """The events in text order before any is weighed, and where each stands, by its first token."""
        drafts = adopt_causes(find_drafts(view.doc, view, self.ontology))
        events = [event for draft in drafts if (event := self._code(draft, view)) is not None]
        events.sort(key=lambda event: event.start)
        sites = {draft.site.trigger.i: draft.site for draft in drafts}
        joined = {draft.site.trigger.i for draft in drafts if draft.host is not None}
        return attach_times(view.doc, events, sites, joined), sites

    def _code(self, draft: Draft, view: View) -> Event | None:
        arguments = find_arguments(draft, view, self.ontology)
        if is_generic(draft) or not is_borne_out(draft, arguments):
            return None
        if is_figurative(draft, arguments, view, self.ontology):
            return None
        arguments = without_things(draft, arguments, view)
        site, code = draft.site, draft.coded_as
        anchor = site.verb if site.verb is not None else site.trigger
        kind = self.ontology.types[code.event_type]
        standing = stand.find_standing(site.trigger, anchor, self.cues, nature_of(kind))
        mode = self._mode(draft, view)
        intensity = self.ontology.modes.get((kind.name, mode or ""))
        quote, claimed_by = find_claim(site.trigger, standing, view)
        start, end = trigger_span(site, draft.pattern)
        return Event(
            start=start,
            end=end,
            event_type=kind.name,
            event_mode=mode,
            contexts=self._contexts(code, site, arguments, view),
            cameo_code=kind.cameo_code,
            goldstein=kind.goldstein if intensity is None or intensity.goldstein is None else intensity.goldstein,
            quad_class=kind.quad_class,
            polarity=standing.polarity,
            modality=standing.modality,
            tense=standing.tense,
            quote=quote,
            claimed_by=claimed_by,
            rule_id=draft.pattern.rule_id,
            arguments=tuple(arguments),
        )

    def _mode(self, draft: Draft, view: View) -> str | None:
        """The pattern's mode; for a demand, refusal or threat that of what is demanded, refused or threatened."""
        code = draft.coded_as
        if code.event_mode != ECHO:
            return code.event_mode
        content = content_pattern(draft.site, view, self.ontology)
        if content is None:
            return None
        mode_of = self.ontology.modes
        own = mode_of.get((content.event_type, content.event_mode or "")) or mode_of.get((content.event_type, ""))
        if own is None:
            return None
        return own.threat if code.event_type == "THREATEN" else own.echo

    def _contexts(self, code: Pattern, site: Site, arguments: list[Argument], view: View) -> tuple[str, ...]:
        found = list(code.contexts)
        spans = [(a.start, a.end) for a in arguments] + [(site.trigger.i, site.trigger.i + 1)]
        if site.verb is not None:
            spans.extend(syntax.phrase_span(item) for item in syntax.logical_objects(site.verb))
        for start, end in spans:
            for token in view.doc[start:end]:
                found.extend(self.ontology.contexts.get(token.lemma_.lower(), ()))
        return tuple(dict.fromkeys(found))


def nature_of(kind: EventType) -> Nature:
    """What a type of event brings to the standing of its reports."""
    is_hostile = (kind.quad_class or "").endswith("conflict") or kind.name in HARMFUL
    return Nature(is_hostile=is_hostile, is_voiced=kind.name in VOICED, is_brief=kind.name in BRIEF)


def find_drafts(doc: Doc, view: View, ontology: Ontology) -> list[Draft]:
    """The triggers of the doc, verbs and nouns, each happening once."""
    verbs: dict[int, Draft] = {}
    consumed: set[int] = set()
    candidates: list[Token] = []
    for token in doc:
        if is_verbal(token):
            draft = verb_draft(token, view, ontology)
            if draft is not None:
                verbs[token.i] = draft
                nouns_in = list(_consumed(draft, view, ontology))
                if nouns_in and is_borne_out(draft, find_arguments(draft, view, ontology)):
                    consumed.update(nouns_in)
        elif noun_rows(token, ontology):
            candidates.append(token)
    nouns = {
        token.i: draft
        for token in candidates
        if token.i not in consumed and (draft := noun_draft(token, view, ontology)) is not None
    }
    return [draft for draft in merge_tolls(verbs, nouns, view) if not _is_repeated(draft, verbs)]


def _is_repeated(draft: Draft, verbs: dict[int, Draft]) -> bool:
    """Whether a purpose only words its main verb again: "marched to protest the bill", "met to discuss the war"."""
    verb = draft.site.trigger
    host = verbs.get(verb.head.i)
    is_purpose = verb.dep_ in syntax.ADVERBIAL_CLAUSES and "to" in syntax.markers(verb)
    return is_purpose and host is not None and host.coded_as.event_type == draft.coded_as.event_type


def look_up(token: Token, index: dict[str, list[Pattern]], forms: dict[str, str]) -> list[Pattern] | None:
    """The patterns of a word by its lemma, its form, or the lemma whose regular form it is."""
    return index.get(forms.get(token.lower_, "")) or index.get(token.lemma_.lower()) or index.get(token.lower_)


def verb_draft(verb: Token, view: View, ontology: Ontology) -> Draft | None:
    """The draft of a verb whose surroundings meet a pattern, the most specific first."""
    rows = verb_rows(verb, ontology)
    if not rows or is_in_phrase(verb, view):
        return None
    for row in rows:
        if find_unmet(verb, row, view, ontology) is None:
            if row.event_type == NOTHING:
                return None
            objects = syntax.logical_objects(verb)
            return Draft(Site(verb, verb, objects[0] if objects else None), row, row)
    return None


def is_verbal(token: Token) -> bool:
    """Whether a word can be the verb or adjective of a pattern."""
    return token.pos_ in syntax.VERBAL or token.tag_ in {"VBG", "VBN", "VBD"} or token.pos_ == "ADJ"


def verb_rows(verb: Token, ontology: Ontology) -> list[Pattern]:
    """The patterns of a verb or adjective, the most specific first."""
    index = ontology.adjectives if verb.pos_ == "ADJ" and verb.tag_ != "VBN" else ontology.verbs
    return look_up(verb, index, ontology.forms) or []


def noun_rows(noun: Token, ontology: Ontology) -> list[Pattern]:
    """The patterns of a noun, the most specific first."""
    return (look_up(noun, ontology.nouns, ontology.forms) or []) if noun.pos_ in syntax.NOMINAL else []


def is_in_phrase(verb: Token, view: View) -> bool:
    """Whether a verb only modifies a noun, or is part of a name or a hyphenated word."""
    is_modifier = verb.dep_ in syntax.MODIFYING | syntax.AUXILIARIES and not syntax.is_hung_on_object(verb)
    return is_modifier or _is_inside_name(verb, view) or _is_compounded(verb)


def _is_compounded(verb: Token) -> bool:
    """Whether a hyphen ties the word to the one before: "stiff-armed"."""
    return verb.i > 0 and verb.doc[verb.i - 1].text in syntax.HYPHENS and not verb.doc[verb.i - 1].whitespace_


def _is_inside_name(token: Token, view: View) -> bool:
    index = view.mention_at.get(token.i)
    if index is None:
        return False
    mention = view.mentions[index]
    return mention.mention_type == "name" and mention.label != "EVENT" and token.pos_ in {"PROPN", "NOUN"}


def find_unmet(verb: Token, row: Pattern, view: View, ontology: Ontology) -> str | None:
    """The column of the first condition of a verb's pattern that its surroundings do not meet, None where all are."""
    if row.companion is not None and not _has_particle(verb, row.companion):
        return "lemma"
    if row.subject is not None and not _fits_subject(verb, row.subject, view):
        return "subject"
    if row.object is not None and not _fits(syntax.logical_objects(verb), row.object, view):
        return "object"
    if row.prepositions and not _fits_preposition(verb, row, view, ontology):
        return "preposition"
    return None if _fits_requirements(verb, row, view, ontology) else "requires"


def _has_particle(verb: Token, particle: str) -> bool:
    following = verb.doc[verb.i + 1 : verb.i + 2]
    return any(word.lower_ == particle and word.pos_ in {"ADP", "ADV", "PART", "ADJ"} for word in following) or any(
        child.lower_ == particle and child.dep_ in syntax.PARTICLES | {"advmod", "xcomp"} for child in verb.children
    )


def _fits_subject(verb: Token, condition: Condition, view: View) -> bool:
    return _fits([parts.pronoun_source(token) for token in syntax.logical_subjects(verb)], condition, view)


def _fits(tokens: list[Token], condition: Condition, view: View) -> bool:
    if condition.is_absent:
        return not tokens
    return any(parts.matches(token, condition, view) for token in tokens)


def _fits_preposition(verb: Token, row: Pattern, view: View, ontology: Ontology) -> bool:
    site = Site(verb, verb, None)
    phrases = list(parts.prepositional(site))
    return any(
        word == wanted and (condition is None or parts.matches(noun, condition, view))
        for wanted, condition in row.prepositions
        for word, noun in phrases
        if noun.i not in view.timed
    )


def _fits_requirements(verb: Token, row: Pattern, view: View, ontology: Ontology) -> bool:
    needs = row.requires
    if "to" in needs and not any("to" in syntax.markers(c) for c in _contents(verb)):
        return False
    if "clause" in needs and not _contents(verb):
        return False
    clauses = syntax.complement_clauses(verb)
    if "must" in needs and not any(_is_obliged(clause, view) for clause in clauses):
        return False
    if "subjunctive" in needs and not any(_is_subjunctive(clause) for clause in clauses):
        return False
    if "clauseless" in needs and clauses:
        return False
    if "plain" in needs and (clauses or len(syntax.objects(verb)) > 1):
        return False
    if "passive" in needs and not syntax.is_passive(verb):
        return False
    if "active" in needs and syntax.is_passive(verb):
        return False
    if "ballot" in needs and not _is_about_votes(verb, ontology):
        return False
    if "score" in needs and SCORE.search(verb.doc[verb.i : verb.right_edge.i + 1].text) is None:
        return False
    if needs & {"cooperation", "conflict", "coded"}:
        content = content_pattern(Site(verb, verb, None), view, ontology)
        if content is None or ("conflict" in needs and any(map(syntax.is_negated, _contents(verb)))):
            return False
        quad = ontology.types[content.event_type].quad_class or ""
        return "coded" in needs or any(quad.endswith(need) for need in needs)
    return True


def _is_about_votes(verb: Token, ontology: Ontology) -> bool:
    """Whether the sentence speaks of elections or parties, so that "beat" is no sport."""
    return any(token.lower_ in ontology.ballot or lemma_of(token, ontology) in ontology.ballot for token in verb.sent)


def _is_obliged(clause: Token, view: View) -> bool:
    """Whether a clause says what somebody named or described must, should or needs to do."""
    if not any(item.pos_ != "PRON" and parts.is_acting(item, view) for item in parts.clause_heads(clause)):
        return False
    if any(item.lower_ in {"must", "should", "ought"} for item in syntax.auxiliaries(clause)):
        return True
    needs = clause.lemma_ in {"need", "have"} and clause.tag_ in {"VBZ", "VBP"}
    return needs and any(child.dep_ == "xcomp" for child in clause.children)


def _is_subjunctive(clause: Token) -> bool:
    """Whether a clause has a bare verb: in "demanded that he resign"."""
    return clause.tag_ == "VB" and not syntax.auxiliaries(clause) and bool(syntax.subjects(clause))


def _contents(verb: Token) -> list[Token]:
    purposes = (c for c in verb.children if c.dep_ in syntax.ADVERBIAL_CLAUSES and "to" in syntax.markers(c))
    return [*syntax.complement_clauses(verb), *purposes]


def content_pattern(site: Site, view: View, ontology: Ontology) -> Pattern | None:
    """The pattern of what a demand, promise, refusal or threat is about: its clause, object or prepositional phrase."""
    if site.verb is None:
        return None
    for clause in _contents(site.verb):
        draft = verb_draft(clause, view, ontology)
        if draft is not None:
            return draft.coded_as
    phrases = (noun for word, noun in syntax.prepositional(site.verb) if word in CONTENT_PREPOSITIONS)
    nouns = [*syntax.logical_objects(site.verb), *phrases]
    for noun in nouns:
        rows = look_up(noun, ontology.nouns, ontology.forms) or []
        if any(row.event_type != NOTHING for row in rows):
            return next(row for row in rows if row.event_type != NOTHING)
    return None


def _consumed(draft: Draft, view: View, ontology: Ontology) -> Iterator[int]:
    """The nouns that a verb's pattern names as its object or in its prepositional phrase.

    What is called off is left, and what says itself who did it: they are happenings of their own.
    """
    row, verb = draft.pattern, draft.site.trigger
    if row.object is not None and row.object.words and _light_role(verb, "", ontology) != UNDONE:
        yield from (item.i for item in syntax.logical_objects(verb) if not _has_doer(item, view))
    for wanted, condition in row.prepositions:
        if condition is not None and condition.words:
            for word, noun in parts.prepositional(draft.site):
                if word == wanted and parts.matches(noun, condition, view) and not _has_doer(noun, view):
                    yield noun.i


def _has_doer(noun: Token, view: View) -> bool:
    """Whether a by-phrase says who did what a noun names: "the release of the pilots by India"."""
    phrases = parts.prepositional(Site(noun, None, noun))
    return noun.pos_ == "NOUN" and any(word == "by" and parts.is_acting(item, view) for word, item in phrases)


def noun_draft(noun: Token, view: View, ontology: Ontology) -> Draft | None:
    """The draft of a noun that names a happening, with the verb that carries it, if one does."""
    if is_before_noun(noun, view):
        return None
    site = noun_site(noun, ontology)
    for row in noun_rows(noun, ontology):
        if find_unmet_noun(site, row, view, ontology) is not None:
            continue
        if row.event_type == NOTHING:
            return None
        total = risen_to(noun) if "counted" in row.requires else None
        tolls = ((row.figure or "", total),) if total is not None else ()
        return Draft(site._replace(verb=noun.head) if tolls else site, row, row, tolls)
    return None


def is_before_noun(noun: Token, view: View) -> bool:
    """Whether a noun only modifies another or is part of a name."""
    return noun.dep_ in syntax.MODIFYING or _is_inside_name(noun, view)


def noun_site(noun: Token, ontology: Ontology) -> Site:
    """A noun with the verb that carries it, if one does."""
    verb, role = find_carrier(noun, ontology)
    return Site(noun, verb, noun, role)


def find_unmet_noun(site: Site, row: Pattern, view: View, ontology: Ontology) -> str | None:
    """The column of the first condition of a noun's pattern that its surroundings do not meet, None where all are."""
    noun, verb, role = site.trigger, site.verb, site.light_role
    if row.companion is not None and not any(child.lower_ == row.companion for child in noun.children):
        return "lemma"
    is_carried = role is not None or "carried" not in row.requires
    is_light = role in {"actor", "recipient", UNDONE} or "light" not in row.requires
    if not is_carried or not is_light or ("counted" in row.requires and risen_to(noun) is None):
        return "requires"
    if row.subject is not None and not (verb is not None and _fits_subject(verb, row.subject, view)):
        return "subject"
    is_fit = not row.prepositions or _fits_noun_preposition(site, row, view, ontology)
    return None if is_fit else "preposition"


def risen_to(noun: Token) -> Token | None:
    """The number that a count reaches: "the death toll passed 5,000", "the number of people killed rose to 40"."""
    verb = noun.head
    if noun.dep_ not in syntax.SUBJECTS or verb.lemma_.lower() not in RISING:
        return None
    phrases = [item for word, item in syntax.prepositional(verb) if word in {"to", "at", "above", "past"}]
    return next((item for item in (*syntax.objects(verb), *phrases) if item.pos_ == "NUM" or _is_counted(item)), None)


def _fits_noun_preposition(site: Site, row: Pattern, view: View, ontology: Ontology) -> bool:
    return any(
        word == wanted and (condition is None or parts.matches(item, condition, view))
        for wanted, condition in row.prepositions
        for word, item in parts.prepositional(site)
    )


def find_carrier(noun: Token, ontology: Ontology) -> tuple[Token | None, str | None]:
    """The light verb of a noun ("launch an attack") or the verb of its occurring ("protests erupted"), and its role."""
    for verb, preposition in _carriers(noun):
        role = _light_role(verb, preposition, ontology)
        if role is not None:
            return verb, role
    return None, None


def _light_role(verb: Token, preposition: str, ontology: Ontology) -> str | None:
    lemma, particle = lemma_of(verb, ontology), syntax.particle(verb)
    whole = None if particle is None else ontology.light_verbs.get((f"{lemma} {particle}", preposition))
    return whole or ontology.light_verbs.get((lemma, preposition))


def _carriers(noun: Token) -> Iterator[tuple[Token, str]]:
    head = noun.head
    if noun.dep_ == "conj":
        yield from _carriers(head)
    elif noun.dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS:
        yield head, ""
    elif noun.dep_ in syntax.SUBJECTS:
        yield head, "subject"
    elif noun.dep_ in syntax.OBLIQUES:
        yield head, syntax.preposition(noun) or ""
    for child in noun.children:
        if child.dep_ in syntax.NOUN_CLAUSES and any(item.i == noun.i for item in syntax.logical_objects(child)):
            yield child, ""
        elif child.dep_ == "acl" and any(item.i == noun.i for item in syntax.clause_subjects(child)):
            yield child, "subject"


def merge_tolls(verbs: dict[int, Draft], nouns: dict[int, Draft], view: View) -> list[Draft]:
    """The drafts with each death toll joined to the happening that caused it, so that one happening is one event."""
    drafts = {**verbs, **nouns}
    for position in sorted(verbs):
        draft = drafts.get(position)
        if draft is None or draft.pattern.figure not in TOLLS:
            continue
        host = _toll_host(draft, drafts)
        if host is not None:
            merged = drafts[host]
            drafts[host] = merged._replace(tolls=(*merged.tolls, *draft.tolls, *_tolls(draft, view)))
            del drafts[position]
            continue
        cause = _cause(draft, drafts, view)
        if cause is not None:
            drafts[position] = draft._replace(
                coded_as=cause.coded_as, site=draft.site._replace(noun=cause.site.trigger)
            )
            drafts.pop(cause.site.trigger.i, None)
    return [drafts[position] for position in sorted(drafts)]


def adopt_causes(drafts: list[Draft]) -> list[Draft]:
    """The drafts, each toll without cause given to the disaster or accident that the article opens with."""
    hosts = [draft for draft in drafts if draft.coded_as.event_type in CALAMITIES and _is_opening(draft.site.trigger)]
    if not hosts:
        return drafts
    host = hosts[0]
    return [
        draft._replace(coded_as=host.coded_as, host=host.site.trigger.i) if _is_bare_toll(draft, host) else draft
        for draft in drafts
    ]


def _is_opening(token: Token) -> bool:
    """Whether a token stands in one of the first three sentences."""
    return sum(sent.start <= token.i for sent in token.doc.sents) <= OPENING_SENTENCES


def _is_bare_toll(draft: Draft, host: Draft) -> bool:
    """Whether a verb only counts the dead, after the host, in no clause about other dead: "912 people were killed"."""
    verb = draft.site.trigger
    is_toll = draft.coded_as is draft.pattern and draft.pattern.event_type == "DEATH" and draft.pattern.figure in TOLLS
    if not is_toll or verb.i < host.site.trigger.i or syntax.agents(verb):
        return False
    if draft.tolls or _total(verb) is not None:
        return True
    counted = [item for item in syntax.logical_objects(verb) or syntax.logical_subjects(verb) if _is_counted(item)]
    chain = [verb, *(upper for _, upper in stand.governors(verb))]
    is_aside = any(token.dep_ in syntax.NOUN_CLAUSES | syntax.ADVERBIAL_CLAUSES for token in chain)
    dated = any(YEAR.fullmatch(token.text) for token in verb.sent)
    return bool(counted) and not is_aside and not dated


def _is_counted(noun: Token) -> bool:
    return noun.pos_ == "NUM" or any(child.dep_ == "nummod" for child in noun.children)


def _tolls(draft: Draft, view: View) -> list[tuple[str, Token]]:
    figure = draft.pattern.figure
    if figure is None:
        return []
    verb = draft.site.trigger
    numbers = [child for child in verb.children if child.pos_ == "NUM"]
    if numbers:
        return [(figure, number) for number in numbers]
    shares_subject = verb.dep_ == "conj" and syntax.is_passive(verb.head) and not syntax.passive_subjects(verb)
    if shares_subject and not syntax.objects(verb):
        return []
    return [(figure, item) for item in parts.fill(draft.pattern.recipient, draft.site, view)]


def _toll_host(draft: Draft, drafts: dict[int, Draft]) -> int | None:
    """The verb that a toll hangs on: "bombed the town, killing 20", "killed dozens and injured thousands"."""
    verb = draft.site.trigger
    if verb.dep_ not in {"conj", "advcl", "xcomp", "acl"}:
        return None
    if any(subject.i == verb.head.i for subject in syntax.logical_subjects(verb)):
        return None
    host = drafts.get(verb.head.i)
    if host is None or host.coded_as.event_type not in HARMFUL | {"DEATH"}:
        return None
    has_own = bool(syntax.subjects(verb) or syntax.passive_subjects(verb))
    is_other = has_own and verb.dep_ != "conj"
    return None if is_other or (has_own and host.pattern.figure is None) else verb.head.i


def _cause(draft: Draft, drafts: dict[int, Draft], view: View) -> Draft | None:
    """The noun that did it ("rioting killed dozens") or in which it happened ("killed in a crash")."""
    verb = draft.site.trigger
    candidates = [*syntax.logical_subjects(verb)]
    candidates.extend(noun for word, noun in syntax.prepositional(verb) if word in CAUSES)
    for noun in candidates:
        cause = drafts.get(noun.i) or _bare_draft(noun, view)
        if cause is not None and noun.i != verb.i and cause.coded_as.event_type in HARMFUL:
            return cause
    return None


def _bare_draft(noun: Token, view: View) -> Draft | None:
    """The draft of a noun that is no event by itself but says how somebody came to harm: "killed in an attack"."""
    rows = look_up(noun, view.ontology.nouns, view.ontology.forms) if noun.pos_ in syntax.NOMINAL else None
    for row in rows or ():
        is_whole = row.companion is None or any(child.lower_ == row.companion for child in noun.children)
        if is_whole and row.event_type != NOTHING:
            return Draft(Site(noun, None, noun), row, row)
    return None


def find_arguments(draft: Draft, view: View, ontology: Ontology) -> list[Argument]:
    """The actor, recipient, places and figures of a draft."""
    site, code = draft.site, draft.coded_as
    doers = _actors(draft, view)
    is_deed = code.event_type in DONE_WITH and draft.pattern.figure != "arrested"
    is_active = not syntax.is_passive(site.trigger)
    tools = [
        token
        for token in doers
        if is_deed and parts.is_instrument(token, view) and not (is_active and parts.is_wielded(token, view))
    ]
    actors = [token for token in doers if token not in tools]
    taken = {token.i for token in actors}
    acting = {view.mention_at[token.i] for token in actors if token.i in view.mention_at}
    recipients = [
        token
        for token in _recipients(draft, view)
        if token.i not in taken and view.mention_at.get(token.i) not in acting
    ]
    if draft.coded_as.event_type == "AGREE" and not recipients and _are_parties(actors, view):
        actors, recipients = actors[:1], actors[1:]
    found = _once([parts.argument("actor", token, view) for token in actors])
    found.extend(_once([parts.argument("recipient", token, view) for token in recipients]))
    extra = frozenset(word for slot in (*code.location, *draft.pattern.location) for word in slot.split("/"))
    found = [item for item in found if not _is_unresolved(item, view)]
    if is_deed:
        tools.extend(token for token in parts.instruments(site, view) if token.i not in taken)
        found.extend(_once([parts.argument("instrument", token, view) for token in tools]))
    used = taken | {token.i for token in recipients if not extra}
    found.extend(parts.argument("location", t, view) for t in parts.places(site, view, extra) if t.i not in used)
    found.extend(_figures(draft, view, parts.fill(draft.pattern.recipient, site, view)))
    return found


def _are_parties(actors: list[Token], view: View) -> bool:
    """Whether two or more named actors agree with each other: those after the first are the recipients."""
    return len(actors) > 1 and all(parts.best_mention(token, view) is not None for token in actors)


def _is_unresolved(argument: Argument, view: View) -> bool:
    """Whether the argument is a bare "it" that nothing resolves."""
    return argument.mention is None and view.doc[argument.start : argument.end].text.lower() in {"it", "itself"}


def _once(arguments: list[Argument]) -> list[Argument]:
    """The arguments without those that name the same thing again: "the journalist, Ann Lee" is one."""
    kept: list[Argument] = []
    for argument in arguments:
        is_known = any(argument.mention is not None and argument.mention == other.mention for other in kept)
        if not is_known and not any(argument.start < other.end and other.start < argument.end for other in kept):
            kept.append(argument)
    return kept


def _actors(draft: Draft, view: View) -> list[Token]:
    site, pattern = draft.site, draft.pattern
    if draft.coded_as is not pattern:
        cause = Site(site.noun or site.trigger, None, site.noun)
        own = [t for t in parts.fill(pattern.actor, site, view) if site.noun is None or t.i != site.noun.i]
        given = own or parts.fill(draft.coded_as.actor, cause, view)
        is_named = site.noun is not None and parts.best_mention(site.noun, view) is not None
        return [site.noun] if not own and given and is_named and site.noun is not None else given
    if site.light_role == "recipient":
        return parts.fill([*(slot for slot in pattern.actor if slot != "subj"), "pp:by/from"], site, view)
    if site.light_role in {None, "none"} and site.verb is not site.trigger:
        return parts.fill([slot for slot in pattern.actor if slot != "subj"], site, view)
    found = parts.fill(pattern.actor, site, view)
    found = [token for token in found if not (site.verb is not None and _is_beside(token, site.verb, view))]
    return _agents(found, view) or found


def _agents(tokens: list[Token], view: View) -> list[Token]:
    """Those of several that can act: Oman in "Omani gains and Oman" that a parser strung together."""
    return [t for t in tokens if parts.best_mention(t, view) is not None or _is_party(view.doc[t.i : t.i + 1], view)]


def _is_beside(noun: Token, verb: Token, view: View) -> bool:
    """Whether a by-phrase of a passive says where: "beaten by the river"."""
    is_agent = syntax.is_passive(verb) and syntax.preposition(noun) == "by"
    return is_agent and lemma_of(noun, view.ontology) in view.ontology.landmarks


def _recipients(draft: Draft, view: View) -> list[Token]:
    site, pattern = draft.site, draft.pattern
    if site.light_role == "recipient":
        return parts.fill(("subj", *pattern.recipient), site, view)
    struck, hurt = _struck(draft, view), parts.fill(pattern.recipient, site, view)
    return [*struck, *(token for token in hurt if not struck or view.label(token) in parts.ACTOR_LABELS)]


def _struck(draft: Draft, view: View) -> list[Token]:
    """What the happening behind a toll was aimed at: Adwa in "the attack on Adwa killed a guard"."""
    noun = draft.site.noun
    if draft.coded_as is draft.pattern or noun is None:
        return []
    found = parts.fill(draft.coded_as.recipient, Site(noun, None, noun), view)
    return [token for token in found if token.i > noun.i]


def _figures(draft: Draft, view: View, recipients: list[Token]) -> list[Argument]:
    role_name = draft.pattern.figure or ""
    total = _total(draft.site.trigger)
    own = [(role_name, token) for token in ([total] if total is not None else recipients)] if role_name else []
    counted = [(role, phrase) for role, token in (*own, *draft.tolls) for phrase in parts.counted_phrases(token)]
    found = [parts.figure_argument(_counted_as(token, role or "", view), token, view) for role, token in counted]
    return [figure for figure in found if figure is not None]


def _total(verb: Token) -> Token | None:
    """What "the number of people killed had risen to" gives for the participle."""
    people = verb.head
    return risen_to(people.head) if verb.dep_ == "acl" and people.head.lemma_ in {"number", "toll"} else None


def _counted_as(token: Token, role: str, view: View) -> str:
    """The role of a figure, or that of a participle before it: "dozens and injured thousands"."""
    for child in token.children:
        if child.dep_ == "amod" and child.tag_ in {"VBN", "VBD"}:
            rows = look_up(child, view.ontology.verbs, view.ontology.forms) or []
            return next((row.figure for row in rows if row.figure is not None), role)
    return role


def is_borne_out(draft: Draft, arguments: list[Argument]) -> bool:
    """Whether the sentence gives enough: a part named or counted, and what the pattern requires."""
    roles = {argument.role for argument in arguments}
    roles |= {"actor"} if "instrument" in roles else set()
    needs = draft.pattern.requires
    if ("recipient" in needs and "recipient" not in roles) or ("actor" in needs and "actor" not in roles):
        return False
    if "both" in needs and not {"actor", "recipient"} <= roles:
        return False
    if draft.site.verb is None:
        return any(a.mention is not None for a in arguments if a.role in {"actor", "recipient"})
    return bool(roles)


def is_generic(draft: Draft) -> bool:
    """Whether nobody in particular does it: "anyone who backs the plan", "those who attack us"."""
    verb = draft.site.trigger
    if verb.pos_ not in syntax.VERBAL:
        return False
    if is_habit(verb):
        return True
    doers = [token for token in syntax.logical_subjects(verb) if token.i != verb.i]
    if any(token.lower_ in ANYBODY for token in doers):
        return True
    while verb.dep_ == "conj" and verb.head.pos_ in syntax.VERBAL and not syntax.subjects(verb):
        verb = verb.head
    if verb.dep_ not in syntax.RELATIVE_CLAUSES:
        return False
    is_lasting = verb.tag_ in {"VBZ", "VBP"} or any(item.lower_ == "have" for item in syntax.auxiliaries(verb))
    return verb.head.lower_ in SOMEBODY or (verb.head.lower_ in SOME_PEOPLE and is_lasting)


def is_habit(verb: Token) -> bool:
    """Whether a clause says what is usual or how often it happens: "typically hold", "are murdered each year"."""
    auxiliaries = {item.lower_ for item in syntax.auxiliaries(verb)}
    if verb.tag_ in {"VBD", "VBG"} or auxiliaries & PERFECT:
        return False
    children = [child for child in verb.children if child.dep_ not in syntax.SUBJECTS | syntax.OBJECTS]
    is_usual = any(child.lower_ in USUAL and child.dep_ == "advmod" for child in children)
    return is_usual or any(
        child.lemma_ in PERIODS and any(item.lower_ in {"every", "each", "per"} for item in child.children)
        for child in children
    )


def is_figurative(draft: Draft, arguments: list[Argument], view: View, ontology: Ontology) -> bool:
    """Whether a deed between parties is said of things or of oneself: "the bill funds", "they censored themselves"."""
    if ontology.types[draft.coded_as.event_type].quad_class is None:
        return False
    texts = [(a.role, view.doc[a.start : a.end].text.lower()) for a in arguments]
    if any(text == "you" or (role == "recipient" and text.endswith(REFLEXIVE)) for role, text in texts):
        return True
    actors = [a for a in arguments if a.role == "actor"]
    if not actors or draft.pattern.figure is not None or draft.tolls or draft.coded_as is not draft.pattern:
        return False
    return not any(a.mention is not None or _is_party(view.doc[a.start : a.end], view) for a in actors)


def _is_party(span: Span, view: View) -> bool:
    quantities = view.ontology.quantities
    head = span.root
    if head.pos_ in {"NUM", "PRON"} or head.lower_ in ROUND or head.lower_ == "tens":
        return True
    is_named = any(parts.is_acting(token, view) for token in span if token.pos_ == "PROPN" or token.i == head.i)
    return is_named or lemma_of(head, view.ontology) in quantities | parts.ARMS


def without_things(draft: Draft, arguments: list[Argument], view: View) -> list[Argument]:
    """The arguments, without a recipient that no words can be addressed to: "called for an end", "promised support"."""
    if draft.coded_as.event_type not in ADDRESSED:
        return arguments
    return [
        a
        for a in arguments
        if a.role != "recipient" or a.mention is not None or _is_party(view.doc[a.start : a.end], view)
    ]


def trigger_span(site: Site, pattern: Pattern) -> tuple[int, int]:
    """The tokens of the trigger, with its particle where that follows."""
    position = site.trigger.i
    if pattern.companion is not None and position + 1 < len(site.trigger.doc):
        following = site.trigger.doc[position + 1]
        if following.lower_ == pattern.companion:
            return position, position + 2
    return position, position + 1


def weigh_events(events: list[Event], sites: dict[int, Site], view: View, weights: Weights) -> list[Event]:
    """The events that are likely to be happenings, each with the probability that all its parts are right."""
    kept = []
    for event in events:
        features = list_evidence(sites[event.start], event, view)
        happened, right = weigh(features, weights.happened), weigh(features, weights.right)
        if happened * math.sqrt(right) >= LEAST:
            kept.append(event._replace(score=round(right, 2)))
    return kept


@Language.factory(
    "dateline_events", default_config={"reference_dir": "seeds/reference"}, assigns=["doc._.events", "doc.spans"]
)
def create_events(nlp: Language, name: str, reference_dir: str) -> Coder:
    """The component, reading its patterns from the folder."""
    folder = Path(reference_dir)
    return Coder(load_ontology(folder), load_cues(folder), load_weights(folder))
