with mentions as (
    select * from staging.resolved_mentions
),

sentences as (
    select * from core.sentences
),

articles as (
    select * from core.articles where superseded_by is null
)

select
    mentions.text,
    mentions.entity,
    mentions.label,
    mentions.mention_type,
    mentions.title,
    mentions.role,
    articles.publisher,
    articles.title as article_title,
    articles.published_at,
    mentions.article_id,
    mentions.entity_id,
    mentions.mention_id,
    sentences.text as sentence,
from mentions
inner join articles on mentions.article_id = articles.article_id
left join sentences
    on mentions.article_id = sentences.article_id
    and mentions.sentence_index = sentences.sentence_index
