"""One click further down: how a map, a pixel, a unit or a share was made, by the kind of its layer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.channels import parameter_count
from cnnviz.lessons.explain import brief, counted
from cnnviz.lessons.inside import Cell, Inside, Pixel
from cnnviz.lessons.inside_answer import flat_place
from cnnviz.model.layers import Conv2d, Dense, Flatten, MaxPool
from cnnviz.ui import controls, frame
from cnnviz.ui.components.network.parts import pair, sums
from cnnviz.ui.components.pooling import pooling_window
from cnnviz.ui.components.sliding_window import sliding_window
from cnnviz.ui.inside_state import MEMORY, PREFIX, Look
from cnnviz.ui.inside_units import show_answer, show_units
from cnnviz.ui.prose import prose

REACH = 2  # pixels around the one that is looked at
LARGE = 4  # kernels from this size on show fewer

Themes = Mapping[str, Any]


def show_detail(inside: Inside, look: Look, classes: tuple[str, ...], themes: Themes) -> Cell | None:
    """Show what is open below the drawing, and give the pixel that is looked at now."""
    at, cell = look.layer, _cell(look)
    if at > len(inside.architecture.layers):
        show_answer(inside, look.map, classes, themes, key="li_softmax")
        return None
    layer = inside.layer(at)
    if isinstance(layer, Conv2d):
        if cell is not None:
            return _show_pixel(inside, look, cell, themes)
        _show_map(inside, look, themes)
        return None
    if isinstance(layer, MaxPool):
        return _show_pooling(inside, look, cell, themes)
    if isinstance(layer, Dense):
        last = at == len(inside.architecture.layers)
        if last:
            show_answer(inside, look.map, classes, themes, key="li_units")
        else:
            show_units(inside, at, look.map, themes)
    elif isinstance(layer, Flatten):
        _tell_flattening(inside, at, look.map)
    else:
        _show_function(inside, look, cell, themes)
    return cell


def _cell(look: Look) -> Cell | None:
    return (look.pixel[0], look.pixel[1]) if look.pixel else None


def _unheard(_edit: object) -> None:
    """Take no edits: what is shown was computed by the network."""


def _scene(look: Look) -> str:
    """Name what a player plays, so that it starts anew with another."""
    return repr((MEMORY.turn(), replace(look, scale="")))


def _show_map(inside: Inside, look: Look, themes: Themes) -> None:
    """Show the slices of a filter, its partial maps, the sum, and what ReLU leaves."""
    flow = inside.flow(look.layer, look.map)
    after = inside.function_after(look.layer)
    sums(
        flow,
        activation=after,
        names=[f"map {number + 1}" if look.layer > 1 else "image" for number in flow.reads[look.map]],
        themes=themes,
        key="li_sums",
        on_pixel=lambda cell: MEMORY.change(lambda old: replace(old, pixel=cell, channel=0)),
    )
    weights, _ = inside.network.layers[look.layer - 1]
    filters, depth, *kernel = weights.shape
    total = parameter_count((kernel[0], kernel[1]), depth, filters)
    st.caption(
        f"The layer has ({kernel[0]}·{kernel[1]}·{depth} + 1)·{filters} = {counted(total, 'parameter')}; "
        "partial maps, feature map and activation map share one scale."
    )


def _show_pixel(inside: Inside, look: Look, cell: Cell, themes: Themes) -> Cell:
    """Show the window of one pixel on one of the maps it reads, and the sum over all of them."""
    pixel = inside.pixel(look.layer, look.map, cell)
    channel = min(look.channel, len(pixel.reads) - 1)
    if len(pixel.reads) > 1:
        _choose_channel(pixel, channel)
    trace, own = pixel.around(channel, REACH if max(pixel.trace.kernel.shape[2:]) < LARGE else 1)
    across = trace.output.shape[1]
    moment = sliding_window(
        trace,
        key="li_window",
        themes=themes,
        step=own[0] * across + own[1],
        scene=_scene(look),
        editable=False,
        present=frame.presenting(),
        lines=_lines(len(pixel.reads)),
    )
    st.markdown(f"Row {cell[0] + 1}, column {cell[1] + 1}: {pixel.line}")
    row, column = divmod(moment.step, across)
    return cell[0] + row - own[0], cell[1] + column - own[1]


def _lines(reads: int) -> int:
    """Tell how many lines of products a low window has room for; a menu of the maps needs some of it."""
    alone, beside = (3, 2) if frame.presenting() else (5, 3)
    return alone if reads == 1 else beside


def _choose_channel(pixel: Pixel, channel: int) -> None:
    """Offer the maps that a pixel reads, each with its partial sum."""
    labels = [f"{number + 1}: {brief(float(pixel.sums[place]))}" for place, number in enumerate(pixel.reads)]
    key = controls.followed(f"{PREFIX}channel", channel)

    def choose() -> None:
        chosen = st.session_state[key]
        MEMORY.change(lambda old: replace(old, channel=chosen))

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Partial sums", width="content")
        st.pills(
            "Partial sum of each map that was read",
            range(len(labels)),
            key=key,
            default=channel,
            format_func=labels.__getitem__,
            required=True,
            on_change=choose,
            label_visibility="collapsed",
            help="Shows the window and the products on another of the maps that this pixel reads.",
        )


def _show_pooling(inside: Inside, look: Look, cell: Cell | None, themes: Themes) -> Cell | None:
    """Play the pooling of a map, or of the neighbourhood of a pixel where its numbers can be read."""
    trace = inside.pooling(look.layer, look.map)
    own = (0, 0)
    if cell is not None:
        reach = 1 if frame.presenting() else REACH
        trace, own = inside.pooling_around(look.layer, look.map, cell, reach)
    across = trace.output.shape[1]
    step = pooling_window(
        trace,
        key="li_pooling",
        themes=themes,
        step=len(trace) - 1 if cell is None else own[0] * across + own[1],
        scene=_scene(look),
        present=frame.presenting(),
        editable=False,
        on_edit=_unheard,
    )
    row, column = divmod(step, across)
    return None if cell is None else (cell[0] + row - own[0], cell[1] + column - own[1])


def _show_function(inside: Inside, look: Look, cell: Cell | None, themes: Themes) -> None:
    """Show what a layer does to every number by itself."""
    before, after = inside.outputs[look.layer - 1], inside.outputs[look.layer]
    name = inside.layer(look.layer).title
    if before.ndim == 1:
        numbers = (float(output[look.map]) for output in (before, after))
        st.markdown(f"Number {look.map + 1}: {name}({brief(next(numbers))}) = {brief(next(numbers))}")
        return
    conv = isinstance(inside.architecture.layers[look.layer - 2], Conv2d) and look.layer > 1
    maps = [output[look.map].astype(float) for output in (before, after)]
    pair(
        *maps,
        name=name,
        titles=("Feature map" if conv else "Before", "Activation map" if conv else "After"),
        cell=cell,
        themes=themes,
        key="li_pair",
    )


def _tell_flattening(inside: Inside, at: int, place: int) -> None:
    """Say where the numbers of the maps go, with the one that was chosen."""
    shape, value = inside.architecture.shapes[at - 1], brief(float(inside.outputs[at][place]))
    if len(shape) != 3:
        st.markdown(f"Number {place + 1} stays where it is: {value}.")
        return
    number, row, column = (int(each) for each in np.unravel_index(place, shape))
    maps, height, width = shape
    place = flat_place(shape, number, row, column)
    prose(
        f"{{Flattening}} writes {counted(maps, 'map')} of {height} × {width} behind each other, row by row: "
        f"{maps * height * width:,} numbers.\n\n**Number {place + 1:,}** is row {row + 1}, "
        f"column {column + 1} of map {number + 1}: {number}·{height * width} + {row}·{width} + {column + 1} "
        f"= {place + 1:,}. Its value is {value}.",
        key="li_flattening",
    )
