"""A web page as the clean stage leaves it: the story, the title, the day of publication."""

from datetime import UTC, datetime

from benchmarks.accuracy.formats.pages import Saved, read_pages
from benchmarks.accuracy.formats.statements import is_confirmed, is_on_day, read_statement
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
    Figure("title stands in the title element", ("titles_right", "titles"), share, "titles"),
    Figure("published on the stated day", ("days_right", "days"), share, "days"),
)


@register("body")
def score_bodies(run: Run) -> list[Score]:
    """Scores on each set of saved pages."""
    scores: list[Score] = []
    rules = load_rules(run.reference_dir)
    for path in run.find("html/*/ground-truth.json"):
        rows = [count_page(page, clean_page(page, rules)) for page in run.take(read_pages(path))]
        scores += score_figures("body", path.parent.name, FIGURES, rows)
    return scores


def clean_page(page: Saved, rules: Rules) -> Article | None:
    """The article that clean takes from a page, or None where it rejects it."""
    raw = RawDocument("page.html", decode_text(page.content) or "", True, Given(url=page.url), "", EPOCH)
    outcome = clean_document(raw, rules).outcome
    return outcome if isinstance(outcome, Article) else None


def count_page(page: Saved, article: Article | None) -> dict[str, float]:
    """The counts of one page: of its story, and of what it states in title element, address and time elements."""
    title, day = read_statement(decode_text(page.content) or "<html></html>", page.url)
    return {
        **count_shingles(page.story, article.body if article else ""),
        "titles": title is not None,
        "titles_right": title is not None and is_confirmed(title, article.title if article else None),
        "days": day is not None,
        "days_right": day is not None and is_on_day(day, article.published_at if article else None),
    }
