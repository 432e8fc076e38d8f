"""The numbers of the page of channels: sizes, planes as text, and what was typed into the picture."""

from collections.abc import Callable

import streamlit as st

from cnnviz.lessons.channels import flow
from cnnviz.presets.channels import LARGEST_SIDE, Layer, Setup, with_cell
from cnnviz.presets.matrix_text import read_matrix, write_matrix
from cnnviz.ui import controls, lesson
from cnnviz.ui.channels_controls import PREFIX, alter
from cnnviz.ui.channels_state import LESSON
from cnnviz.ui.components.channels import PlaneEdit


def choose_size(layer: Layer) -> None:
    """Offer rows and columns of the input that still have a place for the kernel."""
    for axis, column in enumerate(st.columns(2)):
        window, size = layer.windows[axis], layer.input_shape[axis]
        padding = 0 if layer.slide.padding in ("same", "full") else sum(layer.slide.sides[axis])
        least = 1 if layer.slide.padding in ("same", "full") else min(size, max(1, window.extent - padding))
        with column:
            controls.choose_whole(
                ("Rows", "Columns")[axis],
                size,
                (least, LARGEST_SIDE),
                _resizer(axis),
                key=f"{PREFIX}size{axis}",
                help="Of all channels: less cuts off at the end, more adds zeros.",
                reason="Less is closed: the kernel would reach beyond the padded input." * (least > 1),
            )


def _resizer(axis: int) -> controls.Change:
    """Make the function that asks for another size along one axis."""

    def ask(size: int) -> None:
        setup = LESSON.now().setup
        if isinstance(setup, Layer):
            rows, columns = setup.input_shape
            alter("with_size", (size, columns) if axis == 0 else (rows, size))

    return ask


def edit_as_text(setup: Setup) -> None:
    """Offer the planes as text: those of the input, or the slices of the filter shown."""
    shown = flow(setup)
    if isinstance(setup, Layer):
        choose_size(setup)
    grid = st.segmented_control(
        "Numbers of",
        ["input", "kernel"],
        default="input",
        format_func={"input": "Input", "kernel": "Filter shown"}.__getitem__,
        key=f"{PREFIX}grid",
        required=True,
        help="Which numbers to edit below.",
    )
    blocks = shown.volume if grid == "input" else shown.trace.kernel
    names = shown.names if grid == "input" else shown.read_names
    for channel, planes in enumerate(blocks):
        for plane in range(len(planes)):
            label = f"{'Channel' if grid == 'input' else 'Slice'} {names[channel]}"
            label += f", plane {plane + 1}" if len(planes) > 1 else ""
            _edit_plane(setup, label, grid, channel, plane)
    st.caption("Rows end with a new line or `;`. All channels, and all slices, keep the same size.")


def _edit_plane(setup: Setup, label: str, grid: str, channel: int, plane: int) -> None:
    """Offer one plane as text."""
    lesson.edit_text(
        LESSON,
        label,
        write_matrix(setup.plane(grid, channel, plane)),
        _taker(grid, channel, plane),
        key=f"{grid}{channel}_{plane}",
        help="Type or paste as many rows and columns as there are.",
        height=120,
    )


def _taker(grid: str, channel: int, plane: int) -> Callable[[str], None]:
    """Make the function that reads a plane from text."""

    def take(text: str) -> None:
        rows = read_matrix(text)
        altered = LESSON.now().setup.with_plane(grid, channel, plane, rows)
        LESSON.change(lambda _: altered)

    return take


def take_edit(edit: PlaneEdit) -> None:
    """Put into the setup what was typed or pasted in the picture."""
    place = (edit.grid, edit.channel, edit.plane)
    if not edit.text:
        LESSON.change(lambda setup: with_cell(setup, *place, edit.cell, edit.value))
        return
    LESSON.change(lambda setup: setup.with_plane(*place, read_matrix(edit.text)))
