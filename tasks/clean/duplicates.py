"""Which articles are copies of another: exactly, or nearly by MinHash over word 5-shingles, then verified.

A near copy says nothing of its own: most of its shingles are in the original, and no long stretch of it is new. The
second half tells wire copy with another lead from a new story around an old slide show, fact box or background.
Signatures are datasketch's. Its own LSH index takes 20 KB an article, so bands are sorted here instead: one array.
"""

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

SHINGLE_WORDS = 5
PERMUTATIONS = 192
BAND_ROWS = 3
SEED = 20220107
SHARED_ENOUGH = 0.7
LONGEST_NEW = 100
FEWEST_WORDS = 44
MOST_CANDIDATES = 16
MARGIN = 0.12
TEXTS_HELD = 2048
WORD = re.compile(r"\w+")
MIX = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)
HALF = np.uint64(32)

Shingles: TypeAlias = NDArray[np.uint64]
Signatures: TypeAlias = NDArray[np.uint32]


class Signature(NamedTuple):
    """What is kept of a text to find its copies: the hash of its words, their number, and its MinHash as bytes."""

    text_hash: bytes
    word_count: int
    minhash: bytes


class Duplicate(NamedTuple):
    """The index of the original and the share of the copy that is found in it."""

    original: int
    score: float


class Shingled(NamedTuple):
    """The shingles of a text as they follow each other, and each once, sorted."""

    in_order: Shingles
    distinct: Shingles


class Overlap(NamedTuple):
    """The share of a text's distinct shingles that another text holds, and the most in a row that it does not."""

    share: float
    longest_new: int

    @property
    def is_copy(self) -> bool:
        """Whether the text says nothing of its own."""
        return self.share >= SHARED_ENOUGH and self.longest_new <= LONGEST_NEW


def split_words(text: str) -> list[str]:
    """The words of a text; case and punctuation do not count."""
    return WORD.findall(text.casefold())


def hash_shingles(words: Sequence[str]) -> Shingles:
    """The hashes, 32 bits each, of five words in a row, in order."""
    numbers = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    size = max(1, min(SHINGLE_WORDS, len(numbers)))
    hashes = np.zeros(max(0, len(numbers) - size + 1), dtype=np.uint64)
    for offset in range(size):
        hashes = mix(hashes, numbers[offset : offset + len(hashes)])
    return hashes >> HALF


def mix(hashes: Shingles, further: Shingles) -> Shingles:
    """The hashes with a further number each mixed in; the order of mixing matters."""
    mixed = (hashes ^ further) * MIX
    return mixed ^ (mixed >> SHIFT)


def shingle(text: str) -> Shingled:
    """The shingles of a text."""
    in_order = hash_shingles(split_words(text))
    return Shingled(in_order, np.unique(in_order))


def sign(text: str) -> Signature:
    """The signature of a text."""
    words = split_words(text)
    shingles = np.unique(hash_shingles(words))
    minhash = blank_minhash().copy()
    if len(shingles):
        minhash.update_batch(shingles)
    text_hash = hashlib.sha256(" ".join(words).encode()).digest()[:16]
    return Signature(text_hash, len(words), minhash.hashvalues.astype("<u4").tobytes())


@cache
def blank_minhash() -> MinHash:
    """The MinHash of nothing: making one draws permutations, which takes as long as using them."""
    return MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=keep)


def keep(value: Any) -> Any:
    """The value itself: shingles are hashes already."""
    return value


def measure_overlap(text: Shingled, other: Shingled) -> Overlap:
    """How much of a text another one holds."""
    if not len(text.distinct) or not len(other.distinct):
        return Overlap(0.0, len(text.in_order))
    share = float(is_held(text.distinct, other.distinct).mean())
    held = np.flatnonzero(is_held(text.in_order, other.distinct))
    edges = np.concatenate(([-1], held, [len(text.in_order)]))
    return Overlap(share, int(np.diff(edges).max()) - 1)


def is_held(shingles: Shingles, distinct: Shingles) -> NDArray[np.bool_]:
    """Which of the shingles are among the distinct ones."""
    places = np.minimum(np.searchsorted(distinct, shingles), len(distinct) - 1)
    return np.asarray(distinct[places] == shingles)


def find_candidates(signatures: Signatures) -> Iterator[tuple[int, list[int]]]:
    """Each row that agrees with an earlier one in all of a band, with those that agree most, at most 16.

    In a band's group each row is paired with the first and the one before, so pairs grow with rows, never with their
    square.
    """
    codes = [pair_rows(hash_band(signatures, start)) for start in range(0, signatures.shape[1], BAND_ROWS)]
    pairs, bands = np.unique(np.concatenate(codes), return_counts=True)
    if not len(pairs):
        return
    rows, others = np.divmod(pairs, len(signatures))
    order = np.lexsort((others, -bands, rows))
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield int(rows[start]), others[order[start:end][:MOST_CANDIDATES]].tolist()


def hash_band(signatures: Signatures, start: int) -> Shingles:
    """One number a row for the band that starts at a column."""
    keys = np.zeros(len(signatures), dtype=np.uint64)
    for column in range(start, start + BAND_ROWS):
        keys = mix(keys, signatures[:, column].astype(np.uint64))
    return keys


def pair_rows(keys: Shingles) -> NDArray[np.int64]:
    """Rows of equal key in pairs with the first and the previous of them, coded as later * rows + earlier."""
    order = np.argsort(keys, kind="stable")
    is_first = np.concatenate(([True], keys[order[1:]] != keys[order[:-1]]))
    firsts = np.maximum.accumulate(np.where(is_first, np.arange(len(keys)), 0))
    repeats = np.flatnonzero(~is_first)
    later, first, previous = order[repeats], order[firsts[repeats]], order[repeats - 1]
    others = previous != first
    return np.concatenate((later * len(keys) + first, later[others] * len(keys) + previous[others]))


def find_duplicates(
    signatures: Sequence[Signature], order_keys: Sequence[Any], load_text: Callable[[int], str]
) -> dict[int, Duplicate]:
    """The original of each article that is a copy, by index.

    `order_keys` says which came first and has no ties; `load_text` gives the text of an index, for verifying.
    Originals are never copies themselves. The earliest is the original, unless it says less than a later one: a brief
    cut from a fuller text is the copy, whenever it came. The order of the articles makes no difference.
    """
    groups = group_by(range(len(signatures)), lambda index: signatures[index].text_hash)
    leaders = [min(group, key=lambda index: order_keys[index]) for group in groups]
    duplicates = {
        index: Duplicate(leader, 1.0)
        for leader, group in zip(leaders, groups, strict=True)
        for index in group
        if index != leader
    }
    near = find_near([signatures[index] for index in leaders], [order_keys[index] for index in leaders],
                     lambda position: load_text(leaders[position]))  # fmt: skip
    originals = {leaders[copy]: Duplicate(leaders[match.original], match.score) for copy, match in near.items()}
    for index, match in duplicates.items():
        duplicates[index] = originals.get(match.original, match)
    return {**duplicates, **originals}


def group_by(items: Iterable[int], key: Callable[[int], Hashable]) -> list[list[int]]:
    """The items in groups of equal key."""
    groups: dict[Hashable, list[int]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def find_near(
    signatures: Sequence[Signature], order_keys: Sequence[Any], load_text: Callable[[int], str]
) -> dict[int, Duplicate]:
    """The original of each near copy among texts that differ, by position."""
    order = [index for index in range(len(signatures)) if signatures[index].word_count >= FEWEST_WORDS]
    order.sort(key=lambda index: (-signatures[index].word_count, order_keys[index]))
    if len(order) < 2:
        return {}
    minhashes = np.frombuffer(b"".join(signatures[index].minhash for index in order), dtype="<u4")
    load = lru_cache(maxsize=TEXTS_HELD)(lambda index: shingle(load_text(index)))
    word_counts = [signatures[index].word_count for index in order]
    fullest = find_fullest(minhashes.reshape(len(order), -1), order, word_counts, load)
    found: dict[int, Duplicate] = {}
    for root, copies in sorted(invert(fullest).items()):
        found.update(choose_original(root, sorted(copies, key=lambda index: order_keys[index]), order_keys, load))
    return found


def find_fullest(
    minhashes: Signatures, order: Sequence[int], word_counts: Sequence[int], load: Callable[[int], Shingled]
) -> dict[int, int]:
    """For each copy the fullest text that holds it; rows and `order` go from the longest text to the shortest."""
    fullest: dict[int, int] = {}
    for row, others in find_candidates(minhashes):
        for root in dict.fromkeys(fullest.get(other, other) for other in others):
            agreement = float((minhashes[row] == minhashes[root]).mean())
            is_likely = agreement >= fewest_shared(word_counts[row], word_counts[root]) - MARGIN
            if is_likely and measure_overlap(load(order[row]), load(order[root])).is_copy:
                fullest[row] = root
                break
    return {order[copy]: order[root] for copy, root in fullest.items()}


def fewest_shared(copy_words: int, root_words: int) -> float:
    """The least Jaccard similarity of a copy with the text that holds it, by their lengths."""
    shared = SHARED_ENOUGH * copy_words
    return shared / (copy_words + root_words - shared)


def invert(roots: Mapping[int, int]) -> dict[int, list[int]]:
    """The copies of each root."""
    copies: dict[int, list[int]] = defaultdict(list)
    for copy, root in roots.items():
        copies[root].append(copy)
    return copies


def choose_original(
    root: int, copies: Sequence[int], order_keys: Sequence[Any], load: Callable[[int], Shingled]
) -> dict[int, Duplicate]:
    """The copies of one family with their original: the earliest text that says all that the fullest, `root`, says.

    Where that is not the root, what is no copy of it is let go: each copy is verified against the original it names.
    """
    earlier = (copy for copy in copies if order_keys[copy] < order_keys[root])
    original = next((copy for copy in earlier if measure_overlap(load(root), load(copy)).is_copy), root)
    overlaps = {copy: measure_overlap(load(copy), load(original)) for copy in (root, *copies) if copy != original}
    return {copy: Duplicate(original, overlap.share) for copy, overlap in overlaps.items() if overlap.is_copy}
