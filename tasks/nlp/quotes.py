"""Statements: direct, indirect and mixed quotes with their cue, speaker, addressee and time of saying."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from tasks.nlp import extensions, syntax  # noqa: F401
from tasks.nlp.attribution import PIECES
from tasks.nlp.cues import FINITE_TAGS, CueLexicon, find_cue, read_cues
from tasks.nlp.media import MediaLexicon, add_media, read_media
from tasks.nlp.records import TOPIC, Quote, TimeMention
from tasks.nlp.reported import SILENT_VERBS, Report, find_reports, trim
from tasks.nlp.sources import SourceLexicon, add_sources, read_sources
from tasks.nlp.speakers import (
    agent_of,
    mention_of,
    nearest_speaker,
    person_told_of,
    speaker_of_place,
    speaker_range,
)
from tasks.nlp.spoken import COLON, CREDIT, CuePlace, Passage, Spoken, find_passages, find_spoken
from tasks.nlp.statements import Statement, find_statements

SPAN_KEY = "quotes"
PERSON_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# Speech inside speech is kept with both speakers; attitudes inside speech are not.
NESTED_CLASSES = frozenset({"neutral", "announce", "claim", "deny", "warn"})
SPEAKER_SCORE, NO_SPEAKER_SCORE, FLOATING_SCORE = 0.95, 0.6, 0.7
LEARNED_SCORE, TOPIC_SCORE = 0.7, 0.5
# Who is nobody in particular, and so says nothing that a reader could look up.
ANYBODY = frozenset({"you", "anyone", "anybody", "whoever", "nobody", "none"})
REFLEXIVES = frozenset({"itself", "himself", "herself", "themselves"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
# Quotes from which on the one who speaks them all is taken to speak what nobody is said to.
LEAST_OF_SOLE = 3
# From this share of common words on, two statements are one.
SAME = 0.3

Range = tuple[int, int]


def find_quotes(doc: Doc, lexicon: CueLexicon) -> list[Quote]:
    """The quotes of a doc in text order, given its parse, `doc._.mentions` and `doc._.times`."""
    passages = find_passages(doc)
    statements = find_statements(doc)
    spoken = find_spoken(doc, passages, lexicon)
    if PIECES in doc.spans:
        marked = {i for statement in statements for i in _places(statement.parts)}
        spoken = [item for item in spoken if not is_name_in_marks(doc, item, marked)]
    blocked = _blocked(spoken)
    reports = [report for report in find_reports(doc, lexicon, blocked) if not _touches(report, blocked)]
    reported = _without_echoes([_from_report(doc, report, passages) for report in _once(reports)])
    direct = [(item, _from_spoken(doc, item)) for item in spoken]
    taken = {i for _, quote in direct for i in _places(quote.parts)}
    statements = [item for item in statements if _share(_places(item.parts), taken) <= SAME]
    joined, left = join_marked(doc, reported, statements, passages, lexicon)
    taken |= {i for quote in joined for i in _places(quote.parts)}
    outer = [*(quote for _, quote in direct), *joined, *left]
    kept = [quote for quote in left if taken.isdisjoint(_places(quote.parts)) or _is_inside(quote, outer)]
    given = _give_floating_speakers(doc, direct, [*joined, *kept])
    quotes = [_as_topic(quote) if is_unsaid(doc, quote) else quote for quote in given if _has_words(quote)]
    return sorted(quotes, key=lambda quote: (quote.parts[0], quote.parts[-1]))


def _as_topic(quote: Quote) -> Quote:
    return quote._replace(cue_class=TOPIC, score=min(quote.score, TOPIC_SCORE))


def is_unsaid(doc: Doc, quote: Quote) -> bool:
    """Whether nobody said them: `if you think that`, `none mentioned it`, `did not say: “…`, `calling itself “X”`."""
    if quote.cue is None:
        return False
    verb, first = doc[slice(*quote.cue)].root, quote.parts[0][0]
    verb = verb.nbor(-1) if quote.cue_lemma == COLON.lemma and verb.i > 0 else verb
    if quote.speaker is not None and not any(start <= quote.speaker[0] < end for start, end in quote.parts):
        words = doc[slice(*quote.speaker)]
        if verb.tag_ != "VBG" and (words.root.lower_ in ANYBODY or words[0].lower_ == "no"):
            return True
    is_naming = doc[first].lower_ in REFLEXIVES and doc[first + 1].is_quote and verb.tag_ == "VBG"
    is_negated = verb.pos_ == "VERB" and any(child.lower_ in NEGATIONS and child.i < verb.i for child in verb.children)
    return is_naming or (quote.quote_type == "direct" and verb.i < first and is_negated)


def is_name_in_marks(doc: Doc, item: Spoken, marked: set[int]) -> bool:
    """Whether words in marks have no verb and the quote reader marks none of them: `on “Fox and Friends,” she said`."""
    places = _places(item.parts)
    return places.isdisjoint(marked) and not any(doc[i].pos_ in {"VERB", "AUX"} for i in places)


def join_marked(
    doc: Doc, reported: list[Quote], statements: list[Statement], passages: list[Passage], lexicon: CueLexicon
) -> tuple[list[Quote], list[Quote]]:
    """The reports with the reader's edges, with what it alone has seen; and the reports that it has not seen."""
    left = dict(enumerate(reported))
    at: dict[int, set[int]] = {}
    for number, quote in left.items():
        for i in _places(quote.parts):
            at.setdefault(i, set()).add(number)
    joined: list[Quote] = []
    for statement in statements:
        places = _places(statement.parts)
        beside = {number for i in places for number in at.get(i, ()) if number in left}
        likeness = {number: _overlap(_places(left[number].parts), places) for number in sorted(beside)}
        same = max(likeness, key=likeness.__getitem__, default=-1)
        if likeness.get(same, 0) >= SAME:
            joined.append(_with_edges(doc, left.pop(same), statement, passages))
        elif (seen := _from_statement(doc, statement, passages, lexicon)) is not None:
            joined.append(seen)
    return joined, list(left.values())


def _with_edges(doc: Doc, report: Quote, statement: Statement, passages: list[Passage]) -> Quote:
    """A report with the edges of a marked statement, unless its cue splits it: the rules know where it goes on."""
    if len(report.parts) > 1:
        return report
    parts, quote_type = _type_of(doc, _without_that(doc, statement.parts), passages)
    return report._replace(parts=parts, quote_type=quote_type)


def _share(one: set[int], other: set[int]) -> float:
    """The share of the places that are among the others."""
    return len(one & other) / len(one)


def _overlap(one: set[int], other: set[int]) -> float:
    """The share of common places in all places."""
    return len(one & other) / len(one | other)


def _places(parts: tuple[Range, ...]) -> set[int]:
    """The places of the words of the parts."""
    return {i for start, end in parts for i in range(start, end)}


def _without_that(doc: Doc, parts: tuple[Range, ...]) -> tuple[Range, ...]:
    """The parts without a `that` in front, which is the reporting clause's."""
    start, end = parts[0]
    return ((start + 1, end), *parts[1:]) if doc[start].lower_ == "that" and end - start > 1 else parts


def _from_statement(doc: Doc, statement: Statement, passages: list[Passage], lexicon: CueLexicon) -> Quote | None:
    """A quote out of a statement that no rule found: a topic, unless a known cue and a clause say that it is said.

    None where nobody is marked as its source, or nothing as its cue.
    """
    if statement.cue is None or statement.source is None:
        return None
    parts, quote_type = _type_of(doc, _without_that(doc, statement.parts), passages)
    verb = doc[slice(*statement.cue)].root
    head = doc[slice(*statement.source)].root
    speaker = mention_of(head, doc._.mentions)
    cue = find_cue(verb, lexicon)
    is_told = verb.tag_ in FINITE_TAGS | {"VBG", "NN", "NNS"} and not syntax.is_negated(verb)
    is_said = cue is not None and is_told and _holds_clause(doc, parts) and (head.pos_ == "PRON" or speaker is not None)
    return Quote(
        quote_type=quote_type,
        parts=parts,
        cue=statement.cue,
        cue_lemma=verb.lemma_ if cue is None else cue.lemma,
        cue_class=cue.cue_class if cue is not None and is_said else TOPIC,
        speaker=statement.source,
        speaker_mention=speaker,
        rule_id="learned",
        score=LEARNED_SCORE if is_said else TOPIC_SCORE,
    )


def _holds_clause(doc: Doc, parts: tuple[Range, ...]) -> bool:
    """Whether the parts hold a verb with its subject, or an infinitive or participle that is none of silence."""
    places = _places(parts)
    verbs = [doc[i] for i in places if doc[i].pos_ in {"VERB", "AUX"}]
    return any(
        (verb.tag_ not in FINITE_TAGS and verb.lemma_ not in SILENT_VERBS)
        or any(subject.i in places for subject in syntax.clause_subjects(verb))
        for verb in verbs
    )


def _has_words(quote: Quote) -> bool:
    """Whether each part holds a word; a clause that only leads over to quoted words is none."""
    return all(start < end for start, end in quote.parts)


def _blocked(spoken: list[Spoken]) -> set[int]:
    tokens: set[int] = set()
    for item in spoken:
        for start, end in (*item.outer, *item.parts):
            tokens.update(range(start, end))
        if item.cue_place is not None:
            tokens.add(item.cue_place.token)
    return tokens


def _touches(report: Report, blocked: set[int]) -> bool:
    return any(position in blocked for start, end in report.parts for position in range(start, end))


def _without_echoes(quotes: list[Quote]) -> list[Quote]:
    """The quotes without attitudes inside another's words: `he said he hopes to win` is one statement, not two."""
    return [quote for quote in quotes if quote.cue_class in NESTED_CLASSES or not _is_inside(quote, quotes)]


def _is_inside(quote: Quote, quotes: list[Quote]) -> bool:
    if quote.cue is None:
        return False
    position = quote.cue[0]
    return any(start <= position < end for other in quotes if other is not quote for start, end in other.parts)


def _once(reports: list[Report]) -> list[Report]:
    """The reports without those that word the same content by another cue."""
    seen: set[tuple[Range, ...]] = set()
    kept = []
    for report in reports:
        if report.parts not in seen:
            seen.add(report.parts)
            kept.append(report)
    return kept


def _from_spoken(doc: Doc, item: Spoken) -> Quote:
    place = item.cue_place
    if place is None:
        return Quote("direct", without_commas(doc, item.parts), rule_id=item.rule_id, score=FLOATING_SCORE)
    head = speaker_of_place(doc, place, item.outer)
    cue = place.cue
    width = 2 if cue.pos == "prep" else 1
    is_worded = cue is not CREDIT
    return Quote(
        quote_type="mixed" if item.is_mixed else "direct",
        parts=without_commas(doc, item.parts),
        cue=(place.token, place.token + width) if is_worded else None,
        cue_lemma=cue.lemma if is_worded else None,
        cue_class=cue.cue_class,
        speaker=None if head is None else speaker_range(head),
        speaker_mention=None if head is None else mention_of(head, doc._.mentions),
        addressee=_addressee_near(doc, place.token),
        time=time_near(doc, (place.start, place.end), item.parts),
        rule_id=item.rule_id,
        score=NO_SPEAKER_SCORE if head is None else SPEAKER_SCORE,
    )


def without_commas(doc: Doc, parts: tuple[Range, ...]) -> tuple[Range, ...]:
    """The parts without the comma that only leads over to the cue; one before words that go on is the speaker's."""
    kept = []
    for index, (start, end) in enumerate(parts):
        goes_on = index + 1 < len(parts) and doc[parts[index + 1][0]].text[:1].islower()
        is_lead_over = end - start > 1 and doc[end - 1].text == "," and not goes_on
        kept.append((start, end - 1 if is_lead_over else end))
    return tuple(kept)


def _addressee_near(doc: Doc, cue: int) -> Range | None:
    verb = doc[cue]
    if verb.lemma_ != "tell":
        return None
    persons = [*syntax.indirect_objects(verb), *syntax.objects(verb)]
    return syntax.phrase_span(persons[0]) if persons else None


def time_near(doc: Doc, around: Range, parts: tuple[Range, ...]) -> int | None:
    """The index of the first date or time in the words around a cue and outside the content, or None.

    One that only tells which thing is meant, as in `the April trip`, is no time of saying.
    """
    times: list[TimeMention] = doc._.times
    for index, time in enumerate(times):
        is_around = around[0] <= time.start and time.end <= around[1]
        is_content = any(start <= time.start < end for start, end in parts)
        is_modifier = doc[time.start : time.end].root.dep_ in syntax.COMPOUNDS | {"nmod:desc"}
        if (
            is_around
            and not is_content
            and not is_modifier
            and time.timex_type in {"DATE", "TIME"}
            and time.date_from is not None
        ):
            return index
    return None


def _from_report(doc: Doc, report: Report, passages: list[Passage]) -> Quote:
    parts = _without_leading_time(doc, report)
    parts, quote_type = _type_of(doc, _cut_at_marks(doc, parts, passages), passages)
    head = _speaker_outside(doc, report, passages)
    return Quote(
        quote_type=quote_type,
        parts=parts,
        cue=report.cue_range,
        cue_lemma=report.cue.lemma,
        cue_class=report.cue.cue_class,
        speaker=None if head is None else speaker_range(head),
        speaker_mention=None if head is None else mention_of(head, doc._.mentions),
        addressee=report.addressee,
        time=time_near(doc, _own_words(doc, report), parts),
        rule_id=report.rule_id,
        score=report.score if head is not None else report.score - 0.2,
    )


def _cut_at_marks(doc: Doc, parts: tuple[Range, ...], passages: list[Passage]) -> tuple[Range, ...]:
    """The parts, one that starts with an opening mark cut at its closing mark where a comma ends it."""
    start, end = parts[-1]
    for passage in passages:
        is_first = passage.outer_start <= start <= passage.start
        if is_first and passage.outer_end < end and doc[passage.end - 1].text == ",":
            return (*parts[:-1], (start, passage.outer_end))
    return parts


def _speaker_outside(doc: Doc, report: Report, passages: list[Passage]) -> Token | None:
    """The speaker's head; where the parse finds it in quoted words before the cue, whoever stands nearest the cue."""
    if report.speaker_head is None:
        return None
    for passage in passages:
        if passage.start <= report.speaker_head < passage.end and report.cue_token >= passage.end:
            place = CuePlace("after", report.cue_token, report.cue, passage.outer_end, report.cue_token + 1)
            return nearest_speaker(doc, place)
    return agent_of(doc[report.cue_token], doc[report.speaker_head], doc._.mentions)


def _own_words(doc: Doc, report: Report) -> Range:
    """The words of the reporting clause: from its subject to the content, or to its own end."""
    cue, first = report.cue_range, report.parts[0][0]
    verb = doc[report.cue_token]
    start = cue[0] if report.speaker_head is None else min(report.speaker_head, cue[0])
    start = min(start, *(child.left_edge.i for child in verb.children if child.dep_ in syntax.OBLIQUES), verb.i)
    if first > cue[0]:
        return start, first
    return start, max(cue[1], *(child.right_edge.i + 1 for child in verb.children), verb.i)


def _without_leading_time(doc: Doc, report: Report) -> tuple[Range, ...]:
    """The parts without a day that follows the cue, as in `said Thursday the talks had failed`."""
    start, end = report.parts[0]
    if start != report.cue_range[1] and doc[start - 1].lower_ not in {"on", "in", "late", "early"}:
        return report.parts
    for time in doc._.times:
        if time.timex_type == "DATE" and time.start <= start + 1 and start < time.end < end:
            if doc[time.end].tag_ == "POS":
                break
            rest = trim(doc, time.end, end)
            return (rest, *report.parts[1:]) if rest[0] < rest[1] else report.parts
    return report.parts


def _type_of(doc: Doc, parts: tuple[Range, ...], passages: list[Passage]) -> tuple[tuple[Range, ...], str]:
    """The parts and the type: mixed with words inside and outside of marks, direct where the marks hold all of it."""
    parts = tuple(_closed(part, passages) for part in parts)
    inside = [p for p in passages if any(start <= p.start and p.end <= end + 1 for start, end in parts)]
    if not inside:
        return parts, "indirect"
    only = inside[0]
    if len(inside) == 1 and len(parts) == 1 and only.outer_start <= parts[0][0] and parts[0][1] <= only.outer_end:
        return without_commas(doc, ((only.start, only.end),)), "direct"
    return tuple(_with_marks(part, inside) for part in parts), "mixed"


def _closed(part: Range, passages: list[Passage]) -> Range:
    """The part up to the closing mark of the passage in which it would end."""
    start, end = part
    ends = [p.outer_end for p in passages if start <= p.outer_start < end < p.outer_end]
    return start, max([end, *ends])


def _with_marks(part: Range, inside: list[Passage]) -> Range:
    start, end = part
    for passage in inside:
        if passage.outer_start <= start <= passage.start:
            start = passage.outer_start
        if passage.outer_start < end and passage.end - 1 <= end <= passage.outer_end:
            end = passage.outer_end
    return start, end


def _give_floating_speakers(doc: Doc, direct: list[tuple[Spoken, Quote]], reported: list[Quote]) -> list[Quote]:
    """All quotes, those without a cue given the speaker of the quote before them in the same or the last paragraph.

    Where that tells nobody it is the only speaker of the article.
    """
    quotes = list(reported)
    for item, quote in direct:
        floats = item.cue_place is None or (quote.speaker is None and _only_leads_over(doc, item.cue_place))
        quotes.append(_with_last_speaker(doc, item, quote, quotes) if floats else quote)
    sole = sole_speaker(doc, quotes)
    if sole is None:
        return quotes
    span = (doc._.mentions[sole].start, doc._.mentions[sole].end)
    return [
        quote._replace(speaker=span, speaker_mention=sole, score=FLOATING_SCORE - 0.3)
        if quote.rule_id == "direct:floating" and quote.speaker is None
        else quote
        for quote in quotes
    ]


def _only_leads_over(doc: Doc, place: CuePlace) -> bool:
    """Whether nothing but a small word stands before a colon: `And: “…`."""
    return all(token.pos_ in {"CCONJ", "ADV", "PUNCT", "SPACE"} for token in doc[place.start : place.end])


def sole_speaker(doc: Doc, quotes: list[Quote]) -> int | None:
    """The person who alone speaks in quotation marks in an article, by a mention; None of fewer than three quotes."""
    spoken = [quote for quote in quotes if quote.quote_type == "direct" and quote.is_said and quote.speaker is not None]
    told = [quote.speaker_mention for quote in spoken if quote.speaker_mention is not None]
    mentions = [doc._.mentions[index] for index in told]
    is_one = len(told) == len(spoken) >= LEAST_OF_SOLE and len({mention.cluster for mention in mentions}) == 1
    return told[0] if is_one and mentions[0].label == "PERSON" else None


def _with_last_speaker(doc: Doc, item: Spoken, quote: Quote, quotes: list[Quote]) -> Quote:
    before = [q for q in quotes if q.is_said and q.parts[-1][1] <= item.outer[0][0] and q.speaker is not None]
    last = max(before, key=lambda q: max(q.parts[-1][1], q.cue[1] if q.cue else 0), default=None)
    if last is None or not _is_close(doc, last, item):
        told = person_told_of(doc, item.outer[0][0], item.outer[-1][1], doc._.mentions)
        speaker = None if told is None else (doc._.mentions[told].start, doc._.mentions[told].end)
        return quote._replace(speaker=speaker, speaker_mention=told, score=FLOATING_SCORE - 0.3)
    return quote._replace(speaker=last.speaker, speaker_mention=last.speaker_mention)


def _is_close(doc: Doc, last: Quote, item: Spoken) -> bool:
    """Whether a quote stands so near behind another that its speaker goes on; a line of credit ends what it credits."""
    if last.cue is None and last.speaker is not None and last.parts[-1][1] <= last.speaker[0]:
        return False
    ends = [last.parts[-1][1], *(span[1] for span in (last.cue, last.speaker) if span is not None)]
    between = doc[max(end for end in ends if end <= item.outer[0][0]) : item.outer[0][0]]
    breaks = sum("\n" in token.text for token in between)
    stops = sum(token.text in {".", "?", "!"} for token in between)
    return breaks <= 1 and stops <= 2


class QuoteFinder:
    """The component: fills `doc._.quotes` and `doc.spans["quotes"]`."""

    def __init__(self, lexicon: CueLexicon, media: MediaLexicon, sources: SourceLexicon) -> None:
        self.lexicon = lexicon
        self.media = media
        self.sources = sources

    def __call__(self, doc: Doc) -> Doc:
        doc._.quotes = add_media(doc, add_sources(doc, find_quotes(doc, self.lexicon), self.sources), self.media)
        doc.spans[SPAN_KEY] = [
            Span(doc, start, end, label=quote.quote_type) for quote in doc._.quotes for start, end in quote.parts
        ]
        return doc

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """Nothing to keep: the rules live in seeds/reference."""


@Language.factory(
    "dateline_quotes",
    default_config={"reference_dir": ""},
    requires=["token.dep", "token.head", "token.lemma", "doc._.mentions", "doc._.times"],
    assigns=["doc._.quotes", "doc.spans"],
)
def create_quotes(nlp: Language, name: str, reference_dir: str) -> QuoteFinder:
    """The quote component, with cue_verbs.csv, media.csv and source_nouns.csv of `reference_dir`."""
    folder = Path(reference_dir)
    return QuoteFinder(read_cues(folder), read_media(folder), read_sources(folder))
