select article_id, char_count, length(body) as body_length
from core.articles
where char_count <> length(body)
