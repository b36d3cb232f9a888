select quotes.quote_id, quotes.said_on, articles.published_at, quotes.content
from core.quotes
inner join core.articles on quotes.article_id = articles.article_id
where quotes.said_on > articles.published_at::date + 1
