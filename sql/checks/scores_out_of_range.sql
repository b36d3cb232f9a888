select 'entity_mentions' as table_name, mention_id as row_id, score
from core.entity_mentions
where score not between 0 and 1
union all
select 'time_mentions' as table_name, time_mention_id as row_id, score
from core.time_mentions
where score not between 0 and 1
union all
select 'number_mentions' as table_name, number_mention_id as row_id, score
from core.number_mentions
where score not between 0 and 1
union all
select 'event_mentions' as table_name, event_mention_id as row_id, score
from core.event_mentions
where score not between 0 and 1
union all
select 'quote_mentions' as table_name, quote_mention_id as row_id, score
from core.quote_mentions
where score not between 0 and 1
union all
select 'entity_links' as table_name, mention_id as row_id, score
from core.entity_links
where score not between 0 and 1
union all
select 'event_sources' as table_name, event_mention_id as row_id, score
from core.event_sources
where score not between 0 and 1
union all
select 'quotes' as table_name, quote_id as row_id, score
from core.quotes
where score not between 0 and 1
