"""The spaCy pipeline in two parts: the neural model, whose parses are kept, and the rules that run over them."""

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from tasks.errors import ModelError
from tasks.nlp import coref, events, extensions, names, quotes, times  # noqa: F401  (they register their factories)

RULES = ("dateline_names", "dateline_times", "dateline_coref", "dateline_quotes", "dateline_events")
NEEDED = {"a parser": ("parser",), "named entities": ("ner",), "tags": ("tagger", "morphologizer", "transformer")}


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
            raise ModelError(
                f"The spaCy pipeline {model} has no {pipes[0]}, so it gives no {what[2:] if what[1] == ' ' else what}; take one that has."
            )
    return nlp


def build_rules(reference_dir: Path, vocab: object) -> Language:
    """A pipeline of the rule components alone, over the vocabulary of the parses it will read."""
    nlp = Language(vocab)
    for rule in RULES:
        nlp.add_pipe(rule, config={"reference_dir": str(reference_dir)})
    return nlp


def annotate(rules: Language, doc: Doc, *, published_on: str | None = None, title: str | None = None) -> Doc:
    """The parsed doc with mentions, times, quotes and events found, given the day of publication (ISO) and the title."""
    doc._.published_on = published_on
    doc._.title = title
    for _, component in rules.pipeline:
        doc = component(doc)
    return doc
