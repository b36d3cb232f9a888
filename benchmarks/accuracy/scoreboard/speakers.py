"""Who is meant: names for pronouns, and names for the speakers of quotes."""

from spacy.tokens import Doc

from benchmarks.accuracy.dropped import draw_articles
from benchmarks.accuracy.formats.gap import Snippet, read_snippets
from benchmarks.accuracy.formats.polnear import read_articles
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures, share
from benchmarks.accuracy.reading import Text, chars_of
from benchmarks.accuracy.scorers.pronouns import count_names
from benchmarks.accuracy.scorers.spans import Range, overlap
from tasks.nlp.records import Mention, Quote

NEWS_ARTICLES, NEWS_SEED = 300, 9
GAP_SPLITS = {"dev": "validation"}
GAP_FIGURES = (
    Figure("F1", ("right", "found", "gold"), f1, "gold"),
    Figure("precision", ("right", "found"), share, "gold"),
    Figure("recall", ("right", "gold"), share, "gold"),
    Figure("F1 masculine", ("masculine_right", "masculine_found", "masculine_gold"), f1, "masculine_gold"),
    Figure("F1 feminine", ("feminine_right", "feminine_found", "feminine_gold"), f1, "feminine_gold"),
)
QUOTE_FIGURES = (
    Figure("speaker has a name, direct and mixed", ("spoken_named", "spoken"), share, "spoken"),
    Figure("only whom the speaker is of has a name, direct and mixed", ("spoken_of_named", "spoken"), share, "spoken"),
    Figure("speaker has a name, all quotes", ("named", "quotes"), share, "quotes"),
)


@register("speakers")
def score_speakers(run: Run) -> list[Score]:
    """GAP, and the share of the quotes found in PolNeAR and in other news whose speaker has a name."""
    scores: list[Score] = []
    for path in run.find(f"coref/gap/gap-{GAP_SPLITS.get(run.split, run.split)}.tsv"):
        snippets = list(run.take(read_snippets(path)))
        docs = run.reader.read_texts(Text(snippet.text) for snippet in snippets)
        rows = [count_snippet(snippet, doc) for snippet, doc in zip(snippets, docs, strict=True)]
        scores += score_figures("speakers", "gap", GAP_FIGURES, rows)
    folders = run.find(f"quotes/polnear/{run.split}")
    annotated = [article for folder in folders for article in run.take(read_articles(folder))]
    docs = run.reader.read_texts(Text(article.text, article.published_on) for article in annotated)
    scores += score_figures("speakers", "polnear", QUOTE_FIGURES, [count_quotes(doc) for doc in docs])
    for path in run.find("news-raw.jsonl"):
        articles = draw_articles(path, run.limit or NEWS_ARTICLES, NEWS_SEED)
        docs = run.reader.read_texts(Text(article.body, title=article.title) for article in articles)
        scores += score_figures("speakers", "news-raw", QUOTE_FIGURES, [count_quotes(doc) for doc in docs])
    return scores


def count_snippet(snippet: Snippet, doc: Doc) -> dict[str, float]:
    """The counts of one pronoun."""
    found = [is_meant(doc, (snippet.start, snippet.end), (name.start, name.end)) for name in snippet.names]
    return count_names([name.is_meant for name in snippet.names], found, pronoun=snippet.pronoun)


def is_meant(doc: Doc, pronoun: Range, name: Range) -> bool:
    """Whether a mention at the pronoun shares its cluster with a mention by name at the name."""
    mentions: list[Mention] = doc._.mentions
    placed = [(mention, chars_of(doc, mention.start, mention.end)) for mention in mentions if mention.cluster >= 0]
    of_pronoun = {m.cluster for m, span in placed if m.mention_type == "pronoun" and overlap(span, pronoun)}
    of_name = {m.cluster for m, span in placed if m.mention_type == "name" and overlap(span, name)}
    return bool(of_pronoun & of_name)


def count_quotes(doc: Doc) -> dict[str, float]:
    """How many quotes have a speaker with a name, over all and over those in quotation marks.

    `spoken_of_named` counts those whose speaker has none but whose body or person, of which the speaker is, has one.
    """
    quotes: list[Quote] = [quote for quote in doc._.quotes if quote.is_said]
    spoken = [quote for quote in quotes if quote.quote_type in {"direct", "mixed"}]
    return {
        "quotes": len(quotes),
        "named": sum(name_speaker(doc, quote) is not None for quote in quotes),
        "spoken": len(spoken),
        "spoken_named": sum(name_speaker(doc, quote) is not None for quote in spoken),
        "spoken_of_named": sum(
            name_speaker(doc, quote) is None and name_affiliation(doc, quote) is not None for quote in spoken
        ),
    }


def name_speaker(doc: Doc, quote: Quote) -> str | None:
    """The longest name of whoever speaks, or None."""
    return longest_name(doc, quote.speaker_mention)


def name_affiliation(doc: Doc, quote: Quote) -> str | None:
    """The longest name of the body or person that a speaker without a name is of, or None."""
    return longest_name(doc, quote.affiliation)


def longest_name(doc: Doc, mention: int | None) -> str | None:
    """The longest name of what a mention, given by its index, means."""
    if mention is None:
        return None
    mentions: list[Mention] = doc._.mentions
    own = mentions[mention]
    same = [own, *(other for other in mentions if own.cluster >= 0 and other.cluster == own.cluster)]
    names = [doc[other.start : other.end].text for other in same if other.mention_type == "name"]
    return max(names, key=len, default=None)
