"""What the quote reader marked, as statements: content in pieces, the cue beside it, the source beside the cue."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from tasks.nlp.attribution import PIECES

Range = tuple[int, int]

FARTHEST_CUE = 40
FARTHEST_SOURCE = 30


class Statement(NamedTuple):
    """Words said by somebody: token ranges of the content, of the cue and of the source, where they are marked."""

    parts: tuple[Range, ...]
    cue: Range | None
    source: Range | None


def find_statements(doc: Doc) -> list[Statement]:
    """The statements that the quote reader marked, in text order; none where the model has no quote reader."""
    contents: list[list[Range]] = []
    spans: dict[str, list[Range]] = {"cue": [], "source": []}
    for span in doc.spans.get(PIECES, []):
        layer, words = span.label_.rstrip("+"), (span.start, span.end)
        if layer in spans:
            spans[layer].append(words)
        elif span.label_.endswith("+") and contents:
            contents[-1].append(words)
        else:
            contents.append([words])
    return join(doc, [tuple(pieces) for pieces in contents], spans["cue"], spans["source"])


def join(
    doc: Doc, contents: Sequence[tuple[Range, ...]], cues: Sequence[Range], sources: Sequence[Range]
) -> list[Statement]:
    """The contents with the nearest cue each, no cue twice, and the source nearest to that cue."""
    pairs = sorted(
        (distance(cue, parts), number, cue)
        for number, parts in enumerate(contents)
        for cue in cues
        if distance(cue, parts) <= FARTHEST_CUE and is_near(doc, cue, parts)
    )
    chosen: dict[int, Range] = {}
    for _, number, cue in pairs:
        if number not in chosen and cue not in chosen.values():
            chosen[number] = cue
    statements = []
    for number, parts in enumerate(contents):
        own = chosen.get(number)
        anchor = (own,) if own is not None else parts
        near = [
            (distance(source, anchor), source)
            for source in sources
            if distance(source, anchor) <= FARTHEST_SOURCE
            and is_near(doc, source, anchor)
            and not is_inside(source, [parts])
        ]
        statements.append(Statement(parts, own, min(near)[1] if near else None))
    return statements


def is_inside(span: Range, contents: Iterable[tuple[Range, ...]]) -> bool:
    """Whether a span lies in one of the contents."""
    return any(start <= span[0] and span[1] <= end for parts in contents for start, end in parts)


def distance(span: Range, parts: Iterable[Range]) -> int:
    """How many words stand between a span and the nearest part; 0 where they touch or overlap."""
    return min(max(start - span[1], span[0] - end, 0) for start, end in parts)


def is_near(doc: Doc, span: Range, parts: Sequence[Range]) -> bool:
    """Whether a span stands in a sentence that a part begins or ends in, or right beside a part."""
    own = doc[span[0]].sent.start
    ends = {doc[start].sent.start for start, _ in parts} | {doc[end - 1].sent.start for _, end in parts}
    return own in ends or distance(span, parts) <= 2
