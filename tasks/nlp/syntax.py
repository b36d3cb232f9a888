"""The small syntax layer: what rules ask of a parse, answered alike for Universal Dependencies and CLEAR labels.

Universal Dependencies is what our own model speaks; CLEAR is the scheme of spaCy's `en_core_web_*`.
In UD a preposition depends on its noun (`case`), in CLEAR the noun on the preposition (`pobj`).
"""

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj"})
INDIRECT_OBJECTS = frozenset({"iobj", "dative"})
OBLIQUES = frozenset({"obl", "obl:agent", "obl:tmod", "obl:npmod", "obl:unmarked", "nmod:tmod", "npadvmod"})
NOMINAL_MODIFIERS = frozenset({"nmod", "nmod:desc", "nmod:unmarked", "nmod:npmod"})
POSSESSIVES = frozenset({"nmod:poss", "poss"})
COMPLEMENT_CLAUSES = frozenset({"ccomp", "xcomp"})
ADVERBIAL_CLAUSES = frozenset({"advcl", "advcl:relcl"})
RELATIVE_CLAUSES = frozenset({"acl:relcl", "relcl"})
NOUN_CLAUSES = frozenset({"acl", "acl:relcl", "relcl"})
APPOSITIONS = frozenset({"appos"})
COMPOUNDS = frozenset({"compound", "nn"})
FLAT = frozenset({"flat", "flat:name", "flat:foreign"})
PARTICLES = frozenset({"compound:prt", "prt"})
AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass"})
PASSIVE_AUXILIARIES = frozenset({"aux:pass", "auxpass"})
MARKERS = frozenset({"mark"})
COPULAS = frozenset({"cop"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
MODIFYING = frozenset({"compound", "amod", "nmod:desc", "nn", "flat", "flat:name", "fixed"})
NEGATION_LEMMAS = frozenset({"not", "n't", "never", "no", "nor", "neither", "without", "hardly", "nobody", "none"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# "accused Russia of sending", "barred him from leaving", "criticised police for beating": the object does it.
OBJECT_CONTROL = frozenset({"of", "from", "for"})
HYPHENS = frozenset({"-", "‐", "‑"})
RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that"})
# Verbs whose object does what the infinitive says, however a parser attaches it.
ASKING_VERBS = frozenset(
    {"urge", "ask", "order", "tell", "force", "press", "pressure", "push", "persuade", "allow", "invite", "encourage",
     "direct", "instruct", "command", "beg", "implore", "request", "require", "warn", "permit"}
)  # fmt: skip
# Verbs without passive: their bare participle is a finite verb that the tagger took for one.
INTRANSITIVES = frozenset(
    {"erupt", "arrive", "die", "occur", "happen", "emerge", "resign", "collapse", "appeal", "clash", "protest", "flee",
     "rally", "surrender", "retreat", "vote", "crash", "explode", "march", "agree", "speak", "travel", "respond"}
)  # fmt: skip
# Verbs whose subject has or makes the plan, attempt or promise that is their object.
OWNING_VERBS = frozenset(
    {"make", "launch", "announce", "unveil", "have", "issue", "repeat", "renew", "abandon", "drop", "take", "begin",
     "start", "undertake", "reach", "sign", "mount", "reaffirm", "reiterate", "outline", "reveal", "step", "lead",
     "delay", "send", "release", "publish", "write", "adopt", "deliver", "pass"}
)  # fmt: skip
# Verbs whose object is but what the deed takes: "used force to disperse", "spent the day facing critics".
SPENDING_VERBS = frozenset({"use", "spend", "employ", "waste", "devote", "exploit", "write", "email", "phone"})
# Texts that demand or condemn for whoever issues them.
WORDINGS = frozenset(
    {"statement", "declaration", "letter", "resolution", "report", "note", "message", "communique", "decree", "order",
     "ruling", "appeal", "petition", "motion", "article", "tweet", "post"}
)  # fmt: skip
# Verbs of two objects, whom and what.
GIVING_VERBS = frozenset(
    {"give", "grant", "award", "hand", "send", "lend", "offer", "deny", "refuse", "pay", "promise", "owe"}
)
# Words that open a clause as well as a phrase.
CLAUSE_PREPOSITIONS = frozenset({"after", "before", "until", "since", "as", "than"})
# Verbs whose addressee stands with a preposition and does what the infinitive says.
ASKING_PREPOSITIONS = {
    "call": frozenset({"on", "upon", "for"}),
    "appeal": frozenset({"to"}),
    "plead": frozenset({"with"}),
    "wait": frozenset({"for"}),
    "push": frozenset({"for"}),
}
# What a noun phrase keeps of its head's subtree: everything but clauses, appositions, coordination and punctuation.
PHRASE_CUTS = (
    NOUN_CLAUSES
    | APPOSITIONS
    | ADVERBIAL_CLAUSES
    | {"conj", "cc", "parataxis", "punct", "discourse", "dep", "list", "cop", "nsubj", "aux", "mark", "advmod:emph"}
)


def _children(token: Token, labels: frozenset[str]) -> list[Token]:
    return [child for child in token.children if child.dep_ in labels]


def following_conjuncts(token: Token) -> list[Token]:
    """The token and the conjuncts that depend on it."""
    found, queue = [token], [token]
    while queue:
        for child in queue.pop(0).children:
            if child.dep_ == "conj":
                found.append(child)
                queue.append(child)
    return found


def subjects(verb: Token) -> list[Token]:
    """The heads of the verb's own active subjects, each conjunct apart; copular predicates included."""
    return [c for subject in _children(verb, SUBJECTS) for c in following_conjuncts(subject)]


def passive_subjects(verb: Token) -> list[Token]:
    """The heads of the verb's passive subjects, each conjunct apart."""
    return [c for subject in _children(verb, PASSIVE_SUBJECTS) for c in following_conjuncts(subject)]


def objects(verb: Token) -> list[Token]:
    """The heads of the verb's direct objects, each conjunct apart."""
    return [c for item in _children(verb, OBJECTS) for c in following_conjuncts(item)]


def indirect_objects(verb: Token) -> list[Token]:
    """The heads of the verb's indirect objects, each conjunct apart: in "Cuba was given a loan" its subject."""
    if _is_given(verb):
        return _passive_objects(verb)
    return [c for item in _children(verb, INDIRECT_OBJECTS) for c in following_conjuncts(item) if item.pos_ in NOUNS]


def _is_given(verb: Token) -> bool:
    """Whether a passive verb keeps what is given as its object: "was granted asylum"."""
    return verb.lemma_.lower() in GIVING_VERBS and bool(objects(verb)) and is_passive(verb)


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive: by its auxiliary, its subject or, bare, as a participle on a noun."""
    if any(child.dep_ in PASSIVE_AUXILIARIES or child.dep_ in PASSIVE_SUBJECTS for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in NOUN_CLAUSES | ADVERBIAL_CLAUSES and _is_bare(verb)


def _is_bare(verb: Token) -> bool:
    """Whether a participle has neither auxiliary nor subject, and is no finite verb that the parser took for one.

    In "A report called for sanctions" a parser may hang the verb on its subject; the sentence then has no finite verb.
    """
    if verb.lemma_ in INTRANSITIVES or any(child.dep_ in AUXILIARIES | SUBJECTS for child in verb.children):
        return False
    is_on_root = verb.dep_ == "acl" and verb.head.head.i == verb.head.i
    return not is_on_root or any(_is_finite(token) for token in verb.head.subtree)


def _is_finite(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def preposition(noun: Token) -> str | None:
    """The lower-case preposition that governs a noun, several words joined by blanks, or None."""
    cases = [child for child in noun.children if child.dep_ == "case" and child.tag_ != "POS"]
    if cases:
        first = cases[0]
        fixed = [child for child in first.children if child.dep_ == "fixed"]
        words = sorted([first, *fixed, *cases[1:]], key=lambda item: item.i)
        return " ".join(word.lower_ for word in words)
    if noun.dep_ == "pobj":
        return str(noun.head.lower_)
    return None


def prepositional(head: Token) -> Iterator[tuple[str, Token]]:
    """Pairs (preposition, noun head) for each prepositional phrase on a verb or noun, conjuncts of the noun apart."""
    last: str | None = None
    for child in head.children:
        is_lost = child.dep_ in {"dep", "list"} and last is not None and _is_listed(child)
        if is_lost or child.dep_ in OBLIQUES or child.dep_ in NOMINAL_MODIFIERS:
            word = preposition(child) or _particle_before(child) or (last if _is_listed(child) else None)
            last = word
            if word is not None:
                yield from ((preposition(noun) or word, noun) for noun in following_conjuncts(child))
        elif child.dep_ in {"prep", "agent"}:
            for noun in child.children:
                if noun.dep_ in {"pobj", "pcomp"}:
                    yield from ((child.lower_, c) for c in following_conjuncts(noun))


def _particle_before(noun: Token) -> str | None:
    """The particle right before a phrase without preposition: "sank off Tanzania" where the parser split off `off`."""
    left = noun.left_edge
    before = noun.doc[left.i - 1] if left.i else None
    return str(before.lower_) if before is not None and before.dep_ in PARTICLES and noun.pos_ == "PROPN" else None


def _is_listed(noun: Token) -> bool:
    """Whether a name without preposition goes on a list: "in Almaty, Nur Sultan and Aktau" where the parser lost it."""
    if noun.pos_ != "PROPN" and not any(child.pos_ == "PROPN" for child in noun.children):
        return False
    left = noun.left_edge
    return left.lower_ in {"and", ","} or (left.i > 0 and noun.doc[left.i - 1].text == ",")


def agents(verb: Token) -> list[Token]:
    """The heads of the by-phrases of a passive verb, those that hang on its object or predicate too.

    A parser has a choice in "was given a loan by China", "was named minister by the king".
    """
    inner = [child for child in verb.children if child.dep_ in OBJECTS | {"xcomp"} and child.pos_ == "NOUN"]
    for head in (verb, *inner):
        found = [noun for word, noun in prepositional(head) if word == "by" and noun.pos_ in NOUNS]
        if found:
            return found
    return []


def possessors(noun: Token) -> list[Token]:
    """The heads of `X's` and `its` before a noun."""
    return [c for item in _children(noun, POSSESSIVES) for c in following_conjuncts(item)]


def appositions(noun: Token) -> list[Token]:
    """The heads of the noun's appositions."""
    return _children(noun, APPOSITIONS)


def complement_clauses(verb: Token) -> list[Token]:
    """The heads of the verb's ccomp and xcomp clauses."""
    return _children(verb, COMPLEMENT_CLAUSES)


def particle(verb: Token) -> str | None:
    """The lower-case particle of a phrasal verb, for example `out` of `carried out`."""
    for child in verb.children:
        if child.dep_ in PARTICLES:
            return str(child.lower_)
    return None


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of a verb in text order; a conjunct without its own takes those of the first conjunct."""
    own = _children(verb, AUXILIARIES)
    if own or verb.dep_ != "conj" or verb.head.pos_ not in {"VERB", "AUX"}:
        return own
    if subjects(verb) or passive_subjects(verb) or verb.tag_ in {"VBD", "VBZ"}:
        return own
    if verb.tag_ == "VBP" and verb.head.tag_ != "VB":
        return own
    return auxiliaries(verb.head)


def markers(verb: Token) -> list[str]:
    """The lower-case subordinators of a clause: that, if, to, whether, …"""
    return [
        child.lower_ for child in verb.children if child.dep_ in MARKERS or (child.dep_ == "aux" and child.tag_ == "TO")
    ]


def is_negated(token: Token) -> bool:
    """Whether a negating word depends on the verb, its auxiliary, its subject's or its object's determiner."""
    for child in token.children:
        if child.i + 1 < len(token.doc) and token.doc[child.i + 1].lower_ in {"only", "just", "merely"}:
            continue
        if child.dep_ == "neg" or (
            child.lemma_.lower() in NEGATION_LEMMAS and child.dep_ in {"advmod", "det", "cc:preconj"}
        ):
            return True
        if child.dep_ in AUXILIARIES and any(item.lower_ in {"not", "n't", "n’t"} for item in child.children):
            return True
        if child.lower_ == "longer" and any(item.lower_ == "no" for item in child.children):
            return True
        if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS | OBJECTS and _names_nobody(child):
            return True
    return False


def _names_nobody(noun: Token) -> bool:
    """Whether a subject or object is denied: "no aid", "nobody", "neither France nor Spain", "not even Norway"."""
    if noun.lower_ in {"nobody", "none", "nothing"}:
        return True
    before = [child for child in noun.children if child.i < noun.i]
    if any(
        child.dep_ in {"det", "cc:preconj", "cc"} and child.lower_ in {"no", "neither"} and child.whitespace_
        for child in before
    ):
        return True
    return [child.lower_ for child in before if child.dep_ == "advmod"][:2] == ["not", "even"]


def phrase_span(head: Token, *, with_modifiers: bool = False) -> tuple[int, int]:
    """The token range `[start, end)` of the noun phrase around its head.

    Clauses, appositions and coordination are left out, and prepositional phrases after the head unless
    `with_modifiers`; the range is contiguous and holds the head.
    """
    kept = {head.i}
    queue = [head]
    while queue:
        for child in queue.pop().children:
            if child.dep_ in PHRASE_CUTS and child.text not in HYPHENS:
                continue
            if is_hung_on_object(child):
                continue
            is_own_case = child.dep_ in {"case", "prep", "agent"} and child.head.i == head.i and child.tag_ != "POS"
            if is_own_case and (child.dep_ == "case" or not with_modifiers):
                continue
            if not with_modifiers and child.i > head.i and child.dep_ in NOMINAL_MODIFIERS:
                continue
            kept.add(child.i)
            queue.append(child)
    start = end = head.i
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    return start, end + 1


def head_of(start: int, end: int, tokens: list[Token]) -> Token:
    """The token of a range whose own head lies outside it (the last such, as English names are head-final)."""
    inside = [token for token in tokens if start <= token.i < end]
    outer = [t for t in inside if not start <= t.head.i < end or t.head.i == t.i]
    return outer[0] if outer else inside[-1]


def clause_verb(token: Token) -> Token | None:
    """The nearest verb (or copular predicate) above a token, the token itself excluded."""
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in {"VERB", "AUX"} or any(child.dep_ in COPULAS for child in current.children):
            return current
    return None


def clause_subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, its own or those it shares: by coordination, control (xcomp) or relative clause."""
    own = subjects(verb)
    if own:
        return [_antecedent(verb, item) for item in own]
    if is_passive(verb):
        return []
    if is_hung_on_object(verb):
        perfect = _lost_perfect(verb)
        return clause_subjects(perfect) if perfect is not None else _hung_subjects(verb)
    mislaid = _mislaid_subject(verb)
    if mislaid is not None:
        return [mislaid]
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return passive_subjects(verb.head) or clause_subjects(verb.head)
    if verb.dep_ == "xcomp":
        upper = verb.head
        controlled = objects(upper) or indirect_objects(upper) or _called_on(upper)
        own = [] if upper.lemma_ in SPENDING_VERBS else controlled
        return own or passive_subjects(upper) or clause_subjects(upper)
    if verb.dep_ in ADVERBIAL_CLAUSES and verb.tag_ in {"VBG", "VBN", "VB"}:
        marks = set(markers(verb))
        is_charge = "with" in marks and verb.head.lemma_ == "charge"
        accused = logical_objects(verb.head) if is_charge or OBJECT_CONTROL & marks else []
        if "to" in marks and not accused:
            accused = _called_on(verb.head) or _asked(verb.head)
        return accused or _raised(verb.head) or clause_subjects(verb.head)
    if verb.dep_ == "acl" and markers(verb) and any(child.dep_ in COPULAS for child in verb.head.children):
        return subjects(verb.head)
    if verb.dep_ == "acl" and "to" in markers(verb):
        return noun_agents(verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_ in WORDINGS:
        return noun_agents(verb.head) or [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and _is_aside(verb):
        return noun_agents(verb.head) or _governing_subjects(verb.head)
    if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"}:
        return [item for item in following_conjuncts(verb.head) if item.i < verb.i]
    return []


def _is_aside(verb: Token) -> bool:
    """Whether a noun does not do what the participle on it says: "hopes of signing the bill", "wrote them urging"."""
    return bool(set(markers(verb)) & {"of", "for", "in", "on", "about", "against"}) or (
        verb.head.pos_ == "PRON" and verb.head.dep_ in OBJECTS
    )


def _governing_subjects(noun: Token) -> list[Token]:
    """Who has what a noun names as an object: whom it is given to, or else who takes it."""
    if noun.dep_ not in OBJECTS:
        return []
    return indirect_objects(noun.head) or clause_subjects(noun.head)


def noun_agents(noun: Token) -> list[Token]:
    """Whose effort, plan or promise a noun is: "efforts on the part of the army", "its plan", "Spain made an offer"."""
    phrases = list(prepositional(noun))
    part = [
        inner for word, item in phrases if word == "on" and item.lemma_ == "part" for _, inner in prepositional(item)
    ]
    found = part or [item for word, item in phrases if word in {"by", "of"}] or possessors(noun)
    if found or noun.dep_ not in OBJECTS or noun.head.lemma_ not in OWNING_VERBS:
        return found
    return clause_subjects(noun.head)


def _raised(verb: Token) -> list[Token]:
    """The passive subjects of a verb, the noun before a relative clause for its pronoun."""
    return [_antecedent(verb, item) for item in passive_subjects(verb)]


def _mislaid_subject(verb: Token) -> Token | None:
    """The noun before a finite verb that a parser took for the noun of a preposition: "after Tokayev appealed"."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i == 0:
        return None
    noun = verb.doc[verb.i - 1]
    while noun.dep_ in FLAT | COMPOUNDS and noun.head.i < verb.i:
        noun = noun.head
    is_governed = any(child.dep_ == "case" and child.lower_ in CLAUSE_PREPOSITIONS for child in noun.children)
    return noun if is_governed and noun.pos_ in NOUNS else None


def _asked(verb: Token) -> list[Token]:
    """Whom "urged NATO to deploy" means for the infinitive."""
    return (objects(verb) or indirect_objects(verb)) if verb.lemma_ in ASKING_VERBS else []


def _called_on(verb: Token) -> list[Token]:
    """Whom "called on Israel to release", "appealed to Russia to help" mean for the infinitive."""
    words = ASKING_PREPOSITIONS.get(verb.lemma_, frozenset())
    return [noun for word, noun in prepositional(verb) if word in words]


def _antecedent(verb: Token, subject: Token) -> Token:
    if subject.lower_ in RELATIVE_PRONOUNS and verb.dep_ in RELATIVE_CLAUSES:
        return verb.head
    return subject


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it: the subjects of an active verb, the by-phrase of a passive one."""
    if is_passive(verb):
        return agents(verb)
    return clause_subjects(verb)


def logical_objects(verb: Token) -> list[Token]:
    """To whom it is done: the objects of an active verb, the subjects of a passive one, antecedents for pronouns."""
    if is_passive(verb):
        return objects(verb) if _is_given(verb) else _passive_objects(verb)
    own = [_antecedent(verb, item) for item in objects(verb) or indirect_objects(verb)]
    if own:
        return own
    if is_hung_on_object(verb):
        return [verb.head]
    is_gapped = verb.dep_ in RELATIVE_CLAUSES and subjects(verb) and not _has_relative_subject(verb)
    return [verb.head] if is_gapped else []


def is_hung_on_object(verb: Token) -> bool:
    """Whether a parser hung a verb with a subject on its object as if an adjective: "The Union imposed sanctions"."""
    if verb.dep_ != "amod" or verb.i > verb.head.i or verb.tag_ not in {"VBN", "VBD", "VBZ", "VBP"}:
        return False
    return bool(subjects(verb)) or bool(_hung_subjects(verb)) or _lost_perfect(verb) is not None


def _hung_subjects(verb: Token) -> list[Token]:
    """The subjects that a parser gave to the object of a verb: "Rioters looted shops" with shops on top."""
    if any(child.dep_ in COPULAS | AUXILIARIES for child in verb.head.children):
        return []
    return [item for item in subjects(verb.head) if item.i < verb.i and verb.head.pos_ in NOUNS]


def _lost_perfect(verb: Token) -> Token | None:
    """The have that a parser took for a main verb in "has so far killed dozens"."""
    above = verb.head.head
    if verb.tag_ != "VBN" or verb.head.dep_ not in OBJECTS or above.lemma_ != "have" or above.i > verb.i:
        return None
    between = verb.doc[above.i + 1 : verb.i]
    return above if all(token.pos_ == "ADV" for token in between) else None


def _passive_objects(verb: Token) -> list[Token]:
    own = passive_subjects(verb)
    if own:
        return [_antecedent(verb, item) for item in own]
    if verb.dep_ in NOUN_CLAUSES:
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return logical_objects(verb.head) if is_passive(verb.head) else clause_subjects(verb.head)
    if verb.dep_ in ADVERBIAL_CLAUSES or verb.dep_ == "xcomp":
        return passive_subjects(verb.head) or clause_subjects(verb.head)
    return []


def _has_relative_subject(verb: Token) -> bool:
    return any(item.lower_ in RELATIVE_PRONOUNS for item in subjects(verb))
