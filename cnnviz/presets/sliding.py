"""How a kernel is moved, as people say it: stride 2, padding "same", sizes rounded up.

A `Slide` knows no sizes; given those of input and kernel it answers with the two windows. To add a way
to pad or to round, add a line to `PADDINGS` or `ROUNDINGS` and its case to `Slide`.
"""

from dataclasses import dataclass, replace

from cnnviz.window import Window, whole

PADDINGS = {
    "valid": "no padding: the kernel stays inside the input",
    "same": "as much as gives one output per stride, an odd one at the end",
    "full": "as much as gives every overlap of kernel and input",
    "custom": "each side by itself",
}
ROUNDINGS = {
    "floor": "what does not divide is left over, as in PyTorch and Keras",
    "whole": "the size must be a whole number, as the lectures ask",
    "ceil": "the end is padded until the last cells are reached",
}
LARGEST_STRIDE = 16
LARGEST_DILATION = 6
LARGEST_SIDE = 60  # what "full" needs at most, so that every padding can be said side by side

Pair = tuple[int, int]


@dataclass(frozen=True)
class Slide:
    """How a kernel is moved over an image, without the sizes of either.

    Parameters
    ----------
    stride, dilation : pair of int
        Of rows and of columns.
    padding : str
        A key of `PADDINGS`.
    sides : ((top, bottom), (left, right))
        The padding when it is "custom"; zeros otherwise.
    rounding : str
        A key of `ROUNDINGS`: what happens when the stride does not divide.

    Raises
    ------
    ValueError
        With the name of the setting, what it must be and what it was.
    """

    stride: Pair = (1, 1)
    padding: str = "valid"
    sides: tuple[Pair, Pair] = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    rounding: str = "floor"

    def __post_init__(self) -> None:
        """Refuse settings that no page offers."""
        for name, value, table in (
            ("padding", self.padding, PADDINGS),
            ("output size rule", self.rounding, ROUNDINGS),
        ):
            if value not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {value!r}")
        if self.padding != "custom":
            object.__setattr__(self, "sides", ((0, 0), (0, 0)))
        for axis in (0, 1):
            _within("stride", self.stride[axis], 1, LARGEST_STRIDE)
            _within("dilation", self.dilation[axis], 1, LARGEST_DILATION)
            for side in self.sides[axis]:
                _within("padding", side, 0, LARGEST_SIDE)

    def windows(self, image: Pair, kernel: Pair) -> tuple[Window, Window]:
        """Make the windows of rows and columns for an image and a kernel of these shapes.

        Raises
        ------
        ValueError
            If the kernel does not fit into the padded image.
        """
        rows, columns = (self._window(axis, image[axis], kernel[axis]) for axis in (0, 1))
        return rows, columns

    def fits(self, image: Pair, kernel: Pair) -> bool:
        """Tell whether the kernel has at least one place on the padded image."""
        try:
            self.windows(image, kernel)
        except ValueError:
            return False
        return True

    def _window(self, axis: int, length: int, size: int) -> Window:
        """Make the window of one axis and see that it fits."""
        window = Window(size, self.stride[axis], self.sides[axis], self.dilation[axis])
        if self.padding == "same":
            window = window.same(length)
        elif self.padding == "full":
            window = window.full()
        if window.extent > window.padded(length):
            name = ("row", "column")[axis]
            raise ValueError(
                f"kernel must reach over at most {_count(window.padded(length), name)} of padded input, "
                f"got {_count(window.extent, name)}"
            )
        return window.rounded_up(length) if self.rounding == "ceil" else window

    def padded_by(self, padding: str, image: Pair, kernel: Pair) -> "Slide":
        """Choose another padding; "custom" starts from the padding there is."""
        if padding != "custom":
            return replace(self, padding=padding)
        rows, columns = replace(self, rounding="floor").windows(image, kernel)
        return replace(self, padding="custom", sides=(rows.padding, columns.padding))


def _within(name: str, value: object, least: int, most: int) -> None:
    """Refuse a number outside its range."""
    if whole(name, value, least) > most:
        raise ValueError(f"{name} must be at most {most}, got {value!r}")


def _count(number: int, name: str) -> str:
    """Write '1 row' and '2 rows'."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
