"""Minimal pairs: whether one changed word changes the row, and nothing else; they ship with the project."""

from collections.abc import Sequence

from spacy.tokens import Doc

from benchmarks.accuracy.formats.pairs import Pair, Sentence, read_pairs
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, score_figures, share
from benchmarks.accuracy.reading import Reader, Text
from benchmarks.accuracy.scorers.pairs import Coded, Names, find_faults
from tasks.nlp.records import Event, Mention
from tasks.settings import PROJECT_DIR

PAIRS_PATH = PROJECT_DIR / "tests" / "golden" / "minimal_pairs.jsonl"
PUBLISHED_ON = "2024-05-14"
KINDS = ("polarity", "modality", "tense", "attribution", "roles", "type")
FIGURES = (
    Figure("pairs right", ("right", "pairs"), share, "pairs"),
    *(Figure(f"pairs right, {kind}", (f"right {kind}", f"pairs {kind}"), share, f"pairs {kind}") for kind in KINDS),
    Figure("sentences right", ("sentences right", "sentences"), share, "sentences"),
)


@register("pairs")
def score_pairs(run: Run) -> list[Score]:
    """Scores on the pairs; a known gap counts as wrong."""
    pairs = list(run.take(read_pairs(PAIRS_PATH)))
    rows = [count_pair(pair, faults) for pair, faults in zip(pairs, read_faults(run.reader, pairs), strict=True)]
    return score_figures("pairs", "written for the project", FIGURES, rows)


def read_faults(reader: Reader, pairs: Sequence[Pair]) -> list[list[list[str]]]:
    """What is wrong in each sentence of each pair."""
    sentences = [sentence for pair in pairs for sentence in pair.sentences]
    docs = reader.read_texts(Text(sentence.text, published_on=PUBLISHED_ON) for sentence in sentences)
    faults = iter([find_doc_faults(sentence, doc) for sentence, doc in zip(sentences, docs, strict=True)])
    return [[next(faults) for _ in pair.sentences] for pair in pairs]


def find_doc_faults(sentence: Sentence, doc: Doc) -> list[str]:
    """What is wrong with the events of a sentence that was read."""
    return find_faults(sentence, [to_coded(doc, event) for event in doc._.events])


def count_pair(pair: Pair, faults: Sequence[Sequence[str]]) -> dict[str, float]:
    """The counts of a pair, which is right where both sentences are."""
    counts = dict.fromkeys((column for figure in FIGURES for column in figure.columns), 0.0)
    is_right = not any(faults)
    for suffix in ("", f" {pair.kind}"):
        counts[f"pairs{suffix}"] = 1
        counts[f"right{suffix}"] = is_right
    counts["sentences"] = len(faults)
    counts["sentences right"] = sum(not found for found in faults)
    return counts


def to_coded(doc: Doc, event: Event) -> Coded:
    """An event with the names of its parties and of whoever claims it."""
    return Coded(
        event.event_type,
        _parties(doc, event, "actor"),
        _parties(doc, event, "recipient"),
        event.polarity,
        event.modality,
        event.tense,
        frozenset(a.value for a in event.arguments if a.role == "time" and a.value is not None),
        claimants_of(doc, event),
    )


def claimants_of(doc: Doc, event: Event) -> Names | None:
    """The names of whoever claims an event, with the words for the speaker of its quote; None for nobody."""
    speaker = doc._.quotes[event.quote].speaker if event.quote is not None else None
    worded = frozenset() if speaker is None else frozenset({doc[slice(*speaker)].text})
    return names_of(doc, event.claimed_by) | worded or None


def _parties(doc: Doc, event: Event, role: str) -> tuple[Names, ...]:
    arguments = [argument for argument in event.arguments if argument.role == role]
    return tuple(frozenset({doc[a.start : a.end].text}) | names_of(doc, a.mention) for a in arguments)


def names_of(doc: Doc, index: int | None) -> Names:
    """What a mention and those of the same thing say; nothing for none."""
    if index is None:
        return frozenset()
    mentions: list[Mention] = doc._.mentions
    cluster = mentions[index].cluster
    same = [m for i, m in enumerate(mentions) if i == index or (cluster >= 0 and m.cluster == cluster)]
    return frozenset(doc[m.start : m.end].text for m in same)
