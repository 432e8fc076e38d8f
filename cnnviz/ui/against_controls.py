"""The controls of the page that compares a CNN with an MLP."""

from dataclasses import replace
from typing import Any

import streamlit as st

from cnnviz.presets.against import (
    ENDINGS,
    KERNELS,
    MOST_CHANNELS,
    MOST_CLASSES,
    MOST_FILTERS,
    MOST_LAYERS,
    MOST_WIDTH,
    SIDES,
    VIEWS,
    AgainstSetup,
)
from cnnviz.presets.flattening import MOST_SIDE, MOST_UNITS, FlatteningSetup
from cnnviz.presets.matrix_text import Rows, read_matrix, write_matrix
from cnnviz.ui import controls, lesson
from cnnviz.ui.against_state import LESSON, read_maps
from cnnviz.ui.components.flattening import CellEdit
from cnnviz.ui.controls import NARROW, Change
from cnnviz.ui.following import asker, followed

PREFIX = LESSON.prefix


def _set(**settings: Any) -> None:
    """Ask for other settings."""
    LESSON.change(lambda setup: setup.having(**settings))


def choose_view(setup: AgainstSetup) -> None:
    """Offer to follow the flattening in place of counting."""
    key = followed(f"{PREFIX}view", setup.view == "flatten")
    st.toggle(
        VIEWS["flatten"],
        setup.view == "flatten",
        key=key,
        on_change=asker(key, lambda on: _set(view="flatten" if on else "growth")),
        help="In place of the counts: how maps become a vector, and how a dense layer weighs it.",
    )


def _whole(label: str, value: int, most: int, change: Change, key: str, help: str) -> None:
    """Offer a whole number in little room."""
    controls.choose_whole(label, value, (1, most), change, key=f"{PREFIX}{key}", help=help, width=NARROW)


def choose_image(setup: AgainstSetup) -> None:
    """Offer the size of the images on a slider, and what both networks share."""
    controls.choose_on_scale(
        "Side of the image",
        setup.side,
        (SIDES[0], SIDES[-1]),
        lambda side: _set(side=side),
        key=f"{PREFIX}side",
        help="Pixels along each side: the MLP grows with it much faster than the CNN. Or click in the chart.",
        width=330,
    )
    help = "1 for grey, 3 for colour: the first layer of both grows with it."
    _whole("Channels", setup.channels, MOST_CHANNELS, lambda n: _set(channels=n), "channels", help)
    for at, filters in enumerate(setup.filters):
        help = f"Filters of convolution {at + 1}: more maps, and more weights here and in the layer after it."
        _whole(
            f"Filters {at + 1}",
            filters,
            MOST_FILTERS,
            _one_of("filters", setup.filters, at),
            f"filters{at}",
            help,
        )


def _one_of(name: str, values: tuple[int, ...], at: int) -> Change:
    """Make the function that changes one number of several."""
    return lambda value: _set(**{name: (*values[:at], value, *values[at + 1 :])})


def choose_more(setup: AgainstSetup) -> None:
    """Offer what is needed now and then: counting, depth, kernels, both ends, widths, classes."""
    controls.choose_segment(
        "Count",
        "with" if setup.biases else "without",
        {"without": "Weights", "with": "With biases"},
        lambda rule: _set(biases=rule == "with"),
        key=f"{PREFIX}biases",
        help="The lecture counts weights only; frameworks count both.",
    )
    controls.choose_segment(
        "Convolutions",
        str(len(setup.filters)),
        {str(count): str(count) for count in range(1, MOST_LAYERS + 1)},
        lambda count: _deepen(int(count)),
        key=f"{PREFIX}depth",
        help="Each has a pooling 2 × 2 behind it; the MLP gets a hidden layer for each.",
    )
    controls.choose(
        "Kernels",
        str(setup.kernel),
        {str(size): f"{size} × {size}" for size in KERNELS},
        lambda size: _set(kernel=int(size)),
        key=f"{PREFIX}kernel",
        help="Larger kernels see more at once and have more weights; the padding keeps the size.",
    )
    controls.choose_segment(
        "End of the CNN",
        setup.ending,
        ENDINGS,
        lambda ending: _set(ending=ending),
        key=f"{PREFIX}ending",
        help="Flattened, the last dense layer grows with the image; with one mean for each map it does not.",
    )
    own = bool(setup.widths)
    controls.choose_segment(
        "Hidden layers of the MLP",
        "own" if own else "same",
        {"same": "As the CNN's maps", "own": "Widths of its own"},
        lambda way: _set(widths=tuple(min(w, MOST_WIDTH) for w in setup.hidden) if way == "own" else ()),
        key=f"{PREFIX}hidden",
        help="As wide as the maps after each pooling, so that they grow with the image, or fixed.",
    )
    for at, width in enumerate(setup.widths):
        help = f"Units of hidden layer {at + 1}: its weights are this times the numbers it reads."
        _whole(f"Units {at + 1}", width, MOST_WIDTH, _one_of("widths", setup.widths, at), f"widths{at}", help)
    help = "Outputs of both networks."
    _whole("Classes", setup.classes, MOST_CLASSES, lambda n: _set(classes=n), "classes", help)


def _deepen(count: int) -> None:
    """Take layers away at the end, or repeat the last one; the MLP's own widths follow."""

    def fitted(values: tuple[int, ...]) -> tuple[int, ...]:
        return (*values, *values[-1:] * MOST_LAYERS)[:count]

    LESSON.change(lambda setup: setup.having(filters=fitted(setup.filters), widths=fitted(setup.widths)))


def edit_as_text(setup: AgainstSetup) -> None:
    """Offer maps and weights as text."""
    flattening = setup.flattening
    lesson.edit_text(
        LESSON,
        "Maps",
        "\n\n".join(write_matrix(rows, " ", "\n") for rows in flattening.maps),
        _take_maps,
        key="maps",
        help=f"A row a line, an empty line between two maps of one shape, up to {MOST_SIDE} × {MOST_SIDE}.",
        height=130,
    )
    lesson.edit_text(
        LESSON,
        "Weights W",
        write_matrix(flattening.weights, " ", "\n"),
        _take_weights,
        key="weights",
        help=f"A row for each output, up to {MOST_UNITS}; the last number of a row is its bias.",
        height=130,
    )


def _take_maps(text: str) -> None:
    """Take other maps; where their count changes, weights are added as zeros or left out before the bias."""
    maps = read_maps("|".join(part for part in text.replace("\r", "").split("\n\n") if part.strip()))
    setup = LESSON.now().setup
    count = sum(len(row) for rows in maps for row in rows)
    weights = tuple((*row[:-1], *(0.0,) * count)[:count] + row[-1:] for row in setup.flattening.weights)
    _put(setup, FlatteningSetup(maps, weights))


def _take_weights(text: str) -> None:
    """Take other weights."""
    setup = LESSON.now().setup
    _put(setup, replace(setup.flattening, weights=read_matrix(text, MOST_UNITS)))


def _put(setup: AgainstSetup, flattening: FlatteningSetup) -> None:
    """Show other numbers."""
    LESSON.change(lambda _: setup.having(flattening=flattening))


def take_edit(edit: CellEdit) -> None:
    """Take over a cell that was typed."""
    setup = LESSON.now().setup
    flattening = setup.flattening
    if edit.grid == "weights":
        weights = _with(flattening.weights, edit.row, edit.column, edit.value)
        return _put(setup, replace(flattening, weights=weights))
    maps = list(flattening.maps)
    maps[edit.channel] = _with(maps[edit.channel], edit.row, edit.column, edit.value)
    return _put(setup, replace(flattening, maps=tuple(maps)))


def _with(rows: Rows, row: int, column: int, value: float) -> Rows:
    """Put a number into a matrix."""
    line = (*rows[row][:column], value, *rows[row][column + 1 :])
    return (*rows[:row], line, *rows[row + 1 :])


def take_side(side: int) -> None:
    """Take over a side that was clicked in the chart."""
    _set(side=side)
