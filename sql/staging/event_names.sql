with participants as (
    select * from core.event_participants
)

select
    event_id,
    string_agg(name, ', ' order by article_count desc, name) filter (where role = 'actor') as actors,
    string_agg(name, ', ' order by article_count desc, name) filter (where role = 'recipient') as recipients,
    string_agg(name, ', ' order by article_count desc, name) filter (where role = 'location') as locations,
from participants
group by event_id
