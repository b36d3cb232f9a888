"""The network as it is trained and as it is run say the same. Runs where PyTorch is installed."""

import numpy
import pytest

torch = pytest.importorskip("torch")

from tasks.nlp.network import Network, Stretch  # noqa: E402
from tasks.nlp.viterbi import allow, decode  # noqa: E402
from training.network import collate, compute_loss, list_spans, read_scores  # noqa: E402
from training.student import Student  # noqa: E402
from training.windows import MISSING, ROOT, Inventory, Window, list_entity_tags  # noqa: E402

INVENTORY = Inventory(("NN", "VBD"), ("NOUN|", "VERB|"), ("-0|", "-1|"), ("ROOT", "nsubj", "obj"), list_entity_tags())


def make_window(words, *, entities=None):
    size = len(words)
    zeros = numpy.zeros(size, dtype=numpy.int64)
    heads = numpy.array([ROOT, *[0] * (size - 1)])
    starts = numpy.array([1, *[0] * (size - 1)])
    tags = zeros if entities is None else numpy.array(entities)
    return Window(tuple(words), zeros, zeros, zeros, heads, zeros, starts, tags, numpy.ones(size, dtype="f"))


@pytest.fixture
def student():
    torch.manual_seed(0)
    return Student(["", "the", "talks", "ended"], None, INVENTORY).eval()


def test_numpy_and_torch_read_alike(student):
    windows = [make_window(text.split()) for text in ("The talks ended in Almaty .", "Talks", "He left the room")]
    batch = collate(windows)
    with torch.no_grad():
        said = read_scores(student.heads, student(batch), batch, gold_sentences=True)
    stretches = [Stretch(window.words, numpy.where(window.starts == 1, 1, -1)) for window in windows]
    for theirs, ours in zip(said, Network(student.export(), INVENTORY.entities).read(stretches), strict=True):
        best = ours._replace(lemmas=ours.lemmas[:, 0])
        for layer in ("tags", "morphs", "lemmas", "entities"):
            assert getattr(theirs, layer).tolist() == getattr(best, layer).tolist()


def test_a_step_lowers_the_loss(student):
    student.train()
    batch = collate([make_window(["The", "talks", "ended"]), make_window(["Talks", "ended"])])
    optimizer = torch.optim.Adam(student.parameters(), lr=0.01)
    losses = []
    for _ in range(12):
        loss = compute_loss(student.heads, student(batch), batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] / 2


def test_missing_layers_cost_nothing(student):
    window = make_window(["The", "talks"])
    missing = numpy.full(2, MISSING)
    blank = Window(window.words, *[missing] * 7, weight=window.weight)
    batch = collate([blank])
    assert float(compute_loss(student.heads, student(batch), batch)) == 0.0


def test_a_teachers_odds_stand_beside_gold_tags():
    gold, silver = make_window(["Ann", "left"], entities=[1, 0]), make_window(["Bo"])
    odds = numpy.zeros((1, 21), dtype=numpy.float16)
    odds[0, 1] = odds[0, 3] = 0.5
    batch = collate([gold, Window(**{**silver.__dict__, "odds": odds})])
    assert batch.odds[0, 0, 1] == 1.0
    assert batch.odds[1, 0, 1] == batch.odds[1, 0, 3] == 0.5


def test_spans_of_tags_and_the_best_legal_sequence():
    assert list_spans(numpy.array([1, 2, 0, 3, 1, -1])) == {(0, 2, 0), (3, 4, 1), (4, 5, 0)}
    scores = numpy.zeros((2, 5), dtype="f")
    scores[0, 2] = scores[1, 2] = 5
    assert decode(scores, allow(INVENTORY.entities[:5])).tolist() == [1, 2]
