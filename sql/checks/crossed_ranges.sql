select 'time_mentions' as table_name, time_mention_id as row_id
from core.time_mentions
where date_from > date_to
union all
select 'number_mentions' as table_name, number_mention_id as row_id
from core.number_mentions
where value_low > value_high
union all
select 'event_arguments' as table_name, argument_id as row_id
from core.event_arguments
where value_low > value_high
union all
select 'events' as table_name, event_id as row_id
from core.events
where date_from > date_to
    or killed_low > killed_high
    or injured_low > injured_high
    or arrested_low > arrested_high
union all
select 'event_participants' as table_name, participant_id as row_id
from core.event_participants
where value_low > value_high
union all
select 'entities' as table_name, entity_id as row_id
from core.entities
where first_seen > last_seen
