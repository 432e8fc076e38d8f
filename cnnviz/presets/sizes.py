"""One axis and the window that slides along it: the settings of the page on output sizes.

To add a setting, add a field here, and its row in the table of the page's links.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cnnviz.presets.sliding import Slide
from cnnviz.window import Window, whole

LARGEST_LENGTH = 256  # AlexNet's input has 227
LARGEST_KERNEL = 11  # spread as far as dilation goes, "full" pads as much as can be said side by side


@dataclass(frozen=True)
class SizeSetup:
    """An axis and how a window slides along it.

    Parameters
    ----------
    length, kernel : int
        Cells of the input and of the kernel.
    stride, dilation : int
    padding : str
        A key of `PADDINGS`.
    sides : (before, after)
        The padding when it is "custom"; zeros otherwise.
    rounding : str
        A key of `ROUNDINGS`.

    Raises
    ------
    ValueError
        If a number is out of its range, or the window does not fit.
    """

    length: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    padding: str = "valid"
    sides: tuple[int, int] = (0, 0)
    rounding: str = "floor"

    def __post_init__(self) -> None:
        """Refuse what the page cannot show."""
        for name, most in (("length", LARGEST_LENGTH), ("kernel", LARGEST_KERNEL)):
            if whole(name, getattr(self, name), 1) > most:
                raise ValueError(f"{name} must be at most {most}, got {getattr(self, name)}")
        if self.padding != "custom":
            object.__setattr__(self, "sides", (0, 0))
        _ = self._slide
        try:
            _ = self.window
        except ValueError:
            padded, extent = self.length + sum(self.sides), Window(self.kernel, dilation=self.dilation).extent
            cells = f"{padded} cell{'s' * (padded > 1)} of padded input"
            raise ValueError(f"kernel must reach over at most {cells}, got {extent}") from None

    @cached_property
    def _slide(self) -> Slide:
        """The same for both axes of an image."""
        stride, dilation = (self.stride, self.stride), (self.dilation, self.dilation)
        return Slide(stride, self.padding, (self.sides, self.sides), dilation, self.rounding)

    @cached_property
    def window(self) -> Window:
        """How the kernel slides; rounding up pads the end."""
        return self._slide.windows((self.length,) * 2, (self.kernel,) * 2)[0]

    @property
    def unrounded(self) -> Window:
        """How it slides before anything is added to make the stride divide."""
        return self.window if self.rounding != "ceil" else replace(self, rounding="floor").window

    @property
    def size(self) -> int:
        """The output size."""
        return self.window.output_size(self.length)

    @property
    def exact(self) -> float:
        """What the formula gives before it is rounded."""
        window = self.unrounded
        return window.output_size(self.length) + window.left_over(self.length) / window.stride

    def having(self, **settings: Any) -> "SizeSetup":
        """Change settings; choosing sides makes the padding "custom"."""
        custom: dict[str, Any] = {"padding": "custom"} if "sides" in settings else {}
        return replace(self, **custom, **settings)

    def with_padding(self, padding: str) -> "SizeSetup":
        """Choose another way to pad; "custom" starts from the padding there is."""
        return replace(self, padding=padding, sides=self.unrounded.padding)

    def fits(self, **settings: Any) -> bool:
        """Tell whether these settings could be chosen."""
        try:
            self.having(**settings)
        except ValueError:
            return False
        return True
