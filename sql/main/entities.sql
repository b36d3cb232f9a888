with entities as (
    select * from core.entities
),

countries as (
    select * from seeds.countries
),

quotes as (
    select speaker_entity_id, count(*) as quote_count
    from core.quotes
    where speaker_entity_id is not null
    group by speaker_entity_id
),

events as (
    select entity_id, count(distinct event_id) as event_count
    from core.event_participants
    where entity_id is not null
    group by entity_id
)

select
    entities.canonical_name as name,
    entities.entity_type,
    entities.role,
    coalesce(countries.name, entities.country_code) as country,
    entities.sector,
    entities.acronym,
    array_to_string(entities.aliases, ', ') as aliases,
    entities.wikidata_id,
    entities.place_id,
    entities.entity_id,
    entities.first_seen,
    entities.last_seen,
    coalesce(events.event_count, 0) as event_count,
    coalesce(quotes.quote_count, 0) as quote_count,
    entities.mention_count,
    entities.article_count,
from entities
left join countries on entities.country_code = countries.iso3
left join quotes on entities.entity_id = quotes.speaker_entity_id
left join events on entities.entity_id = events.entity_id
order by entities.article_count desc, entities.mention_count desc, entities.canonical_name, entities.entity_id
