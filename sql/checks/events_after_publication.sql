select event_id, event_type, date_from, first_reported_at, summary
from core.events
where polarity = 'affirmed'
    and modality = 'asserted'
    and date_from > first_reported_at::date + 1
