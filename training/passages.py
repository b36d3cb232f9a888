"""Plain text with labelled character spans: the common form of all named-entity sets."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from training.words import WORDS

UNKNOWN = "-"
LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "MISC")
NO_SPACE_BEFORE = re.compile(r"[,.;:!?)\]}%’”…]|['’](s|S|m|re|ve|d|ll|t)|n['’]t|\.\.\.")
NO_SPACE_AFTER = re.compile(r"[(\[{$£€#‘“]")
SENTENCE_STARTS = frozenset(WORDS["sentence_starts"])


class Span(NamedTuple):
    """A labelled stretch ``[start, end)``; the label ``-`` means that nobody knows."""

    start: int
    end: int
    label: str


class Passage(NamedTuple):
    """One text with its spans, sorted and without overlap."""

    source: str
    text: str
    spans: tuple[Span, ...]


def detokenize(tokens: list[str]) -> tuple[str, list[int]]:
    """The text that the tokens were cut from, as far as one can tell, and where each token starts in it."""
    text, starts = "", []
    is_open = False
    for index, token in enumerate(tokens):
        if index and not _joins(tokens, index, is_open):
            text += " "
        starts.append(len(text))
        text += token
        if token == '"':
            is_open = not is_open
    return text, starts


def _joins(tokens: list[str], index: int, is_open: bool) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if token == '"':
        return is_open
    if before == '"' and is_open:
        return True
    if NO_SPACE_BEFORE.fullmatch(token) or NO_SPACE_AFTER.fullmatch(before):
        return True
    if index >= 2 and before == "." and len(token) == 1 and token.isupper() and len(tokens[index - 2]) == 1:
        return True
    if token == "-" and index + 1 < len(tokens):
        return _is_hyphen(before, tokens[index + 1])
    if before == "-" and index >= 2:
        return _is_hyphen(tokens[index - 2], token)
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    if (token in "'’" and after == "s") or (before in "'’" and token == "s"):
        return True
    return "/" in (before, token)


def _is_hyphen(left: str, right: str) -> bool:
    if not (left[-1:].isalnum() and right[:1].isalnum()) or right in SENTENCE_STARTS:
        return False
    return right[0].islower() or right[0].isdigit() or left[0].isupper()


def read_tagged(rows: Iterable[tuple[str, str]]) -> tuple[list[str], list[tuple[int, int, str]]]:
    """Tokens and token spans of (word, IOB tag) rows; a stray I- tag starts a span."""
    tokens: list[str] = []
    spans: list[tuple[int, int, str]] = []
    previous = "O"
    for index, (word, tag) in enumerate(rows):
        tokens.append(word)
        if tag[:2] in ("B-", "I-"):
            continues = tag.startswith("I-") and previous[2:] == tag[2:]
            if continues:
                start, _, label = spans[-1]
                spans[-1] = (start, index + 1, label)
            else:
                spans.append((index, index + 1, tag[2:]))
        previous = tag
    return tokens, spans


def place_spans(tokens: list[str], starts: list[int], spans: Iterable[tuple[int, int, str]]) -> list[Span]:
    """Token spans as character spans."""
    return [Span(starts[a], starts[b - 1] + len(tokens[b - 1]), label) for a, b, label in spans if b > a]


def drop_overlaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans, the longer kept where two overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def join_passages(passages: list[Passage]) -> Passage:
    """Several passages as one, parted by a blank."""
    text = ""
    spans: list[Span] = []
    for passage in passages:
        offset = len(text) + (1 if text else 0)
        text = f"{text} {passage.text}" if text else passage.text
        spans.extend(Span(s.start + offset, s.end + offset, s.label) for s in passage.spans)
    return Passage(passages[0].source, text, tuple(spans))


def tag_tokens(doc: Doc, spans: Iterable[Span]) -> list[str]:
    """IOB tags for the tokens of ``doc``; empty where unknown or where a span cuts through a token."""
    tags = ["O"] * len(doc)
    for span in spans:
        exact = doc.char_span(span.start, span.end)
        if exact is not None and span.label != UNKNOWN:
            for index in range(exact.start, exact.end):
                tags[index] = ("B-" if index == exact.start else "I-") + span.label
        elif exact is None or span.label == UNKNOWN:
            wide = doc.char_span(span.start, span.end, alignment_mode="expand")
            for index in range(wide.start, wide.end) if wide is not None else ():
                tags[index] = ""
    return tags


def build_example(nlp: Language, passage: Passage) -> Example:
    """A training example whose tokens are those of the pipeline's own tokenizer."""
    predicted = nlp.make_doc(passage.text)
    words, spaces = [t.text for t in predicted], [bool(t.whitespace_) for t in predicted]
    reference = Doc(nlp.vocab, words=words, spaces=spaces, ents=tag_tokens(predicted, passage.spans))
    return Example(predicted, reference)


def group(passages: Iterable[Passage], *, size: int) -> Iterator[Passage]:
    """Runs of ``size`` passages of one source joined."""
    waiting: list[Passage] = []
    for passage in passages:
        if waiting and (len(waiting) >= size or waiting[0].source != passage.source):
            yield join_passages(waiting)
            waiting = []
        waiting.append(passage)
    if waiting:
        yield join_passages(waiting)
