"""Conversion of treebanks and named-entity sets, on fragments written by hand."""

import random

import pytest
import spacy

from training.conllu import build_docs, group_sentences, read_sentences, split_surface
from training.gazetteer import Gazetteer, label_other, label_place, read_cameo_actors, read_demonyms
from training.ner_sets import finish, is_name, mark_unknown_capitals, name_cores
from training.passages import Passage, Span, build_example, detokenize, drop_overlaps, read_tagged
from training.substitute import Names, restyle, substitute_names
from training.tokenizer import adapt_tokenizer

TREEBANK = """# newdoc id = d1
# newpar id = p1
# sent_id = 1
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\tMood=Imp\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\tVerbForm=Fin\t0\troot\t_\tSpaceAfter=No
3.1\tthere\tthere\tADV\tRB\t_\t_\t_\t_\t_
4\t!\t!\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar id = p2
# sent_id = 2
1\tRebels\trebel\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\tEntity=(1-person-x)
2\tfled\tflee\tVERB\tVBD\tTense=Past\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newdoc id = d2
# sent_id = 3
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    nlp.tokenizer = adapt_tokenizer(nlp)
    return nlp


@pytest.fixture
def gazetteer():
    return Gazetteer(
        gpe=frozenset({"ruritania", "strelsau"}),
        demonyms=frozenset({"Ruritanian", "Ruritanians"}),
        people=("Rudolf Elphberg",),
        places=("Hentzau",),
        countries=("Ruritania",),
        adjectives=("Ruritanian",),
        organizations=("Black Elphberg League",),
    )


def test_multiword_token_keeps_its_surface_and_empty_nodes_vanish():
    first = next(read_sentences(TREEBANK.splitlines()))
    assert [(w.form, w.has_space_after) for w in first.words] == [
        ("Do", False),
        ("n't", True),
        ("go", False),
        ("!", True),
    ]


def test_respelled_multiword_token_is_cut_to_the_written_letters():
    assert split_surface("dunno", ["do", "not", "know"]) == ["du", "nn", "o"]
    assert split_surface("cannot", ["can", "not"]) == ["can", "not"]


def test_groups_never_cross_documents():
    groups = list(group_sentences(read_sentences(TREEBANK.splitlines()), size=10, seed=1))
    assert all(not sentence.starts_document for group in groups for sentence in group[1:])


def test_paragraph_end_becomes_a_blank_line_that_belongs_to_the_sentence_before(nlp):
    docs = list(build_docs(nlp.vocab, TREEBANK.splitlines(), size=10, break_rate=1.0, seed=4))
    doc = docs[0]
    assert doc.text == "Don't go!\n\nRebels fled. "
    assert [sent.text for sent in doc.sents] == ["Don't go!\n\n", "Rebels fled."]
    assert [(t.dep_, t.head.text) for t in doc][:4] == [
        ("aux", "go"),
        ("advmod", "go"),
        ("ROOT", "go"),
        ("punct", "go"),
    ]
    assert (doc[4].tag_, doc[4].pos_, doc[4].head.text) == ("_SP", "SPACE", "!")


def test_tokenizer_cuts_as_the_treebanks_do(nlp):
    words = [t.text for t in nlp.make_doc("The 12-year-old U.S.-led aid and/or $5bn for Lt. Gov. Smith!!")]
    assert words == ["The", "12", "-", "year", "-", "old", "U.S.", "-", "led", "aid", "and", "/", "or", "$", "5", "bn",
                     "for", "Lt.", "Gov.", "Smith", "!!"]  # fmt: skip


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (["The", "U", ".", "S", ".", "said", "(", "Monday", ")", "."], "The U.S. said (Monday)."),
        (['"', "Go", '"', ",", "he", "said", "."], '"Go", he said.'),
        (["Kim", "Hyun", "-", "sook", "’", "s", "$", "350"], "Kim Hyun-sook’s $350"),
        (["15", "October", "-", "As", "Malawi"], "15 October - As Malawi"),
        (["They", "do", "n't", "know"], "They don't know"),
    ],
)
def test_detokenized_text_reads_as_printed(tokens, text):
    found, starts = detokenize(tokens)
    assert found == text
    assert [found[s : s + len(t)] for s, t in zip(starts, tokens, strict=True)] == tokens


def test_stray_inside_tag_starts_a_span():
    assert read_tagged([("Abu", "I-PER"), ("Dhabi", "I-LOC"), ("x", "O")])[1] == [(0, 1, "PER"), (1, 2, "LOC")]


def test_longer_of_two_overlapping_spans_stays():
    assert drop_overlaps([Span(0, 5, "ORG"), Span(0, 9, "LAW"), Span(10, 12, "GPE")]) == (
        Span(0, 9, "LAW"),
        Span(10, 12, "GPE"),
    )


def test_unknown_spans_are_missing_not_outside(nlp):
    example = build_example(nlp, Passage("s", "Zapt saw Tarlenheim.", (Span(0, 4, "PERSON"), Span(9, 19, "-"))))
    assert [t.ent_iob_ for t in example.reference] == ["B", "O", "", "O"]


def test_finish_strips_article_title_and_possessive_and_finds_demonyms(gazetteer):
    text = "The Ruritanian President Rudolf's visit to the Strelsau Bridge"
    spans = (Span(15, 33, "PERSON"), Span(43, 62, "PLACE"))
    done = finish(Passage("s", text, spans), gazetteer, is_complete=True)
    assert [(text[s.start : s.end], s.label) for s in done.spans] == [
        ("Ruritanian", "NORP"),
        ("Rudolf", "PERSON"),
        ("Strelsau Bridge", "FAC"),
    ]


def test_capitalized_words_outside_spans_are_unknown_unless_dates_or_sentence_starts():
    text = "On Monday the Gizmo broke. Then Zapt left."
    spans = mark_unknown_capitals(text, [Span(32, 36, "PERSON")])
    assert [text[s.start : s.end] for s in spans if s.label == "-"] == ["Gizmo"]


@pytest.mark.parametrize(
    ("name", "label"),
    [("Strelsau", "GPE"), ("Zenda Castle", "FAC"), ("Lake Zenda", "LOC"), ("Middle East", "LOC"), ("Zenda", "GPE")],
)
def test_places_are_told_apart(name, label, gazetteer):
    assert label_place(name, gazetteer) == label


@pytest.mark.parametrize(
    ("name", "label"),
    [("Ruritanians", "NORP"), ("Battle of Zenda", "EVENT"), ("Strelsau Accord", "LAW"), ("Der Sturm", "MISC")],
)
def test_other_names_are_told_apart(name, label, gazetteer):
    assert label_other(name, gazetteer) == label


def test_demonym_plurals_are_read():
    assert read_demonyms({"noun": {"text": "Afghan(s)"}, "adjective": {"text": "Afghan"}}) == {"Afghan", "Afghans"}


def test_cameo_names_are_printed_in_mixed_case():
    lines = ["GUL_AGHA_ZAPT_  ; note", "+GUL_ZAPT", "\t[AFGGOV 031001-041231]", "\t[AFGMED 050101]"]
    assert read_cameo_actors(lines) == [
        ("Gul Agha Zapt", "[AFGGOV 031001-041231]"),
        ("Gul Zapt", "[AFGGOV 031001-041231]"),
    ]


def test_roles_and_crowds_are_no_names():
    assert is_name("Tobias Zapt", "PERSON")
    assert not is_name("Foreign Office Minister", "PERSON")
    assert not is_name("U.S. service members", "ORG")


def test_gum_mention_is_cut_to_its_proper_nouns():
    rows = [
        "1\tthe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-organization-x",
        "2\tUniversity\tUniversity\tPROPN\tNNP\t_\t0\troot\t_\t_",
        "3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_",
        "4\tZenda\tZenda\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-x)1)",
    ]
    sentence = next(read_sentences(rows))
    assert name_cores(sentence) == [(1, 4, "ORG")]


def test_substitution_keeps_surnames_together_and_offsets_true(gazetteer):
    text = "Anna Zapt of Strelsau spoke. Zapt left."
    passage = Passage("s", text, (Span(0, 9, "PERSON"), Span(13, 21, "GPE"), Span(29, 33, "PERSON")))
    names = Names(gazetteer, random.Random(3))
    new = substitute_names(passage, names, rates={"PERSON": 1.0})
    surfaces = [new.text[s.start : s.end] for s in new.spans]
    assert surfaces[1] == "Strelsau"
    assert surfaces[0].split()[-1] == surfaces[2] == "Elphberg"


def test_restyling_never_moves_a_character():
    passage = Passage("s", "\"It's over,\" he said. 'No!' they cried.", ())
    styled = {restyle(passage, random.Random(seed)).text for seed in range(60)}
    assert {len(text) for text in styled} == {len(passage.text)}
    assert "“It’s over,” he said. ‘No!’ they cried." in styled
