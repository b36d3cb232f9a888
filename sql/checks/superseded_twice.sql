select older.article_id, older.superseded_by
from core.articles as older
inner join core.articles as newer on older.superseded_by = newer.article_id
where newer.superseded_by is not null or older.article_id = older.superseded_by
