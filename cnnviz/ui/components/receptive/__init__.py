"""A unit of any layer and its field on a picture: pointing and walking stay in the browser.

Sizes, jumps and starts come from the page; the script only adds them up. What comes back, the layer and the
unit that were chosen, is hostile until `read_pick` has looked at it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from cnnviz.lessons.fields import both, coverage, growth
from cnnviz.model.counting import Line
from cnnviz.presets.field_setup import FieldSetup, Unit, told_lines
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, register
from cnnviz.ui.components.playing import LAST, read_index

_mount = register(
    "receptive",
    "shared/dom.js",
    "shared/colours.js",
    "shared/keys.js",
    "receptive/picture.js",
    "receptive/map.js",
    "receptive/growth.js",
    "receptive/lesson.js",
    LAST,
)


class Pick(NamedTuple):
    """A layer and one of its units."""

    layer: str
    unit: Unit


class Measured(NamedTuple):
    """An effective field, or what is known so far: its picture, layer and unit, and a sentence."""

    url: str
    layer: str
    unit: Unit
    sentence: str


def field_of_unit(
    setup: FieldSetup,
    picture: str,
    measured: Measured | None,
    *,
    turn: int,
    themes: Mapping[str, Any],
    present: bool,
    key: str,
    on_pick: Callable[[Pick], None],
) -> None:
    """Show what a unit sees, its neighbours, and the table of growth.

    Parameters
    ----------
    setup : FieldSetup
        What is shown.
    picture : str
        A data URL; not used for a board.
    measured : Measured or None
        Laid over the picture.
    turn : int
        Where the page starts from scratch it is another one, and layer and unit are taken from the setup;
        else those that the reader chose stay.
    on_pick : callable
        Called with the layer and the unit that the reader chose.
    """

    def picked() -> None:
        pick = read_pick(st.session_state[key].get("pick"), setup, turn)
        if pick:
            on_pick(pick)

    _mount(
        key=key,
        data={
            "architecture": setup.architecture,
            "shape": list(setup.graph.input_shape[1:]),
            "board": setup.on_board,
            "picture": picture,
            "rows": [_row(name, line) for name, line in told_lines(setup.architecture).items()],
            "layer": list(told_lines(setup.architecture)).index(setup.layer),
            "unit": list(setup.unit),
            "overlay": _overlay(measured),
            "measured": measured.sentence if measured else "",
            "turn": turn,
            "present": present,
            "themes": palettes(themes),
        },
        on_pick_change=picked,
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def _overlay(measured: Measured | None) -> dict[str, Any] | None:
    """Write where the picture of strengths belongs."""
    if measured is None or not measured.url:
        return None
    return {"url": measured.url, "layer": measured.layer, "unit": list(measured.unit)}


def _row(name: str, line: Line) -> dict[str, Any]:
    """Write a layer for the table."""
    field, told = line.field, growth(line)
    return {
        "name": name,
        "output": " × ".join(map(str, line.output_shape)),
        "size": list(field.size),
        "jump": list(field.jump),
        "start": list(field.start),
        "positions": list(field.positions),
        "reached": [list(ends) for ends in field.reached],
        "told": {"size": both(field.size), "jump": both(field.jump), "start": both(field.start)},
        "growth": [told.size, told.jump, told.start],
        "sentence": told.sentence,
        "covers": coverage(line),
    }


def read_pick(sent: Any, setup: FieldSetup, turn: int) -> Pick | None:
    """Read what was chosen; anything that this page would not send is nothing."""
    if not isinstance(sent, Mapping) or sent.get("turn") != turn:
        return None
    lines, name, unit = told_lines(setup.architecture), sent.get("layer"), sent.get("unit")
    if not isinstance(name, str) or name not in lines:
        return None
    counts = lines[name].field.positions
    if not isinstance(unit, Sequence) or isinstance(unit, str) or len(unit) != len(counts):
        return None
    places = [read_index(place, count) for place, count in zip(unit, counts, strict=True)]
    row, column = places
    return None if row is None or column is None else Pick(name, (row, column))
