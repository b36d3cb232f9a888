"""Placeholder until the component is written."""

from spacy.language import Language
from spacy.tokens import Doc

from tasks.nlp import extensions  # noqa: F401


@Language.factory("dateline_quotes", default_config={"reference_dir": ""}, assigns=["doc._.quotes"])
def create_quotes(nlp: Language, name: str, reference_dir: str):  # type: ignore[no-untyped-def]
    return lambda doc: doc
