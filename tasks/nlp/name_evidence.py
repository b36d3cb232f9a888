"""What the words in and around a name say of its kind: titles, first names, verbs of saying, shapes of no person."""

import re
from collections.abc import Collection

from spacy.tokens import Doc, Token

from tasks.nlp import syntax
from tasks.nlp.roles import Titles, title_before, title_length

# Titles of these kinds are surnames as well: Larry King, Judith Bishop, Charles Page.
SURNAME_KINDS = frozenset({"noble", "clergy", "military", "judicial", "academic", "courtesy", "police"})
# What taggers take for persons: parties with states (D-Mass.), visas (H-1B), links, initials of offices (C.E.O.).
NO_PERSON = re.compile(r"[DRI][-‑][A-Z][\w.]*|.*\d.*|.*[/@\[\]#].*|(?:[A-Z]\.){3,}|.*\.(?:com|org|net)")
INDEFINITES = frozenset(
    {"someone", "anyone", "everyone", "somebody", "anybody", "everybody", "nobody", "none", "one", "others", "many"}
    | {"some", "most", "both", "few", "several", "nothing", "something", "everything", "anything", "there", "here"}
)
LINKING_WORDS = frozenset({"al", "bin", "de", "el", "van", "von", "da", "jr", "sr"})
LANGUAGE_NOUNS = frozenset(
    {"language", "languages", "speaking", "speaker", "speakers", "subtitles", "translation", "translations", "lessons"}
)
NAME_TAGS = ("NNP", "FW", "AFX", "ADD", "XX")
WORD_TAGS = ("NN", "VB", "RB", "IN", "PRP", "DT", "MD", "WP", "WRB", "UH", "CC", "CD")
SPEECH_LEMMAS = frozenset(
    {"say", "tell", "add", "write", "tweet", "argue", "warn", "note", "claim", "announce", "explain", "testify"}
)
LONGEST_PERSON = 4
TITLED_POINTS, SPEAKING_POINTS, FIRST_NAME_POINTS = 2.0, 1.0, 1.0


def person_points(doc: Doc, start: int, end: int, titles: Titles, first_names: Collection[str]) -> float:
    """How much speaks for a person: a title or role noun right before, a first name, saying something."""
    if end - start > LONGEST_PERSON or not all(_is_name_word(token) for token in doc[start:end]):
        return 0.0
    points = TITLED_POINTS * (title_before(doc, start, titles) is not None)
    if end - start > 1:
        has_first_name = doc[start].text in first_names
        points += FIRST_NAME_POINTS * has_first_name + SPEAKING_POINTS * (has_first_name and is_speaking(doc, end))
    return points


def _is_name_word(token: Token) -> bool:
    if token.text in syntax.HYPHENS or token.lower_.rstrip(".") in LINKING_WORDS:
        return True
    return token.text[0].isupper() and not (token.text.isupper() and len(token.text) > 2)


def is_speaking(doc: Doc, end: int) -> bool:
    """Whether the name that ends there is the subject of a verb of saying, by the parse or by the word beside it."""
    after = doc[end] if end < len(doc) else None
    if after is not None and after.lemma_ in SPEECH_LEMMAS and after.tag_ in {"VBD", "VBZ"}:
        return True
    head = doc[end - 1]
    while head.dep_ in syntax.FLAT | syntax.COMPOUNDS and head.head.i != head.i:
        head = head.head
    return head.dep_ in syntax.SUBJECTS and head.head.lemma_ in SPEECH_LEMMAS


def is_no_name(doc: Doc, start: int, end: int) -> bool:
    """Whether the range is one word that the tagger itself takes for no name: Someone, Hours, Household."""
    if end - start > 1:
        return False
    token = doc[start]
    if token.lower_ in INDEFINITES:
        return True
    is_first = start == 0 or doc[start].is_sent_start or doc[start - 1].is_space
    return bool(is_first) and token.tag_.startswith(WORD_TAGS) and not token.tag_.startswith(NAME_TAGS)


def is_no_person(text: str) -> bool:
    """Whether a text can name no person for its shape: `D-Mass.`, `H-1B`, `pic.twitter.com/x`."""
    return NO_PERSON.fullmatch(text) is not None


def is_language(doc: Doc, end: int) -> bool:
    """Whether the people's name that ends there is that of their language: `English-language`, `Spanish speakers`."""
    after = [token for token in doc[end : end + 2] if token.text not in syntax.HYPHENS]
    return bool(after) and after[0].lower_ in LANGUAGE_NOUNS


def without_office(doc: Doc, start: int, end: int, titles: Titles) -> int:
    """The start moved behind the last office inside a person's range: `Republican Gov. Jane Doe` begins at Jane.

    The end where the range is an office and nobody: `White House National Security Adviser`.
    """
    for stop in range(end, start, -1):
        found = title_before(doc, stop, titles)
        if found is None or found[0] <= start or found[1] in SURNAME_KINDS:
            continue
        is_lone_word = stop - found[0] == 1
        if stop == end and is_lone_word:
            continue
        return stop
    return end if start < end and title_length(doc, start, end, titles) == end - start > 1 else start
