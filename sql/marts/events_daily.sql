with events as (
    select * from core.events where date_from is not null
),

places as (
    select * from core.places
),

classed as (
    select
        events.date_from as event_date,
        coalesce(places.country_code, '') as country_code,
        events.event_type,
        events.goldstein,
        events.killed_low,
        events.killed_high,
        events.article_count,
        case
            when events.polarity = 'negated' then 'negated'
            when events.modality in ('asserted', 'alleged') then events.modality
            else 'intended'
        end as standing,
    from events
    left join places on events.place_id = places.place_id
)

select
    event_date,
    country_code,
    event_type,
    avg(goldstein) filter (where standing = 'asserted') as mean_goldstein,
    (sum(killed_low) filter (where standing = 'asserted'))::bigint as killed_low,
    (sum(killed_high) filter (where standing = 'asserted'))::bigint as killed_high,
    sum(article_count)::bigint as report_count,
    count(*) filter (where standing = 'negated') as negated_count,
    count(*) filter (where standing = 'alleged') as alleged_count,
    count(*) filter (where standing = 'intended') as intended_count,
    count(*) filter (where standing = 'asserted') as event_count,
from classed
group by event_date, country_code, event_type
order by event_date, country_code, event_type
