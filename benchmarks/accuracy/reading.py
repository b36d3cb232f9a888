"""Texts and gold tokens read by Dateline's pipeline, as a user gets them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from tasks.nlp.build import annotate, build_rules, load_model

BATCH = 16


class Text(NamedTuple):
    """A raw text with what a user would know of it."""

    text: str
    published_on: str | None = None
    title: str | None = None


class Words(NamedTuple):
    """Gold tokens, with whether a blank follows each, and whether a sentence or paragraph is known to start there."""

    forms: tuple[str, ...]
    spaces: tuple[bool, ...]
    starts: tuple[bool, ...] | None = None


class Reader:
    """The neural model and the rules over its parses."""

    def __init__(self, model: str, reference_dir: Path) -> None:
        self.nlp = load_model(model)
        self.rules = build_rules(reference_dir, self.nlp.vocab)

    def read_texts(self, texts: Iterable[Text]) -> Iterator[Doc]:
        """The texts with everything that rules find."""
        pairs = ((text.text, text) for text in texts)
        for doc, text in self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield annotate(self.rules, doc, published_on=text.published_on, title=text.title)

    def read_words(self, documents: Iterable[Words]) -> Iterator[Doc]:
        """The gold tokens with everything that rules find."""
        docs = (self.make_doc(words) for words in documents)
        for doc in self.nlp.pipe(docs, batch_size=BATCH):
            yield annotate(self.rules, doc)

    def parse_texts(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The texts with tags and parses alone."""
        with self.nlp.select_pipes(disable=self._names):
            yield from self.nlp.pipe(texts, batch_size=BATCH)

    def parse_sentences(self, sentences: Iterable[Words]) -> Iterator[Doc]:
        """Gold sentences with tags and parses alone, each a Doc whose first token alone starts a sentence."""
        docs = (self.make_doc(words, is_sentence=True) for words in sentences)
        with self.nlp.select_pipes(disable=self._names):
            yield from self.nlp.pipe(docs, batch_size=BATCH * 8)

    def make_doc(self, words: Words, *, is_sentence: bool = False) -> Doc:
        """The tokens as an empty Doc."""
        starts: list[bool | int | None] | None = None
        if is_sentence:
            starts = [index == 0 for index in range(len(words.forms))]
        elif words.starts is not None:
            starts = [is_start or None for is_start in words.starts]
        return Doc(
            self.nlp.vocab,
            words=list(words.forms),
            spaces=list(words.spaces),
            sent_starts=starts,
        )

    @property
    def _names(self) -> list[str]:
        return [pipe for pipe in self.nlp.pipe_names if pipe in {"ner", "entity_ruler"}]


def chars_of(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters `[start, end)` of a token range."""
    span = doc[start:end]
    return span.start_char, span.end_char


def guess_spaces(forms: Sequence[str]) -> tuple[bool, ...]:
    """Where blanks stood between tokens whose text was not kept, by the usual rules of English print."""
    spaces = [True] * len(forms)
    is_open = False
    for index, form in enumerate(forms):
        closes = form in {".", ",", ";", ":", "!", "?", ")", "]", "%", "”", "’"} or form in CLITICS
        if form == '"':
            closes, is_open = is_open, not is_open
        if closes and index:
            spaces[index - 1] = False
        if form in {"(", "[", "$", "€", "£", "“", "‘", "#"} or (form == '"' and is_open):
            spaces[index] = False
    return tuple(spaces)


CLITICS = frozenset({"'s", "’s", "n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"})
