"""The output size asked backwards: every setting within stated bounds that gives a wanted size.

Nothing is solved for: each value is tried with the `Window` that counts everywhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from cnnviz.presets.calculator import LARGEST_LENGTH, Axis, LayerSetup
from cnnviz.presets.sliding import LARGEST_DILATION, LARGEST_STRIDE

PADDINGS, KERNELS = range(31), range(1, 32)
SEVERAL_KERNELS, SEVERAL_STRIDES, SEVERAL_PADDINGS = range(1, 12), range(1, 5), range(6)  # k, s, p
BOUNDS = {
    "padding": f"p from 0 to {PADDINGS[-1]} on each side, or one more after",
    "stride": f"s from 1 to {LARGEST_STRIDE}",
    "kernel": f"k from 1 to {KERNELS[-1]}",
    "input": f"i from 1 to {LARGEST_LENGTH:,}",
    "dilation": f"d from 1 to {LARGEST_DILATION}",
    "several": "k up to 11, s up to 4, p up to 5",
}


@dataclass(frozen=True)
class Answer:
    """Settings that give the wanted size on every axis, how they are written, and cells left over."""

    settings: tuple[tuple[str, Any], ...]
    text: str
    left_over: int
    keeps: bool  # it is what the layer has by now

    @property
    def exact(self) -> bool:
        """Tell whether the stride divides, so that nothing is left over."""
        return self.left_over == 0


def answers(setup: LayerSetup) -> list[Answer]:
    """List all settings that give the target, those of the layer as it is among them.

    Height and width are changed together; where they differ, the width alone.
    """
    found = []
    for text, settings in _candidates(setup):
        wanted = _possible(setup, settings)
        if wanted and all(axis.size == setup.target for axis in _asked(wanted)):
            missed = max(_missed(axis) for axis in _asked(wanted))
            found.append(Answer(tuple(settings.items()), text, missed, wanted.axes == setup.axes))
    return found


def _together(setup: LayerSetup) -> bool:
    """Tell whether all axes are asked at once."""
    return setup.square or len(setup.axes) == 1


def _asked(setup: LayerSetup) -> tuple[Axis, ...]:
    """Give the axes that are asked for."""
    return setup.axes if _together(setup) else setup.axes[-1:]


def _missed(axis: Axis) -> int:
    """Count the cells that are left over before anything is rounded."""
    return axis.unrounded.left_over(axis.length)


def _possible(setup: LayerSetup, settings: dict[str, Any]) -> LayerSetup | None:
    """Make the layer with other settings, if there is one."""
    try:
        return taken_over(setup, settings)
    except ValueError:
        return None


def taken_over(setup: LayerSetup, settings: dict[str, Any]) -> LayerSetup:
    """Change a layer to settings of an answer; what does not belong to the axes asked stays."""
    together = _together(setup)
    chosen: dict[str, Any] = {}
    for name, value in settings.items():
        rows = value if together else _of_rows(setup, name)
        if name == "length":
            chosen["shape"] = (setup.shape[0], rows, value)
        else:
            chosen[name] = (rows, value)
    return setup.having(**chosen)


def _of_rows(setup: LayerSetup, name: str) -> Any:
    """Give what the rows have by now."""
    rows = setup.axes[0]
    window = rows.unrounded
    return {
        "length": rows.length,
        "size": window.size,
        "stride": window.stride,
        "dilation": window.dilation,
        "sides": window.padding,
    }[name]


def _candidates(setup: LayerSetup) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write out the settings to try, each for one axis."""
    if setup.find == "padding":
        for before, more in product(PADDINGS, (0, 1)):
            text = f"p = {before}" if not more else f"p = {before} before, {before + 1} after"
            yield text, {"sides": (before, before + more)}
    elif setup.find == "several":
        for kernel, stride, padding in product(SEVERAL_KERNELS, SEVERAL_STRIDES, SEVERAL_PADDINGS):
            settings = {"size": kernel, "stride": stride, "sides": (padding, padding)}
            yield f"k = {kernel}, s = {stride}, p = {padding}", settings
    else:
        letter, name, values = {
            "input": ("i", "length", range(1, LARGEST_LENGTH + 1)),
            "stride": ("s", "stride", range(1, LARGEST_STRIDE + 1)),
            "kernel": ("k", "size", KERNELS),
            "dilation": ("d", "dilation", range(1, LARGEST_DILATION + 1)),
        }[setup.find]
        for value in values:
            yield f"{letter} = {value}", {name: value}


def question(setup: LayerSetup) -> str:
    """Say what is asked, with the numbers of this layer."""
    axis = setup.axes[-1]
    other = "" if _together(setup) else " along the width"
    if setup.find == "input":
        return f"Which input gives {setup.target}{other}?"
    if setup.find == "several":
        return f"Which kernel, stride and padding give {setup.target} from {axis.length}{other}?"
    if setup.find == "padding" and setup.target == axis.length:
        return f"Which padding keeps {axis.length}{other}?"
    return f"Which {setup.find} gives {setup.target} from {axis.length}{other}?"


def answered(setup: LayerSetup, found: list[Answer]) -> str:
    """Say how many answers there are, within which bounds, and what follows if there is none."""
    bounds = BOUNDS[setup.find]
    if not found:
        return f"No {'combination' if setup.find == 'several' else setup.find} does ({bounds})."
    whole = sum(answer.exact for answer in found)
    divided = {0: "with none of them the stride divides", len(found): "nothing is left over"}
    exactly = divided.get(whole, f"in {whole} of them the stride divides, the others leave cells over")
    many = "1 answer" if len(found) == 1 else f"{len(found)} answers"
    return f"{many} ({bounds}); {exactly}."
