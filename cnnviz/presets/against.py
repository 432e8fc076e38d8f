"""A small CNN and an MLP for the same images, and a dense layer on a few numbers.

To add a setting, add a field here, and its row in the table of the page's links.
"""

from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from cnnviz.model.architecture import Architecture
from cnnviz.model.layer import Layer, set_fields
from cnnviz.model.layers import Activation, Dense, Flatten
from cnnviz.model.sliding_layers import Conv2d, MaxPool, MeanPool
from cnnviz.presets.flattening import FlatteningSetup
from cnnviz.window import whole

VIEWS = {"growth": "Parameters as images grow", "flatten": "Flattening, step by step"}
ENDINGS = {"flatten": "Flatten", "mean": "Global mean"}
SIDES = range(8, 1001)
MOST_CHANNELS, MOST_FILTERS, MOST_WIDTH, MOST_CLASSES, MOST_LAYERS = 16, 512, 100_000, 1000, 3
KERNELS = range(1, 12, 2)  # odd, so that the same padding on both sides keeps the size


@dataclass(frozen=True)
class AgainstSetup:
    """What both networks read and how they are built, and the dense layer that is played.

    Parameters
    ----------
    view : str
        A key of `VIEWS`.
    side, channels : int
        Of the square images.
    filters : tuple of int
        Of each convolution; a pooling 2 × 2 follows each.
    kernel : int
        Size of all kernels, odd.
    ending : str
        A key of `ENDINGS`: what the last maps become before the dense layer.
    widths : tuple of int
        Units of the hidden layers of the MLP; empty for as many as the CNN's maps hold after each pooling.
    classes : int
        Outputs of both.
    biases : bool
        Whether biases are counted.
    flattening : FlatteningSetup
        The maps and weights of the other view.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    view: str = "growth"
    side: int = 32
    channels: int = 3
    filters: tuple[int, ...] = (32, 16, 32)
    kernel: int = 5
    ending: str = "flatten"
    widths: tuple[int, ...] = ()
    classes: int = 10
    biases: bool = False
    flattening: FlatteningSetup = field(default_factory=FlatteningSetup)

    def __post_init__(self) -> None:
        """Refuse what the page cannot show."""
        for name, table in (("view", VIEWS), ("ending", ENDINGS)):
            if getattr(self, name) not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {getattr(self, name)!r}")
        set_fields(self, filters=tuple(self.filters), widths=tuple(self.widths))
        if self.side not in SIDES:
            raise ValueError(f"side must be from {SIDES[0]} to {SIDES[-1]}, got {self.side}")
        if self.kernel not in KERNELS:
            raise ValueError(f"kernel must be odd and at most {KERNELS[-1]}, got {self.kernel}")
        if not 1 <= len(self.filters) <= MOST_LAYERS:
            raise ValueError(f"filters must be given for 1 to {MOST_LAYERS} layers, got {len(self.filters)}")
        if len(self.widths) > MOST_LAYERS:
            raise ValueError(f"widths must be given for at most {MOST_LAYERS} layers, got {len(self.widths)}")
        for name, values, most in (
            ("channels", (self.channels,), MOST_CHANNELS),
            ("filters", self.filters, MOST_FILTERS),
            ("widths", self.widths, MOST_WIDTH),
            ("classes", (self.classes,), MOST_CLASSES),
        ):
            for value in values:
                if whole(name, value, 1) > most:
                    raise ValueError(f"{name} must be at most {most:,}, got {value:,}")

    def having(self, **settings: Any) -> "AgainstSetup":
        """Change settings."""
        return replace(self, **settings)

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """What both networks read."""
        return self.channels, self.side, self.side

    @property
    def hidden(self) -> tuple[int, ...]:
        """Units of the hidden layers of the MLP."""
        if self.widths:
            return self.widths
        pairs = zip(self.filters, self._sides, strict=True)
        return tuple(filters * side * side for filters, side in pairs)

    @property
    def _sides(self) -> list[int]:
        """Side of the maps after each pooling."""
        sides = [self.side]
        for _ in self.filters:
            sides.append(MaxPool(2).output_shape((1, sides[-1], sides[-1]))[1])
        return sides[1:]

    @property
    def cnn(self) -> Architecture:
        """Convolutions that keep the size, each with a pooling behind it, and one dense layer."""
        layers: list[Layer] = []
        for filters in self.filters:
            layers += [Conv2d(filters, self.kernel, padding=self.kernel // 2), Activation("ReLU"), MaxPool(2)]
        if self.ending == "mean":
            side = self._sides[-1]
            layers.append(MeanPool((side, side)))
        return Architecture(self.input_shape, (*layers, Flatten(), Dense(self.classes)))

    @property
    def mlp(self) -> Architecture:
        """The image as one vector, and dense layers."""
        layers: list[Layer] = [Flatten()]
        for width in self.hidden:
            layers += [Dense(width), Activation("ReLU")]
        return Architecture(self.input_shape, (*layers, Dense(self.classes)))

    @property
    def pixels(self) -> int:
        """Numbers of an image."""
        return prod(self.input_shape)
