"""What was said of images: the table of confusions, images with a caption, accuracy against a shift."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from cnnviz.ui.components import palettes, plain
from cnnviz.ui.components.network import mount
from cnnviz.ui.components.playing import read_index


def confusion(
    counts: np.ndarray,
    names: Sequence[str],
    chosen: tuple[int, int] | None,
    *,
    themes: Mapping[str, Any],
    key: str,
    on_cell: Callable[[tuple[int, int]], None],
) -> None:
    """Show who was taken for whom; a cell that is clicked is handed on."""
    wrong = counts - np.diag(np.diag(counts))

    def clicked() -> None:
        sent = st.session_state[key].get("cell")
        if isinstance(sent, (list, tuple)) and len(sent) == 2:
            real, said = (read_index(part, len(names)) for part in sent)
            if real is not None and said is not None:
                on_cell((real, said))

    mount(
        key=key,
        data={
            "part": "confusion",
            "counts": plain(counts),
            "names": list(names),
            "chosen": None if chosen is None else list(chosen),
            "ends": [float(np.diag(counts).max()) or 1.0, float(wrong.max()) or 1.0],
            "themes": palettes(themes),
        },
        on_cell_change=clicked,
    )


def gallery(
    images: np.ndarray,
    captions: Sequence[tuple[str, str]],
    *,
    peak: int,
    themes: Mapping[str, Any],
    key: str,
    on_image: Callable[[int], None],
) -> None:
    """Show images (N, C, H, W) with two lines each; the place of one that is clicked is handed on."""

    def clicked() -> None:
        place = read_index(st.session_state[key].get("image"), len(captions))
        if place is not None:
            on_image(place)

    grey = np.rint(images[:, 0].astype(float) * (255 / peak)).astype(np.uint8)
    mount(
        key=key,
        data={
            "part": "gallery",
            "images": base64.b64encode(grey.tobytes()).decode(),
            "shape": [1, *grey.shape[1:]],
            "captions": [list(caption) for caption in captions],
            "themes": palettes(themes),
        },
        on_image_change=clicked,
    )


class Line(NamedTuple):
    """Shares by distance, each with the ends of its interval."""

    name: str
    shares: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]


def lines(
    lines: Sequence[Line],
    *,
    axis: str,
    label: str,
    colours: Mapping[str, Sequence[str]],
    themes: Mapping[str, Any],
    key: str,
) -> None:
    """Draw shares against a distance, a line for each network."""
    mount(
        key=key,
        data={
            "part": "lines",
            "lines": [
                {"name": line.name, "shares": plain(line.shares), "intervals": plain(line.intervals)}
                for line in lines
            ],
            "axis": axis,
            "label": label,
            "colours": {name: list(each) for name, each in colours.items()},
            "themes": palettes(themes),
        },
    )
