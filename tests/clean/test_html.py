"""Pages: the story, and what the page states about itself."""

import pytest
from trafilatura import load_html

from tasks.clean.html import find_stated_date, read_page
from tests.clean.conftest import STORY

PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
PAGE = f"""<html><head><title>Ruling party drops bill | The Post</title>
<meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2023-03-09T10:00:00+04:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ruling party drops bill</h1>{PARAGRAPHS}</article>
<footer>&copy; 2023 The Post</footer></body></html>"""


def test_page_gives_story_and_metadata() -> None:
    page = read_page(PAGE)
    assert page is not None
    assert page.text.split("\n")[-3:] == STORY.split("\n\n")
    assert (page.title, page.date, page.publisher) == (
        "Ruling party drops bill",
        "2023-03-09T10:00:00+04:00",
        "The Post",
    )


@pytest.mark.parametrize(
    "html", ["", "no page", "<html></html>", "<html><body><script>x</script></body></html>", "<" * 500]
)
def test_page_without_story_is_none(html: str) -> None:
    page = read_page(html)
    assert page is None or len(page.text) < 20


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2023-04-04"}]}</script>', "2023-04-04"),
        ('<script type="application/ld+json">{"datePublished": "2023-04-04", broken</script>', "2023-04-04"),
        ('<meta name="PubDate" content="2023-04-04">', "2023-04-04"),
        ("<article><time datetime='2023-04-04'>yesterday</time></article>", "2023-04-04"),
        ("<p>4 April 2023</p>", None),
    ],
)
def test_stated_day_is_found(head: str, date: str | None) -> None:
    assert find_stated_date(load_html(f"<html><body>{head}<p>Text</p></body></html>")) == date
