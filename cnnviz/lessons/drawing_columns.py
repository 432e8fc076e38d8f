"""A column of a drawing on its way to a place: a box with the slabs on it, and how large they are."""

from dataclasses import dataclass, field
from math import sqrt

from cnnviz.lessons.drawing import SLAB, Part

TALLEST, LEAST = 170.0, 7.0  # of the sides of a box
LEAN = 0.3  # of its side: how far a box reaches back
THIN, BAR, THICKEST = 6.0, 12.0, 160.0
LETTER = 7.6  # width of a letter of a caption


def overhang(part: Part, width: float) -> float:
    """Tell how far the caption of a box reaches beyond its front, at either side."""
    longest = max(len(part.name.rpartition("/")[2]), len(part.size))
    return 0.0 if part.kind == SLAB else max(0.0, (longest * LETTER - width) / 2)


@dataclass
class Column:
    """A box with the slabs that lie on it, on its way to a place."""

    parts: list[Part]
    inputs: tuple[str, ...]
    rank: int
    y: float = 0.0
    base: tuple | None = None  # where the branches that it is one of came from
    followers: list["Column"] = field(default_factory=list)  # branches that begin behind it
    x: float = 0.0

    def measure(self, scale: "Scale") -> None:
        """Find its size."""
        self.sizes = [scale.sides(part) for part in self.parts]
        self.widths = [scale.width(part) for part in self.parts]
        self.width = sum(self.widths)
        self.lean = max(lean for _, lean in self.sizes)
        self.height = max(height + lean for height, lean in self.sizes)

    @property
    def reach(self) -> float:
        """How much room it needs from left to right."""
        return self.width + self.lean

    @property
    def joins(self) -> bool:
        """Tell whether branches meet or begin here."""
        return len(self.inputs) > 1 or len(self.followers) > 1

    @property
    def overhang(self) -> float:
        """How far its caption reaches beyond its front, at either side."""
        return overhang(self.parts[0], self.widths[0])


@dataclass(frozen=True)
class Scale:
    """Turns shapes into pixels; the largest side of a network is as high as can be."""

    largest: int

    def side(self, length: int) -> float:
        """Draw a length of a map."""
        return max(LEAST, TALLEST * sqrt(length / self.largest))

    def sides(self, part: Part) -> tuple[float, float]:
        """Find the height and the lean of a box."""
        if part.shape is None:
            return 60.0, 8.0
        if len(part.shape) == 1:
            return min(TALLEST, max(LEAST, 2.2 * sqrt(part.shape[0]))), 3.0
        return self.side(part.shape[1]), LEAN * self.side(part.shape[2]) if len(part.shape) > 2 else 3.0

    def width(self, part: Part) -> float:
        """Find the thickness of a box."""
        if part.kind == SLAB and part.shape is not None:
            return THIN
        if part.shape is None or len(part.shape) == 1:
            return BAR
        thick = min(THICKEST, 3 + 1.5 * sqrt(part.shape[0]))
        return max(thick, min(110.0, 6.0 * part.weighted)) if part.kind == "stage" else thick
