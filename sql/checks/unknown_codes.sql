select 'articles' as table_name, article_id as row_id, published_at_source as code
from core.articles
where published_at_source not in ('metadata', 'dateline', 'url', 'file', 'text', 'none')
union all
select 'entity_mentions' as table_name, mention_id as row_id, mention_type as code
from core.entity_mentions
where mention_type not in ('name', 'nominal', 'pronoun')
union all
select 'time_mentions' as table_name, time_mention_id as row_id, timex_type as code
from core.time_mentions
where timex_type not in ('DATE', 'TIME', 'DURATION', 'SET')
union all
select 'number_mentions' as table_name, number_mention_id as row_id, label || ' ' || relation as code
from core.number_mentions
where label not in ('MONEY', 'PERCENT', 'QUANTITY', 'CARDINAL', 'ORDINAL')
    or relation not in ('exact', 'about', 'almost', 'at least', 'more than', 'at most', 'less than', 'between')
union all
select 'event_mentions' as table_name, event_mention_id as row_id, polarity || ' ' || modality || ' ' || tense as code
from core.event_mentions
where polarity not in ('affirmed', 'negated')
    or modality not in ('asserted', 'planned', 'requested', 'hypothetical', 'alleged')
    or tense not in ('past', 'present', 'future')
union all
select 'quote_mentions' as table_name, quote_mention_id as row_id, quote_type as code
from core.quote_mentions
where quote_type not in ('direct', 'indirect', 'mixed')
union all
select 'events' as table_name, event_id as row_id, date_precision as code
from core.events
where date_precision not in ('day', 'week', 'month', 'year', 'range', 'none')
