"""Words that tell which country an article is at home in, though they name no place: a sheriff, the garda, pounds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

CUE_WEIGHT = 0.3  # mentions of a country that one cue is worth, however often it stands
MOST_WEIGHT = 1.5  # mentions of a country that all its cues are worth together

NOTHING = r"(?!)"

Weights: TypeAlias = Mapping[str, float]


class Cues(NamedTuple):
    """The countries (ISO 3166-1 alpha-3) that each cue speaks for, and the patterns that find cues.

    `plain` finds cues in lower case, in a text without capitals; `exact` finds all others.
    """

    countries: Mapping[str, tuple[str, ...]]
    plain: re.Pattern[str]
    exact: re.Pattern[str]


def make_cues(rows: Iterable[tuple[str, tuple[str, ...]]]) -> Cues:
    """The cues of rows (cue, countries)."""
    countries = dict(rows)
    return Cues(
        countries,
        compile_cues(cue for cue in countries if cue.islower()),
        compile_cues(cue for cue in countries if not cue.islower()),
    )


def compile_cues(cues: Iterable[str]) -> re.Pattern[str]:
    """The pattern of cues as whole words, the longest first; one that begins with a point is the end of an address."""
    longest_first = sorted(cues, key=lambda cue: (-len(cue), cue))
    words = [write_cue(cue) for cue in longest_first if not cue.startswith(".")]
    ends = [write_cue(cue) for cue in longest_first if cue.startswith(".")]
    # What stands before is asked once for all cues: asked by each of them, the search takes thirty times as long.
    groups = [rf"{before}(?:{'|'.join(found)})" for before, found in ((r"(?<!\w)", words), (r"(?<=\w)", ends)) if found]
    return re.compile("|".join(groups) or NOTHING)


def write_cue(cue: str) -> str:
    """The pattern of one cue, which goes on with no letter or figure unless it is a sign of money."""
    return re.escape(cue) + (r"(?!\w)" if cue[-1].isalpha() else "")


def weigh_cues(sentences: Iterable[tuple[str, str]], cues: Cues) -> dict[str, Weights]:
    """How far the cues in the sentences (article id, text) of each article speak for countries, in mentions of them."""
    seen: dict[str, set[str]] = defaultdict(set)
    for article_id, text in sentences:
        seen[article_id].update(iter_cues(text, cues))
    return {article_id: add_weights(words, cues) for article_id, words in seen.items()}


def iter_cues(text: str, cues: Cues) -> Iterator[str]:
    """The cues in a text."""
    for pattern, searched in ((cues.plain, text.lower()), (cues.exact, text)):
        yield from (found.group() for found in pattern.finditer(searched))


def add_weights(words: Iterable[str], cues: Cues) -> Weights:
    """The weights of countries that some cues give, each cue shared out among its countries."""
    weights: dict[str, float] = defaultdict(float)
    for word in sorted(words):
        codes = cues.countries[word]
        for code in codes:
            weights[code] = min(MOST_WEIGHT, weights[code] + CUE_WEIGHT / len(codes))
    return dict(weights)
