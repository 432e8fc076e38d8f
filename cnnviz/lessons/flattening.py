"""Maps become a vector and a dense layer weighs it: every stop of it, told one by one.

The outputs are those of the compiled layer; a test binds the sums that are written to them.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.dense import dense
from cnnviz.lessons.explain import counted
from cnnviz.presets.flattening import FlatteningSetup


@dataclass(frozen=True)
class Flattening:
    """What the player shows."""

    setup: FlatteningSetup

    @cached_property
    def vector(self) -> np.ndarray:
        """The numbers of all maps, map by map and row by row, and the 1 behind them."""
        return np.append(self.setup.image.reshape(-1), 1.0)

    @cached_property
    def places(self) -> list[tuple[int, int, int]]:
        """Map, row and column of each number of the vector but the 1."""
        return list(np.ndindex(self.setup.image.shape))

    @cached_property
    def output(self) -> np.ndarray:
        """What the dense layer gives."""
        setup = self.setup
        return dense(setup.image.reshape(1, -1), setup.matrix, setup.biases)[0]

    def __len__(self) -> int:
        """Count the stops."""
        return self.setup.stops

    def remark(self) -> str:
        """Count the parameters, with the bias once."""
        units, inputs = self.setup.matrix.shape
        count = units * (inputs + 1)
        return (
            f"({inputs} + 1) · {units} = {count} parameters: {counted(units * inputs, 'weight')} and "
            f"{'1 bias' if units == 1 else f'{units} biases'}, each counted once."
        )
