with sentences as (
    select
        *,
        lag(end_char) over (partition by article_id order by sentence_index) as previous_end_char,
    from core.sentences
)

select article_id, sentence_index, start_char, previous_end_char
from sentences
where start_char < previous_end_char
