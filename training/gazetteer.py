"""Names looked up in public gazetteers: countries, cities, regions, demonyms, people, parties, organizations."""

import csv
import html
import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from training.words import WORDS

TITLES = frozenset(WORDS["titles"])
REGIONS = frozenset(WORDS["regions"])
PERSON_CODES = re.compile(r"\[[A-Z]{3}(?:GOV|ELI|OPP|MIL|LEG|JUD|REB|SPY)[A-Z]* ")
ORGANIZATION_WORDS = re.compile(
    r"ORGANI[SZ]ATION|AGENCY|COUNCIL|COMMISSION|COMMITTEE|BANK|FUND|UNION|PARTY|FRONT|MOVEMENT|ARMY|BRIGADE|GROUP|"
    r"ASSOCIATION|CONGRESS|FEDERATION|MINISTRY|COURT|INSTITUTE|NETWORK|LEAGUE|ALLIANCE|FORCE|CENTRE|CENTER|FOUNDATION"
)


class Gazetteer(NamedTuple):
    """Names by kind. The sets are for look-up (folded), the tuples for drawing replacements."""

    gpe: frozenset[str]
    demonyms: frozenset[str]
    people: tuple[str, ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]
    adjectives: tuple[str, ...]
    organizations: tuple[str, ...]


def fold(name: str) -> str:
    """The name in lower case, without accents and the article."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower().strip()
    return plain.removeprefix("the ")


def title_name(key: str) -> str:
    """A dictionary key such as ``GUL_AGHA_SHIRZAI_`` as it is written in print."""
    small = {"OF", "AND", "THE", "FOR", "IN", "ON", "AL", "BIN", "DE", "DA", "DOS", "VAN", "DER", "TO"}
    words = re.split(r"[_ ]+", key.strip("_ +"))
    printed = [
        word.lower() if word in small and index else "-".join(part.capitalize() for part in word.split("-"))
        for index, word in enumerate(words)
    ]
    return " ".join(printed)


def read_cameo_actors(lines: list[str]) -> list[tuple[str, str]]:
    """Pairs of printed name and the first code, from a CAMEO actor dictionary."""
    pairs: list[tuple[str, str]] = []
    names: list[str] = []
    coded = False
    for raw in lines:
        line = raw.split(";")[0].rstrip()
        if not line or line.startswith("#"):
            continue
        if line[0] in "\t ":
            if not coded:
                pairs.extend((name, line.strip()) for name in names)
            coded = True
            continue
        if not line.startswith("+"):
            names = []
        coded = False
        key = re.sub(r"\s*\[.*", "", line)
        names.append(key)
    return [(title_name(name), code) for name, code in pairs if re.fullmatch(r"[A-Z_+' -]+", name)]


def read_demonyms(nationality: dict[str, Any]) -> set[str]:
    """The nouns (singular and plural) and adjectives of a Factbook "Nationality" entry."""
    found: set[str] = set()
    for kind in ("noun", "adjective"):
        text = nationality.get(kind, {}).get("text", "")
        for part in re.split(r",|;|\bor\b", text):
            match = re.match(r"\s*([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(\(s\))?", part)
            if match:
                found.add(match[1])
                if match[2] or (kind == "adjective" and match[1].endswith("an")):
                    found.add(match[1] + "s")
    return found


def read_parties(text: str) -> set[str]:
    """Party names of a Factbook "Political parties" entry."""
    found = set()
    for part in re.split(r"<br>|<br />", html.unescape(text).replace("\xa0", " ")):
        name = re.sub(r"\([^)]*\)", "", re.split(r"\bor\b|;", part)[0])
        name = re.sub(r"<[^>]+>|\s+", " ", name).strip()
        if re.fullmatch(r"[A-Z][\w'’ –-]{4,60}", name):
            found.add(name)
    return found


def load_gazetteer(corpora: Path) -> Gazetteer:
    """Reads the gazetteers of the corpora folder."""
    root = corpora / "gazetteers"
    demonyms, parties, adjectives, countries = set(WORDS["demonyms"]), set(), set(), set()
    for file in sorted((root / "factbook").glob("*/*.json")):
        entry = json.loads(file.read_text(encoding="utf-8"))
        nationality = entry.get("People and Society", {}).get("Nationality", {})
        demonyms |= read_demonyms(nationality)
        adjectives |= read_demonyms({"adjective": nationality.get("adjective", {})})
        government = entry.get("Government", {})
        parties |= read_parties(government.get("Political parties", {}).get("text", ""))
    with (root / "world_cities" / "world-cities.csv").open(encoding="utf-8") as rows:
        cities = list(csv.DictReader(rows))
    with (root / "country_codes" / "country-codes.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            countries |= {row["CLDR display name"], row["UNTERM English Short"].removesuffix(" (the)")}
    countries = {name for name in countries if re.fullmatch(r"[A-Z][\w'’. -]+", name or "")}
    places = {row[key] for row in cities for key in ("name", "subcountry") if row[key]}
    gpe = {fold(name) for name in [*countries, *places, *WORDS["states"]]}
    people, organizations = read_names(root)
    names = frozenset(demonyms - countries - set(WORDS["states"]))
    return Gazetteer(
        gpe=frozenset(gpe - {fold(name) for name in REGIONS}),
        demonyms=names,
        people=tuple(sorted(people)),
        places=tuple(sorted(name for name in places if len(name.split()) < 4)),
        countries=tuple(sorted(countries)),
        adjectives=tuple(sorted(word for word in adjectives & names if not word.endswith("s"))),
        organizations=tuple(sorted(organizations | parties)),
    )


def read_names(root: Path) -> tuple[set[str], set[str]]:
    """People and organizations of the leader lists and the CAMEO dictionaries."""
    people: set[str] = set()
    organizations: set[str] = set()
    for file in ("wikidata.csv", "wikipedia.csv"):
        with (root / "world_leaders_2021" / "data" / file).open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                name = row.get("officeholderLabel") or row.get("officeholderlabel") or ""
                if re.fullmatch(r"[^\W\d_][\w'’. -]+", name) and " " in name:
                    people.add(name)
    for actors in sorted((root / "cameo_dictionaries").glob("Phoenix.*.actors.txt")):
        for name, code in read_cameo_actors(actors.read_text(encoding="utf-8", errors="replace").splitlines()):
            words = name.split()
            if ORGANIZATION_WORDS.search(name.upper()) and len(words) > 1:
                organizations.add(name)
            elif PERSON_CODES.match(code) and 2 <= len(words) <= 4 and "Countries" in actors.name:
                people |= {name} if is_first_name(words[0].lower()) else set()
    return people, organizations


def is_first_name(word: str) -> bool:
    """Whether a dictionary entry that starts with this word can be a person, not a post such as "Georgian minister"."""
    return word not in TITLES and not re.search(r"(ian|ese|ish|ment)\b", word)


def is_demonym(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the text names a people, a faith or a political group."""
    return text.replace("’", "'") in gazetteer.demonyms


def label_place(text: str, gazetteer: Gazetteer) -> str:
    """GPE, LOC or FAC for the name of a place."""
    folded = fold(text)
    words = folded.split()
    if folded in {fold(name) for name in REGIONS}:
        return "LOC"
    if folded in gazetteer.gpe:
        return "GPE"
    if not words:
        return "LOC"
    if words[-1] in WORDS["facility_heads"]:
        return "FAC"
    if words[-1] in WORDS["location_heads"] or words[0] in WORDS["location_heads"]:
        return "LOC"
    if words[0] in ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper"):
        return "LOC"
    return "GPE"


def label_other(text: str, gazetteer: Gazetteer) -> str:
    """NORP, EVENT, LAW or MISC for a name that is no person, organization or place."""
    if is_demonym(text, gazetteer):
        return "NORP"
    words = fold(text).split()
    ends = {words[-1], words[0]} if words else set()
    heads = ends | ({word for word, after in pairwise(words) if after in ("of", "on", "for")})
    if heads & set(WORDS["event_heads"]) or re.fullmatch(r"(first|second)? ?world war( i+)?", fold(text)):
        return "EVENT"
    if heads & set(WORDS["law_heads"]):
        return "LAW"
    return "MISC"
