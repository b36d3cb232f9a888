"""Nothing raises on odd texts: not the rules over the shipped model's parses, not over docs that nothing has parsed."""

import pytest
from spacy.lang.en import English
from spacy.language import Language

from tasks.nlp.build import annotate, build_rules
from tasks.settings import Settings

ODD = {
    "empty": "",
    "blanks": " \n\n \t ",
    "one-word": "Oslo",
    "one-mark": "“",
    "only-marks": "“”“” '' \"\" ‘’ (",
    "unbalanced": '“He said ”that“ it, “she said (“no”, told “ him " and "',
    "title-alone": "President",
    "cue-alone": "said",
    "according-alone": "According to",
    "that-last": "Anna Berg told reporters that",
    "dash-first": "— said — Berg —",
    "decimals": "It rose 7.7 percent on 7.7 and 1,2.3 million 3. 4/5/6/7 times by 0.0.",
    "links": "https://x.example/a?b=c#d said @someone http:// www. pic.twitter.com/x",
    "many-quotations": "“We lost,” she said. " * 300,
    "open-quotations": "“We lost, she said.\n\n" * 100,
    "shouted": "PRESIDENT BERG SAID: NO. MR. HOLM TOLD THE AP ‘YES’.",
    "nested-brackets": "((((Oslo (NO) said (he (she (“no”))))",
    "possessives": "’s ’s 's said 's that ’s",
    "emoji": "😀 said “😀” 😀 told 😀 that 😀",
    "control": "Berg\x00 said\x1f \u200b“no”\ufeff.",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_is_read(text: str, pipelines: tuple[Language, Language]) -> None:
    nlp, rules = pipelines
    doc = annotate(rules, nlp(text), published_on="2022-01-07")
    assert all(0 <= start < end <= len(doc) for quote in doc._.quotes for start, end in quote.parts)
    assert all(0 <= mention.start < mention.end <= len(doc) for mention in doc._.mentions)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_doc_without_a_parse_is_read(text: str) -> None:
    nlp = English()
    rules = build_rules(Settings().reference_dir, nlp.vocab)
    rules.remove_pipe("dateline_events")
    doc = annotate(rules, nlp(text))
    assert all(0 <= start < end <= len(doc) for quote in doc._.quotes for start, end in quote.parts)
