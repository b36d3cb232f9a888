"""Who did what to whom, on raw sentences."""

from spacy.tokens import Doc

from benchmarks.accuracy.formats.triples import Coded, find_occurrences, read_sentences
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, macro_f1, rate, score_figures, share
from benchmarks.accuracy.reading import Text
from benchmarks.accuracy.scoreboard.roots import score_records, score_tests
from benchmarks.accuracy.scorers.triples import Happening, Phrase, count_triples, merge_type
from tasks.nlp.records import Argument, Event

ARTICLES = frozenset({"the", "a", "an"})
# The PLOVER types that the set annotates; CONCEDE and RETREAT are one in it.
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
BY_TYPE = tuple(f"{name}_{key}" for name in TYPES for key in ("right", "found", "gold"))
FIGURES = (
    Figure("triple F1 with type", ("typed", "found", "gold"), f1, "gold"),
    Figure("triple precision with type", ("typed", "found"), share, "gold"),
    Figure("triple recall with type", ("typed", "gold"), share, "gold"),
    Figure("triple F1 without type", ("matched", "found", "gold"), f1, "gold"),
    Figure("triple precision without type", ("matched", "found"), share, "gold"),
    Figure("triple recall without type", ("matched", "gold"), share, "gold"),
    Figure("type macro-F1 on matched pairs", BY_TYPE, macro_f1, "matched"),
    Figure("events per sentence", ("events", "sentences"), rate, "sentences"),
)


@register("events")
def score_events(run: Run) -> list[Score]:
    """Scores on each set of triples, and on the sentences of other coders."""
    scores: list[Score] = []
    for path in run.find(f"events/triples/*-{run.split}.jsonl"):
        sentences = list(run.take(read_sentences(path)))
        docs = run.reader.read_texts(Text(sentence.text) for sentence in sentences)
        rows = [count_sentence(sentence, doc) for sentence, doc in zip(sentences, docs, strict=True)]
        scores += score_figures("events", path.stem.removesuffix(f"-{run.split}"), FIGURES, rows)
    return [*scores, *score_records(run), *score_tests(run)]


def count_sentence(sentence: Coded, doc: Doc) -> dict[str, float]:
    """The counts of one sentence."""
    gold = [
        Happening(merge_type(triple.event_type), find_phrases(doc, triple.actor), find_phrases(doc, triple.recipient))
        for triple in sentence.triples
    ]
    return count_triples(gold, [to_happening(doc, event) for event in doc._.events], TYPES)


def find_phrases(doc: Doc, words: str | None) -> tuple[Phrase, ...]:
    """The phrases where the words stand in the text; none for nobody."""
    if words is None:
        return ()
    spans = (doc.char_span(*span, alignment_mode="expand") for span in find_occurrences(doc.text, words))
    return tuple(make_phrase(doc, span.start, span.end) for span in spans if span is not None)


def make_phrase(doc: Doc, start: int, end: int) -> Phrase:
    """The tokens of a range without articles and punctuation, and its head."""
    span = doc[start:end]
    words = frozenset(t.i for t in span if not (t.is_space or t.is_punct or t.lower_ in ARTICLES))
    return Phrase(words or frozenset(range(start, end)), span.root.i)


def to_happening(doc: Doc, event: Event) -> Happening:
    """An event of the rules with all its actors and recipients."""
    return Happening(event.event_type, _parties(doc, event, "actor"), _parties(doc, event, "recipient"))


def _parties(doc: Doc, event: Event, role: str) -> tuple[Phrase, ...]:
    arguments: tuple[Argument, ...] = event.arguments
    return tuple(make_phrase(doc, item.start, item.end) for item in arguments if item.role == role)
