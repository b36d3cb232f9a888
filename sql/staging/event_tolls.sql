with events as (
    select * from core.events
),

figures as (
    select event_id, 'killed' as figure, killed_low as low, killed_high as high from events
    union all
    select event_id, 'injured' as figure, injured_low as low, injured_high as high from events
    union all
    select event_id, 'arrested' as figure, arrested_low as low, arrested_high as high from events
),

worded as (
    select
        event_id,
        figure,
        case
            when low = high then format('{:,}', low)
            when low is not null and high is not null then format('{:,}–{:,}', low, high)
            when low is not null then format('{:,}+', low)
            when high is not null then format('up to {:,}', high)
        end as words,
    from figures
)

select
    event_id,
    max(words) filter (where figure = 'killed') as killed,
    max(words) filter (where figure = 'injured') as injured,
    max(words) filter (where figure = 'arrested') as arrested,
from worded
group by event_id
