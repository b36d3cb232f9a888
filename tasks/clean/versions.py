"""Which articles are versions of one article: the same address and story, fetched again after a change."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from tasks.clean.duplicates import Signature, group_by, measure_overlap, shingle

SAME_STORY = 0.2
MIDNIGHT = time()
BEGINNING = datetime.min.replace(tzinfo=UTC)
END_OF_TIME = datetime.max.replace(tzinfo=UTC)
FRONT = re.compile(r"^(?:www|m|mobile|amp)\d?\.")
TRACKING = re.compile(
    r"utm_\w+|fb_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ns_\w+|cmpid?|ocid|smid|smtyp|sref|ito"
    r"|xtor|partner|taid|ftag|spm|_ga|gws_rd|ref|ref_src|src|source|campaign|via|share|amp|output",
    re.IGNORECASE,
)

LoadText = Callable[[int], str]
Moment = tuple[datetime, datetime, str]


class Edition(NamedTuple):
    """What tells versions of an article apart: `stated_at` and `changed_at` are published and changed as stated."""

    article_id: str
    address: str | None
    published_at: datetime | None
    stated_at: datetime | None
    changed_at: datetime | None
    retrieved_at: datetime | None
    signature: Signature


class Version(NamedTuple):
    """The place of an article among those at its address, all by index.

    `number` counts versions from 1 and is None where there is one; `current` is the article that stands for the address
    now, where it is another; `repeats` is the first fetch of the same words, where it is another.
    """

    number: int | None
    current: int | None
    repeats: int | None


class Wording(NamedTuple):
    """One text at an address: its first fetch, all fetches, and when the last of them came."""

    first: int
    fetches: tuple[int, ...]
    moment: Moment


def to_address(url: str | None) -> str | None:
    """What addresses of one page have in common: no scheme, www, tracking, fragment; None for a site's front page."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    path = re.sub(r"/(?:amp/?|index\.\w+)?$", "", parts.path)
    fields = sorted(pair for pair in parse_qsl(parts.query) if not TRACKING.fullmatch(pair[0]))
    if parts.scheme not in ("http", "https") or not host or not (path or fields):
        return None
    return f"{FRONT.sub('', host, count=1)}{path}" + (f"?{urlencode(fields)}" if fields else "")


def first_moment(edition: Edition) -> Moment:
    """What sorts articles by publication, those without a date last."""
    return (edition.published_at or END_OF_TIME, edition.retrieved_at or END_OF_TIME, edition.article_id)


def find_versions(editions: Sequence[Edition], load_text: LoadText) -> dict[int, Version]:
    """The versions of each article whose address was fetched more than once, by index."""
    known = (index for index, edition in enumerate(editions) if edition.address is not None)
    found: dict[int, Version] = {}
    for group in group_by(known, lambda index: editions[index].address):
        if len(group) > 1:
            for story in split_stories(find_wordings(group, editions), editions, load_text):
                found.update(number_versions(story))
    return found


def find_wordings(group: Iterable[int], editions: Sequence[Edition]) -> list[Wording]:
    """The different texts at one address, the oldest first: by stated dates where all have one, else by retrieval."""
    members = [sorted(fetches, key=lambda index: first_moment(editions[index]))
               for fetches in group_by(group, lambda index: editions[index].signature.text_hash)]  # fmt: skip
    is_stated = all(editions[index].changed_at is not None for fetches in members for index in fetches)

    def find_moment(index: int) -> Moment:
        edition = editions[index]
        times = (edition.changed_at or BEGINNING, edition.retrieved_at or BEGINNING)
        return (*(times if is_stated else times[::-1]), edition.article_id)

    wordings = [Wording(fetches[0], tuple(fetches), max(map(find_moment, fetches))) for fetches in members]
    return sorted(wordings, key=lambda wording: wording.moment)


def split_stories(
    wordings: Sequence[Wording], editions: Sequence[Edition], load_text: LoadText
) -> Iterator[list[Wording]]:
    """The texts of one address in runs that tell one story: a page that shows another each day has many."""
    story: list[Wording] = []
    for wording in wordings:
        if story and not is_same_story(story[-1].first, wording.first, editions, load_text):
            yield story
            story = []
        story.append(wording)
    yield story


def is_same_story(one: int, other: int, editions: Sequence[Edition], load_text: LoadText) -> bool:
    """Whether two texts at one address tell one story: published at the same minute, or a fifth of the words shared.

    A day alone is too little: sources give all articles of a section its address.
    """
    stated_at = editions[one].stated_at
    if stated_at is not None and stated_at.time() != MIDNIGHT and stated_at == editions[other].stated_at:
        return True
    texts = sorted((shingle(load_text(one)), shingle(load_text(other))), key=lambda text: len(text.distinct))
    return measure_overlap(*texts).share >= SAME_STORY


def number_versions(story: Sequence[Wording]) -> Iterator[tuple[int, Version]]:
    """The versions of one story, the oldest text first."""
    current = story[-1].first
    for number, wording in enumerate(story, start=1):
        for index in wording.fetches:
            yield (
                index,
                Version(
                    number if len(story) > 1 else None,
                    current if index != current else None,
                    wording.first if index != wording.first else None,
                ),
            )
