"""Quotes: who speaks, which quotes are one utterance, and how each article words it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tasks.ids import stable_id
from tasks.nlp.records import TOPIC
from tasks.normalize.corrections import Entity
from tasks.normalize.names import clean_name
from tasks.normalize.utterances import BODY, PERSON, Said, Utterance, Voice, content_words, group_utterances
from tasks.normalize.wording import Report, compare_words, join_contents


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
    affiliation_mention_id: str | None
    addressee: str | None
    medium: str | None
    parent_quote_id: str | None
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
    affiliation_entity_id: str | None
    addressee: str | None
    medium: str | None
    parent_quote_id: str | None
    utterance_id: str
    said_on: date | None
    score: float


def find_quotes(
    mentions: Iterable[QuoteMention],
    *,
    entity_of: Mapping[str, str],
    entities: Mapping[str, Entity],
    roles: Mapping[tuple[str, str], str],
) -> list[Quote]:
    """What is said, with speakers and utterances; `roles` gives the role of an entity in an article.

    What is only spoken of stays a mention.
    """
    said_mentions = (mention for mention in mentions if mention.cue_class != TOPIC)
    ordered = sorted(said_mentions, key=lambda mention: (mention.article_id, mention.quote_id))
    speakers = [entity_of.get(mention.speaker_mention_id or "") for mention in ordered]
    said = [
        Said(
            mention.article_id,
            content_words(mention.content),
            find_voice(entities[speaker]) if speaker is not None else None,
            mention.said_on,
        )
        for mention, speaker in zip(ordered, speakers, strict=True)
    ]
    quotes = []
    for mention, speaker, utterance in zip(ordered, speakers, group_utterances(said), strict=True):
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
                affiliation_entity_id=entity_of.get(mention.affiliation_mention_id or ""),
                addressee=mention.addressee,
                medium=mention.medium,
                parent_quote_id=mention.parent_quote_id,
                utterance_id=name_utterance(
                    utterance, said[utterance.leader].words, ordered[utterance.leader].quote_id
                ),
                said_on=mention.said_on,
                score=mention.score,
            )
        )
    return quotes


def find_voice(entity: Entity) -> Voice:
    """The speaker as utterances know it."""
    return Voice(PERSON if entity.entity_type == "PERSON" else BODY, entity.entity_id)


def name_utterance(utterance: Utterance, words: Sequence[str], quote_id: str) -> str:
    """The id of an utterance: its fullest words, who said them and when; the quote where it has no words."""
    who = utterance.voices.get(PERSON) or utterance.voices.get(BODY) or ""
    day = "" if utterance.said_on is None else utterance.said_on.isoformat()
    return stable_id("utt", *(words or (quote_id,)), who, day)


def find_reports(quotes: Iterable[Quote]) -> list[Report]:
    """How each article words an utterance that another article reports too, against the longest quote of it."""
    groups: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[quote.utterance_id].append(quote)
    return [
        report
        for utterance_id in sorted(groups)
        if len({quote.article_id for quote in groups[utterance_id]}) > 1
        for report in compare_reports(utterance_id, groups[utterance_id])
    ]


def compare_reports(utterance_id: str, quotes: Sequence[Quote]) -> list[Report]:
    """The reports of one utterance, the fullest first."""
    ranked = sorted(quotes, key=lambda quote: (-len(quote.content.split()), quote.article_id, quote.quote_id))
    fullest = ranked[0]
    by_article: dict[str, list[Quote]] = defaultdict(list)
    for quote in ranked:
        by_article[quote.article_id].append(quote)
    reports = []
    for article_id, own in by_article.items():
        is_fullest = own[0] is fullest
        content = fullest.content if is_fullest else join_contents(fullest.content, [quote.content for quote in own])
        wording = compare_words(fullest.content, content)
        reports.append(Report(utterance_id, article_id, own[0].quote_id, is_fullest, content, *wording))
    return reports
