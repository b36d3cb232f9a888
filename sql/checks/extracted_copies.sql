select sentences.article_id, articles.duplicate_of, articles.language, count(*) as sentence_count
from core.sentences
inner join core.articles on sentences.article_id = articles.article_id
where articles.duplicate_of is not null or articles.language <> 'en'
group by sentences.article_id, articles.duplicate_of, articles.language
