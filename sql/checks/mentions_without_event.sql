select event_mention_id, article_id, event_type, text
from core.event_mentions
where event_mention_id not in (select event_mention_id from core.event_sources)
    and article_id not in (select article_id from core.articles where superseded_by is not null)
