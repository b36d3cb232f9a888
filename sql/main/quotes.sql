with quotes as (
    select * from core.quotes
),

quote_mentions as (
    select * from core.quote_mentions
),

articles as (
    select * from core.articles
),

entities as (
    select * from core.entities
),

bodies as (
    select * from core.entities
),

reporters as (
    select
        quotes.quote_id,
        coalesce(entities.canonical_name, quotes.speaker_name) as speaker,
    from quotes
    left join entities on quotes.speaker_entity_id = entities.entity_id
)

select
    quotes.said_on,
    coalesce(entities.canonical_name, quotes.speaker_name) as speaker,
    coalesce(quotes.speaker_role, entities.role) as role,
    bodies.canonical_name as affiliation,
    articles.published_at,
    nullif(reporters.speaker, coalesce(entities.canonical_name, quotes.speaker_name)) as reported_by,
    quotes.addressee,
    quotes.medium,
    quotes.cue_class,
    quotes.score,
    quotes.utterance_id,
    quotes.parent_quote_id,
    quotes.quote_id,
    articles.article_id,
    articles.title,
    articles.publisher,
    quotes.quote_type,
    quotes.cue,
    quotes.content,
from quotes
inner join quote_mentions on quotes.quote_id = quote_mentions.quote_mention_id
inner join articles on quotes.article_id = articles.article_id
left join entities on quotes.speaker_entity_id = entities.entity_id
left join bodies on quotes.affiliation_entity_id = bodies.entity_id
left join reporters on quotes.parent_quote_id = reporters.quote_id
order by articles.published_at, articles.article_id, quote_mentions.start_char
