select 'entity_mentions' as table_name, mention_id as row_id, label
from core.entity_mentions
where label not in ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'LAW', 'WORK')
union all
select 'entities' as table_name, entity_id as row_id, entity_type as label
from core.entities
where entity_type not in ('PERSON', 'ORG', 'GPE', 'LOC', 'FAC', 'NORP', 'EVENT', 'PRODUCT', 'LAW', 'WORK')
