with quote_mentions as (
    select * from core.quote_mentions
),

articles as (
    select * from core.articles
),

sliced as (
    select
        quote_mentions.*,
        substring(articles.body, cue_start_char + 1, cue_end_char - cue_start_char) as cue_slice,
        substring(articles.body, speaker_start_char + 1, speaker_end_char - speaker_start_char) as speaker_slice,
        array_to_string(
            list_transform(
                content_spans,
                lambda part: substring(articles.body, part.start_char + 1, part.end_char - part.start_char)
            ),
            ' '
        ) as content_slice,
    from quote_mentions
    inner join articles on quote_mentions.article_id = articles.article_id
)

select
    quote_mention_id,
    content,
    content_slice,
    cue,
    cue_slice,
    speaker_text,
    speaker_slice,
from sliced
where content is distinct from content_slice
    or cue is distinct from cue_slice
    or speaker_text is distinct from speaker_slice
