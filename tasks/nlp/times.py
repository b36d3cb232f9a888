"""Time expressions: found in the text, typed and valued as TIMEX3, and dated by the day of publication."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from tasks.nlp import extensions  # noqa: F401  (declares doc._.times)
from tasks.nlp import time_rules as rules
from tasks.nlp.records import TimeMention
from tasks.nlp.syntax import auxiliaries, clause_verb, markers
from tasks.nlp.time_rules import Lexicon, Match, Reading, Scene, Word, word_set
from tasks.nlp.time_values import TimeValue
from tasks.reference import read_reference

WORDS_FILE = "time_words"
FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "may", "might", "should", "could"})
# Verbs whose infinitive or object lies ahead: plan to meet on Thursday, scheduled for Thursday.
FORWARD_LEMMAS = word_set(
    "plan expect schedule set due slate hope intend agree vow promise want decide order urge ask call invite aim"
    " prepare seek propose likely ready pledge threaten go"
)
SCHEDULED_LEMMAS = word_set("plan expect schedule set due slate extend")
PLANNING_VERBS = frozenset({"planned", "scheduled", "postponed"})
# Words right before a date that lies ahead.
UNTIL_WORDS = frozenset({"until", "till", "effective", "payable"})
AHEAD_WORDS = frozenset({"by"})
FUTURE_WORDS = frozenset({"will", "'ll", "’ll", "shall", "scheduled", "slated"})
FORWARD_WORDS = frozenset(
    {"due", "set", "expected", "scheduled", "going", "ready", "likely", "plans", "planned"} | {"is", "are"}
)
STOPS = frozenset({".", ";", "?", "!", ":", "(", ")"})
# Characters that the tokens of an expression may hold beyond it, as in `mid-1990s-style`.
LONGEST_REST = 12
NEAR_WORDS = 14
# Months that are also verbs or given names: counted only inside a sentence, after a word in lower case.
NAMED_MONTHS = frozenset({"May", "March", "August", "April", "June"})
REPORTING_LEMMAS = word_set("say tell report show write note announce")
# Before these nouns a plain number of four digits is still a year.
YEAR_HEADS = word_set(
    "elections games olympics protests attacks talks bombings sanctions riots accords agreements rules changes"
    " guidelines sales results figures earnings profits revenues primaries midterms raids killings floods fires"
)
YEAR_CUES = word_set(
    "in since by of until before after from during for to through between and early late mid around about ( the than"
    " till circa under through, ended ending on year,"
)
MONTH_CUES = frozenset({"in", "since", "until", "during"})
# Whose age is told by decades: in his 30s.
OWNERS = frozenset({"his", "her", "their", "my", "your", "our"})
CLOCK_CUES = frozenset({"at", "by", "from", "until", "to", "around", "about", "before", "after", "since"})
QUOTES = frozenset({'"', "“", "‘", "''", "``", "'"})
RATE_CUES = word_set("times twice once percent % cents dollars pounds euros barrels tons people")


class Found(NamedTuple):
    """A match with the rule that made it, as a range of words."""

    rule: str
    start: int
    end: int
    match: Match
    reading: Reading


PATTERNS = tuple((name, rules.compile_pattern(source), reading) for name, source, reading in rules.RULES)
# The rules whose words also stand in titles of programmes and papers.
TITLED = word_set("relative_unit duration deictic")
# The rules that name a month or a year, which later expressions count from.
NAMING = word_set(
    "iso_date numeric_date full_date month month_alone year spoken_year relative_unit distance day_before"
)
# The rules whose reading asks which way the clause looks.
DIRECTED = word_set(
    "full_date month_alone quarter season season_alone weekday holiday day_range month_range weekday_range"
    " relative_unit week_of"
)


@lru_cache(maxsize=4)
def load_lexicon(reference_dir: str) -> Lexicon:
    """The words of time expressions in `time_words.csv`."""
    rows = read_reference(Path(reference_dir), WORDS_FILE, ("word", "kind", "value"))
    return rules.make_lexicon((row["word"], row["kind"], row["value"]) for row in rows)


def find_times(doc: Doc, published_on: str | None, lexicon: Lexicon) -> list[TimeMention]:
    """The time expressions of a doc in text order, dated by the day of publication (ISO, or None)."""
    published = None if published_on is None else date.fromisoformat(published_on[:10])
    words = rules.read_words(doc.text, lexicon)
    mentions: list[TimeMention] = []
    scene = Scene(published, None)
    for found in find_matches(words):
        span = _token_span(doc, words, found)
        if span is None or not _is_time(found, span):
            continue
        is_of_clock = bool(mentions) and mentions[-1].method == "rule:clock" and mentions[-1].end == span.start
        place = doc[mentions[-1].start : span.end] if is_of_clock else span
        direction = clause_direction(place) if found.rule in DIRECTED else -1
        value = found.reading(found.match, scene._replace(direction=direction))
        if value is None:
            continue
        mentions.append(_mention(span, value, found.rule))
        scene = _spoken_of(scene, found.rule, value)
    return join_clocks(doc, mentions)


def find_matches(words: list[Word]) -> Iterator[Found]:
    """The longest match of any rule at each place, left to right, without overlap."""
    codes = rules.encode(words)
    position = 0
    for start, end in _runs(codes):
        position = max(position, start)
        while position < end:
            found = _longest_at(words, codes, position, end)
            if found is None:
                position += 1
            else:
                yield found
                position = found.end


def _runs(codes: str) -> Iterator[tuple[int, int]]:
    """The ranges of words without a word foreign to time, where at least one is a trigger."""
    start = 0
    for part in codes.split(rules.OTHER_WORD):
        end = start + len(part)
        if not rules.TRIGGERS.isdisjoint(part):
            yield start, end
        start = end + 1


def _longest_at(words: list[Word], codes: str, position: int, end: int) -> Found | None:
    candidates = []
    for name, pattern, reading in PATTERNS:
        hit = pattern.match(codes, position, end)
        if hit is not None and hit.end() > position:
            candidates.append((hit.end(), name, hit, reading))
    for stop, name, hit, reading in sorted(candidates, key=lambda item: -item[0]):
        groups = {group: hit.span(group) for group, text in hit.groupdict().items() if text is not None}
        relative = {group: (first - position, last - position) for group, (first, last) in groups.items()}
        seen = max((stop, *(last for _, last in groups.values())))  # a lookahead's groups lie beyond the match
        match = Match(words[position:seen], relative)
        if GUARDS.get(name, _always)(match, words, position, stop):
            probe = reading(match, PROBE)
            if probe is not None:
                return Found(name, position, stop, match, reading)
    return None


PROBE = Scene(date(2000, 1, 31), None, -1, (1999, 4))


def _always(match: Match, words: list[Word], start: int, end: int) -> bool:
    return True


def _before(words: list[Word], start: int) -> str:
    return words[start - 1].text.lower() if start else ""


def _after(words: list[Word], end: int) -> str:
    return words[end].text.lower() if end < len(words) else ""


def _is_year(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether a number of four digits is a year: by the word before it, and no counted noun after it."""
    year = match.number("year") or 0
    before, after = _before(words, start), _after(words, end)
    if before in {"$", "£", "€", "#", "no", "-", "–", "+", "/", ":", "number", "nearly", "almost", "than"}:
        return False
    if not 1500 <= year <= 2099 or after in {"%", "percent", "people", "/", ":"}:
        return False
    if end - start > 1:
        return match.get("unit") is None or match.get("unit") is not None
    counted = (
        after.endswith("s")
        and after not in YEAR_HEADS
        and not after.endswith("ss")
        and after not in {"was", "is", "has", "as", "his", "its", "this", "saw", "'s", "’s"}
    )
    if counted and before != "the":
        return False
    return before in YEAR_CUES or 1800 <= year <= 2060


def _is_month(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether a month's name alone is one: not May or March at the head of a sentence, nor a short form."""
    word = match.get("month")
    before = _before(words, start)
    if word is None or word.kind == "MONTHSHORT":
        return word is not None and end - start > 1 and before in YEAR_CUES | {"last", "next", "this"}
    is_last = end < len(words) and words[end].kind in {"DAY", "NUMBER"}
    if word.text in NAMED_MONTHS and end - start == 1:
        last = words[start - 1] if start else None
        is_within = last is not None and last.kind != "BREAK" and (last.text[0].islower() or before in MONTH_CUES)
        return is_within and not is_last
    return not is_last


def _is_weekday(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether a weekday's short form is one: only with its full stop or before a date."""
    word = match.get("weekday")
    return word is not None and word.kind != "WEEKDAYSHORT"


def _is_plural(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether a bare plural unit is a length of time: for years, in weeks."""
    unit = match.get("unit")
    if unit is None or not unit.text.endswith("s") or unit.value in {"TS", "WE", "H"}:
        return False
    return _before(words, start) in {"for", "in", "within", "over", "of", "after", "before"}


def _is_duration(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether a counted unit is a length of time: no age, no rate, no part of a date."""
    unit, after = match.get("unit"), _after(words, end)
    if unit is None or after == "old" or _before(words, start) in {"twice", "once", "times"}:
        return False
    if after in {"-", "–"} and end + 1 < len(words) and words[end + 1].text.lower() == "old":
        return False
    count = match.all("count")
    first = count[0] if count else None
    if first is not None and first.kind == "ARTICLE" and end - start == 2:
        if unit.value == "TS" or unit.text.endswith("s"):
            return False
        if start and words[start - 1].kind in {"NUMBER", "DAY", "CARDINAL", "MAGNITUDE"}:
            return False
        if _is_year_before(words, end):
            return False
    if first is not None and first.kind == "YEAR" and end - start == 2 and not unit.text.endswith("s"):
        return False
    if unit.value == "H" or (
        unit.value == "Q"
        and first is not None
        and (first.text.lower() in {"three", "a", "one"} or words[end - 2].kind == "DASH")
    ):
        return False
    return not (unit.text.lower() in {"second", "min", "mins", "hr", "hrs"} and len(count) != 1)


def _is_year_before(words: list[Word], end: int) -> bool:
    """Whether a unit goes on to say which period is compared: `year` of year-ago, year-earlier."""
    return [word.kind for word in words[end : end + 2]] in (["DASH", "AGO"], ["DASH", "EARLIER"])


def _is_rate(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether `a day` tells a rate: after a number, a sum or how many times."""
    before = words[start - 1] if start else None
    unit = match.get("unit")
    if before is None or unit is None or unit.text.endswith("s"):
        return False
    return before.kind in {"NUMBER", "DAY", "CARDINAL", "MAGNITUDE", "YEAR"} or before.text.lower() in RATE_CUES


def _ends_phrase(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether the expression ends its phrase: before punctuation, a conjunction or the end."""
    after = words[end] if end < len(words) else None
    return after is None or not after.text[0].isalnum() or after.kind in {"AND", "IN", "TO", "ON", "FROM"}


def _is_running(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether `the year` means the running one: not `the year he died`, `the week of`."""
    unit = match.get("unit")
    if unit is None or unit.text.lower().endswith("s") or _is_year_before(words, end):
        return False
    return unit.value == "WE" or _ends_phrase(match, words, start, end)


def _is_clock(match: Match, words: list[Word], start: int, end: int) -> bool:
    word = words[start] if words[start].kind != "MOD" else words[start + 1]
    is_plain = word.kind in {"DAY", "CARDINAL"} or (word.kind == "CLOCK24" and end - start == 1)
    return not is_plain or _before(words, start) in CLOCK_CUES


def _is_decade(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether a decade is one of the calendar: no age as in `his early 30s`, `their 20s and 30s`."""
    if match.words[-1].text[0].isdigit() and len(re.sub(r"\D", "", match.words[-1].text)) == 4:
        return True
    while start and words[start - 1].kind in {"DECADEYEARS", "AND", "OR", "TO", "COMMA", "EDGE", "DASH"}:
        start -= 1
    return _before(words, start) not in OWNERS


def _is_past(match: Match, words: list[Word], start: int, end: int) -> bool:
    """Whether `the past` stands by itself: it ends its phrase or follows `in`, and no noun is seen to follow."""
    return _ends_phrase(match, words, start, end) or _before(words, start) == "in"


def _is_half_year(match: Match, words: list[Word], start: int, end: int) -> bool:
    unit = match.get("unit")
    if unit is None or unit.value not in {"Q", "H"}:
        return False
    return unit.value == "Q" or match.get("year") is not None or match.get("yearword") is not None


def _is_period(match: Match, words: list[Word], start: int, end: int) -> bool:
    unit = match.get("unit")
    if unit is None or unit.text.lower() in {"half", "halves", "mins", "min"}:
        return False
    return not (unit.text.endswith("s") and unit.value in {"D", "W", "M", "Y", "Q", "E", "C"})


GUARDS: Mapping[str, Callable[[Match, list[Word], int, int], bool]] = {
    "year": _is_year,
    "month_alone": _is_month,
    "weekday": _is_weekday,
    "plural_alone": _is_plural,
    "duration": _is_duration,
    "first_units": _is_duration,
    "rate": _is_rate,
    "clock": _is_clock,
    "decade": _is_decade,
    "quarter": lambda match, words, start, end: (
        match.get("short") is not None or _is_half_year(match, words, start, end)
    ),
    "relative_unit": _is_period,
    "edge_of_unit": _is_period,
    "running_unit": _is_running,
    "the_past": _is_past,
    "day_before": _ends_phrase,
    "part_of_day": _ends_phrase,
}


def _token_span(doc: Doc, words: list[Word], found: Found) -> Span | None:
    """The tokens that hold the match, None where one of them holds far more than it."""
    start, end = words[found.start].start, words[found.end - 1].end
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None or len(span.text) > end - start + LONGEST_REST else span


def _is_time(found: Found, span: Span) -> bool:
    """Whether the tags allow the reading: no modal May, no verb to march, fall or spring, no title of a programme."""
    head = span[-1]
    if found.rule in TITLED and _is_title(span):
        return False
    if found.rule == "the_past" and span.end < len(span.doc) and span.doc[span.end].pos_ in {"NOUN", "ADJ", "NUM"}:
        return False
    if found.rule == "month_alone" and head.tag_ in {"MD", "VB", "VBP"}:
        return False
    return not (found.rule == "season_alone" and head.pos_ == "VERB")


def _is_title(span: Span) -> bool:
    """Whether capitals and what stands before make the words a title: `60 Minutes` in quotation marks, USA Today."""
    head = span[-1].text
    if not head[0].isupper() or head.isupper() or not span.start:
        return False
    before = span.doc[span.start - 1]
    is_quoted = before.text in QUOTES and len(span) > 1
    return is_quoted or (len(span) == 1 and before.text[0].isupper() and not span[0].is_sent_start)


def _mention(span: Span, value: TimeValue, rule: str) -> TimeMention:
    first = None if value.date_from is None else value.date_from.isoformat()
    last = None if value.date_to is None else value.date_to.isoformat()
    return TimeMention(span.start, span.end, value.timex_type, value.value, first, last, method=f"rule:{rule}")


def _quarter(value: TimeValue, before: tuple[int, int] | None, published: date | None) -> tuple[int, int] | None:
    """The quarter that later expressions compare with: the latest one spoken of so far that has begun."""
    parts = (value.value or "").split("-Q")
    has_begun = published is None or value.date_from is None or value.date_from <= published
    if len(parts) != 2 or not parts[1].isdigit() or not has_begun:
        return before
    return max((int(parts[0]), int(parts[1])), before or (0, 0))


def _spoken_of(scene: Scene, rule: str, value: TimeValue) -> Scene:
    """The scene after an expression: later ones count from its day, or from its month or year where it names one."""
    first, last = value.date_from, value.date_to
    if rule in {"quarter", "ended_unit"}:
        scene = scene._replace(quarter=_quarter(value, scene.quarter, scene.published))
    if value.timex_type not in {"DATE", "TIME"} or first is None or last is None:
        return scene
    if first == last:
        scene = scene._replace(reference=first)
    if rule in NAMING:
        is_month = (first.year, first.month) == (last.year, last.month)
        scene = scene._replace(month=first if is_month else None, year=first if first.year == last.year else None)
    return scene


def join_clocks(doc: Doc, mentions: list[TimeMention]) -> list[TimeMention]:
    """The mentions with times of day put on the day named beside them, or in their sentence."""
    joined: list[TimeMention] = []
    for index, found in enumerate(mentions):
        is_clock = found.method == "rule:clock" and found.value is not None
        mention = _on_day_of_sentence(doc, found, mentions, index) if is_clock else found
        if joined and _is_beside(doc, joined[-1], mention):
            joined[-1] = _join(joined[-1], mention)
        else:
            joined.append(mention)
    return joined


def _on_day_of_sentence(doc: Doc, clock: TimeMention, mentions: list[TimeMention], index: int) -> TimeMention:
    near = [*mentions[index + 1 : index + 2], *reversed(mentions[:index][-2:])]
    for other in near:
        is_day = other.date_from is not None and other.date_from == other.date_to and other.method != "rule:clock"
        if is_day and _same_sentence(doc, clock, other) and clock.value is not None:
            time = clock.value.split("T", 1)[1]
            day = other.date_from
            return clock._replace(value=f"{day}T{time}", date_from=day, date_to=day)
    return clock


def _same_sentence(doc: Doc, one: TimeMention, other: TimeMention) -> bool:
    first, last = sorted((one.start, other.start))
    if doc.has_annotation("SENT_START"):
        return not any(token.is_sent_start for token in doc[first + 1 : last + 1])
    return not any(token.text in {".", "!", "?"} or "\n\n" in token.text for token in doc[first : last + 1])


def _is_beside(doc: Doc, left: TimeMention, right: TimeMention) -> bool:
    if not 0 <= right.start - left.end <= 1:
        return False
    if right.start - left.end == 1 and doc[left.end].text not in {",", "on"}:
        return False
    is_day = right.date_from is not None and right.date_from == right.date_to and right.timex_type == "DATE"
    return left.method == "rule:clock" and is_day


def _join(clock: TimeMention, day: TimeMention) -> TimeMention:
    return clock._replace(end=day.end)


def clause_direction(span: Span) -> int:
    """Which way a date without year or week lies: 1 ahead, -1 back, 0 where the clause does not tell.

    The nearest verb to the left tells it in most sentences, also where the parse is wrong; else the verb above.
    """
    lead = span.doc[span.start - 1].lower_ if span.start else ""
    near = nearest_verb_direction(span)
    if lead in AHEAD_WORDS and near != -1:
        return 1
    if lead in UNTIL_WORDS or (lead == "of" and span.start > 1 and span.doc[span.start - 2].lower_ == "ahead"):
        return 1
    if near is not None:
        return near
    if span.end < len(span.doc) and span.doc[span.end].text in {"'s", "’s"}:
        return 0
    if not span.doc.has_annotation("DEP"):
        return -1
    verb = clause_verb(span.root)
    if verb is None:
        return 0
    is_of_verb = verb.i in (span.root.head.i, span.root.head.head.i)
    return verb_direction(verb) if is_of_verb else max(verb_direction(verb), 0)


def nearest_verb_direction(span: Span) -> int | None:
    """The direction of the nearest verb to the left in the sentence; None without one or where it does not tell."""
    doc = span.doc
    for index in range(span.start - 1, max(-1, span.start - NEAR_WORDS), -1):
        token = doc[index]
        word = token.lower_
        if word in STOPS or token.is_space:
            return None
        if word in FUTURE_WORDS:
            return 1
        if token.tag_ == "VBD" and word not in {"was", "were", "had"}:
            return 1 if is_directed_ahead(doc, index) else -1
        if token.tag_ == "VB" or word in {"was", "were", "been", "had", "have", "has"} or token.tag_ == "VBN":
            return _direction_before(doc, index)
    return None


def is_directed_ahead(doc: Doc, index: int) -> bool:
    """Whether a verb in the past sets something for a later day: planned a march, scheduled talks."""
    return doc[index].lower_ in PLANNING_VERBS


def _direction_before(doc: Doc, index: int) -> int | None:
    """The direction that the words before an infinitive or participle give it."""
    if doc[index].lemma_.lower() in SCHEDULED_LEMMAS and doc[index].tag_ == "VBN":
        lead = {token.lower_ for token in doc[max(0, index - 3) : index]}
        return None if lead & {"previously", "had", "earlier"} else 1
    for before in range(index, max(-1, index - 5), -1):
        word = doc[before].lower_
        if word in FUTURE_AUXILIARIES:
            return -1 if _is_past_ability(doc, before) else 1
        if word in {"was", "were", "had", "have", "has", "did", "been"}:
            return -1
        if word == "to":
            return _direction_of_lead(doc, before)
        if word in STOPS:
            return None
    return None


def _is_past_ability(doc: Doc, index: int) -> bool:
    """Whether a modal tells what could not be done: could not be reached, nor could he be found."""
    around = {token.lower_ for token in doc[max(0, index - 8) : index + 2]}
    return doc[index].lower_ == "could" and not around.isdisjoint({"not", "n't", "n’t", "neither", "nor"})


def _direction_of_lead(doc: Doc, index: int) -> int | None:
    """The direction of an infinitive by the word before its `to`: is to, due to, plans to; had been due to is past."""
    if index == 0:
        return None
    lead = doc[index - 1]
    if lead.lower_ not in FORWARD_WORDS and lead.lemma_.lower() not in FORWARD_LEMMAS:
        return None
    return -1 if any(token.lower_ == "had" for token in doc[max(0, index - 4) : index - 1]) else 1


def verb_direction(verb: Token) -> int:
    """Which way a verb looks: 1 ahead, -1 back, 0 where its form does not tell."""
    helpers = auxiliaries(verb)
    lemma = verb.lemma_.lower()
    if any(item.lower_ in FUTURE_AUXILIARIES for item in helpers):
        return -1 if any(item.lower_ == "have" for item in helpers) else 1
    if "to" in markers(verb) or any(item.lower_ == "to" for item in helpers):
        return _direction_of_governor(verb)
    if verb.tag_ in {"VBN", "JJ"} and lemma in SCHEDULED_LEMMAS:
        return 1
    if lemma in REPORTING_LEMMAS:
        return -1
    if verb.tag_ == "VBD" or any(item.tag_ == "VBD" or item.lemma_ == "have" for item in helpers):
        return -1
    is_present = verb.tag_ in {"VBZ", "VBP"} and lemma not in {"be", "have", "follow", "come"}
    is_running = verb.tag_ == "VBG" and any(item.tag_ in {"VBZ", "VBP"} for item in helpers)
    return 1 if is_present or is_running else 0


def _direction_of_governor(verb: Token) -> int:
    governor = verb.head
    if governor.i == verb.i or governor.lemma_.lower() in FORWARD_LEMMAS or governor.pos_ in {"NOUN", "PROPN"}:
        return 1
    return verb_direction(governor) if governor.pos_ in {"VERB", "AUX"} else 0


@Language.factory(
    "dateline_times", default_config={"reference_dir": ""}, assigns=["doc._.times", "doc.spans"], requires=["token.dep"]
)
def create_times(nlp: Language, name: str, reference_dir: str) -> Callable[[Doc], Doc]:
    """The component that fills `doc._.times` and `doc.spans["times"]`."""
    lexicon = load_lexicon(reference_dir)

    def set_times(doc: Doc) -> Doc:
        found = find_times(doc, doc._.published_on, lexicon)
        doc._.times = found
        doc.spans["times"] = [Span(doc, item.start, item.end, label=item.timex_type) for item in found]
        return doc

    return set_times
