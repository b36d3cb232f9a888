"""Toponyms to places: the place names of one article are resolved together, and an unknown one stays unknown."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.normalize.clusters import NORP, PLACE_LABELS, Mention, is_name
from tasks.normalize.gazetteer import CITY, COUNTRY, REGION, Candidate, Gazetteer, Place
from tasks.normalize.lexicon import Lexicon
from tasks.normalize.names import clean_name, name_key

# A place whose country the article does not mention is believed only if it is so well known (see measure_fame).
KNOWN_FAME = 6.0
KNOWN_ALIAS_FAME = 6.5
COUNTRY_BONUS = 1.5
HELD_BONUS = 8.0
ALIAS_MALUS = 0.5
CLOSE = 3  # characters between a place and what it lies in: "Paris, Texas"
DIVISION = re.compile(
    r"^(?:the )?(?:(?P<of>city|town|village|port|district|province|region|state|oblast|governorate|republic) of "
    r"(?P<inner>.+)|"
    r"(?P<name>.+?) (?P<kind>city|district|province|region|state|oblast|governorate|prefecture|county|area))$",
    re.IGNORECASE,
)
REGION_WORDS = frozenset(
    {"district", "province", "region", "state", "oblast", "governorate", "prefecture", "county", "republic"}
)


FOLLOWING = re.compile(
    r"[,’']? ?(province|region|state|oblast|governorate|prefecture|county|district|city)\b", re.IGNORECASE
)
LEADING = re.compile(
    r"\b(city|town|village|port|district|province|region|state|oblast|governorate|republic|provinces|regions|states)"
    r" of (?:the )?$",
    re.IGNORECASE,
)


class Toponym(NamedTuple):
    """A place name of an article: how it is looked up, what kind of place it says it is, and what it lies in."""

    key: str
    kind: str | None
    times: int
    containers: tuple[str, ...]


class Surroundings(NamedTuple):
    """What the article says around a toponym: how often it speaks of each country, and what the toponym lies in."""

    weights: Mapping[str, float]
    capitals: Mapping[str, str]
    holders: tuple[Place, ...]


class Located(NamedTuple):
    """A place with how sure the choice is, 0 to 1."""

    place: Place
    score: float


def toponym_key(text: str) -> tuple[str, str | None]:
    """The key a place name is looked up by, and `region` or `city` where the words say so: `the Mangistau province`."""
    match = DIVISION.match(clean_name(text))
    if match is None:
        return name_key(text), None
    word = (match["of"] or match["kind"]).lower()
    return name_key(match["inner"] or match["name"]), REGION if word in REGION_WORDS else CITY


def wanted_keys(mentions: Iterable[Mention], datelines: Iterable[str]) -> frozenset[str]:
    """The keys that a gazetteer for these mentions must hold."""
    texts = {mention.text for mention in mentions if mention.label in PLACE_LABELS and is_name(mention)}
    keys = {key for text in texts for key in (name_key(text), toponym_key(text)[0])}
    return frozenset(keys | {name_key(part) for line in datelines for part in line.split(",")})


def find_kinds(mentions: Iterable[Mention], sentences: Mapping[tuple[str, int], tuple[int, str]]) -> dict[str, str]:
    """For mentions that the words around them call a region or a city which of the two: `the Mangistau province`.

    `sentences` gives the first character and the text of a sentence by article and index.
    """
    kinds = {}
    for mention in mentions:
        if mention.label not in PLACE_LABELS or not is_name(mention):
            continue
        first, text = sentences.get((mention.article_id, mention.sentence_index), (0, ""))
        after = FOLLOWING.match(text, max(mention.end - first, 0))
        before = LEADING.search(text[: max(mention.start - first, 0)])
        found = after or before
        if found is not None:
            kinds[mention.mention_id] = REGION if found[1].lower().rstrip("s") in REGION_WORDS else CITY
    return kinds


def find_toponyms(mentions: Sequence[Mention], kinds: Mapping[str, str]) -> dict[str, Toponym]:
    """The place names of one article by the key of their words; the next name after a comma says where a place lies."""
    named = [mention for mention in mentions if is_name(mention) and mention.label in PLACE_LABELS]
    counts = Counter(name_key(mention.text) for mention in named)
    containers: dict[str, list[str]] = defaultdict(list)
    for mention, following in pairwise(named):
        if 0 < following.start - mention.end <= CLOSE and following.label != "FAC":
            containers[name_key(mention.text)].append(name_key(following.text))
    found: dict[str, Toponym] = {}
    for mention in named:
        words = name_key(mention.text)
        key, kind = toponym_key(mention.text)
        kind = kind or kinds.get(mention.mention_id) or (found[words].kind if words in found else None)
        found[words] = Toponym(key, kind, counts[words], tuple(containers[words]))
    return found


def weigh_countries(lexicon: Lexicon, mentions: Sequence[Mention], dateline: str | None) -> Counter[str]:
    """How often one article speaks of each country: by name, people and palace, and by where it was filed.

    Its cities do not count yet, as which city is meant depends on these weights.
    """
    weights: Counter[str] = Counter()
    for mention in mentions:
        if not is_name(mention) or mention.label not in (*PLACE_LABELS, NORP):
            continue
        key = name_key(mention.text)
        codes = lexicon.demonyms.get(key, ())
        if len(codes) == 1:
            weights[codes[0]] += 1
        elif key in lexicon.country_names and key not in AMBIGUOUS_COUNTRIES:
            weights[lexicon.country_names[key]] += 1
        elif (code := lexicon.metonyms.get(key)) is not None and lexicon.capitals.get(code) != key:
            weights[code] += 1
    for part in (dateline or "").split(","):
        code = lexicon.country_names.get(name_key(part)) or lexicon.metonyms.get(name_key(part))
        if code is not None:
            weights[code] += 2
    return weights


AMBIGUOUS_COUNTRIES = frozenset({"georgia"})


def prefers_state(place: Place, weights: Mapping[str, float]) -> bool:
    """Whether an article speaks of the state of the USA rather than of the country of that name."""
    others = sum(weight for code, weight in weights.items() if code not in ("USA", place.country_code))
    return weights.get(place.country_code or "", 0) == 0 and weights.get("USA", 0) > others


def score_place(candidate: Candidate, toponym: Toponym, surroundings: Surroundings) -> float | None:
    """How well a place fits a toponym in its article, or None where nothing but chance would speak for it.

    The measure is a power of ten: a place in the country that an article is all about is believed before one that has a
    hundred times as many people elsewhere.
    """
    place = candidate.place
    weights = surroundings.weights
    total = sum(weights.values())
    share = weights.get(place.country_code or "", 0) / total if total else 0.0
    is_held = any(
        holder.country_code == place.country_code
        and holder.place_id != place.place_id
        and (holder.admin1_code in (None, place.admin1_code))
        for holder in surroundings.holders
    )
    is_capital = place.precision == CITY and surroundings.capitals.get(place.country_code or "") == toponym.key
    is_known = is_capital or candidate.fame >= (KNOWN_FAME if candidate.is_own_name else KNOWN_ALIAS_FAME)
    if share == 0 and not (is_held or is_known or place.precision == COUNTRY):
        return None
    score = candidate.fame + (COUNTRY_BONUS * (1 + share) + is_capital if share > 0 else 0.0)
    score += HELD_BONUS * is_held - ALIAS_MALUS * (not candidate.is_own_name)
    if place.precision == REGION:
        score += 4.0 if toponym.kind == REGION else 0.0
    if place.precision == COUNTRY:
        score += 10.0
    return score


def choose_place(toponym: Toponym, candidates: Sequence[Candidate], surroundings: Surroundings) -> Located | None:
    """The place that fits a toponym best, or None where none is likely enough."""
    scored: list[tuple[float, Place]] = []
    for candidate in candidates:
        place = candidate.place
        is_country = place.precision == COUNTRY and toponym.key in AMBIGUOUS_COUNTRIES
        if is_country and (surroundings.holders or prefers_state(place, surroundings.weights)):
            continue
        score = score_place(candidate, toponym, surroundings)
        if score is not None:
            scored.append((score, place))
    if not scored:
        return None
    scored.sort(key=lambda pair: (-pair[0], pair[1].place_id))
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 1.0
    return Located(scored[0][1], round(min(1.0, 0.6 + 0.4 * min(1.0, margin)), 3))


def resolve_places(
    mentions: Sequence[Mention],
    dateline: str | None,
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    kinds: Mapping[str, str],
) -> tuple[dict[str, Located], Mapping[str, float]]:
    """The places of one article by the `name_key` of the words, and how often it speaks of each country.

    Two rounds: the second knows the countries of the places found in the first.
    """
    toponyms = find_toponyms(mentions, kinds)
    stated = weigh_countries(lexicon, mentions, dateline)
    weights: Mapping[str, float] = stated
    found: dict[str, Located] = {}
    for _ in range(2):
        found = {}
        for words, toponym in toponyms.items():
            holders = tuple(
                candidate.place
                for key in toponym.containers
                for candidate in gazetteer.candidates.get(key, ())
                if candidate.place.precision != CITY
            )
            surroundings = Surroundings(weights, lexicon.capitals, holders)
            located = choose_place(toponym, gazetteer.candidates.get(toponym.key, ()), surroundings)
            if located is not None:
                found[words] = located
        weights = add_found(stated, found, toponyms)
    return found, weights


def add_found(
    stated: Mapping[str, float], found: Mapping[str, Located], toponyms: Mapping[str, Toponym]
) -> dict[str, float]:
    """The weights of countries with half a mention more for each naming of a place that was found in them."""
    weights = dict(stated)
    for words, located in found.items():
        code = located.place.country_code
        if located.place.precision != COUNTRY and code is not None:
            weights[code] = weights.get(code, 0) + 0.5 * toponyms[words].times
    return weights
