"""What the quote reader marked, as statements: content in pieces, the cue beside it, the source beside the cue."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from tasks.nlp.attribution import PIECES
from tasks.nlp.reported import sentence_start

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
        for cue in spans_near(doc, cues, parts, FARTHEST_CUE)
    )
    chosen: dict[int, Range] = {}
    used: set[Range] = set()
    for _, number, cue in pairs:
        if number not in chosen and cue not in used:
            chosen[number] = cue
            used.add(cue)
    statements = []
    for number, parts in enumerate(contents):
        own = chosen.get(number)
        anchor = (own,) if own is not None else parts
        near = [
            (distance(source, anchor), source)
            for source in spans_near(doc, sources, anchor, FARTHEST_SOURCE)
            if not is_inside(source, [parts])
        ]
        statements.append(Statement(parts, own, min(near)[1] if near else None))
    return statements


def spans_near(doc: Doc, spans: Sequence[Range], parts: Sequence[Range], farthest: int) -> Iterator[Range]:
    """Those of the spans, which stand in text order and apart, that are near one of the parts."""
    first = bisect_left(spans, parts[0][0] - farthest, key=lambda span: span[1])
    for index in range(first, len(spans)):
        span = spans[index]
        if span[0] > parts[-1][1] + farthest:
            return
        if distance(span, parts) <= farthest and is_near(doc, span, parts):
            yield span


def is_inside(span: Range, contents: Iterable[tuple[Range, ...]]) -> bool:
    """Whether a span lies in one of the contents."""
    return any(start <= span[0] and span[1] <= end for parts in contents for start, end in parts)


def distance(span: Range, parts: Iterable[Range]) -> int:
    """How many words stand between a span and the nearest part; 0 where they touch or overlap."""
    return min(max(start - span[1], span[0] - end, 0) for start, end in parts)


def is_near(doc: Doc, span: Range, parts: Sequence[Range]) -> bool:
    """Whether a span stands in a sentence that a part begins or ends in, or right beside a part."""
    own = sentence_start(doc[span[0]])
    ends = {sentence_start(doc[i]) for start, end in parts for i in (start, end - 1)}
    return own in ends or distance(span, parts) <= 2
