"""The state of the page of 1-D convolution, and how it becomes a link."""

from typing import Any

from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_text import LONGEST_TEXT, write_matrix
from cnnviz.presets.series import (
    ENDS,
    FIRST,
    LONGEST_KERNEL,
    LONGEST_SERIES,
    SeriesSetup,
    Smoothing,
    read_series,
)
from cnnviz.presets.signals import KERNELS, SIGNALS, WIDEST
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS, Pair, Slide
from cnnviz.ui.fields import NUMBER, SWITCH, WHOLE
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of, pack, unpack, whole_number


def _series(most: int) -> Field:
    """Make the field of at most so many numbers."""
    return Field(
        lambda text: read_series(unpack(text, LONGEST_TEXT), most),
        lambda rows: pack(write_matrix(rows, ",")),
    )


def _read_padding(text: str) -> tuple[str, Pair]:
    """Read "same", one number for both ends, or before and after."""
    if text in PADDINGS and text != "custom":
        return text, (0, 0)
    numbers = [whole_number(part) for part in text[:32].split(",")]
    if len(numbers) > 2:
        raise ValueError(f"value must have 1 or 2 numbers, got {len(numbers)}")
    return "custom", (numbers[0], numbers[-1])


def _write_padding(padding: tuple[str, Pair]) -> str:
    """Write what `_read_padding` reads."""
    name, (before, after) = padding
    if name != "custom":
        return name
    return str(before) if before == after else f"{before},{after}"


TABLE = {
    "input": _series(LONGEST_SERIES),
    "kernel": _series(LONGEST_KERNEL),
    "stride": WHOLE,
    "padding": Field(_read_padding, _write_padding),
    "dilation": WHOLE,
    "rule": one_of(ROUNDINGS),
    "bias": NUMBER,
    "flip": SWITCH,
    "signal": one_of(SIGNALS),
    "smoother": one_of(KERNELS),
    "width": WHOLE,
    "typed": _series(WIDEST),
    "ends": one_of(ENDS),
    "seed": WHOLE,
    "place": WHOLE,
}


def take_apart(setup: SeriesSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    line, slide, smoothing = setup.line, setup.line.slide, setup.smoothing
    return {
        "input": line.image,
        "kernel": line.kernel,
        "stride": slide.stride[1],
        "padding": (slide.padding, slide.sides[1]),
        "dilation": slide.dilation[1],
        "rule": slide.rounding,
        "bias": line.bias,
        "flip": line.flip,
        "signal": smoothing.signal,
        "smoother": smoothing.kernel,
        "width": smoothing.width,
        "typed": (smoothing.typed,),
        "ends": smoothing.padding,
        "seed": smoothing.seed,
        "place": smoothing.place,
    }


def put_together(values: dict[str, Any]) -> SeriesSetup:
    """Put the settings together."""
    padding, sides = values["padding"]
    slide = Slide((1, values["stride"]), padding, ((0, 0), sides), (1, values["dilation"]), values["rule"])
    line = Setup(values["input"], values["kernel"], slide, values["bias"], values["flip"])
    names = ("signal", "smoother", "width", "typed", "ends", "seed", "place")
    smoothing = Smoothing(*(values[name][0] if name == "typed" else values[name] for name in names))
    return SeriesSetup(line, smoothing)


def stops(setup: SeriesSetup) -> int:
    """Count the places of the kernel on the short series."""
    return setup.line.output_shape[1]


LESSON = Lesson("convolution_1d", "c1_", FIRST, TABLE, take_apart, put_together, stops)
