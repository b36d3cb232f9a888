with places as (
    select * from core.places
),

countries as (
    select * from seeds.countries
),

events as (
    select place_id, count(*) as event_count
    from core.events
    where place_id is not null
    group by place_id
),

entities as (
    select place_id, max(article_count) as article_count
    from core.entities
    where place_id is not null
    group by place_id
)

select
    places.name,
    coalesce(countries.name, places.country_code) as country,
    places.precision,
    places.latitude,
    places.longitude,
    places.population,
    places.admin1_code,
    places.place_id,
    coalesce(entities.article_count, 0) as article_count,
    coalesce(events.event_count, 0) as event_count,
from places
left join countries on places.country_code = countries.iso3
left join entities on places.place_id = entities.place_id
left join events on places.place_id = events.place_id
order by event_count desc, article_count desc, places.name, places.place_id
