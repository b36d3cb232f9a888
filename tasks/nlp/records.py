"""What the components find in a Doc: plain values, positions in tokens `[start, end)`.

The records live in `doc._.mentions`, `doc._.times`, `doc._.numbers`, `doc._.quotes` and `doc._.events`, each a list in
text order; records refer to each other by their index in these lists.
"""

from typing import NamedTuple


class Mention(NamedTuple):
    """A naming of a thing: `cluster` is shared by mentions of one thing inside the article, -1 for none."""

    start: int
    end: int
    label: str
    mention_type: str = "name"
    title: str | None = None
    role: str | None = None
    cluster: int = -1
    method: str = "model"
    score: float = 1.0


class TimeMention(NamedTuple):
    """A time expression: dates are ISO 8601 days, None where the expression gives none."""

    start: int
    end: int
    timex_type: str
    value: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    method: str = "rule"
    score: float = 1.0


class NumberMention(NamedTuple):
    """A number: `value` is None where only bounds are known, a bound is None where it is open.

    `unit` is an ISO 4217 code for MONEY, % or pp or bp for PERCENT, a UCUM code for QUANTITY.
    """

    start: int
    end: int
    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    relation: str = "exact"
    rule_id: str = ""
    score: float = 1.0


# The class of statements that tell of what somebody speaks ("She spoke of the war"), not what is said about it.
TOPIC = "topic"


class Quote(NamedTuple):
    """A statement: its content in parts, the cue, who speaks (`speaker`: span as worded; `speaker_mention`: index).

    `medium` is how it was said, by media.csv; `affiliation` is the mention of the body or person that a speaker
    without a name is of.
    """

    quote_type: str
    parts: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None = None
    cue_lemma: str | None = None
    cue_class: str | None = None
    speaker: tuple[int, int] | None = None
    speaker_mention: int | None = None
    addressee: tuple[int, int] | None = None
    time: int | None = None
    rule_id: str = ""
    score: float = 1.0
    medium: str | None = None
    affiliation: int | None = None

    @property
    def is_said(self) -> bool:
        """Whether the content is what somebody says or thinks, not what is only spoken of."""
        return self.cue_class != TOPIC


class Argument(NamedTuple):
    """What fills a part of an event: `mention` and `time` are indices, `low` and `high` bound a figure."""

    role: str
    start: int
    end: int
    mention: int | None = None
    time: int | None = None
    value: str | None = None
    low: int | None = None
    high: int | None = None


class Event(NamedTuple):
    """A report of a happening: the trigger, its codes, its standing, and its arguments."""

    start: int
    end: int
    event_type: str
    event_mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo_code: str | None = None
    goldstein: float | None = None
    quad_class: str | None = None
    polarity: str = "affirmed"
    modality: str = "asserted"
    tense: str = "past"
    quote: int | None = None
    claimed_by: int | None = None
    rule_id: str = ""
    score: float = 1.0
    arguments: tuple[Argument, ...] = ()
