with reports as (
    select * from staging.event_reports
),

arguments as (
    select * from core.event_arguments where value_low is not null or value_high is not null
),

events as (
    select * from core.events
),

places as (
    select * from core.places
),

figures as (
    select
        reports.event_id,
        arguments.role,
        case
            when value_low = value_high then format('{:,}', value_low)
            when value_low is not null and value_high is not null then format('{:,}–{:,}', value_low, value_high)
            when value_low is not null then format('{:,}+', value_low)
            else format('up to {:,}', value_high)
        end as figure,
        arguments.value_low,
        arguments.value_high,
        count(distinct reports.article_id) as article_count,
        string_agg(distinct reports.publisher, ', ' order by reports.publisher) as publishers,
        string_agg(distinct reports.claimed_by, ', ' order by reports.claimed_by) as claimed_by,
        min(reports.published_at) as first_reported_at,
        min_by(arguments.text, (reports.published_at, arguments.argument_id)) as wording,
    from arguments
    inner join reports on arguments.event_mention_id = reports.event_mention_id
    group by reports.event_id, arguments.role, arguments.value_low, arguments.value_high
)

select
    events.date_from as event_date,
    places.name as place,
    events.event_type,
    figures.event_id,
    figures.value_low,
    figures.value_high,
    figures.article_count,
    figures.first_reported_at,
    figures.wording,
    count(*) over (partition by figures.event_id, figures.role) as figure_count,
    figures.claimed_by,
    figures.publishers,
    figures.role,
    figures.figure,
from figures
inner join events on figures.event_id = events.event_id
left join places on events.place_id = places.place_id
order by event_date, figures.event_id, figures.role, figures.value_low, figures.value_high
