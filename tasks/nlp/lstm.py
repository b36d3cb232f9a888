"""A bidirectional LSTM in numpy, over sequences of different lengths at once."""

from collections.abc import Mapping, Sequence

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]


def run_lstm(arrays: Mapping[str, Floats], name: str, vectors: Floats, sizes: Sequence[int]) -> Floats:
    """The vectors in context: words × twice the width; `sizes` of the sequences, in falling order, add up to words.

    `arrays` holds, for each layer, `name.input.0` (vector × both directions' gates), `name.bias.0` and
    `name.recurrent.0` (direction × width × gates); gates are in the order in, forget, out, new.
    """
    steps = order_steps(sizes)
    counts = numpy.bincount(numpy.concatenate([numpy.arange(size) for size in sizes]))
    layer = 0
    while f"{name}.input.{layer}" in arrays:
        weights = [arrays[f"{name}.{part}.{layer}"] for part in ("input", "bias", "recurrent")]
        vectors = run_layer(*weights, vectors, steps, counts)
        layer += 1
    return vectors


def run_layer(
    inward: Floats, bias: Floats, recurrent: Floats, vectors: Floats, steps: tuple[Numbers, Numbers], counts: Numbers
) -> Floats:
    """One layer; `steps` are word positions step by step, from either end, `counts` says how many a step has."""
    width = recurrent.shape[1]
    gates = vectors @ inward + bias
    inputs = numpy.stack([gates[steps[0], : 4 * width], gates[steps[1], 4 * width :]])
    outputs = numpy.empty((2, len(vectors), width), dtype=numpy.float32)
    hidden = numpy.zeros((2, counts[0], width), dtype=numpy.float32)
    cells = numpy.zeros_like(hidden)
    start = 0
    with numpy.errstate(over="ignore"):
        for count in counts:
            end = start + count
            gate = hidden[:, :count] @ recurrent
            gate += inputs[:, start:end]
            hidden, cells = step(gate, cells[:, :count], width)
            outputs[:, start:end] = hidden
            start = end
    result = numpy.empty((len(vectors), 2 * width), dtype=numpy.float32)
    result[steps[0], :width] = outputs[0]
    result[steps[1], width:] = outputs[1]
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


def order_steps(sizes: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The positions of the words step by step, from the left and from the right; sizes fall."""
    starts = numpy.cumsum([0, *sizes[:-1]])
    lengths = numpy.array(sizes)
    steps = numpy.arange(lengths[0])
    inside = steps[:, None] < lengths[None]
    forward = (starts[None] + steps[:, None])[inside]
    backward = (starts[None] + lengths[None] - 1 - steps[:, None])[inside]
    return forward, backward
