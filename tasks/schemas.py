"""Every dataset and column, declared once: name, type, unit and description.

Offsets are Unicode code points, `[start_char, end_char)` into `articles.body`; dates are ISO 8601; times are UTC.
"""

from typing import NamedTuple

import pyarrow as pa


class Column(NamedTuple):
    """A column: its Arrow type, whether it may be null, and what it means."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = False


class Dataset(NamedTuple):
    """A table written by one stage: its grain, key and columns, and the schema of the warehouse it is published in."""

    name: str
    stage: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_batched: bool = False
    published_in: str = "core"

    @property
    def table(self) -> str:
        """Its name in the warehouse."""
        return f"{self.published_in}.{self.name}"

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with descriptions as field metadata."""
        return pa.schema(
            pa.field(c.name, c.type, nullable=c.nullable, metadata={"description": c.description}) for c in self.columns
        )


TEXT = pa.string()
INT = pa.int32()
BIG = pa.int64()
SCORE = pa.float32()
BOOL = pa.bool_()
NUMBER = pa.float64()
DATE = pa.date32()
AT = pa.timestamp("us")
TEXTS = pa.list_(TEXT)
RANGES = pa.list_(pa.struct([pa.field("start_char", INT), pa.field("end_char", INT)]))

ARTICLE_ID = Column("article_id", TEXT, "The article.")
SENTENCE_INDEX = Column("sentence_index", INT, "Sentence of the article, from 0.")
START = Column("start_char", INT, "First character of the span in articles.body.")
END = Column("end_char", INT, "Character after the span in articles.body.")
SPAN_TEXT = Column("text", TEXT, "body[start_char:end_char].")
SCORE_COLUMN = Column("score", SCORE, "How sure the rule or model is, 0 to 1.")
SPAN = (ARTICLE_ID, SENTENCE_INDEX, START, END, SPAN_TEXT)

ARTICLES = Dataset(
    "articles",
    "clean",
    "One row per article that was kept.",
    ("article_id",),
    (
        Column("article_id", TEXT, "Hash of source URI and raw content."),
        Column("source_uri", TEXT, "Where it was read: path below the input, with #record inside a file of many."),
        Column("url", TEXT, "The article's address: the canonical one where the page states it.", True),
        Column("publisher", TEXT, "The outlet.", True),
        Column("title", TEXT, "Headline without the outlet's suffix.", True),
        Column("subtitle", TEXT, "Dek: the sentence below the headline.", True),
        Column("byline", TEXT, "Names of the authors, parted by comma.", True),
        Column("authors", TEXTS, "Names of the authors.", True),
        Column("dateline_place", TEXT, "Place the report was filed from.", True),
        Column("dateline_date", DATE, "Day the report was filed, as its dateline says.", True),
        Column("agency", TEXT, "Wire agency whose report it is, a name of agencies.csv.", True),
        Column("published_at", AT, "When it was published, UTC.", True),
        Column(
            "published_at_source",
            TEXT,
            "metadata (of a page or record), dateline (or a date line of the head), url, file, text or none.",
        ),
        Column("modified_at", AT, "When it was last changed, as its source says, UTC.", True),
        Column("language", TEXT, "ISO 639 code of the body, of two letters where there is one; und without letters."),
        Column("language_score", SCORE, "How sure the language is, 0 to 1."),
        Column("body", TEXT, "Clean text, paragraphs parted by a blank line."),
        Column("char_count", INT, "Length of body in characters."),
        Column("raw_sha256", TEXT, "SHA-256 of the raw record, hexadecimal."),
        Column("retrieved_at", AT, "When the input was obtained (file time, HTTP date), UTC.", True),
        Column("duplicate_of", TEXT, "article_id of the earliest article with the same text, exactly or nearly.", True),
        Column("duplicate_score", SCORE, "Share of the text found in the original, 0 to 1.", True),
        Column("superseded_by", TEXT, "article_id of what stands at its url now.", True),
        Column("version_number", INT, "Which version at its url, from 1; null where one is known.", True),
        Column("batch_id", TEXT, "The batch it is extracted with."),
    ),
    is_batched=True,
)

REJECTED_ARTICLES = Dataset(
    "rejected_articles",
    "clean",
    "One row per input that became no article.",
    ("source_uri",),
    (
        Column("source_uri", TEXT, "Where it was read."),
        Column(
            "reason",
            TEXT,
            "empty, binary, short_body, bad_record, no_text, no_page, revisit, http_404 and other statuses, too_large, "
            "unreadable, unsupported_format, damaged, truncated, encrypted, archive_bomb, nested_too_deep, "
            "unsafe_path, not_a_file, unsafe_xml; of addresses also robots, refused_address, refused_scheme, "
            "refused_credentials, bad_url, unknown_host, connection_failed, timeout, too_many_redirects, bad_encoding, "
            "bad_feed, not_fetched.",
        ),
        Column("detail", TEXT, "One sentence for a person."),
        Column("raw_sha256", TEXT, "SHA-256 of the raw record, where it could be read.", True),
        Column("retrieved_at", AT, "When the input was obtained, UTC.", True),
    ),
)

DROPPED_LINES = Dataset(
    "dropped_lines",
    "clean",
    "One row per line or part of a line that clean took out of an article, with the rule that took it.",
    ("article_id", "drop_index"),
    (
        ARTICLE_ID,
        Column("drop_index", INT, "Number of the drop within the article, from 0."),
        Column("rule_id", TEXT, "Rule of boilerplate_rules.csv, or the part of the head or foot it was taken for."),
        Column("text", TEXT, "What was taken out, cut after 1,000 characters."),
        Column("char_count", INT, "Its length in characters."),
    ),
    is_batched=True,
    published_in="ops",
)

SENTENCES = Dataset(
    "sentences",
    "extract",
    "One row per sentence of an English original.",
    ("article_id", "sentence_index"),
    SPAN,
    is_batched=True,
)

FAILED_ARTICLES = Dataset(
    "failed_articles",
    "extract",
    "One row per article that a rule could not read; its text stays in articles.",
    ("article_id",),
    (
        ARTICLE_ID,
        Column("reason", TEXT, "Name of the error."),
        Column("detail", TEXT, "What the error said, and where."),
    ),
    is_batched=True,
)

ENTITY_MENTIONS = Dataset(
    "entity_mentions",
    "extract",
    "One row per naming of a person, organisation, place or other thing in a text.",
    ("mention_id",),
    (
        Column("mention_id", TEXT, "Hash of article, span and label."),
        *SPAN,
        Column("label", TEXT, "PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT, LAW, WORK."),
        Column("mention_type", TEXT, "name, nominal or pronoun."),
        Column("title", TEXT, "Title right at the name: President, Gen., Mr.", True),
        Column(
            "role", TEXT, "Role as the article words it: Armenian Prime Minister, White House press secretary.", True
        ),
        Column("coref_cluster_id", INT, "Mentions of one article with the same number name the same thing.", True),
        Column("method", TEXT, "The model or rule that made it."),
        SCORE_COLUMN,
    ),
    is_batched=True,
)

TIME_MENTIONS = Dataset(
    "time_mentions",
    "extract",
    "One row per time expression.",
    ("time_mention_id",),
    (
        Column("time_mention_id", TEXT, "Hash of article and span."),
        *SPAN,
        Column("timex_type", TEXT, "TIMEX3 type: DATE, TIME, DURATION or SET."),
        Column("value", TEXT, "TIMEX3 value, for example 2022-01-06, 2022-W01, P2W, PRESENT_REF.", True),
        Column("date_from", DATE, "First day meant.", True),
        Column("date_to", DATE, "Last day meant.", True),
        Column("method", TEXT, "The rule that made it."),
        SCORE_COLUMN,
    ),
    is_batched=True,
)

NUMBER_MENTIONS = Dataset(
    "number_mentions",
    "extract",
    "One row per sum of money, percentage, measure, count or rank in a text; dates and names are none.",
    ("number_mention_id",),
    (
        Column("number_mention_id", TEXT, "Hash of article and span."),
        *SPAN,
        Column("label", TEXT, "MONEY, PERCENT, QUANTITY, CARDINAL or ORDINAL."),
        Column("value", NUMBER, "The number, in the unit; null where the words give bounds alone.", True),
        Column("value_low", NUMBER, "Lowest number meant, null where open.", True),
        Column("value_high", NUMBER, "Highest number meant, null where open.", True),
        Column("unit", TEXT, "ISO 4217 code of MONEY; %, pp, bp of PERCENT; UCUM code of QUANTITY.", True),
        Column("relation", TEXT, "exact, about, almost, at least, more than, at most, less than or between."),
        Column("rule_id", TEXT, "The rule that made it."),
        SCORE_COLUMN,
    ),
    is_batched=True,
)

EVENT_MENTIONS = Dataset(
    "event_mentions",
    "extract",
    "One row per report of a happening: a trigger word with its type.",
    ("event_mention_id",),
    (
        Column("event_mention_id", TEXT, "Hash of article, trigger span and type."),
        *SPAN,
        Column("event_type", TEXT, "PLOVER root type, or one of Dateline's further types."),
        Column("event_mode", TEXT, "PLOVER mode.", True),
        Column("contexts", TEXTS, "PLOVER contexts."),
        Column("cameo_code", TEXT, "CAMEO root code, two digits.", True),
        Column("goldstein", SCORE, "Goldstein-style intensity, -10 to 10.", True),
        Column(
            "quad_class", TEXT, "verbal cooperation, material cooperation, verbal conflict, material conflict.", True
        ),
        Column("polarity", TEXT, "affirmed or negated."),
        Column("modality", TEXT, "asserted, planned, requested, hypothetical or alleged."),
        Column("tense", TEXT, "past, present or future."),
        Column("quote_mention_id", TEXT, "The quote in whose words it stands.", True),
        Column("claimed_by", TEXT, "mention_id of whoever says so, where it is not the outlet.", True),
        Column("rule_id", TEXT, "The pattern that made it."),
        SCORE_COLUMN,
    ),
    is_batched=True,
)

EVENT_ARGUMENTS = Dataset(
    "event_arguments",
    "extract",
    "One row per part that something plays in a reported happening.",
    ("argument_id",),
    (
        Column("argument_id", TEXT, "Hash of event mention, role and span."),
        Column("event_mention_id", TEXT, "The event mention."),
        Column("role", TEXT, "actor, recipient, location, time, instrument, killed, injured, arrested, displaced, …"),
        *SPAN,
        Column("mention_id", TEXT, "The entity mention that fills the part.", True),
        Column("time_mention_id", TEXT, "The time mention that fills the part.", True),
        Column("value", TEXT, "The figure as read, for example >=20.", True),
        Column("value_low", BIG, "Lowest number meant.", True),
        Column("value_high", BIG, "Highest number meant.", True),
    ),
    is_batched=True,
)

QUOTE_MENTIONS = Dataset(
    "quote_mentions",
    "extract",
    "One row per statement that a text attributes to somebody.",
    ("quote_mention_id",),
    (
        Column("quote_mention_id", TEXT, "Hash of article and span."),
        *SPAN,
        Column("quote_type", TEXT, "direct, indirect or mixed."),
        Column("content", TEXT, "The words, parts parted by a blank where the cue splits them."),
        Column("content_spans", RANGES, "Each part of the content in articles.body."),
        Column("cue", TEXT, "The word that reports: said, warned, according to.", True),
        Column("cue_lemma", TEXT, "Its lemma.", True),
        Column(
            "cue_class", TEXT, "neutral, claim, deny, promise, demand, warn, ask, …; topic: spoken of, not said", True
        ),
        Column("cue_start_char", INT, "First character of the cue.", True),
        Column("cue_end_char", INT, "Character after the cue.", True),
        Column("speaker_text", TEXT, "The speaker as worded.", True),
        Column("speaker_start_char", INT, "First character of the speaker.", True),
        Column("speaker_end_char", INT, "Character after the speaker.", True),
        Column("speaker_mention_id", TEXT, "The mention that names the speaker.", True),
        Column("affiliation_mention_id", TEXT, "The body or person that a speaker without a name is of.", True),
        Column("addressee", TEXT, "To whom it was said, as worded.", True),
        Column("medium", TEXT, "How it was said, where the text says so: interview, statement, social_media, …", True),
        Column("parent_quote_id", TEXT, "The statement inside which it stands: X said that Y said it.", True),
        Column("time_mention_id", TEXT, "When it was said.", True),
        Column("rule_id", TEXT, "The pattern that made it."),
        SCORE_COLUMN,
    ),
    is_batched=True,
)

ENTITIES = Dataset(
    "entities",
    "normalize",
    "One row per person, organisation, place, group or other named thing.",
    ("entity_id",),
    (
        Column("entity_id", TEXT, "Stable id."),
        Column("entity_type", TEXT, "PERSON, ORG, GPE, LOC, FAC, NORP, EVENT, PRODUCT, LAW, WORK."),
        Column("canonical_name", TEXT, "The fullest usual name."),
        Column("acronym", TEXT, "Its short form in capitals.", True),
        Column("aliases", TEXTS, "Other names seen."),
        Column("country_code", TEXT, "ISO 3166-1 alpha-3.", True),
        Column(
            "sector",
            TEXT,
            "PLOVER sector: GOV, MIL, REB, OPP, PTY, LEG, JUD, COP, SPY, CVL, BUS, MNC, IGO, NGO, MED, EDU, …",
            True,
        ),
        Column("role", TEXT, "Most usual role as articles word it.", True),
        Column("place_id", TEXT, "The place, for GPE and LOC.", True),
        Column("wikidata_id", TEXT, "Wikidata item where known.", True),
        Column("article_count", INT, "Articles that mention it."),
        Column("mention_count", INT, "Mentions in all."),
        Column("first_seen", DATE, "Earliest publication that mentions it.", True),
        Column("last_seen", DATE, "Latest publication that mentions it.", True),
    ),
)

ENTITY_LINKS = Dataset(
    "entity_links",
    "normalize",
    "One row per mention with the entity it names.",
    ("mention_id",),
    (
        Column("mention_id", TEXT, "The mention."),
        Column("entity_id", TEXT, "The entity."),
        Column("method", TEXT, "The rule that linked them."),
        SCORE_COLUMN,
    ),
)

PLACES = Dataset(
    "places",
    "normalize",
    "One row per place on the map.",
    ("place_id",),
    (
        Column(
            "place_id",
            TEXT,
            "geonames:ID, country:ISO 3166-1, iso:ISO 3166-2, or our own: admin1, admin2, town, area, site.",
        ),
        Column("name", TEXT, "Usual English name."),
        Column("country_code", TEXT, "ISO 3166-1 alpha-3.", True),
        Column("admin1_code", TEXT, "First-level division, GeoNames code.", True),
        Column("latitude", pa.float64(), "Degrees north; of a point that of its town.", True),
        Column("longitude", pa.float64(), "Degrees east.", True),
        Column("precision", TEXT, "point, city, region, country or continent."),
        Column("population", BIG, "People, GeoNames.", True),
    ),
)

EVENTS = Dataset(
    "events",
    "normalize",
    "One row per thing that happened, was planned or was denied, however many articles report it.",
    ("event_id",),
    (
        Column("event_id", TEXT, "Stable id."),
        Column("event_type", TEXT, "PLOVER root type, or one of Dateline's further types."),
        Column("event_mode", TEXT, "PLOVER mode.", True),
        Column("cameo_code", TEXT, "CAMEO root code.", True),
        Column("goldstein", SCORE, "Goldstein-style intensity, -10 to 10.", True),
        Column("quad_class", TEXT, "Verbal or material, cooperation or conflict.", True),
        Column("date_from", DATE, "First day it may have happened.", True),
        Column("date_to", DATE, "Last day it may have happened.", True),
        Column("date_precision", TEXT, "day, week, month, year, range or none."),
        Column("place_id", TEXT, "Where.", True),
        Column("polarity", TEXT, "affirmed or negated."),
        Column("modality", TEXT, "asserted, planned, requested, hypothetical or alleged."),
        Column("actor_entity_ids", TEXTS, "Who did it."),
        Column("recipient_entity_ids", TEXTS, "To whom."),
        Column("killed_low", BIG, "Lowest figure reported.", True),
        Column("killed_high", BIG, "Highest figure reported.", True),
        Column("injured_low", BIG, "Lowest figure reported.", True),
        Column("injured_high", BIG, "Highest figure reported.", True),
        Column("arrested_low", BIG, "Lowest figure reported.", True),
        Column("arrested_high", BIG, "Highest figure reported.", True),
        Column("article_count", INT, "Articles that report it."),
        Column("origin_count", INT, "Independent origins: copies count once, and so do reports of one wire agency."),
        Column("first_reported_at", AT, "Earliest publication, UTC.", True),
        Column("summary", TEXT, "The sentence of its best mention."),
    ),
)

EVENT_PARTICIPANTS = Dataset(
    "event_participants",
    "normalize",
    "One row per part in an event: who or what, in which role; rival values stand side by side.",
    ("participant_id",),
    (
        Column("participant_id", TEXT, "Hash of event, role and filler."),
        Column("event_id", TEXT, "The event."),
        Column("role", TEXT, "actor, recipient, location, killed, injured, …"),
        Column("entity_id", TEXT, "The entity, where one is named.", True),
        Column("name", TEXT, "Its name, or the words of the text where no entity is known."),
        Column("value_low", BIG, "Lowest number meant, for figures.", True),
        Column("value_high", BIG, "Highest number meant, for figures.", True),
        Column("article_count", INT, "Articles that say so."),
    ),
)

EVENT_SOURCES = Dataset(
    "event_sources",
    "normalize",
    "One row per event mention with the event it reports and who says so.",
    ("event_mention_id",),
    (
        Column("event_mention_id", TEXT, "The mention."),
        Column("event_id", TEXT, "The event."),
        Column("article_id", TEXT, "The article."),
        Column("claimed_by_entity_id", TEXT, "Whose words they are, where it is not the outlet.", True),
        Column("quote_id", TEXT, "The quote it stands in.", True),
        SCORE_COLUMN,
    ),
)

QUOTES = Dataset(
    "quotes",
    "normalize",
    "One row per statement in an article, with the speaker resolved.",
    ("quote_id",),
    (
        Column("quote_id", TEXT, "The quote_mention_id."),
        Column("article_id", TEXT, "The article."),
        Column("quote_type", TEXT, "direct, indirect or mixed."),
        Column("content", TEXT, "The words."),
        Column("cue", TEXT, "The word that reports.", True),
        Column("cue_class", TEXT, "neutral, claim, deny, promise, demand, warn, ask, …", True),
        Column("speaker_entity_id", TEXT, "The speaker.", True),
        Column("speaker_name", TEXT, "Canonical name, or the words of the text where no entity is known.", True),
        Column("speaker_role", TEXT, "Role as the article words it.", True),
        Column(
            "affiliation_entity_id",
            TEXT,
            "Whom a speaker without a name is of: State Department, for a State Department official.",
            True,
        ),
        Column("addressee", TEXT, "To whom, as worded.", True),
        Column("medium", TEXT, "How it was said, where the text says so: interview, statement, social_media, …", True),
        Column("parent_quote_id", TEXT, "The statement inside which it stands: X said that Y said it.", True),
        Column("utterance_id", TEXT, "The same words across outlets share it."),
        Column("said_on", DATE, "When it was said.", True),
        SCORE_COLUMN,
    ),
)

UTTERANCE_REPORTS = Dataset(
    "utterance_reports",
    "normalize",
    "One row per article that reports an utterance which another article reports too, against its fullest report.",
    ("utterance_id", "article_id"),
    (
        Column("utterance_id", TEXT, "The utterance."),
        ARTICLE_ID,
        Column("quote_id", TEXT, "The article's longest quote of it."),
        Column("is_fullest", BOOL, "Whether this is the fullest report, which the others are held against."),
        Column("content", TEXT, "The words in this article; several quotes of it are parted by …."),
        Column("missing", TEXTS, "Runs of words of the fullest report that this one lacks."),
        Column("added", TEXTS, "Runs of words that the fullest report lacks."),
        Column("changed", TEXTS, "Words put for others: old → new."),
    ),
)

CORRECTION_OUTCOMES = Dataset(
    "correction_outcomes",
    "normalize",
    "One row per row of corrections.csv, with what became of it.",
    ("correction_index",),
    (
        Column("correction_index", INT, "Number of the row in corrections.csv, from 0."),
        Column("action", TEXT, "merge, split, rename, recode or reject."),
        Column("entity_type", TEXT, "Type of the entity that it speaks of."),
        Column("name", TEXT, "The name of that entity."),
        Column("target", TEXT, "What it is merged into, split by, renamed or recoded to."),
        Column("reason", TEXT, "Why, as the row says."),
        Column("author", TEXT, "Who decided it."),
        Column(
            "outcome",
            TEXT,
            "applied: entities are as it wants; unused: nothing goes by its names; unmet: another row undoes it.",
        ),
    ),
    published_in="ops",
)

ENTITY_CHANGES = Dataset(
    "entity_changes",
    "normalize",
    "One row per entity that a run over changed inputs renamed, moved mentions away from, or dropped.",
    ("change_id",),
    (
        Column("change_id", TEXT, "Hash of the other columns."),
        Column("run_mark", TEXT, "Fingerprint of what the run read."),
        Column("entity_id", TEXT, "The entity as it was before the run."),
        Column("entity_type", TEXT, "Its type."),
        Column("change", TEXT, "renamed, moved (mentions went to another entity), merged (all did) or removed."),
        Column("old_name", TEXT, "Its canonical name before the run."),
        Column("new_name", TEXT, "Canonical name of what it, or its mentions, belong to now.", True),
        Column("new_entity_id", TEXT, "The entity that it is now, or that its mentions went to.", True),
        Column("mention_count", INT, "Mentions that went, or that the entity had where it is renamed or removed."),
    ),
    published_in="ops",
)

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        ARTICLES,
        REJECTED_ARTICLES,
        DROPPED_LINES,
        SENTENCES,
        FAILED_ARTICLES,
        ENTITY_MENTIONS,
        TIME_MENTIONS,
        NUMBER_MENTIONS,
        EVENT_MENTIONS,
        EVENT_ARGUMENTS,
        QUOTE_MENTIONS,
        ENTITIES,
        ENTITY_LINKS,
        PLACES,
        EVENTS,
        EVENT_PARTICIPANTS,
        EVENT_SOURCES,
        QUOTES,
        UTTERANCE_REPORTS,
        CORRECTION_OUTCOMES,
        ENTITY_CHANGES,
    )
}
