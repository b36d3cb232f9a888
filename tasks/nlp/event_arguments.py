"""Who, to whom, where, when: the parts of an event, found around its trigger by the slots of its pattern."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.nlp import syntax
from tasks.nlp.event_patterns import Condition, Ontology, lemma_of
from tasks.nlp.figures import read_figure
from tasks.nlp.records import Argument, Mention, Quote

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ACTOR_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
PLACE_PREPOSITIONS = frozenset(
    {
        "in", "at", "near", "across", "outside", "inside", "around", "throughout", "along", "off", "within",
        "outside of", "north of", "south of", "east of", "west of", "close to", "from", "through", "between", "on",
    }
)  # fmt: skip
# In this order a recipient is looked for where the content of an agreement, demand or threat names it.
RECIPIENT_PREPOSITIONS = (
    "to",
    "with",
    "between",
    "against",
    "from",
    "for",
    "on",
    "toward",
    "towards",
    "over",
    "into",
    "of",
    "in",
)
# Whom these name is a party only where it is a country or people: "agreed to pull troops out of Mali".
LOOSE_PREPOSITIONS = frozenset({"in", "of", "over", "on"})
COUNTRY_LABELS = frozenset({"GPE", "NORP"})
LONGEST_CLIMB = 4
CREWED = frozenset({"warplane", "jet", "tank", "helicopter", "drone", "truck", "car", "van", "vehicle"})
TOOL_PREPOSITIONS = frozenset({"with", "by", "using", "by means of", "through"})
# What stands behind these happened apart: "after the riot in Lagos, the government vowed to act".
APART_PREPOSITIONS = frozenset(
    {"after", "before", "since", "following", "amid", "despite", "until", "over", "about", "because of", "like"}
)
# Nouns that a place's name before them makes a place: "Helmand province", not "U.S. troops".
PLACE_NOUNS = frozenset(
    {"province", "city", "town", "village", "district", "region", "area", "state", "county", "capital", "suburb",
     "neighborhood", "neighbourhood", "border", "coast", "airport", "prison", "island", "peninsula", "valley", "river",
     "lake", "desert", "territory", "port", "square", "street", "stadium", "hospital", "governorate", "enclave",
     "metropolis", "municipality", "strip", "side", "hotel", "market", "university", "school", "church", "mosque"}
)  # fmt: skip
THING_PREPOSITIONS = frozenset({"against", "of", "for", "into", "at", "over", "from"})
INNER_PREPOSITIONS = frozenset({*RECIPIENT_PREPOSITIONS, "by"}) - {"in", "into"}
OUTER_PREPOSITIONS = frozenset({"by", "against"})
PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "we", "us", "i", "me", "who", "whom"})
SPEAKING = frozenset({"i", "we", "me", "us"})
SAID_OF_SELF = frozenset({"it", "he", "she", "they"})
ASKING = frozenset({"ask", "request", "appeal", "seek", "plead", "call"})
# What a person leads, says or lays down, so that it stands for the person.
ARMS = frozenset(
    {"fighter", "force", "troop", "soldier", "army", "man", "government", "administration", "cabinet", "party", "team",
     "office", "campaign", "spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "militia", "side",
     "country", "claim", "request", "criticism", "accusation", "proposal", "demand", "offer", "call", "allegation",
     "statement", "remark", "comment", "decision", "plan", "resignation", "policy", "appeal", "threat", "bid",
     "role", "handling"}
)  # fmt: skip
AGENCIES = frozenset({"ap", "afp", "getty", "reuters", "epa", "shutterstock", "bloomberg"})
OPPOSING = ("anti", "pro-")
EMPTY_PRONOUNS = frozenset({"there", "that", "what", "which", "whom", "this", "these"})
DETERMINERS = frozenset({"compound", "amod", "nmod:desc", "nmod", "nn", "nmod:poss", "poss", "flat", "nmod:unmarked"})


class Site(NamedTuple):
    """Where an event stands: the verb that carries it, and the noun that names it or is the verb's object."""

    trigger: Token
    verb: Token | None
    noun: Token | None
    light_role: str | None = None


class View(NamedTuple):
    """A Doc with its mentions by token, the tokens of its time expressions, and the ontology it is read with."""

    doc: Doc
    mentions: list[Mention]
    mention_at: dict[int, int]
    timed: frozenset[int]
    ontology: Ontology

    def label(self, token: Token) -> str | None:
        """The label of the mention at the token, None where there is none."""
        index = self.mention_at.get(token.i)
        return None if index is None else self.mentions[index].label


def view_doc(doc: Doc, ontology: Ontology) -> View:
    """The doc with its mentions by token; where mentions nest, the shorter wins, names before other words for them."""
    mentions: list[Mention] = doc._.mentions
    order = sorted(
        range(len(mentions)),
        key=lambda i: (mentions[i].mention_type == "name", mentions[i].start - mentions[i].end),
    )
    at: dict[int, int] = {}
    for index in order:
        for position in range(mentions[index].start, mentions[index].end):
            at[position] = index
    timed = frozenset(position for time in doc._.times for position in range(time.start, time.end))
    return View(doc, mentions, at, timed, ontology)


def matches(token: Token, condition: Condition, view: View) -> bool:
    """Whether a noun meets a condition: by its lemma, its last words, its label, or what it is a number of."""
    if condition.is_any:
        return True
    lemma = lemma_of(token, view.ontology)
    if not condition.words.isdisjoint({lemma, token.lower_, token.lemma_.lower()}):
        return True
    if token.pos_ == "PROPN" and any(_is_kind(child, condition, view) for child in token.children):
        return True
    if condition.labels and (view.label(token) in condition.labels or _has_labelled_form(token, condition)):
        return True
    if any(f"{child.lower_} {lemma}" in condition.words for child in token.children if child.dep_ in DETERMINERS):
        return True
    if lemma in view.ontology.quantities or token.pos_ == "NUM":
        inner = [noun for word, noun in syntax.prepositional(token) if word == "of"]
        return any(matches(noun, condition, view) for noun in inner)
    return False


def _is_kind(child: Token, condition: Condition, view: View) -> bool:
    """Whether a noun before a name says what is named: "Typhoon Mina", "the striker Leo Duarte"."""
    is_noun = child.dep_ == "nmod:desc" or (child.dep_ in syntax.COMPOUNDS and child.pos_ == "NOUN")
    return is_noun and child.i < child.head.i and lemma_of(child, view.ontology) in condition.words


def _has_labelled_form(token: Token, condition: Condition) -> bool:
    """Whether a pronoun stands for a person, or a number for counted people."""
    if "PERSON" in condition.labels and token.lower_ in PERSONAL:
        return True
    return "NUMBER" in condition.labels and token.pos_ == "NUM" and not any(True for _ in syntax.prepositional(token))


def fill(slots: Iterable[str], site: Site, view: View) -> list[Token]:
    """The heads that the first slot with any gives; see docs/ontology.md for the slots."""
    for slot in slots:
        tokens = (_acting_antecedent(token, site, view) for token in _fill_slot(slot, site, view))
        found = [token for token in tokens if _can_fill(token, site) and token.i not in view.timed]
        if found:
            return found
    return []


def _acting_antecedent(token: Token, site: Site, view: View) -> Token:
    """The noun that a who-clause is about, where a parser hung it lower: "a student of nonviolence who was beaten"."""
    verb = site.verb
    is_hung = verb is not None and verb.head.i == token.i and verb.dep_ in syntax.RELATIVE_CLAUSES
    has_who = verb is not None and any(child.lower_ in {"who", "whom"} for child in verb.children)
    if not is_hung or not has_who:
        return token
    upper = token
    for _ in range(LONGEST_CLIMB):
        if is_acting(upper, view) and view.label(upper) not in PLACE_LABELS:
            return upper
        if upper.dep_ not in syntax.NOMINAL_MODIFIERS | syntax.OBLIQUES | syntax.OBJECTS | {"acl"}:
            break
        upper = upper.head
    return token


def _can_fill(token: Token, site: Site) -> bool:
    if _is_credit(token) or _is_tally(token):
        return False
    is_self = token.i == site.trigger.i or (
        site.noun is not None and site.verb is not site.trigger and token is site.noun
    )
    is_empty = token.lower_ in EMPTY_PRONOUNS or (token.pos_ == "PRON" and token.dep_ == "expl")
    return not is_self and not is_empty and token.pos_ in syntax.NOUNS | {"ADJ", "X", "SYM"}


def _is_credit(token: Token) -> bool:
    """Whether a name only credits a photograph: "J. Doe/AP Photo"."""
    start, end = token.left_edge.i, min(token.i + 3, len(token.doc))
    around = token.doc[max(start - 1, token.i - 3) : end]
    return token.pos_ == "PROPN" and any(
        item.text == "/" and item.i + 1 < len(token.doc) and _is_agency(token.doc, item.i) for item in around
    )


def _is_agency(doc: Doc, slash: int) -> bool:
    return not AGENCIES.isdisjoint(token.lower_ for token in doc[max(slash - 2, 0) : slash + 3])


def _is_tally(token: Token) -> bool:
    """Whether a number is one side of a count of votes or goals: "passed, 66-27, the bill"."""
    if token.pos_ != "NUM" or token.i + 2 >= len(token.doc):
        return False
    dash, other = token.doc[token.i + 1], token.doc[token.i + 2]
    return dash.text in syntax.HYPHENS and other.like_num


def _fill_slot(slot: str, site: Site, view: View) -> list[Token]:
    name, _, rest = slot.partition(":")
    if name == "subj":
        return syntax.logical_subjects(site.verb) if site.verb is not None else []
    if name == "obj":
        return syntax.logical_objects(site.verb) if site.verb is not None else []
    if name == "iobj":
        return syntax.indirect_objects(site.verb) if site.verb is not None else []
    if name == "poss":
        return syntax.possessors(site.noun) if site.noun is not None else []
    if name == "mod":
        return _modifiers(site.noun, view) if site.noun is not None else []
    if name == "pp":
        return _fill_preposition(rest.split("/"), site, view)
    if name == "inner":
        return list(_inner(site.noun, view))[:1] if site.noun is not None else []
    if name == "content":
        return content_subjects(site.verb) if site.verb is not None else []
    if name == "comp":
        return complement_recipients(site.verb, view) if site.verb is not None else []
    if name == "asker":
        return askers(site.verb) if site.verb is not None else []
    if name == "inviter":
        return syntax.clause_subjects(site.verb.head) if site.verb is not None and _is_invited(site.verb) else []
    if name == "place":
        return places(site, view, frozenset())
    return []


def _fill_preposition(words: list[str], site: Site, view: View) -> list[Token]:
    """The nouns of the phrases: those that can act, else a name inside them, else what may be a thing (against, of)."""
    everything = list(prepositional(site))
    things = [
        noun for word, noun in everything if not is_acting(noun, view) and word not in PLACE_PREPOSITIONS - {"on"}
    ]
    nested = [pair for noun in things for pair in syntax.prepositional(noun)]
    for pairs in (everything, nested):
        for wanted in words:
            acting = [noun for word, noun in pairs if word == wanted and _is_affected(noun, view)]
            if acting:
                return acting
    phrases = [(word, noun) for word, noun in everything if word in words]
    for _, noun in phrases:
        if next(_naming(noun, view), None) is not None:
            return [noun]
        inner = next(_inner(noun, view), None)
        if inner is not None:
            return [inner]
    return [noun for word, noun in phrases if word in THING_PREPOSITIONS]


def _is_affected(noun: Token, view: View) -> bool:
    return is_acting(noun, view) or lemma_of(noun, view.ontology) in view.ontology.targets


def is_acting(noun: Token, view: View) -> bool:
    """Whether a noun names or describes somebody who can act or be acted on: a name, "police", "two of them"."""
    if (
        view.label(noun) in ACTOR_LABELS
        or noun.lower_ in PERSONAL
        or lemma_of(noun, view.ontology) in view.ontology.acting
    ):
        return True
    return any(
        word == "of" and is_acting(inner, view) for word, inner in syntax.prepositional(noun) if noun.pos_ == "NUM"
    )


def content_subjects(verb: Token) -> list[Token]:
    """Who is to do what a verb is about: in "said that Qatar must mediate" and "demanded that he resign"."""
    return [head for clause in syntax.complement_clauses(verb) for head in clause_heads(clause)]


def clause_heads(clause: Token) -> list[Token]:
    """The subjects of a clause, active or passive."""
    return syntax.subjects(clause) or syntax.passive_subjects(clause)


def prepositional(site: Site) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of an event: those of its trigger first, then of its verb, noun or object.

    Who did it is the happening's own where a parser hangs it lower: "the release of the pilots by India".
    """
    seen: set[int] = set()
    for head in _heads(site):
        for word, noun in syntax.prepositional(head):
            if noun.i not in seen:
                seen.add(noun.i)
                yield word, noun
            if head.i == site.trigger.i and head.pos_ == "NOUN":
                for inner_word, inner in syntax.prepositional(noun):
                    if inner.i not in seen and inner_word in OUTER_PREPOSITIONS and noun.i < inner.i:
                        seen.add(inner.i)
                        yield inner_word, inner


def _heads(site: Site) -> list[Token]:
    heads = [site.trigger]
    if site.trigger.pos_ in {"NOUN", "PROPN"}:
        heads.extend(noun for word, noun in syntax.prepositional(site.trigger) if word == "of")
    heads.extend(token for token in (site.verb, site.noun) if token is not None and token.i != site.trigger.i)
    if site.verb is not None and site.verb.i == site.trigger.i:
        known = {token.i for token in heads}
        heads.extend(token for token in syntax.logical_objects(site.verb) if token.i not in known)
    return heads


def _modifiers(noun: Token, view: View) -> list[Token]:
    """Names before a noun: "Russian invasion", "Taliban attack", "U.S. military airstrike"."""
    before = [
        child
        for child in noun.children
        if child.i < noun.i
        and child.dep_ in DETERMINERS - syntax.POSSESSIVES
        and not _is_hyphenated(child)
        and not view.doc[child.left_edge.i].lower_.startswith(OPPOSING)
    ]
    named = [c for c in before if view.label(c) in ACTOR_LABELS]
    bodies = [
        c
        for c in before
        if c.dep_ in syntax.COMPOUNDS and lemma_of(c, view.ontology) in view.ontology.acting and c not in named
    ]
    return [*bodies, *named] if bodies and any(view.label(c) for b in bodies for c in b.children) else named


def _is_hyphenated(token: Token) -> bool:
    """Whether a word is part of a longer one: "post-Soviet", "Russia-led"."""
    around = (token.doc[i].text for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc))
    return any(text in syntax.HYPHENS for text in around)


def _inner(noun: Token, view: View) -> Iterator[Token]:
    """Named things inside a noun phrase, nearest first: possessor, modifier, then what follows with a preposition."""
    yield from (owner for owner in syntax.possessors(noun) if owner.pos_ != "PRON")
    yield from _modifiers(noun, view)
    phrases = list(syntax.prepositional(noun))
    phrases.extend(pair for verb in noun.children if verb.dep_ == "acl" for pair in syntax.prepositional(verb))
    for word, inner in phrases:
        if word in INNER_PREPOSITIONS:
            if is_acting(inner, view):
                yield inner
            else:
                yield from _inner(inner, view)


def askers(verb: Token) -> list[Token]:
    """Who had asked for what a verb gives: in "sent search teams after Turkey requested assistance" Turkey."""
    clauses = [c for c in verb.children if c.dep_ in syntax.ADVERBIAL_CLAUSES and c.lemma_ in ASKING]
    return [head for clause in clauses for head in clause_heads(clause)]


def _is_invited(verb: Token) -> bool:
    """Whether a verb says what somebody is invited to do: "invited the king to visit"."""
    return verb.dep_ in syntax.COMPLEMENT_CLAUSES | syntax.ADVERBIAL_CLAUSES and verb.head.lemma_ == "invite"


def complement_recipients(verb: Token, view: View, depth: int = 0) -> list[Token]:
    """Whom the content of a verb concerns: "agreed to send troops to Uganda" gives Uganda."""
    purposes = (c for c in verb.children if c.dep_ in syntax.ADVERBIAL_CLAUSES and "to" in syntax.markers(c))
    clauses = [*syntax.complement_clauses(verb), *purposes]
    clauses.extend(c for item in syntax.objects(verb) for c in item.children if c.dep_ == "acl")
    for clause in clauses:
        found = clause_recipients(clause, view)
        if found:
            return found
        deeper = complement_recipients(clause, view, depth + 1) if depth < 2 else []
        if deeper:
            return deeper
    return []


def clause_recipients(verb: Token, view: View) -> list[Token]:
    """Named recipients of a verb of any kind: indirect object, object, phrases, a country inside one of them."""
    phrases = list(syntax.prepositional(verb))
    objects = syntax.logical_objects(verb)
    named = [token for token in (*syntax.indirect_objects(verb), *objects) if view.label(token) in ACTOR_LABELS]
    if named:
        return named
    for head in objects:
        phrases.extend(syntax.prepositional(head))
    for wanted in RECIPIENT_PREPOSITIONS:
        labels = COUNTRY_LABELS if wanted in LOOSE_PREPOSITIONS else ACTOR_LABELS
        found = [noun for word, noun in phrases if word == wanted and view.label(noun) in labels]
        if found:
            return found
    inner = (token for head in (*objects, *(noun for _, noun in phrases)) for token in _inner(head, view))
    return [token for token in inner if _is_concerned(token, view)][:1]


def instruments(site: Site, view: View) -> list[Token]:
    """With what it was done: "shelled with artillery", "attacked them using a machete", "a bomb killed two"."""
    heads = [head for head in (site.trigger, site.verb) if head is not None]
    uses = [child for head in heads for child in head.children if child.lower_ == "using" and child.dep_ != "case"]
    phrases = (pair for head in heads for pair in syntax.prepositional(head))
    found = [noun for word, noun in phrases if word in TOOL_PREPOSITIONS]
    found.extend(noun for use in uses for noun in syntax.objects(use))
    if site.trigger.pos_ == "VERB" and not syntax.is_passive(site.trigger):
        found.extend(noun for noun in syntax.logical_subjects(site.trigger) if not is_wielded(noun, view))
    return list({noun.i: noun for noun in found if is_instrument(noun, view)}.values())


def is_instrument(noun: Token, view: View) -> bool:
    """Whether a noun is a weapon or tool and nobody's force: "a car bomb", but not "Israeli jets"."""
    known = view.ontology.instruments
    words = {lemma_of(noun, view.ontology), noun.lower_}
    words |= {f"{child.lower_} {lemma_of(noun, view.ontology)}" for child in noun.children if child.dep_ in DETERMINERS}
    return noun.pos_ == "NOUN" and not known.isdisjoint(words) and best_mention(noun, view) is None


def is_wielded(noun: Token, view: View) -> bool:
    """Whether a tool stands for whoever wields it: "warplanes struck the town", "missiles fired by Iran hit a ship"."""
    is_crewed = lemma_of(noun, view.ontology) in CREWED
    return is_crewed or any(token.i in view.mention_at for token in noun.subtree)


def _is_concerned(noun: Token, view: View) -> bool:
    """Whether a noun deep inside a clause is whom the clause concerns: a country, people, whoever it comes from."""
    label = view.label(noun)
    if label in COUNTRY_LABELS or syntax.preposition(noun) in {"from", "by", "to", "with", "against"}:
        return True
    return label is None and noun.dep_ not in syntax.POSSESSIVES and is_acting(noun, view)


def places(site: Site, view: View, extra: frozenset[str]) -> list[Token]:
    """The places of an event: named places in its prepositional phrases, and place names before its noun."""
    found = [
        noun
        for word, noun in prepositional(site)
        if (word in PLACE_PREPOSITIONS or word in extra) and _place_head(noun, view) is not None
    ]
    if site.trigger.pos_ == "NOUN" and found:
        found.extend(child for child in site.trigger.children if child.dep_ == "conj" and child.i > found[0].i)
    if "obj" in extra and site.verb is not None:
        found.extend(syntax.logical_objects(site.verb))
    heads = [head for noun in found if (head := _place_head(noun, view)) is not None]
    if not heads:
        heads = _nested_places(site, view)
    if not heads and site.noun is not None and site.noun.i == site.trigger.i:
        heads = [token for token in _modifiers(site.noun, view) if view.label(token) in PLACE_LABELS]
    return heads


def _nested_places(site: Site, view: View) -> list[Token]:
    """Places one phrase down: "clashed with soldiers in Mali", "the dam in Assam collapsed"."""
    subjects = syntax.clause_subjects(site.verb) if site.verb is not None else []
    phrases = (noun for word, noun in prepositional(site) if word not in APART_PREPOSITIONS)
    nouns = [*phrases, *(noun for noun in subjects if noun.pos_ == "NOUN")]
    inner = [pair for noun in nouns for pair in syntax.prepositional(noun)]
    return [noun for word, noun in inner if word in {"in", "near", "at"} and view.label(noun) in PLACE_LABELS]


def _place_head(noun: Token, view: View) -> Token | None:
    """The named place of a phrase: the noun itself, or the name in "the city of X", "X province"."""
    if view.label(noun) in PLACE_LABELS:
        return noun
    if noun.pos_ not in syntax.NOUNS:
        return None
    inner = [token for word, token in syntax.prepositional(noun) if word in {"of", "in", "near", "across"}]
    beside = [child for child in noun.children if child.dep_ in {"appos", "flat"}]
    if lemma_of(noun, view.ontology) in PLACE_NOUNS:
        beside.extend(child for child in noun.children if child.dep_ in DETERMINERS)
    return next((token for token in (*inner, *beside) if view.label(token) in PLACE_LABELS), None)


def argument(role: str, head: Token, view: View) -> Argument:
    """The argument around a head: its phrase, and the mention that best names it.

    An unresolved pronoun gives way to whom it must mean in its own sentence: "Russia said it would".
    """
    index = view.mention_at.get(head.i)
    if head.lower_ in SPEAKING:
        return Argument(role, *syntax.phrase_span(head), mention=_speaker(head, view))
    if index is None or view.mentions[index].cluster < 0:
        head = pronoun_source(head)
    start, end = syntax.phrase_span(head)
    return Argument(role, start, end, mention=best_mention(head, view))


def _speaker(pronoun: Token, view: View) -> int | None:
    """Who says "I" or "we": the speaker of the innermost quote around it."""
    quotes: list[Quote] = view.doc._.quotes
    around = [
        (sum(end - start for start, end in quote.parts), quote.speaker_mention)
        for quote in quotes
        if quote.is_said
        and quote.speaker_mention is not None
        and any(start <= pronoun.i < end for start, end in quote.parts)
    ]
    return min(around)[1] if around else view.mention_at.get(pronoun.i)


def best_mention(head: Token, view: View) -> int | None:
    """The mention at the head; else that of a possessor, a modifier or an of-phrase; else None."""
    own = view.mention_at.get(head.i)
    if own is not None and view.mentions[own].mention_type == "name":
        return own
    if own is None and _is_somebodys(head, view):
        return None
    inner = next((view.mention_at[t.i] for t in (*_naming(head, view), *_own_subject(head, view))), None)
    return own if inner is None or (own is not None and view.mentions[own].cluster >= 0) else inner


def _own_subject(head: Token, view: View) -> list[Token]:
    """Whom a possessive without antecedent means before an object: the subject in "Lee ordered his fighters to"."""
    owners = [owner for owner in syntax.possessors(head) if owner.pos_ == "PRON" and owner.i not in view.mention_at]
    if not owners or head.dep_ not in syntax.OBJECTS or lemma_of(head, view.ontology) not in ARMS:
        return []
    return [token for token in syntax.clause_subjects(head.head)[:1] if view.label(token) in ACTOR_LABELS]


def _is_somebodys(head: Token, view: View) -> bool:
    """Whether a noun belongs to a person and is not his arm or mouthpiece: "his guard", "her request", "their car"."""
    owners = syntax.possessors(head)
    is_arm = lemma_of(head, view.ontology) in ARMS
    return bool(owners) and not is_arm and all(o.pos_ == "PRON" or view.label(o) == "PERSON" for o in owners)


def pronoun_source(pronoun: Token) -> Token:
    """Whom a subject pronoun names right in its sentence: in "Russia said it would" the subject of said."""
    verb = pronoun.head
    if pronoun.dep_ not in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS or pronoun.lower_ not in SAID_OF_SELF:
        return pronoun
    above = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ in syntax.OBJECTS else verb.head
    if verb.dep_ not in {"ccomp", "acl"} or above.pos_ != "VERB":
        return pronoun
    speakers = syntax.clause_subjects(above)
    is_same = speakers and (speakers[0].pos_ != "PRON" or speakers[0].lower_ == pronoun.lower_)
    return speakers[0] if is_same else pronoun


def _naming(head: Token, view: View) -> Iterator[Token]:
    """Names that say who a noun is: itself, its apposition, a modifier, a possessor, "of" or "in" a place."""
    candidates = [head, *syntax.appositions(head), *_modifiers(head, view), *syntax.possessors(head)]
    words = {"of", "in", "from"} if lemma_of(head, view.ontology) in view.ontology.bodies else {"of", "by"}
    candidates.extend(noun for word, noun in syntax.prepositional(head) if word in words)
    return (token for token in candidates if view.label(token) in ACTOR_LABELS)


def counted_phrases(head: Token) -> list[Token]:
    """The head, and phrases with a number of their own that hang inside it: "dozens of protesters and 20 police"."""
    inner = [noun for word, noun in syntax.prepositional(head) if word == "of"]
    return [head, *(noun for noun in inner if noun.dep_ == "conj" and _has_number(noun))]


def _has_number(noun: Token) -> bool:
    return any(child.dep_ == "nummod" for child in noun.children)


def figure_argument(role: str, head: Token, view: View) -> Argument | None:
    """The figure that a phrase gives, or None where it counts nothing."""
    is_amount = head.pos_ == "NUM" or lemma_of(head, view.ontology) in view.ontology.quantities
    start, end = syntax.phrase_span(head, with_modifiers=is_amount)
    figure = read_figure([token.text for token in view.doc[start:end]])
    if figure is None or (figure.low == 1 and view.label(head) == "PERSON"):
        return None
    return Argument(role, start, end, best_mention(head, view), None, figure.value, figure.low, figure.high)
