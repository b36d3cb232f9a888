with quotes as (
    select * from core.quotes
),

articles as (
    select * from core.articles
),

entities as (
    select * from core.entities
),

attributed as (
    select
        coalesce(quotes.speaker_entity_id, quotes.speaker_name) as speaker_id,
        coalesce(entities.canonical_name, quotes.speaker_name) as speaker,
        coalesce(quotes.speaker_role, entities.role) as role,
        quotes.quote_id,
        quotes.quote_type,
        quotes.cue_class,
        quotes.utterance_id,
        quotes.article_id,
        articles.publisher,
        coalesce(quotes.said_on, articles.published_at::date) as known_on,
    from quotes
    inner join articles on quotes.article_id = articles.article_id
    left join entities on quotes.speaker_entity_id = entities.entity_id
    where coalesce(quotes.speaker_entity_id, quotes.speaker_name) is not null
)

select
    any_value(speaker order by speaker) as speaker,
    mode(role order by role) as role,
    speaker_id,
    min(known_on) as first_quoted_on,
    max(known_on) as last_quoted_on,
    mode(cue_class order by cue_class) as usual_cue_class,
    count(distinct utterance_id) as utterance_count,
    count(distinct publisher) as publisher_count,
    count(distinct article_id) as article_count,
    count(*) filter (where quote_type = 'direct') as direct_count,
    count(*) filter (where quote_type = 'indirect') as indirect_count,
    count(*) filter (where quote_type = 'mixed') as mixed_count,
    count(*) as quote_count,
from attributed
group by speaker_id
order by quote_count desc, speaker_id
