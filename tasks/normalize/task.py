"""The stage normalize: mentions of all articles to entities, places, events and quotes."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tasks import schemas, storage
from tasks.normalize.changes import Known, add_changes, find_changes
from tasks.normalize.clusters import PLACE_LABELS, Mention, read_mentions
from tasks.normalize.corrections import Entity
from tasks.normalize.entities import Entities, find_entities
from tasks.normalize.events import Events, find_events
from tasks.normalize.gazetteer import Atlas, Gazetteer, Place, build_gazetteer, gazetteer_files, read_atlas
from tasks.normalize.happenings import ACTOR, LOCATION, RECIPIENT
from tasks.normalize.lexicon import Lexicon, read_lexicon, reference_files
from tasks.normalize.names import name_key
from tasks.normalize.namesakes import mark_namesakes
from tasks.normalize.places import find_hints, wanted_keys
from tasks.normalize.quotes import Quote, QuoteMention, find_quotes, find_reports
from tasks.normalize.readings import ArticleFacts, choose_role, find_role
from tasks.normalize.reports import Argument, EventMention, Resolved, find_modifiers, read_dates, resolve_reports
from tasks.normalize.stories import find_stories
from tasks.settings import Settings

logger = logging.getLogger(__name__)

INPUTS = (
    schemas.ARTICLES,
    schemas.SENTENCES,
    schemas.ENTITY_MENTIONS,
    schemas.TIME_MENTIONS,
    schemas.EVENT_MENTIONS,
    schemas.EVENT_ARGUMENTS,
    schemas.QUOTE_MENTIONS,
)
OUTPUTS = (
    schemas.ENTITIES,
    schemas.ENTITY_LINKS,
    schemas.PLACES,
    schemas.EVENTS,
    schemas.EVENT_PARTICIPANTS,
    schemas.EVENT_SOURCES,
    schemas.QUOTES,
    schemas.UTTERANCE_REPORTS,
    schemas.CORRECTION_OUTCOMES,
)
HISTORY = schemas.ENTITY_CHANGES  # what a run adds to, as it depends on what the run before it wrote
SOURCES = ("tasks/normalize", "tasks/schemas.py", "tasks/ids.py", "tasks/reference.py")
ARTICLE_COLUMNS = ("article_id", "published_at", "dateline_place", "agency", "duplicate_of")
SENTENCE_COLUMNS = ("article_id", "sentence_index", "start_char", "text")
TIME_COLUMNS = ("time_mention_id", "value", "date_from", "date_to")
EVENT_COLUMNS = (
    "event_mention_id", "article_id", "sentence_index", "start_char", "text", "event_type", "event_mode", "cameo_code",
    "goldstein", "quad_class", "polarity", "modality", "quote_mention_id", "claimed_by", "score",
)  # fmt: skip
ARGUMENT_COLUMNS = (
    "event_mention_id", "role", "article_id", "start_char", "end_char", "text", "mention_id", "time_mention_id",
    "value_low", "value_high",
)  # fmt: skip
QUOTE_COLUMNS = (
    "quote_mention_id", "article_id", "quote_type", "content", "cue", "cue_class", "speaker_text", "speaker_mention_id",
    "affiliation_mention_id", "addressee", "medium", "parent_quote_id", "time_mention_id", "score",
)  # fmt: skip
STEPS = 5
LEAD = 12  # sentences of an article that say what it is about

Progress = Callable[[str, int, int], None]


class Summary(NamedTuple):
    """What a run of the stage did."""

    rows: dict[str, int]
    is_done_anew: bool

    def __str__(self) -> str:
        """One sentence for a person."""
        counts = ", ".join(f"{count} {name}" for name, count in self.rows.items())
        return f"{'normalized to' if self.is_done_anew else 'normalize is fresh:'} {counts}"


class Inputs(NamedTuple):
    """The tables that the stage reads."""

    articles: pa.Table
    sentences: pa.Table
    entity_mentions: pa.Table
    time_mentions: pa.Table
    event_mentions: pa.Table
    event_arguments: pa.Table
    quote_mentions: pa.Table


class Outputs(NamedTuple):
    """The rows that the stage writes, by dataset."""

    entities: Sequence[NamedTuple]
    entity_links: Sequence[NamedTuple]
    places: Sequence[NamedTuple]
    events: Sequence[NamedTuple]
    event_participants: Sequence[NamedTuple]
    event_sources: Sequence[NamedTuple]
    quotes: Sequence[NamedTuple]
    utterance_reports: Sequence[NamedTuple]
    correction_outcomes: Sequence[NamedTuple]


# --- pure ------------------------------------------------------------------------------------------------------------


def read_facts(articles: pa.Table) -> tuple[dict[str, ArticleFacts], dict[str, int]]:
    """What is known of each article, and how many further articles have the text of one."""
    facts: dict[str, ArticleFacts] = {}
    copies: Counter[str] = Counter()
    for article_id, published_at, dateline, agency, duplicate_of in storage.rows_of(articles, ARTICLE_COLUMNS):
        facts[article_id] = ArticleFacts(published_at, dateline, agency)
        if duplicate_of is not None:
            copies[duplicate_of] += 1
    return facts, copies


def drop_superseded(inputs: Inputs) -> Inputs:
    """The tables without versions of articles that a newer one supersedes: what they say is kept, but not believed."""
    is_superseded = inputs.articles.column("superseded_by").is_valid()
    superseded = inputs.articles.filter(is_superseded).column("article_id").combine_chunks()
    if not len(superseded):
        return inputs
    is_current = ~pc.field("article_id").isin(superseded)
    return Inputs(*(table.filter(is_current) if "article_id" in table.column_names else table for table in inputs))


def read_arguments(table: pa.Table) -> dict[str, list[Argument]]:
    """The arguments of each event mention in text order."""
    found: dict[str, list[Argument]] = defaultdict(list)
    for row in storage.rows_of(table, ARGUMENT_COLUMNS):
        argument = Argument(*row)
        found[argument.event_mention_id].append(argument)
    return {
        key: sorted(group, key=lambda argument: (argument.start, argument.end, argument.role))
        for key, group in found.items()
    }


def read_sentences(
    table: pa.Table, mentions: Iterable[Mention], events: Iterable[EventMention], names: Collection[str] = ()
) -> dict[tuple[str, int], tuple[int, str]]:
    """First character and text of the sentences that hold places, given names or events, by article and index."""
    needed = {(event.article_id, event.sentence_index) for event in events}
    needed |= {
        (m.article_id, m.sentence_index) for m in mentions if m.label in PLACE_LABELS or name_key(m.text) in names
    }
    return {
        (article_id, index): (start, text)
        for article_id, index, start, text in storage.rows_of(table, SENTENCE_COLUMNS)
        if (article_id, index) in needed
    }


def read_leads(table: pa.Table, events: Iterable[EventMention]) -> dict[str, list[str]]:
    """The first sentences of the articles that report events, by article: they say what it is about."""
    leads: dict[str, list[str]] = {event.article_id: [] for event in events}
    for article_id, text in storage.rows_of(table.filter(pc.field("sentence_index") < LEAD), ("article_id", "text")):
        if article_id in leads:
            leads[article_id].append(text)
    return leads


def make_table(rows: Sequence[tuple[Any, ...]], dataset: schemas.Dataset) -> pa.Table:
    """Rows that have the columns of a dataset in its order, as a table, without a dict for each of them."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in dataset.columns)
    arrays = [pa.array(values, type=column.type) for values, column in zip(columns, dataset.columns, strict=True)]
    return pa.table(arrays, schema=dataset.schema)


def find_acting(
    arguments: Mapping[str, Sequence[Argument]], quotes: Iterable[QuoteMention], events: Iterable[EventMention]
) -> frozenset[str]:
    """The mentions that act, are acted on or speak, and are no event's place."""
    acting = {quote.speaker_mention_id for quote in quotes} | {event.claimed_by for event in events}
    placed = set()
    for group in arguments.values():
        acting |= {argument.mention_id for argument in group if argument.role in (ACTOR, RECIPIENT)}
        placed |= {argument.mention_id for argument in group if argument.role == LOCATION}
    return frozenset(mention_id for mention_id in acting - placed if mention_id is not None)


def find_roles(
    mentions: Iterable[Mention], entity_of: Mapping[str, str], lexicon: Lexicon
) -> dict[tuple[str, str], str]:
    """The most usual role that an article gives an entity."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        role, entity_id = find_role(mention, lexicon), entity_of.get(mention.mention_id)
        if role is not None and entity_id is not None:
            counts[entity_id, mention.article_id][role] += 1
    return {key: role for key, found in counts.items() if (role := choose_role(found)) is not None}


def read_quotes(inputs: Inputs) -> list[QuoteMention]:
    """The quotes with the day they were said where the text gives one."""
    days = {
        time_id: first if first == last else None
        for time_id, _, first, last in storage.rows_of(inputs.time_mentions, TIME_COLUMNS)
    }
    rows = storage.rows_of(inputs.quote_mentions, QUOTE_COLUMNS)
    return [QuoteMention(*(*row[:-2], days.get(row[-2]), row[-1])) for row in rows]


def find_places(entities: Iterable[Entity], found: Entities, gazetteer: Gazetteer) -> list[Place]:
    """The places that entities and mentions have, each once."""
    places = {located.place.place_id: located.place for located in found.located.values()}
    countries = {place.place_id: place for place in gazetteer.countries.values()}
    for entity in entities:
        if entity.place_id in countries:
            places[entity.place_id] = countries[entity.place_id]
    return [places[place_id] for place_id in sorted(places)]


def normalize_tables(inputs: Inputs, lexicon: Lexicon, atlas: Atlas, *, progress: Progress | None = None) -> Outputs:
    """The rows of all datasets of the stage."""
    report = progress or (lambda stage, done, total: None)
    facts, copies = read_facts(inputs.articles)
    mentions = read_mentions(inputs.entity_mentions)
    arguments = read_arguments(inputs.event_arguments)
    events = [EventMention(*row) for row in storage.rows_of(inputs.event_mentions, EVENT_COLUMNS)]
    quote_mentions = read_quotes(inputs)
    sentences = read_sentences(inputs.sentences, mentions, events, lexicon.namesakes)
    mentions = mark_namesakes(mentions, sentences, lexicon.namesakes)
    report("normalize", 1, STEPS)
    datelines = [fact.dateline for fact in facts.values() if fact.dateline is not None]
    gazetteer = build_gazetteer(lexicon, atlas, wanted_keys(mentions, datelines))
    report("normalize", 2, STEPS)
    acting = find_acting(arguments, quote_mentions, events)
    hints = find_hints(mentions, sentences, lexicon)
    found = find_entities(mentions, facts, lexicon=lexicon, gazetteer=gazetteer, acting=acting, hints=hints)
    report("normalize", 3, STEPS)
    entity_of = {link.mention_id: link.entity_id for link in found.links}
    entities = {entity.entity_id: entity for entity in found.entities}
    quotes = find_quotes(
        quote_mentions, entity_of=entity_of, entities=entities, roles=find_roles(mentions, entity_of, lexicon)
    )
    report("normalize", 4, STEPS)
    places = find_places(found.entities, found, gazetteer)
    merged = merge_events(
        inputs,
        sentences=sentences,
        events=events,
        arguments=arguments,
        mentions=mentions,
        found=found,
        places=places,
        quotes=quotes,
        facts=facts,
        copies=copies,
    )
    report("normalize", 5, STEPS)
    return Outputs(
        found.entities,
        found.links,
        places,
        merged.events,
        merged.participants,
        merged.sources,
        quotes,
        find_reports(quotes),
        found.outcomes,
    )


def merge_events(
    inputs: Inputs,
    *,
    sentences: Mapping[tuple[str, int], tuple[int, str]],
    events: Sequence[EventMention],
    arguments: Mapping[str, Sequence[Argument]],
    mentions: Sequence[Mention],
    found: Entities,
    places: Sequence[Place],
    quotes: Sequence[Quote],
    facts: Mapping[str, ArticleFacts],
    copies: Mapping[str, int],
) -> Events:
    """The events of all event mentions."""
    dates = {row[0]: read_dates(*row[1:]) for row in storage.rows_of(inputs.time_mentions, TIME_COLUMNS)}
    resolved = Resolved(
        entity_of={link.mention_id: link.entity_id for link in found.links},
        entities={entity.entity_id: entity for entity in found.entities},
        place_of={mention_id: located.place for mention_id, located in found.located.items()},
        places={place.place_id: place for place in places},
        dates={time_id: days for time_id, days in dates.items() if days is not None},
        modifiers=find_modifiers(mentions),
        speaker_of={quote.quote_id: quote.speaker_entity_id for quote in quotes if quote.speaker_entity_id is not None},
    )
    published: dict[str, datetime | None] = {article_id: fact.published_at for article_id, fact in facts.items()}
    return find_events(
        resolve_reports(events, arguments, resolved=resolved, published=published, sentences=sentences),
        copies,
        {article_id: fact.agency for article_id, fact in facts.items() if fact.agency is not None},
        find_stories(read_leads(inputs.sentences, events)),
    )


# --- edge ------------------------------------------------------------------------------------------------------------


def make_mark(settings: Settings) -> str:
    """The fingerprint of all that the stage reads."""
    files = [file for dataset in INPUTS for file in storage.dataset_files(settings.data_dir, dataset)]
    marks = [f"{file.parent.name}/{file.name}={storage.read_fingerprint(file)}" for file in files]
    reference = storage.files_hash([*reference_files(settings.reference_dir), *gazetteer_files(settings.reference_dir)])
    return storage.fingerprint(storage.source_hash(*SOURCES), reference, *marks)


def output_path(settings: Settings, dataset: schemas.Dataset) -> Path:
    """The file of an output of the stage."""
    return storage.dataset_path(settings.data_dir, dataset)


def is_stale(settings: Settings) -> bool:
    """Whether a run of the stage would do anything."""
    mark = make_mark(settings)
    return not all(storage.is_fresh(output_path(settings, dataset), mark) for dataset in (*OUTPUTS, HISTORY))


def read_inputs(settings: Settings) -> Inputs:
    """The tables of the stages before, of current versions alone; raises MissingStageError where one has not run."""
    columns = {
        "articles": [*ARTICLE_COLUMNS, "superseded_by"],
        "sentences": list(SENTENCE_COLUMNS),
        "time_mentions": list(TIME_COLUMNS),
        "event_mentions": list(EVENT_COLUMNS),
        "event_arguments": list(ARGUMENT_COLUMNS),
        "quote_mentions": list(QUOTE_COLUMNS),
    }
    tables = {
        dataset.name: storage.read_dataset(settings.data_dir, dataset, columns.get(dataset.name)) for dataset in INPUTS
    }
    return drop_superseded(Inputs(**tables))


def read_known(settings: Settings) -> Known | None:
    """The entities and links of the run before, or None where there was none."""
    paths = [output_path(settings, dataset) for dataset in (schemas.ENTITIES, schemas.ENTITY_LINKS)]
    if not all(path.exists() for path in paths):
        return None
    return Known(*(storage.read_file(path) for path in paths))


def update_history(settings: Settings, after: Known, mark: str) -> None:
    """Adds what the run changes of entities to what earlier runs changed; to be called before it replaces them."""
    path, before = output_path(settings, HISTORY), read_known(settings)
    earlier = storage.read_file(path).to_pylist() if path.exists() else []
    changes = find_changes(before, after, mark) if before is not None else []
    storage.write_dataset(path, make_table(add_changes(earlier, changes), HISTORY), HISTORY, mark)


def normalize(settings: Settings, *, force: bool = False, progress: Progress | None = None) -> Summary:
    """The summary of a run that brings the datasets of the stage up to date.

    Raises MissingStageError where clean or extract has not run, ReferenceDataError where a reference file is broken.
    """
    if not force and not is_stale(settings):
        return Summary({d.name: storage.count_rows(output_path(settings, d)) for d in OUTPUTS}, False)
    mark = make_mark(settings)
    folder = settings.reference_dir
    outputs = normalize_tables(read_inputs(settings), read_lexicon(folder), read_atlas(folder), progress=progress)
    tables = {dataset.name: make_table(getattr(outputs, dataset.name), dataset) for dataset in OUTPUTS}
    update_history(settings, Known(tables[schemas.ENTITIES.name], tables[schemas.ENTITY_LINKS.name]), mark)
    for dataset in OUTPUTS:
        storage.write_dataset(output_path(settings, dataset), tables[dataset.name], dataset, mark)
    return Summary({dataset.name: len(getattr(outputs, dataset.name)) for dataset in OUTPUTS}, True)
