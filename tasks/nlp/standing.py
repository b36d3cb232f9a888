"""How an event stands in its sentence: affirmed or negated, asserted or planned or requested, past or future.

The words that decide (plan, urge, deny, allegedly, if) are rows of `seeds/reference/event_standing.csv`; here is only
how they are looked up: the word itself, its auxiliaries, and every verb or noun that governs it, nearest first.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Token

from tasks.nlp import syntax
from tasks.reference import read_reference

COLUMNS = ("lemma", "pos", "relation", "effect")
RANKS = {"asserted": 0, "planned": 1, "requested": 2, "alleged": 3, "hypothetical": 4}
CLAUSE_LINKS = (
    syntax.COMPLEMENT_CLAUSES
    | syntax.ADVERBIAL_CLAUSES
    | syntax.NOUN_CLAUSES
    | {"csubj", "csubj:pass", "conj", "pcomp", "parataxis"}
)
NOUN_LINKS = syntax.OBJECTS | syntax.PASSIVE_SUBJECTS | syntax.SUBJECTS | syntax.OBLIQUES | syntax.NOMINAL_MODIFIERS
LONGEST_CHAIN = 6
NEARLY = frozenset({"nearly", "almost"})  # "nearly always" denies nothing
# "is said to admire him": nobody vouches for it.
HEARSAY = frozenset({"say", "believe", "think", "report", "understand", "allege", "rumor", "rumour", "suppose"})
TERMS = frozenset({"day", "week", "month", "hour", "year"})
AWAITING = frozenset({"when", "once", "until", "after", "before", "as"})
RANKED = frozenset({"first", "second", "third", "last", "latest", "only", "next"})
# Auxiliaries of what is told, not asked for: "told reporters that it will veto the budget".
TELLING = frozenset({"will", "'ll", "’ll", "would", "can", "could", "may", "might", "do", "does", "did"})
# "electing him would be a mistake": what is said of a deed that may never be done.
IMAGINING = frozenset({"would", "'d", "’d", "could", "might", "may"})
WOULD = frozenset({"would", "'d", "’d"})
CLAUSE_SUBJECTS = frozenset({"csubj", "csubj:pass", "csubj:outer"})
# Auxiliaries of what is yet to be seen, unless "have" follows: "could be acquitted", "should pass a budget".
OPEN = frozenset({"can", "could", "may", "might", "must", "should"})
SPEAKERS = frozenset({"i", "we"})
POLLED = frozenset({"american", "percent", "%", "most", "majority", "voter", "respondent", "half"})
CONDITIONS = frozenset({"if", "unless"})
# Markers of participles that tell what went with the main clause and are no content of it.
BESIDE = frozenset({"by", "after", "before", "while", "since", "upon", "when", "despite", "though"})
FINISHED = frozenset({"after", "since", "upon"})
QUOTES = frozenset({'"', "“", "”", "''", "``"})
TRIED = "tried"  # planned, but for a hostile deed, whose attempt is told as a deed
INVERTING = frozenset({"should", "had", "were"})
DEMANDING = frozenset({"demand", "request", "urge", "insist", "recommend", "propose", "order", "ask", "require"})


class Standing(NamedTuple):
    """Polarity, modality and tense, and the word whose subject claims it, where one does."""

    polarity: str
    modality: str
    tense: str
    claimant: Token | None = None


class Cues(NamedTuple):
    """Effects by (lemma, part of speech, relation): relation is `clause`, `noun` (object or PP) or `word`."""

    effects: dict[tuple[str, str, str], tuple[str, ...]]

    def of(self, token: Token, relation: str) -> tuple[str, ...]:
        """The effects of a governing word on what stands in the relation to it."""
        pos = "VERB" if token.pos_ in {"VERB", "AUX"} else token.pos_
        lemma = token.lemma_.lower()
        particle = syntax.particle(token) if pos == "VERB" else None
        whole = self.effects.get((f"{lemma} {particle}", pos, relation), ()) if particle is not None else ()
        return whole or self.effects.get((lemma, pos, relation), ())


def load_cues(reference_dir: Path) -> Cues:
    """The cues of `event_standing.csv`; a row with several relations counts for each."""
    effects: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for row in read_reference(reference_dir, "event_standing", COLUMNS):
        for relation in row["relation"].split("|"):
            effects[(row["lemma"], row["pos"], relation)] = tuple(row["effect"].split("|"))
    return Cues(effects)


class Nature(NamedTuple):
    """What a kind of happening brings to its standing.

    `is_hostile`: an attempt at it is one; `is_voiced`: who does something for it, does it; `is_brief`: a noun for it
    tells of what is over.
    """

    is_hostile: bool
    is_voiced: bool
    is_brief: bool


def find_standing(trigger: Token, anchor: Token, cues: Cues, nature: Nature) -> Standing:
    """The standing of the event at the trigger; `anchor` is the verb that carries it, a verb being its own."""
    effects: list[tuple[str, Token]] = []
    chain = [trigger] if anchor.i == trigger.i else [trigger, anchor]
    for token in chain:
        effects.extend((effect, token) for effect in _own_effects(token, cues))
    if anchor.i != trigger.i and "negated" in cues.of(anchor, "noun"):
        effects.extend((effect, anchor) for effect in cues.of(anchor, "noun"))
    governing = _governing_effects(anchor, cues, nature)
    effects.extend(governing)
    if _is_asked(anchor):
        effects.append(("hypothetical", anchor))
    names = [effect for effect, _ in effects]
    negations = sum(name == "negated" for name in names)
    ranked = [name for name in names if name in RANKS]
    modality = max(ranked, key=RANKS.__getitem__, default="asserted")
    claimant = next((token for effect, token in governing if effect == "alleged" and _claims(token, cues)), None)
    is_over = nature.is_brief and anchor.pos_ in syntax.NOUNS and modality in {"asserted", "alleged"}
    tense = "past" if is_over else _tense(anchor, names)
    return Standing("negated" if negations % 2 else "affirmed", modality, tense, claimant)


def _claims(token: Token, cues: Cues) -> bool:
    """Whether a word itself claims: accuse, an allegation; not what an adverb at it leaves open."""
    return any("alleged" in cues.of(token, relation) for relation in ("clause", "noun"))


def _is_asked(anchor: Token) -> bool:
    """Whether the sentence is a question: "Who is running for president?"."""
    marks = [token.i for token in anchor.sent[-4:] if token.text == "?"]
    if not marks or sum(token.text in QUOTES for token in anchor.doc[anchor.i : marks[-1]]) % 2:
        return False
    above = [anchor, *(upper for _, upper in governors(anchor))]
    return not any(token.dep_ in syntax.NOUN_CLAUSES or "because" in syntax.markers(token) for token in above)


def _own_effects(token: Token, cues: Cues) -> list[str]:
    """What auxiliaries, adverbs, adjectives and negation at the word itself say."""
    is_negated = syntax.is_negated(token) or (token.head.lower_ == "going" and syntax.is_negated(token.head))
    found = ["negated"] if is_negated else []
    if any(_is_replaced(child) for child in token.children) and not _is_regretted(token.head):
        found.append("negated")
    for child in token.children:
        if child.lower_ in NEARLY and child.i + 1 != token.i:
            continue
        if child.dep_ in {"advmod", "amod", "mark", "det"} or child.dep_ in syntax.AUXILIARIES:
            found.extend(_word_effects(child, cues))
    if token.pos_ in {"VERB", "AUX"} and not any(child.dep_ in syntax.AUXILIARIES for child in token.children):
        for auxiliary in syntax.auxiliaries(token):
            found.extend(_word_effects(auxiliary, cues))
    if _is_to_come(token):
        found.append("planned")
    if _is_yet_to_come(token):
        found.extend(("negated", "planned"))
    if _is_inverted(token):
        found.append("hypothetical")
    return found


def _word_effects(word: Token, cues: Cues) -> tuple[str, ...]:
    """What an auxiliary, adverb or adjective says, by its lemma or its form; "would" in an imagined case is no plan."""
    if word.lower_ in WOULD and (_is_imagined(word.head) or _is_own_view(word.head)):
        return ("hypothetical",)
    return cues.of(word, "word") or cues.effects.get((word.lower_, word.pos_, "word"), ())


def _is_imagined(verb: Token) -> bool:
    """Whether a clause says what would come of something: "by attacking it would help", "would have banned"."""
    conditions = {
        word for child in verb.children if child.dep_ in syntax.ADVERBIAL_CLAUSES for word in syntax.markers(child)
    }
    is_lost = verb.tag_ == "VBN" and any(item.lower_ == "have" for item in syntax.auxiliaries(verb))
    return is_lost or bool(conditions & {"if", "by", "without", "unless"})


def _is_own_view(verb: Token) -> bool:
    """Whether people say what they would do: "I would back such a plan", "most voters would"; not "said we would"."""
    subjects = syntax.subjects(verb)
    if any(noun.lemma_.lower() in POLLED for noun in subjects):
        return True
    is_told = verb.dep_ in syntax.COMPLEMENT_CLAUSES | syntax.NOUN_CLAUSES
    return not is_told and any(noun.lower_ in SPEAKERS for noun in subjects)


def _is_replaced(child: Token) -> bool:
    """Whether a word at a verb says that something else was done: "instead of", "rather than"."""
    return child.lower_ in {"instead", "rather"} and any(item.dep_ == "fixed" for item in child.children)


def _is_regretted(verb: Token) -> bool:
    """Whether what was done instead was done: "should have asked, instead of attacking"."""
    words = {auxiliary.lower_ for auxiliary in syntax.auxiliaries(verb)}
    return "should" in words and bool(words & {"have", "'ve", "’ve"})


def _is_yet_to_come(token: Token) -> bool:
    """Whether "has yet to", "have yet to" governs."""
    upper = token.head
    has_yet = any(child.lower_ == "yet" for child in (*upper.children, *token.children) if child.i < token.i)
    return has_yet and upper.lemma_ == "have" and token.tag_ == "VB" and "to" in syntax.markers(token)


def _is_inverted(token: Token) -> bool:
    """Whether a clause is a condition by its order alone: "should Iran attack", "had Britain banned"."""
    if token.dep_ not in syntax.ADVERBIAL_CLAUSES:
        return False
    start = token.left_edge.i
    before = token.doc[max(start - 1, token.sent.start)]
    first = before if before.head.i == token.head.i else token.doc[start]
    is_opened = first.lower_ in INVERTING and first.dep_ in syntax.AUXILIARIES and first.i < token.i
    return is_opened and first.i < min(_subject_positions(token), default=-1)


def _subject_positions(verb: Token) -> list[int]:
    return [noun.i for noun in (*syntax.subjects(verb), *syntax.passive_subjects(verb))]


def _is_to_come(token: Token) -> bool:
    """Whether "is to", "are to be" governs: an infinitive right under a form of be."""
    if "to" not in syntax.markers(token):
        return False
    if token.head.lower_ == "going" and token.dep_ in syntax.COMPLEMENT_CLAUSES | syntax.ADVERBIAL_CLAUSES:
        return True
    if any(child.lemma_ == "be" and child.dep_ in {"aux", "cop"} for child in token.children):
        return True
    return token.dep_ in syntax.COMPLEMENT_CLAUSES and token.head.lemma_ == "be"


def governors(token: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs (lower, upper) up the tree, nearest first, while the link is one that passes standing on."""
    current = token
    for _ in range(LONGEST_CHAIN):
        if current.head.i == current.i or current.dep_ not in CLAUSE_LINKS | NOUN_LINKS:
            return
        yield current, current.head
        current = current.head


def _governing_effects(anchor: Token, cues: Cues, nature: Nature) -> list[tuple[str, Token]]:
    found: list[tuple[str, Token]] = []
    is_first = True
    for lower, upper in governors(anchor):
        if lower.dep_ == "conj":
            if is_first and upper.pos_ in {"VERB", "AUX"} and not _has_own_clause(lower):
                found.extend((effect, upper) for effect in _shared_effects(upper, cues))
            continue
        if lower.dep_ in syntax.RELATIVE_CLAUSES or lower.dep_ == "parataxis":
            break
        if _is_adjunct(lower, upper):
            found.extend((effect, upper) for effect in _adjunct_effects(lower, upper, cues))
            break
        is_clause = lower.dep_ in CLAUSE_LINKS
        effects = _link_effects(lower, upper, cues, nature, is_clause=is_clause)
        if "same" in effects:
            found.extend((effect, upper) for effect in _own_effects(upper, cues))
        found.extend((effect, upper) for effect in effects)
        if lower.dep_ == "xcomp" and not effects:
            found.extend((effect, upper) for effect in _own_effects(upper, cues) if effect in RANKS)
        if is_clause and effects and upper.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
            found.extend((effect, upper) for effect in _own_effects(upper, cues) if _passes(effect, effects))
        elif _is_told_anyway(lower, is_clause=is_clause, is_first=is_first) and not effects:
            break
        if lower.dep_ in syntax.ADVERBIAL_CLAUSES and not effects:
            if "by" not in syntax.markers(lower):
                break
            found.extend((effect, upper) for effect in _own_effects(upper, cues))
        if not effects and not CONDITIONS.isdisjoint(syntax.markers(upper)):
            found.append(("hypothetical", upper))
        is_first = False
    return found


def _is_adjunct(lower: Token, upper: Token) -> bool:
    """Whether a participle only goes with what is above it: "a plan criticised by many", "a threat prompting riots"."""
    if lower.dep_ == "acl":
        return lower.tag_ in {"VBN", "VBG"} and not syntax.markers(lower) and not syntax.auxiliaries(lower)
    is_free = lower.dep_ in syntax.ADVERBIAL_CLAUSES and lower.tag_ == "VBG" and not syntax.markers(lower)
    return is_free and lower.i > upper.i and lower.doc[lower.left_edge.i - 1].text == ","


def _is_told_anyway(lower: Token, *, is_clause: bool, is_first: bool) -> bool:
    """Whether a noun stands apart from what governs its verb: beside the verb, or as what the reader knows."""
    if is_clause or lower.pos_ not in syntax.NOUNS:
        return False
    return lower.dep_ not in syntax.OBJECTS or (is_first and _is_known(lower))


def _adjunct_effects(lower: Token, upper: Token, cues: Cues) -> list[str]:
    """What lies ahead of a main clause lies ahead of its participle too: "will issue a decree banning the group"."""
    verb = upper.head if lower.dep_ == "acl" and upper.dep_ in syntax.OBJECTS and not _is_known(upper) else upper
    if lower.tag_ != "VBG" or verb.pos_ not in {"VERB", "AUX"}:
        return []
    return [effect for effect in _own_effects(verb, cues) if effect in RANKS]


def _is_known(noun: Token) -> bool:
    """Whether a noun tells of something that the reader knows: "the raid", "Garner's death"."""
    return any(
        (child.dep_ in syntax.POSSESSIVES and child.pos_ != "PRON")
        or (child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these"})
        for child in noun.children
    )


def _passes(effect: str, effects: tuple[str, ...]) -> bool:
    """Whether the standing of the governing word reaches down: "may plan to send" is hypothetical, all through."""
    return effect in {"hypothetical", "alleged"} or (
        effect == "negated" and not {"planned", "negated"}.isdisjoint(effects)
    )


def _has_own_clause(verb: Token) -> bool:
    return bool(syntax.subjects(verb) or syntax.passive_subjects(verb))


def _shared_effects(verb: Token, cues: Cues) -> list[str]:
    markers = [child for child in verb.children if child.dep_ == "mark"]
    return [effect for marker in markers for effect in cues.effects.get((marker.lower_, marker.pos_, "word"), ())]


def _link_effects(lower: Token, upper: Token, cues: Cues, nature: Nature, *, is_clause: bool) -> tuple[str, ...]:
    """What the governing word says; a purpose clause ("sent troops to quell") is planned."""
    if lower.tag_ == "VBG" and "for" in syntax.markers(lower):
        return _reason_effects(lower, cues) or (cues.of(upper, "clause") if upper.pos_ in syntax.NOUNS else ())
    if _is_beside(lower):
        return ()
    if lower.dep_ in CLAUSE_SUBJECTS and any(item.lower_ in IMAGINING for item in syntax.auxiliaries(upper)):
        return ("hypothetical",)
    if lower.dep_ in CLAUSE_SUBJECTS and upper.pos_ in syntax.NOUNS:
        return ()
    if lower.dep_ == "xcomp" and upper.lemma_ in HEARSAY and syntax.is_passive(upper):
        return ("alleged",)
    if _is_counted_down(lower, upper):
        return ("planned",)
    if any(_is_replaced(child) for child in lower.children):
        return ()
    told = _told_by_form(lower, upper)
    if told is not None:
        return (told,)
    effects = cues.of(upper, "clause" if is_clause else "noun")
    if not is_clause and "same" in effects and lower.dep_ in syntax.SUBJECTS:
        return ()
    if is_clause and _stands_apart(lower, effects):
        return ("planned",) if _is_awaited(lower, upper) else ()
    if TRIED in effects:
        return ("same",) if nature.is_hostile else ("planned",)
    if effects:
        return effects
    if lower.dep_ in syntax.ADVERBIAL_CLAUSES and lower.tag_ == "VB" and "to" in syntax.markers(lower):
        return ("same",) if nature.is_voiced else ("planned",)
    if _is_awaited(lower, upper) or (lower.dep_ == "acl" and _is_for_later(lower, upper)):
        return ("planned",)
    if not is_clause:
        word = syntax.preposition(lower)
        return cues.effects.get((word or "", "ADP", "noun"), ())
    return ()


def _told_by_form(lower: Token, upper: Token) -> str | None:
    """The effect of words that decide by their form: "went on to win", "was able to flee", "has to go", "let us go"."""
    if lower.dep_ not in syntax.COMPLEMENT_CLAUSES | syntax.ADVERBIAL_CLAUSES:
        return None
    words = {child.lower_ for child in upper.children}
    is_infinitive = lower.tag_ == "VB" and "to" in syntax.markers(lower)
    if upper.lemma_ == "go" and "on" in words and is_infinitive:
        return "same"
    if upper.lower_ == "able" and _copular_tense(upper) == "past" and not syntax.is_negated(upper):
        return "same"
    if upper.lower_ in {"have", "has"} and is_infinitive and lower.dep_ == "xcomp" and not syntax.objects(upper):
        return "requested"
    if upper.lower_ == "let" and words & {"us", "'s", "’s"}:
        return "requested"
    if upper.lower_ == "likely" and words & {"more", "less"}:
        return "hypothetical"
    return None


def _is_beside(clause: Token) -> bool:
    """Whether a participle goes with its main clause: "after talking to him", "agreeing to help, the court"."""
    if clause.tag_ != "VBG" or clause.dep_ not in syntax.ADVERBIAL_CLAUSES | {"xcomp", "ccomp"}:
        return False
    if any(word in BESIDE for word in syntax.markers(clause)):
        return clause.dep_ in syntax.ADVERBIAL_CLAUSES
    doc, first, behind = clause.doc, clause.left_edge.i, clause.right_edge.i + 1
    beside = doc[first - 1 : first] if first > clause.sent.start else doc[behind : behind + 1]
    return beside.text == "," and not syntax.subjects(clause)


def _is_counted_down(lower: Token, upper: Token) -> bool:
    """Whether the days that are left till then are counted: "30 days until his inauguration"."""
    return syntax.preposition(lower) in {"until", "till"} and upper.lemma_ in TERMS


def _is_for_later(lower: Token, upper: Token) -> bool:
    """Whether an infinitive after a noun says what it is for: "an excuse to mock", but not "the first to resign"."""
    words = {upper.lower_, *(child.lower_ for child in upper.children)}
    return "to" in syntax.markers(lower) and lower.tag_ != "VBG" and not words & RANKED


def _is_awaited(lower: Token, upper: Token) -> bool:
    """Whether a clause of time looks ahead: "until she agrees", "will sit when members are sworn in"."""
    if lower.dep_ not in syntax.ADVERBIAL_CLAUSES or _finite_tense(lower) != "present":
        return False
    words = {child.lower_ for child in lower.children if child.dep_ in {"mark", "advmod"} and child.i < lower.i}
    is_ahead = "until" in words or ("before" in words and _finite_tense(upper) == "present")
    return is_ahead or (bool(words & AWAITING) and _finite_tense(upper) == "future")


def _reason_effects(clause: Token, cues: Cues) -> tuple[str, ...]:
    """What a punishment says of its reason: in "imposed sanctions on two men for supplying arms" it is alleged."""
    above = [upper for _, upper in governors(clause)]
    return next((effects for upper in above if (effects := cues.of(upper, "reason"))), ())


def _stands_apart(lower: Token, effects: tuple[str, ...]) -> bool:
    """Whether a clause is finite and so no content of a wish: "told reporters that", "offered his name when asked"."""
    if set(effects) & {"requested"} and _is_demanded(lower):
        return False
    is_finite = lower.tag_ in {"VBD", "VBZ", "VBP"} or (lower.tag_ == "VBN" and "to" not in syntax.markers(lower))
    is_finite = is_finite or any(item.lower_ in TELLING for item in syntax.auxiliaries(lower))
    has_subject = bool(syntax.subjects(lower) or syntax.passive_subjects(lower))
    if lower.dep_ == "acl" and "that" in syntax.markers(lower):
        return False
    if lower.dep_ in syntax.ADVERBIAL_CLAUSES | {"acl"}:
        return (has_subject and "to" not in syntax.markers(lower)) or lower.tag_ in {"VBD", "VBZ", "VBP"}
    return is_finite and has_subject and bool(set(effects) & {"requested", "planned"})


def _is_demanded(clause: Token) -> bool:
    """Whether a clause without tense says what is demanded: "demanded that the states lift the ban"."""
    return clause.tag_ == "VBP" and clause.head.lemma_ in DEMANDING


def _tense(anchor: Token, effects: list[str]) -> str:
    own = _open_tense(anchor) or _finite_tense(anchor)
    if own is not None:
        return own
    if "planned" in effects:
        return "future"
    if anchor.tag_ == "VBG" and any(word in FINISHED for word in syntax.markers(anchor)):
        return "past"
    for _, upper in governors(anchor):
        upper_tense = _finite_tense(upper) or _copular_tense(upper)
        if upper_tense is not None:
            return upper_tense
    return "past" if anchor.tag_ == "VBN" else "present"


def _open_tense(verb: Token) -> str | None:
    """The tense that a verb's own "could", "should" or "would have" gives it."""
    words = {auxiliary.lower_ for auxiliary in syntax.auxiliaries(verb)}
    if words & {"have", "'ve", "’ve"} and words & (OPEN | WOULD):
        return "past"
    return "future" if words & OPEN else None


def _copular_tense(noun: Token) -> str | None:
    """The tense of a noun's "be": past in "was the first to meet him"."""
    words = {child.lower_ for child in noun.children if child.dep_ in syntax.COPULAS}
    if words & {"was", "were"}:
        return "past"
    return "present" if words & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"} else None


def _finite_tense(token: Token) -> str | None:
    copulas = [child for child in token.children if child.dep_ in syntax.COPULAS and token.pos_ == "ADJ"]
    auxiliaries = [*syntax.auxiliaries(token), *copulas]
    words = {auxiliary.lower_ for auxiliary in auxiliaries}
    if words & {"will", "'ll", "’ll", "shall", "would", "wo"} or any(item.lower_ == "going" for item in auxiliaries):
        return "future"
    if token.tag_ == "VBD" or words & {"was", "were", "had", "did", "has", "have", "'ve", "’ve"}:
        return "past"
    is_perfect = token.tag_ == "VBN" and words & {"'s", "’s"}
    if is_perfect and not any(item.dep_ in syntax.PASSIVE_AUXILIARIES for item in auxiliaries):
        return "past"
    if token.tag_ in {"VBZ", "VBP"} or words & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m", "do", "does"}:
        return "present"
    if token.tag_ == "VBN" and token.dep_ in syntax.NOUN_CLAUSES:
        return "past"
    return None
