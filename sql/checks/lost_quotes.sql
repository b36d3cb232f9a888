select quote_mention_id, article_id, content
from core.quote_mentions
where cue_class is distinct from 'topic'
    and quote_mention_id not in (select quote_id from core.quotes)
    and article_id not in (select article_id from core.articles where superseded_by is not null)
