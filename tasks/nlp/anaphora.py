"""What `it` and `they` stand for: candidates weighed by number, role, closeness and place in the sentence."""

from math import log2
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from tasks.nlp import syntax

MASCULINE, FEMININE, THING, PLURAL = "m", "f", "thing", "plural"
PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), MASCULINE),
    **dict.fromkeys(("she", "her", "hers", "herself"), FEMININE),
    **dict.fromkeys(("it", "its", "itself"), THING),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), PLURAL),
}
HELD = syntax.APPOSITIONS | syntax.FLAT | {"conj"}
CLOSING = frozenset({",", "”", '"', "''", "’"})
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
THING_LABELS = frozenset({"ORG", "GPE"})
PLURAL_LABELS = frozenset({"ORG", "NORP"})
SPEECH_LEMMAS = frozenset(
    {"say", "tell", "add", "write", "announce", "warn", "claim", "note", "ask", "argue", "insist"}
)
# Sentences back that a pronoun may reach, and points for each distance.
DISTANCE_POINTS = (2.0, 0.8, 0.0, 0.0)
SUBJECT_POINTS, PARALLEL_POINTS, SPEAKER_POINTS = 1.2, 1.0, 0.5
FREQUENCY_POINTS, TOKEN_POINTS, OTHER_QUOTE_POINTS = 0.25, 0.02, 1.5
MIN_POINTS, MIN_MARGIN = 3.0, 0.8


class Place(NamedTuple):
    """Where a mention stands: its head, sentence, and the passage in quotation marks around it (-1 for none).

    `told` counts sentences without those that stand in quotation marks, for words that stand outside of them.
    """

    head: Token
    sentence: int
    passage: int
    told: int


class Thing(NamedTuple):
    """What is known of a cluster at some point of the text."""

    number: int
    label: str
    gender: str | None
    roles: frozenset[str]
    places: list[Place]


class Choice(NamedTuple):
    """The cluster that a mention is taken to mean, and how sure that is."""

    number: int
    score: float


def choose_for_pronoun(pronoun: Place, things: list[Thing]) -> Choice | None:
    """The thing that `it` or `they` means, or None where none fits or two fit about as well."""
    kind = PRONOUNS[pronoun.head.lower_]
    if kind == THING and is_expletive(pronoun.head):
        return None
    points = sorted(((_points(pronoun, thing, kind), thing.number) for thing in things), reverse=True)
    if not points or points[0][0] < MIN_POINTS:
        return None
    margin = points[0][0] - (points[1][0] if len(points) > 1 else 0.0)
    if margin < MIN_MARGIN:
        return None
    return Choice(points[0][1], round(min(0.95, 0.5 + margin / 6), 2))


def _points(pronoun: Place, thing: Thing, kind: str) -> float:
    if not _agrees(kind, thing):
        return float("-inf")
    reachable = [p for p in thing.places if 0 <= distance(pronoun, p) < len(DISTANCE_POINTS)]
    best = max((_place_points(pronoun, place) for place in reachable), default=float("-inf"))
    return best + FREQUENCY_POINTS * log2(1 + len(thing.places))


def distance(later: Place, earlier: Place) -> int:
    """How many sentences lie between two places; between what a writer tells, quoted sentences do not count."""
    if later.passage == earlier.passage == -1:
        return later.told - earlier.told
    return later.sentence - earlier.sentence


def _agrees(kind: str, thing: Thing) -> bool:
    return thing.label in (THING_LABELS if kind == THING else PLURAL_LABELS)


def _place_points(pronoun: Place, place: Place) -> float:
    if is_barred(pronoun.head, place.head):
        return float("-inf")
    points = DISTANCE_POINTS[distance(pronoun, place)]
    points -= TOKEN_POINTS * abs(pronoun.head.i - place.head.i)
    if is_subject(place.head):
        points += SUBJECT_POINTS + PARALLEL_POINTS * is_subject(pronoun.head)
        points += SPEAKER_POINTS * (is_speaker(place.head) and is_speaker(pronoun.head))
    elif place.head.dep_ in syntax.POSSESSIVES and pronoun.head.dep_ in syntax.POSSESSIVES:
        points += PARALLEL_POINTS
    if place.passage not in {-1, pronoun.passage}:
        points -= OTHER_QUOTE_POINTS
    return points


def is_subject(token: Token) -> bool:
    """Whether the token is a subject, active or passive, of any clause; a name counts with the title it stands by."""
    is_parsed = holder(token).dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS
    return is_parsed or (verb_after(token) or _verb_before(token)) is not None


def _verb_before(name: Token) -> Token | None:
    """The verb of saying behind a quotation whose subject a parser took for its object: `…,” argued host John Doe`."""
    head = holder(name)
    verb = head.head
    if head.dep_ not in syntax.OBJECTS or verb.i > name.i or verb.i == 0 or verb.lemma_ not in SPEECH_LEMMAS:
        return None
    return verb if name.doc[verb.i - 1].text in CLOSING else None


def verb_after(name: Token) -> Token | None:
    """The verb right behind a name, where the parse gives that verb no subject: the name is taken to be it."""
    last = max([name.i, *(child.i for child in name.children if child.dep_ in syntax.FLAT)])
    verb = name.doc[last + 1] if last + 1 < len(name.doc) else None
    if verb is None or name.pos_ != "PROPN" or verb.tag_ not in {"VBD", "VBZ"} or verb.pos_ != "VERB":
        return None
    has_subject = any(child.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS for child in verb.children)
    return None if has_subject else verb


def holder(token: Token) -> Token:
    """The head of the phrase whose part in the sentence a name shares: `spokesman John Doe`, `A and B`."""
    head = token
    while head.dep_ in HELD and head.head.i != head.i:
        head = head.head
    return head


def is_speaker(token: Token) -> bool:
    """Whether the token is the subject of a verb of saying."""
    head, beside = holder(token), verb_after(token) or _verb_before(token)
    is_beside = beside is not None and beside.lemma_ in SPEECH_LEMMAS
    return is_beside or (head.dep_ in syntax.SUBJECTS and head.head.lemma_ in SPEECH_LEMMAS)


def is_barred(pronoun: Token, candidate: Token) -> bool:
    """Whether grammar keeps the two apart: object and subject of one verb, members of one coordination."""
    is_reflexive = pronoun.lower_ in REFLEXIVES
    if candidate.head.i == pronoun.head.i and pronoun.dep_ not in syntax.POSSESSIVES:
        return not is_reflexive
    if pronoun.head.i == candidate.i or candidate.head.i == pronoun.i:
        return True
    governor = _governor(pronoun)
    if not is_reflexive and governor is not None and candidate.head.i == governor.i:
        return pronoun.dep_ not in syntax.POSSESSIVES
    return False


def _governor(pronoun: Token) -> Token | None:
    """The verb that governs a pronoun through a preposition, as in `Obama spoke to him`."""
    if pronoun.dep_ in syntax.OBLIQUES | syntax.OBJECTS:
        return pronoun.head
    return pronoun.head.head if pronoun.dep_ == "pobj" else None


def is_expletive(token: Token) -> bool:
    """Whether `it` stands for nothing: `it is clear that`, `it seems`, `it rained`."""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl":
        return True
    verb = token.head
    has_clause = any(c.dep_ in {"csubj", "ccomp", "csubj:pass", "advcl", "acl", "xcomp"} for c in verb.children)
    is_copular = any(c.dep_ in syntax.COPULAS for c in verb.children) or verb.lemma_ == "be"
    return verb.lemma_ in {"seem", "appear", "turn", "happen", "take"} or (has_clause and is_copular)


def main_subject_after(pronoun: Token) -> Token | None:
    """The subject of the sentence where the pronoun stands in a clause or phrase in front of it, or None."""
    root = pronoun.head
    while root.head.i != root.i:
        root = root.head
    for subject in [*syntax.subjects(root), *syntax.passive_subjects(root)]:
        is_within = subject.left_edge.i <= pronoun.i <= subject.right_edge.i
        if pronoun.i < subject.i and not is_within and pronoun.head.i != root.i:
            return subject
    return None


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence."""
    return [number for number, sent in enumerate(sentences(doc)) for _ in range(len(sent))]


def sentences(doc: Doc) -> list[Span]:
    """The sentences of a doc, one for all where nothing has found any."""
    if doc.has_annotation("SENT_START"):
        return list(doc.sents)
    return [doc[:]] if len(doc) else []


def told_numbers(doc: Doc, passages: list[int]) -> list[int]:
    """For each token the number of sentences so far with words outside of quotation marks."""
    numbers: list[int] = []
    count = 0
    for sent in sentences(doc):
        count += any(token.is_alpha and passages[token.i] == -1 for token in sent)
        numbers += [count] * len(sent)
    return numbers
