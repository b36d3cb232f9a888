"""Augmenters that make treebank text look like news: curly quotes, upper-case headlines, lower case."""

import random
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

OPENING = {"``": "“", "`": "‘"}
CLOSING = {"''": "”", "'": "’"}
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "``": '"', "''": '"'}


def curl(word: str, tag: str) -> str:
    """The word with typographic quotes; opening or closing follows the PTB tag."""
    if word in ('"', "''", "``", "'", "`"):
        is_single = word in ("'", "`")
        if tag == "``":
            return OPENING["`" if is_single else "``"]
        return CLOSING["'" if is_single else "''"]
    return word.replace("'", "’").replace('"', "”")


def straighten(word: str) -> str:
    """The word with typewriter quotes."""
    for curly, plain in STRAIGHT.items():
        word = word.replace(curly, plain)
    return word


def replace_words(doc: Doc, words: list[str]) -> Doc:
    """A copy of the annotated doc with other words, token for token."""
    record = Example(doc, doc).to_dict()
    record["token_annotation"]["ORTH"] = words
    return Example.from_dict(Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc]), record).reference


def vary_quotes(doc: Doc, chooser: random.Random, *, curly: float) -> list[str]:
    """The words with quotes of one kind throughout: curly with the given probability, else straight."""
    if chooser.random() < curly:
        return [curl(token.text, token.tag_) for token in doc]
    return [straighten(token.text) for token in doc]


def vary_case(words: list[str], chooser: random.Random, *, upper: float, lower: float) -> list[str]:
    """The words, rarely all upper or all lower case."""
    draw = chooser.random()
    if draw < upper:
        return [word.upper() for word in words]
    if draw < upper + lower:
        return [word.lower() for word in words]
    return words


@registry.augmenters("dateline.news_text.v1")
def create_news_augmenter(
    curly: float, upper: float, lower: float, seed: int
) -> Callable[[Language, Example], Iterator[Example]]:
    """An augmenter that yields each example once, with varied quotes and, rarely, varied case."""
    chooser = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        reference = example.reference
        words = vary_quotes(reference, chooser, curly=curly)
        words = vary_case(words, chooser, upper=upper, lower=lower)
        if all(len(word) == len(token.text) for word, token in zip(words, reference, strict=True)):
            reference = replace_words(reference, words)
        yield Example(nlp.make_doc(reference.text), reference)

    return augment
