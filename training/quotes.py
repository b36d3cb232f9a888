"""PolNeAR's attributions as tags of words: what the quote reader learns from (weights only; no text is shipped)."""

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.accuracy.formats.polnear import Attribution, Range, read_articles
from tasks.nlp.attribution import CONTENT_TAGS, LAYERS, SPAN_TAGS

Numbers = NDArray[numpy.int64]


class Lesson(NamedTuple):
    """An article in the pipeline's tokens, and the tag numbers of each layer."""

    doc: Doc
    tags: dict[str, Numbers]


def read_lessons(nlp: Language, folder: Path) -> Iterator[Lesson]:
    """The annotated articles, each with its first annotator's attributions; discarded stretches are tagged as O."""
    for article in read_articles(folder):
        doc = nlp.make_doc(article.text)
        yield Lesson(doc, tag_doc(doc, article.annotations[0].attributions))


def read_news(path: Path, *, every: int) -> Iterator[str]:
    """The text of each n-th article of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, 0, None, every):
            yield json.loads(line)["text"]


def tag_doc(doc: Doc, attributions: Sequence[Attribution]) -> dict[str, Numbers]:
    """Tags of contents, of cues and of sources; a word has one part in one attribution (PolNeAR nests none)."""
    tags = {layer: numpy.zeros(len(doc), dtype=numpy.int64) for layer in LAYERS}
    for attribution in sorted(attributions, key=lambda item: -length(item.content)):
        mark_pieces(doc, tags["content"], attribution.content, CONTENT_TAGS)
        mark_pieces(doc, tags["cue"], attribution.cue, SPAN_TAGS)
        mark_pieces(doc, tags["source"], attribution.source, SPAN_TAGS)
    return tags


def length(pieces: Sequence[Range]) -> int:
    return sum(end - start for start, end in pieces)


def mark_pieces(doc: Doc, tags: Numbers, pieces: Sequence[Range], names: Sequence[str]) -> None:
    """Writes B at the first word, C (or B) where a further piece starts, I elsewhere; taken words stay as they are."""
    is_first = True
    for start, end in pieces:
        span = doc.char_span(start, end, alignment_mode="expand")
        places = [token.i for token in span or () if not token.is_space]
        if not places or tags[places].any():
            continue
        tags[places] = names.index("I")
        tags[places[0]] = names.index("B" if is_first or "C" not in names else "C")
        is_first = False
