with numbers as (
    select * from core.number_mentions
),

sentences as (
    select * from core.sentences
),

articles as (
    select * from core.articles
)

select
    numbers.text,
    numbers.label,
    numbers.value,
    numbers.value_low,
    numbers.value_high,
    numbers.unit,
    numbers.relation,
    articles.publisher,
    articles.title as article_title,
    articles.published_at,
    numbers.article_id,
    numbers.number_mention_id,
    sentences.text as sentence,
from numbers
inner join articles on numbers.article_id = articles.article_id
left join sentences
    on numbers.article_id = sentences.article_id
    and numbers.sentence_index = sentences.sentence_index
