"""Doc to rows: what the components found, as rows of the extract datasets; pure."""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from tasks.ids import stable_id
from tasks.nlp.nesting import find_parents
from tasks.nlp.records import Argument, Event, Mention, NumberMention, Quote, TimeMention

Row = dict[str, object]


class ArticleRows(NamedTuple):
    """The rows of one article, dataset by dataset; the field names are the names of the datasets."""

    sentences: list[Row]
    entity_mentions: list[Row]
    time_mentions: list[Row]
    number_mentions: list[Row]
    quote_mentions: list[Row]
    event_mentions: list[Row]
    event_arguments: list[Row]


class _Article(NamedTuple):
    """A doc with what every row needs; `text` is kept because `doc.text` is put together anew each time."""

    article_id: str
    doc: Doc
    text: str
    sentence_starts: list[int]


class _Ids(NamedTuple):
    """The ids of the records of one doc, by their index."""

    mentions: list[str]
    times: list[str]
    quotes: list[str]


def to_rows(article_id: str, doc: Doc) -> ArticleRows:
    """The rows of an annotated doc; a record found twice gives one row, one without words raises ValueError."""
    sentences = [_trim(sent) for sent in doc.sents if sent.text.strip()]
    article = _Article(article_id, doc, doc.text, [sent.start_char for sent in sentences])
    ids = _Ids(
        [_mention_id(article, mention) for mention in doc._.mentions],
        [stable_id("tim", article_id, *_chars(doc, time.start, time.end)) for time in doc._.times],
        [stable_id("quo", article_id, *_chars(doc, *_extent(quote)), quote.quote_type) for quote in doc._.quotes],
    )
    events = [(_event_id(article, event), event) for event in doc._.events]
    return ArticleRows(
        sentences=[_span_row(article, sent.start, sent.end) for sent in sentences],
        entity_mentions=_unique(
            "mention_id", (_mention_row(article, i, m) for i, m in zip(ids.mentions, doc._.mentions, strict=True))
        ),
        time_mentions=_unique(
            "time_mention_id", (_time_row(article, i, t) for i, t in zip(ids.times, doc._.times, strict=True))
        ),
        number_mentions=_unique("number_mention_id", (_number_row(article, number) for number in doc._.numbers)),
        quote_mentions=_unique(
            "quote_mention_id",
            (
                _quote_row(article, ids, i, q, _at(ids.quotes, parent))
                for i, q, parent in zip(ids.quotes, doc._.quotes, find_parents(doc._.quotes), strict=True)
            ),
        ),
        event_mentions=_unique("event_mention_id", (_event_row(article, ids, i, e) for i, e in events)),
        event_arguments=_unique(
            "argument_id", (_argument_row(article, ids, i, a) for i, e in events for a in e.arguments)
        ),
    )


def _trim(sent: Span) -> Span:
    """The sentence without white space at its ends."""
    start, end = sent.start, sent.end
    while start < end and sent.doc[start].is_space:
        start += 1
    while end > start and sent.doc[end - 1].is_space:
        end -= 1
    return sent.doc[start:end]


def _unique(key: str, rows: Iterable[Row]) -> list[Row]:
    return list({row[key]: row for row in rows}.values())


def _chars(doc: Doc, start: int, end: int) -> tuple[int, int]:
    if start >= end:
        raise ValueError(f"a span from token {start} to {end} holds nothing")
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last)


def _span_row(article: _Article, start: int, end: int) -> Row:
    start_char, end_char = _chars(article.doc, start, end)
    return {
        "article_id": article.article_id,
        "sentence_index": max(bisect_right(article.sentence_starts, start_char) - 1, 0),
        "start_char": start_char,
        "end_char": end_char,
        "text": article.text[start_char:end_char],
    }


def _mention_id(article: _Article, mention: Mention) -> str:
    return stable_id("men", article.article_id, *_chars(article.doc, mention.start, mention.end), mention.label)


def _event_id(article: _Article, event: Event) -> str:
    return stable_id("evm", article.article_id, *_chars(article.doc, event.start, event.end), event.event_type)


def _mention_row(article: _Article, mention_id: str, mention: Mention) -> Row:
    return {
        "mention_id": mention_id,
        **_span_row(article, mention.start, mention.end),
        "label": mention.label,
        "mention_type": mention.mention_type,
        "title": mention.title,
        "role": mention.role,
        "coref_cluster_id": mention.cluster if mention.cluster >= 0 else None,
        "method": mention.method,
        "score": mention.score,
    }


def _time_row(article: _Article, time_id: str, time: TimeMention) -> Row:
    return {
        "time_mention_id": time_id,
        **_span_row(article, time.start, time.end),
        "timex_type": time.timex_type,
        "value": time.value,
        "date_from": _day(time.date_from),
        "date_to": _day(time.date_to),
        "method": time.method,
        "score": time.score,
    }


def _number_row(article: _Article, number: NumberMention) -> Row:
    chars = _chars(article.doc, number.start, number.end)
    return {
        "number_mention_id": stable_id("num", article.article_id, *chars),
        **_span_row(article, number.start, number.end),
        "label": number.label,
        "value": number.value,
        "value_low": number.low,
        "value_high": number.high,
        "unit": number.unit,
        "relation": number.relation,
        "rule_id": number.rule_id,
        "score": number.score,
    }


def _day(value: str | None) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(value)


def _extent(quote: Quote) -> tuple[int, int]:
    return quote.parts[0][0], quote.parts[-1][1]


def _text(article: _Article, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    start_char, end_char = _chars(article.doc, *span)
    return article.text[start_char:end_char]


def _span_columns(doc: Doc, name: str, span: tuple[int, int] | None) -> Row:
    start_char, end_char = _chars(doc, *span) if span is not None else (None, None)
    return {f"{name}_start_char": start_char, f"{name}_end_char": end_char}


def _at(ids: Sequence[str], index: int | None) -> str | None:
    return None if index is None else ids[index]


def _quote_row(article: _Article, ids: _Ids, quote_id: str, quote: Quote, parent_id: str | None) -> Row:
    doc = article.doc
    parts = [_chars(doc, *part) for part in quote.parts]
    return {
        "quote_mention_id": quote_id,
        **_span_row(article, *_extent(quote)),
        "quote_type": quote.quote_type,
        "content": " ".join(article.text[start:end] for start, end in parts),
        "content_spans": [{"start_char": start, "end_char": end} for start, end in parts],
        "cue": _text(article, quote.cue),
        "cue_lemma": quote.cue_lemma,
        "cue_class": quote.cue_class,
        **_span_columns(doc, "cue", quote.cue),
        "speaker_text": _text(article, quote.speaker),
        **_span_columns(doc, "speaker", quote.speaker),
        "speaker_mention_id": _at(ids.mentions, quote.speaker_mention),
        "affiliation_mention_id": _at(ids.mentions, quote.affiliation),
        "addressee": _text(article, quote.addressee),
        "medium": quote.medium,
        "parent_quote_id": parent_id,
        "time_mention_id": _at(ids.times, quote.time),
        "rule_id": quote.rule_id,
        "score": quote.score,
    }


def _event_row(article: _Article, ids: _Ids, event_id: str, event: Event) -> Row:
    return {
        "event_mention_id": event_id,
        **_span_row(article, event.start, event.end),
        **{
            name: getattr(event, name)
            for name in ("event_type", "event_mode", "cameo_code", "goldstein", "quad_class", "polarity", "modality")
        },
        "contexts": list(event.contexts),
        "tense": event.tense,
        "quote_mention_id": _at(ids.quotes, event.quote),
        "claimed_by": _at(ids.mentions, event.claimed_by),
        "rule_id": event.rule_id,
        "score": event.score,
    }


def _argument_row(article: _Article, ids: _Ids, event_id: str, argument: Argument) -> Row:
    span = _span_row(article, argument.start, argument.end)
    return {
        "argument_id": stable_id("arg", event_id, argument.role, span["start_char"], span["end_char"]),
        "event_mention_id": event_id,
        "role": argument.role,
        **span,
        "mention_id": _at(ids.mentions, argument.mention),
        "time_mention_id": _at(ids.times, argument.time),
        "value": argument.value,
        "value_low": argument.low,
        "value_high": argument.high,
    }
