"""Quotes: who speaks, and which quotes of different outlets are the same words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tasks.ids import stable_id
from tasks.normalize.corrections import Entity
from tasks.normalize.names import clean_name, fold

SHINGLE = 4  # words of a shingle
SHORTEST_MATCH = 6  # words of the shorter quote below which only equal words match
CONTAINED = 0.8  # share of the shorter quote's shingles that the longer must hold
CROWDED = 50  # a shingle in more quotes than this is a set phrase and finds no candidates
WORD = re.compile(r"\w+(?:'\w+)?")


class QuoteMention(NamedTuple):
    """A quote as its article gives it."""

    quote_id: str
    article_id: str
    quote_type: str
    content: str
    cue: str | None
    cue_class: str | None
    speaker_text: str | None
    speaker_mention_id: str | None
    addressee: str | None
    said_on: date | None
    score: float


class Quote(NamedTuple):
    """A row of `quotes`."""

    quote_id: str
    article_id: str
    quote_type: str
    content: str
    cue: str | None
    cue_class: str | None
    speaker_entity_id: str | None
    speaker_name: str | None
    speaker_role: str | None
    addressee: str | None
    utterance_id: str
    said_on: date | None
    score: float


def content_words(content: str) -> tuple[str, ...]:
    """The words of a quote as they are compared: folded, without punctuation."""
    return tuple(WORD.findall(fold(content)))


def shingles(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The runs of words that two quotes of one utterance share."""
    return frozenset(words[i : i + SHINGLE] for i in range(len(words) - SHINGLE + 1))


def is_contained(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether the smaller set of shingles lies almost wholly in the larger."""
    return len(one & other) >= CONTAINED * min(len(one), len(other))


class Groups:
    """Things joined two by two; the root of each group is its first member."""

    def __init__(self, size: int) -> None:
        self.parents = list(range(size))

    def root(self, item: int) -> int:
        """The first member of the group of an item."""
        while self.parents[item] != item:
            self.parents[item] = self.parents[self.parents[item]]
            item = self.parents[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Makes one group of the groups of two items."""
        first, second = sorted((self.root(one), self.root(other)))
        self.parents[second] = first


def group_utterances(contents: Sequence[tuple[str, ...]], speakers: Sequence[str | None]) -> list[int]:
    """For each quote the index of the first quote that gives the same words of the same speaker.

    Equal words match; longer quotes also match where one holds most of the other. Two known speakers keep quotes apart.
    Candidates come from shared shingles, so that cost grows with the number of quotes and not with its square.
    """
    groups = Groups(len(contents))
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, words in enumerate(contents):
        for earlier in by_words[words]:
            if words and may_be_one(speakers[earlier], speakers[index]):
                groups.join(earlier, index)
                break
        else:
            by_words[words].append(index)
    sets = {index: shingles(words) for index, words in enumerate(contents) if len(words) >= SHORTEST_MATCH}
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in sets.items():
        candidates = {earlier for shingle in own if len(seen[shingle]) <= CROWDED for earlier in seen[shingle]}
        for earlier in sorted(candidates):
            if may_be_one(speakers[earlier], speakers[index]) and is_contained(sets[earlier], own):
                groups.join(earlier, index)
        for shingle in own:
            seen[shingle].append(index)
    return [groups.root(index) for index in range(len(contents))]


def may_be_one(one: str | None, other: str | None) -> bool:
    """Whether two speakers may be one: the same, or one is not known."""
    return one is None or other is None or one == other


def find_quotes(
    mentions: Iterable[QuoteMention],
    *,
    entity_of: Mapping[str, str],
    entities: Mapping[str, Entity],
    roles: Mapping[tuple[str, str], str],
) -> list[Quote]:
    """The quotes with speakers and utterances; `roles` gives the role of an entity in an article.

    The utterance is named after the words of the quote that comes first by id order of articles.
    """
    ordered = sorted(mentions, key=lambda mention: (mention.article_id, mention.quote_id))
    speakers = [entity_of.get(mention.speaker_mention_id or "") for mention in ordered]
    contents = [content_words(mention.content) for mention in ordered]
    firsts = group_utterances(contents, speakers)
    quotes = []
    for mention, speaker, first in zip(ordered, speakers, firsts, strict=True):
        words = clean_name(mention.speaker_text) if mention.speaker_text is not None else None
        quotes.append(
            Quote(
                quote_id=mention.quote_id,
                article_id=mention.article_id,
                quote_type=mention.quote_type,
                content=mention.content,
                cue=mention.cue,
                cue_class=mention.cue_class,
                speaker_entity_id=speaker,
                speaker_name=entities[speaker].canonical_name if speaker is not None else words,
                speaker_role=roles.get((speaker, mention.article_id)) if speaker is not None else None,
                addressee=mention.addressee,
                utterance_id=stable_id("utt", *(contents[first] or (ordered[first].quote_id,)), speakers[first] or ""),
                said_on=mention.said_on,
                score=mention.score,
            )
        )
    return quotes
