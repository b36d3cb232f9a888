with spans as (
    select 'entity_mentions' as table_name, mention_id as row_id, article_id, sentence_index, start_char
    from core.entity_mentions
    union all
    select 'time_mentions' as table_name, time_mention_id as row_id, article_id, sentence_index, start_char
    from core.time_mentions
    union all
    select 'number_mentions' as table_name, number_mention_id as row_id, article_id, sentence_index, start_char
    from core.number_mentions
    union all
    select 'event_mentions' as table_name, event_mention_id as row_id, article_id, sentence_index, start_char
    from core.event_mentions
    union all
    select 'event_arguments' as table_name, argument_id as row_id, article_id, sentence_index, start_char
    from core.event_arguments
    union all
    select 'quote_mentions' as table_name, quote_mention_id as row_id, article_id, sentence_index, start_char
    from core.quote_mentions
),

sentences as (
    select * from core.sentences
)

select spans.*
from spans
left join sentences
    on spans.article_id = sentences.article_id
    and spans.sentence_index = sentences.sentence_index
where sentences.article_id is null
    or spans.start_char not between sentences.start_char and sentences.end_char - 1
