"""The spaCy pipeline in two parts: the neural model, whose parses are kept, and the rules that run over them."""

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from tasks.errors import ModelError
from tasks.nlp import (  # noqa: F401  (they register their factories)
    coref,
    events,
    extensions,
    names,
    numbers,
    parser,
    quotes,
    repair,
    times,
)

RULES = (
    "dateline_names",
    "dateline_repair",
    "dateline_times",
    "dateline_numbers",
    "dateline_coref",
    "dateline_quotes",
    "dateline_events",
)
NEEDED = {
    "parse": ("parser", "dateline_parser"),
    "entities": ("ner", "entity_ruler", "dateline_parser"),
    "tags": ("tagger", "morphologizer", "dateline_parser"),
}


@Language.component("dateline_paragraphs", assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """The doc with a sentence starting at each paragraph, so that no sentence crosses a blank line."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            following = doc[token.i + 1]
            following.is_sent_start = not following.is_space or None
    return doc


def load_model(model: str) -> Language:
    """The neural pipeline of that name or path.

    Raises ModelError where it cannot be loaded or lacks a parser, a tagger or named entities.
    """
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"Cannot load the spaCy pipeline {model}: {str(error).splitlines()[0]}") from error
    for what, pipes in NEEDED.items():
        if not any(pipe in nlp.pipe_names for pipe in pipes):
            raise ModelError(f"The spaCy pipeline {model} gives no {what}; take one with a parser, tags and entities.")
    nlp.add_pipe("dateline_paragraphs", first=True)
    return nlp


def build_rules(reference_dir: Path, vocab: Vocab) -> Language:
    """A pipeline of the rule components alone, over the vocabulary of the parses it will read."""
    nlp = Language(vocab)
    for rule in RULES:
        takes_data = "reference_dir" in (nlp.get_factory_meta(rule).default_config or {})
        nlp.add_pipe(rule, config={"reference_dir": str(reference_dir)} if takes_data else {})
    return nlp


def annotate(rules: Language, doc: Doc, *, published_on: str | None = None, title: str | None = None) -> Doc:
    """The parsed doc with its records found; `published_on` is the ISO day that relative times count from."""
    doc._.published_on = published_on
    doc._.title = title
    for _, component in rules.pipeline:
        doc = component(doc)
    return doc
