"""Titles and roles of persons: `President`, `State Department spokesperson`, as the article words them at the name."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Token

LONGEST_TITLE = 6
LONGEST_ROLE = 16
# Kinds of titles that are no role: they tell courtesy or learning, not what somebody does.
COURTESIES = frozenset({"courtesy", "academic"})
CALENDAR_WORDS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "june", "july", "august", "september", "october", "november", "december", "today", "yesterday", "may"}
    | {"week", "month", "year", "night", "morning"}
)
LEADS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "one", "then"})
LINKS = frozenset({"of", "for", "at", "to", "in", "on", "with"})
HYPHENS = frozenset({"-", "‑", "–"})
# Participles that tell the standing of an office.
ROLE_PARTICIPLES = frozenset(
    {"acting", "outgoing", "incoming", "ruling", "retired", "retiring", "ousted", "elected", "jailed", "exiled"}
    | {"embattled", "deposed", "disgraced", "appointed", "designated", "sitting", "serving", "suspended"}
)
NO_ROLE_STARTS = frozenset({"and", "or", "but", "not", "no", "nor", "as", "with", "like", "including"})
CLOSERS = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "“", '"', "”"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
VERB_TAGS = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "WDT", "WP", "EX"})
MODIFIER_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "AFX", "FW"})
AGE = re.compile(r"^(?:\d+|[a-z]+)[-‑]year[-‑]old\s+")


class Titles(NamedTuple):
    """Titles in lower case with their kinds, and the last words of all titles."""

    kinds: Mapping[str, str]
    last_words: frozenset[str]


def make_titles(rows: Iterable[tuple[str, str]]) -> Titles:
    """The titles of rows (title, kind)."""
    kinds: dict[str, str] = {}
    for title, kind in rows:
        kinds.setdefault(title.lower(), kind)
    return Titles(kinds, frozenset(re.split(r"[\s-]", title)[-1] for title in kinds))


def _text(doc: Doc, start: int, end: int) -> str:
    return str(doc[start:end].text)


def title_length(doc: Doc, start: int, end: int, titles: Titles) -> int:
    """The number of tokens of the longest title that begins there, 0 for none.

    The title may have begun before: of `Secretary of State Antony Blinken` the part from `State` on is measured too.
    """
    first = doc[start].text
    if not first[0].isalpha():
        return 0
    for stop in range(min(end, start + LONGEST_TITLE), start, -1):
        if doc[stop - 1].lower_ not in titles.last_words:
            continue
        for begin in (start, start - 2):
            if begin >= 0 and _text(doc, begin, stop).lower() in titles.kinds:
                return stop - start
    return 0


def title_before(doc: Doc, start: int, titles: Titles) -> tuple[int, str] | None:
    """Where the longest title that ends right before the token begins, and its kind; None without one."""
    if start == 0 or doc[start - 1].lower_ not in titles.last_words:
        return None
    found = None
    for begin in range(start - 1, max(-1, start - 1 - LONGEST_TITLE), -1):
        if doc[begin].is_space:
            break
        kind = titles.kinds.get(_text(doc, begin, start).lower())
        if kind is not None:
            found = (begin, kind)
    return found


def find_role(doc: Doc, start: int, end: int, titles: Titles, persons: set[int]) -> tuple[str | None, str | None]:
    """The title right before a person's name and the role the article gives beside it, each as worded or None."""
    beside = title_before(doc, start, titles)
    title, role, first = None, None, start
    if beside is not None:
        first, kind = _over_courtesies(doc, beside, titles)
        if kind not in COURTESIES:
            first = _role_start(doc, first, titles, persons)
            role = _text(doc, first, start)
        title = _title_of(doc, first, start, titles)
    is_bare = role is None or role == title
    if is_bare:
        other = _role_after(doc, end, titles) or _role_before_comma(doc, first, end, titles, persons)
        role = other or role
    return title, None if role is None else AGE.sub("", role)


def _over_courtesies(doc: Doc, beside: tuple[int, str], titles: Titles) -> tuple[int, str]:
    """The title's beginning, moved over titles right before it: `Foreign Minister Dr.`"""
    begin, kind = beside
    further = title_before(doc, begin, titles)
    while further is not None:
        begin, kind = further[0], further[1] if kind in COURTESIES else kind
        further = title_before(doc, begin, titles)
    return begin, kind


def _title_of(doc: Doc, first: int, start: int, titles: Titles) -> str | None:
    """The title in a role: the one at the name, or else the nearest before it; nouns of occupation are none."""
    for stop in range(start, first, -1):
        found = title_before(doc, stop, titles)
        if found is not None and found[0] >= first and found[1] != "role_noun":
            return _text(doc, found[0], stop)
    return None


def _is_modifier(token: Token, persons: set[int]) -> bool:
    if token.i in persons or token.lower_ in CALENDAR_WORDS or token.is_space:
        return False
    if token.text.isupper() and len(token.text) > 1:
        return True
    if token.tag_ in {"VBN", "VBG"} or token.lower_ in ROLE_PARTICIPLES:
        return token.lower_ in ROLE_PARTICIPLES
    if token.tag_:
        return token.tag_ in MODIFIER_TAGS
    is_capital = token.text[0].isupper() and token.lower_ not in LEADS
    return is_capital or token.lower_ in {"former", "current", "deputy", "acting", "then", "senior"}


def _role_start(doc: Doc, first: int, titles: Titles, persons: set[int]) -> int:
    """Where the noun phrase begins whose last word is the title that begins at `first`."""
    while first > 0:
        before = doc[first - 1]
        upper = title_before(doc, first - 1, titles)
        if before.text in POSSESSIVES and first > 1 and doc[first - 2].text[0].isalpha() and first - 2 not in persons:
            first -= 2
        elif before.lower_ in {"and", "&"} and upper is not None:
            first = upper[0]
        elif before.text in HYPHENS and first > 1 and doc[first - 2].text.isalpha() and not before.whitespace_:
            first -= 2
        elif _is_modifier(before, persons):
            first -= 1
        else:
            break
    return first


def _role_after(doc: Doc, end: int, titles: Titles) -> str | None:
    """The role in an apposition or a who-clause after the name: `Ned Price, a State Department spokesperson,`."""
    if end + 1 >= len(doc) or doc[end].text not in {",", "—", "–", "("}:
        return None
    is_clause = doc[end + 1].lower_ == "who"
    begin = _after_copula(doc, end + 2) if is_clause else end + 1
    if begin is None:
        return None
    while begin < len(doc) and doc[begin].lower_ in LEADS | {"currently", "also"}:
        begin += 1
    stop = _phrase_end(doc, begin)
    if stop is None or stop <= begin or doc[begin].lower_ in NO_ROLE_STARTS:
        return None
    if doc[begin].tag_ in {"VBN", "VBG"} and doc[begin].lower_ not in ROLE_PARTICIPLES:
        return None
    head_end = next((index for index in range(begin, stop) if _is_link(doc, index, titles)), stop)
    return _text(doc, begin, stop) if title_before(doc, head_end, titles) is not None else None


def _after_copula(doc: Doc, index: int) -> int | None:
    words = [token.lower_ for token in doc[index : index + 3]]
    if words[:1] in (["is"], ["was"], ["became"]):
        return index + 1 + (words[1:2] == ["also"])
    if words[:2] in (["serves", "as"], ["served", "as"], ["has", "been"], ["works", "as"]):
        return index + 2
    return None


def _phrase_end(doc: Doc, begin: int) -> int | None:
    """Where a noun phrase ends that punctuation closes; None where a verb comes first."""
    for index in range(begin, min(begin + LONGEST_ROLE, len(doc))):
        token = doc[index]
        if token.text in CLOSERS and not (token.text in HYPHENS and not doc[index - 1].whitespace_):
            return index
        if token.tag_ in VERB_TAGS or token.is_space or token.lower_ in {"who", "which", "that"}:
            return None
    return None


def _is_link(doc: Doc, index: int, titles: Titles) -> bool:
    """Whether the token is the preposition that ends the head of a phrase: not the one in `secretary of state`."""
    if doc[index].lower_ not in LINKS:
        return False
    return title_before(doc, index, titles) is not None and not any(
        (found := title_before(doc, stop, titles)) is not None and found[0] < index
        for stop in range(index + 2, min(index + 4, len(doc)) + 1)
    )


def _role_before_comma(doc: Doc, start: int, end: int, titles: Titles, persons: set[int]) -> str | None:
    """The role in the noun phrase that a name stands beside: `Iran's foreign minister, Hossein Amirabdollahian,`."""
    if start < 2 or doc[start - 1].text != "," or end >= len(doc):
        return None
    if doc[end].text not in {",", ".", ";", "—", "–", ")"}:
        return None
    close = _before_bracket(doc, start - 1)
    for stop in range(close, max(0, close - 10), -1):
        token = doc[stop - 1]
        if token.text in CLOSERS or token.tag_ in VERB_TAGS or token.i in persons or token.is_space:
            return None
        is_head = stop == close or doc[stop].lower_ in LINKS
        found = title_before(doc, stop, titles) if is_head else None
        if found is not None:
            first = _role_start(doc, found[0], titles, persons)
            return _text(doc, first, close)
    return None


def _before_bracket(doc: Doc, end: int) -> int:
    """The position moved back over an acronym in brackets that ends there: `the World Bank (WB)`."""
    is_closed = end > 3 and doc[end - 1].text == ")" and doc[end - 3].text == "("
    return end - 3 if is_closed else end
