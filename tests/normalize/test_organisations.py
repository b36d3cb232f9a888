"""Bodies that every country has, parted from the country in their name."""

import pytest

from tasks.normalize.lexicon import read_lexicon
from tasks.normalize.organisations import strip_country
from tasks.settings import Settings

LEXICON = read_lexicon(Settings().reference_dir)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("Russian Defence Ministry", "defense ministry", "RUS"),
        ("US Supreme Court", "supreme court", "USA"),
        ("Supreme Court of Kenya", "supreme court", "KEN"),
        ("Chamber of US", "chamber", "USA"),
        ("Bank of England Museum", "bank of england museum", None),
        ("Amnesty International", "amnesty international", None),
    ],
)
def test_country_is_parted_from_the_body(name: str, body: str, code: str | None) -> None:
    assert strip_country(LEXICON, name) == (body, code)
