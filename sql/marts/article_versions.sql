with versions as (
    select
        *,
        coalesce(superseded_by, article_id) as current_article_id,
        string_split(body, e'\n\n') as paragraphs,
    from core.articles
    where version_number is not null
        and (duplicate_of is null or superseded_by is null)
)

select
    newer.url,
    newer.publisher,
    newer.version_number,
    coalesce(newer.modified_at, newer.published_at) as changed_at,
    newer.retrieved_at,
    older.title as old_title,
    newer.article_id,
    older.article_id as older_article_id,
    newer.current_article_id,
    newer.char_count - older.char_count as added_char_count,
    list_filter(older.paragraphs, lambda paragraph: not list_contains(newer.paragraphs, paragraph)) as removed,
    list_filter(newer.paragraphs, lambda paragraph: not list_contains(older.paragraphs, paragraph)) as added,
    newer.title,
from versions as newer
inner join versions as older
    on newer.current_article_id = older.current_article_id
    and newer.version_number = older.version_number + 1
order by newer.current_article_id, newer.version_number
