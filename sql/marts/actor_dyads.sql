with participants as (
    select * from core.event_participants where entity_id is not null
),

events as (
    select * from core.events where polarity = 'affirmed'
),

entities as (
    select * from core.entities
),

pairs as (
    select distinct
        actors.event_id,
        actors.entity_id as actor_entity_id,
        recipients.entity_id as recipient_entity_id,
    from participants as actors
    inner join participants as recipients on actors.event_id = recipients.event_id
    where actors.role = 'actor'
        and recipients.role = 'recipient'
        and actors.entity_id <> recipients.entity_id
)

select
    actors.canonical_name as actor,
    recipients.canonical_name as recipient,
    mode(events.event_type order by events.event_type) as usual_event_type,
    pairs.actor_entity_id,
    pairs.recipient_entity_id,
    min(events.date_from) as first_date,
    max(events.date_to) as last_date,
    avg(events.goldstein) as mean_goldstein,
    count(*) filter (where events.modality = 'asserted') as asserted_count,
    count(*) filter (where events.quad_class like '%cooperation') as cooperation_count,
    count(*) filter (where events.quad_class like '%conflict') as conflict_count,
    count(*) as event_count,
from pairs
inner join events on pairs.event_id = events.event_id
inner join entities as actors on pairs.actor_entity_id = actors.entity_id
inner join entities as recipients on pairs.recipient_entity_id = recipients.entity_id
group by pairs.actor_entity_id, pairs.recipient_entity_id, actor, recipient
order by event_count desc, actor, recipient, pairs.actor_entity_id, pairs.recipient_entity_id
