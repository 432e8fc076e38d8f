"""The state of the layer calculator, and how it becomes a link."""

from dataclasses import fields
from typing import Any

from cnnviz.presets.calculator import KINDS, OPERATIONS, UNKNOWNS, LayerSetup
from cnnviz.presets.calculator_scenes import FIRST
from cnnviz.ui.fields import SLIDE, SWITCH, WHOLE, slide_apart, slide_together, whole_numbers
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of


def _count(text: str) -> int:
    """Read a number of units, which may be a million."""
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise ValueError(f"value must be a whole number, got {text[:24]!r}")
    return int(text)


TABLE = {
    "kind": one_of(KINDS),
    "shape": Field(whole_numbers(3).read, lambda shape: ",".join(map(str, shape))),
    "units": Field(_count, str),
    "size": whole_numbers(1, 2),
    **SLIDE,
    "groups": WHOLE,
    "biases": SWITCH,
    "operations": one_of(OPERATIONS),
    "find": one_of(UNKNOWNS),
    "target": WHOLE,
}


def take_apart(setup: LayerSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    values = {field.name: getattr(setup, field.name) for field in fields(setup)}
    return values | slide_apart(values.pop("slide"))


def put_together(values: dict[str, Any]) -> LayerSetup:
    """Put the settings together."""
    others = {name: value for name, value in values.items() if name not in SLIDE}
    return LayerSetup(**others, slide=slide_together(values))


LESSON = Lesson("layer_calculator", "lc_", FIRST, TABLE, take_apart, put_together)
