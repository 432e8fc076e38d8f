"""A few small maps and the weights of a dense layer upon them: numbers small enough to follow one by one."""

from dataclasses import dataclass

import numpy as np

from cnnviz.presets.matrix_text import Rows

MOST_MAPS, MOST_SIDE, MOST_UNITS, MOST_INPUTS = 4, 4, 6, 16
MAPS: tuple[Rows, ...] = (((1, 0), (2, 3)), ((0, 1), (1, 2)))
WEIGHTS: Rows = (
    (1, 0, -1, 1, 0, 2, 1, -1, 1),
    (0, 1, 1, 0, -1, 0, 2, 1, -2),
    (-1, 1, 0, 1, 1, -1, 0, 0, 0),
)


@dataclass(frozen=True)
class FlatteningSetup:
    """Maps, and a matrix with a row for each output whose last column is the bias.

    Raises
    ------
    ValueError
        If the maps differ in shape, or the matrix does not fit upon them.
    """

    maps: tuple[Rows, ...] = MAPS
    weights: Rows = WEIGHTS

    def __post_init__(self) -> None:
        """Refuse what does not fit together, or is too large to be played."""
        shapes = {(len(rows), len(rows[0])) for rows in self.maps}
        if len(shapes) != 1 or len(self.maps) > MOST_MAPS or max(*shapes.copy().pop()) > MOST_SIDE:
            most = f"{MOST_MAPS} maps of one shape, {MOST_SIDE} × {MOST_SIDE} at most"
            raise ValueError(f"maps must be at most {most}, got {len(self.maps)} of {sorted(shapes)}")
        inputs = sum(len(row) for rows in self.maps for row in rows)
        if inputs > MOST_INPUTS:
            raise ValueError(f"maps must hold at most {MOST_INPUTS} numbers, got {inputs}")
        if len(self.weights[0]) != inputs + 1 or len(self.weights) > MOST_UNITS:
            wanted = f"{inputs} columns and one for the bias, in at most {MOST_UNITS} rows"
            raise ValueError(
                f"weights must have {wanted}, got {len(self.weights)} rows of {len(self.weights[0])}"
            )

    @property
    def image(self) -> np.ndarray:
        """The maps as one array (C, H, W)."""
        return np.array(self.maps, dtype=np.float64)

    @property
    def matrix(self) -> np.ndarray:
        """The weights of all outputs, without the biases."""
        return np.array(self.weights, dtype=np.float64)[:, :-1]

    @property
    def biases(self) -> np.ndarray:
        """The last column."""
        return np.array(self.weights, dtype=np.float64)[:, -1]

    @property
    def stops(self) -> int:
        """Count the stops: each number that is moved, the 1 that is appended, each output."""
        return self.image.size + 1 + len(self.weights)
