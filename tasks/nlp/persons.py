"""Whom he and she stand for: each person of the article weighed by what speaks for it.

The weights are learned on GAP's development set by ``training/persons.py``.
"""

from math import exp, log, log2
from typing import NamedTuple

from tasks.nlp.anaphora import PRONOUNS, Choice, Place, Thing, distance, holder, is_barred, is_speaker, is_subject

FARTHEST = 3
MOST_BETWEEN = 4
SUREST = 0.95
LEAST_LEAD = 0.1
# Sentences of the writer's back that one who goes on speaking may last have been the subject of.
SPEAKER_REACH, SPEAKER_SCORE = 2, 0.6
# Sentences of the writer's back that the last person of all may stand who can be meant.
LAST_REACH, LAST_SCORE = 12, 0.5
GOING_ON = frozenset({"continue", "declare", "explain", "state", "suggest", "conclude", "go", "respond", "reply"})
# Of the place where a person is spoken of; the best place of each counts.
PLACE_WEIGHTS = {
    "same sentence": 2.25,
    "sentence before": 0.5,
    "log of words between": -0.39,
    "people between": -0.35,
    "subject": 1.83,
    "subject in the same sentence": -1.15,
    "both subjects": 0.84,
    "coordinated": -1.37,
    "pronoun": -1.03,
    "in other quotation marks": -0.73,
}
# Of the person; its mentions are those that the pronoun may reach.
PERSON_WEIGHTS = {"log of mentions": 0.52, "gender known": 0.02}
NOBODY = -0.23


class Described(NamedTuple):
    """What speaks for one person: its cluster, the features of its places, its own, and the phrases it stands in."""

    number: int
    places: list[dict[str, float]]
    own: dict[str, float]
    phrases: list[int]

    def score(self) -> float:
        """The points of the best place and of the person."""
        return max(self.score_places()) + weigh(self.own, PERSON_WEIGHTS)

    def score_places(self) -> list[float]:
        """The points of each place."""
        return [weigh(place, PLACE_WEIGHTS) for place in self.places]

    def best_phrase(self) -> int:
        """The head of the phrase of the best place; the people of `A and B` share it."""
        points = self.score_places()
        return self.phrases[points.index(max(points))]


def choose_person(pronoun: Place, things: list[Thing]) -> Choice | None:
    """The person that a pronoun means and how likely that is, or None where nobody fits or two fit about as well."""
    people = sorted(describe_people(pronoun, things), key=Described.score, reverse=True)
    points = [NOBODY, *(person.score() for person in people)]
    if not people or points[1] - max(points[:1] + points[2:]) < LEAST_LEAD:
        return None
    best, *others = people
    if any(best.best_phrase() in other.phrases for other in others):
        return None
    share = exp(points[1]) / sum(map(exp, points))
    return Choice(best.number, round(min(SUREST, share), 2))


def choose_speaker(pronoun: Place, things: list[Thing]) -> Choice | None:
    """The person who goes on speaking where `he said` may mean several: the last subject outside quotation marks.

    Of several in one sentence it is who speaks there; where none is a subject, the only person spoken of. None where
    the pronoun is no subject of a verb of saying, or where several persons stand alike.
    """
    if pronoun.passage != -1 or not is_speaker(pronoun.head):
        return None
    told = find_told(pronoun, things, SPEAKER_REACH)
    near = [(place, number) for place, number in told if not is_barred(pronoun.head, place.head)]
    subjects = [(place, number) for place, number in near if is_subject(place.head)]
    last = max((place.told for place, _ in subjects), default=None)
    latest = [(place, number) for place, number in subjects if place.told == last]
    speaking = {number for place, number in latest if is_speaker(place.head)}
    fitting = speaking or {number for _, number in latest} or {number for _, number in near}
    return Choice(fitting.pop(), SPEAKER_SCORE) if len(fitting) == 1 else None


def find_told(pronoun: Place, things: list[Thing], reach: int) -> list[tuple[Place, int]]:
    """Where the writer speaks of persons whom the pronoun can mean, so many sentences back, with their numbers."""
    kind = PRONOUNS[pronoun.head.lower_]
    return [
        (place, thing.number)
        for thing in things
        if thing.label == "PERSON" and thing.gender in {None, kind}
        for place in thing.places
        if place.passage == -1 and 0 <= pronoun.told - place.told <= reach
    ]


def choose_last_person(pronoun: Place, things: list[Thing]) -> Choice | None:
    """The person last spoken of, for a `he said` that nobody nearer fits, as behind speech without marks.

    None unless that person speaks there and nobody else whom the pronoun could mean stands in the sentence.
    """
    if pronoun.passage != -1 or not is_speaker(pronoun.head):
        return None
    places = find_told(pronoun, things, LAST_REACH)
    last = max(places, key=lambda pair: pair[0].head.i, default=None)
    if last is None or is_barred(pronoun.head, last[0].head):
        return None
    head = last[0].head
    if not is_speaker(head) and not (is_subject(head) and holder(head).head.lemma_ in GOING_ON):
        return None
    others = {number for place, number in places if place.sentence == last[0].sentence}
    return Choice(last[1], LAST_SCORE) if len(others) == 1 else None


def weigh(features: dict[str, float], weights: dict[str, float]) -> float:
    """The weighted sum of the features."""
    return sum(weights[name] * value for name, value in features.items())


def describe_people(pronoun: Place, things: list[Thing]) -> list[Described]:
    """The people whom grammar and distance let the pronoun mean, in the order of the things."""
    kind = PRONOUNS[pronoun.head.lower_]
    people = [thing for thing in things if thing.label == "PERSON" and thing.gender in {None, kind}]
    before = [(place.head.i, person.number) for person in people for place in person.places]
    found = []
    for person in people:
        reachable = [
            place
            for place in person.places
            if 0 <= distance(pronoun, place) <= FARTHEST and not is_barred(pronoun.head, place.head)
        ]
        if reachable:
            places = [describe_place(pronoun, place, person.number, before) for place in reachable]
            phrases = [holder(place.head).i for place in reachable]
            own = {"log of mentions": log2(1 + len(reachable)), "gender known": float(person.gender == kind)}
            found.append(Described(person.number, places, own, phrases))
    return found


def describe_place(pronoun: Place, place: Place, number: int, before: list[tuple[int, int]]) -> dict[str, float]:
    """The features of a place; `before` has where all people are spoken of."""
    away = distance(pronoun, place)
    between = {other for position, other in before if place.head.i < position < pronoun.head.i and other != number}
    subject = is_subject(place.head)
    return {
        "same sentence": float(away == 0),
        "sentence before": float(away == 1),
        "log of words between": log(1 + abs(pronoun.head.i - place.head.i)),
        "people between": float(min(len(between), MOST_BETWEEN)),
        "subject": float(subject),
        "subject in the same sentence": float(subject and away == 0),
        "both subjects": float(subject and is_subject(pronoun.head)),
        "coordinated": float("conj" in {place.head.dep_, holder(place.head).dep_}),
        "pronoun": float(place.head.lower_ in PRONOUNS),
        "in other quotation marks": float(place.passage not in {-1, pronoun.passage}),
    }
