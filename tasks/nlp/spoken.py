"""Direct speech: which passages in quotation marks somebody is said to have spoken, and where the cue stands."""

from bisect import bisect_left, bisect_right
from itertools import takewhile
from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.nlp import syntax
from tasks.nlp.cues import FINITE_TAGS, SPEECH_FORMS, Cue, CueLexicon, find_cue
from tasks.nlp.marks import Marked, find_marked

Range = tuple[int, int]

ENDS = frozenset({".", "?", "!"})
OPEN_ENDS = frozenset({",", "?", "!", "…", "...", "—", "–", "--", "-"})
PAUSES = frozenset({",", "—", "–", "--", "―"})
CLOSING = frozenset({"”", '"', "''", "’"})
REACH = 30
UNLISTED_REACH = 9
MIN_FLOATING_WORDS = 4
UNLISTED = Cue("", "verb", "neutral", frozenset({"quote"}))
DASH = Cue("—", "punct", "neutral", frozenset({"quote"}))
COLON = Cue(":", "punct", "neutral", frozenset({"quote"}))
# A line of credit behind the words: no word says that they were said.
CREDIT = Cue("", "punct", "neutral", frozenset({"quote"}))
LONGEST_CREDIT = 10
LONGEST_SIGNATURE = 6
# Small words of a credit line: "Jane Doe and John Roe, The Herald".
CREDIT_WORDS = frozenset({",", "and", "&", "of", "the"})
WORKS = frozenset(
    {"book", "memoir", "novel", "album", "song", "single", "film", "movie", "documentary", "play", "series", "poem"}
    | {"essay", "exhibition", "autobiography", "biography", "musical", "podcast", "sequel", "hit", "bestseller"}
)
# Verbs whose object in marks is a work where it is worded as a title.
PERFORMING = frozenset(
    {"tell", "write", "author", "publish", "sing", "croon", "direct", "record", "perform", "release"}
)
# Behind a cue these begin what it reports, so that the words before are something else.
CLAUSE_OPENERS = frozenset({"that", "how", "why", "whether"})
# Words up to this length may be small in a title.
SHORT_WORD = 3
CUE_TAGS = FINITE_TAGS | {"VBN", "VBG"}


class Passage(NamedTuple):
    """A passage in marks, in tokens: inside `[start, end)`, with its marks `[outer_start, outer_end)`."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    is_open: bool
    is_single: bool


class CuePlace(NamedTuple):
    """Where the cue of a passage stands: `place` is before or after, `[start, end)` the words around it."""

    place: str
    token: int
    cue: Cue
    start: int
    end: int


class Spoken(NamedTuple):
    """A direct quotation before its speaker is resolved; without a cue it floats behind another."""

    parts: tuple[Range, ...]
    outer: tuple[Range, ...]
    cue_place: CuePlace | None
    is_mixed: bool
    rule_id: str


class _Placed(NamedTuple):
    passage: Passage
    before: int
    cue: CuePlace | None


def find_passages(doc: Doc) -> list[Passage]:
    """The passages in quotation marks that hold a word, as token ranges."""
    starts = [token.idx for token in doc]
    passages = []
    text = doc.text
    for marked in find_marked(text):
        passage = _to_tokens(doc, marked, starts, text.count("\n", 0, marked.outer_start))
        if any(token.is_alpha for token in doc[passage.start : passage.end]):
            passages.append(passage)
    return passages


def _to_tokens(doc: Doc, marked: Marked, starts: list[int], paragraph: int) -> Passage:
    start = bisect_left(starts, marked.start)
    end = bisect_left(starts, marked.end)
    outer_start = bisect_right(starts, marked.outer_start) - 1
    outer_end = bisect_left(starts, marked.outer_end)
    while start < end and doc[end - 1].is_space:
        end -= 1
    while start < end and doc[start].is_space:
        start += 1
    return Passage(start, end, outer_start, outer_end, paragraph, marked.is_open, marked.is_single)


def find_spoken(doc: Doc, passages: list[Passage], lexicon: CueLexicon) -> list[Spoken]:
    """The direct quotations among the passages, in text order; scare quotes and titles are left out."""
    placed = _place(doc, passages, lexicon)
    found: list[Spoken] = []
    while placed:
        length = _chain_length(doc, placed)
        spoken = _spoken(doc, placed[:length])
        if spoken is not None:
            found.append(spoken)
        placed = placed[length:]
    return found


def _place(doc: Doc, passages: list[Passage], lexicon: CueLexicon) -> list[_Placed]:
    """Each passage with its sentence's words around it, cut at stops, line breaks and other speech, and its cue."""
    placed: list[_Placed] = []
    for index, passage in enumerate(passages):
        floor = passages[index - 1].outer_end if index else 0
        spoken_floor = placed[-1].passage.outer_end if placed else 0
        ceiling = passages[index + 1].outer_start if index + 1 < len(passages) else len(doc)
        before, after = _walk_back(doc, lead_end(doc, passage), floor), _walk_on(doc, passage, ceiling)
        reach = _walk_back(doc, before, spoken_floor)
        cue = _cue_before(doc, passage, reach, lexicon) or _cue_after(doc, passage, after, lexicon)
        cue = cue or _colon_before(doc, passage, before)
        if placed and cue is not None and _is_addressee(doc, passage, cue, placed[-1].cue):
            continue
        if (cue is not None or not _is_embedded(doc, passage)) and not _is_title(doc, passage):
            placed.append(_Placed(passage, before, cue))
    return placed


def _is_addressee(doc: Doc, passage: Passage, cue: CuePlace, last: CuePlace | None) -> bool:
    """Whether the marks hold whom the words before were told to: `"…," she told "Good Morning Norway."`."""
    return (
        last is not None and last.token == cue.token and last.place == "after" and cue.token == passage.outer_start - 1
    )


def _is_embedded(doc: Doc, passage: Passage) -> bool:
    """Whether a word stands right before the marks, as before titles and single words: `on “Fox and Friends”`."""
    before = doc[passage.outer_start - 1] if passage.outer_start else None
    return before is not None and (before.is_alpha or before.text in {"'s", "’s"})


def _is_title(doc: Doc, passage: Passage) -> bool:
    """Whether the marks hold the title of a work or programme: `a memoir, “The Long Way Home,”`, `told “Good Day”`."""
    before = [token for token in doc[max(0, passage.outer_start - 2) : passage.outer_start] if token.text != ","]
    words = [token for token in doc[passage.start : passage.end] if token.is_alpha and len(token.text) > SHORT_WORD]
    is_capital = len(words) > 1 and all(token.text[0].isupper() for token in words)
    is_whole = doc[passage.end - 1].text in ENDS
    kinds = WORKS | {"tell"} if is_whole else WORKS | PERFORMING
    return is_capital and bool(before) and before[-1].lemma_.lower() in kinds


def lead_end(doc: Doc, passage: Passage) -> int:
    """Where the words before a passage end: before its mark, or at the colon that ends the line before."""
    end = passage.outer_start
    while end and doc[end - 1].is_space:
        end -= 1
    return end if end and doc[end - 1].text == ":" else passage.outer_start


def _walk_back(doc: Doc, start: int, floor: int) -> int:
    position = start
    while position > floor and not _is_break(doc[position - 1]):
        position -= 1
    return position


def _walk_on(doc: Doc, passage: Passage, ceiling: int) -> int:
    position = passage.outer_end
    while position < ceiling and not _is_break(doc[position]):
        position += 1
    return position


def _is_break(token: Token) -> bool:
    return token.text in ENDS or "\n" in token.text or token.text == ";"


def _is_complete(doc: Doc, passage: Passage) -> bool:
    """Whether the passage reads as a sentence or more: a capital first and a stop or comma at its end."""
    first = doc[passage.start]
    last = doc[passage.end - 1].text
    return (first.text[:1].isupper() or first.text in {"…", "..."}) and last in ENDS | OPEN_ENDS | {"…"}


def _starts_sentence(doc: Doc, passage: Passage) -> bool:
    words = sum(token.is_alpha for token in doc[passage.start : passage.end])
    return _is_complete(doc, passage) or (doc[passage.start].text[:1].isupper() and words >= MIN_FLOATING_WORDS)


def _cue_after(doc: Doc, passage: Passage, end: int, lexicon: CueLexicon) -> CuePlace | None:
    """`…," he said` and `…," said Price on Thursday`."""
    start = passage.outer_end
    if _is_signed(doc, start, end):
        return CuePlace("after", start, DASH, start, end)
    credit = _find_credit(doc, passage)
    if credit is not None:
        return CuePlace("after", credit[0] - 1, CREDIT, *credit)
    below = _line_below(doc, start) if start >= end else None
    if below is not None and _is_signed(doc, *below):
        return CuePlace("after", below[0], CREDIT, *below)
    if start >= end or not (doc[passage.end - 1].text in OPEN_ENDS or doc[start].text in PAUSES):
        return None
    start += doc[start].text in PAUSES
    for token in doc[start : min(end, start + REACH)]:
        cue = _quoting_cue(token, lexicon, token.i - start)
        if cue is not None:
            is_followed = token.i + 1 < end and doc[token.i + 1].lower_ in CLAUSE_OPENERS
            if is_followed or _stands_in_relative(token, start):
                return None
            return CuePlace("after", token.i, cue, start, end)
        if token.tag_ in FINITE_TAGS and token.dep_ not in syntax.RELATIVE_CLAUSES and token.i - start > UNLISTED_REACH:
            return None
    return None


def _stands_in_relative(cue: Token, start: int) -> bool:
    """Whether a cue stands in a `which` clause on the words before: `the “slow drip,” which she says hurts`."""
    relatives = [token.i for token in cue.doc[start : cue.i] if token.tag_ == "WDT"]
    subjects = syntax.subjects(cue)
    return bool(relatives) and (not subjects or subjects[0].i >= relatives[-1])


def _find_credit(doc: Doc, passage: Passage) -> Range | None:
    """The words of a line that only credits the words before it: `“…” Jane Doe, Daily News`, on their line or the next.

    On a line of its own it may open with a dash, and then needs no outlet.
    """
    if doc[passage.end - 1].text not in ENDS:
        return None
    start = passage.outer_end
    while start < len(doc) and doc[start].is_space:
        start += 1
    is_dashed = start < len(doc) and doc[start].text in PAUSES - {","}
    start += is_dashed
    line = doc[start : start + LONGEST_CREDIT + 1]
    end = next((token.i for token in line if "\n" in token.text), len(doc) if line.end == len(doc) else -1)
    words = [token for token in doc[start : max(start, end)] if not token.is_space]
    is_names = all(token.text[0].isupper() or token.lower_ in CREDIT_WORDS for token in words) and all(
        token.tag_ in {"NNP", "NNPS"} or token.lower_ == "editorial" for token in words[:1]
    )
    commas = sum(token.text == "," for token in words)
    is_credit = (
        is_names and len(words) > 1 and not words[0].is_punct and words[1].text != "," and not words[-1].is_punct
    )
    return (start, end) if is_credit and (is_dashed or commas == 1) else None


def _line_below(doc: Doc, start: int) -> Range | None:
    """The words up to the first stop of the line below a passage that ends its own, or None."""
    first = next((i for i in range(start, len(doc)) if not doc[i].is_space), None)
    if first is None or first == start:
        return None
    return first, next((i for i in range(first, len(doc)) if _is_break(doc[i])), len(doc))


def _is_signed(doc: Doc, start: int, end: int) -> bool:
    """Whether a dash and a name follow that is no subject of a verb: `"…" — Jane Doe`, `"…" -- Jane Doe on`."""
    if start >= end or doc[start].text not in PAUSES - {","}:
        return False
    after = [token for token in doc[start + 1 : end] if not token.is_space]
    named = list(takewhile(lambda token: token.text[0].isupper(), after))
    is_name = 0 < len(named) <= LONGEST_SIGNATURE and named[-1].tag_ in {"NNP", "NNPS"}
    behind = after[len(named) : len(named) + 1]
    is_alone = len(named) == len(after) or (
        len(named) > 1 and any(token.text in ENDS for token in doc[start - 3 : start])
    )
    return is_name and is_alone and not any(token.tag_ in FINITE_TAGS for token in behind)


def _quoting_cue(token: Token, lexicon: CueLexicon, distance: int) -> Cue | None:
    if token.lower_ == "according":
        return Cue("according to", "prep", "neutral", frozenset())
    if token.tag_ not in CUE_TAGS and token.lower_ not in SPEECH_FORMS:
        return None
    if token.dep_ == "amod":
        return None
    cue = find_cue(token, lexicon)
    if cue is not None and "quote" in cue.takes:
        return cue
    if cue is None and token.tag_ == "VBD" and token.pos_ == "VERB" and 0 <= distance < UNLISTED_REACH:
        return UNLISTED._replace(lemma=token.lemma_.lower()) if _has_subject_by(token) else None
    return None


def _has_subject_by(verb: Token) -> bool:
    subjects = syntax.subjects(verb)
    if not subjects or subjects[0].pos_ not in {"PROPN", "PRON"} or verb.dep_ in syntax.NOUN_CLAUSES:
        return False
    if any(child.i > verb.i and child.dep_ in syntax.OBJECTS | {"xcomp"} for child in verb.children):
        return False
    return subjects[0].i in {verb.i - 1, verb.i + 1} or subjects[0].right_edge.i == verb.i - 1


def _cue_before(doc: Doc, passage: Passage, start: int, lexicon: CueLexicon) -> CuePlace | None:
    """`He said: "…`, `She told reporters, "…` and `said "…`."""
    end = lead_end(doc, passage)
    if end <= start:
        return None
    is_led_in = doc[end - 1].text in {",", ":"}
    for token in reversed(doc[max(start, end - REACH) : end]):
        if token.tag_ in CUE_TAGS or token.lower_ in SPEECH_FORMS:
            cue = find_cue(token, lexicon)
            if cue is not None and "quote" in cue.takes and (is_led_in or token.i == end - 1):
                return CuePlace("before", token.i, cue, start, end) if _leads(doc, token, passage) else None
            if token.pos_ == "VERB" and not is_led_in:
                return None
    return None


def _colon_before(doc: Doc, passage: Passage, start: int) -> CuePlace | None:
    """`Chairwoman Lee: "…"`."""
    end = lead_end(doc, passage)
    is_led_in = end > start and doc[end - 1].text == ":"
    return CuePlace("before", end - 1, COLON, start, end) if is_led_in and _is_complete(doc, passage) else None


def _leads(doc: Doc, token: Token, passage: Passage) -> bool:
    """Whether what follows the cue is nothing but addressee, time and manner, and the passage starts a statement."""
    between = doc[token.i + 1 : passage.outer_start]
    if any(item.lower_ in {"that", "whether"} or item.tag_ in FINITE_TAGS for item in between):
        return False
    return doc[passage.start].text[:1].isupper() or doc[lead_end(doc, passage) - 1].text == ":"


def _chain_length(doc: Doc, placed: list[_Placed]) -> int:
    """How many passages from the first are one quotation: reopened paragraphs, words that go on after a cue."""
    length = 1
    while length < len(placed):
        chain, following = placed[:length], placed[length]
        if not (chain[-1].passage.is_open or _continues(doc, chain, following)):
            break
        length += 1
    return length


def _continues(doc: Doc, chain: list[_Placed], following: _Placed) -> bool:
    current, own = chain[-1].passage, chain[-1].cue
    if current.paragraph != following.passage.paragraph or all(item.cue is None for item in chain):
        return False
    if following.cue is not None and (own is None or own.token != following.cue.token):
        return False
    gap = doc[current.outer_end : following.passage.outer_start]
    if own is None or own.place == "before":
        return len(gap) == 0 and _is_complete(doc, following.passage)
    stops = sum(token.text in ENDS for token in gap)
    goes_on = stops == 0 and len(gap) > 0 and gap[-1].text in PAUSES
    is_next_sentence = stops == 1 and (gap[-1].text in ENDS or gap[-1].text in CLOSING)
    return goes_on or (is_next_sentence and _starts_sentence(doc, following.passage))


def _spoken(doc: Doc, chain: list[_Placed]) -> Spoken | None:
    first = chain[0]
    parts = tuple((item.passage.start, item.passage.end) for item in chain)
    outer = tuple((item.passage.outer_start, item.passage.outer_end) for item in chain)
    cue = next((item.cue for item in chain if item.cue is not None), None)
    if cue is not None:
        lead = _lead_in(doc, first.passage, first.before, cue)
        if lead is not None and _goes_on(doc, cue):
            return None
        if lead is not None:
            parts = ((lead, first.passage.outer_end), *parts[1:])
        return Spoken(parts, outer, cue, lead is not None, f"direct:{cue.place}")
    if _floats(doc, first.passage, first.before):
        return Spoken(parts, outer, None, False, "direct:floating")
    return None


def _lead_in(doc: Doc, passage: Passage, start: int, place: CuePlace) -> int | None:
    """The start of unquoted words that belong to a statement before its cue: `The idea is "crazy," he said`."""
    if place.place != "after" or start >= passage.outer_start:
        return None
    start = _sentence_start(doc, start)
    while start < passage.outer_start and doc[start].is_space:
        start += 1
    words = [token for token in doc[start : passage.outer_start] if token.is_alpha]
    if not words or doc[passage.outer_start - 1].text in {":", ","} or doc[passage.start].text[:1].isupper():
        return None
    return start


def _goes_on(doc: Doc, place: CuePlace) -> bool:
    """Whether the cue goes on with what was said before it and looks ahead: `called it "fantastic," adding that …`."""
    return doc[place.start].tag_ == "CC" or doc[place.token].tag_ == "VBG"


def _sentence_start(doc: Doc, start: int) -> int:
    """The start moved back over quoted words before it that do not end a sentence."""
    if start and doc[start - 1].text in CLOSING and (start < 2 or doc[start - 2].text not in ENDS):
        return _walk_back(doc, start, 0)
    return start


def _floats(doc: Doc, passage: Passage, before: int) -> bool:
    """Whether the passage stands alone as a sentence of somebody who spoke before."""
    words = sum(token.is_alpha for token in doc[passage.start : passage.end])
    stands_alone = all(token.is_space for token in doc[before : passage.outer_start])
    has_stop = passage.is_open or doc[passage.end - 1].text in ENDS | {"…", "..."}
    return stands_alone and has_stop and words >= MIN_FLOATING_WORDS and doc[passage.start].text[:1].isupper()
