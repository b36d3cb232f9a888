select article_id, source_uri
from core.articles
where language = 'en'
    and duplicate_of is null
    and article_id not in (select article_id from core.sentences)
    and article_id not in (select article_id from core.failed_articles)
