"""What a unit can see of the image: its receptive field, through chains and graphs, by counting only.

Windows behind windows act as one `Window` on the image, so a field is such a window for each axis: its size,
its jump (the stride) and its start (the padding, as a negative cell). Where branches meet it is the smallest
window that covers theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cnnviz.model.layer import Layer, Shape
from cnnviz.window import Window


@dataclass(frozen=True)
class Field:
    """How the units of a layer look at the image.

    Parameters
    ----------
    lengths : tuple of int
        Of the axes of the image: (H, W), (L,), or none where the input is flat.
    windows : tuple of Window
        One for each axis, on the image.
    reached : tuple of (int, int)
        For each axis the first cell that any unit sees, and the one behind the last: a stride that does not
        divide leaves some at the end unseen, and a unit in the next layer cannot see them either.
    """

    lengths: tuple[int, ...]
    windows: tuple[Window, ...]
    reached: tuple[tuple[int, int], ...]

    @classmethod
    def of_input(cls, shape: Shape) -> "Field":
        """Let every cell of the image see itself."""
        lengths = tuple(shape[1:])
        return cls(lengths, tuple(Window(1) for _ in lengths), tuple((0, length) for length in lengths))

    @property
    def size(self) -> tuple[int, ...]:
        """Cells from the first to the last one that a unit can see, padding included."""
        return tuple(window.size for window in self.windows)

    @property
    def jump(self) -> tuple[int, ...]:
        """Cells of the image between the fields of neighbouring units."""
        return tuple(window.stride for window in self.windows)

    @property
    def start(self) -> tuple[int, ...]:
        """First cell that the first unit sees; negative means in the padding."""
        return tuple(-window.padding[0] for window in self.windows)

    @property
    def positions(self) -> tuple[int, ...]:
        """Units along each axis."""
        pairs = zip(self.windows, self.lengths, strict=True)
        return tuple(window.output_size(length) for window, length in pairs)

    def span(self, unit: Sequence[int]) -> tuple[range, ...]:
        """Cells that a unit sees along each axis, also those in the padding."""
        return tuple(
            window.cells(window.starts(length)[place])
            for window, length, place in zip(self.windows, self.lengths, unit, strict=True)
        )

    def on_image(self, unit: Sequence[int]) -> tuple[range, ...]:
        """Cells that a unit sees along each axis, as far as they lie on the image and were seen below."""
        spans = zip(self.span(unit), self.reached, strict=True)
        return tuple(range(max(cells.start, first), min(cells.stop, end)) for cells, (first, end) in spans)

    def through(self, layer: Layer, shape: Shape) -> "Field":
        """Look through one more layer, which is given inputs of a shape."""
        windows = layer.windows_on(shape)
        if windows is None:
            windows = tuple(Window(count) for count in self.positions)
        if not windows:
            return self
        pairs = zip(windows, self.windows, strict=True)
        return self._having(tuple(window.behind(before) for window, before in pairs))

    def _having(self, windows: tuple[Window, ...]) -> "Field":
        """Look through other windows at the cells that were seen before."""
        reached = []
        for window, length, (first, end) in zip(windows, self.lengths, self.reached, strict=True):
            stops = window.starts(length)
            reached.append((max(first, stops[0]), min(end, stops[-1] + window.size)))
        return Field(self.lengths, windows, tuple(reached))

    def as_one(self) -> "Field":
        """Look at everything that the units of the layer see together."""
        pairs = zip(self.positions, self.windows, strict=True)
        return self._having(tuple(Window(count).behind(before) for count, before in pairs))


def meeting(fields: Sequence[Field]) -> Field:
    """Cover the fields of branches that meet: of aligned ones this is the largest."""
    first = fields[0]
    if all(field == first for field in fields):
        return first
    if any(field.positions != first.positions for field in fields):
        fields = [field.as_one() for field in fields]
    axes = [
        _cover(axis, length)
        for *axis, length in zip(*(f.windows for f in fields), first.lengths, strict=True)
    ]
    reached = [
        (min(a for a, _ in axis), max(b for _, b in axis))
        for axis in zip(*(field.reached for field in fields), strict=True)
    ]
    return Field(first.lengths, tuple(axes), tuple(reached))


def _cover(windows: list[Window], length: int) -> Window:
    """Find the smallest window of which each stop covers the same stop of all windows."""
    count = windows[0].output_size(length)
    jump = max(window.stride for window in windows)
    behind = [window.starts(length)[-1] - jump * (count - 1) for window in windows]
    start = min(-windows[0].padding[0], *(-window.padding[0] for window in windows), *behind)
    ends = [max(-w.padding[0], last) + w.size for w, last in zip(windows, behind, strict=True)]
    size = max(ends) - start
    after = max(jump * (count - 1) + size + start - length, 0)
    return Window(size, jump, (-start, after))
