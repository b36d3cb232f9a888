"""Which column of which core table names a row of another: the source of orphan checks and of `dateline explain`."""

from typing import NamedTuple

from tasks.schemas import DATASETS


class Reference(NamedTuple):
    """`table.column` holds a key of `target`, or a list of keys where `is_list`."""

    table: str
    column: str
    target: str
    is_list: bool = False

    @property
    def target_key(self) -> str:
        """The key column of the target."""
        return DATASETS[self.target].key[0]


REFERENCES = (
    Reference("articles", "duplicate_of", "articles"),
    Reference("articles", "superseded_by", "articles"),
    Reference("sentences", "article_id", "articles"),
    Reference("failed_articles", "article_id", "articles"),
    Reference("entity_mentions", "article_id", "articles"),
    Reference("time_mentions", "article_id", "articles"),
    Reference("number_mentions", "article_id", "articles"),
    Reference("event_mentions", "article_id", "articles"),
    Reference("event_mentions", "quote_mention_id", "quote_mentions"),
    Reference("event_mentions", "claimed_by", "entity_mentions"),
    Reference("event_arguments", "event_mention_id", "event_mentions"),
    Reference("event_arguments", "article_id", "articles"),
    Reference("event_arguments", "mention_id", "entity_mentions"),
    Reference("event_arguments", "time_mention_id", "time_mentions"),
    Reference("quote_mentions", "article_id", "articles"),
    Reference("quote_mentions", "speaker_mention_id", "entity_mentions"),
    Reference("quote_mentions", "affiliation_mention_id", "entity_mentions"),
    Reference("quote_mentions", "time_mention_id", "time_mentions"),
    Reference("quote_mentions", "parent_quote_id", "quote_mentions"),
    Reference("entities", "place_id", "places"),
    Reference("entity_links", "mention_id", "entity_mentions"),
    Reference("entity_links", "entity_id", "entities"),
    Reference("events", "place_id", "places"),
    Reference("events", "actor_entity_ids", "entities", is_list=True),
    Reference("events", "recipient_entity_ids", "entities", is_list=True),
    Reference("event_participants", "event_id", "events"),
    Reference("event_participants", "entity_id", "entities"),
    Reference("event_sources", "event_mention_id", "event_mentions"),
    Reference("event_sources", "event_id", "events"),
    Reference("event_sources", "article_id", "articles"),
    Reference("event_sources", "claimed_by_entity_id", "entities"),
    Reference("event_sources", "quote_id", "quotes"),
    Reference("quotes", "quote_id", "quote_mentions"),
    Reference("quotes", "article_id", "articles"),
    Reference("quotes", "speaker_entity_id", "entities"),
    Reference("quotes", "affiliation_entity_id", "entities"),
    Reference("quotes", "parent_quote_id", "quotes"),
    Reference("utterance_reports", "article_id", "articles"),
    Reference("utterance_reports", "quote_id", "quotes"),
)

SPAN_TABLES = tuple(
    dataset.name
    for dataset in DATASETS.values()
    if {"article_id", "start_char", "end_char", "text"} <= {column.name for column in dataset.columns}
)
