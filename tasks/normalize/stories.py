"""Stories: how alike two articles are in what they write of, by the words that tell articles apart."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from tasks.normalize.names import fold

WORD = re.compile(r"[^\W_]{3,}(?:[-'][^\W_]+)*")
MOST_TERMS = 60  # terms that an article is known by, those that tell it from others most
ANCHORS = 6  # of these, terms under which articles of the same story are looked for
ENDING = re.compile(r"(?:'s|ing|ers|ies|ed|es|er|ly|s|y|e)$")
SHORTEST_STEM = 4


class Story(NamedTuple):
    """What an article writes of: the weights of its terms, of length one together, and those that name the story."""

    weights: Mapping[str, float]
    anchors: tuple[str, ...]


def stem(word: str) -> str:
    """The word without endings of tense, number and the like, where enough is left."""
    short = ENDING.sub("", word)
    return short if len(short) >= SHORTEST_STEM else word


def find_terms(text: str) -> list[str]:
    """The words of a text that say what it is about, folded and stemmed, in text order."""
    return [stem(word) for word in WORD.findall(fold(text)) if word not in STOP_WORDS]


def find_stories(texts: Mapping[str, Iterable[str]]) -> dict[str, Story]:
    """The story of each article, given its sentences: terms count the more, the fewer articles use them."""
    counts = {article_id: Counter(t for text in found for t in find_terms(text)) for article_id, found in texts.items()}
    uses = Counter(term for found in counts.values() for term in found)
    return {article_id: weigh(found, uses, len(counts)) for article_id, found in counts.items()}


def weigh(counts: Mapping[str, int], uses: Mapping[str, int], articles: int) -> Story:
    """The story of one article by how often it and how many articles use each term."""
    raw = {term: (1 + math.log(count)) * math.log(1 + articles / uses[term]) for term, count in counts.items()}
    kept = sorted(raw, key=lambda term: (-raw[term], term))[:MOST_TERMS]
    length = math.sqrt(sum(raw[term] ** 2 for term in kept)) or 1.0
    shared = [term for term in kept if uses[term] > 1]
    return Story({term: raw[term] / length for term in kept}, tuple(shared[:ANCHORS]))


def likeness(one: Story | None, other: Story | None) -> float:
    """How alike two stories are, the cosine of their terms: 0 where one is not known."""
    if one is None or other is None:
        return 0.0
    short, long = sorted((one.weights, other.weights), key=len)
    return sum(weight * long.get(term, 0.0) for term, weight in short.items())
