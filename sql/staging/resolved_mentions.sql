with mentions as (
    select * from core.entity_mentions
),

links as (
    select * from core.entity_links
),

entities as (
    select * from core.entities
)

select
    mentions.mention_id,
    mentions.article_id,
    mentions.sentence_index,
    mentions.start_char,
    mentions.text,
    mentions.label,
    mentions.mention_type,
    mentions.title,
    mentions.role,
    entities.entity_id,
    entities.canonical_name as entity,
    entities.entity_type,
from mentions
left join links on mentions.mention_id = links.mention_id
left join entities on links.entity_id = entities.entity_id
