"""The state of the page that compares a CNN with an MLP, and how it becomes a link."""

from dataclasses import fields
from typing import Any

from cnnviz.presets.against import ENDINGS, VIEWS, AgainstSetup
from cnnviz.presets.against_scenes import FIRST
from cnnviz.presets.flattening import MOST_INPUTS, MOST_MAPS, MOST_SIDE, MOST_UNITS, FlatteningSetup
from cnnviz.presets.matrix_text import Rows, read_matrix, write_matrix
from cnnviz.ui.fields import SWITCH, WHOLE, matrix
from cnnviz.ui.lesson_state import Lesson
from cnnviz.ui.state import Field, one_of, whole_number


def _numbers(most: int) -> Field:
    """Make the field of a list of whole numbers, which may be empty."""

    def read(text: str) -> tuple[int, ...]:
        numbers = tuple(whole_number(part) for part in text[:64].split(",") if part)
        if len(numbers) > most:
            raise ValueError(f"value must have at most {most} numbers, got {len(numbers)}")
        return numbers

    return Field(read, lambda numbers: ",".join(map(str, numbers)))


def read_maps(text: str) -> tuple[Rows, ...]:
    """Read maps that are parted by a bar."""
    written = text[:2000].split("|")
    if len(written) > MOST_MAPS:
        raise ValueError(f"maps must be at most {MOST_MAPS}, got {len(written)}")
    return tuple(read_matrix(part, MOST_SIDE, MOST_SIDE) for part in written)


def write_maps(maps: tuple[Rows, ...]) -> str:
    """Write what `read_maps` reads."""
    return "|".join(write_matrix(rows, ",", ";") for rows in maps)


TABLE = {
    "view": one_of(VIEWS),
    "side": WHOLE,
    "channels": WHOLE,
    "filters": _numbers(3),
    "kernel": WHOLE,
    "ending": one_of(ENDINGS),
    "widths": _numbers(3),
    "classes": WHOLE,
    "biases": SWITCH,
    "maps": Field(read_maps, write_maps),
    "weights": matrix(MOST_UNITS, MOST_INPUTS + 1),
}


def take_apart(setup: AgainstSetup) -> dict[str, Any]:
    """Take the settings apart, by the names of `TABLE`."""
    values = {each.name: getattr(setup, each.name) for each in fields(setup)}
    played = values.pop("flattening")
    return values | {"maps": played.maps, "weights": played.weights}


def put_together(values: dict[str, Any]) -> AgainstSetup:
    """Put the settings together."""
    others = {name: value for name, value in values.items() if name not in ("maps", "weights")}
    return AgainstSetup(**others, flattening=FlatteningSetup(values["maps"], values["weights"]))


def stops(setup: AgainstSetup) -> int:
    """Count the stops of the player; the other view has none."""
    return setup.flattening.stops if setup.view == "flatten" else 1


LESSON = Lesson("cnn_against_mlp", "am_", FIRST, TABLE, take_apart, put_together, stops)
