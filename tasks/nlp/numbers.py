"""Numbers found in the text: sums of money, percentages, measures, counts and ranks, with value, bounds and unit.

One pattern finds the numbers; what stands right before and after each says what it counts; neighbours join to ranges
(`20 to 30 percent`), shares (`one in five`) and compound measures (`5ft 10in`); hedges (`at least`) move the bounds.
Times and names that the article gives are none, nor are scores, identifiers, phone numbers and list marks.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.nlp import extensions  # noqa: F401  (declares doc._.numbers)
from tasks.nlp import number_values as values
from tasks.nlp.number_units import Lexicon, Money, load_lexicon, plain_abbreviation, plain_unit, sign_before
from tasks.nlp.number_values import GAP, JOINT, Amount
from tasks.nlp.records import Mention, NumberMention
from tasks.nlp.time_rules import word_set

# How far before a number its hedge or currency sign may begin, in characters.
REACH = 36
# Characters that the tokens of a number may hold beyond it.
LONGEST_REST = 12
LABELS = {"percent": "PERCENT"}
# Abbreviations of one letter that count only right at the figure, save metres.
LOOSE_ABBREVIATIONS = frozenset({"m"})
TIGHT_ABBREVIATIONS = frozenset({"in", "in.", "st", "pc", "cf", "NM", "nm", "ins", "′", "″"})
# Units whose word after a small number word mostly means something else: two degrees, six feet under.
FIGURE_ONLY_UNITS = frozenset({"deg", "[kn_i]"})
# Words of currencies that are also verbs or other things: they need a large figure or a people before them.
DOUBTFUL_WORDS = word_set(
    "won crown crowns real reals sol sols soles som colon lek lev levs lei kina tala dong kip kips sen ore fen penny"
    " loti pula"
)
POUNDS = frozenset({"pound", "pounds"})
WEIGHING = re.compile(
    rf"\b(?:weigh(?:s|ed|ing|t)?|lost|lose|gain(?:ed)?|lift(?:ed)?|shed|heav(?:y|ier)|drop(?:ped)?){GAP}\W?[\w{GAP}]*$",
    re.IGNORECASE,
)
NUMBER_GAP = re.compile(rf"{GAP}?[-–—‐‑]{GAP}?|{GAP}(?:to|and|or){GAP}")
SHARE_GAP = re.compile(rf"{GAP}(?P<of>in|out{GAP}of){GAP}(?:every{GAP})?|-(?P<dash>in|out-of)-", re.IGNORECASE)
COMPOUND_GAP = re.compile(rf"(?:{GAP}|,|-|and)*")
SHARE_BASES = frozenset({*range(2, 13), 20, 25, 50, 100, 200, 250, 500, 1000, 10_000, 100_000, 1_000_000})
COMPOUNDS = {("[ft_i]", "[in_i]"): 12, ("[lb_av]", "[oz_av]"): 16, ("km", "m"): 1000, ("m", "cm"): 100}
BEFORE_BETWEEN = re.compile(rf"\bbetween{GAP}[^\w\s]?$", re.IGNORECASE)
BEFORE_CHANGE = re.compile(
    rf"\b(?:from|rose|risen|fell|fallen|grew|up|down|gained|lost|added|climbed|jumped|dropped|slid|dipped|surged|soared"
    rf"|declined|increased|decreased|rising|falling|by|advanced|slipped|eased|edged|shed|tumbled|plunged)"
    rf"{GAP}(?:\w+ly{GAP})?[^\w\s]?$",
    re.IGNORECASE,
)
CONTEST = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|w[io]ns?|beat(?:s|en)?|lost|lose|defeat\w*|scor\w+|lead(?:s|ing)?|led|draws?|drew|tied|margin"
    r"|victory|ahead|trail\w*|score|sets?|passed|split)\b",
    re.IGNORECASE,
)
PLURAL = re.compile(
    rf"{JOINT}(?:[a-z][a-z'’-]*{GAP}){{0,2}}?(?:people|men|women|children|police|[a-z]{{2,}}[a-hj-rtv-z]s)\b"
)
COUNTED = re.compile(rf"{GAP}(?:of\b|(?!(?:and|or|to|in|on|at|by|for|the|a|as|is|was)\b)[a-z])")
# Digits that are part of something else: dates, clocks, scores, phone numbers, addresses, versions, ratios.
JUNK = re.compile(
    r"""(?=[\d(+\[\#@hw ])(?:(?:https?://|www\.)\S+|[\#@]\w+
    |\+\d[\d ()-]{6,}\d|\(\d{3}\)[ ]?\d{3}-\d{4}|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b
    |\b\d{1,4}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d+(?:\.\d+){2,}\b
    |\b\d{1,2}:\d{2}(?::\d{2}|\.\d+)?\b|\b\d+:\d+\b|\b\d+/\d+/\d+\b|\b24/7\b|\b9/11\b|\b\d{1,3}(?:-\d{1,3}){2,}\b
    |(?m:^[ ]*\d{1,2}[.)](?=\s))|(?<!\d[ ,.])\b0\d{2,}(?:[ -]\d+)+|\(\d{1,2}\)(?=\s[a-z])|\[\d+\])""",
    re.VERBOSE,
)
# Words whose number names one of them, whatever follows; and those where a counted noun may follow.
CODE_WORDS = word_set(
    "no nos no. nos. number numbers article articles section sections chapter chapters flight route highway interstate"
    " room channel phase resolution resolutions proposition clause clauses paragraph paragraphs volume vol. page pages"
    " pp. p. boeing airbus formula apollo iphone figure table annex day aged age № # §"
)
COUNTER_WORDS = word_set(
    "order level stage step part issue prop type unit rule amendment schedule gate lane platform seat district ward"
    " zone block bus category grade tier season episode round week year version model item exhibit code box verse bill"
    " law decree factor game lap row title act ages grades"
)
BODY_WORDS = frozenset({"Big", "Top", "Club", "Final"})
BEFORE_BODY = re.compile(rf"\b(?:Group|Committee|Gang|Council|class|Class){GAP}of{GAP}$")
BEFORE_AGE = re.compile(rf"\baged?{GAP}(?:of{GAP})?$|\bage{GAP}of{GAP}$", re.IGNORECASE)
BEFORE_NAME = re.compile(rf"(?<![.!?:;”\"\n])(?:{GAP})[A-Z][\w’'&.-]*{GAP}$")
ZERO_AFTER = re.compile(rf"{JOINT}(?:tolerance|sum|emissions?|waste|hour|carbon|covid)\b", re.IGNORECASE)
ONE_BEFORE = re.compile(
    rf"\b(?:no|this|that|the|any|every|each|which|another|only|some|a|an|my|his|her|its|their|our|good|big|new|as|to|day"
    rf"|someone|than|small|right|wrong|latest|previous|last|next|same|first|is|was|it|you|if|like|such)(?:{GAP}|-)$",
    re.IGNORECASE,
)
ONE_AFTER = re.compile(
    rf"{GAP}(?:another|day|can|could|should|would|may|might|must|will|has|had|is|was|wants?|to|that|who|which|where|by|thing"
    rf"|and{GAP}only|side|hand|does|needs?|says?|said)\b|['’]s\b|-(?!\d)",
    re.IGNORECASE,
)
FRACTION_AFTER = re.compile(rf"{GAP}(?:of|more|less|fewer|the|as|higher|lower)\b|[,.;)]|$", re.IGNORECASE)
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
ORDINAL_NOT_AFTER = re.compile(
    rf"{JOINT}(?:lady|ladies|world|class|hand|aid|responders?|names?|degree|guess|party|of{GAP}(?:{MONTHS}))\b",
    re.IGNORECASE,
)
SECOND_NOT_BEFORE = re.compile(rf"(?:\b(?:a|per|each|every|split|one|any|this|that){GAP}|\d{GAP}?|-)$", re.IGNORECASE)
AT_LIKE_BEFORE = re.compile(rf"\b(?:at|from){GAP}$", re.IGNORECASE)


def _by_last_word(hedges: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The hedges with what they say by their last word, the longest first."""
    pairs = [(form, relation) for relation, forms in hedges.items() for form in forms.split("|")]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    lasts = {form.rpartition(" ")[2] for form, _ in pairs}
    return {last: tuple(pair for pair in pairs if pair[0].rpartition(" ")[2] == last) for last in lasts}


HEDGES_BY_LAST_WORD = _by_last_word(values.HEDGES_BEFORE)
BETWEEN_HEDGE = frozenset({"a", "an", "the", "another", "just", "only"})
HEDGE_AFTER = re.compile(
    "|".join(
        rf"(?P<h{index}>{GAP}(?:{values.any_of(words.split('|'))})\b)"
        for index, words in enumerate(values.HEDGES_AFTER.values())
    )
    + r"|(?P<plus>\+|-plus\b|[ -](?:odd|some)\b)",
    re.IGNORECASE,
)
# Hedges that also say where, about what or until when: they need a figure or a unit after them.
DOUBTFUL_HEDGES = frozenset(
    {"over", "above", "under", "below", "around", "about", "some", "near", "beyond", "up to", "perhaps"}
)
AMBIGUOUS_SHORT = re.compile(rf"(?P<gap>{GAP}?)(?P<short>[kKmMbBtT])(?![\w°²³/])")
CLEAR_SHORT = re.compile(
    rf"{GAP}?(?P<short>{values.any_of(short for short in values.SHORT_SCALES if len(short) > 1)})\b"
)
MULTI = re.compile(
    rf"\b(?P<multi>multi{JOINT}?)?(?P<scale>million|billion|trillion)(?={GAP}?[-‐‑]{GAP}?[a-z])", re.IGNORECASE
)
BAD_BEFORE = re.compile(r"(?:[A-Za-z]{1,}[-‐‑/]|[^\W\d_]|\d[.,:/]|_|\\)$")
MINUS = re.compile(rf"(?:(?<=\s)|(?<=\()|^)(?:[-−–](?=.?$)|minus{GAP})[^\w\s]?$", re.IGNORECASE)


class Number(NamedTuple):
    """A number in the text: where its own words stand, where it stands with its unit, and what it says."""

    core: tuple[int, int]
    start: int
    end: int
    label: str
    rule: str
    amount: Amount
    unit: str | None = None
    relation: str = "exact"
    score: float = 1.0
    head: Decimal | None = None
    scale: Decimal = Decimal(1)
    has_sign: bool = False
    is_minor: bool = False


def find_numbers(text: str, lexicon: Lexicon, taken: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of a text in order; `taken` are the sorted ranges of characters of times and names."""
    junk = _Ranges([hit.span() for hit in JUNK.finditer(text)])
    blocked = _Ranges(taken)
    money = Money(text, lexicon)
    raw = (_read(text, hit, lexicon, money) for hit in values.NUMBER.finditer(text) if not junk.touch(hit.span()))
    numbers = [number for number in raw if number is not None and not blocked.touch(number.core)]
    found = sorted([*numbers, *_find_multi(text, lexicon, money, numbers)], key=lambda number: number.start)
    aged = (_as_age(text, number) for number in _join(text, found))
    return [_hedge(text, number) for number in aged if _is_number(text, number)]


class _Ranges:
    """Sorted ranges of characters, asked whether they touch another."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self.starts = [start for start, _ in ranges]
        self.ends = [end for _, end in ranges]

    def touch(self, span: tuple[int, int]) -> bool:
        """Whether any of the ranges shares a character with the span."""
        index = bisect_right(self.starts, span[1] - 1) - 1
        return index >= 0 and self.ends[index] > span[0]


def _read(text: str, hit: re.Match[str], lexicon: Lexicon, money: Money) -> Number | None:
    """The number of a match with the unit that its neighbours give it; None where it is part of something else."""
    start, end = hit.span()
    sign = sign_before(text, start, lexicon.signs) if hit["ordinal"] is None else None
    if sign is None and BAD_BEFORE.search(text, max(0, start - 4), start) and not _continues(text, hit):
        return None
    amount = values.read_number(hit)
    if amount is None or (hit["digits"] and text[end : end + 1] in {":", "/"}):
        return None
    if hit["ordinal"]:
        return _read_ordinal(text, (start, end), amount)
    number = Number((start, end), start, end, "CARDINAL", _rule_of(hit), amount)
    if hit["head"]:
        number = number._replace(head=None if hit["vague"] else values.read_head(hit))
        number = number if not hit["scales"] else number._replace(scale=Decimal(0))
    if hit["fraction"]:
        fraction = _read_fraction(text, hit, number)
        is_part = fraction is not None and fraction.label == "CARDINAL"
        return _with_unit(text, fraction, hit, lexicon, money) if fraction is not None and is_part else fraction
    if hit["digits"] and not hit["scales"]:
        number = _with_short_scale(text, number, has_sign=sign is not None)
    if sign is not None and not hit["round"] and _fits_sign(sign[0], text, number):
        return _with_sign(text, number, sign, lexicon, money)
    if sign is not None and BAD_BEFORE.search(text, max(0, start - 4), start):
        return None
    return _with_unit(text, _with_minus(text, number), hit, lexicon, money)


CONTINUING = re.compile(r"(?:\b(?:in|of|to|and|or|a|by|foot|ft)|\d[A-Za-z%°]{1,4})-$")


def _continues(text: str, hit: re.Match[str]) -> bool:
    """Whether the hyphen before a number joins it to a range or share: one-in-10, six-to-eight, 5km-10km."""
    return CONTINUING.search(text, max(0, hit.start() - 8), hit.start()) is not None


def _rule_of(hit: re.Match[str]) -> str:
    if hit["round"] or hit["vague"]:
        return "round"
    if hit["fraction"] or hit["lone"] or (hit["digits"] and "/" in hit["digits"] and " " not in hit["digits"]):
        return "fraction"
    return "figure" if hit["digits"] else "word"


# Short scales of one letter that may stand without a currency, before what is counted: 100m people, 10K followers.
COUNT_SCALES = frozenset("kKmMB")


def _with_short_scale(text: str, number: Number, *, has_sign: bool) -> Number:
    """The number with the short scale right after its digits: 3.5bn, $4m, 10k; `100m` alone is a length."""
    short = CLEAR_SHORT.match(text, number.end)
    if short is None:
        short = AMBIGUOUS_SHORT.match(text, number.end)
        if short is None:
            return number
        is_scale = short["short"] in COUNT_SCALES and (
            PLURAL.match(text, short.end()) is not None or text.startswith("-strong", short.end())
        )
        if not has_sign and (short["gap"] or not is_scale):
            return number
    scale = Decimal(values.SHORT_SCALES[short["short"]])
    return number._replace(
        core=(number.start, short.end()), end=short.end(), scale=Decimal(0), amount=_times(number.amount, scale)
    )


def _times(amount: Amount, factor: Decimal) -> Amount:
    value, low, high = (None if part is None else part * factor for part in amount)
    return Amount(value, low, high)


def _fits_sign(sign: str, text: str, number: Number) -> bool:
    """Whether a sign of one letter is a currency's here: R67.6 billion, N1,200, not the road R20."""
    if len(sign) > 1 or not sign.isalpha():
        return True
    is_large = number.scale == 0 or "," in text[number.core[0] : number.core[1]]
    return is_large and (text[number.start - 1] == sign or number.scale == 0)


def _with_sign(text: str, number: Number, sign: tuple[str, int], lexicon: Lexicon, money: Money) -> Number:
    code, score = money.of_sign(sign[0])
    end = number.end
    again = lexicon.word_after.match(text, end)
    if again is not None and again["word"]:
        end = again.end()
    found = number._replace(
        start=sign[1], end=end, label="MONEY", rule="money_sign", unit=code, score=score, has_sign=True
    )
    return _with_minus(text, found)


def _with_minus(text: str, number: Number) -> Number:
    """The number below zero where a minus stands before it: -0.3%, minus 20 degrees, -$5m."""
    hit = MINUS.search(text, max(0, number.start - 8), number.start)
    if hit is None or number.amount.value is None:
        return number
    amount = _times(number.amount, Decimal(-1))
    return number._replace(start=hit.start(), amount=amount, head=None if number.head is None else -number.head)


OF_UNIT = re.compile(rf"{GAP}of(?:{GAP}(?:an?|one))?(?={GAP})")


def _with_unit(text: str, number: Number, hit: re.Match[str], lexicon: Lexicon, money: Money) -> Number:
    """The number with the currency or unit after it, if any."""
    end = number.end
    part = OF_UNIT.match(text, end) if hit["round"] or hit["lone"] or hit["fraction"] else None
    if hit["fraction"] and part is None:
        return number
    position = end if part is None else part.end()
    found = _currency_after(text, number, position, lexicon, money)
    if found is None:
        found = _unit_after(text, number, position, lexicon, is_figure=bool(hit["digits"]))
    if found is None or (hit["lone"] and found.label != "PERCENT"):
        return number
    return found


def _currency_after(text: str, number: Number, position: int, lexicon: Lexicon, money: Money) -> Number | None:
    word = lexicon.word_after.match(text, position)
    if word is None:
        sign = lexicon.sign_after.match(text, position)
        if sign is None:
            return None
        code, score = money.of_sign(sign["sign"])
        return number._replace(end=sign.end(), label="MONEY", rule="money_sign", unit=code, score=score)
    name, people = (word["word"] or word["minor"]).lower(), word["people"].strip()
    longer = f"{people} {name}".lower()
    if people and longer in lexicon.words:
        name, people = longer, ""
    is_large = number.scale == 0 or (number.amount.low or 0) >= (1000 if name == "won" else 100)
    if (name in DOUBTFUL_WORDS and not (is_large or people)) or (name == "p" and word.start("minor") != position):
        return None
    if name in POUNDS and not people and not _is_money(text, number, word.end()):
        return None
    if number.rule == "word" and name in {"buck", "bucks"} and number.amount.value == 1:
        return None
    choice = money.of_word(name, people, is_minor=bool(word["minor"]))
    if choice is None:
        return None
    amount = _times(number.amount, Decimal("0.01")) if word["minor"] else number.amount
    code, score = choice
    return number._replace(
        end=word.end(), label="MONEY", rule="money_word", unit=code, score=score, amount=amount,
        is_minor=bool(word["minor"]),
    )  # fmt: skip


MONEY_NEAR = re.compile(
    r"\b(?:cost|costs|costing|pay|paid|pays|paying|worth|fine|fined|price|priced|prize|salary|fee|fees|debt|fund|note|notes"
    r"|spend|spent|earn|earned|charge|charged|bill|tax|raised|budget|loan|donated|invest(?:ed|ment)?)\b[^.]*$",
    re.IGNORECASE,
)
OF_STUFF = re.compile(rf"{GAP}of{GAP}(?!(?:debt|aid|invest|fund|tax|public|government|damage|sav))[a-z]")


def _is_money(text: str, number: Number, end: int) -> bool:
    """Whether pounds are money here, not a weight."""
    before = text[max(0, number.start - 60) : number.start]
    if OF_STUFF.match(text, end) or WEIGHING.search(before):
        return False
    if number.scale == 0 or "£" in text or MONEY_NEAR.search(before):
        return True
    return (number.amount.low or 0) >= 10_000


def _unit_after(text: str, number: Number, position: int, lexicon: Lexicon, *, is_figure: bool) -> Number | None:
    """The number with the unit whose word follows, or whose abbreviation follows its digits."""
    word = lexicon.unit_after.match(text, position)
    if word is not None:
        code, dimension = lexicon.units[plain_unit(word["unit"])]
        if code in FIGURE_ONLY_UNITS and not is_figure:
            return None
        return _measured(number, word.end(), code, dimension)
    short = lexicon.abbreviation_after.match(text, position) if is_figure else None
    if short is None:
        return None
    abbreviation, gap = short["unit"], short["gap"]
    is_tight = abbreviation in TIGHT_ABBREVIATIONS or (len(abbreviation) == 1 and abbreviation.isalpha())
    if (is_tight and gap and abbreviation not in LOOSE_ABBREVIATIONS) or ("-" in gap and not abbreviation.isalpha()):
        return None
    code, dimension = lexicon.abbreviations[plain_abbreviation(abbreviation)]
    return _measured(number, short.end(), code, dimension)


def _measured(number: Number, end: int, code: str, dimension: str) -> Number:
    label = LABELS.get(dimension, "QUANTITY")
    rule = "percent" if label == "PERCENT" else "age" if dimension == "age" else "measure"
    return number._replace(end=end, label=label, rule=rule, unit=code)


def _read_ordinal(text: str, span: tuple[int, int], amount: Amount) -> Number | None:
    """The rank of a match; None for a second of time, the first lady, `First,` and names such as Fifth Avenue."""
    start, end = span
    word = text[start:end]
    if word.lower() == "second" and SECOND_NOT_BEFORE.search(text, max(0, start - 8), start):
        return None
    if ORDINAL_NOT_AFTER.match(text, end) or (word.lower() == "first" and AT_LIKE_BEFORE.search(text[:start][-6:])):
        return None
    if ADDRESS.match(text, end):
        return None
    is_list_mark = word[0].isupper() and text[end : end + 1] == ","
    is_name = word[0].isupper() and re.match(rf"{GAP}[A-Z]", text[end : end + 2]) is not None
    if is_list_mark or is_name:
        return None
    return Number(span, start, end, "ORDINAL", "ordinal", amount)


def _read_fraction(text: str, hit: re.Match[str], number: Number) -> Number | None:
    """The fraction of a match; `a third person` and `a quarter earlier` are none, and `third` is then a rank."""
    words = hit["fraction"].lower()
    is_article = words.startswith(("a ", "an ", "a-"))
    if not is_article or FRACTION_AFTER.match(text, number.end):
        return number
    rank = re.split(r"[^a-z]+", words, maxsplit=1)[1]
    if rank not in values.ORDINALS:
        return None
    start = number.end - len(rank)
    return _read_ordinal(text, (start, number.end), values.exactly(values.read_ordinal(rank)))


def _find_multi(text: str, lexicon: Lexicon, money: Money, numbers: Sequence[Number]) -> Iterator[Number]:
    """Sums without a figure: multimillion-dollar is two to below a thousand of its scale, million-dollar is one."""
    known = _Ranges([number.core for number in numbers])
    for hit in MULTI.finditer(text):
        if known.touch(hit.span()):
            continue
        scale = Decimal(values.SCALES[hit["scale"].lower()])
        amount = Amount(None, 2 * scale, 1000 * scale - 1) if hit["multi"] else values.exactly(scale)
        number = Number(hit.span(), hit.start(), hit.end(), "CARDINAL", "round", amount, scale=Decimal(0))
        found = _currency_after(text, number, hit.end(), lexicon, money)
        if found is not None:
            yield found


def _join(text: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """The numbers with ranges, shares and compound measures as one each."""
    index = 0
    while index < len(numbers):
        number = numbers[index]
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        both = None if following is None else _join_two(text, number, following)
        yield both or number
        index += 1 if both is None else 2


def _join_two(text: str, left: Number, right: Number) -> Number | None:
    if left.label == "ORDINAL" or right.label == "ORDINAL" or left.end > right.start:
        return None
    gap = text[left.end : right.start]
    if len(gap) > 14:
        return None
    return _as_share(text, left, right, gap) or _as_compound(left, right, gap) or _as_range(text, left, right, gap)


def _as_share(text: str, left: Number, right: Number, gap: str) -> Number | None:
    """`one in five`, `two out of three`: a fraction."""
    hit = SHARE_GAP.fullmatch(gap)
    top, base = left.amount.value, right.amount.value
    if hit is None or top is None or base is None or left.unit or right.unit or not 0 < top < base:
        return None
    is_out_of = (hit["of"] or hit["dash"]).startswith("out")
    if not is_out_of and not (top < 10 and base in SHARE_BASES):
        return None
    amount = values.exactly(top / base)
    return left._replace(core=(left.core[0], right.core[1]), end=right.end, rule="share", amount=amount)


def _as_compound(left: Number, right: Number, gap: str) -> Number | None:
    """`5ft 10in` in inches, `3 dollars and 50 cents` in dollars."""
    if COMPOUND_GAP.fullmatch(gap) is None or left.amount.value is None or right.amount.value is None:
        return None
    core = (left.core[0], right.core[1])
    if right.is_minor and not left.is_minor and left.label == "MONEY" and left.rule == "money_word":
        amount = values.exactly(left.amount.value + right.amount.value)
        return left._replace(core=core, end=right.end, amount=amount)
    is_bare = right.unit is None and left.unit == "[ft_i]" and "-" in gap and right.amount.value < 12
    unit = "[in_i]" if is_bare else right.unit
    factor = COMPOUNDS.get((left.unit or "", unit or ""))
    if factor is None or right.amount.value >= factor:
        return None
    amount = values.exactly(left.amount.value * factor + right.amount.value)
    return left._replace(core=core, end=right.end, amount=amount, unit=unit)


def _as_range(text: str, left: Number, right: Number, gap: str) -> Number | None:
    """`20 to 30 percent`, `$12-14 billion`, `between five and ten`: the bounds of both."""
    if NUMBER_GAP.fullmatch(gap) is None or left.amount.low is None or right.amount.high is None:
        return None
    if not _may_share_unit(left, right, gap) or not _is_range_gap(text, left, right, gap.strip()):
        return None
    factor = _shared_scale(left, right)
    if right.is_minor and left.unit is None:
        factor = Decimal("0.01")
    low = left.amount.low * factor
    if low >= right.amount.high:
        return None
    whole = right if right.label != "CARDINAL" else left
    return whole._replace(
        core=(left.core[0], right.core[1]), start=left.start, end=right.end,
        amount=Amount(None, low, right.amount.high), relation="between", score=min(left.score, right.score),
    )  # fmt: skip


def _shared_scale(left: Number, right: Number) -> Decimal:
    """The scale that the right number lends to a smaller bare one before it: `$12-14 billion`."""
    if left.head is None or right.head is None or right.amount.value is None or left.scale != 1 or right.scale != 0:
        return Decimal(1)
    is_smaller = 0 < left.head < right.head and left.head < 1000
    return right.amount.value / right.head if is_smaller else Decimal(1)


def _may_share_unit(left: Number, right: Number, gap: str) -> bool:
    """Whether two numbers can bound one range: one unit, or one of them bare on the side that grammar allows."""
    if left.label == right.label and left.unit == right.unit:
        return True
    if left.label == "CARDINAL":
        return not right.has_sign
    is_scaled = right.scale == 0 and left.scale == 1
    return right.label == "CARDINAL" and left.has_sign and (is_scaled or gap.strip() not in {"to", "and", "or"})


def _is_range_gap(text: str, left: Number, right: Number, joint: str) -> bool:
    before = text[max(0, left.start - REACH) : left.start]
    is_bare = left.label == right.label == "CARDINAL"
    if joint == "and":
        return BEFORE_BETWEEN.search(before) is not None
    if joint == "or":
        return is_bare and left.rule == right.rule == "word" and (right.amount.high or 0) <= 3 * (left.amount.low or 0)
    if joint == "to":
        return BEFORE_CHANGE.search(before) is None and not (is_bare and CONTEST.search(before))
    if is_bare and right.scale == 1:
        return PLURAL.match(text, right.end) is not None and CONTEST.search(before) is None
    return True


def _is_number(text: str, number: Number) -> bool:
    """Whether a number without unit counts something: no identifier, year, score or part of a name."""
    if number.label != "CARDINAL":
        return True
    if number.amount.value == 0 and number.rule == "word" and ZERO_AFTER.match(text, number.end):
        return False
    if number.rule in {"round", "share"} and text[number.start : number.end].lower() == "scores":
        last = (text[max(0, number.start - REACH) : number.start].lower().split() or [""])[-1]
        return text.startswith(" of", number.end) and last not in SCORED
    if number.rule in {"round", "share"}:
        return True
    if number.rule == "fraction":
        before = text[max(0, number.start - 10) : number.start].lower()
        return re.search(r"(?:first|second|other|latter|better|last|this|third|bottom|top)[ -]$", before) is None
    return not (_is_marked(text, number) or _is_year(text, number) or _is_pronoun(text, number))


def _is_marked(text: str, number: Number) -> bool:
    """Whether a number belongs to a name, a code or a score: Article 5, Boeing 737, 2-1, 5G, a line of its own."""
    start, end = number.core
    before, after = text[max(0, start - REACH) : start], text[end : end + 2]
    is_counting = PLURAL.match(text, end) is not None
    if after[:1].isalnum() or after[:2] in {"'s", "’s"} or (after[:1] in DASHES and after[1:].isdigit()):
        return True
    if _names_one(before, is_counting=is_counting) or ADDRESS.match(text, end):
        return True
    if before[-1:] in DASHES and before[-2:-1].isdigit():
        return True
    if number.rule == "figure" and not before.rpartition("\n")[2].strip() and re.match(r"\s*(?:\n|$)", text[end:]):
        return True
    is_plain = "," not in text[start:end] and number.scale == 1 and not is_counting
    is_name_like = number.rule == "figure" or text[start].isupper()
    return is_plain and is_name_like and BEFORE_NAME.search(text, max(0, start - REACH), start) is not None


# A house number's street: 505 W Broadway, 10 Downing Street.
ADDRESS = re.compile(
    rf"{GAP}(?:(?:[NSEW]\.?|[A-Z]\w+|\d+\w\w){GAP}){{0,3}}"
    r"(?:Ave|Avenue|St|Street|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Broadway|Highway|Way|Place|Square)\b"
)


def _names_one(before: str, *, is_counting: bool) -> bool:
    """Whether the word before a number makes it the name of one thing: Article 5, No. 10, Group of 20."""
    last = before.rsplit(maxsplit=1)[-1].lstrip('([“"‘') if before.strip() and before[-1] != "\n" else ""
    if last.lower() in CODE_WORDS or last in BODY_WORDS or last[-1:] in {"#", "№", "§", "'", "‘"}:
        return True
    return BEFORE_BODY.search(before) is not None or (last.lower() in COUNTER_WORDS and not is_counting)


# Words before scores that are marks, not twenties.
SCORED = word_set("test exam credit reading math maths high low average approval final their its his her the")
DASHES = frozenset("-–—‐‑")


def _is_year(text: str, number: Number) -> bool:
    start, end = number.core
    if number.rule != "figure" or re.fullmatch(r"(?:1[5-9]|20)\d\d", text[start:end]) is None:
        return False
    return text[start:end] >= "1900" or PLURAL.match(text, end) is None


def _is_pronoun(text: str, number: Number) -> bool:
    """Whether `one` stands for a thing: no one, this one, one's; not `one of them`, `one soldier`."""
    start, end = number.core
    if text[start:end].lower() != "one":
        return False
    if ONE_BEFORE.search(text, max(0, start - REACH), start) or ONE_AFTER.match(text, end):
        return True
    return COUNTED.match(text, end) is None


APPOSED = re.compile(
    rf"(?:[A-Z][\w’'-]+|\b(?:son|daughter|mother|father|wife|husband|brother|sister|boy|girl|man|woman)),{GAP}(?:then{GAP})?$"
)
AFTER_AGE = re.compile(rf"[,.;)]|{GAP}(?:and|who|from|of)\b")


def _hedge(text: str, number: Number) -> Number:
    """The number with the bounds of the hedge before or after it."""
    if number.label == "ORDINAL" or number.relation != "exact":
        return number
    relation = _hedge_before(text, number) or _hedge_after(text, number)
    if relation is None:
        return number if number.amount.value is not None else number._replace(relation="about")
    value = number.amount.value
    is_count = number.label == "CARDINAL" and (value is None or value == value.to_integral_value()) and value != 0
    return number._replace(relation=relation, amount=values.hedge(number.amount, relation, is_count=is_count))


def _as_age(text: str, number: Number) -> Number:
    """`aged 34` and `Ana Ruiz, 34,` as an age in years."""
    value = number.amount.value
    if number.label != "CARDINAL" or value is None or not 0 < value < 116 or number.rule != "figure":
        return number
    before = text[max(0, number.start - REACH) : number.start]
    is_apposed = APPOSED.search(before) is not None and AFTER_AGE.match(text, number.end) is not None
    if not is_apposed and BEFORE_AGE.search(before) is None:
        return number
    return number._replace(label="QUANTITY", rule="age", unit="a")


RELATIONS_AFTER = tuple(values.HEDGES_AFTER)


def _hedge_before(text: str, number: Number) -> str | None:
    before = text[max(0, number.start - REACH) : number.start].lower()
    words = before.split()
    if words and words[-1] in BETWEEN_HEDGE:
        before = before.rstrip()[: -len(words[-1])]
        words.pop()
    for form, relation in HEDGES_BY_LAST_WORD.get(words[-1].lstrip('(“"‘'), ()) if words else ():
        is_whole = re.sub(GAP, " ", before).rstrip().endswith(form) and "\n" not in before[-len(form) - 2 :]
        start = len(before.rstrip()) - len(form)
        if is_whole and not before[max(0, start - 1) : start].isalnum():
            is_small = number.label == "CARDINAL" and number.rule == "word" and (number.amount.high or 0) < 10
            return None if form in DOUBTFUL_HEDGES and is_small else relation
    return None


def _hedge_after(text: str, number: Number) -> str | None:
    hit = HEDGE_AFTER.match(text, number.end)
    if hit is None or hit.lastgroup is None:
        return None
    if hit.lastgroup == "plus":
        return "at least" if hit.group().lower() in {"+", "-plus"} else "about"
    return RELATIONS_AFTER[int(hit.lastgroup[1:])]


def to_mentions(doc: Doc, text: str, numbers: Iterable[Number]) -> Iterator[NumberMention]:
    """The numbers as mentions over tokens; a token that holds far more than the number gives none."""
    is_tagged = doc.has_annotation("TAG")
    done = 0
    for number in numbers:
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is None or span.start < done or len(span.text) > number.end - number.start + LONGEST_REST:
            continue
        if is_tagged and text[number.start : number.end].lower() == "one" and span[0].tag_ != "CD":
            continue
        done = span.end
        value, low, high = (None if part is None else float(part) for part in number.amount)
        yield NumberMention(
            span.start,
            span.end,
            number.label,
            value,
            low,
            high,
            number.unit,
            number.relation,
            number.rule,
            number.score,
        )


def taken_by(doc: Doc) -> list[tuple[int, int]]:
    """The ranges of characters of the times and names of a doc, sorted."""
    spans = [(item.start, item.end) for item in (*doc._.times, *doc._.mentions)]
    return sorted((doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in spans)


def without_signs(doc: Doc, numbers: Iterable[Number]) -> list[Mention]:
    """The mentions of a doc save those that are letters of a currency sign: the US of US $5 million is no country."""
    signs = _Ranges([(number.start, number.core[0]) for number in numbers if number.has_sign])
    return [item for item in doc._.mentions if not signs.touch((doc[item.start].idx, doc[item.start].idx + 1))]


@Language.factory(
    "dateline_numbers",
    default_config={"reference_dir": ""},
    assigns=["doc._.numbers", "doc.spans"],
    requires=["token.tag"],
)
def create_numbers(nlp: Language, name: str, reference_dir: str) -> Callable[[Doc], Doc]:
    """The component that fills `doc._.numbers` and `doc.spans["numbers"]`, and frees mentions of currency signs."""
    lexicon = load_lexicon(reference_dir)

    def set_numbers(doc: Doc) -> Doc:
        text = doc.text
        numbers = find_numbers(text, lexicon, taken_by(doc))
        found = list(to_mentions(doc, text, numbers))
        doc._.numbers = found
        doc._.mentions = without_signs(doc, numbers)
        doc.spans["numbers"] = [Span(doc, item.start, item.end, label=item.label) for item in found]
        return doc

    return set_numbers
