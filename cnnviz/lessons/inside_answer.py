"""The last layers of a network in numbers: what each unit weighs, and how logits become probabilities."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.softmax import exponentials, softmax
from cnnviz.lessons.explain import MINUS, brief
from cnnviz.lessons.inside import Inside
from cnnviz.model.layers import Dense, Flatten


@dataclass(frozen=True, eq=False)
class Answer:
    """What softmax makes of the last layer's numbers."""

    logits: np.ndarray

    @cached_property
    def exponentials(self) -> np.ndarray:
        """The powers of e, the largest logit subtracted first."""
        return exponentials(self.logits)

    @property
    def total(self) -> float:
        """What they are divided by."""
        return float(self.exponentials.sum())

    @cached_property
    def shares(self) -> np.ndarray:
        """The probability of each class."""
        return softmax(self.logits)

    @property
    def best(self) -> int:
        """The class with the largest share."""
        return int(self.logits.argmax())

    def line(self, unit: int) -> str:
        """Write how one class gets its probability."""
        own, most = brief(float(self.logits[unit])), brief(float(self.logits.max()))
        top = written(float(self.exponentials[unit]))
        share = percent(float(self.shares[unit]))
        equals = "" if share[0] in "<>" else "= "
        return f"e^({own} {MINUS} {most}) / {self.total:.4f} = {top} / {self.total:.4f} {equals}{share}"


@dataclass(frozen=True, eq=False)
class Unit:
    """One unit of a dense layer: its weights, and what they meet, folded back into maps where these were."""

    weights: np.ndarray  # (C, H, W), or (1, 1, F) if no maps went before
    products: np.ndarray
    bias: float
    value: float


def unit(inside: Inside, at: int, number: int) -> Unit:
    """Fold the weight row of a unit back into the shape its inputs had before they were flattened.

    Parameters
    ----------
    inside : Inside
        The network with an image in it.
    at : int
        Number of the output of a dense layer.
    number : int
        Which of its units.

    Returns
    -------
    Unit
        Whose products and bias add up to its value.

    Raises
    ------
    ValueError
        If the layer is not dense.
    """
    layer = inside.layer(at)
    if not isinstance(layer, Dense):
        raise ValueError(f"at must name a dense layer, got {layer.title}")
    weights, bias = inside.network.layers[at - 1]
    shape = shape_before(inside, at)
    row = weights[number].reshape(shape).astype(float)
    read = inside.outputs[at - 1].reshape(shape).astype(float)
    return Unit(row, row * read, float(bias[number]), float(inside.outputs[at][number]))


def shape_before(inside: Inside, at: int) -> tuple[int, ...]:
    """Tell in which shape the inputs of a dense layer were before they were flattened."""
    shapes, before = inside.architecture.shapes, at - 1
    while before and len(shapes[before]) == 1 and shapes[before] == shapes[before - 1]:
        before -= 1  # dropout, activations and the like keep the order
    if before and isinstance(inside.architecture.layers[before - 1], Flatten):
        return shapes[before - 1] if len(shapes[before - 1]) == 3 else (1, 1, shapes[at - 1][0])
    return (1, 1, shapes[at - 1][0])


def flat_place(shape: tuple[int, ...], number: int, row: int, column: int) -> int:
    """Tell where a pixel of a map goes when all maps are written behind each other."""
    return int(np.ravel_multi_index((number, row, column), shape))


def percent(share: float) -> str:
    """Write a share in percent with one decimal; what is nearly nothing, or all, is not rounded to it."""
    if np.isnan(share):
        return "NaN"
    if 0 < share < 0.0005:
        return "< 0.1 %"
    return "> 99.9 %" if 0.9995 <= share < 1 else f"{100 * share:.1f} %"


def written(value: float) -> str:
    """Write a power of e; very small ones by powers of ten."""
    if not 0 < value < 0.005:
        return brief(value)
    front, _, power = f"{value:.1e}".partition("e-")
    return f"{front}e{MINUS}{int(power)}"
