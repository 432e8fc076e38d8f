"""Through all layers and back: the two passes, and what a part of a batch has to say about the parameters.

`learn_from` is the whole work on one shard of a batch in one call. fused.py knows a quicker way for float32
that gives the same up to rounding; `learn_by_layers` is what it has to agree with.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cnnviz.model.architecture import Architecture, joined
from cnnviz.model.fused import learn_quickly
from cnnviz.model.layer import SHOWING, Arrays, Given
from cnnviz.model.loss import Loss, predictions


class Lesson(NamedTuple):
    """What a shard of a batch teaches: sums over its examples, and what was gathered on the way."""

    loss: float
    right: int
    gradient: np.ndarray
    statistics: np.ndarray


def forward(
    architecture: Architecture, parameters: np.ndarray, x: np.ndarray, givens: Sequence[Given] | None = None
) -> list[np.ndarray]:
    """Send examples through all layers.

    Parameters
    ----------
    architecture : Architecture
        The layers.
    parameters : ndarray of shape (P,)
        For all of them.
    x : ndarray of shape (N, *input_shape)
        Of the type of the parameters.
    givens : sequence of Given, optional
        For each layer; by default none is training.

    Returns
    -------
    list of ndarray
        The input, then the output of every layer.

    Raises
    ------
    ValueError
        If the shape of ``x`` is not that of the input.
    """
    if x.shape[1:] != architecture.input_shape:
        raise ValueError(f"x must have shape (N, *{architecture.input_shape}), got {x.shape}")
    outputs = [x]
    parts = architecture.split(parameters)
    for number, layer in enumerate(architecture.layers):
        given = givens[number] if givens else SHOWING
        outputs.append(layer.forward(parts[number], outputs[-1], given))
    return outputs


def backward(
    architecture: Architecture,
    parameters: np.ndarray,
    outputs: Sequence[np.ndarray],
    dy: np.ndarray,
    givens: Sequence[Given] | None = None,
    input_gradient: bool = False,
) -> tuple[np.ndarray | None, np.ndarray]:
    """Send a gradient back through all layers.

    Parameters
    ----------
    architecture, parameters, givens
        As given to `forward`.
    outputs : sequence of ndarray
        What `forward` returned.
    dy : ndarray
        Gradient by the last output.
    input_gradient : bool
        Whether to go on to the input, beyond the first layer that learns.

    Returns
    -------
    dx : ndarray or None
        Gradient by the input.
    gradient : ndarray of shape (P,)
        Gradient by the parameters.
    """
    parts = architecture.split(parameters)
    gradients: list[Arrays] = [()] * len(parts)
    first = 0 if input_gradient else next((n for n, part in enumerate(parts) if part), len(parts))
    dx: np.ndarray = dy
    for number in range(len(parts) - 1, first - 1, -1):
        layer, given = architecture.layers[number], givens[number] if givens else SHOWING
        wanted = input_gradient or number > first
        below, gradients[number] = layer.backward(parts[number], outputs[number], dx, given, wanted)
        dx = dx if below is None else below
    return dx if input_gradient else None, joined(gradients)


def learn_from(
    architecture: Architecture,
    loss: Loss,
    parameters: np.ndarray,
    statistics: np.ndarray,
    x: np.ndarray,
    labels: np.ndarray,
    noises: Sequence[np.ndarray | None],
    count: int,
) -> Lesson:
    """Go forward and back with a shard of a batch.

    Parameters
    ----------
    architecture : Architecture
        The layers.
    loss : Loss
        What is to become small.
    parameters, statistics : ndarray
        Of all layers.
    x : ndarray of shape (N, *input_shape)
        Examples.
    labels : ndarray of int of shape (N,)
        Their classes.
    noises : sequence of ndarray or None
        What each layer drew for these examples.
    count : int
        Examples in the whole batch: the gradient is that of the mean over it.

    Returns
    -------
    Lesson
        Losses and right answers are summed; numbers that overflow are infinite or NaN, without a warning.
    """
    gathered = architecture.split_statistics(statistics) if statistics.size else [()] * len(noises)
    givens = [Given(True, noise, part) for noise, part in zip(noises, gathered, strict=True)]
    task = architecture, loss, parameters, x, labels, givens, count
    with np.errstate(all="ignore"):
        quick = learn_quickly(*task) if x.dtype == parameters.dtype == np.float32 else None
        lost, right, gradient, moved = quick or learn_by_layers(*task)
    return Lesson(lost, right, gradient, joined(moved) if statistics.size else statistics)


def learn_by_layers(architecture, loss, parameters, x, labels, givens, count):
    """Do as `learn_quickly`, for any numbers, one layer after the other: what is right in every case."""
    outputs = forward(architecture, parameters, x, givens)
    logits = outputs[-1]
    dy = loss.df(logits, labels) / x.dtype.type(count)
    _, gradient = backward(architecture, parameters, outputs, dy, givens)
    lost = float(loss.f(logits, labels).sum(dtype=np.float64))
    passed = zip(architecture.layers, givens, outputs[:-1], strict=True)
    moved = [layer.gather(given.statistics, seen) for layer, given, seen in passed]
    return lost, int((predictions(logits) == labels).sum()), gradient, moved
