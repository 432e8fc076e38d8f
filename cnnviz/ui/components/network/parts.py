"""Beside the drawing: how a map is made, two maps side by side, filters, units and their weights."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from cnnviz.lessons.channels import Flow
from cnnviz.lessons.inside import largest
from cnnviz.ui.components import palettes, plain
from cnnviz.ui.components.network import mount, packed
from cnnviz.ui.components.playing import read_index
from cnnviz.window import Window


class UnitRow(NamedTuple):
    """A unit in the table: its cells as text, its share if it has one, and what is told of its weights."""

    cells: tuple[str, ...]
    title: str
    line: str
    formula: str = ""
    share: float | None = None


def answer(
    units: Sequence[UnitRow],
    weights: np.ndarray,
    read: np.ndarray,
    *,
    heads: Sequence[str],
    start: int,
    themes: Mapping[str, Any],
    key: str,
) -> None:
    """Show units; the weights (U, C, H, W) of the one that is looked at beside what they meet (C, H, W)."""
    ends = {"weights": weights, "read": read, "products": weights * read}
    mount(
        key=key,
        data={
            "part": "answer",
            "heads": list(heads),
            "units": [_row(unit) for unit in units],
            "weights": packed(weights),
            "read": packed(read),
            "shape": list(read.shape),
            "ends": {name: largest(values) or 1.0 for name, values in ends.items()},
            "start": start,
            "themes": palettes(themes),
        },
    )


def _row(unit: UnitRow) -> dict[str, Any]:
    """Write a unit for the script; without a share the key is left out."""
    row = {"cells": list(unit.cells), "title": unit.title, "line": unit.line, "formula": unit.formula}
    return row if unit.share is None else {**row, "share": plain(unit.share)}


def sums(
    flow: Flow,
    *,
    activation: str,
    names: Sequence[str],
    themes: Mapping[str, Any],
    key: str,
    on_pixel: Callable[[tuple[int, int]], None],
) -> None:
    """Show how one map is made: what is read, slices, partial maps, their sum with the bias, the activation.

    Parameters
    ----------
    flow : Flow
        Of the map; ``flow.maps`` are those behind the activation, if there is one.
    activation : str
        Its name, or empty.
    names : sequence of str
        Of the maps that are read.
    on_pixel : callable
        Called before the script runs again, with the pixel that was clicked.
    """
    trace, shape = flow.trace, flow.trace.output.shape[1:]

    def clicked() -> None:
        cell = read_cell(st.session_state[key].get("choose"), shape)
        if cell is not None:
            on_pixel(cell)

    mount(
        key=key,
        data={
            "part": "sums",
            "inputs": packed(trace.volume[:, 0]),
            "kernels": packed(trace.kernel[:, 0]),
            "partials": packed(trace.partials[:, 0]),
            "sum": packed(trace.output[0]),
            "output": packed(flow.output[0]),
            "bias": plain(trace.bias),
            "activation": activation,
            "names": list(names),
            "ends": {
                "input": largest(trace.volume) or 1.0,
                "kernel": largest(trace.kernel) or 1.0,
                "output": largest(trace.partials, trace.output, flow.output) or 1.0,
            },
            "shapes": {
                "input": list(trace.volume.shape[2:]),
                "kernel": list(trace.kernel.shape[2:]),
                "output": list(shape),
            },
            "windows": [
                _windows(axis, length)
                for axis, length in zip(trace.windows[1:], trace.volume.shape[2:], strict=True)
            ],
            "hint": "Point at a pixel to see what is added up there; click it to see every product.",
            "themes": palettes(themes),
        },
        on_choose_change=clicked,
    )


def _windows(axis: Window, length: int) -> list[list[int]]:
    """Tell the first and last cell that each place of a window covers, without the padding."""
    starts = axis.starts(length)
    return [[max(start, 0), min(start + axis.extent, length) - 1] for start in starts]


def read_cell(sent: Any, shape: Sequence[int]) -> tuple[int, int] | None:
    """Read row and column; anything that no page of ours would send is none."""
    if not isinstance(sent, Mapping):
        return None
    row, column = (
        read_index(sent.get(name), length) for name, length in zip(("row", "column"), shape, strict=True)
    )
    return None if row is None or column is None else (row, column)


def pair(
    before: np.ndarray,
    after: np.ndarray,
    *,
    name: str,
    titles: tuple[str, str],
    cell: tuple[int, int] | None,
    themes: Mapping[str, Any],
    key: str,
) -> None:
    """Show two maps (H, W) of the same places, before and after the function of that name."""
    mount(
        key=key,
        data={
            "part": "pair",
            "before": plain(before),
            "after": plain(after),
            "name": name,
            "titles": list(titles),
            "end": largest(before, after) or 1.0,
            "cell": None if cell is None else list(cell),
            "hint": "Point at a pixel to see what becomes of it.",
            "themes": palettes(themes),
        },
    )


def filters(
    weights: np.ndarray,
    *,
    layer: int,
    themes: Mapping[str, Any],
    key: str,
    on_filter: Callable[[int], None],
) -> None:
    """Show all slices of filters (O, C, K, L), large, on one scale; one that is clicked opens its map."""

    def chosen() -> None:
        sent = st.session_state[key].get("choose")
        number = read_index(sent.get("map"), len(weights)) if isinstance(sent, Mapping) else None
        if number is not None:
            on_filter(number)

    mount(
        key=key,
        data={
            "part": "filters",
            "filters": plain(weights),
            "end": largest(weights) or 1.0,
            "hint": "All on one scale. Point at a weight to read it; click a filter to open its map.",
            "layer": layer,
            "themes": palettes(themes),
        },
        on_choose_change=chosen,
    )
