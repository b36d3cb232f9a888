"""Toponyms to places: the place names of one article are resolved together, and an unknown one stays unknown.

Each candidate of each name is believed as far as the name itself, its fame and what stands beside it speak for it;
what the other names are believed to be then speaks for countries, divisions and surroundings, in a few rounds. The
measure is a power of ten of fame: see `measure_fame`.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.normalize.clusters import NORP, PLACE_LABELS, Mention, is_name
from tasks.normalize.country_cues import Weights, weigh_cues
from tasks.normalize.gazetteer import (
    CITY,
    CONTINENT,
    COUNTRY,
    MOST_RENOWN,
    OWN,
    REGION,
    SHORT,
    Candidate,
    Gazetteer,
    Place,
    measure_fame,
)
from tasks.normalize.lexicon import Lexicon
from tasks.normalize.names import clean_name, name_key
from tasks.normalize.unlisted import find_home, place_unlisted

# A place that nothing in the article speaks for is believed only if it is so well known.
KNOWN_FAME = 5.5
KNOWN_ALIAS_FAME = 6.0
COUNTRY_BONUS = 2.5  # for a place in a country that the article speaks of, and as much again for one it speaks of alone
DIVISION_BONUS = 3.0  # at most, for a place in a division that the article speaks of
NEAR_BONUS = 2.0  # at most, for a place near others of the article
HELD_BONUS = 8.0
ALIAS_MALUS = 1.5
SAID_KIND = 4.0
NATION_BONUS = 2.0
LISTED_BONUS = 0.5  # for a division that the reference lists
HALF = 0.5  # mentions that give half of such a bonus
RENOWNED_WEIGHT = 0.5  # of a city that all the world knows, which speaks less for what lies around it
ROUNDS = 3
LEAST_SUPPORT = 0.3  # mentions of a country from which it speaks for a place that nobody knows
LEAST_GUESSED = 5000  # people of a place that is believed though the article speaks of no other
LEAST_BELIEF = 0.01
TINY = 1e-6
MOST_TIMES = 4
BODY_LABELS = frozenset({"ORG", "FAC", "EVENT"})
COUNTY_ENDINGS = (" county", " parish")
INNER = "inside:"
LONGEST_INNER = 3  # words of a place name inside another name
LARGE_DIVISION, LARGE_TOWN = 1_000_000, 100_000  # people
CLOSE = 3  # characters between a place and what it lies in: "Paris, Texas"
AMBIGUOUS_COUNTRIES = frozenset({"country:GEO"})
REGION_WORDS = frozenset(
    {"district", "province", "region", "state", "oblast", "governorate", "prefecture", "county", "parish", "republic"}
)
DIVISION = re.compile(
    r"^(?:the )?(?:(?P<of>city|town|village|port|district|province|region|state|oblast|governorate|republic) of "
    r"(?P<inner>.+)|"
    r"(?P<name>.+?) (?P<kind>city|district|province|region|state|oblast|governorate|prefecture|county|parish|area))$",
    re.IGNORECASE,
)
CITY_INITIALS = {"L.A.": "los angeles"}  # initials with the key of the short form of a state: La.
ABBREVIATIONS = {"co": "county", "twp": "township"}
ABBREVIATED = re.compile(r"(?<= )(?:co|twp)$")
FOLLOWING = re.compile(
    r"[,’']? ?(province|region|state|oblast|governorate|prefecture|county|counties|parish|district|city)\b",
    re.IGNORECASE,
)
WITHIN = re.compile(r",?\s(?:in\s(?:the\s(?:city|town|village) of\s)?|at\s)?")
LEADING = re.compile(
    r"\b(city|town|village|port|district|province|region|state|oblast|governorate|republic|provinces|regions|states)"
    r" of (?:the )?$",
    re.IGNORECASE,
)


class Hints(NamedTuple):
    """What the sentences say beside the names.

    Of mentions whether they are called a region or a city (`kinds`) and the key of the place that they are said to be
    in (`holders`), of articles how far words like sheriff speak for countries.
    """

    kinds: Mapping[str, str]
    countries: Mapping[str, Weights]
    holders: Mapping[str, str]


NO_HINTS = Hints({}, {}, {})


class Toponym(NamedTuple):
    """A place name of an article: how it is looked up, what kind of place it says it is, and what it lies in."""

    keys: tuple[str, ...]
    kind: str | None
    times: int
    containers: tuple[str, ...]


class Choice(NamedTuple):
    """A place that a toponym may be, how well known it is, and what the name and the words beside it say for it."""

    candidate: Candidate
    is_held: bool
    is_capital: bool
    is_renowned: bool
    prior: float


class Located(NamedTuple):
    """A place with how sure the choice is, 0 to 1."""

    place: Place
    score: float


class Support:
    """How much an article speaks of countries, first-level divisions, and cells of a degree on the map."""

    def __init__(self, countries: Mapping[str, float]) -> None:
        self.countries: dict[str, float] = defaultdict(float, countries)
        self.total = sum(countries.values())
        self.divisions: dict[tuple[str, str], float] = defaultdict(float)
        self.cells: dict[tuple[int, int], float] = defaultdict(float)

    def add(self, place: Place, amount: float) -> None:
        """Takes in that the article speaks of a place."""
        if place.country_code is not None:
            self.countries[place.country_code] += amount
            self.total += amount
            if place.admin1_code is not None:
                self.divisions[place.country_code, place.admin1_code] += amount
        for cell in find_cells(place)[:1]:
            self.cells[cell] += amount

    def of_division(self, place: Place) -> float:
        """How much the article speaks of the division of a place."""
        return self.divisions.get((place.country_code or "", place.admin1_code or ""), 0.0)

    def of_surroundings(self, place: Place) -> float:
        """How much the article speaks of what lies around a place."""
        return sum(self.cells.get(cell, 0.0) for cell in find_cells(place))


def find_cells(place: Place) -> list[tuple[int, int]]:
    """The cell of a place and the eight around it; none for whole countries and large regions."""
    if (
        place.latitude is None
        or place.longitude is None
        or place.precision in (COUNTRY, CONTINENT)
        or is_division(place)
    ):
        return []
    row, column = math.floor(place.latitude), math.floor(place.longitude)
    return [(row + up, (column + right + 180) % 360) for up in (0, -1, 1) for right in (0, -1, 1)]


def is_division(place: Place) -> bool:
    """Whether a place is a first-level division."""
    return place.precision == REGION and not place.place_id.startswith("admin2:")


def toponym_key(text: str) -> tuple[str, str | None]:
    """The key a place name is looked up by, and `region` or `city` where the words say so: `the Mangistau province`."""
    match = DIVISION.match(clean_name(text))
    if match is None:
        return name_key(text), None
    word = (match["of"] or match["kind"]).lower()
    return name_key(match["inner"] or match["name"]), REGION if word in REGION_WORDS else CITY


def split_container(text: str) -> tuple[str, str]:
    """A name and what stands behind its comma: Paris and Texas of `Paris, Texas`."""
    name, _, container = text.partition(",")
    return name, container.strip()


def look_up_keys(text: str) -> tuple[str, ...]:
    """The keys of a place name in the order in which they are tried."""
    name = split_container(text)[0]
    written_out = ABBREVIATED.sub(lambda found: ABBREVIATIONS[found.group().lower()], name_key(name))
    initials = [CITY_INITIALS[name]] if name in CITY_INITIALS else []
    return tuple(dict.fromkeys((*initials, name_key(text), name_key(name), written_out, toponym_key(name)[0])))


def wanted_keys(mentions: Collection[Mention], datelines: Iterable[str]) -> frozenset[str]:
    """The keys that a gazetteer for these mentions must hold."""
    texts = {mention.text for mention in mentions if mention.label in PLACE_LABELS and is_name(mention)}
    keys = {key for text in texts for key in (*look_up_keys(text), name_key(split_container(text)[1]))}
    bodies = {mention.text for mention in mentions if mention.label in BODY_LABELS and is_name(mention)}
    keys |= {key for text in bodies for part in inner_keys(text) for key in part}
    return frozenset(keys | {name_key(part) for line in datelines for part in line.split(",")})


def inner_keys(text: str) -> list[list[str]]:
    """The keys of the parts of a name by where they begin, the longest first: Texas in `Texas Rangers Museum`."""
    words = text.split()
    longest = [range(min(LONGEST_INNER, len(words) - start), 0, -1) for start in range(len(words))]
    return [
        [name_key(" ".join(words[start : start + length])) for length in lengths if length < len(words)]
        for start, lengths in enumerate(longest)
    ]


def find_inner(mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[str, Toponym]:
    """The regions and countries in the names of bodies and buildings, which tell where an article is at home."""
    times: Counter[str] = Counter()
    for mention in mentions:
        if mention.label in BODY_LABELS and is_name(mention):
            times.update(iter_inner(mention.text, gazetteer))
    return {f"{INNER} {key}": Toponym((key,), None, count, ()) for key, count in times.items()}


def iter_inner(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """The keys of regions and countries inside a name, none within another."""
    passed = 0
    for start, keys in enumerate(inner_keys(text)):
        found = next((key for key in keys if is_telling(gazetteer, key)), None) if start >= passed else None
        if found is not None:
            passed = start + len(found.split())
            yield found


def is_telling(gazetteer: Gazetteer, key: str) -> bool:
    """Whether a key is that of a country, a well-known division, or a county that says so."""
    return key in gazetteer.telling or (key.endswith(COUNTY_ENDINGS) and key in gazetteer.candidates)


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
            word = found[1].lower().replace("counties", "county").rstrip("s")
            kinds[mention.mention_id] = REGION if word in REGION_WORDS else CITY
    return kinds


def find_hints(
    mentions: Collection[Mention], sentences: Mapping[tuple[str, int], tuple[int, str]], lexicon: Lexicon
) -> Hints:
    """What the sentences say beside the names; `sentences` is as `find_kinds` takes it."""
    texts = ((article_id, text) for (article_id, _), (_, text) in sentences.items())
    return Hints(
        find_kinds(mentions, sentences), weigh_cues(texts, lexicon.cues), dict(find_holding(mentions, sentences))
    )


def find_holding(
    mentions: Iterable[Mention], sentences: Mapping[tuple[str, int], tuple[int, str]]
) -> Iterator[tuple[str, str]]:
    """The mentions of places that others follow with `in` or a comma, with the keys of those: Knox Park in Sikeston."""
    named = (mention for mention in mentions if mention.label in PLACE_LABELS and is_name(mention))
    for mention, following in pairwise(named):
        first, text = sentences.get((mention.article_id, mention.sentence_index), (0, ""))
        between = text[max(mention.end - first, 0) : max(following.start - first, 0)]
        if is_same_sentence(mention, following) and WITHIN.fullmatch(between):
            yield mention.mention_id, name_key(following.text)


def is_same_sentence(mention: Mention, other: Mention) -> bool:
    """Whether two mentions stand in one sentence."""
    return (mention.article_id, mention.sentence_index) == (other.article_id, other.sentence_index)


def find_toponyms(mentions: Sequence[Mention], kinds: Mapping[str, str]) -> dict[str, Toponym]:
    """The place names of one article by the key of their words; the next name after a comma says where a place lies.

    A name that only ever says where others lie is that of a region: New York in `Albany, New York`.
    """
    named = [mention for mention in mentions if is_name(mention) and mention.label in PLACE_LABELS]
    counts = Counter(name_key(mention.text) for mention in named)
    containers: dict[str, list[str]] = defaultdict(list)
    holding: Counter[str] = Counter()
    for mention, following in pairwise(named):
        if 0 < following.start - mention.end <= CLOSE and following.label != "FAC":
            containers[name_key(mention.text)].append(name_key(following.text))
            holding[name_key(following.text)] += 1
    found: dict[str, Toponym] = {}
    for mention in named:
        words = name_key(mention.text)
        name, container = split_container(mention.text)
        kind = toponym_key(name)[1] or kinds.get(mention.mention_id) or (found[words].kind if words in found else None)
        if kind is None and holding[words] == counts[words]:
            kind = REGION
        if container:
            containers[words].append(name_key(container))
        found[words] = Toponym(look_up_keys(mention.text), kind, counts[words], tuple(containers[words]))
    return found


def weigh_countries(lexicon: Lexicon, mentions: Sequence[Mention], dateline: str | None) -> Counter[str]:
    """How often one article speaks of each country by its people and palaces, and by where it was filed.

    Its places do not count yet, as which of them are meant depends on these weights.
    """
    weights: Counter[str] = Counter()
    for mention in mentions:
        if not is_name(mention) or mention.label not in (*PLACE_LABELS, NORP):
            continue
        key = name_key(mention.text)
        codes = lexicon.demonyms.get(key, ())
        if mention.label == NORP and len(codes) == 1:
            weights[codes[0]] += 1
        elif (code := lexicon.metonyms.get(key)) is not None and lexicon.capitals.get(code) != key:
            weights[code] += 1
    for part in (dateline or "").split(","):
        code = lexicon.country_names.get(name_key(part)) or lexicon.metonyms.get(name_key(part))
        if code is not None:
            weights[code] += 2
    return weights


def is_inside(place: Place, holder: Place) -> bool:
    """Whether a country or region holds a place."""
    return (
        holder.precision != CITY
        and holder.country_code == place.country_code
        and holder.place_id != place.place_id
        and holder.admin1_code in (None, place.admin1_code)
    )


def list_choices(toponym: Toponym, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[Choice, ...]:
    """The places that a toponym may be, by the first of its keys that the gazetteer knows.

    Where one of them lies in what stands behind the comma, only such are left.
    """
    key = next((key for key in toponym.keys if key in gazetteer.candidates), "")
    holders = find_holders(toponym, key, gazetteer)
    choices = []
    for candidate in gazetteer.candidates.get(key, ()):
        place = candidate.place
        if candidate.form == SHORT and toponym.kind != REGION:
            continue
        is_held = any(is_inside(place, holder) for holder in holders)
        is_capital = place.precision == CITY and lexicon.capitals.get(place.country_code or "") == key
        prior = judge_alone(candidate, toponym.kind, is_listed=key in gazetteer.telling)
        choices.append(Choice(candidate, is_held, is_capital, is_renowned(candidate), prior))
    held = tuple(choice for choice in choices if choice.is_held)
    if held and any(choice.candidate.place.precision != COUNTRY for choice in held):
        return held
    return tuple(choices) if toponym.kind == CITY else without_namesakes(choices, is_listed=key in gazetteer.telling)


def without_namesakes(choices: Sequence[Choice], *, is_listed: bool) -> tuple[Choice, ...]:
    """The choices without small towns where a large division has the name: Virginia is no town of Minnesota."""
    is_large = is_listed and any(
        is_division(choice.candidate.place) and choice.candidate.form == OWN
        and (choice.candidate.place.population or 0) >= LARGE_DIVISION
        for choice in choices
    )  # fmt: skip
    return tuple(
        choice
        for choice in choices
        if not is_large or choice.candidate.place.precision != CITY
        or (choice.candidate.place.population or 0) >= LARGE_TOWN
    )  # fmt: skip


def find_holders(toponym: Toponym, key: str, gazetteer: Gazetteer) -> list[Place]:
    """The places that may be meant behind the comma.

    After a country or state another one written in full goes on a list: `Ohio, Michigan`, but `Lebanon, Ohio`.
    """
    own = gazetteer.candidates.get(key, ()) if key in gazetteer.telling else ()
    ranks = {candidate.place.precision for candidate in own if candidate.form == OWN} - {CITY}
    return [
        held.place
        for name in toponym.containers
        for held in gazetteer.candidates.get(name, ())
        if held.form != OWN or held.place.precision not in ranks
    ]


def judge_alone(candidate: Candidate, kind: str | None, *, is_listed: bool) -> float:
    """How well a place fits its name, whatever the article is about; `is_listed` of a name that the reference lists."""
    place = candidate.place
    score = candidate.fame - ALIAS_MALUS * (candidate.form != OWN)
    if place.precision in (COUNTRY, CONTINENT) and place.place_id not in AMBIGUOUS_COUNTRIES:
        score += NATION_BONUS
    elif is_division(place) and is_listed:
        score += LISTED_BONUS
    if place.precision == REGION and kind == REGION:
        score += SAID_KIND
    return score


def is_renowned(candidate: Candidate) -> bool:
    """Whether a place is a city that all the world knows: it is named in any article, wherever that is about."""
    people = measure_fame(candidate.place.population, 0)
    return candidate.place.precision == CITY and candidate.fame - people >= MOST_RENOWN - 1e-9


def judge(choice: Choice, support: Support) -> float:
    """How well a place fits in its article."""
    place = choice.candidate.place
    spoken = support.countries.get(place.country_code or "", 0.0)
    share = spoken / support.total if spoken > TINY else 0.0
    division, around = support.of_division(place), support.of_surroundings(place)
    return (
        choice.prior
        + HELD_BONUS * choice.is_held
        + (COUNTRY_BONUS * (1 + share) + choice.is_capital if share > 0 else 0.0)
        + DIVISION_BONUS * division / (HALF + division)
        + NEAR_BONUS * around / (HALF + around)
    )


def is_credible(choice: Choice, support: Support) -> bool:
    """Whether more than chance speaks for a place: its fame, its country in the article, or where it is said to lie."""
    candidate = choice.candidate
    is_known = candidate.fame >= (KNOWN_FAME if candidate.form == OWN else KNOWN_ALIAS_FAME)
    return (
        choice.is_held
        or choice.is_capital
        or is_known
        or candidate.place.precision in (COUNTRY, CONTINENT)
        or support.countries.get(candidate.place.country_code or "", 0.0) >= LEAST_SUPPORT
    )


def is_unrivalled(words: str, choices: Sequence[Choice], support: Support) -> bool:
    """Whether all places of a name of several words lie in one country, and the article speaks of no other country."""
    codes = {choice.candidate.place.country_code or "" for choice in choices}
    others = support.total - sum(support.countries.get(code, 0.0) for code in codes)
    return " " in words and len(codes) == 1 and others < LEAST_SUPPORT


def share_belief(scores: Sequence[float]) -> list[float]:
    """The belief in each of some choices, together 1."""
    powers = [10.0 ** (score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def weigh(support: Support, choices: Sequence[Choice], shares: Sequence[float], amount: float) -> None:
    """Adds to the support what one toponym is believed to be, or takes it away again where the amount is negative."""
    for choice, share in zip(choices, shares, strict=True):
        if share >= LEAST_BELIEF:
            weight = RENOWNED_WEIGHT if choice.is_renowned else 1.0
            support.add(choice.candidate.place, weight * share * amount)


def weigh_choices(
    toponyms: Mapping[str, Toponym], choices: Mapping[str, Sequence[Choice]], stated: Mapping[str, float]
) -> tuple[dict[str, list[float]], Support]:
    """The belief in each choice of each toponym, and what the article speaks of if they are what they seem.

    No toponym speaks for itself: a place is judged by what all the others are believed to be.
    """
    support = Support(stated)
    beliefs = {words: share_belief([judge(choice, support) for choice in found]) for words, found in choices.items()}
    amounts = {words: float(min(toponyms[words].times, MOST_TIMES)) for words in choices}
    for words, found in choices.items():
        weigh(support, found, beliefs[words], amounts[words])
    for _ in range(ROUNDS):
        for words, found in choices.items():
            weigh(support, found, beliefs[words], -amounts[words])
            beliefs[words] = share_belief([judge(choice, support) for choice in found])
            weigh(support, found, beliefs[words], amounts[words])
    return beliefs, support


def resolve_places(
    mentions: Sequence[Mention],
    dateline: str | None,
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    hints: Hints,
) -> tuple[dict[str, Located], Mapping[str, float]]:
    """The places of one article by the `name_key` of the words, and how often it speaks of each country."""
    named = find_toponyms(mentions, hints.kinds)
    toponyms = named | find_filed(dateline, named) | find_inner(mentions, gazetteer)
    stated = weigh_countries(lexicon, mentions, dateline)
    choices = {
        words: options for words, item in toponyms.items() if (options := list_choices(item, gazetteer, lexicon))
    }
    hinted = next((hints.countries.get(mention.article_id, {}) for mention in mentions), {})
    beliefs, support = weigh_choices(toponyms, choices, stated + Counter(hinted))
    known = {words: choices[words] for words in named if words in choices}
    found: dict[str, Located] = {}
    for words, options in known.items():
        amount = float(min(toponyms[words].times, MOST_TIMES))
        weigh(support, options, beliefs[words], -amount)
        best, share = find_best(options, beliefs[words])
        if is_credible(best, support) or is_unrivalled(words, options, support):
            found[words] = Located(best.candidate.place, round(share, 3))
        weigh(support, options, beliefs[words], amount)
    if not found and not stated:
        found = guess_places(known, beliefs)
    unlisted = find_unlisted(
        mentions, named.keys() - choices.keys(), found=found, hints=hints, support=support, kinds=lexicon.place_kinds
    )
    return found | unlisted, add_found(stated, found, named)


def find_unlisted(
    mentions: Iterable[Mention],
    wanted: Collection[str],
    *,
    found: Mapping[str, Located],
    hints: Hints,
    support: Support,
    kinds: Mapping[str, str],
) -> dict[str, Located]:
    """The wanted names of places that no gazetteer holds, in the country that their article is about."""
    home = find_home(support.countries, support.divisions)
    if home is None:
        return {}
    named = [m for m in mentions if m.label in PLACE_LABELS and is_name(m) and name_key(m.text) in wanted]
    held = {name_key(m.text): hints.holders[m.mention_id] for m in named if m.mention_id in hints.holders}
    towns = {key: found[holder].place for key, holder in held.items() if holder in found}
    share = support.countries[home.country_code] / support.total
    return {key: Located(place, round(share / 2, 3)) for key, place in place_unlisted(named, towns, home, kinds)}


def find_best(choices: Sequence[Choice], beliefs: Sequence[float]) -> tuple[Choice, float]:
    """The choice that is believed most, the first of several, and how much."""
    return max(zip(choices, beliefs, strict=True), key=lambda pair: pair[1])


def guess_places(choices: Mapping[str, Sequence[Choice]], beliefs: Mapping[str, Sequence[float]]) -> dict[str, Located]:
    """The likeliest places of an article that says nothing of where in the world it is, with half of the belief."""
    found = {}
    for words, options in choices.items():
        best, share = find_best(options, beliefs[words])
        if share > 0.5 and (best.candidate.place.population or 0) >= LEAST_GUESSED:
            found[words] = Located(best.candidate.place, round(share / 2, 3))
    return found


def find_filed(dateline: str | None, named: Mapping[str, Toponym]) -> dict[str, Toponym]:
    """The place that an article was filed from as a toponym of it."""
    name, container = split_container(dateline or "")
    words = name_key(name)
    if not words:
        return {}
    known = named.get(words, Toponym(look_up_keys(name), None, 0, ()))
    holders = tuple(name_key(part) for part in container.split(",") if part.strip())
    return {words: known._replace(times=known.times + 2, containers=(*known.containers, *holders))}


def add_found(
    stated: Mapping[str, float], found: Mapping[str, Located], toponyms: Mapping[str, Toponym]
) -> dict[str, float]:
    """The weights of countries with each naming of them, and half a mention for each of a place that lies in them."""
    weights = dict(stated)
    for words, located in found.items():
        code = located.place.country_code
        if code is not None:
            weight = 1.0 if located.place.precision == COUNTRY else 0.5
            weights[code] = weights.get(code, 0) + weight * toponyms[words].times
    return weights
