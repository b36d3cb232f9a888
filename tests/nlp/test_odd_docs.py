"""Nothing raises on odd texts: not the rules over the shipped model's parses, not over docs that nothing has parsed."""

import random

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from tasks.extract.rows import to_rows
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


REPORT = """Anna Berg, the minister, told reporters in Oslo on Friday that 20 people were killed when troops shelled it.

“We disapproved of how it was handled,” she said, accusing Mr. Holm of “lies”, and called for talks with the rebels.

According to police, the two men arrested last week had been warned against travelling; they denied it."""


@pytest.mark.parametrize("seed", range(20))
def test_wrong_parse_is_read_and_gives_rows(seed: int, pipelines: tuple[Language, Language]) -> None:
    nlp, rules = pipelines
    doc = annotate(rules, misread(nlp(REPORT), random.Random(seed)), published_on="2022-01-07")
    assert to_rows("art_1", doc).sentences


def misread(doc: Doc, chooser: random.Random) -> Doc:
    """The doc with a third of its heads, relations and tags as a poor parser might give them."""
    heads, deps, tags = [token.head.i for token in doc], [token.dep_ for token in doc], [token.tag_ for token in doc]
    for sentence in doc.sents:
        places = list(range(sentence.start, sentence.end))
        for place in places:
            head = chooser.choice(places)
            if place == sentence.root.i or chooser.random() > 1 / 3:
                continue
            if place not in path_to_root(heads, head):
                heads[place] = head
            deps[place], tags[place] = chooser.choice(deps), tags[chooser.choice(places)]
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=tags,
        deps=deps,
        heads=heads,
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )


def path_to_root(heads: list[int], place: int) -> set[int]:
    """The words from one up to the root."""
    path = {place}
    while heads[place] not in path:
        place = heads[place]
        path.add(place)
    return path
