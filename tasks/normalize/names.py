"""Keys of names: what two spellings of one name have in common, and what tells two names apart."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

CACHED = 200_000  # names whose keys are kept, as articles repeat them
# Letters that decompose into nothing useful, as readers without them type the name.
LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
        "ə": "a", "ŋ": "n", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "–": "-", "‐": "-", "‑": "-", "—": "-",
    }
)  # fmt: skip
PLAIN = str.maketrans({"-": " ", "'": None, ".": None, "_": " "})
SPACES = re.compile(r"[\s\-_/]+")
PUNCTUATION = re.compile(r"[^\w\s&]")
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
RUN_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_]\.)")
POSSESSIVE = re.compile(r"(?:'s|'|’s|’)$")
EDGES = ' \t\n.,;:!?"“”„«»()[]{}…*-–—'
ARTICLES = ("the ", "The ", "THE ")
FAMILY_MARKS = frozenset({"jr", "sr"})
GENERATIONS = FAMILY_MARKS | {"ii", "iii", "iv"}
PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "ben", "bint", "abu", "von", "van", "der", "den", "de", "da", "do", "dos", "das",
    "di", "du",
    "la", "le", "las", "los", "y", "e", "af", "av", "zu", "zum", "ter", "ten",
})  # fmt: skip
SMALL_WORDS = frozenset({
    "of", "the", "and", "for", "in", "on", "at", "to", "de", "la", "du", "des", "del", "di",
    "et", "y", "und", "der", "die",
})  # fmt: skip
# British and other usual variants of words in names of organisations, so that both give one key.
SPELLINGS = {
    "organisation": "organization", "organisations": "organizations", "defence": "defense", "centre": "center",
    "labour": "labor", "programme": "program", "co operation": "cooperation", "intl": "international",
    "dept": "department", "govt": "government", "&": "and", "univ": "university", "assn": "association",
}  # fmt: skip
BILLS = frozenset({"HR"})  # what stands before the number of a bill
LEGAL_FORMS = frozenset(
    {"inc", "corp", "corporation", "ltd", "limited", "plc", "llc", "co", "company", "ag", "sa", "gmbh"}
)
# Spellings that only differ in how another script was put into Latin letters; longest first.
TRANSLITERATIONS = (
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("zh", "j"),
    ("ch", "c"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "c"), ("tz", "c"), ("cz", "c"),
    ("ck", "k"), ("ks", "x"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("q", "k"), ("w", "v"), ("z", "s"),
)  # fmt: skip
VOWELS = str.maketrans({"y": "i", "j": "j", "e": "i", "o": "u"})
SLAVIC_ENDING = re.compile(r"ink[au]$")
REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=CACHED)
def fold(text: str) -> str:
    """The text in lower-case Latin letters without accents, with one kind of apostrophe and dash."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=CACHED)
def clean_name(text: str) -> str:
    """The name as it would stand in a list: one line, no article, no possessive, no punctuation at its edges."""
    name = " ".join(text.split()).strip(EDGES)
    name = POSSESSIVE.sub("", name) if not name.endswith(("s'", "s’")) else name[:-1]
    for article in ARTICLES:
        if name.startswith(article) and len(name) > len(article) + 1:
            name = name[len(article) :]
    if text.rstrip().endswith(".") and DOTTED.search(name + "."):
        name += "."
    return name.strip()


@lru_cache(maxsize=CACHED)
def name_key(text: str) -> str:
    """The key that spellings of one name share: no case, accents, dots, hyphens, article or possessive.

    `Nur Sultan` and `Nur-Sultan`, `U.S.` and `US`, `the Côte d’Ivoire` and `Cote d'Ivoire` agree; a plus is a word.
    """
    name = fold(clean_name(text)).replace("+", " plus ")
    name = DOTTED.sub(lambda match: match.group().replace(".", ""), name + " ")
    name = PUNCTUATION.sub("", SPACES.sub(" ", name))
    return " ".join(name.split())


def plain_key(name: str) -> str:
    """`name_key` for the many names of a gazetteer: quick where the name is plain ASCII."""
    return name.lower().translate(PLAIN) if name.isascii() else name_key(name)


@lru_cache(maxsize=CACHED)
def organisation_key(text: str) -> str:
    """The key of an organisation's name: spellings, `Ministry of X` and `X Ministry`, and legal forms agree.

    Departments are as ministries.
    """
    words = [SPELLINGS.get(word, word) for word in name_key(text).split()]
    if len(words) > 2 and words[0] in ("ministry", "department") and words[1] == "of":
        words = [*(word for word in words[2:] if word != "the"), words[0]]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return " ".join(word for word in words if word != "the")


@lru_cache(maxsize=CACHED)
def is_acronym(text: str) -> bool:
    """Whether the name is a short form in capitals such as CSTO, U.N. or IAEA."""
    name = clean_name(text).replace(".", "").replace("-", "")
    letters = [char for char in name if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    is_short = " " not in name and 2 <= len(name) <= 8
    return is_short and name[0].isupper() and capitals >= 2 and capitals >= len(letters) - 1


def acronym_key(text: str) -> str:
    """The letters of an acronym: `U.N.` and `UN` agree, `AP` and `A&P` do not."""
    return "".join(char for char in clean_name(text) if char.isalnum() or char == "&").upper()


def expand_initials(name: str) -> tuple[str, str]:
    """The initials of a name's words, with and without its small words."""
    words = name_key(name).split()
    return (
        "".join(word[0] for word in words if word not in SMALL_WORDS).upper(),
        "".join(word[0] for word in words).upper(),
    )


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether the acronym is made of the initials of the name, small words in or out."""
    return len(name.split()) > 1 and not is_bill(acronym) and acronym_key(acronym) in expand_initials(name)


def is_bill(text: str) -> bool:
    """Whether a name is what stands before the number of a bill: `H.R.`"""
    return is_acronym(text) and acronym_key(text) in BILLS


def is_shouted(text: str) -> bool:
    """Whether a name of more than one word stands in capitals, as headlines do."""
    return " " in text.strip() and text == text.upper() and text != text.lower()


def is_well_formed(text: str) -> bool:
    """Whether the name looks like one: it starts with a capital or a digit, is no headline and holds no line break."""
    name = clean_name(text)
    return bool(name) and (name[0].isupper() or name[0].isdigit() or not name[0].isascii()) and not is_shouted(name)


@lru_cache(maxsize=CACHED)
def transliteration_key(text: str) -> str:
    """The key that transliterations of a name share: Nazarbaev and Nazarbayev, Zelensky and Zelenskyy."""
    return " ".join(transliterate(word) for word in name_key(text).split())


def transliterate(word: str) -> str:
    """The word with sounds that are written in several ways written in one."""
    for seen, kept in TRANSLITERATIONS:
        word = word.replace(seen, kept)
    plain = REPEATED.sub(r"\1", word.translate(VOWELS))
    return SLAVIC_ENDING.sub("inka", plain).rstrip("i") if len(plain) > 3 else plain


def similarity(one: str, other: str) -> float:
    """How alike two keys are, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(maxsize=CACHED)
def person_words(text: str) -> tuple[str, ...]:
    """The words of a person's name as keys, without generation marks; `O'Neill` stays one word, `Elizabeth II` two.

    Initials are words, whether spaced or not: `H.W.` and `H. W.`
    """
    words = name_key(RUN_INITIALS.sub(" ", text)).split()
    is_numbered = len(words) == 2 and words[1] in GENERATIONS - FAMILY_MARKS
    return tuple(word for word in words if is_numbered or word not in GENERATIONS)


def is_pair(text: str) -> bool:
    """Whether a hyphen or slash joins two names to one word, as in `Obama-Biden`; `al-Sisi` has a particle."""
    name = clean_name(text)
    first, *rest = re.split(r"[-‑–/]", name)
    return bool(rest) and " " not in name and first.casefold() not in PARTICLES


def family_mark(text: str) -> str | None:
    """The mark of a person's name that tells parent and child of that name apart, `jr` or `sr`, or None."""
    return next((word for word in name_key(text).split() if word in FAMILY_MARKS), None)


def last_name(words: tuple[str, ...]) -> str:
    """The last name with its particles: `bin salman`, `al assad`, `von der leyen`."""
    start = len(words) - 1
    while start > 1 and len(words[start - 1]) > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def have_rival_initials(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the middle names of two names begin otherwise, one of them an initial.

    `George W. Bush` is not `George H. W. Bush`, nor `George Herbert Walker Bush`.
    """
    first, second = ([w for w in words[1:-1] if len(w) == 1 or w not in PARTICLES] for words in (one, other))
    has_initial = any(len(word) <= 2 for word in (*first, *second))
    return bool(first and second) and has_initial and first[0][0] != second[0][0]
