with reports as (
    select * from core.utterance_reports
),

quotes as (
    select * from core.quotes
),

articles as (
    select * from core.articles
),

entities as (
    select * from core.entities
),

named as (
    select
        reports.*,
        coalesce(articles.publisher, articles.article_id) as outlet,
        articles.publisher,
        articles.published_at,
        articles.title,
        coalesce(entities.canonical_name, quotes.speaker_name) as speaker,
        quotes.quote_type,
        quotes.cue,
        quotes.cue_class,
        quotes.medium,
        quotes.said_on,
    from reports
    inner join quotes on reports.quote_id = quotes.quote_id
    inner join articles on reports.article_id = articles.article_id
    left join entities on quotes.speaker_entity_id = entities.entity_id
),

counted as (
    select
        utterance_id,
        count(distinct outlet) as publisher_count,
    from named
    group by utterance_id
),

fullest as (
    select * from named where is_fullest
)

select
    counted.publisher_count,
    named.publisher,
    named.published_at,
    fullest.publisher as fullest_publisher,
    named.is_fullest,
    coalesce(named.said_on, fullest.said_on) as said_on,
    fullest.speaker,
    case
        when named.speaker is distinct from fullest.speaker
            then coalesce(fullest.speaker, 'nobody') || ' → ' || coalesce(named.speaker, 'nobody')
    end as speaker_change,
    case
        when lower(named.cue) is distinct from lower(fullest.cue)
            then coalesce(fullest.cue, 'none') || ' → ' || coalesce(named.cue, 'none')
    end as cue_change,
    case
        when named.cue_class is distinct from fullest.cue_class
            then coalesce(fullest.cue_class, 'none') || ' → ' || coalesce(named.cue_class, 'none')
    end as cue_class_change,
    named.quote_type,
    named.cue,
    named.cue_class,
    named.medium,
    named.utterance_id,
    named.quote_id,
    named.article_id,
    named.title,
    named.missing,
    named.added,
    named.changed,
    named.content,
    fullest.content as fullest_content,
from named
inner join counted on named.utterance_id = counted.utterance_id
inner join fullest on named.utterance_id = fullest.utterance_id
where counted.publisher_count > 1
order by named.utterance_id, named.is_fullest desc, named.published_at, named.article_id
