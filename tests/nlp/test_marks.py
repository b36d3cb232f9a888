"""Quotation marks are found in every style, and only where they close."""

import pytest

from tasks.nlp.marks import find_marked

CASES = [
    pytest.param("“We agree,” he said, “but later.”", ["We agree,", "but later."], id="typographic"),
    pytest.param('"We agree," he said. "But later."', ["We agree,", "But later."], id="straight"),
    pytest.param("''We agree,'' he said.", ["We agree,"], id="two-apostrophes"),
    pytest.param("``We agree,'' he said.", ["We agree,"], id="backticks"),
    pytest.param("«We agree», he said.", ["We agree"], id="guillemets"),
    pytest.param("‘I’m sure,’ she said, ‘of workers’ rights.’", ["I’m sure,", "of workers’ rights."], id="single"),
    pytest.param("“He called it a ‘new law’ twice,” she said.", ["He called it a ‘new law’ twice,"], id="nested"),
    pytest.param("“First.\n\n“Second,” he said.", ["First.", "Second,"], id="reopened-paragraph"),
    pytest.param("“We agree, he said.", [], id="unclosed"),
    pytest.param("“We agree, he said. “Not now,” she said.", ["Not now,"], id="unclosed-before-another"),
    pytest.param('The pole is 6" x 4" wide.', [], id="inches"),
    pytest.param("It’s the ministers’ plan.", [], id="apostrophes"),
    pytest.param("", [], id="empty"),
]


@pytest.mark.parametrize(("text", "passages"), CASES)
def test_passages_in_marks(text: str, passages: list[str]) -> None:
    assert [text[passage.start : passage.end] for passage in find_marked(text)] == passages


def test_a_reopened_paragraph_is_marked_open() -> None:
    assert [passage.is_open for passage in find_marked("“First.\n\n“Second.”")] == [True, False]
