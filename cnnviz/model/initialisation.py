"""What a network knows before it has learned anything: how its first weights are drawn.

To add a way, add a record to `_ROWS`. Biases start at 0 and scales at 1, whatever the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np

from cnnviz.model.architecture import Architecture, joined
from cnnviz.model.layer import Shape
from cnnviz.model.randomness import stream


@dataclass(frozen=True)
class Initialisation:
    """A way to draw weights of some shape, given how many numbers a unit reads and how many read it."""

    name: str
    draw: Callable[[np.random.Generator, Shape, int, int], np.ndarray]
    latex: str
    remark: str


def _glorot(random: np.random.Generator, shape: Shape, before: int, after: int) -> np.ndarray:
    bound = sqrt(6 / (before + after))
    return random.uniform(-bound, bound, shape)


def _he(random: np.random.Generator, shape: Shape, before: int, after: int) -> np.ndarray:  # noqa: ARG001
    return random.normal(0, sqrt(2 / before), shape)


def _zeros(random: np.random.Generator, shape: Shape, before: int, after: int) -> np.ndarray:  # noqa: ARG001
    return np.zeros(shape)


_ROWS = (
    Initialisation(
        "He",
        _he,
        r"w \sim \mathcal{N}\left(0, \frac{2}{n_\mathrm{in}}\right)",
        "Keeps the size of the activations from layer to layer behind ReLU. He et al. (2015).",
    ),
    Initialisation(
        "Glorot",
        _glorot,
        r"w \sim \mathcal{U}\left(-\sqrt{\frac{6}{n_\mathrm{in} + n_\mathrm{out}}}, "
        r"\sqrt{\frac{6}{n_\mathrm{in} + n_\mathrm{out}}}\right)",
        "Keeps activations and gradients alike in size behind tanh. Glorot and Bengio (2010).",
    ),
    Initialisation(
        "Zeros",
        _zeros,
        r"w = 0",
        "All units of a layer compute the same and get the same gradient, so they never come to differ.",
    ),
)
INITIALISATIONS = {way.name: way for way in _ROWS}


def initial_parameters(architecture: Architecture, way: str, seed: int, dtype=np.float32) -> np.ndarray:
    """Draw the parameters of a network.

    Parameters
    ----------
    architecture : Architecture
        Not larger than `Architecture.check_size` allows.
    way : str
        A name in `INITIALISATIONS`.
    seed : int
        The same seed gives the same numbers; a layer's do not depend on the layers behind it.
    dtype : float32 or float64
        Of the result.

    Returns
    -------
    ndarray of shape (P,)
        To be shown by `Architecture.split`.

    Raises
    ------
    ValueError
        If the way is unknown or the architecture too large.
    """
    if way not in INITIALISATIONS:
        raise ValueError(f"way must be one of {', '.join(INITIALISATIONS)}, got {way!r}")
    architecture.check_size()
    parts = []
    for number, row in enumerate(architecture.rows()):
        random = stream(seed, "weights", number)
        parts.append(tuple(first_values(name, shape, way, random) for name, shape in row.parameters.items()))
    return joined(parts).astype(dtype)


def first_values(name: str, shape: Shape, way: str, random: np.random.Generator) -> np.ndarray:
    """Draw the weights; biases and scales have their fixed start."""
    if name != "weights":
        return np.full(shape, 1.0 if name == "scale" else 0.0)
    before, after = prod(shape[1:]), shape[0] * prod(shape[2:])
    return INITIALISATIONS[way].draw(random, shape, before, after)


def initial_statistics(architecture: Architecture, dtype=np.float32) -> np.ndarray:
    """Start the running averages: mean 0, variance 1."""
    parts = []
    for row in architecture.rows():
        shapes = row.layer.statistics_shapes(row.input_shape)
        parts.append(tuple(np.full(shape, float(name == "variance")) for name, shape in shapes.items()))
    return joined(parts).astype(dtype)
