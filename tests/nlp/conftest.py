"""The shipped model and the rules over it, loaded once."""

import pytest
from spacy.language import Language

from tasks.nlp.build import build_rules, load_model
from tasks.settings import DEFAULT_MODEL, Settings


@pytest.fixture(scope="session")
def pipelines() -> tuple[Language, Language]:
    if not (DEFAULT_MODEL / "meta.json").exists():
        pytest.skip("the shipped model is not in this checkout")
    nlp = load_model(str(DEFAULT_MODEL))
    return nlp, build_rules(Settings().reference_dir, nlp.vocab)
