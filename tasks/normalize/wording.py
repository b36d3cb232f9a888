"""How a report words an utterance, against its fullest report: what is missing, added and changed, word by word."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from tasks.normalize.names import fold

EDGES = " .,;:!?…—–-\"'“”‘’«»()[]"
ARROW = " → "
JOINT = " … "


class Wording(NamedTuple):
    """The runs of words that a report lacks, adds, and puts for others (`old → new`)."""

    missing: list[str]
    added: list[str]
    changed: list[str]


class Report(NamedTuple):
    """A row of `utterance_reports`."""

    utterance_id: str
    article_id: str
    quote_id: str
    is_fullest: bool
    content: str
    missing: list[str]
    added: list[str]
    changed: list[str]


def split_words(content: str) -> tuple[list[str], list[str]]:
    """The words as they stand, and as they are compared; marks alone are none."""
    words = [word for word in content.split() if word.strip(EDGES)]
    return words, [fold(word).strip(EDGES) for word in words]


def compare_words(full: str, other: str) -> Wording:
    """What the other content lacks, adds and changes of the full one."""
    words, keys = split_words(full)
    other_words, other_keys = split_words(other)
    wording = Wording([], [], [])
    for what, a, b, x, y in SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes():
        old, new = " ".join(words[a:b]).strip(EDGES), " ".join(other_words[x:y]).strip(EDGES)
        if what == "delete":
            wording.missing.append(old)
        elif what == "insert":
            wording.added.append(new)
        elif what == "replace":
            wording.changed.append(f"{old}{ARROW}{new}")
    return wording


def join_contents(full: str, contents: Iterable[str]) -> str:
    """The contents that one article quotes of an utterance in the order of the full one; none stands inside another."""
    keys = split_words(full)[1]
    kept: list[str] = []
    for content in sorted(contents, key=lambda text: (-len(text), text)):
        own = f" {' '.join(split_words(content)[1])} "
        if not any(own in f" {' '.join(split_words(longer)[1])} " for longer in kept):
            kept.append(content)
    return JOINT.join(sorted(kept, key=lambda text: (_place(keys, text), text)))


def _place(keys: Sequence[str], content: str) -> int:
    """Where in the full wording the longest run of a content stands."""
    own = split_words(content)[1]
    return SequenceMatcher(None, keys, own, autojunk=False).find_longest_match(0, len(keys), 0, len(own)).a
