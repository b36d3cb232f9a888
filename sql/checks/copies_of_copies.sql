select copies.article_id, copies.duplicate_of
from core.articles as copies
inner join core.articles as originals on copies.duplicate_of = originals.article_id
where originals.duplicate_of is not null or copies.article_id = copies.duplicate_of
