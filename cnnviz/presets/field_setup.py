"""What the page on receptive fields shows: an architecture, one of its layers, a unit on its map, a picture.

To offer another architecture, add it to `ARCHITECTURES`: all that read pictures or a board are offered.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from cnnviz.model.counting import Line
from cnnviz.model.graph import Graph
from cnnviz.model.layers import Activation, BatchNorm, Dropout, Flatten
from cnnviz.model.published_layers import LocalResponseNorm, PositionBias
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.architectures_special import BOARD
from cnnviz.presets.images import IMAGES
from cnnviz.window import whole

MOST_CHANNELS = (
    64  # of what an architecture reads: colours or the planes of a game, not maps of another layer
)
CELL_BY_CELL = (Activation, BatchNorm, Dropout, Flatten, LocalResponseNorm, PositionBias)  # fields stay
FIRST_PICTURE = "Cat"

Unit = tuple[int, int]


@cache
def offered() -> tuple[str, ...]:
    """Name the architectures whose input is a picture or a board."""
    shapes = {title: record.input_shape for title, record in ARCHITECTURES.items() if "1000" not in title}
    return tuple(t for t, shape in shapes.items() if len(shape) == 3 and shape[0] <= MOST_CHANNELS)


@cache
def told_lines(architecture: str) -> dict[str, Line]:
    """List the layers that are told, by name: the others work cell by cell and see what was seen before."""
    rows = ARCHITECTURES[architecture].rows()
    return {line.node.name: line for line in rows if not isinstance(line.node.layer, CELL_BY_CELL)}


@dataclass(frozen=True)
class FieldSetup:
    """A unit of a layer of an architecture, and the picture below it.

    Parameters
    ----------
    architecture, layer : str
        A name in `offered`, and one in `told_lines` of it.
    unit : (row, column)
        On the maps of the layer; (0, 0) where it has one unit for all.
    picture : str
        A name in `IMAGES`; a board is drawn in its place for networks that play on one.
    effective : bool
        Whether it is shown how strongly each pixel moves the unit.

    Raises
    ------
    ValueError
        If a name is unknown, or there is no such unit.
    """

    architecture: str
    layer: str
    unit: Unit
    picture: str = FIRST_PICTURE
    effective: bool = False

    def __post_init__(self) -> None:
        """Refuse what the page cannot show."""
        if self.architecture not in offered():
            raise ValueError(f"architecture must be one of those offered, got {self.architecture[:40]!r}")
        if self.layer not in told_lines(self.architecture):
            raise ValueError(f"layer must be one of {self.architecture}, got {self.layer[:40]!r}")
        if self.picture not in IMAGES:
            raise ValueError(f"picture must be one of {', '.join(IMAGES)}, got {self.picture[:40]!r}")
        for name, place, count in zip(("row", "column"), self.unit, self.line.field.positions, strict=True):
            if whole(name, place, 0) >= count:
                raise ValueError(f"{name} must be less than {count} in {self.layer}, got {place}")

    @property
    def line(self) -> Line:
        """The layer as it was counted."""
        return told_lines(self.architecture)[self.layer]

    @property
    def graph(self) -> Graph:
        """The architecture."""
        return ARCHITECTURES[self.architecture].graph

    @property
    def on_board(self) -> bool:
        """Tell whether the network reads a board, not a picture."""
        return ARCHITECTURES[self.architecture].input_shape[1:] == (BOARD, BOARD)

    def having(self, **settings: Any) -> "FieldSetup":
        """Change settings."""
        return replace(self, **settings)

    def with_architecture(self, architecture: str) -> "FieldSetup":
        """Look at another architecture: at its last layer whose field is smaller than the picture."""
        lines = told_lines(architecture)
        fitting = [
            n
            for n, one in lines.items()
            if all(s <= f for s, f in zip(one.field.size, one.field.lengths, strict=True))
        ]
        layer = fitting[-1] if fitting else next(iter(lines))
        return replace(self, architecture=architecture, layer=layer, unit=middle_unit(lines[layer]))


def middle_unit(line: Line) -> Unit:
    """Find the unit in the middle of a layer's maps."""
    rows, columns = (count // 2 for count in line.field.positions)
    return rows, columns


def looking(architecture: str, layer: str, **settings: Any) -> FieldSetup:
    """Look at the unit in the middle of a layer."""
    return FieldSetup(architecture, layer, middle_unit(told_lines(architecture)[layer]), **settings)
