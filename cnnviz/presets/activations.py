"""What the page of activations shows: functions and their settings, numbers, a neuron, a photo, softmax."""

from dataclasses import dataclass, replace

from cnnviz.kernels.activations import ACTIVATIONS, VARIANTS
from cnnviz.presets.filters import FILTERS
from cnnviz.presets.images import IMAGES
from cnnviz.presets.matrix_text import Rows, bounded, read_matrix

KNOWN = ACTIVATIONS | VARIANTS
VIEWS = {
    "curve": "Curve",
    "matrix": "Matrix",
    "neuron": "Neuron",
    "photo": "Photo",
    "softmax": "Softmax",
}
MOST_CURVES, MOST_SIDE, MOST_INPUTS = 6, 10, 8
FEWEST_LOGITS, MOST_LOGITS = 2, 8
LARGEST_X, LARGEST_SHIFT = 1000.0, 1000.0
TEMPERATURES = (0.1, 10.0)
DECK = read_matrix("3 -2 3 -1; -1 5 3 4; 1 -2 -2 2; -7 3 1 7")


@dataclass(frozen=True)
class ActivationSetup:
    """Everything the page of activations shows.

    Parameters
    ----------
    view : str
        A key of `VIEWS`.
    names : tuple of str
        The functions that are compared, keys of `KNOWN`; the first one is applied to the photo.
    x : float
        Where they are looked at, unless the neuron decides it.
    slope, alpha, w1, b1, w2, b2 : float
        The settings of leaky ReLU, of ELU, and of the two lines of maxout.
    matrix : rows of numbers
        What they are applied to.
    neuron : rows of numbers
        Two rows: signals, and a weight for each.
    bias : float
        Added to the neuron's sum.
    picture, filter : str
        Keys of `IMAGES` and `FILTERS`: where the feature map comes from.
    logits : tuple of float
        What softmax turns into shares.
    temperature, shift : float
        What the logits are divided by, and what is added to all of them before.

    Raises
    ------
    ValueError
        With the name of the setting, what it must be and what it was.
    """

    view: str = "matrix"
    names: tuple[str, ...] = ("ReLU",)
    x: float = -2.0
    slope: float = 0.01
    alpha: float = 1.0
    w1: float = -0.5
    b1: float = 0.0
    w2: float = 1.0
    b2: float = -1.5
    matrix: Rows = DECK
    neuron: Rows = ((1.0, 0.0, 2.0), (-1.0, 2.0, 1.0))
    bias: float = 1.0
    picture: str = "Photographer"
    filter: str = "Sobel x"
    logits: tuple[float, ...] = (2.0, 1.0, 0.1)
    temperature: float = 1.0
    shift: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be shown."""
        _among("view", self.view, VIEWS)
        _among("picture", self.picture, IMAGES)
        _among("filter", self.filter, FILTERS)
        for name in self.names:
            _among("name", name, KNOWN)
        if not 1 <= len(self.names) <= MOST_CURVES or len(set(self.names)) < len(self.names):
            raise ValueError(f"names must be 1 to {MOST_CURVES} different ones, got {len(self.names)}")
        for record in KNOWN.values():
            record.chosen(self.settings(record.name))
        _between("x", self.x, -LARGEST_X, LARGEST_X)
        _between("shift", self.shift, -LARGEST_SHIFT, LARGEST_SHIFT)
        _between("temperature", self.temperature, *TEMPERATURES)
        bounded("bias", self.bias)
        self._check_shapes()

    def _check_shapes(self) -> None:
        """Refuse a matrix, a neuron or logits of another shape."""
        if not (1 <= len(self.matrix) <= MOST_SIDE and 1 <= len(self.matrix[0]) <= MOST_SIDE):
            got = f"{len(self.matrix)} × {len(self.matrix[0])}"
            raise ValueError(f"matrix must be from 1 × 1 to {MOST_SIDE} × {MOST_SIDE}, got {got}")
        if len(self.neuron) != 2 or not 1 <= len(self.neuron[0]) <= MOST_INPUTS:
            got = f"{len(self.neuron)} rows of {len(self.neuron[0])}"
            raise ValueError(f"neuron must be signals and weights, 1 to {MOST_INPUTS} of each, got {got}")
        if not FEWEST_LOGITS <= len(self.logits) <= MOST_LOGITS:
            raise ValueError(
                f"logits must be {FEWEST_LOGITS} to {MOST_LOGITS} numbers, got {len(self.logits)}"
            )

    @property
    def few(self) -> bool:
        """Tell whether so few functions are compared that their settings find room beside them."""
        return self.view == "photo" or len(self.names) <= 2

    def settings(self, name: str) -> dict[str, float]:
        """Give the settings that a function knows."""
        return {setting.name: getattr(self, setting.name) for setting in KNOWN[name].settings}

    def having(self, **parts) -> "ActivationSetup":
        """Put other parts in place of some."""
        return replace(self, **parts)


def _among(argument: str, value: str, table) -> None:
    """Refuse a word that is no key of a table."""
    if value not in table:
        raise ValueError(f"{argument} must be one of {', '.join(table)}, got {value[:40]!r}")


def _between(argument: str, value: float, least: float, most: float) -> None:
    """Refuse a number out of range."""
    if not least <= value <= most:
        raise ValueError(f"{argument} must be from {least:g} to {most:g}, got {value:g}")
