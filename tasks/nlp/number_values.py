"""Numbers in words and digits as values, and the bounds that round words and hedges give them.

"at least 20" is 20 or more, "almost 20" is 15 to 20, "dozens" is 24 to 99: the bounds are ours, written in `ROUND`
and `bounds_near`, and kept apart from the words so that rival figures can be compared.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple


class Amount(NamedTuple):
    """What a number says: its value, None where it is only bounded, and its bounds, None where open."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


def _listed(first: int, words: str, step: int = 1) -> dict[str, int]:
    return {word: first + step * position for position, word in enumerate(words.split())}


UNITS = _listed(
    0,
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
)
TENS = _listed(20, "twenty thirty forty fifty sixty seventy eighty ninety", 10)
DOZEN = "dozen"
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    DOZEN: 12,
}
# Short forms of scales that stand right after a figure; those of one letter also mean other things.
SHORT_SCALES = {
    "k": 1000, "K": 1000, "m": 10**6, "M": 10**6, "b": 10**9, "B": 10**9, "t": 10**12, "T": 10**12, "mn": 10**6,
    "mln": 10**6, "mil": 10**6, "mio": 10**6, "Mn": 10**6, "bn": 10**9, "bln": 10**9, "Bn": 10**9, "BN": 10**9,
    "tn": 10**12, "trn": 10**12, "tln": 10**12, "cr": 10**7, "Cr": 10**7,
}  # fmt: skip
ORDINALS = _listed(
    1,
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth",
)
TENTHS = _listed(20, "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 10)
LATE_ORDINALS = {"hundredth": 100, "thousandth": 1000, "millionth": 1_000_000}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    form: number
    for word, number in (ORDINALS | TENTHS | LATE_ORDINALS).items()
    if number > 2
    for form in (word, f"{word}s")
}
SIGNED_PARTS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅛": (1, 8)}
ROUND: dict[str, tuple[int, int | None]] = {
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
# Plural scales, alone or over another: tens of thousands, hundreds of millions.
PLURAL_SCALES = {
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "lakhs": 100_000,
    "millions": 1_000_000, "crores": 10_000_000, "billions": 10**9, "trillions": 10**12,
}  # fmt: skip
VAGUE = {
    "several": (3, 9),
    "a few": (2, 5),
    "few": (2, 5),
    "many": (3, None),
    "a couple of": (2, 3),
    "a couple": (2, 3),
}
RELATIONS = ("exact", "about", "almost", "at least", "more than", "at most", "less than", "between")
HEDGES_BEFORE = {
    "at least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|upwards of"
    "|as few as|as little as|as low as",
    "more than": "more than|over|above|in excess of|greater than|higher than|larger than|exceeding|exceeds|exceeded"
    "|exceed|upward of|north of|topping|topped|surpassing|surpassed|well over|just over|just above|a little over"
    "|a little more than|well above|far more than|beyond",
    "at most": "up to|at most|as many as|as much as|as high as|no more than|not more than|a maximum of|maximum of",
    "less than": "fewer than|less than|under|below|lower than|smaller than|well below|well under|south of",
    "almost": "almost|nearly|close to|just under|just below|just short of|nearing|approaching|a little under"
    "|a little less than|slightly less than|near",
    "about": "about|around|some|roughly|approximately|approx|approx.|an estimated|estimated|circa|in the region of"
    "|somewhere around|in the neighborhood of|in the neighbourhood of|perhaps|~",
}
HEDGES_AFTER = {
    "at least": "or more|at least|or over|or above|or higher|and up|and over|and above|upwards|and more",
    "at most": "or less|or fewer|or under|or below|or lower|at most|at the most|and under|tops",
    "about": "or so|or thereabouts|give or take",
}

GAP = r"[ \u00a0\u2009\u202f]"
JOINT = rf"(?:{GAP}|{GAP}?[-‐‑]{GAP}?)"


def any_of(words: Iterable[str]) -> str:
    """A pattern of the words, the longest first; a blank in a word matches any blank of print."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", GAP) for word in ordered)


_DIGIT_WORDS = any_of(word for word, value in UNITS.items() if 0 < value < 10)
SMALL = rf"(?:(?:{any_of(TENS)})(?:{JOINT}(?:{_DIGIT_WORDS}))?|{any_of(UNITS)})"
SCALE = rf"(?:{any_of(SCALES)})"
_PART = rf"(?:{any_of(PARTS)})"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)"
DIGITS = (
    rf"(?:{_GROUPED}|[1-9]/(?:[2-9]|10)(?![\d/])|\d+\.\d+|\d+,\d{{1,2}}(?!\d|,)"
    rf"|\d+(?:{GAP}\d/\d(?![\d/]))?[½¼¾⅓⅔⅕⅛]?|[½¼¾⅓⅔⅕⅛])"
)
_FOLLOWING = rf"(?={JOINT}{SCALE}\b)"
_HALVED = (
    rf"(?={JOINT}(?:{SCALE}|percent|per{GAP}cent|percentage{JOINT}point|miles?|kilomet(?:re|er)|met(?:re|er)|ton|tonne|pound"
    r"|dollar|euro|inch|acre|hectare|lit(?:re|er)|gallon|degree|point)\b)"
)
# A number from its first digit or word on; what may not stand before or after it is the caller's to see.
NUMBER = re.compile(
    rf"""
    (?:(?=[\d½¼¾⅓⅔⅕⅛])|\b(?=[a-fhlmnoqstzA-FHLMNOQSTZ]))
    (?:
    (?P<ordinal>\d{{1,3}}(?:,\d{{3}})*(?:st|nd|rd|th)\b
        |\b(?i:(?:(?:{any_of(TENS)}){JOINT})(?:{any_of(ORDINALS)})|{any_of(ORDINALS | TENTHS | LATE_ORDINALS)})\b)
    |\b(?i:(?P<round>{any_of(PLURAL_SCALES)})(?P<of>(?:{GAP}of{GAP}(?:{any_of(PLURAL_SCALES)}))*))\b
    |(?P<head>
        \b(?i:(?P<vague>{any_of(VAGUE)}){_FOLLOWING})
        |\b(?i:(?P<half>half{JOINT}an?|(?:a{JOINT})?half){_HALVED})
        |\b(?i:(?P<quarters>(?:a|one|three){JOINT}quarters?{GAP}of{GAP}an?){_FOLLOWING})
        |\b(?i:(?P<fraction>(?:an?|{SMALL}){JOINT}{_PART}))\b
        |\b(?i:(?P<lone>half)(?={GAP}(?:of|the|its|their|his|her|all|these|those)\b))
        |\b(?i:(?P<article>an?)(?={JOINT}(?:{SCALE}|percentage{JOINT}point)\b))
        |\b(?i:(?P<small>{SMALL}(?:{JOINT}and{JOINT}(?:a{JOINT}(?:half|quarter)|three{JOINT}quarters))?))\b
        |(?P<digits>{DIGITS})
    )
    (?i:(?P<scales>(?:{JOINT}(?:hundred|thousand)\b(?:{JOINT}(?:and{JOINT})?{SMALL}\b(?!{JOINT}(?:{_PART})\b))?
        |{JOINT}{SCALE}\b)*(?P<tail>(?<=on){JOINT}and{JOINT}a{JOINT}half\b)?)))
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")


def read_number(hit: re.Match[str]) -> Amount | None:
    """The amount of a match of `NUMBER`, or None where its words make no number."""
    if hit["ordinal"] is not None:
        return exactly(read_ordinal(hit["ordinal"]))
    if hit["round"] is not None:
        return _read_round(hit["round"].lower(), hit["of"].lower())
    scales = [word for word in _WORD.findall(hit["scales"].lower()) if word not in {"and", "a", "half"}]
    if hit["vague"] is not None:
        low, high = VAGUE[re.sub(GAP, " ", hit["vague"].lower())]
        times = apply_scales(Decimal(1), scales)
        return Amount(None, low * times, None if high is None else high * times + (times - 1 if high > low else 0))
    value = apply_scales(read_head(hit), scales)
    if hit["tail"] is not None:
        value += Decimal(SCALES[scales[-1]]) / 2
    return exactly(value)


def exactly(value: Decimal) -> Amount:
    """The amount of a number without a hedge."""
    return Amount(value, value, value)


def read_head(hit: re.Match[str]) -> Decimal:
    """The value of a match without its scales: 1.5 of `1.5 million`, one half of `half a million`."""
    if hit["digits"] is not None:
        return read_digits(hit["digits"])
    if hit["half"] is not None or hit["lone"] is not None:
        return Decimal("0.5")
    if hit["quarters"] is not None:
        return Decimal("0.75") if hit["quarters"].lower().startswith("three") else Decimal("0.25")
    if hit["fraction"] is not None:
        return read_fraction(hit["fraction"])
    if hit["article"] is not None:
        return Decimal(1)
    whole, _, part = re.sub(r"[^a-z]+", " ", hit["small"].lower()).partition(" and ")
    rest = {"": "0", "a half": "0.5", "a quarter": "0.25", "three quarters": "0.75"}[part]
    return Decimal(read_small(whole)) + Decimal(rest)


def read_small(text: str) -> int:
    """The value of number words below a hundred: `twenty-one`."""
    return sum(UNITS.get(word, TENS.get(word, 0)) for word in _WORD.findall(text.lower()))


def read_digits(text: str) -> Decimal:
    """The value of digits: `1,200`, `12 500`, `1,50,000`, `2,25` with a decimal comma, `5 1/2`, `2½`."""
    whole, _, part = text.partition("/")
    if part:
        whole, _, top = whole.rpartition(" ") if " " in whole else ("0", "", whole)
        return Decimal(whole) + Decimal(top) / Decimal(part)
    if text[-1] in SIGNED_PARTS:
        top_of, below = SIGNED_PARTS[text[-1]]
        return Decimal(text[:-1] or 0) + Decimal(top_of) / Decimal(below)
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return Decimal(text.replace(",", "."))
    return Decimal(re.sub(rf"{GAP}|,", "", text))


def read_fraction(text: str) -> Decimal:
    """The value of a fraction in words: `two-thirds`, `a quarter`."""
    words = _WORD.findall(text.lower())
    top = 1 if words[0] in {"a", "an"} else read_small(" ".join(words[:-1]))
    return Decimal(top) / Decimal(PARTS[words[-1]])


def read_ordinal(text: str) -> Decimal:
    """The value of an ordinal: `5th`, `twenty-first`."""
    if text[0].isdigit():
        return Decimal(text[:-2].replace(",", ""))
    words = _WORD.findall(text.lower())
    return Decimal(sum((TENS | ORDINALS | TENTHS | LATE_ORDINALS)[word] for word in words))


def apply_scales(head: Decimal, scales: Iterable[str]) -> Decimal:
    """The head times its scale words, with the small numbers between added: `two`, `hundred thousand`."""
    total, current = Decimal(0), head
    for word in scales:
        if word in SCALES:
            scale = SCALES[word]
            if scale == 100 or word == DOZEN:
                current *= scale
            else:
                total, current = (total + current * scale, Decimal(0)) if current else (total * scale, current)
        else:
            current += read_small(word)
    return total + current


def _read_round(word: str, rest: str) -> Amount | None:
    """The bounds of plural scales: `dozens`, `tens of thousands`; `tens` alone is no number."""
    below = [PLURAL_SCALES[item] for item in _WORD.findall(rest) if item != "of"]
    if word == "tens" and not below:
        return None
    times = Decimal(1)
    for scale in below:
        times *= scale
    if word in ROUND and ROUND[word][1] is not None:
        low, high = ROUND[word]
    else:
        low, high = 2 * PLURAL_SCALES[word], 10 * PLURAL_SCALES[word] - 1
    return Amount(None, low * times, (high or 0) * times + times - 1)


def hedge(amount: Amount, relation: str, *, is_count: bool) -> Amount:
    """The amount under a hedge such as `at least`; a count that is more than 20 is 21 or more."""
    step = Decimal(1 if is_count else 0)
    low, high = amount.low, amount.high
    if relation == "at least":
        return Amount(amount.value, low, None)
    if relation == "at most":
        return Amount(amount.value, None, high)
    if relation == "more than":
        return Amount(amount.value, None if low is None else low + step, None)
    if relation == "less than":
        return Amount(amount.value, None, None if high is None else high - step)
    if amount.value is None:
        return amount
    near_low, near_high = near(amount.value)
    if relation == "almost":
        return Amount(amount.value, near_low, amount.value)
    return Amount(amount.value, near_low, near_high) if relation == "about" else amount


def near(value: Decimal) -> tuple[Decimal, Decimal]:
    """What "about VALUE" can mean, for fractions a tenth either way."""
    if value == value.to_integral_value() and value > 0:
        low, high = bounds_near(int(value))
        return Decimal(low), Decimal(high)
    slack = abs(value) / 10
    return value - slack, value + slack


def bounds_near(number: int) -> tuple[int, int]:
    """What "about NUMBER" can mean: a tenth either way, or half the step of a round number, a quarter at most."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    slack = max(number // 10, min(step // 2, number // 4), 1)
    return number - slack, number + slack
