"""Currencies and units of measure: what a word or sign beside a number means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tasks.nlp.number_values import GAP, JOINT, any_of
from tasks.reference import read_reference, split_list

GUESSED = 0.8
# Names of countries as they stand before a currency, beside those of `countries.csv`.
PEOPLES = {"New Taiwan": "TWN", "US": "USA", "U.S.": "USA", "Hong Kong": "HKG"}
BLANKS = frozenset(" \u00a0\u2009\u202f")
SIGN_MARKS = frozenset("$€£¥₹₦₽₩₺₴₪₱฿₫₸₾₼₵₡₲֏៛₭₮৳₿¢元./")
# Signs that letters before a blank may open.
OPEN_SIGNS = frozenset({"$", "dollar", "dollars"})
WORD_BEFORE = re.compile(rf"(?P<first>[A-Za-z.]+)(?P<gap>{GAP})$")


class Currency(NamedTuple):
    """A currency: its code, the countries that use it, and whether its words mean it where nothing else is said."""

    code: str
    countries: frozenset[str]
    is_default: bool


class Lexicon(NamedTuple):
    """Currencies by word, sign and word of their hundredth; units by word and abbreviation; patterns over them all."""

    words: Mapping[str, tuple[Currency, ...]]
    signs: Mapping[str, tuple[Currency, ...]]
    minor: Mapping[str, tuple[Currency, ...]]
    units: Mapping[str, tuple[str, str]]
    abbreviations: Mapping[str, tuple[str, str]]
    countries: Mapping[str, str]
    country_names: Mapping[str, tuple[str, ...]]
    sign_after: re.Pattern[str]
    word_after: re.Pattern[str]
    unit_after: re.Pattern[str]
    abbreviation_after: re.Pattern[str]


@lru_cache(maxsize=4)
def load_lexicon(reference_dir: str) -> Lexicon:
    """The currencies, units and countries under the reference folder."""
    folder = Path(reference_dir)
    words: dict[str, list[Currency]] = {}
    signs: dict[str, list[Currency]] = {}
    minor: dict[str, list[Currency]] = {}
    columns = ("code", "words", "signs", "minor_words", "countries", "is_default")
    for row in read_reference(folder, "currencies", columns):
        currency = Currency(row["code"], frozenset(split_list(row["countries"])), row["is_default"] == "yes")
        for column, table in (("words", words), ("signs", signs), ("minor_words", minor)):
            for item in split_list(row[column]):
                table.setdefault(item if column == "signs" else item.lower(), []).append(currency)
    units: dict[str, tuple[str, str]] = {}
    abbreviations: dict[str, tuple[str, str]] = {}
    for row in read_reference(folder, "units", ("code", "dimension", "words", "abbreviations")):
        unit = (row["code"], row["dimension"])
        units |= dict.fromkeys(map(plain_unit, split_list(row["words"])), unit)
        abbreviations |= dict.fromkeys(map(plain_abbreviation, split_list(row["abbreviations"])), unit)
    countries, names = _load_countries(folder)
    signs_of, words_of, minor_of = (
        {key: tuple(found) for key, found in table.items()} for table in (signs, words, minor)
    )
    return Lexicon(
        words=words_of,
        signs=signs_of,
        minor=minor_of,
        units=units,
        abbreviations=abbreviations,
        countries=countries,
        country_names=names,
        sign_after=_sign_pattern(signs),
        word_after=_word_pattern(words, minor),
        unit_after=_unit_pattern(units),
        abbreviation_after=re.compile(rf"(?P<gap>{GAP}?-?)(?P<unit>{_spaced(abbreviations)})(?![\w])"),
    )


def plain_unit(word: str) -> str:
    """The word of a unit with blanks for hyphens, in lower case: `Year - Old` is `year old`."""
    return re.sub(rf"(?:{GAP}|[-‐‑])+", " ", word.lower())


def plain_abbreviation(word: str) -> str:
    """The abbreviation of a unit without blanks: `km / h` is `km/h`."""
    return re.sub(GAP, "", word)


def _load_countries(folder: Path) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    countries = dict(PEOPLES)
    names: dict[str, tuple[str, ...]] = {}
    for row in read_reference(folder, "countries", ("iso3", "name", "other_names", "demonyms")):
        own = (row["name"], *split_list(row["other_names"]), *split_list(row["demonyms"]))
        countries |= dict.fromkeys(own, row["iso3"])
        names[row["iso3"]] = own
    return countries, names


def _sign_pattern(signs: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a currency sign right after a number; `$` alone stands before one."""
    after = [sign for sign in signs if len(sign) > 1 or not sign.isascii()]
    return re.compile(rf"{GAP}?(?P<sign>{any_of(after)})(?![\w$])")


def _word_pattern(words: Iterable[str], minor: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a currency's word after a number, with the people named before it; eurozone is none."""
    return re.compile(
        rf"{JOINT}?(?P<people>(?:[A-Z][\w.’'-]*{GAP}){{0,3}})"
        rf"(?i:(?P<word>{any_of(words)})|(?P<minor>{any_of(minor)}))\b(?!['’-]?[a-z]?\w*-?zone)"
    )


def _unit_pattern(units: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a unit's word after a number, whose parts hyphens may join: 20-square-metre."""
    parted = any_of(units).replace(GAP, JOINT).replace("/", rf"{GAP}?/{GAP}?")
    return re.compile(rf"{JOINT}?(?i:(?P<unit>{parted}))(?![\w])")


def _spaced(abbreviations: Iterable[str]) -> str:
    """The pattern of abbreviations that may hold blanks: sq km, km / h, ° C."""
    pattern = any_of(abbreviations).replace("/", rf"{GAP}?/{GAP}?")
    return re.sub(r"(?<![a-z])(?:sq|cu|°|˚|º)(?=[a-zA-Z])", lambda hit: f"{hit.group()}{GAP}?", pattern)


def sign_before(text: str, start: int, signs: Mapping[str, object]) -> tuple[str, int] | None:
    """The currency sign that ends right before a number, or with a blank between, and where it begins."""
    end = start - 1 if start and text[start - 1] in BLANKS else start
    begin = end
    while begin and end - begin < 8 and (text[begin - 1].isalnum() or text[begin - 1] in SIGN_MARKS):
        begin -= 1
    while begin < end:
        sign = text[begin:end]
        is_apart = begin == 0 or not (text[begin - 1].isalnum() or text[begin - 1] == "$") or not sign[0].isalnum()
        if is_apart and (sign in signs or sign in OPEN_SIGNS):
            return _with_word_before(text, begin, sign, signs)
        begin += 1
    return None


def _with_word_before(text: str, begin: int, sign: str, signs: Mapping[str, object]) -> tuple[str, int] | None:
    """The sign with the letters before a blank that belong to it: US $, US dollars."""
    if sign in OPEN_SIGNS:
        before = WORD_BEFORE.search(text, max(0, begin - 8), begin)
        if before is not None:
            for longer in (f"{before['first']}{sign}", f"{before['first']} {sign}"):
                if longer in signs:
                    return longer, before.start()
    return (sign, begin) if sign in signs else None


class Money:
    """Which currency a word or sign means in this text; what is spelled out once holds for later bare words."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.known: dict[str, str] = {}

    def of_sign(self, sign: str) -> tuple[str | None, float]:
        """The code that a sign means and how sure that is."""
        candidates = self.lexicon.signs[sign]
        return self._choose(sign, candidates)

    def of_word(self, word: str, people: str, *, is_minor: bool = False) -> tuple[str | None, float] | None:
        """The code that a word means after the people named before it; None where these are no people."""
        candidates = (self.lexicon.minor if is_minor else self.lexicon.words)[word]
        if people:
            country = self.lexicon.countries.get(people)
            own = [item.code for item in candidates if country in item.countries]
            if len(own) != 1:
                return None
            self.known[word.removesuffix("s")] = own[0]
            return own[0], 1.0
        return self._choose(word.removesuffix("s"), candidates)

    def _choose(self, key: str, candidates: Sequence[Currency]) -> tuple[str | None, float]:
        if len(candidates) == 1:
            return candidates[0].code, 1.0
        if key not in self.known:
            code = self._guess(key, candidates)
            if code is None:
                return None, GUESSED
            self.known[key] = code
        return self.known[key], GUESSED

    def _guess(self, key: str, candidates: Sequence[Currency]) -> str | None:
        """The default of dollars; else the currency whose countries the text names most, or the default."""
        default = next((item.code for item in candidates if item.is_default), None)
        if default == "USD" or key in {"cent", "$"}:
            return "USD"
        counts = [(self._count(item), item.code) for item in candidates]
        best = max(count for count, _ in counts)
        most = [code for count, code in counts if count == best]
        return most[0] if best and len(most) == 1 else default

    def _count(self, currency: Currency) -> int:
        names = (name for country in currency.countries for name in self.lexicon.country_names.get(country, ()))
        return sum(self.text.count(name) for name in names)
