"""Gold docs as windows of numbers."""

import random

import numpy
import pytest
import spacy
from spacy.tokens import Doc

from training.windows import (
    MISSING,
    ROOT,
    Inventory,
    batch_windows,
    number_entities,
    number_syntax,
    split_window,
    take_inventory,
    vary_window,
)


@pytest.fixture
def doc():
    return Doc(
        spacy.blank("en").vocab,
        words=["He", "'s", '"', "here", '"', ".", "\n\n", "Go", "!"],
        spaces=[False, True, False, False, False, False, False, False, False],
        tags=["PRP", "VBZ", "``", "RB", "''", ".", "_SP", "VB", "."],
        pos=["PRON", "AUX", "PUNCT", "ADV", "PUNCT", "PUNCT", "SPACE", "VERB", "PUNCT"],
        morphs=[""] * 9,
        lemmas=["he", "be", '"', "here", '"', ".", "\n\n", "go", "!"],
        heads=[3, 3, 3, 3, 3, 3, 5, 7, 7],
        deps=["nsubj", "cop", "punct", "ROOT", "punct", "punct", "dep", "ROOT", "punct"],
    )


@pytest.fixture
def inventory(doc):
    return take_inventory([doc])


def test_blank_lines_part_windows_and_heads_count_inside(doc, inventory):
    first, second = number_syntax(doc, inventory)
    assert first.words == ("He", "'s", '"', "here", '"', ".")
    assert first.heads.tolist() == [3, 3, 3, ROOT, 3, 3]
    assert second.heads.tolist() == [ROOT, 0]
    assert [inventory.deps[number] for number in second.deps] == ["ROOT", "punct"]
    assert (first.entities == MISSING).all()


def test_rare_lemma_rules_are_unknown(doc, inventory):
    first, _ = number_syntax(doc, inventory)
    assert inventory.lemmas == ("-0|",)
    assert first.lemmas.tolist()[:2] == [0, MISSING]


def test_an_unknown_entity_tag_is_missing_not_outside(doc, inventory):
    tags = ["B-PERSON", "O", "", "O", "O", "O", "O", "O", "O"]
    first, _ = number_entities(doc, tags, inventory)
    assert [inventory.entities[n] if n >= 0 else "?" for n in first.entities] == ["B-PERSON", "O", "?", "O", "O", "O"]
    assert (first.heads == MISSING).all()


def test_a_long_window_is_cut_at_sentence_starts(doc, inventory):
    doc[6].head, doc[7].head = doc[3], doc[7]
    window = next(number_syntax(doc, inventory))
    assert [len(part) for part in split_window(window, most=4)] == [6]
    entities = next(number_entities(doc, ["O"] * 9, inventory))
    assert [len(part) for part in split_window(entities, most=4)] == [4, 2]


def test_quotes_curl_by_their_tag(doc, inventory):
    window = next(number_syntax(doc, inventory))
    chooser = random.Random(1)
    assert vary_window(window, inventory.tags, chooser, curly=1.0).words == ("He", "’s", "“", "here", "”", ".")


def test_batches_hold_every_window_once_within_their_size(doc, inventory):
    windows = [window for _ in range(30) for window in number_syntax(doc, inventory)]
    batches = batch_windows(windows, random.Random(1), words=20)
    assert sum(map(len, batches)) == len(windows)
    assert all(len(batch) * max(map(len, batch)) <= 20 for batch in batches)


def test_inventories_come_back_from_disk(inventory, tmp_path):
    inventory.to_disk(tmp_path / "inventory.json")
    assert Inventory.from_disk(tmp_path / "inventory.json") == inventory
    assert inventory.entities[:3] == ("O", "B-PERSON", "I-PERSON")
    assert numpy.array(inventory.tags).size == 7
