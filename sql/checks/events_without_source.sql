select event_id, event_type
from core.events
where event_id not in (select event_id from core.event_sources)
