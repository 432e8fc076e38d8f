"""Every position of a pooling window as a step, and the sentences that tell it.

The outputs and the winners come from the compiled loops; a test binds every step to them and to a slow twin.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnnviz.kernels.pooling import POOLINGS, argpool2d, pool2d
from cnnviz.lessons.explain import AXES, brief, counted, left_over
from cnnviz.presets.pooling import PoolingSetup
from cnnviz.presets.sliding import Pair
from cnnviz.window import Window


@dataclass(frozen=True)
class PoolingStep:
    """One stop of a window: the cells of the input it covers, who wins, and what comes out.

    ``cells`` are in reading order and leave out padding; ``winner`` is a place among them, None for a mean.
    """

    index: int
    start: Pair  # row and column of the window's first cell; negative means in the padding
    output: Pair
    kind: str
    cells: tuple[Pair, ...]
    operands: tuple[float, ...]
    winner: int | None
    value: float

    @property
    def ties(self) -> tuple[int, ...]:
        """Places of the other cells that hold the winner's value."""
        alike = (at for at, value in enumerate(self.operands) if value == self.value and at != self.winner)
        return tuple(alike) if self.winner is not None else ()


@dataclass(frozen=True, eq=False)
class PoolingTrace:
    """A pooling of one map, ready to be walked through stop by stop.

    Parameters
    ----------
    image : ndarray of shape (H, W)
        What the window slides over, float64.
    kind : str
        A key of `POOLINGS`.
    rows, columns : Window
        How the window moves along each axis.
    """

    image: np.ndarray
    kind: str
    rows: Window
    columns: Window

    @classmethod
    def of(cls, setup: PoolingSetup) -> "PoolingTrace":
        """Walk through a pooling as set up on a page."""
        return cls(np.array(setup.image, dtype=float), setup.kind, *setup.windows)

    @cached_property
    def _arguments(self) -> dict:
        """The settings as the kernels take them."""
        return {
            "kind": self.kind,
            "window": (self.rows.size, self.columns.size),
            "stride": (self.rows.stride, self.columns.stride),
            "padding": (self.rows.padding, self.columns.padding),
        }

    @cached_property
    def output(self) -> np.ndarray:
        """The pooled map, of shape (H', W'), as the compiled loop computes it."""
        return pool2d(self.image[None, None], **self._arguments)[0, 0]

    @cached_property
    def winners(self) -> np.ndarray | None:
        """Which cell won each window, as row * W + column, of shape (H', W'); None for a mean."""
        contest = POOLINGS[self.kind].sign
        return argpool2d(self.image[None, None], **self._arguments)[0, 0] if contest else None

    @cached_property
    def colour_end(self) -> float:
        """Where the colours end, of input and output alike: pooling leaves values on their scale."""
        return float(np.abs(self.image).max()) or 1.0

    def __len__(self) -> int:
        return self.output.size

    def __getitem__(self, index: int) -> PoolingStep:
        if not 0 <= index < len(self):
            raise IndexError(f"step must be from 0 to {len(self) - 1}, got {index}")
        height, width = self.image.shape
        i, j = divmod(index, self.output.shape[1])
        top, left = self.rows.starts(height)[i], self.columns.starts(width)[j]
        cells = tuple(
            (row, column)
            for row in self.rows.cells(top)
            for column in self.columns.cells(left)
            if 0 <= row < height and 0 <= column < width
        )
        winner = None
        if self.winners is not None:
            row, column = divmod(int(self.winners[i, j]), width)
            winner = cells.index((row, column))
        operands = tuple(float(self.image[cell]) for cell in cells)
        return PoolingStep(
            index, (top, left), (i, j), self.kind, cells, operands, winner, float(self.output[i, j])
        )

    def __iter__(self) -> Iterator[PoolingStep]:
        return (self[index] for index in range(len(self)))


def sum_parts(step: PoolingStep) -> list[list[tuple[str, str]]]:
    """Write out a stop term by term, each as (text, role) so that it can be coloured."""
    contest, last = step.winner is not None, len(step.operands) - 1
    terms = []
    for at, value in enumerate(step.operands):
        role = "output" if at == step.winner else "input"
        between = "" if at == last else ", " if contest else " + "
        terms.append([(brief(value), role), (between, "")])
    opening = f"{step.kind}(" if contest else "("
    closing = ") = " if contest else f") / {len(step.operands)} = "
    terms[0].insert(0, (opening, ""))
    return [*terms, [(closing, ""), (brief(step.value), "output")]]


def sum_line(step: PoolingStep) -> str:
    """Write out a stop: ``max(3, 2, 0, 5) = 5`` or ``(3 + 2 + 0 + 5) / 4 = 2.50``."""
    return "".join(text for term in sum_parts(step) for text, _ in term)


def tie_remark(step: PoolingStep) -> str:
    """Say who wins among equal values; empty if nobody is equal to the winner."""
    if not step.ties:
        return ""
    alike = f"{len(step.ties) + 1} cells hold {brief(step.value)}"
    return f"{alike}: the first in reading order wins and gets the whole gradient."


def shape_line(setup: PoolingSetup) -> str:
    """Write what goes in and what comes out: ``4 × 4 × 3 → 2 × 2 × 3``."""
    before, after = (
        " × ".join(map(str, (*shape, setup.channels))) for shape in (setup.input_shape, setup.output_shape)
    )
    return f"{before} → {after}"


def rule_remark(setup: PoolingSetup) -> str:
    """Say whether the short rule of the lectures, input / window, gives the size, and if not, why."""
    wrong = [axis for axis in (0, 1) if _short_rule(setup, axis) != setup.output_shape[axis]]
    axis = wrong[0] if wrong else 0
    length, size, stride = setup.input_shape[axis], setup.window[axis], setup.slide.stride[axis]
    rule, out = f"{length} / {size} = {brief(_short_rule(setup, axis))}", setup.output_shape[axis]
    if not wrong and size == stride:
        return f"The short rule, input / window, holds here: {rule}. The stride is the window and it divides."
    if not wrong:
        return f"The short rule, input / window, gives {rule} here only by chance: the stride is {stride}."
    why = "the window does not divide the input" if size == stride else f"the stride is {stride}, not {size}"
    if any(setup.windows[axis].padding) and size == stride:
        why = "padding was added"
    return f"The short rule, input / window, fails here: {rule}, not {out}, as {why}."


def _short_rule(setup: PoolingSetup, axis: int) -> float:
    """Divide the input by the window."""
    return setup.input_shape[axis] / setup.window[axis]


def remainder(setup: PoolingSetup) -> str:
    """Say which cells no window reaches or which it skips, and what padding does; empty if nothing is."""
    told = [left_over(setup.windows, setup.input_shape, "floor", subject="window"), _skipped(setup)]
    if any(sum(window.padding) for window in setup.windows):
        told.append("Padding never wins and never counts in a mean: a window at the edge has fewer cells.")
    return " ".join(filter(None, told))


def _skipped(setup: PoolingSetup) -> str:
    """Say what lies between windows whose stride is larger than they are."""
    gaps = [max(stride - size, 0) for stride, size in zip(setup.slide.stride, setup.window, strict=True)]
    parts = [
        counted(gap, AXES[axis]) for axis, gap in enumerate(gaps) if gap and setup.output_shape[axis] > 1
    ]
    verb = "is" if len(parts) == 1 and max(gaps) == 1 else "are"
    return f"Between two windows {' and '.join(parts)} {verb} skipped." if parts else ""


def remainder_in_short(setup: PoolingSetup) -> str:
    """Say what is left over in a few words, to stand beside the formula."""
    missed = [window.left_over(n) for window, n in zip(setup.windows, setup.input_shape, strict=True)]
    parts = [counted(count, name) for count, name in zip(missed, AXES, strict=True) if count]
    return f"{' and '.join(parts)} left over" if parts else ""
