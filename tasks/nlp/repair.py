"""Parses mended where a parser slips in a way that news brings out, before the other rules read them.

A slip is mended only where the words around leave no other reading. Each mender is measured: what it mends of treebanks
and events must be more than what it breaks.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy
from spacy.attrs import DEP, HEAD, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token

from tasks.nlp import syntax

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
GOES_TO_SUBJECT = frozenset({"det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "case", "flat", "nmod"})
SAYING = frozenset(
    {"say", "claim", "report", "announce", "reveal", "believe", "deny", "add", "note", "warn", "confirm"}
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
SPLITS = frozenset({"ccomp", "parataxis", "acl", "conj"})
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
# Participles that are mostly adjectives.
ADJECTIVAL = frozenset(
    {"suspected", "alleged", "armed", "wounded", "injured", "displaced", "detained", "jailed", "used", "proposed",
     "planned", "united", "organised", "organized", "related", "limited", "increased", "improved", "retired",
     "frozen", "processed", "masked", "hired", "elected", "appointed", "convicted", "accused", "stolen", "damaged",
     "destroyed", "abandoned"}
)  # fmt: skip
BETWEEN = frozenset({"det", "nmod:poss"})
MOST_PASSES = 4


class Edit(NamedTuple):
    """A token's new head and label, and its new tag where that changes."""

    token: int
    head: int
    dep: str
    tag: str | None = None
    pos: str | None = None


Mender: TypeAlias = Callable[[Token, dict[int, str]], list[Edit]]


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
        for mender in MENDERS_OF.get(token.dep_, ()):
            edits = mender(token, names)
            around = {edit.token for edit in edits} | {edit.head for edit in edits}
            if edits and not around & touched and all(doc[edit.head].sent == token.sent for edit in edits):
                touched |= around
                yield from edits
                break


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


def find_noun_infinitive(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """An infinitive hung on the verb though the noun before it asks for one: "watching for any efforts to seize"."""
    if verb.dep_ not in {"advcl", "xcomp"} or "to" not in syntax.markers(verb) or verb.head.lemma_ in USING:
        return []
    start = verb.left_edge.i
    if verb.doc[start].is_sent_start or start <= verb.head.i:
        return []
    noun = verb.doc[start - 1]
    while noun.lemma_.lower() not in DIRECTED and noun.head.i != noun.i and noun.head.i > verb.head.i:
        noun = noun.head
    is_before = noun.i < verb.i and noun.right_edge.i == start - 1
    is_apt = noun.pos_ == "NOUN" and noun.lemma_.lower() in DIRECTED and is_before
    is_asked = verb.head.lemma_ in syntax.ASKING_VERBS | {"call"}
    return [Edit(verb.i, noun.i, "acl")] if is_apt and not is_asked and noun.i > verb.head.i else []


def find_tagged_noun(noun: Token, _names: dict[int, str]) -> list[Edit]:
    """A verb taken for a noun, though it has an object: "until the army attacks Gao"."""
    verb = noun.head
    if verb.pos_ != "NOUN" or noun.i < verb.i:
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
    first = token if token.is_sent_start else token.doc[token.i - 1]
    while first.dep_ in syntax.FLAT and first.head.i < first.i:
        first = first.head
    is_inside = names.get(token.i) == names.get(token.i - 1) == "PERSON" and first.i < token.i
    if not is_inside or token.pos_ != "PROPN" or token.tag_ not in {"NNP", "NNPS"} or token.head.i == token.i:
        return []
    is_split = token.head.i < first.i and first.head.i == token.head.i
    return [Edit(token.i, first.i, "flat")] if is_split else []


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


def find_for_subject(noun: Token, _names: dict[int, str]) -> list[Edit]:
    """Who is to do it taken for a phrase of the verb above: "calling for the mayor to step down"."""
    if noun.pos_ not in NOMINAL or any(child.dep_ == "case" for child in noun.children):
        return []
    for verb in noun.head.children:
        marks = [child for child in verb.children if child.dep_ == "mark"]
        is_split = [mark.lower_ for mark in marks] == ["for", "to"] and marks[0].i < noun.i < marks[1].i
        if is_split and not any(child.dep_ in VERBAL_SIGNS - {"mark"} for child in verb.children):
            return [Edit(noun.i, verb.i, "nsubj")]
    return []


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
    is_apart = verb.doc[start].text == "," or (start > 0 and verb.doc[start - 1].text == ",")
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


def find_coordinated_verb(verb: Token, _names: dict[int, str]) -> list[Edit]:
    """A second verb hung on its object: "torched vehicles and looted shops", "killed dozens and injured thousands"."""
    noun, link = verb.head, verb.nbor(-1) if verb.i else verb
    first = noun.head.head
    is_second = noun.dep_ == "conj" and noun.head.dep_ in syntax.OBJECTS and first.tag_ in {"VBD", "VBN"}
    if verb.tag_ not in {"VBN", "VBD"} or noun.i <= verb.i or not is_second or first.pos_ != "VERB":
        return []
    between = [child for child in noun.children if verb.i < child.i < noun.i]
    is_verb = noun.pos_ == "NUM" or any(child.dep_ in BETWEEN | {"nummod"} for child in between)
    if link.dep_ != "cc" or (verb.lower_ in ADJECTIVAL and not is_verb):
        return []
    return [Edit(verb.i, first.i, "conj", "VBD", "VERB"), Edit(noun.i, verb.i, "obj"), Edit(link.i, verb.i, "cc")]


# Each mender is asked about the tokens whose label it corrects.
MENDERS: tuple[tuple[Mender, frozenset[str]], ...] = (
    (find_plain_object, frozenset({"xcomp"})),
    (find_noun_infinitive, frozenset({"advcl", "xcomp"})),
    (find_tagged_noun, syntax.OBJECTS),
    (find_double_part, PARTS),
    (find_split_name, SPLITS),
    (find_second_object, syntax.OBJECTS),
    (find_inserted_speaker, syntax.APPOSITIONS),
    (find_shared_subject, frozenset({"conj"})),
    (find_personal_it, frozenset({"expl"})),
    (find_for_subject, syntax.OBLIQUES),
    (find_charge, frozenset({"amod", "compound"})),
    (find_coordinated_verb, frozenset({"amod"})),
    (find_second_gift, frozenset({"xcomp"})),
    (find_late_speech, frozenset({"advcl", "parataxis"})),
)
MENDERS_OF = {
    label: [mender for mender, labels in MENDERS if label in labels]
    for label in frozenset().union(*(labels for _, labels in MENDERS))
}
