with articles as (
    select * from core.articles where superseded_by is null
),

mentions as (
    select article_id, count(*) as mention_count from core.entity_mentions group by article_id
),

quotes as (
    select article_id, count(*) as quote_count from core.quotes group by article_id
),

events as (
    select article_id, count(distinct event_id) as event_count from core.event_sources group by article_id
)

select
    articles.published_at,
    articles.publisher,
    articles.language,
    articles.byline,
    articles.dateline_place,
    articles.agency,
    articles.published_at_source,
    articles.url,
    articles.source_uri,
    articles.duplicate_of,
    articles.version_number,
    articles.subtitle,
    articles.body,
    articles.char_count,
    coalesce(mentions.mention_count, 0) as mention_count,
    articles.article_id,
    coalesce(quotes.quote_count, 0) as quote_count,
    coalesce(events.event_count, 0) as event_count,
    articles.title,
from articles
left join mentions on articles.article_id = mentions.article_id
left join quotes on articles.article_id = quotes.article_id
left join events on articles.article_id = events.article_id
order by articles.published_at nulls last, articles.article_id
