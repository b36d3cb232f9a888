"""Numbers as articles word them, with the lowest and highest that they can mean.

"at least 20" is 20 or more, "almost 20" is 15 to 20, "dozens" is 24 to 99: the bounds are ours, written in `ROUND`
and `bounds_near`, and kept apart from the words so that rival figures can be compared.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """A number as read: its value in writing, and its bounds, None where open."""

    value: str
    low: int | None
    high: int | None


UNITS = {
    word: number
    for number, word in enumerate(
        re.findall(
            r"\w+",
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen",
        )
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
ROUND = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "millions": (2_000_000, 9_999_999),
    "several": (3, 9),
    "many": (3, None),
    "numerous": (3, None),
    "few": (2, 5),
    "couple": (2, 2),
}
MEASURES = frozenset({"-", "‐", "‑", "%", "percent", "per", "mile", "miles", "km", "day", "month", "week", "hour"})
SINGLE = frozenset({"a", "an", "another"})
AT_LEAST = ("at least", "no fewer than", "no less than", "not less than", "minimum of", "upwards of", "or more")
MORE_THAN = ("more than", "over", "above", "in excess of", "greater than")
AT_MOST = ("up to", "at most", "as many as", "no more than", "not more than", "maximum of")
FEWER_THAN = ("fewer than", "less than", "under", "below")
BELOW = ("almost", "nearly", "close to", "just under")
NEAR = ("about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "or so", "circa")
NUMERAL = re.compile(r"^\d{1,3}(?:[,\u202f ]\d{3})+$|^\d+(?:\.\d+)?$")


def read_figure(words: Sequence[str]) -> Figure | None:
    """The figure that a noun phrase gives for its head, or None: "at least 20 people" is >=20."""
    lower = [word.lower() for word in words]
    round_number = _read_round(lower)
    if round_number is not None:
        return round_number
    number = _read_number(lower)
    if number is None:
        is_single = bool(lower) and lower[0] in SINGLE
        return Figure("1", 1, 1) if is_single else None
    return _with_bounds(number, f" {' '.join(lower)} ")


def _read_round(words: list[str]) -> Figure | None:
    for position, word in enumerate(words):
        if word in ROUND:
            if position and words[position - 1] in {"two", "three", "four", "five", "a"} and word != "few":
                continue
            low, high = ROUND[word]
            if words[position + 2 : position + 3] and word in {"hundreds", "dozens", "tens"}:
                low, high = _scaled(words, position, low, high)
            return Figure(word, low, high)
        if word == "tens" and words[position + 1 : position + 3] == ["of", "thousands"]:
            return Figure("tens of thousands", 20_000, 99_999)
    return None


def _scaled(words: list[str], position: int, low: int, high: int | None) -> tuple[int, int | None]:
    if words[position + 1 : position + 3] == ["of", "thousands"]:
        return low * 1000, None if high is None else high * 1000 + 999
    return low, high


def _read_number(words: list[str]) -> int | None:
    """The first number in words or digits: "1,200", "twenty-one", "two dozen", "3.5 million"."""
    for position, word in enumerate(words):
        value = None if _is_measure(words, position) else _single_number(word)
        if value is None and word in SINGLE and words[position + 1 : position + 2] and words[position + 1] in SCALES:
            value = 1.0
        if value is None:
            continue
        for following in words[position + 1 : position + 5]:
            if following in SCALES:
                value *= SCALES[following]
            elif _single_number(following) is not None and following.isalpha() and value >= 20:
                value += _single_number(following) or 0
            elif following not in {"and", "-"}:
                break
        return int(value)
    return None


def _is_measure(words: list[str], position: int) -> bool:
    """Whether a number counts years, per cent or the like: "32-year-old", "5 percent"."""
    following = words[position + 1 : position + 2]
    return bool(following) and (following[0] in MEASURES or following[0].startswith("year"))


def _single_number(word: str) -> float | None:
    if NUMERAL.match(word):
        return float(re.sub(r"[,\u202f ]", "", word))
    if word in UNITS or word in TENS:
        return float(UNITS.get(word, TENS.get(word, 0)))
    tens, dash, unit = word.partition("-")
    if dash and tens in TENS and unit in UNITS:
        return float(TENS[tens] + UNITS[unit])
    return None


def _with_bounds(number: int, phrase: str) -> Figure:
    if any(f" {words} " in phrase for words in AT_LEAST):
        return Figure(f">={number}", number, None)
    if any(f" {words} " in phrase for words in AT_MOST):
        return Figure(f"<={number}", None, number)
    if any(f" {words} " in phrase for words in MORE_THAN):
        return Figure(f">{number}", number + 1, None)
    if any(f" {words} " in phrase for words in FEWER_THAN):
        return Figure(f"<{number}", None, number - 1)
    low, high = bounds_near(number)
    if any(f" {words} " in phrase for words in BELOW):
        return Figure(f"~{number}", low, number)
    if any(f" {words} " in phrase for words in NEAR):
        return Figure(f"~{number}", low, high)
    return Figure(str(number), number, number)


def bounds_near(number: int) -> tuple[int, int]:
    """What "about NUMBER" can mean: a tenth either way, or half the step of a round number, a quarter at most."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    slack = max(number // 10, min(step // 2, number // 4), 1)
    return number - slack, number + slack
