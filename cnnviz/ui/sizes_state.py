"""The state of the page on output sizes, and how it becomes a link."""

from dataclasses import fields
from typing import Any

from cnnviz.presets.size_scenes import FIRST
from cnnviz.presets.sizes import SizeSetup
from cnnviz.presets.sliding import PADDINGS, ROUNDINGS
from cnnviz.ui.fields import WHOLE, whole_numbers
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of

_SIDES = whole_numbers(1, 2)


def _read_padding(text: str) -> tuple[str, tuple[int, int]]:
    """Read "same", one number for both ends, or one for each."""
    if text in PADDINGS and text != "custom":
        return text, (0, 0)
    before, after = _SIDES.read(text)
    return "custom", (before, after)


def _write_padding(padding: tuple[str, tuple[int, int]]) -> str:
    """Write what `_read_padding` reads."""
    return padding[0] if padding[0] != "custom" else _SIDES.write(padding[1])


TABLE = {
    "length": WHOLE,
    "kernel": WHOLE,
    "stride": WHOLE,
    "dilation": WHOLE,
    "padding": Field(_read_padding, _write_padding),
    "rounding": one_of(ROUNDINGS),
}


def take_apart(setup: SizeSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    values = {field.name: getattr(setup, field.name) for field in fields(setup)}
    return values | {"padding": (values.pop("padding"), values.pop("sides"))}


def put_together(values: dict[str, Any]) -> SizeSetup:
    """Put the settings together."""
    padding, sides = values["padding"]
    return SizeSetup(**{**values, "padding": padding, "sides": sides})


LESSON = Lesson("padding_and_stride", "ps_", FIRST, TABLE, take_apart, put_together)
