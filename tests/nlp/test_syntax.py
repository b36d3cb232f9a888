"""The syntax layer, over docs built by hand in both labelling schemes."""

import spacy
from spacy.tokens import Doc, Token

from tasks.nlp import syntax


def build(words: str, tags: str, heads: list[int], deps: str) -> Doc:
    """A doc by hand: blank-separated words, `POS/TAG` pairs, head positions and labels."""
    parts = [item.split("/") for item in tags.split()]
    return Doc(
        spacy.blank("en").vocab,
        words=words.split(),
        pos=[part[0] for part in parts],
        tags=[part[1] for part in parts],
        heads=heads,
        deps=deps.split(),
        lemmas=[word.lower() for word in words.split()],
    )


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


def test_conjoined_subjects_each_count() -> None:
    doc = build(
        "France and Germany agreed", "PROPN/NNP CCONJ/CC PROPN/NNP VERB/VBD", [3, 2, 0, 3], "nsubj cc conj ROOT"
    )
    assert texts(syntax.logical_subjects(doc[3])) == ["France", "Germany"]


def test_passive_turns_roles() -> None:
    doc = build(
        "Syria was attacked by Israel",
        "PROPN/NNP AUX/VBD VERB/VBN ADP/IN PROPN/NNP",
        [2, 2, 2, 4, 2],
        "nsubj:pass aux:pass ROOT case obl:agent",
    )
    assert texts(syntax.logical_subjects(doc[2])) == ["Israel"]
    assert texts(syntax.logical_objects(doc[2])) == ["Syria"]


def test_passive_in_clear_labels_turns_roles() -> None:
    doc = build(
        "Syria was attacked by Israel",
        "PROPN/NNP AUX/VBD VERB/VBN ADP/IN PROPN/NNP",
        [2, 2, 2, 2, 3],
        "nsubjpass auxpass ROOT agent pobj",
    )
    assert texts(syntax.logical_subjects(doc[2])) == ["Israel"]
    assert texts(syntax.logical_objects(doc[2])) == ["Syria"]


def test_participle_after_noun_has_it_as_object() -> None:
    doc = build(
        "men arrested by police left",
        "NOUN/NNS VERB/VBN ADP/IN NOUN/NNS VERB/VBD",
        [4, 0, 3, 1, 4],
        "nsubj acl case obl:agent ROOT",
    )
    assert texts(syntax.logical_objects(doc[1])) == ["men"]
    assert texts(syntax.logical_subjects(doc[1])) == ["police"]


def test_relative_pronoun_gives_way_to_its_noun() -> None:
    doc = build(
        "rebels who attacked Kabul fled",
        "NOUN/NNS PRON/WP VERB/VBD PROPN/NNP VERB/VBD",
        [4, 2, 0, 2, 4],
        "nsubj nsubj acl:relcl obj ROOT",
    )
    assert texts(syntax.logical_subjects(doc[2])) == ["rebels"]


def test_gap_in_relative_clause_is_filled_by_its_noun() -> None:
    doc = build(
        "deal that they signed failed",
        "NOUN/NN PRON/WDT PRON/PRP VERB/VBD VERB/VBD",
        [4, 3, 3, 0, 4],
        "nsubj obj nsubj acl:relcl ROOT",
    )
    assert texts(syntax.logical_objects(doc[3])) == ["deal"]


def test_urged_object_does_what_the_infinitive_says() -> None:
    doc = build(
        "France urged Russia to leave",
        "PROPN/NNP VERB/VBD PROPN/NNP PART/TO VERB/VB",
        [1, 1, 1, 4, 1],
        "nsubj ROOT obj mark xcomp",
    )
    assert texts(syntax.logical_subjects(doc[4])) == ["Russia"]


def test_accused_object_did_what_the_gerund_says() -> None:
    doc = build(
        "Ukraine accused Russia of shelling towns",
        "PROPN/NNP VERB/VBD PROPN/NNP SCONJ/IN VERB/VBG NOUN/NNS",
        [1, 1, 1, 4, 1, 4],
        "nsubj ROOT obj mark advcl obj",
    )
    assert texts(syntax.logical_subjects(doc[4])) == ["Russia"]


def test_called_on_country_does_what_the_infinitive_says() -> None:
    doc = build(
        "France called on Israel to leave",
        "PROPN/NNP VERB/VBD ADP/IN PROPN/NNP PART/TO VERB/VB",
        [1, 1, 3, 1, 5, 1],
        "nsubj ROOT case obl mark xcomp",
    )
    doc[1].lemma_ = "call"
    assert texts(syntax.logical_subjects(doc[5])) == ["Israel"]


def test_preposition_reads_alike_in_both_schemes() -> None:
    ud = build("went to Kabul", "VERB/VBD ADP/IN PROPN/NNP", [0, 2, 0], "ROOT case obl")
    clear = build("went to Kabul", "VERB/VBD ADP/IN PROPN/NNP", [0, 0, 1], "ROOT prep pobj")
    for doc in (ud, clear):
        assert [(word, noun.text) for word, noun in syntax.prepositional(doc[0])] == [("to", "Kabul")]


def test_negated_object_negates_the_verb() -> None:
    doc = build("They sent no troops", "PRON/PRP VERB/VBD DET/DT NOUN/NNS", [1, 1, 3, 1], "nsubj ROOT det obj")
    assert syntax.is_negated(doc[1])


def test_phrase_leaves_out_clauses_and_following_phrases() -> None:
    doc = build(
        "the big army of Syria",
        "DET/DT ADJ/JJ NOUN/NN ADP/IN PROPN/NNP",
        [2, 2, 2, 4, 2],
        "det amod ROOT case nmod",
    )
    assert syntax.phrase_span(doc[2]) == (0, 3)
    assert syntax.phrase_span(doc[2], with_modifiers=True) == (0, 5)
