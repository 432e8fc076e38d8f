"""The state of the page of 2-D convolution, and how it becomes a link."""

from typing import Any

from cnnviz.presets.matrices import LARGEST_INPUT, LARGEST_KERNEL, Setup
from cnnviz.presets.matrix_scenes import FIRST
from cnnviz.ui.fields import NUMBER, SLIDE, SWITCH, matrix, slide_apart, slide_together
from cnnviz.ui.lesson_state import Lesson

TABLE = {
    "input": matrix(LARGEST_INPUT),
    "kernel": matrix(LARGEST_KERNEL),
    **SLIDE,
    "bias": NUMBER,
    "flip": SWITCH,
}


def take_apart(setup: Setup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    own = {"input": setup.image, "kernel": setup.kernel, "bias": setup.bias, "flip": setup.flip}
    return own | slide_apart(setup.slide)


def put_together(values: dict[str, Any]) -> Setup:
    """Put the settings together."""
    slide = slide_together(values)
    return Setup(values["input"], values["kernel"], slide, values["bias"], values["flip"])


def stops(setup: Setup) -> int:
    """Count the places of the kernel."""
    return setup.output_shape[0] * setup.output_shape[1]


LESSON = Lesson("convolution_2d", "c2_", FIRST, TABLE, take_apart, put_together, stops)
