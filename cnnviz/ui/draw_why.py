"""Why a drawing is read as it is: maps of every layer, what it leans on, what is alike, what helps."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons import digits_told
from cnnviz.model.layers import Dropout, Flatten
from cnnviz.ui import draw
from cnnviz.ui.components.drawing_pad import Group, show_rates, show_tiles
from cnnviz.ui.draw import Reader, Reading
from cnnviz.ui.draw_controls import choose_patch
from cnnviz.ui.draw_state import MEMORY, PREFIX
from cnnviz.ui.prose import prose

TABS = ("Feature maps", "Occlusion", "Nearest training images", "Without a step")
EMPTY = "Draw a digit, or take the example: then this shows why it is read as it is."


def show_why(reader: Reader, reading: Reading | None, themes: Mapping[str, Any]) -> None:
    """Show the four answers, each only while its tab is open."""
    st.subheader("Why", anchor=False)
    tabs = dict(zip(TABS, st.tabs(TABS, key=f"{PREFIX}tabs", on_change="rerun"), strict=True))
    tellers = (_show_maps, _show_occlusion, _show_nearest)
    for name, tell in zip(TABS, tellers, strict=False):
        if tabs[name].open:
            with tabs[name]:
                if reading is None:
                    st.caption(EMPTY)
                else:
                    tell(reader, reading, themes)
    if tabs[TABS[3]].open:
        with tabs[TABS[3]]:
            _show_rates(reader, themes)


def _show_maps(reader: Reader, reading: Reading, themes: Mapping[str, Any]) -> None:
    """Show what every layer makes of the drawing."""
    show_tiles(map_groups(reader, reading), themes=themes, key=f"{PREFIX}maps")


def map_groups(reader: Reader, reading: Reading) -> list[Group]:
    """Make a group of every layer that changes the numbers, each on a scale of its own."""
    groups = []
    for layer, output in zip(reader.network.architecture.layers, reading.outputs[1:], strict=True):
        if isinstance(layer, (Flatten, Dropout)):
            continue
        values = output[0]
        if values.ndim == 3:
            count, height, width = values.shape
            caption = f"{count} maps of {height} × {width}"
            tiles = [(plane, "", f"{layer.title}, map {at} of {count}") for at, plane in enumerate(values, 1)]
            groups.append(Group(layer.title, caption, tiles))
        else:
            groups.append(_numbers(layer.title, values, last=output is reading.outputs[-1]))
    return groups


def _numbers(title: str, values: np.ndarray, last: bool) -> Group:
    """Show numbers as cells; those of the last layer under the digit they speak for."""
    tiles = [
        (np.array([[value]]), str(at) if last else "", f"{title}, number {at + 1 - last}: {value:.3g}")
        for at, value in enumerate(values)
    ]
    caption = "logits: softmax makes probabilities of them" if last else f"{len(values)} numbers"
    return Group(title, caption, tiles, size="numbers")


def _show_occlusion(reader: Reader, reading: Reading, themes: Mapping[str, Any]) -> None:
    """Show what the answer leans on."""
    choose_patch()
    patch, side = MEMORY.now().patch, reader.form.side
    fall = draw.occlusion(reader, reading, patch)
    image = Group(
        "What it reads",
        f"{side} × {side}",
        [(reading.image[0, 0], "", "the prepared drawing")],
        signed=False,
        size="large",
        peak=reader.form.peak,
    )
    told = f"by how much {reading.answer} becomes less probable"
    falls = Group(
        "Occlusion", told, [(fall, "", f"occlusion map, largest fall {fall.max():.3f}")], size="large"
    )
    show_tiles([image, falls], themes=themes, key=f"{PREFIX}occluded")
    prose(
        f"A patch of paper, {patch} by {patch} pixels, covers one place after the other, and the network is "
        f"asked again each time. Blue: what it needs for its {reading.answer}. Orange: covering "
        "this makes it surer.",
        key=f"{PREFIX}occlusion_told",
    )


def _show_nearest(reader: Reader, reading: Reading, themes: Mapping[str, Any]) -> None:
    """Show the training images that look most alike."""
    found = draw.neighbours(reader, reading)
    tiles = [
        (each.image, f"{each.label}, {each.distance:.0f} away", f"a {each.label}, {each.distance:.1f} away")
        for each in found
    ]
    own = (reading.image[0, 0], "this drawing", "the prepared drawing")
    source, peak = draw.sight(reader), reader.form.peak
    agreeing = sum(each.label == reading.answer for each in found)
    told = f"of {source}; {agreeing} of {len(found)} are a {reading.answer}"
    show_tiles(
        [
            Group("Nearest", told, [own, *tiles], signed=False, size="middle", peak=peak),
        ],
        themes=themes,
        key=f"{PREFIX}nearest",
    )
    st.caption(f"Distance: root mean square difference of the pixels, which go from 0 to {peak}.")


def _show_rates(reader: Reader, themes: Mapping[str, Any]) -> None:
    """Show what each step is worth."""
    rates, source = draw.rates(reader)
    show_rates(digits_told.rate_bars(rates), themes=themes, key=f"{PREFIX}rates")
    st.caption(digits_told.rate_caption(rates, source))
