"""The medium of a statement: how it was said, where the words of the reporting clause say so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.errors import ReferenceDataError
from tasks.nlp import syntax
from tasks.nlp.nesting import encloses
from tasks.nlp.records import Quote
from tasks.reference import read_reference, split_list

FILE = "media"
COLUMNS = ("medium", "place", "words")
CLAUSE, ADDRESSEE, CUE, SOURCE = PLACES = "clause", "addressee", "cue", "source"
GAP = "~"
LONGEST_GAP = 4
# A gap stays inside one phrase: these begin another, or a clause.
GAP_ENDS = frozenset({"IN", "VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WRB", "TO"})
COMMON_NOUNS = frozenset({"NN", "NNS"})
# After a phrase these begin a time: "in a speech hours before the vote".
TIME_NOUNS = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "today", "yesterday"})
# Verbs that may stand between a phrase and the cue: "speaking at a rally, she said".
SPEAKING = frozenset({"speak", "write", "appear", "talk", "post", "testify", "reply", "respond", "issue", "release"})
VERBS = frozenset({"VERB", "AUX"})

Slot = frozenset[str]


class Pattern(NamedTuple):
    """Words that name a medium: a slot holds the words of one place, an empty slot is a gap."""

    medium: str
    place: str
    slots: tuple[Slot, ...]


class MediaLexicon(NamedTuple):
    """The media: patterns of clauses by each first word, media by the lemma of the cue, patterns of sources."""

    clauses: Mapping[str, Sequence[Pattern]]
    cues: Mapping[str, str]
    sources: Sequence[Pattern]


class Word(NamedTuple):
    """A word of a reporting clause, or a part of one with hyphens, and its token."""

    text: str
    token: int


class Match(NamedTuple):
    """A medium found in a clause, the most telling first: to whom it was said tells less than how.

    Then how far from the cue it stands, minus how many words it covers, and its last token.
    """

    is_addressee: bool
    distance: int
    shortness: int
    medium: str
    last: int


def read_media(reference_dir: Path) -> MediaLexicon:
    """The media of media.csv; raises ReferenceDataError where the file is wrong."""
    clauses: dict[str, list[Pattern]] = defaultdict(list)
    cues: dict[str, str] = {}
    sources: list[Pattern] = []
    for row in read_reference(reference_dir, FILE, COLUMNS):
        for phrase in split_list(row["words"]):
            pattern = Pattern(row["medium"], row["place"], make_slots(phrase))
            if row["place"] in (CLAUSE, ADDRESSEE):
                for word in pattern.slots[0]:
                    clauses[word].append(pattern)
            elif row["place"] == CUE:
                cues[phrase] = row["medium"]
            elif row["place"] == SOURCE:
                sources.append(pattern)
            else:
                raise ReferenceDataError(
                    f"{FILE}.csv: the place {row['place']!r} of {row['medium']} is unknown; "
                    f"take one of {', '.join(PLACES)}."
                )
    return MediaLexicon(clauses, cues, sources)


def make_slots(phrase: str) -> tuple[Slot, ...]:
    """The slots of a phrase; hyphens part words, as tokenizers differ on them."""
    words = phrase.replace("-", " ").split()
    return tuple(frozenset() if word == GAP else frozenset(word.split("/")) for word in words)


def add_media(doc: Doc, quotes: Sequence[Quote], lexicon: MediaLexicon) -> list[Quote]:
    """The quotes with their medium, where the text gives one; one without a cue goes on in that of the quote before."""
    found: list[Quote] = []
    for quote in quotes:
        medium = find_medium(doc, quote, quotes, lexicon) if quote.cue is not None else _go_on(doc, quote, found)
        found.append(quote._replace(medium=medium))
    return found


def find_medium(doc: Doc, quote: Quote, quotes: Sequence[Quote], lexicon: MediaLexicon) -> str | None:
    """The medium by the words of the clause, by the cue, or by the source, the first of these that tells."""
    cue = cue_token(doc, quote)
    words = list(clause_words(doc, quote, quotes))
    for match in sorted(find_matches(doc, words, quote, lexicon)):
        if match.distance == 0 or belongs(doc[match.last], cue):
            return match.medium
    if quote.cue_lemma is not None and quote.cue_lemma in lexicon.cues:
        return lexicon.cues[quote.cue_lemma]
    source = source_words(doc, quote)
    return next((p.medium for p in lexicon.sources if fits(source[-len(p.slots) :], p.slots)), None)


def find_matches(doc: Doc, words: Sequence[Word], quote: Quote, lexicon: MediaLexicon) -> Iterator[Match]:
    """The phrases of a clause that name a medium; not inside a compound, as `report` in `report card`."""
    cue = quote.cue or quote.parts[0]
    for start, word in enumerate(words):
        for pattern in _starting(word, lexicon):
            end = match_slots(doc, words, start, pattern.slots)
            if end is not None and not _goes_on(doc, words, end):
                last = words[end - 1].token
                distance = max(cue[0] - last, word.token - (cue[1] - 1), 0)
                yield Match(pattern.place == ADDRESSEE, distance, start - end, pattern.medium, last)


def _starting(word: Word, lexicon: MediaLexicon) -> Sequence[Pattern]:
    return lexicon.clauses.get(word.text) or lexicon.clauses.get(word.text.lower(), ())


def _go_on(doc: Doc, quote: Quote, before: Sequence[Quote]) -> str | None:
    """The medium of the quote before, where it is the same speaker's and in the same paragraph."""
    if not before or quote.speaker is None or before[-1].speaker != quote.speaker:
        return None
    between = doc[before[-1].parts[-1][1] : quote.parts[0][0]]
    return None if any("\n" in token.text for token in between) else before[-1].medium


def cue_token(doc: Doc, quote: Quote) -> Token:
    """The head of the cue."""
    start, end = quote.cue or quote.parts[0]
    return doc[start:end].root


def clause_words(doc: Doc, quote: Quote, quotes: Sequence[Quote]) -> Iterator[Word]:
    """The words around the cue, up to the sentence's ends or the next statement, without what is said."""
    cue = cue_token(doc, quote)
    own = {i for start, end in quote.parts for i in range(start, end)} - {cue.i}
    low, high = _bounds(doc, quote, quotes, own)
    for token in doc[low:high]:
        if token.i not in own and not token.is_space and token.text not in syntax.HYPHENS:
            for part in token.text.split("-"):
                yield Word(part, token.i)


def _bounds(doc: Doc, quote: Quote, quotes: Sequence[Quote], own: set[int]) -> tuple[int, int]:
    """Where the words around a cue begin and end; a statement inside another stays inside it."""
    cue = cue_token(doc, quote)
    low, high = (cue.sent.start, cue.sent.end) if doc.has_annotation("SENT_START") else (0, len(doc))
    for other in quotes:
        if other is quote:
            continue
        if encloses(other, quote):
            part = next((p for p in other.parts if p[0] <= cue.i < p[1]), (low, high))
            low, high = max(low, part[0]), min(high, part[1])
            continue
        for start, end in (*other.parts, *((other.cue,) if other.cue is not None else ())):
            if end <= cue.i and not own.issuperset(range(start, end)):
                low = max(low, end)
            if start > cue.i and not own.issuperset(range(start, end)):
                high = min(high, start)
    return low, high


def match_slots(doc: Doc, words: Sequence[Word], start: int, slots: Sequence[Slot]) -> int | None:
    """The word after the slots that match from `start` on, or None."""
    if not slots:
        return start
    if slots[0]:
        fits_here = start < len(words) and is_word(words[start], slots[0])
        return match_slots(doc, words, start + 1, slots[1:]) if fits_here else None
    for skipped in range(LONGEST_GAP + 1):
        end = match_slots(doc, words, start + skipped, slots[1:])
        if end is not None:
            return end
        if start + skipped >= len(words) or _ends_gap(doc[words[start + skipped].token]):
            return None
    return None


def is_word(word: Word, slot: Slot) -> bool:
    """Whether the word is one of the slot: as written, or in lower case."""
    return word.text in slot or word.text.lower() in slot


def _ends_gap(token: Token) -> bool:
    return token.is_punct or token.tag_ in GAP_ENDS


def _goes_on(doc: Doc, words: Sequence[Word], end: int) -> bool:
    """Whether the phrase goes on with a common noun."""
    if end == len(words) or words[end].token != words[end - 1].token + 1:
        return False
    return doc[words[end].token].tag_ in COMMON_NOUNS and words[end].text.lower() not in TIME_NOUNS


def belongs(noun: Token, cue: Token) -> bool:
    """Whether a phrase stands with the cue in the parse, and not with another verb: `who quit in a letter, said`."""
    for ancestor in (noun, *noun.ancestors):
        if ancestor == cue:
            return True
        if ancestor.pos_ in VERBS and ancestor != noun and ancestor.lemma_ not in SPEAKING:
            return _leads_to(ancestor, cue)
    return True


def _leads_to(verb: Token, cue: Token) -> bool:
    """Whether the cue goes on from the verb with the same subject: `told reporters, adding that`, `went on to say`."""
    path = [cue, *cue.ancestors]
    if verb not in path:
        return False
    between = path[: path.index(verb)]
    return not any(syntax.subjects(token) for token in between if token.pos_ in VERBS)


def source_words(doc: Doc, quote: Quote) -> list[Word]:
    """The words of the speaker up to its head."""
    if quote.speaker is None:
        return []
    start, end = quote.speaker
    head = doc[start:end].root
    return [
        Word(part, token.i)
        for token in doc[start : head.i + 1]
        if token.text not in syntax.HYPHENS
        for part in token.text.split("-")
    ]


def fits(words: Sequence[Word], slots: Sequence[Slot]) -> bool:
    """Whether the words are those of the slots, one for one."""
    return len(words) == len(slots) and all(is_word(word, slot) for word, slot in zip(words, slots, strict=True))
