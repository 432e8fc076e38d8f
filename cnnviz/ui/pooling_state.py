"""The state of the page of pooling, and how it becomes a link."""

from typing import Any

from cnnviz.kernels.pooling import POOLINGS
from cnnviz.presets.pooling import LARGEST_INPUT, PoolingSetup, Shrinking
from cnnviz.presets.pooling_pictures import SAMPLES
from cnnviz.presets.pooling_scenes import FIRST
from cnnviz.presets.sliding import Slide
from cnnviz.ui.fields import SLIDE, WHOLE, matrix, whole_numbers
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import one_of

TABLE = {
    "input": matrix(LARGEST_INPUT),
    "kind": one_of(POOLINGS),
    "window": whole_numbers(1, 2),
    "stride": SLIDE["stride"],
    "padding": SLIDE["padding"],
    "channels": WHOLE,
    "picture": one_of(SAMPLES),
    "by": one_of(POOLINGS),
    "block": WHOLE,
    "shift": WHOLE,
}


def take_apart(setup: PoolingSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    slide, shrinking = setup.slide, setup.shrinking
    return {
        "input": setup.image,
        "kind": setup.kind,
        "window": setup.window,
        "stride": slide.stride,
        "padding": (slide.padding, slide.sides),
        "channels": setup.channels,
        "picture": shrinking.picture,
        "by": shrinking.kind,
        "block": shrinking.window,
        "shift": shrinking.shift,
    }


def put_together(values: dict[str, Any]) -> PoolingSetup:
    """Put the settings together."""
    slide = Slide(values["stride"], *values["padding"])
    shrinking = Shrinking(values["picture"], values["by"], values["block"], values["shift"])
    return PoolingSetup(
        values["input"], values["kind"], values["window"], slide, values["channels"], shrinking
    )


def stops(setup: PoolingSetup) -> int:
    """Count the places of the window."""
    return setup.stops


LESSON = Lesson("pooling", "po_", FIRST, TABLE, take_apart, put_together, stops)
