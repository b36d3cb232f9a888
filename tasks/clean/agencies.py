"""Whose report an article is: the wire agency that a dateline, byline, credit, copyright line or address names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tasks.reference import split_list

AGENCY_COLUMNS = ("agency", "names", "domains", "country_code")
FOOT_LINES = 3
PARTS = re.compile(r"\s*(?:[,;|/•·\n]|\sand\s|\swith\s|\svia\s)\s*|\s+[-–—]\s+")
CREDIT_START = re.compile(r"^[-–—\s(\[*]*(?:(?i:source|by|from|via)\s?:?\s+)?(?=[A-Zad])")
CREDIT_END = re.compile(r"[-–—\s)\].*]*$")
CLOSING_CREDIT = re.compile(
    r"[.!?…”\"’]\s?(?:[-–—]{1,2}\s?(?P<bare>[^-–—().]{2,30})|\((?P<enclosed>[^()]{2,30})\))\.?$"
)


class Agencies(NamedTuple):
    """Agencies by their names as written and by their domains."""

    by_name: Mapping[str, str]
    by_domain: Mapping[str, str]


NO_AGENCIES = Agencies({}, {})


def build_agencies(rows: Iterable[Mapping[str, str]]) -> Agencies:
    """The agencies of the reference file."""
    rows = list(rows)
    return Agencies(
        {name: row["agency"] for row in rows for name in split_list(row["names"])},
        {domain: row["agency"] for row in rows for domain in split_list(row["domains"])},
    )


def find_agency(
    agencies: Agencies,
    *,
    dateline: str | None,
    credits: Sequence[str | None],
    closing: str,
    foot: Sequence[str],
    domain: str | None,
) -> str | None:
    """The agency that is named first: dateline, credits (byline, outlet, owner), last words, foot, address."""
    named = (
        name_in_dateline(dateline, agencies),
        *(name_in_credit(text, agencies) for text in credits if text),
        name_at_end(closing, agencies),
        *(name_alone(line, agencies) for line in foot[:FOOT_LINES]),
        agencies.by_domain.get(domain or ""),
    )
    return next((name for name in named if name is not None), None)


def name_in_dateline(text: str | None, agencies: Agencies) -> str | None:
    """The agency of a dateline, the first of several parted by a stroke."""
    if text is None:
        return None
    return agencies.by_name.get(text) or agencies.by_name.get(text.split("/")[0].strip())


def name_in_credit(text: str, agencies: Agencies) -> str | None:
    """The agency that is one of the parts of a byline, of an outlet's name or of an owner of rights."""
    parts = [name_alone(part, agencies) for part in (text, *PARTS.split(text))]
    return next((name for name in parts if name is not None), None)


def name_alone(line: str, agencies: Agencies) -> str | None:
    """The agency that is all a line says, dashes, brackets and a word such as Source aside."""
    bare = CREDIT_END.sub("", CREDIT_START.sub("", line))
    return agencies.by_name.get(bare)


def name_at_end(closing: str, agencies: Agencies) -> str | None:
    """The agency that stands alone behind the last sentence of a story, as in `he said. (ANI)`."""
    match = CLOSING_CREDIT.search(closing[-60:])
    return None if match is None else name_alone(match["bare"] or match["enclosed"], agencies)
