"""Which quotes are one utterance: the same words of the same speaker, cut or reworded at places, in any outlets."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tasks.normalize.names import fold

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:'\w+)?")
NOT = "not"
NEGATIONS = frozenset({"not", "cannot", "never", "no", "nor", "neither", "none", "without"})
# What direct and indirect speech word differently, and what any two statements share.
FUNCTION_WORDS = frozenset(
    word
    for line in (
        "a about after all also am an and any are as at be because been before being but by can could course did do",
        "does doing for from had has have having he her here hers him his how i i'm i've i'd i'll if in into is it",
        "it's its just may me might mine must my now of off on or our ours out over quite she should so some such",
        "than that that's the their theirs them then there there's these they they're this those to too up us very",
        "was we we're we've we'll were what when where which while who whom whose why will with would yes you your",
        "yours he's she's you're let's today",
    )
    for word in line.split()
)
ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
SHORTEST_STEM = 3
# Content words that two wordings share at least: of one speaker, of an unknown one, of a body and its spokesperson.
FEWEST, FEWEST_UNKNOWN, FEWEST_FOR_ANOTHER = 4, 5, 8
FRAGMENT = 3  # content words of a cut that stands whole in what the same speaker said
ALIKE = 0.75  # share of the shorter wording's content words that the longer has too, in order
ALIKE_UNSURE = 0.9  # where the speaker is not known, or another
ALIKE_IN_ARTICLE = 0.95  # what one article words twice and differently was said twice
OVERLAP = 5  # content words that end one cut and begin the other
NEAR = 2  # words between two pieces that belong together
SHORT_GAP = 3  # words of a gap that is a change, not a cut
MOST_CANDIDATES = 8
CROWDED = 50  # a pair of words in more utterances than this is a set phrase and finds no candidates
VOCABULARY = 1 << 31
PERSON, BODY = "person", "body"

Block = tuple[int, int, int]


class Voice(NamedTuple):
    """Who speaks: the kind, a person or a body that persons speak for, and the entity."""

    kind: str
    entity_id: str


class Said(NamedTuple):
    """A quote as it is compared."""

    article_id: str
    words: tuple[str, ...]
    voice: Voice | None
    said_on: date | None


class Utterance:
    """Quotes of one utterance: the longest of them and its rank by length, the voices and the day it is given to."""

    def __init__(self, leader: int, rank: int, said: Said) -> None:
        self.leader = leader
        self.rank = rank
        self.voices: dict[str, str] = {}
        self.said_on: date | None = None
        self.add(said)

    def add(self, said: Said) -> None:
        """Takes in what a quote tells of speaker and day."""
        if said.voice is not None:
            self.voices.setdefault(*said.voice)
        self.said_on = self.said_on or said.said_on

    def admits(self, said: Said) -> bool:
        """Whether speaker and day of a quote do not speak against it; two outlets may be a day apart."""
        if said.voice is not None and self.voices.get(said.voice.kind, said.voice.entity_id) != said.voice.entity_id:
            return False
        return self.said_on is None or said.said_on is None or abs((self.said_on - said.said_on).days) <= 1

    def has_voice(self, voice: Voice | None) -> bool:
        """Whether it is given to that very speaker."""
        return voice is not None and self.voices.get(voice.kind) == voice.entity_id


def content_words(content: str) -> tuple[str, ...]:
    """The words of a quote as they are compared: folded, without punctuation."""
    return tuple(word.replace(",", "") for word in WORD.findall(fold(content)))


def content_stems(words: Sequence[str]) -> tuple[str, ...]:
    """The words that carry the content, without the endings that tense and number change."""
    return tuple(stem(word) for word in words if word not in FUNCTION_WORDS)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without its ending; all negations are one."""
    if word in NEGATIONS or word.endswith("n't"):
        return NOT
    for ending, put in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: len(word) - len(ending)] + put
            break
    if len(word) > SHORTEST_STEM and (word[-1] == "e" or word[-1] == word[-2]):
        word = word[:-1]
    return word


def find_blocks(one: Sequence[str], other: Sequence[str]) -> list[Block]:
    """The runs that two wordings share: where in the one, where in the other, how long; no stray single words."""
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()[:-1]
    blocks = [(a, b, size) for a, b, size in found]
    return [
        block
        for number, block in enumerate(blocks)
        if block[2] > 1
        or (number > 0 and are_near(blocks[number - 1], block))
        or (number + 1 < len(blocks) and are_near(block, blocks[number + 1]))
    ]


def are_near(block: Block, following: Block) -> bool:
    """Whether few words part two runs, in both wordings."""
    a, b, size = block
    return following[0] - a - size <= NEAR and following[1] - b - size <= NEAR


def find_gaps(
    one: Sequence[str], other: Sequence[str], blocks: Sequence[Block]
) -> Iterator[tuple[list[str], list[str]]]:
    """The words of both wordings before, between and after the runs that they share."""
    a = b = 0
    for x, y, size in [*blocks, (len(one), len(other), 0)]:
        yield list(one[a:x]), list(other[b:y])
        a, b = x + size, y + size


def do_clash(one: Sequence[str], other: Sequence[str], blocks: Sequence[Block], *, is_cut: bool) -> bool:
    """Whether a figure or a negation differs where the wordings else agree: then they say different things.

    `is_cut` says that the other begins amid a sentence, so that a negation before it may be cut off.
    """
    if not blocks:
        return False
    head, *inner, tail = find_gaps(one, other, blocks)
    changes = [gap for gap in inner if max(map(len, gap)) <= SHORT_GAP]
    edges = [tuple(words[-NEAR:] for words in head), tuple(words[:NEAR] for words in tail)]
    before = ([], []) if is_cut else tuple(words[-1:] for words in head)
    return any((NOT in left) != (NOT in right) for left, right in [*changes, before]) or any(
        differ_in_figures(left, right) for left, right in [*changes, *edges]
    )


def differ_in_figures(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both hold figures, and not the same."""
    first, second = ({word for word in words if word[0].isdigit()} for words in (one, other))
    return bool(first and second) and first != second


def do_overlap(one: Sequence[str], other: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Whether the end of the one is the beginning of the other: both are cut from something longer."""
    return any(
        size >= OVERLAP and ((a + size == len(one) and b == 0) or (b + size == len(other) and a == 0))
        for a, b, size in blocks
    )


def is_same(longer: Said, shorter: Said, stems: tuple[Sequence[str], Sequence[str]], utterance: Utterance) -> bool:
    """Whether the shorter quote words what the longer does, cut or changed at places."""
    long, short = stems
    is_own = utterance.has_voice(shorter.voice)
    is_for_another = not is_own and shorter.voice is not None and bool(utterance.voices)
    fewest = FEWEST if is_own else FEWEST_FOR_ANOTHER if is_for_another else FEWEST_UNKNOWN
    share = ALIKE if is_own else ALIKE_UNSURE
    if longer.article_id == shorter.article_id:
        share = max(share, ALIKE_IN_ARTICLE)
    common = sum((Counter(long) & Counter(short)).values())
    if common < min(share * len(short), OVERLAP):
        return False
    blocks = find_blocks(long, short)
    matched = sum(size for _, _, size in blocks)
    is_fragment = is_own and len(blocks) == 1 and matched == len(short) >= FRAGMENT
    is_alike = matched >= max(fewest, share * len(short))
    if not (is_fragment or is_alike or do_overlap(long, short, blocks)):
        return False
    return not do_clash(long, short, blocks, is_cut=shorter.words[0] not in FUNCTION_WORDS)


def group_utterances(quotes: Sequence[Said]) -> list[Utterance]:
    """For each quote its utterance.

    The longest quote of an utterance leads it, and shorter ones are compared with leaders alone, so that no chain of
    likenesses joins what is not alike. Candidates share a pair of neighbouring content words: cost grows with the
    number of quotes and not with its square.
    """
    stems = [content_stems(said.words) for said in quotes]
    numbers: dict[str, int] = {}
    found: dict[int, Utterance] = {}
    equal: dict[tuple[str, ...], list[Utterance]] = defaultdict(list)
    by_pair: dict[int, dict[int, Utterance]] = defaultdict(dict)
    for rank, index in enumerate(rank_by_length(quotes, stems)):
        said, own = quotes[index], stems[index]
        pairs = list_pairs(own, numbers)
        utterance = find_equal(said, len(own), equal[said.words])
        if utterance is None:
            utterance = find_alike(said, own, pairs, by_pair=by_pair, quotes=quotes, stems=stems)
        if utterance is None:
            utterance = Utterance(index, rank, said)
        else:
            utterance.add(said)
        found[index] = utterance
        if utterance not in equal[said.words]:
            equal[said.words].append(utterance)
        for pair in pairs:
            if len(by_pair[pair]) <= CROWDED:
                by_pair[pair][utterance.rank] = utterance
    return [found[index] for index in range(len(quotes))]


def rank_by_length(quotes: Sequence[Said], stems: Sequence[Sequence[str]]) -> list[int]:
    """The quotes from the longest to the shortest, in an order that does not hang on the one they come in."""

    def key(index: int) -> tuple[int, int, tuple[str, ...], str]:
        words = quotes[index].words
        return -len(stems[index]), -len(words), words, quotes[index].article_id

    return sorted(range(len(quotes)), key=key)


def list_pairs(stems: Sequence[str], numbers: dict[str, int]) -> list[int]:
    """The pairs of neighbouring content words as numbers, each once; `numbers` grows with the words that are new."""
    ids = [numbers.setdefault(word, len(numbers)) for word in stems]
    return list(dict.fromkeys(one * VOCABULARY + other for one, other in pairwise(ids)))


def find_equal(said: Said, content_count: int, utterances: Sequence[Utterance]) -> Utterance | None:
    """The utterance with just these words; few words need the same speaker."""
    for utterance in utterances:
        is_enough = content_count >= FEWEST or utterance.has_voice(said.voice)
        if said.words and is_enough and utterance.admits(said):
            return utterance
    return None


def find_alike(
    said: Said,
    own: Sequence[str],
    pairs: Sequence[int],
    *,
    by_pair: dict[int, dict[int, Utterance]],
    quotes: Sequence[Said],
    stems: Sequence[Sequence[str]],
) -> Utterance | None:
    """The utterance that shares the most pairs of words and is alike; None where a fragment fits several."""
    shared: Counter[int] = Counter()
    known: dict[int, Utterance] = {}
    for pair in pairs:
        bucket = by_pair.get(pair, {})
        if len(bucket) <= CROWDED:
            shared.update(bucket.keys())
            known.update(bucket)
    best = sorted(shared, key=lambda rank: (-shared[rank], rank))[:MOST_CANDIDATES]
    alike = [
        utterance
        for utterance in (known[rank] for rank in best)
        if utterance.admits(said) and is_same(quotes[utterance.leader], said, (stems[utterance.leader], own), utterance)
    ]
    return None if not alike or (len(own) < FEWEST and len(alike) > 1) else alike[0]
