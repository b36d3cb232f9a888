"""The dateline that a report starts with, as in `ALMATY, Jan 7 (Reuters) —`: place, agency and day."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

PLACE = r"[A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŚŞŠŹŻŽ][\w.'’-]*(?:[ /-](?:[A-Z][\w.'’-]*|de|of|the|al|el|upon))*"
UPPER = "A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŚŞŠŹŻŽ"
CAPITALS = rf"[{UPPER}][{UPPER}.'’-]+(?:[ /-][{UPPER}][{UPPER}.'’-]*){{0,3}}"
REGION = r"(?:(?:, (?P<region>[A-Z][\w.]+(?: [A-Z][\w.]+){0,2}),?)| \[(?P<country>[A-Z][\w. ]{1,30})\])?"
MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[a-zA-Z]*\.?"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
DAY = rf"(?:[,.]? (?P<day>{WEEKDAY}(?:{MONTH} {DAY_NUMBER}|{DAY_NUMBER} {MONTH})(?:,? (?:19|20)\d\d)?))?"
DASH = r"(?: ?(?:—|–|--|―) ?| - | ?-(?=[A-Z“\"]))"
PLAIN_DATELINE = re.compile(rf"(?P<place>{CAPITALS}){REGION}{DAY}(?: ?\((?P<agency>[A-Z][\w ./]{{1,30}})\))?{DASH}")
STORY_START = re.compile(r"[\"'“‘(\[$]*[A-Z0-9]")
AGENCY_PARAGRAPHS = 6
PLAIN_PARAGRAPHS = 2
LONGEST_PLACE = 60
POSTAL = re.compile(r"[A-Z]{2}|D\.?C\.?")


class Dateline(NamedTuple):
    """Where a report says it was filed: place, agency, day as worded; its length, and the number of its paragraph."""

    place: str
    agency: str | None
    day: str | None
    length: int
    paragraph: int = 0


class Known(NamedTuple):
    """What datelines are told by: places in capitals, agencies as written, and words that are no place."""

    places: frozenset[str]
    agencies: frozenset[str]
    not_place: re.Pattern[str]


@cache
def agency_patterns(agencies: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """The patterns of datelines that name one of the agencies: behind the place, and, as ANSA has it, before it."""
    names = "|".join(re.escape(name) for name in sorted(agencies, key=lambda name: (-len(name), name))) or r"(?!)"
    several = rf"(?:{names})(?:/(?:{names}))?"
    enclosed = rf"(?:\((?P<agency>{several})\)|/(?P<stroked>{several})/)"
    return (
        re.compile(rf"(?P<place>{PLACE}){REGION}{DAY}[,.]? ?{enclosed}(?:{DASH}| ?[:.]?-? )"),
        re.compile(rf"\((?P<agency>{several})\){DASH}(?P<place>{CAPITALS}){REGION}{DAY}{DASH}"),
    )


def find_dateline(paragraph: str, known: Known) -> Dateline | None:
    """The dateline that a paragraph starts with; one without agency, region and day needs a known place."""
    match = match_agency(paragraph, known.agencies) or match_plain(paragraph, known.places)
    if match is None or known.not_place.fullmatch(match["place"]) or not STORY_START.match(paragraph, match.end()):
        return None
    if len(match["place"]) > LONGEST_PLACE:
        return None
    groups = match.groupdict()
    region = groups["region"] or groups["country"]
    place = match["place"] if region is None else f"{match['place']}, {region}"
    return Dateline(place, groups["agency"] or groups.get("stroked"), match["day"], match.end())


def match_agency(paragraph: str, agencies: frozenset[str]) -> re.Match[str] | None:
    """The match of a dateline that names an agency."""
    matches = (pattern.match(paragraph) for pattern in agency_patterns(agencies))
    return next((match for match in matches if match is not None), None)


def match_plain(paragraph: str, places: frozenset[str]) -> re.Match[str] | None:
    """The match of a dateline in capitals that is sure to be one."""
    match = PLAIN_DATELINE.match(paragraph)
    if match is None:
        return None
    region = match["region"]
    has_region = region is not None and (not region.isupper() or POSTAL.fullmatch(region) is not None)
    is_known = match["place"].split("/")[0].replace("’", "'") in places
    return match if has_region or is_known or match["day"] is not None else None


def split_dateline(paragraphs: Sequence[str], known: Known) -> tuple[Dateline | None, list[str]]:
    """The dateline among the first paragraphs, and the paragraphs without it."""
    for index, paragraph in enumerate(paragraphs[:AGENCY_PARAGRAPHS]):
        dateline = find_dateline(paragraph, known)
        if dateline is not None and (dateline.agency or index < PLAIN_PARAGRAPHS):
            rest = paragraph[dateline.length :]
            return dateline._replace(paragraph=index), [*paragraphs[:index], rest, *paragraphs[index + 1 :]]
    return None, list(paragraphs)
