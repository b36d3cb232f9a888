"""The tokenizer of the shipped model: spaCy's English rules, moved a little towards Universal Dependencies."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from training.words import WORDS

RUNS = (r"[!?]{2,}", r"[=*_~]{2,}", r"<<+", r">>+")
UNITS = r"(?<=[0-9])(?:bn|tn|mn|pc)"
HYPHENS = (r"(?<=[0-9])[-–](?=[a-z]{2,})", r"(?<=[A-Z]\.)[-–](?=[A-Za-z])")
SPLIT_AGAIN = ("and/or", "m.", "b.", "k.")


def adapt_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer of ``nlp``, that keeps our abbreviations whole and cuts "12-year-old" in five tokens."""
    rules = {key: value for key, value in nlp.tokenizer.rules.items() if key not in SPLIT_AGAIN}
    prefixes = [*RUNS, *nlp.Defaults.prefixes]
    suffixes = [*RUNS, UNITS, *nlp.Defaults.suffixes]
    infixes = [*HYPHENS, *nlp.Defaults.infixes]
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=nlp.tokenizer.token_match,
        url_match=nlp.tokenizer.url_match,
    )
    for abbreviation in WORDS["abbreviations"]:
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    return tokenizer


@registry.callbacks("dateline.adapt_tokenizer.v1")
def create_adapt_tokenizer() -> Callable[[Language], Language]:
    """A callback for ``[nlp.after_creation]`` that installs the tokenizer."""

    def install(nlp: Language) -> Language:
        nlp.tokenizer = adapt_tokenizer(nlp)
        return nlp

    return install
