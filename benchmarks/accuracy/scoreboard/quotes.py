"""Attributed statements on raw text."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from benchmarks.accuracy.formats.polnear import Annotated, Article, Attribution, read_articles
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, paired_f1, score_figures, share
from benchmarks.accuracy.reading import Text, chars_of
from benchmarks.accuracy.scorers.attributions import (
    GROUPS,
    Statement,
    Words,
    average,
    count_statements,
    find_quoted,
    find_words,
    kind_of,
    words_in,
)
from benchmarks.accuracy.scorers.spans import Range
from tasks.nlp.nesting import find_parents
from tasks.nlp.records import Quote

GROUP_NAMES = {"all": "", "spoken": "direct and mixed: "}
LEVEL_NAMES = {"exact": "exact", "close": "Jaccard ≥ 0.8", "loose": "Jaccard ≥ 0.3"}


def make_figures(group: str) -> list[Figure]:
    """The metrics of one group of statements."""
    name = GROUP_NAMES.get(group, f"{group}: ")
    contents = [
        Figure(
            f"{name}content F1, {title}",
            tuple(f"{group}_{key}" for key in (f"found_{level}", "found", f"gold_{level}", "gold")),
            paired_f1,
            f"{group}_gold",
        )
        for level, title in LEVEL_NAMES.items()
    ]
    parts = [
        Figure(f"{name}right {part}", (f"{group}_right_{part}", f"{group}_with_{part}"), share, f"{group}_with_{part}")
        for part in ("source", "cue")
    ]
    return [*contents, *parts]


FIGURES = (
    *make_figures("all"),
    Figure(
        "content F1, exact but for “that”",
        ("bare_found_exact", "bare_found", "bare_gold_exact", "bare_gold"),
        paired_f1,
        "bare_gold",
    ),
    *(figure for group in GROUPS if group != "all" for figure in make_figures(group)),
)


@register("quotes")
def score_quotes(run: Run) -> list[Score]:
    """Scores on PolNeAR; the counts of an article with several annotators are the means over them."""
    folders = run.find(f"quotes/polnear/{run.split}")
    articles = [article for folder in folders for article in run.take(read_articles(folder))]
    docs = run.reader.read_texts(Text(article.text, article.published_on) for article in articles)
    rows = [count_article(article, doc) for article, doc in zip(articles, docs, strict=True)]
    return score_figures("quotes", "polnear", FIGURES, rows)


def count_article(article: Article, doc: Doc) -> dict[str, float]:
    """The counts of one article, averaged over its annotators; they nest no statements, so ours that are nested go."""
    words = find_words(article.text)
    quoted = find_quoted(article.text, words)
    complementizers = frozenset(i for i, word in enumerate(words) if article.text[slice(*word)].lower() == "that")
    parents = find_parents(doc._.quotes)
    outer = [quote for quote, parent in zip(doc._.quotes, parents, strict=True) if parent is None]
    found = [make_statement(to_attribution(doc, quote), words, quoted) for quote in outer]
    counts = [count_annotated(item, found, words, quoted, complementizers) for item in article.annotations]
    return average(counts)


def count_annotated(
    annotated: Annotated, found: Sequence[Statement], words: Sequence[Range], quoted: Words, complementizers: Words
) -> dict[str, float]:
    """The counts against one annotator, and under `bare` those of contents without a leading `that`."""
    gold = [make_statement(item, words, quoted) for item in annotated.attributions]
    discarded = words_in(annotated.discarded, words)
    kept = [item for item in found if not item.content <= discarded]
    counts = count_statements(gold, kept)
    bare = count_statements(drop_first(gold, complementizers), drop_first(kept, complementizers))
    return counts | {key.replace("all_", "bare_"): value for key, value in bare.items() if key.startswith("all_")}


def drop_first(statements: Iterable[Statement], complementizers: Words) -> list[Statement]:
    """The statements without a first word that is one of those."""
    firsts = [frozenset({min(item.content)}) if item.content else frozenset() for item in statements]
    pairs = zip(statements, firsts, strict=True)
    return [item._replace(content=item.content - (first & complementizers)) for item, first in pairs]


def make_statement(attribution: Attribution, words: Sequence[Range], quoted: Words) -> Statement:
    """An attribution as words, with its kind by the marks in the text."""
    content, source, cue = (words_in(spans, words) for spans in attribution)
    return Statement(content, source, cue, kind_of(content, quoted))


def to_attribution(doc: Doc, quote: Quote) -> Attribution:
    """A quote of the rules by its characters; the source is the speaker as worded, else the mention that speaks."""
    source = quote.speaker
    if source is None and quote.speaker_mention is not None:
        mention = doc._.mentions[quote.speaker_mention]
        source = (mention.start, mention.end)
    parts, sources, cues = quote.parts, () if source is None else (source,), () if quote.cue is None else (quote.cue,)
    return Attribution(*(tuple(chars_of(doc, *span) for span in spans) for spans in (parts, sources, cues)))
