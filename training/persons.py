"""``python -m training.persons --corpora DIR``: the weights of ``tasks.nlp.persons``, learned on GAP's development set.

Prints them as they stand in that module. A person is right where it is spoken of at a name that the pronoun means;
where neither name is meant, everybody else and nobody are.
"""

import argparse
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import torch
from torch import Tensor
from torch.nn.functional import pad

from benchmarks.accuracy.formats.gap import Snippet, read_snippets
from benchmarks.accuracy.reading import Reader, Text
from tasks.nlp import coref
from tasks.nlp.anaphora import Choice, Place, Thing
from tasks.nlp.persons import NOBODY, PERSON_WEIGHTS, PLACE_WEIGHTS, Described, choose_person, describe_people
from tasks.settings import DEFAULT_MODEL, Settings

DECAY = 3e-4
STEPS = 300
FAR = -1e4


class Example(NamedTuple):
    """The people that a pronoun may mean: places × features of each, own features, which are right and which wrong."""

    places: list[Tensor]
    own: Tensor
    right: Tensor
    wrong: Tensor


def read_snippet(reader: Reader, snippet: Snippet) -> list[Example]:
    """What the pipeline lets the pronoun of a snippet mean; empty where it lets it mean nobody."""
    found: list[Example] = []

    def watch(pronoun: Place, things: list[Thing]) -> Choice | None:
        if pronoun.head.idx == snippet.start and (people := describe_people(pronoun, things)):
            found.append(make_example(snippet, people, {thing.number: thing for thing in things}))
        return choose_person(pronoun, things)

    with patch.object(coref, "choose_person", watch):
        list(reader.read_texts([Text(snippet.text)]))
    return found


def make_example(snippet: Snippet, people: list[Described], things: dict[int, Thing]) -> Example:
    """The features of the people, and which of them are spoken of at a name that is meant, or only at another."""
    spoken = [
        {
            name.is_meant
            for name in snippet.names
            for place in things[person.number].places
            if name.start <= place.head.idx < name.end
        }
        for person in people
    ]
    return Example(
        [torch.tensor([[place[name] for name in PLACE_WEIGHTS] for place in person.places]) for person in people],
        torch.tensor([[person.own[name] for name in PERSON_WEIGHTS] for person in people]),
        torch.tensor([True in names for names in spoken]),
        torch.tensor([names == {False} for names in spoken]),
    )


def find_loss(weights: tuple[Tensor, Tensor, Tensor], examples: list[Example]) -> Tensor:
    """The mean surprise at the right answers, and a little for the size of the weights."""
    losses = []
    for example in examples:
        best = torch.stack([(places @ weights[0]).max() for places in example.places])
        scores = torch.cat([best + example.own @ weights[1], weights[2]]).log_softmax(0)
        good = pad(example.right, (0, 1)) if example.right.any() else pad(~example.wrong, (0, 1), value=True)
        losses.append(-scores.masked_fill(~good, FAR).logsumexp(0))
    return torch.stack(losses).mean() + DECAY * sum((weight**2).sum() for weight in weights)


def learn(examples: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """The weights of places, of people and of nobody, from the shipped ones on."""
    starts = (list(PLACE_WEIGHTS.values()), list(PERSON_WEIGHTS.values()), [NOBODY])
    weights = tuple(torch.tensor(values, requires_grad=True) for values in starts)
    optimizer = torch.optim.LBFGS(weights, lr=0.5, max_iter=STEPS)

    def step() -> Tensor:
        optimizer.zero_grad()
        loss = find_loss(weights, examples)
        loss.backward()
        return loss

    optimizer.step(step)
    return weights


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with coref/gap/gap-development.tsv")
    options = parser.parse_args()
    snippets = read_snippets(options.corpora / "coref" / "gap" / "gap-development.tsv")
    reader = Reader(str(DEFAULT_MODEL), Settings().reference_dir)
    examples = [example for snippet in snippets for example in read_snippet(reader, snippet)]
    of_places, of_people, of_nobody = learn(examples)
    print({name: round(float(value), 2) for name, value in zip(PLACE_WEIGHTS, of_places, strict=True)})
    print({name: round(float(value), 2) for name, value in zip(PERSON_WEIGHTS, of_people, strict=True)})
    print(f"{float(of_nobody):.2f} from {len(examples)} pronouns")


if __name__ == "__main__":
    main()
