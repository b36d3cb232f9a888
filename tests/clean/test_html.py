"""Pages: the story, and what the page states about itself."""

import pytest
from trafilatura import load_html

from tasks.clean.html import choose_title, read_page
from tasks.clean.page_head import Stated, read_stated
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
    assert read_stated(load_html(f"<html><body>{head}<p>Text</p></body></html>")).date == date


def test_json_ld_states_authors_change_and_publisher() -> None:
    script = """{"@graph": [{"@type": "WebSite", "name": "Site"}, {"@type": ["NewsArticle"], "headline": "Bill dropped",
        "author": [{"@type": "Person", "name": "Jane Doe"}, "John Roe"], "publisher": {"name": "The Post"},
        "dateModified": "2023-03-10"}]}"""
    stated = read_stated(load_html(f'<html><head><script type="application/ld+json">{script}</script></head></html>'))
    assert stated.titles == ("Bill dropped",)
    assert stated.headings == ()
    assert stated.authors == ("Jane Doe", "John Roe")
    assert (stated.publisher, stated.modified) == ("The Post", "2023-03-10")


def read_body(inner: str) -> str:
    page = read_page(f"<html><body><main><h1>Ruling party drops bill</h1>{inner}</main></body></html>")
    assert page is not None
    return page.text


@pytest.mark.parametrize(
    "part",
    [
        '<p><a href="/b">Six further stories on the protests in the capital</a></p>',
        '<p><strong><a href="/b">OPPOSITION CALLS A STRIKE</a></strong></p>',
        '<p style="display: none">Please turn on scripts to read further.</p>',
        '<form><input type="email"><p>Get the morning letter of the paper.</p></form>',
    ],
)
def test_part_that_is_no_story_goes(part: str) -> None:
    first, second, third = (f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    assert read_body(first + part + second + third) == read_body(first + second + third)


def test_embedded_post_stays() -> None:
    post = "Nobody will be charged for standing in front of parliament."
    tweet = f'<div class="social-embed"><blockquote class="twitter-tweet"><p>{post}</p></blockquote></div>'
    assert post in read_body(PARAGRAPHS + tweet + PARAGRAPHS.replace("bill", "law"))


def test_story_in_several_blocks_is_joined() -> None:
    chunk = "".join(f"<p>{paragraph} {paragraph}</p>" for paragraph in STORY.split("\n\n"))
    blocks = [f'<div class="chunk">{chunk.replace("Police", name)}</div><aside>x</aside>' for name in ("One", "Two")]
    text = read_body(f"<article>{''.join(blocks)}</article>")
    assert "One said 66" in text
    assert "Two said 66" in text


def test_story_in_a_table_keeps_its_paragraphs() -> None:
    lines = read_body(f"<table><tr><td>{PARAGRAPHS * 2}</td></tr></table>").split("\n")
    assert STORY.split("\n\n")[1] in lines


def test_dek_is_the_subtitle() -> None:
    dek = "Two nights of protest end a year of debate"
    page = read_page(
        f'<html><body><article><header><h1>Bill dropped</h1><h2 class="sub-head">{dek}</h2></header>'
        f"{PARAGRAPHS}</article></body></html>"
    )
    assert page is not None
    assert (page.subtitle, page.deks) == (dek, (dek,))


@pytest.mark.parametrize(
    ("found", "stated", "title"),
    [
        ("Row over bill", Stated(headings=("Party drops bill after row",)), "Party drops bill after row"),
        ("Row over bill", Stated(headings=("The Daily Example Post",)), "Row over bill"),
        ("Row over bill", Stated(headings=("Party drops bill", "Row over the bill")), "Row over bill"),
        ("Row over bill", Stated(headings=("Bill",)), "Row over bill"),
        (None, Stated(headings=("Party drops bill",)), "Party drops bill"),
        (None, Stated(titles=("Party drops bill",)), "Party drops bill"),
        ("The Post", Stated(titles=("The Post", "Party drops bill - The Post")), "Party drops bill - The Post"),
        ("Bill dropped", Stated(titles=("Bill dropped",)), "Bill dropped"),
        (None, Stated(), None),
    ],
)
def test_heading_that_a_reader_sees_is_the_title(found: str | None, stated: Stated, title: str | None) -> None:
    assert choose_title(found, stated) == title
