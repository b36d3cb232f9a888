with superseded as (
    select article_id from core.articles where superseded_by is not null
)

select 'event_sources' as table_name, event_mention_id as row_id, article_id
from core.event_sources
where article_id in (select article_id from superseded)
union all
select 'quotes' as table_name, quote_id as row_id, article_id
from core.quotes
where article_id in (select article_id from superseded)
