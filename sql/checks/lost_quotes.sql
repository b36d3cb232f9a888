select quote_mention_id, article_id, content
from core.quote_mentions
where quote_mention_id not in (select quote_id from core.quotes)
