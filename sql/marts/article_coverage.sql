with articles as (
    select * from core.articles
),

sentences as (
    select article_id, count(*) as sentence_count from core.sentences group by article_id
),

mentions as (
    select article_id, count(*) as mention_count, count(entity_id) as linked_mention_count
    from staging.resolved_mentions
    group by article_id
),

quotes as (
    select article_id, count(*) as quote_count, count(speaker_name) as attributed_quote_count
    from core.quotes
    group by article_id
),

events as (
    select article_id, count(distinct event_id) as event_count from core.event_sources group by article_id
),

failed as (
    select article_id, reason from core.failed_articles
)

select
    articles.published_at,
    articles.publisher,
    articles.language,
    articles.article_id,
    articles.char_count,
    coalesce(sentences.sentence_count, 0) as sentence_count,
    coalesce(mentions.mention_count, 0) as mention_count,
    coalesce(mentions.linked_mention_count, 0) as linked_mention_count,
    coalesce(quotes.quote_count, 0) as quote_count,
    coalesce(quotes.attributed_quote_count, 0) as attributed_quote_count,
    coalesce(events.event_count, 0) as event_count,
    case
        when failed.reason is not null then 'failed'
        when articles.duplicate_of is not null then 'duplicate'
        when articles.superseded_by is not null then 'superseded'
        when articles.language <> 'en' then 'other_language'
        else 'extracted'
    end as status,
    articles.title,
from articles
left join sentences on articles.article_id = sentences.article_id
left join mentions on articles.article_id = mentions.article_id
left join quotes on articles.article_id = quotes.article_id
left join events on articles.article_id = events.article_id
left join failed on articles.article_id = failed.article_id
order by articles.published_at nulls last, articles.article_id
