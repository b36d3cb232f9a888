"""The story of a web page, as the clean stage leaves it."""

from datetime import UTC, datetime

from benchmarks.accuracy.formats.pages import Saved, read_pages
from benchmarks.accuracy.frame import Run, register
from benchmarks.accuracy.measures import Figure, Score, f1, score_figures, share
from benchmarks.accuracy.scorers.shingles import count_shingles
from tasks.clean.articles import Article, clean_document
from tasks.clean.boilerplate import Rules
from tasks.clean.encoding import decode_text
from tasks.clean.readers import Given, RawDocument
from tasks.clean.task import load_rules

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
FIGURES = (
    Figure("F1", ("right", "found", "gold"), f1, "pages"),
    Figure("precision", ("right", "found"), share, "pages"),
    Figure("recall", ("right", "gold"), share, "pages"),
)


@register("body")
def score_bodies(run: Run) -> list[Score]:
    """Scores on each set of saved pages."""
    scores: list[Score] = []
    rules = load_rules(run.reference_dir)
    for path in run.find("html/*/ground-truth.json"):
        rows = [count_shingles(page.story, clean_page(page, rules)) for page in run.take(read_pages(path))]
        scores += score_figures("body", path.parent.name, FIGURES, rows)
    return scores


def clean_page(page: Saved, rules: Rules) -> str:
    """The body that clean takes from a page, empty where it rejects it."""
    raw = RawDocument("page.html", decode_text(page.content) or "", True, Given(url=page.url), "", EPOCH)
    outcome = clean_document(raw, rules).outcome
    return outcome.body if isinstance(outcome, Article) else ""
