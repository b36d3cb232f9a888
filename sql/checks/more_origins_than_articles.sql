select event_id, origin_count, article_count
from core.events
where origin_count > article_count or origin_count < 1
