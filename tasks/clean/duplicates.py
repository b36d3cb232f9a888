"""Which articles are copies of an earlier one: exactly, or nearly by MinHash over word 5-shingles, then verified.

Signatures are datasketch's. Its own LSH index takes 20 KB an article, so bands are sorted here instead: one array.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

SHINGLE_WORDS = 5
PERMUTATIONS = 192
BAND_ROWS = 3
SEED = 20220107
SHARED_ENOUGH = 0.65
FEWEST_SHINGLES = 40
WORD = re.compile(r"\w+")
MIX = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)
HALF = np.uint64(32)

Shingles: TypeAlias = NDArray[np.uint64]
Signatures: TypeAlias = NDArray[np.uint32]


class Signature(NamedTuple):
    """What is kept of a text to find its copies: the hash of its words, and its MinHash."""

    text_hash: bytes
    minhash: NDArray[np.uint32]


class Duplicate(NamedTuple):
    """The index of the original and the share of the shorter text that is found in the longer one."""

    original: int
    score: float


def find_shingles(text: str) -> Shingles:
    """The distinct hashes, 32 bits each, of five words in a row; case and punctuation do not count."""
    return hash_shingles(WORD.findall(text.casefold()))


def hash_shingles(words: Sequence[str]) -> Shingles:
    """The distinct hashes of five words in a row."""
    numbers = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    size = min(SHINGLE_WORDS, len(numbers))
    hashes = np.zeros(max(0, len(numbers) - size + 1), dtype=np.uint64)
    for offset in range(size):
        hashes = (hashes ^ numbers[offset : offset + len(hashes)]) * MIX
        hashes ^= hashes >> SHIFT
    return np.unique(hashes >> HALF)


def sign(text: str) -> Signature:
    """The signature of a text."""
    words = WORD.findall(text.casefold())
    minhash = blank_minhash().copy()
    minhash.update_batch(hash_shingles(words))
    return Signature(hashlib.sha256(" ".join(words).encode()).digest()[:16], minhash.hashvalues.astype(np.uint32))


@cache
def blank_minhash() -> MinHash:
    """The MinHash of nothing: making one draws permutations, which takes as long as using them."""
    return MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=keep)


def keep(value: Any) -> Any:
    """The value itself: shingles are hashes already."""
    return value


def share_of_shorter(left: Shingles, right: Shingles) -> float:
    """The share of the smaller set that the other one holds."""
    smaller = min(len(left), len(right))
    return len(np.intersect1d(left, right, assume_unique=True)) / smaller if smaller else 0.0


def find_candidates(signatures: Signatures) -> set[tuple[int, int]]:
    """Pairs of rows that agree in all of one band; in a band's group each row is paired with the first and the last."""
    pairs: set[tuple[int, int]] = set()
    for start in range(0, signatures.shape[1], BAND_ROWS):
        band = np.ascontiguousarray(signatures[:, start : start + BAND_ROWS])
        keys = band.view([("", band.dtype)] * BAND_ROWS).ravel()
        order = np.argsort(keys, kind="stable")
        repeats = np.flatnonzero(keys[order[1:]] == keys[order[:-1]]) if len(order) > 1 else np.empty(0, dtype=int)
        first = previous_index = -1
        for index in repeats.tolist():
            if index != previous_index + 1 or first < 0:
                first = int(order[index])
            current = int(order[index + 1])
            pairs.update({(first, current), (int(order[index]), current)})
            previous_index = index
    return {(min(pair), max(pair)) for pair in pairs}


def find_duplicates(
    signatures: Sequence[Signature], order_keys: Sequence[Any], load_text: Callable[[int], str]
) -> dict[int, Duplicate]:
    """The original of each article that is a copy, by index.

    `order_keys` says which came first; `load_text` gives the text of an index, for verifying. Originals are never
    copies themselves, and every near copy shares `SHARED_ENOUGH` of the shorter text with its original.
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
    if len(signatures) < 2:
        return {}
    pairs = find_candidates(np.stack([signature.minhash for signature in signatures]))
    found: dict[int, Duplicate] = {}
    for cluster in find_clusters(pairs):
        ordered = sorted(cluster, key=lambda index: order_keys[index])
        found.update(match_cluster([(index, find_shingles(load_text(index))) for index in ordered]))
    return found


def find_clusters(pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The connected parts of a graph, given as pairs."""
    parents: dict[int, int] = {}

    def find_root(item: int) -> int:
        while parents.setdefault(item, item) != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    for left, right in pairs:
        low, high = sorted((find_root(left), find_root(right)))
        parents[high] = low
    yield from group_by(sorted(parents), find_root)


def match_cluster(members: Sequence[tuple[int, Shingles]]) -> dict[int, Duplicate]:
    """The original of each copy in a cluster sorted by time: the earliest original it shares enough with."""
    originals: list[tuple[int, Shingles]] = []
    matches: dict[int, Duplicate] = {}
    for index, shingles in members:
        scores = ((original, share_of_shorter(shingles, other)) for original, other in originals
                  if min(len(shingles), len(other)) >= FEWEST_SHINGLES)  # fmt: skip
        match = next((Duplicate(original, score) for original, score in scores if score >= SHARED_ENOUGH), None)
        if match is None:
            originals.append((index, shingles))
        else:
            matches[index] = match
    return matches
