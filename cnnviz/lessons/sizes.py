"""An output size told in four ways: the formula with its numbers, what is left over, tables, and places.

Everything reads a `SizeSetup`; only its `Window` computes. To tell a size in another way, add a function of
the setup.
"""

from dataclasses import dataclass
from typing import Protocol

from cnnviz.lessons.explain import counted
from cnnviz.presets.sizes import LARGEST_KERNEL, SizeSetup
from cnnviz.window import Window

TABLED_LENGTHS = range(1, 33)
TABLED_KERNELS = range(1, LARGEST_KERNEL + 1)
TABLED_STRIDES = range(1, 9)
BRACKETS = {"floor": ("⌊", "⌋"), "whole": ("", ""), "ceil": ("⌈", "⌉")}


@dataclass(frozen=True)
class Part:
    """A piece of the formula: what it says, the symbol it stands for, and the role it has."""

    text: str
    symbol: str = ""
    role: str = ""


class Sized(Protocol):
    """An axis and the window on it, with the output size before and after rounding."""

    @property
    def length(self) -> int: ...  # noqa: D102
    @property
    def unrounded(self) -> Window: ...  # noqa: D102
    @property
    def rounding(self) -> str: ...  # noqa: D102
    @property
    def size(self) -> int: ...  # noqa: D102
    @property
    def exact(self) -> float: ...  # noqa: D102


def formula(setup: Sized) -> list[Part]:
    """Write the output size with its numbers: ``⌊(8 + 1 + 1 − 3) / 2⌋ + 1 = ⌊3.5⌋ + 1 = 4``."""
    window, (opening, closing) = setup.unrounded, BRACKETS[setup.rounding]
    before, after = window.padding
    parts = [Part(f"{opening}("), Part(str(setup.length), "i", "input"), Part(" + ")]
    parts += [Part(str(before), "p₀", "before"), Part(" + "), Part(str(after), "p₁", "after"), Part(" − ")]
    kernel = Part(str(window.size), "k", "kernel")
    if window.dilation == 1:
        parts.append(kernel)
    else:
        parts += [Part(str(window.dilation), "d", "dilation"), Part("·("), kernel, Part(" − 1) − 1")]
    parts += [Part(") / "), Part(str(window.stride), "s", "stride"), Part(f"{closing} + 1 = ")]
    if opening and not divides(setup):
        parts.append(Part(f"{opening}{fraction(setup.exact - 1)}{closing} + 1 = "))
    shown = str(setup.size) if opening else fraction(setup.exact)
    return [*parts, Part(shown, "o", "output")]


def divides(setup: Sized) -> bool:
    """Tell whether the stride divides, so that nothing is left over."""
    return setup.exact == int(setup.exact)


def fraction(number: float) -> str:
    """Write a size that need not be whole: 4.5, 18.33."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def remark(setup: Sized) -> str:
    """Say what it means that the stride divides, or that it does not."""
    window = setup.unrounded
    missed, stride = window.left_over(setup.length), window.stride
    if not missed:
        return "The stride divides: the last window ends where the padded input ends."
    places = counted(window.output_size(setup.length), "window")
    fit = "fits" if window.output_size(setup.length) == 1 else "fit"
    half = f"{places} {fit}, and {missed} of the {stride} cells for another step {_are(missed)} left over"
    if setup.rounding == "ceil":
        return (
            f"Rounded up: {half}; {counted(stride - missed, 'zero')} more at the end make room for one more. "
            "PyTorch's pooling does this with `ceil_mode=True`, unless that window would start in padding."
        )
    if setup.rounding == "whole":
        return (
            f"Not a whole number: {half}. By the lectures' rule such a layer is not allowed; "
            f"PyTorch and Keras round down to {setup.size}, as in the picture."
        )
    return f"Rounded down: {half}. PyTorch and Keras drop them in the same way."


def _are(count: int) -> str:
    """Match a verb to a count."""
    return "is" if count == 1 else "are"


@dataclass(frozen=True)
class Entry:
    """One cell of a table of sizes; ``size`` is None where the window does not fit."""

    size: int | None
    exact: float | None = None

    @property
    def whole(self) -> bool:
        """Tell whether the formula gives a whole number."""
        return self.exact is not None and self.exact == int(self.exact)


def entry(setup: SizeSetup, **settings) -> Entry:
    """Answer what the size would be with other settings; the way to pad stays."""
    try:
        other = setup.having(**settings)
    except ValueError:
        return Entry(None)
    return Entry(other.size, other.exact)


def sizes_by_length(setup: SizeSetup) -> list[Entry]:
    """List the output sizes for inputs of 1 to 32 cells."""
    return [entry(setup, length=length) for length in TABLED_LENGTHS]


def sizes_by_kernel_and_stride(setup: SizeSetup) -> list[list[Entry]]:
    """List the output sizes for the present input: a row for every kernel, a column for every stride."""
    return [[entry(setup, kernel=k, stride=s) for s in TABLED_STRIDES] for k in TABLED_KERNELS]


def python_lines(setup: SizeSetup) -> str:
    """Write the formula in plain Python."""
    window = setup.unrounded
    divided = "-(-(i + sum(p) - d * (k - 1) - 1) // s)" if setup.rounding == "ceil" else _FLOOR
    return "\n".join(
        [
            f"i, k, s, d = {setup.length}, {window.size}, {window.stride}, {window.dilation}"
            "  # input, kernel, stride, dilation",
            f"p = {window.padding}  # padding before and after",
            f"y = {divided} + 1",
        ]
    )


_FLOOR = "(i + sum(p) - d * (k - 1) - 1) // s"


def torch_lines(setup: SizeSetup) -> str:
    """Ask a layer of PyTorch for the length of its output."""
    window = setup.window
    before, after = window.padding
    lines = ["import torch", "", f"x = torch.zeros(1, 1, {setup.length})"]
    if before != after:
        lines.append(f"x = torch.nn.functional.pad(x, ({before}, {after}))  # before, after")
    options = [f"stride={window.stride}", f"padding={before if before == after else 0}"]
    options.append(f"dilation={window.dilation}")
    lines.append(f"y = torch.nn.Conv1d(1, 1, {window.size}, {', '.join(options)})(x).shape[-1]")
    return "\n".join(lines)


def keras_lines(setup: SizeSetup) -> str:
    """Ask a layer of Keras for the length of its output."""
    window, later = setup.window, setup.stride > 1 and setup.dilation > 1
    by_name = setup.padding == "same" and setup.rounding != "ceil" and not later
    lines = ["import keras", "import numpy as np", "", f"x = np.zeros((1, {setup.length}, 1))"]
    if sum(window.padding) and not by_name:
        lines.append(f"x = keras.layers.ZeroPadding1D({window.padding})(x)  # before, after")
    options = [f'padding="{"same" if by_name else "valid"}"']
    options += [f"strides={setup.stride}"] if not later else []
    options += [f"dilation_rate={setup.dilation}"] if setup.dilation > 1 else []
    stepped = f"[:, :: {setup.stride}]" if later else ""
    lines.append(f"y = keras.layers.Conv1D(1, {setup.kernel}, {', '.join(options)})(x){stepped}.shape[1]")
    return "\n".join(lines) + ("  # Keras has no stride with dilation" if later else "")


LIBRARIES = {"Python": python_lines, "PyTorch": torch_lines, "Keras": keras_lines}
