"""The component that reads, with a network of random or hand-set weights."""

import numpy
import pytest
import spacy
from spacy.tokens import Doc

from tasks.nlp.build import mark_paragraphs
from tasks.nlp.lstm import run_lstm
from tasks.nlp.network import Network, Reading, Stretch, Weights, pack, unpack
from tasks.nlp.parser import Labels, Parser
from tasks.nlp.spelling import GRAM_ROWS, SHAPE_ROWS
from tasks.nlp.viterbi import allow, decode

LABELS = Labels(
    tags=("DT", "NN", "VBD"),
    morphs=("DET|Definite=Def", "NOUN|Number=Sing", "VERB|Tense=Past"),
    lemmas=("-0|", "-1|"),
    deps=("ROOT", "det", "nsubj"),
    entities=("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"),
)
WIDTH = 4


def make_weights(seed=0, *, depth=2):
    generator = numpy.random.default_rng(seed)

    def draw(*shape):
        return generator.normal(size=shape).astype(numpy.float16).astype("f")

    arrays = {"words": draw(3, 6), "grams": draw(GRAM_ROWS, 6), "shapes": draw(SHAPE_ROWS, 2)}
    for layer in range(depth):
        arrays[f"lstm.input.{layer}"] = draw(2 * WIDTH if layer else 8, 8 * WIDTH)
        arrays[f"lstm.bias.{layer}"] = draw(8 * WIDTH)
        arrays[f"lstm.recurrent.{layer}"] = draw(2, WIDTH, 4 * WIDTH)
    sizes = {"tags": 3, "morphs": 3, "lemmas": 2, "starts": 2, "entities": 5}
    sizes |= {"arc_child": 5, "arc_head": 5, "dep_child": 3, "dep_head": 3}
    for name, size in sizes.items():
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = draw(size, 2 * WIDTH), draw(size)
    arrays |= {"root": draw(2 * WIDTH), "arc_pair": draw(6, 5), "dep_pair": draw(3, 4, 4)}
    return Weights(arrays, {"": 0, "the": 1, "talks": 2})


def stretch(text, starts=None):
    words = text.split()
    return Stretch(words, numpy.array(starts or [0] * len(words)))


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_parser").initialize_with(LABELS, Network(make_weights(), LABELS.entities), {})
    return nlp


def test_a_stretch_reads_the_same_alone_and_among_others():
    network = Network(make_weights(), LABELS.entities)
    stretches = [stretch(text) for text in ("a b c d e", "talks", "the talks ended in Almaty on Friday", "x y")]
    together = network.read(stretches)
    for one, alone in zip(together, (network.read([s])[0] for s in stretches), strict=True):
        for layer, values in zip(one._fields, zip(one, alone, strict=True), strict=True):
            assert values[0].tolist() == values[1].tolist(), layer


def test_both_directions_are_one_network_read_forwards_and_backwards():
    weights = make_weights(depth=1)
    arrays = dict(weights.arrays)
    half = 4 * WIDTH
    arrays["lstm.input.0"] = numpy.tile(arrays["lstm.input.0"][:, :half], 2)
    arrays["lstm.bias.0"] = numpy.tile(arrays["lstm.bias.0"][:half], 2)
    arrays["lstm.recurrent.0"] = numpy.stack([arrays["lstm.recurrent.0"][0]] * 2)
    network = Network(Weights(arrays, weights.rows), LABELS.entities)
    forward = run_lstm(arrays, "lstm", network.embed(["a", "b", "c"]), [3])
    backward = run_lstm(arrays, "lstm", network.embed(["c", "b", "a"]), [3])
    assert forward[:, :WIDTH] == pytest.approx(backward[::-1, WIDTH:], abs=1e-6)


def test_given_sentence_starts_are_kept():
    network = Network(make_weights(), LABELS.entities)
    words = "a b c d e f g h"
    reading = network.read([stretch(words, [1, -1, -1, 1, -1, -1, -1, -1])])[0]
    assert set(reading.heads[:3].tolist()) <= {0, 1, 2}
    assert set(reading.heads[3:].tolist()) <= {3, 4, 5, 6, 7}
    assert sum(head == place for place, head in enumerate(reading.heads.tolist())) == 2


def test_weights_come_back_from_half_precision():
    weights = make_weights()
    back = unpack(pack(weights))
    assert back.rows == weights.rows
    assert all((back.arrays[name] == array).all() for name, array in weights.arrays.items())


def test_an_entity_never_goes_on_without_a_start():
    scores = numpy.array([[0, 1, 5, 0, 0], [0, 0, 5, 0, 0], [4, 0, 0, 0, 3]], dtype="f")
    assert decode(scores, allow(LABELS.entities)).tolist() == [1, 2, 0]
    assert decode(scores[2:], allow(LABELS.entities)).tolist() == [0]


def test_every_word_gets_every_layer(nlp):
    doc = nlp("The talks ended.\n\nThe talks failed.")
    assert all(doc.has_annotation(layer) for layer in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "ENT_IOB", "SENT_START"))
    assert doc[0].tag_ in LABELS.tags
    assert doc[0].morph.to_dict()
    assert [token.text for token in doc if token.is_space] == ["\n\n"]


def test_no_sentence_crosses_a_blank_line_and_white_space_ends_the_one_before(nlp):
    doc = nlp("The talks ended\n\nThe talks failed")
    place = next(token.i for token in doc if token.is_space)
    assert doc[place].sent.end == place + 1
    assert doc[place].dep_ == "dep"
    assert doc[place].tag_ == "_SP"
    assert doc[place + 1].is_sent_start


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\n\nThe talks", "The  talks   ended ", "\n \n\t\n"])
def test_odd_white_space_is_read_without_loss(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_white_space_inside_a_name_is_part_of_it(nlp):
    doc = nlp.make_doc("Ann  Lee")
    places = numpy.array([0, 2])
    zeros = numpy.zeros(2, dtype=numpy.int64)
    reading = Reading(zeros, zeros, zeros[:, None], numpy.array([1, 2]), zeros, zeros, numpy.zeros((2, 8), dtype="f"))
    nlp.get_pipe("dateline_parser").annotate(doc, [(places, reading)])
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ann  Lee", "PERSON")]


def test_lemmas_follow_their_rule(nlp):
    doc = nlp("Talks")
    assert doc[0].lemma_ in ("talks", "talk")


def test_a_model_folder_reads_like_the_model_it_was_written_from(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    text = "The talks ended in Almaty. Ann Lee spoke."
    assert nlp(text).to_json() == again(text).to_json()


def test_docs_are_read_together_as_alone(nlp):
    texts = ["The talks ended.", "", "Talks\n\nfailed in Almaty"]
    assert [doc.to_json() for doc in nlp.pipe(texts)] == [nlp(text).to_json() for text in texts]


def test_without_weights_it_says_so():
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline_parser")
    with pytest.raises(ValueError, match="no weights"):
        nlp("Talks")


def test_set_sentence_starts_of_a_doc_are_kept(nlp):
    words = ["The", "talks", "ended", "The", "talks", "failed"]
    doc = Doc(nlp.vocab, words=words, sent_starts=[True, False, False, True, False, False])
    assert [sentence.text for sentence in nlp.get_pipe("dateline_parser")(doc).sents] == [
        "The talks ended",
        "The talks failed",
    ]


def test_paragraph_marks_agree_with_the_stretches(nlp):
    doc = mark_paragraphs(nlp.make_doc("One\n\nTwo"))
    parser = nlp.get_pipe("dateline_parser")
    assert isinstance(parser, Parser)
    assert [sentence.text.strip() for sentence in parser(doc).sents] == ["One", "Two"]
