"""What an article says about itself: title, authors, outlet and day."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from tasks.clean.dates import find_date_in_file_name, find_date_in_text, find_date_in_url, is_plausible, parse_date

COPYRIGHT_SIGN = r"(?:©|&copy;|\([cC]\))"
COPYRIGHT = re.compile(
    rf"(?:{COPYRIGHT_SIGN}|\b[Cc](?i:opyright))\s*{COPYRIGHT_SIGN}?\s*"
    r"(?:(?:19|20)\d\d\s?[-–]\s?)?(?P<before>(?:19|20)\d\d)?,?\s*(?:[Bb]y )?"
    r"(?P<owner>(?!All\b)[A-Z][\w'’&-]*(?: (?!All [Rr]ights)[A-Z&][\w'’&-]*){0,4})?,?\s*(?P<after>(?:19|20)\d\d)?"
)
TITLE_PARTS = re.compile(r"\s+[|•·»]\s+|\s+::\s+")
TITLE_TAIL = re.compile(r"^(?P<title>.{10,}?)\s+[-–—]\s+(?P<outlet>[^-–—|]{2,50})$")
OUTLET_WORDS = re.compile(
    r"\b(?:News|Times|Post|Journal|Tribune|Guardian|Reuters|BBC|CNN|NPR|AP|AFP|Politico|Herald|Gazette|Mail|Standard|"
    r"Telegraph|Chronicle|Daily|Observer|Independent|Magazine|Review|Press|Online|Network|Bloomberg|Al Jazeera|Vox|"
    r"Weekly|Globe|Mirror|Express|Statecraft|Courier|Wire|Dispatch|Record|Register|Bulletin|Star|Sun|Ledger|Argus|Echo|"
    r"Inquirer|Monitor|Beacon|Advocate|Sentinel|Examiner|Statesman|Citizen|Intercept|Agency|Media|Radio|TV)\b|\.(?:com|org|net|co\.uk)$"
)
LABEL_WORDS = 4
NON_WORD = re.compile(r"[\W_]+")
NAME_PARTS = re.compile(r"\s*(?:[,;|•·/\n]|\s&\s|\sand\s|\swith\s)\s*")
BY = re.compile(r"^(?:(?:written |reported |story |words |posted )?by|author\s*:)\s*:?\s+", re.IGNORECASE)
IN_PLACE = re.compile(r"\s+in [A-Z].*$")
PERSON = re.compile(
    r"(?:[^\W\d_][\w.'’-]*|[\"“(]\w+[\"”)])(?: (?:[^\W\d_][\w.'’-]*|[\"“(]\w+[\"”)])){0,4}"
)  # such as Luiz Inácio "Lula" da Silva
ROLE = re.compile(
    r"(?:(?:staff|senior|chief|political|national|foreign|contributing|white house|special|business|associate|managing|"
    r"world|diplomatic|legal|science|health|guest|washington|opinion) )*"
    r"(?:writers?|reporters?|correspondents?|editors?|columnists?|contributors?|bureau|bureau chief|staff|"
    r"photographers?|producers?|analysts?|author|updated|published|usa today|cnn(?:money| business)?|"
    r"fox news|abc news|nbc news|cbs news|bbc news|npr|politico)"
    r"|.* (?:bureau|staff|desk|team|unit|wire|writer(?: at)?|reporter|correspondent|editor|columnist|commentator|"
    r"contributor)s?|(?:story|comment) count|popular tags|.*avatar_.*|.*\.(?:com|org|net|co\.\w\w)"
    r"|(?:news )?agenc(?:y|ies)|wires?|in [A-Z].*"
    r"|view (?:profile|more|all).*|follow.*|facebook|twitter|opens in.*|more (?:from|about).*|min(?:ute)?s? read"
    r"|read more"
    r"|.*\bcss-.*|.*@.*|.*https?:.*",
    re.IGNORECASE,
)


class Copyright(NamedTuple):
    """Whose text it is and of which year, as a copyright line says."""

    owner: str | None
    year: int | None


class Published(NamedTuple):
    """When an article was published, UTC, and what says so."""

    at: datetime | None
    source: str


def clean_title(title: str, outlets: Iterable[str]) -> str:
    """The title without the outlet's name behind a bar or a dash."""
    parts = [part for part in TITLE_PARTS.split(" ".join(title.split())) if part]
    if len(parts) > 1:
        long = [part for part in parts if len(part.split()) >= LABEL_WORDS and not is_outlet(part, outlets)]
        further = [part for part in long[1:] if len(part.split()) > LABEL_WORDS]
        title = " | ".join([*long[:1], *further]) or max(parts[:2], key=len)
    match = TITLE_TAIL.match(title)
    if match is not None and is_outlet(match["outlet"], outlets):
        return match["title"]
    return " ".join(title.split())


def is_outlet(text: str, outlets: Iterable[str]) -> bool:
    """Whether words behind a title name an outlet: one of those known, or worded like one."""
    key = to_name_key(text)
    if any(key and (key in other or other in key) for outlet in outlets if (other := to_name_key(outlet))):
        return True
    return len(text.split()) <= 4 and text[0].isupper() and OUTLET_WORDS.search(text) is not None


def to_key(text: str) -> str:
    """Letters and digits of a line, for comparing titles and names."""
    return NON_WORD.sub("", text.casefold())


def to_name_key(text: str) -> str:
    """The letters of an outlet's name or domain, for comparing."""
    text = re.sub(r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|co\.\w+|\w\w)(?:/.*)?$", "", text.casefold().strip())
    return re.sub(r"\W+|^the ", "", text)


def find_copyright(texts: Iterable[str]) -> Copyright:
    """The last owner and year that copyright lines among the texts state."""
    owner = year = None
    for match in (match for text in texts for match in COPYRIGHT.finditer(text)):
        stated = match["before"] or match["after"]
        owner, year = match["owner"] or owner, int(stated) if stated else year
    return Copyright(owner, year)


def clean_byline(
    text: str, places: frozenset[str] = frozenset(), outlets: Iterable[str] = (), agencies: Collection[str] = ()
) -> str | None:
    """The authors' names parted by comma: no roles, places, outlets, agencies or addresses; None where none is left."""
    outlet_keys = {to_name_key(outlet) for outlet in outlets}
    names: list[str] = []
    for part in NAME_PARTS.split(BY.sub("", " ".join(text.split()))):
        name = IN_PLACE.sub("", BY.sub("", part.strip(' :-–—*"“”')))
        is_other = (
            name in agencies
            or name.upper() in places
            or to_name_key(name) in outlet_keys
            or ROLE.fullmatch(name) is not None
        )
        if name and PERSON.fullmatch(name) and not is_other and name not in names:
            names.append(name.title() if name.isupper() and " " in name else name)
    return ", ".join(names) or None


def find_domain(url: str | None) -> str | None:
    """The host of an address without www."""
    if url is None:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def find_published(
    *,
    metadata: str | None,
    datelines: Iterable[str | None],
    url: str | None,
    source_uri: str,
    retrieved_at: datetime | None,
    notes: Iterable[str] = (),
) -> Published:
    """The first plausible day among metadata, date lines, address, file name, and notes on publication in the text."""
    candidates = (
        ("metadata", parse_date(metadata) if metadata else None),
        *(("dateline", parse_date(text)) for text in datelines if text),
        ("url", find_date_in_url(url) if url else None),
        ("file", find_date_in_file_name(source_uri)),
        *(("text", find_date_in_text(note)) for note in notes),
    )
    for source, moment in candidates:
        if moment is not None and is_plausible(moment, retrieved_at):
            return Published(moment, source)
    return Published(None, "none")
