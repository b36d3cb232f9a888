"""Place names on raw text, and where they lie."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from benchmarks.accuracy.formats.toponyms import Mapped, Toponym, read_articles
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures, share
from benchmarks.accuracy.reading import Text, chars_of
from benchmarks.accuracy.scorers.distance import Point, is_near
from benchmarks.accuracy.scorers.spans import Range, count_exact, match_overlapping
from tasks.normalize.clusters import Mention
from tasks.normalize.gazetteer import Gazetteer, Place, build_gazetteer, read_atlas
from tasks.normalize.lexicon import Lexicon, read_lexicon
from tasks.normalize.names import name_key
from tasks.normalize.places import find_hints, resolve_places, wanted_keys

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
SOURCES = ("gold", "detected")
FIGURES = (
    Figure("detection F1, exact", ("right", "found", "gold"), f1, "gold"),
    Figure("detection F1, overlapping", ("overlapping", "found", "gold"), f1, "gold"),
    *(
        Figure(f"{title}, {source} toponyms", (f"{source}_{key}", f"{source}_{base}"), share, f"{source}_{base}")
        for source in SOURCES
        for title, key, base in (("right country", "country", "in_country"), ("within 161 km", "near", "located"))
    ),
)


class Reading(NamedTuple):
    """An article with its mentions as normalize sees them."""

    article: Mapped
    mentions: tuple[Mention, ...]

    @property
    def spans(self) -> list[Range]:
        """The characters of the places found."""
        return [(m.start, m.end) for m in self.mentions if m.label in PLACE_LABELS]


@register("places")
def score_places(run: Run) -> list[Score]:
    """Scores on each file of articles."""
    lexicon = read_lexicon(run.reference_dir)
    return [score for path in run.find("geo/*.xml") for score in score_file(run, path, lexicon)]


def score_file(run: Run, path: Path, lexicon: Lexicon) -> list[Score]:
    """The scores of one file."""
    articles = list(run.take(read_articles(path)))
    docs = run.reader.read_texts(Text(article.text, title=article.title) for article in articles)
    readings = [Reading(a, tuple(find_mentions(doc))) for a, doc in zip(articles, docs, strict=True)]
    given = [replace_places(reading) for reading in readings]
    wanted = wanted_keys([m for reading in (*readings, *given) for m in reading.mentions], ())
    gazetteer = build_gazetteer(lexicon, read_atlas(run.reference_dir), wanted)
    rows = [
        count_detection(reading)
        | count_located(reading, lexicon, gazetteer, source="detected")
        | count_located(truth, lexicon, gazetteer, source="gold")
        for reading, truth in zip(readings, given, strict=True)
    ]
    return score_figures("places", path.stem, FIGURES, rows)


def find_mentions(doc: Doc) -> Iterable[Mention]:
    """The names of a doc as normalize takes them."""
    for index, mention in enumerate(doc._.mentions):
        if mention.mention_type == "name":
            start, end = chars_of(doc, mention.start, mention.end)
            yield make_mention(index, (start, end), doc.text[start:end], mention.label)


def make_mention(index: int, span: Range, text: str, label: str) -> Mention:
    """A mention by its number in the article."""
    return Mention(str(index), "", *span, text, label)


def replace_places(reading: Reading) -> Reading:
    """The reading with the gold place names instead of those found; other names stay."""
    article = reading.article
    others = [(m.start, m.end, m.label) for m in reading.mentions if m.label not in PLACE_LABELS]
    places = [(t.start, t.end, "GPE") for t in article.toponyms]
    ordered = enumerate(sorted([*others, *places]))
    mentions = (make_mention(i, (start, end), article.text[start:end], label) for i, (start, end, label) in ordered)
    return Reading(article, tuple(mentions))


def count_detection(reading: Reading) -> dict[str, float]:
    """How many place names were found."""
    gold = [(t.start, t.end) for t in reading.article.toponyms]
    found = reading.spans
    return {**count_exact(gold, found), "overlapping": len(match_overlapping(gold, found))}


def count_located(reading: Reading, lexicon: Lexicon, gazetteer: Gazetteer, *, source: str) -> dict[str, float]:
    """How many of the gold place names that were found lie where they should; an unresolved one does not."""
    found = set(reading.spans)
    text = reading.article.text
    hints = find_hints(reading.mentions, {("", 0): (0, text)}, lexicon)
    places, _ = resolve_places(reading.mentions, None, lexicon=lexicon, gazetteer=gazetteer, hints=hints)
    pairs = [
        (toponym, located.place if located is not None else None)
        for toponym in reading.article.toponyms
        if (toponym.start, toponym.end) in found
        for located in [places.get(name_key(text[toponym.start : toponym.end]))]
    ]
    return {f"{source}_{key}": value for key, value in count_places(pairs, lexicon).items()}


def count_places(pairs: Sequence[tuple[Toponym, Place | None]], lexicon: Lexicon) -> dict[str, float]:
    """The counts of one article: those with a country or coordinates in gold, and the right ones among them."""
    counts = {"in_country": 0, "country": 0, "located": 0, "near": 0}
    for toponym, place in pairs:
        if toponym.country is not None:
            code = lexicon.country_names.get(name_key(toponym.country))
            counts["in_country"] += 1
            counts["country"] += place is not None and code is not None and place.country_code == code
        if toponym.latitude is not None and toponym.longitude is not None:
            counts["located"] += 1
            counts["near"] += is_placed_near(place, Point(toponym.latitude, toponym.longitude))
    return dict(counts)


def is_placed_near(place: Place | None, point: Point) -> bool:
    """Whether a place has coordinates within 161 km of a point."""
    if place is None or place.latitude is None or place.longitude is None:
        return False
    return is_near(Point(place.latitude, place.longitude), point)
