with mentions as (
    select * from staging.resolved_mentions where entity_id is not null
),

sentence_entities as (
    select distinct article_id, sentence_index, entity_id, entity
    from mentions
)

select
    one.entity,
    other.entity as other_entity,
    one.entity_id,
    other.entity_id as other_entity_id,
    count(distinct one.article_id) as article_count,
    count(*) as sentence_count,
from sentence_entities as one
inner join sentence_entities as other
    on one.article_id = other.article_id
    and one.sentence_index = other.sentence_index
    and one.entity_id < other.entity_id
group by one.entity_id, other.entity_id, one.entity, other.entity
order by sentence_count desc, one.entity_id, other.entity_id
