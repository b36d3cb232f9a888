with events as (
    select * from core.events
),

names as (
    select * from staging.event_names
),

tolls as (
    select * from staging.event_tolls
),

places as (
    select * from core.places
),

reports as (
    select
        event_id,
        string_agg(distinct claimed_by, ', ' order by claimed_by) as claimed_by,
        max(score)::decimal(3, 2) as score,
    from staging.event_reports
    group by event_id
)

select
    events.date_from as date,
    events.event_type,
    names.actors,
    names.recipients,
    events.event_mode,
    events.polarity,
    events.modality,
    tolls.killed,
    tolls.injured,
    tolls.arrested,
    events.date_to,
    events.date_precision,
    events.goldstein,
    events.quad_class,
    events.first_reported_at,
    events.event_id,
    events.origin_count,
    events.article_count,
    reports.claimed_by,
    reports.score,
    coalesce(places.name, names.locations) as place,
    events.summary,
from events
left join names on events.event_id = names.event_id
left join tolls on events.event_id = tolls.event_id
left join places on events.place_id = places.place_id
left join reports on events.event_id = reports.event_id
order by events.origin_count desc, events.article_count desc, events.date_from desc nulls last, events.event_id
