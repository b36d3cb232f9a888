"""Parses mended where a parser slips in a way that news brings out, before the other rules read them.

The commonest slip hangs a finite verb on its object as if an adjective: in "the bloc imposed sanctions" the parser has
sanctions on top and imposed below it. A slip is mended only where the words around leave no other reading.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy
from spacy.attrs import DEP, HEAD, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token

from tasks.nlp import syntax
from tasks.nlp.number_values import ROUND

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
SUBJECT_LINKS = frozenset(
    {"compound", "nsubj", "nsubj:pass", "obl:unmarked", "nmod", "nmod:unmarked", "nmod:desc", "amod", "dep", "flat",
     "obj"}
)  # fmt: skip
# Where the object of a hidden verb stands: in the place of a clause.
CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "parataxis", "acl:relcl", "acl", "xcomp", "dep"})
STAYS_RIGHT = frozenset(
    {"nmod", "acl", "acl:relcl", "appos", "nummod", "det", "flat", "compound", "case", "fixed", "nmod:desc"}
)  # fmt: skip
GOES_TO_SUBJECT = frozenset({"det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "case", "flat", "nmod"})
SAYING = frozenset(
    {"say", "claim", "report", "announce", "reveal", "believe", "deny", "add", "note", "warn", "confirm"}
)  # fmt: skip
# Participles that stand before nouns as adjectives do, after the name of who or what: "government controlled areas".
PREMODIFYING = frozenset(
    {"backed", "led", "owned", "controlled", "funded", "sponsored", "based", "made", "run", "held", "trained",
     "linked", "affiliated", "related", "occupied", "supported", "administered", "born", "listed", "brokered",
     "elected"}
)  # fmt: skip
# Participles that describe the second of two objects: "arrested activists and suspected rebels".
ADJECTIVAL = frozenset(
    {"suspected", "alleged", "armed", "wounded", "injured", "displaced", "detained", "jailed", "used", "proposed",
     "planned", "united", "organised", "organized", "related", "limited", "increased", "improved", "retired",
     "frozen", "processed", "masked", "hired", "elected", "appointed", "convicted", "accused", "stolen", "damaged",
     "destroyed", "abandoned"}
)  # fmt: skip
COPULAR = frozenset(
    {"be", "become", "remain", "seem", "appear", "stay", "turn", "prove", "look", "form", "die", "serve"}
)  # fmt: skip
# Nouns whose infinitive says what is tried, planned or asked; and verbs whose object is but a means to the infinitive.
DIRECTED = frozenset(
    {"effort", "attempt", "action", "plan", "bid", "move", "decision", "pledge", "promise", "offer", "threat",
     "willingness", "vow", "proposal", "intention", "call", "demand", "request", "refusal", "failure", "readiness",
     "ability", "right"}
)  # fmt: skip
NAMING = frozenset({"elect", "re-elect", "appoint", "name", "declare", "crown", "proclaim"})
PARTS = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS | syntax.OBJECTS
# What only somebody can be.
PERSONAL = frozenset({"ready", "able", "unable", "willing", "unwilling", "prepared", "eager", "keen", "reluctant"})
# Verbs whose deed stands behind a preposition.
CHARGING = frozenset(
    {"charge", "accuse", "convict", "suspect", "acquit", "clear", "arrest", "sentence", "jail", "fine"}
)
USING = frozenset({"use", "exploit", "need", "take", "force", "employ"})
# What shows that a word has a subject or a clause of its own already.
VERBAL_SIGNS = frozenset({"nsubj", "nsubj:pass", "mark", "cop", "expl"})
BETWEEN = frozenset({"det", "nmod:poss"})
MOST_PASSES = 4


class Edit(NamedTuple):
    """A token's new head and label, and its new tag where that changes."""

    token: int
    head: int
    dep: str
    tag: str | None = None
    pos: str | None = None


@Language.component("dateline_repair", requires=["doc._.mentions"], assigns=["token.dep", "token.head"])
def mend(doc: Doc) -> Doc:
    """The doc with the slips of its parse mended in place; its mentions say which words are names."""
    if not doc.has_annotation("DEP"):
        return doc
    names = {i: mention.label for mention in doc._.mentions or () for i in range(mention.start, mention.end)}
    for _ in range(MOST_PASSES):
        edits = list(_find_edits(doc, names))
        if not edits:
            break
        apply_edits(doc, edits)
    return doc


def apply_edits(doc: Doc, edits: Iterable[Edit]) -> None:
    """Writes the edits into the doc."""
    array: Any = doc.to_array([HEAD, DEP, TAG, POS])
    strings = doc.vocab.strings
    for edit in edits:
        array[edit.token, 0] = numpy.int64(edit.head - edit.token).astype(numpy.uint64)
        array[edit.token, 1] = strings.add(edit.dep)
        if edit.tag is not None:
            array[edit.token, 2] = strings.add(edit.tag)
        if edit.pos is not None:
            array[edit.token, 3] = strings.add(edit.pos)
    doc.from_array([HEAD, DEP, TAG, POS], array)


def _find_edits(doc: Doc, names: dict[int, str]) -> Iterator[Edit]:
    """The edits of one pass: those of the first mender that fits a token, no token edited twice, no circle made."""
    touched: set[int] = set()
    for token in doc:
        for mender in MENDERS:
            edits = mender(token, names)
            around = {edit.token for edit in edits} | {edit.head for edit in edits}
            if edits and not around & touched and all(doc[edit.head].sent == token.sent for edit in edits):
                touched |= around
                yield from edits
                break


def find_hidden_verb(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """A finite verb hung on its object: "the bloc imposed sanctions", "after Turkey requested assistance"."""
    noun = verb.head
    if verb.dep_ != "amod" or verb.tag_ not in {"VBN", "VBD"} or noun.i <= verb.i or noun.pos_ not in NOMINAL:
        return []
    subject = _subject_before(verb)
    if subject is None or not _is_clause(noun, verb, subject):
        return []
    children = [child for child in noun.children if child.i not in {verb.i, subject.i}]
    moved = [edit for child in children if (edit := _rehang(child, verb, subject)) is not None]
    return [_raise_verb(verb, noun), Edit(noun.i, verb.i, "obj"), Edit(subject.i, verb.i, "nsubj"), *moved]


def _raise_verb(verb: Token, noun: Token) -> Edit:
    """The verb in the place that its object had."""
    if noun.head.i == noun.i:
        return Edit(verb.i, verb.i, "ROOT", "VBD", "VERB")
    dep = "advcl" if noun.dep_ in syntax.OBLIQUES | {"nmod"} else "ccomp" if noun.dep_ == "obj" else noun.dep_
    above = syntax.clause_verb(noun) if dep == "conj" and noun.head.pos_ in NOMINAL else None
    return Edit(verb.i, noun.head.i if above is None else above.i, dep, "VBD", "VERB")


def _subject_before(verb: Token) -> Token | None:
    """The noun phrase that ends right before a verb, adverbs aside, and hangs on the verb or its noun."""
    position = verb.i - 1
    while position > verb.sent.start and verb.doc[position].pos_ == "ADV":
        position -= 1
    if position < verb.sent.start:
        return None
    token = verb.doc[position]
    if token.pos_ not in NOMINAL or token.tag_ in {"PRP$", "WP$", "POS"}:
        return None
    places = {verb.i, verb.head.i}
    while token.head.i < verb.i and token.head.i not in places and token.head.i != token.i:
        token = token.head
    is_linked = token.head.i in places and token.dep_ in SUBJECT_LINKS and token.pos_ in NOMINAL
    is_free = not any(child.dep_ == "case" and child.tag_ != "POS" for child in token.children)
    return token if is_linked and is_free and token.i < verb.i else None


def _is_clause(noun: Token, verb: Token, subject: Token) -> bool:
    """Whether a noun with a subject and a participle before it is the object of a clause and no noun phrase."""
    if any(child.dep_ in syntax.COPULAS | syntax.AUXILIARIES for child in noun.children):
        return False
    if any(child.dep_ in BETWEEN and verb.i < child.i < noun.i for child in noun.children):
        return noun.dep_ not in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS
    cases = {child.lower_ for child in noun.children if child.dep_ == "case"}
    if verb.lower_ in PREMODIFYING:
        return False
    if noun.dep_ in syntax.OBLIQUES | {"nmod"}:
        return bool(cases & syntax.CLAUSE_PREPOSITIONS)
    if noun.dep_ == "obj":
        return noun.head.lemma_ in SAYING
    if noun.dep_ == "conj":
        return _opens_clause(noun, subject)
    return noun.dep_ in CLAUSAL and not cases


def _opens_clause(noun: Token, subject: Token) -> bool:
    """Whether a coordinated phrase starts anew: ", and the bloc imposed sanctions"."""
    start = min(subject.left_edge.i, noun.left_edge.i)
    before = [noun.doc[i] for i in (start - 2, start - 1, start) if noun.sent.start <= i]
    has_link = any(token.dep_ == "cc" or token.text == "," for token in before)
    has_article = any(c.dep_ in BETWEEN for c in (*subject.children, *noun.children) if c.i < subject.i)
    return has_link and (has_article or subject.tag_ in {"NNS", "NNP", "NNPS", "PRP"} or noun.head.pos_ == "VERB")


def _rehang(child: Token, verb: Token, subject: Token) -> Edit | None:
    """Where a child of the object goes once its verb has the place of the clause; None where it stays."""
    if child.i > verb.i:
        if child.i < verb.head.i or child.dep_ in STAYS_RIGHT or (child.dep_ == "conj" and child.pos_ in NOMINAL):
            return None
        is_result = child.dep_ == "parataxis" and child.tag_ == "VBG"
        return Edit(child.i, verb.i, "advcl" if is_result else child.dep_)
    if child.dep_ == "case" and child.lower_ in syntax.CLAUSE_PREPOSITIONS:
        return Edit(child.i, verb.i, "mark")
    is_of_subject = child.dep_ in GOES_TO_SUBJECT and child.i < subject.i
    return Edit(child.i, subject.i if is_of_subject else verb.i, child.dep_)


def find_coordinated_verb(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """A second verb hung on its object: "torched vehicles and looted shops", "killed dozens and injured thousands"."""
    noun = verb.head
    first = _first_verb(noun)
    if verb.dep_ != "amod" or verb.tag_ not in {"VBN", "VBD"} or noun.i <= verb.i or first is None:
        return []
    link = verb.doc[verb.i - 1]
    if link.dep_ != "cc" or link.head.i not in {noun.i, verb.i} or not _is_second_deed(verb, noun):
        return []
    return [Edit(verb.i, first.i, "conj", "VBD", "VERB"), Edit(noun.i, verb.i, "obj"), Edit(link.i, verb.i, "cc")]


def _first_verb(noun: Token) -> Token | None:
    """The verb whose second object a noun is taken for."""
    first = noun.head if noun.dep_ == "conj" else noun
    is_object = noun.dep_ in {"conj", "obj"} and first.dep_ in syntax.OBJECTS | syntax.OBLIQUES
    is_second = noun.dep_ == "conj" or any(child.dep_ == "obj" and child.i < noun.i for child in first.head.children)
    verb = first.head
    return verb if is_object and is_second and verb.pos_ == "VERB" and verb.tag_ in {"VBD", "VBN"} else None


def _is_second_deed(verb: Token, noun: Token) -> bool:
    """Whether a participle before a second object is a verb: a number or article follows, or it is no adjective."""
    follows = [child for child in noun.children if verb.i < child.i < noun.i]
    is_count = noun.pos_ == "NUM" or noun.lower_ in ROUND or any(c.dep_ == "nummod" for c in follows)
    return is_count or any(c.dep_ in BETWEEN for c in follows) or verb.lower_ not in ADJECTIVAL


def find_named_verb(token: Token, names: dict[int, str]) -> list[Edit]:
    """A nationality or place taken for a verb: "support to Kazakh authorities"."""
    if token.pos_ != "VERB" or names.get(token.i) not in {"NORP", "GPE"} or token.head.i == token.i:
        return []
    nouns = [child for child in token.children if child.dep_ in syntax.OBJECTS and child.i > token.i]
    if not nouns or not token.text[:1].isupper():
        return []
    noun, mark = nouns[0], [child for child in token.children if child.dep_ == "mark" and child.i < token.i]
    dep = "obl" if mark else "obj"
    edits = [Edit(noun.i, token.head.i, dep), Edit(token.i, noun.i, "amod", "JJ", "ADJ")]
    others = [child for child in token.children if child.i != noun.i]
    return [*edits, *(Edit(c.i, noun.i, "case" if c.dep_ == "mark" else c.dep_) for c in others)]


def find_plain_object(noun: Token, _names: dict[int, str]) -> list[Edit]:
    """An object taken for a predicate: "Delegates elected Özel", "expressed support"."""
    verb = noun.head
    if noun.dep_ != "xcomp" or noun.pos_ not in {"NOUN", "PROPN"} or verb.pos_ != "VERB" or noun.i < verb.i:
        return []
    is_passive = syntax.is_passive(verb) and verb.lemma_ not in syntax.GIVING_VERBS
    if verb.lemma_ in COPULAR or is_passive or any(c.dep_ in syntax.OBJECTS for c in verb.children):
        return []
    is_bare = not any(c.dep_ in {"case", "mark", "cop", "nsubj", "aux", "aux:pass"} for c in noun.children)
    is_first = not any(c.dep_ == "xcomp" and c.i < noun.i for c in verb.children)
    return [Edit(noun.i, verb.i, "obj")] if is_bare and is_first else []


def find_loose_name(name: Token, names: dict[int, str]) -> list[Edit]:
    """A name after a comma that says who the phrase before it is: "suspended the governor, Ann Lee, for 90 days"."""
    if name.dep_ not in {"parataxis", "xcomp"} or name.pos_ != "PROPN" or names.get(name.i) != "PERSON":
        return []
    start = name.left_edge.i + (name.left_edge.text == ",")
    if start <= name.sent.start or name.doc[start - 1].text != ",":
        return []
    before = [c for c in name.head.children if c.right_edge.i in {start - 2, start - 1} and c.pos_ == "NOUN"]
    return [Edit(name.i, before[-1].i, "appos")] if before and before[-1].i < name.i else []


def find_called_subject(name: Token, _names: dict[int, str]) -> list[Edit]:
    """A subject taken for an address: "Ann Lee, the head of the union, called a strike"."""
    if name.dep_ != "vocative" or name.pos_ != "PROPN" or name.left_edge.i != name.sent.start:
        return []
    nouns = [c for c in name.head.children if c.dep_ in syntax.SUBJECTS and c.pos_ == "NOUN" and c.i > name.i]
    after = name.doc[name.right_edge.i + 1] if name.right_edge.i + 1 < len(name.doc) else None
    is_close = after is not None and (after.text == "," or name.doc[name.right_edge.i].text == ",")
    if not nouns or not is_close or not any(c.dep_ == "det" for c in nouns[0].children):
        return []
    return [Edit(name.i, name.head.i, nouns[0].dep_), Edit(nouns[0].i, name.i, "appos")]


def find_noun_infinitive(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """An infinitive hung on the verb though the noun before it asks for one: "watching for any efforts to seize"."""
    if verb.dep_ not in {"advcl", "xcomp"} or "to" not in syntax.markers(verb) or verb.head.lemma_ in USING:
        return []
    start = verb.left_edge.i
    if start <= verb.sent.start or start <= verb.head.i:
        return []
    noun = verb.doc[start - 1]
    while noun.lemma_.lower() not in DIRECTED and noun.head.i != noun.i and noun.head.i > verb.head.i:
        noun = noun.head
    is_before = noun.i < verb.i and noun.right_edge.i == start - 1
    is_apt = noun.pos_ == "NOUN" and noun.lemma_.lower() in DIRECTED and is_before
    is_asked = verb.head.lemma_ in syntax.ASKING_VERBS | {"call"}
    return [Edit(verb.i, noun.i, "acl")] if is_apt and not is_asked and noun.i > verb.head.i else []


def find_named_passive(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """A passive taken for an adjective of its predicate: "was elected president"."""
    noun = verb.head
    if verb.dep_ != "amod" or verb.lemma_ not in NAMING or noun.i <= verb.i:
        return []
    copulas = [child for child in noun.children if child.dep_ in syntax.COPULAS and child.i < verb.i]
    if not copulas or any(child.dep_ in BETWEEN for child in noun.children):
        return []
    is_root = noun.head.i == noun.i
    moved = [child for child in noun.children if child.i < verb.i or child.dep_ not in STAYS_RIGHT]
    passive = {"cop": "aux:pass", "nsubj": "nsubj:pass"}
    return [
        Edit(verb.i, verb.i if is_root else noun.head.i, noun.dep_, "VBN", "VERB"),
        Edit(noun.i, verb.i, "xcomp"),
        *(Edit(child.i, verb.i, passive.get(child.dep_, child.dep_)) for child in moved if child.i != verb.i),
    ]


def find_tagged_noun(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """A verb taken for a noun, though it has an object: "A gunman shot the senator"."""
    if verb.pos_ != "NOUN" or not any(c.dep_ in syntax.OBJECTS and c.i > verb.i for c in verb.children):
        return []
    before = [c for c in verb.children if c.dep_ in syntax.COMPOUNDS and c.i == verb.i - 1]
    if not before or any(c.dep_ in syntax.COPULAS | {"nsubj", "case"} for c in verb.children):
        return []
    dets = [c for c in verb.children if c.i < before[0].i and c.dep_ in GOES_TO_SUBJECT]
    above = verb.i if verb.head.i == verb.i else verb.head.i
    return [
        Edit(verb.i, above, verb.dep_, "VBZ" if verb.tag_ == "VBZ" else "VBD", "VERB"),
        Edit(before[0].i, verb.i, "nsubj"),
        *(Edit(child.i, before[0].i, child.dep_) for child in dets),
    ]


def find_late_verb(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """The verb of a sentence after a relative clause: "The minister, who took office in May, resigned"."""
    root = verb.sent.root
    is_finite = verb.tag_ in {"VBD", "VBZ"} or any(c.dep_ in syntax.AUXILIARIES for c in verb.children)
    if verb.dep_ not in {"advcl", "conj", "parataxis"} or not is_finite or root.pos_ not in {"NOUN", "PROPN"}:
        return []
    above = verb.head
    is_aside = above.i == root.i or (above.dep_ in {"acl:relcl", "appos"} and above.head.i == root.i)
    start = verb.left_edge.i
    comma = verb.doc[start] if verb.doc[start].text == "," else verb.doc[max(start - 1, 0)]
    has_own = any(c.dep_ in VERBAL_SIGNS for c in verb.children) or any(c.dep_ in VERBAL_SIGNS for c in root.children)
    if not is_aside or comma.text != "," or has_own or not any(c.dep_ in {"acl:relcl", "appos"} for c in root.children):
        return []
    ends = [c for c in root.children if c.dep_ == "punct" and c.i > verb.i]
    return [Edit(verb.i, verb.i, "ROOT"), Edit(root.i, verb.i, "nsubj"), *(Edit(c.i, verb.i, "punct") for c in ends)]


def find_double_part(name: Token, names: dict[int, str]) -> list[Edit]:
    """A noun and its name taken for two subjects or objects: "party chairman Jane Doe said", "the brand Perla"."""
    if name.dep_ not in PARTS or name.pos_ != "PROPN" or name.i not in names:
        return []
    before = [c for c in name.head.children if c.dep_ == name.dep_ and c.right_edge.i == name.left_edge.i - 1]
    if not before or before[0].i in names or before[0].pos_ not in {"NOUN", "PROPN"}:
        return []
    if any(child.dep_ in BETWEEN for child in before[0].children):
        return [Edit(name.i, before[0].i, "appos")]
    return [Edit(before[0].i, name.i, "nmod:desc")]


def find_split_name(token: Token, names: dict[int, str]) -> list[Edit]:
    """A person's later name that hangs outside of the name: "elected Omar Said chairman"."""
    first = token.doc[token.i - 1] if token.i > token.sent.start else token
    while first.dep_ in syntax.FLAT and first.head.i < first.i:
        first = first.head
    is_inside = names.get(token.i) == names.get(token.i - 1) == "PERSON" and first.i < token.i
    if not is_inside or token.pos_ != "PROPN" or token.tag_ not in {"NNP", "NNPS"} or token.head.i == token.i:
        return []
    is_split = token.dep_ in {"ccomp", "parataxis", "acl", "conj"} and token.head.i < first.i
    return [Edit(token.i, first.i, "flat")] if is_split and first.head.i == token.head.i else []


def find_second_object(noun: Token, _names: dict[int, str]) -> list[Edit]:
    """An office taken for a second object: "elected him chairman"."""
    if noun.dep_ != "obj" or noun.pos_ != "NOUN" or noun.head.lemma_ not in NAMING:
        return []
    is_second = any(child.dep_ == "obj" and child.i < noun.i for child in noun.head.children)
    return [Edit(noun.i, noun.head.i, "xcomp")] if is_second else []


def find_inserted_speaker(speaker: Token, _names: dict[int, str]) -> list[Edit]:
    """A speaker in an aside taken for another name of the subject: "Ecuador, Mexico said, raided the embassy"."""
    subject, verb = speaker.head, speaker.head.head
    if speaker.dep_ != "appos" or subject.dep_ not in syntax.SUBJECTS or verb.lemma_ not in SAYING:
        return []
    said = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and not syntax.subjects(c)]
    is_aside = verb.i == speaker.right_edge.i + 1 and verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].text == ","
    if not said or not is_aside or syntax.markers(said[0]):
        return []
    dep = "nsubj:pass" if syntax.is_passive(said[0]) else "nsubj"
    return [Edit(speaker.i, verb.i, "nsubj"), Edit(subject.i, said[0].i, dep)]


def find_shared_subject(noun: Token, _names: dict[int, str]) -> list[Edit]:
    """The subject of a second clause taken for a second object: "arrested the man and Chile froze his accounts"."""
    if noun.dep_ != "conj" or noun.pos_ not in NOMINAL or noun.right_edge.i + 1 >= len(noun.doc):
        return []
    verb = noun.doc[noun.right_edge.i + 1]
    is_finite = verb.tag_ in {"VBD", "VBZ"} or any(c.dep_ in syntax.AUXILIARIES for c in verb.children)
    is_second = verb.dep_ == "conj" and verb.pos_ == "VERB" and verb.head.i == noun.head.head.i
    if not is_second or not is_finite or any(c.dep_ in VERBAL_SIGNS | {"cc"} for c in verb.children):
        return []
    links = [c for c in noun.children if c.dep_ == "cc" and c.i < noun.i]
    dep = "nsubj:pass" if syntax.is_passive(verb) else "nsubj"
    return [Edit(noun.i, verb.i, dep), *(Edit(c.i, verb.i, "cc") for c in links)] if links else []


def find_personal_it(pronoun: Token, _names: dict[int, str]) -> list[Edit]:
    """A pronoun taken for an empty one though only somebody can be so: "says it is ready to meet"."""
    is_empty = pronoun.dep_ == "expl" and pronoun.pos_ == "PRON" and pronoun.head.lemma_ in PERSONAL
    has_subject = any(child.dep_ in VERBAL_SIGNS - {"expl", "cop", "mark"} for child in pronoun.head.children)
    return [Edit(pronoun.i, pronoun.head.i, "nsubj")] if is_empty and not has_subject else []


def find_charge(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """A deed that somebody is charged with taken for an adjective: "charged him with embezzling funds"."""
    noun = verb.head
    if not verb.lower_.endswith("ing") or verb.dep_ not in {"amod", "compound"} or noun.i <= verb.i:
        return []
    cases = [c for c in noun.children if c.dep_ == "case" and c.i == verb.i - 1 and c.lower_ in {"with", "of", "for"}]
    if not cases or noun.dep_ not in syntax.OBLIQUES or noun.head.lemma_ not in CHARGING:
        return []
    return [
        Edit(verb.i, noun.head.i, "advcl", "VBG", "VERB"),
        Edit(noun.i, verb.i, "obj"),
        Edit(cases[0].i, verb.i, "mark"),
    ]


def find_second_gift(noun: Token, _names: dict[int, str]) -> list[Edit]:
    """What is given taken for an infinitive, or whom for a part of it: "refused Lebanon help"."""
    verb = noun.head
    before = [child for child in noun.children if child.dep_ in syntax.COMPOUNDS and child.i == noun.i - 1]
    is_bare = noun.dep_ == "xcomp" and noun.tag_ == "VB" and not syntax.markers(noun)
    if not is_bare or not before or before[0].pos_ != "PROPN" or verb.lemma_ not in syntax.GIVING_VERBS:
        return []
    return [Edit(noun.i, verb.i, "obj", "NN", "NOUN"), Edit(before[0].i, verb.i, "iobj")]


def find_late_speech(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """The verb of saying behind what is said: "The president has resigned, the speaker announced on Friday"."""
    said = verb.head
    if verb.dep_ not in {"advcl", "parataxis"} or verb.lemma_ not in SAYING or verb.i < said.i or syntax.markers(verb):
        return []
    start = verb.left_edge.i
    is_apart = verb.doc[start].text == "," or (start > verb.sent.start and verb.doc[start - 1].text == ",")
    is_clause = bool(syntax.subjects(verb)) and bool(syntax.subjects(said) or syntax.passive_subjects(said))
    has_content = any(child.dep_ in syntax.OBJECTS | syntax.COMPLEMENT_CLAUSES for child in verb.children)
    is_main = said.head.i == said.i and verb.tag_ in {"VBD", "VBZ"}
    if not is_main or not is_apart or not is_clause or has_content:
        return []
    ends = [c for c in said.children if c.dep_ == "punct" and c.i > verb.i]
    return [
        Edit(verb.i, verb.i, "ROOT"),
        Edit(said.i, verb.i, "ccomp"),
        *(Edit(c.i, verb.i, "punct") for c in ends),
    ]


MENDERS: tuple[Callable[[Token, dict[int, str]], list[Edit]], ...] = (
    find_hidden_verb,
    find_coordinated_verb,
    find_named_verb,
    find_plain_object,
    find_loose_name,
    find_called_subject,
    find_noun_infinitive,
    find_named_passive,
    find_tagged_noun,
    find_late_verb,
    find_double_part,
    find_split_name,
    find_second_object,
    find_inserted_speaker,
    find_shared_subject,
    find_personal_it,
    find_charge,
    find_second_gift,
    find_late_speech,
)
