"""Tags and dependencies on gold tokens, one gold sentence at a time; sentence ends on raw text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from benchmarks.accuracy.formats.conllu import Sentence, Treebank, join_text, read_documents
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures, share
from benchmarks.accuracy.reading import Reader, Words
from benchmarks.accuracy.scorers.attachment import Node, count_attachment
from benchmarks.accuracy.scorers.spans import Range, count_exact

NEWS = "GUM_news_"
FIGURES = (
    Figure("tags", ("tags", "words"), share, "words"),
    Figure("UAS", ("heads", "scored"), share, "scored"),
    Figure("LAS", ("arcs", "scored"), share, "scored"),
    Figure("LAS as CoNLL 2018", ("conll", "words"), share, "words"),
    Figure("sentences F1", ("right", "found", "gold"), f1, "gold"),
)


@register("syntax")
def score_syntax(run: Run) -> list[Score]:
    """Scores on each treebank, and on the news documents of GUM apart."""
    scores: list[Score] = []
    for path in run.find(f"treebank/*-{run.split}.conllu"):
        documents = list(run.take(read_documents(path)))
        rows = count_documents(run.reader, documents)
        scores += score_figures("syntax", path.stem.removesuffix(f"-{run.split}"), FIGURES, rows)
    paths = run.find(f"treebank/gum/{run.split}/*.conllu")
    documents = [document for path in run.take(paths) for document in read_documents(path)]
    rows = count_documents(run.reader, documents)
    news = [row for row, document in zip(rows, documents, strict=True) if document.name.startswith(NEWS)]
    return [
        *scores,
        *score_figures("syntax", "gum", FIGURES, rows),
        *score_figures("syntax", "gum news", FIGURES, news),
    ]


def count_documents(reader: Reader, documents: Sequence[Treebank]) -> list[dict[str, float]]:
    """The counts of each document."""
    sentences = [sentence for document in documents for sentence in document.sentences]
    parses = iter(list(reader.parse_sentences(to_words(sentence) for sentence in sentences)))
    texts = [join_text(document) for document in documents]
    raw = list(reader.parse_texts(text for text, _ in texts))
    rows = []
    for document, (_, spans), doc in zip(documents, texts, raw, strict=True):
        counts: Counter[str] = Counter()
        for sentence, parse in zip(document.sentences, parses, strict=False):
            counts.update(count_attachment(gold_nodes(sentence), found_nodes(parse)))
        rows.append({**counts, **count_exact(spans, find_sentences(doc))})
    return rows


def to_words(sentence: Sentence) -> Words:
    """The tokens of a sentence."""
    return Words(tuple(w.form for w in sentence.words), tuple(w.has_space for w in sentence.words))


def gold_nodes(sentence: Sentence) -> list[Node]:
    """What the treebank says."""
    return [Node(word.tag, word.head, word.label) for word in sentence.words]


def found_nodes(doc: Doc) -> list[Node]:
    """What the model says."""
    return [Node(t.tag_, 0 if t.head.i == t.i else t.head.i + 1, t.dep_) for t in doc]


def find_sentences(doc: Doc) -> Iterator[Range]:
    """The characters of each sentence without blanks around it."""
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            yield words[0].idx, words[-1].idx + len(words[-1])
