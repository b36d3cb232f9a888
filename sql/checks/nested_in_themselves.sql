select quotes.quote_id, quotes.parent_quote_id
from core.quotes
inner join core.quotes as parents on quotes.parent_quote_id = parents.quote_id
where quotes.parent_quote_id = quotes.quote_id
    or quotes.article_id <> parents.article_id
    or parents.parent_quote_id = quotes.quote_id
