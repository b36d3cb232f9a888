with sources as (
    select * from core.event_sources
),

articles as (
    select * from core.articles
),

entities as (
    select * from core.entities
)

select
    sources.event_mention_id,
    sources.event_id,
    sources.article_id,
    articles.publisher,
    articles.published_at,
    entities.canonical_name as claimed_by,
    sources.score,
from sources
inner join articles on sources.article_id = articles.article_id
left join entities on sources.claimed_by_entity_id = entities.entity_id
