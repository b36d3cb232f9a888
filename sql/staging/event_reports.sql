with sources as (
    select * from core.event_sources
),

articles as (
    select * from core.articles
),

entities as (
    select * from core.entities
),

quotes as (
    select * from core.quotes
)

select
    sources.event_mention_id,
    sources.event_id,
    sources.article_id,
    articles.publisher,
    articles.published_at,
    coalesce(entities.canonical_name, quotes.speaker_name) as claimed_by,
    sources.score,
from sources
inner join articles on sources.article_id = articles.article_id
left join entities on sources.claimed_by_entity_id = entities.entity_id
left join quotes on sources.quote_id = quotes.quote_id
