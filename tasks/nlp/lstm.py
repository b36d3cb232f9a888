"""A bidirectional LSTM in numpy, over sequences of different lengths at once."""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]


class Layer(NamedTuple):
    """`inward`: vector × the gates of both directions; `recurrent`: direction × width × gates."""

    inward: Floats
    bias: Floats
    recurrent: Floats


class Steps(NamedTuple):
    """The places of the words step by step, from the left and from the right, and how many words a step has."""

    forward: Numbers
    backward: Numbers
    counts: list[int]


def run_lstm(arrays: Mapping[str, Floats], name: str, vectors: Floats, sizes: Sequence[int]) -> Floats:
    """The vectors in context: words × twice the width; `sizes` of the sequences, in falling order, add up to words.

    `arrays` holds `name.input.0`, `name.bias.0`, `name.recurrent.0` and so on for each layer; gates are in the order
    in, forget, out, new.
    """
    steps = order_steps(sizes)
    for number in itertools.count():
        if f"{name}.input.{number}" not in arrays:
            break
        layer = Layer(*(arrays[f"{name}.{part}.{number}"] for part in ("input", "bias", "recurrent")))
        vectors = run_layer(layer, vectors, steps)
    return vectors


def run_layer(layer: Layer, vectors: Floats, steps: Steps) -> Floats:
    """The vectors after one layer."""
    width = layer.recurrent.shape[1]
    gates = vectors @ layer.inward + layer.bias
    inputs = numpy.stack([gates[steps.forward, : 4 * width], gates[steps.backward, 4 * width :]])
    outputs = numpy.empty((2, len(vectors), width), dtype=numpy.float32)
    hidden = numpy.zeros((2, steps.counts[0], width), dtype=numpy.float32)
    cells = numpy.zeros_like(hidden)
    start = 0
    with numpy.errstate(over="ignore"):
        for count in steps.counts:
            end = start + count
            gate = hidden[:, :count] @ layer.recurrent
            gate += inputs[:, start:end]
            hidden, cells = step(gate, cells[:, :count], width)
            outputs[:, start:end] = hidden
            start = end
    result = numpy.empty((len(vectors), 2 * width), dtype=numpy.float32)
    result[steps.forward, :width] = outputs[0]
    result[steps.backward, width:] = outputs[1]
    return result


def step(gate: Floats, cells: Floats, width: int) -> tuple[Floats, Floats]:
    """The hidden values and cells after one word; `gate` is overwritten."""
    sigmoids = gate[..., : 3 * width]
    numpy.negative(sigmoids, out=sigmoids)
    numpy.exp(sigmoids, out=sigmoids)
    sigmoids += 1
    numpy.reciprocal(sigmoids, out=sigmoids)
    fresh: Floats = numpy.tanh(gate[..., 3 * width :])
    fresh *= gate[..., :width]
    fresh += cells * gate[..., width : 2 * width]
    return numpy.tanh(fresh) * gate[..., 2 * width : 3 * width], fresh


def order_steps(sizes: Sequence[int]) -> Steps:
    """The steps through sequences whose sizes fall."""
    starts = numpy.cumsum([0, *sizes[:-1]])
    lengths = numpy.array(sizes)
    steps = numpy.arange(lengths[0])
    inside = steps[:, None] < lengths[None]
    forward = (starts[None] + steps[:, None])[inside]
    backward = (starts[None] + lengths[None] - 1 - steps[:, None])[inside]
    return Steps(forward, backward, inside.sum(axis=1).tolist())
