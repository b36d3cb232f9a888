"""Parses mended: one doc built by hand for each slip, and the same doc where the mender has nothing to say."""

from spacy.tokens import Doc

from tasks.nlp.records import Mention
from tasks.nlp.repair import mend
from tests.nlp.test_events import build


def arcs(doc: Doc, *mentions: Mention) -> list[tuple[int, str]]:
    """The heads and labels after mending."""
    doc._.mentions = list(mentions)
    mend(doc)
    return [(token.head.i, token.dep_) for token in doc]


def brand(determiner: str) -> Doc:
    return build(
        f"Volvo bought {determiner} brand Perla",
        "PROPN/NNP VERB/VBD DET/DT NOUN/NN PROPN/NNP",
        [1, 1, 3, 1, 1],
        "nsubj ROOT det obj obj",
        f"Volvo buy {determiner} brand Perla",
    )


def test_name_after_its_noun_is_no_second_object() -> None:
    assert arcs(brand("the"), Mention(4, 5, "ORG"))[3:] == [(1, "obj"), (3, "appos")]


def test_title_before_a_name_is_no_second_subject() -> None:
    doc = build(
        "Typhoon Mina struck Luzon",
        "PROPN/NNP PROPN/NNP VERB/VBD PROPN/NNP",
        [2, 2, 2, 2],
        "nsubj nsubj ROOT obj",
        "Typhoon Mina strike Luzon",
    )
    assert arcs(doc, Mention(1, 2, "PERSON"), Mention(3, 4, "GPE"))[:2] == [(1, "nmod:desc"), (2, "nsubj")]


def test_two_objects_without_a_name_stay() -> None:
    assert arcs(brand("the"))[3:] == [(1, "obj"), (1, "obj")]


def test_name_is_put_together() -> None:
    doc = build(
        "They elected Omar Said chairman",
        "PRON/PRP VERB/VBD PROPN/NNP PROPN/NNP NOUN/NN",
        [1, 1, 1, 1, 1],
        "nsubj ROOT obj ccomp obj",
        "they elect Omar Said chairman",
    )
    assert arcs(doc, Mention(2, 4, "PERSON"))[2:] == [(1, "obj"), (2, "flat"), (1, "xcomp")]


def test_speaker_in_an_aside_speaks() -> None:
    doc = build(
        "Ecuador , Mexico said , raided embassies",
        "PROPN/NNP PUNCT/, PROPN/NNP VERB/VBD PUNCT/, VERB/VBD NOUN/NNS",
        [3, 0, 0, 3, 0, 3, 5],
        "nsubj punct appos ROOT punct ccomp obj",
        "Ecuador , Mexico say , raid embassy",
    )
    found = arcs(doc)
    assert (found[0], found[2]) == ((5, "nsubj"), (3, "nsubj"))


def test_subject_of_a_second_clause_is_no_second_object() -> None:
    doc = build(
        "Peru arrested him and Chile froze accounts",
        "PROPN/NNP VERB/VBD PRON/PRP CCONJ/CC PROPN/NNP VERB/VBD NOUN/NNS",
        [1, 1, 1, 4, 2, 1, 5],
        "nsubj ROOT obj cc conj conj obj",
        "Peru arrest he and Chile freeze account",
    )
    assert arcs(doc)[3:5] == [(5, "cc"), (5, "nsubj")]


def test_it_that_is_ready_is_somebody() -> None:
    doc = build(
        "It is ready to talk",
        "PRON/PRP AUX/VBZ ADJ/JJ PART/TO VERB/VB",
        [2, 2, 2, 4, 2],
        "expl cop ROOT mark xcomp",
        "it be ready to talk",
    )
    assert arcs(doc)[0] == (2, "nsubj")


def test_deed_of_a_charge_is_a_clause() -> None:
    doc = build(
        "They charged him with embezzling funds",
        "PRON/PRP VERB/VBD PRON/PRP ADP/IN NOUN/NN NOUN/NNS",
        [1, 1, 1, 5, 5, 1],
        "nsubj ROOT obj case amod obl",
        "they charge he with embezzling fund",
    )
    assert arcs(doc)[3:] == [(4, "mark"), (1, "advcl"), (4, "obj")]
    assert (doc[4].tag_, doc[4].pos_) == ("VBG", "VERB")


def test_gift_is_an_object() -> None:
    doc = build(
        "Kuwait refused Lebanon help",
        "PROPN/NNP VERB/VBD PROPN/NNP VERB/VB",
        [1, 1, 3, 1],
        "nsubj ROOT compound xcomp",
        "Kuwait refuse Lebanon help",
    )
    assert arcs(doc)[2:] == [(1, "iobj"), (1, "obj")]


def test_verb_with_an_object_is_no_noun() -> None:
    doc = build(
        "until the army attacks Gao",
        "SCONJ/IN DET/DT NOUN/NN NOUN/VBZ PROPN/NNP",
        [3, 3, 3, 3, 3],
        "mark det compound ROOT obj",
        "until the army attack Gao",
    )
    assert arcs(doc)[1:3] == [(2, "det"), (3, "nsubj")]
    assert (doc[3].tag_, doc[3].pos_) == ("VBZ", "VERB")


def test_infinitive_goes_with_the_noun_that_asks_for_one() -> None:
    doc = build(
        "Police foiled a plot , an attempt to seize power",
        "NOUN/NNS VERB/VBD DET/DT NOUN/NN PUNCT/, DET/DT NOUN/NN PART/TO VERB/VB NOUN/NN",
        [1, 1, 3, 1, 6, 6, 3, 8, 1, 8],
        "nsubj ROOT det obj punct det appos mark advcl obj",
        "police foil a plot , a attempt to seize power",
    )
    assert arcs(doc)[8] == (6, "acl")


def test_object_is_no_predicate() -> None:
    doc = build(
        "Delegates praised reforms",
        "NOUN/NNS VERB/VBD NOUN/NNS",
        [1, 1, 1],
        "nsubj ROOT xcomp",
        "delegate praise reform",
    )
    assert arcs(doc)[2] == (1, "obj")


def test_speech_behind_what_is_said_comes_first() -> None:
    doc = build(
        "Sudan resigned , aides announced .",
        "PROPN/NNP VERB/VBD PUNCT/, NOUN/NNS VERB/VBD PUNCT/.",
        [1, 1, 4, 4, 1, 1],
        "nsubj ROOT punct nsubj parataxis punct",
        "Sudan resign , aide announce .",
    )
    assert arcs(doc) == [(1, "nsubj"), (4, "ccomp"), (4, "punct"), (4, "nsubj"), (4, "ROOT"), (4, "punct")]


def test_who_is_to_do_it_is_the_subject() -> None:
    doc = build(
        "Critics called for Kihuen to leave",
        "NOUN/NNS VERB/VBD SCONJ/IN PROPN/NNP PART/TO VERB/VB",
        [1, 1, 5, 1, 5, 1],
        "nsubj ROOT mark obl mark advcl",
        "critic call for Kihuen to leave",
    )
    assert arcs(doc)[3] == (5, "nsubj")


def loot(participle: str, lemma: str) -> Doc:
    return build(
        f"They torched vehicles and {participle} shops",
        "PRON/PRP VERB/VBD NOUN/NNS CCONJ/CC VERB/VBN NOUN/NNS",
        [1, 1, 1, 5, 5, 2],
        "nsubj ROOT obj cc amod conj",
        f"they torch vehicle and {lemma} shop",
    )


def test_second_verb_before_its_object_is_no_adjective() -> None:
    assert arcs(loot("looted", "loot"))[2:] == [(1, "obj"), (4, "cc"), (1, "conj"), (4, "obj")]


def test_participle_that_is_mostly_an_adjective_stays() -> None:
    assert arcs(loot("damaged", "damage"))[4:] == [(5, "amod"), (2, "conj")]
