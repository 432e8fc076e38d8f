"""The state of the page on receptive fields, and how it becomes a link."""

from dataclasses import fields
from typing import Any

from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.field_scenes import FIRST
from cnnviz.presets.field_setup import FieldSetup, told_lines
from cnnviz.presets.images import IMAGES
from cnnviz.ui.fields import SWITCH, whole_numbers
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of

LONGEST_NAME = 60


def _read_name(text: str) -> str:
    """Read the name of a layer; whether there is one is known with its architecture."""
    if len(text) > LONGEST_NAME:
        raise ValueError(f"value must have at most {LONGEST_NAME} characters, got {len(text)}")
    return text


TABLE = {
    "architecture": one_of(ARCHITECTURES),
    "layer": Field(_read_name, str),
    "unit": whole_numbers(1, 2),
    "picture": one_of(IMAGES),
    "effective": SWITCH,
}


def take_apart(setup: FieldSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    return {field.name: getattr(setup, field.name) for field in fields(setup)}


def put_together(values: dict[str, Any]) -> FieldSetup:
    """Put the settings together."""
    rows, columns = values["unit"]
    return FieldSetup(**{**values, "unit": (rows, columns)})


def layers_of(setup: FieldSetup) -> list[str]:
    """Name the layers that are told, as the page lists them."""
    return list(told_lines(setup.architecture))


LESSON = Lesson("receptive_field", "rf_", FIRST, TABLE, take_apart, put_together)
