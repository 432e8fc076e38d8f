"""Two networks compared: counts over the size of the image, drawings, and the sums behind the totals.

All counts come from the page. What comes back, a size that was clicked in the chart, is hostile until
`read_side` has looked at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from cnnviz.lessons import against
from cnnviz.lessons.calculator import shape_text
from cnnviz.presets.against import SIDES, AgainstSetup
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, register
from cnnviz.ui.components.playing import read_index

_mount = register(
    "against",
    "shared/dom.js",
    "shared/colours.js",
    "shared/keys.js",
    "calculator/volume.js",
    "against/chart.js",
    "against/networks.js",
    "against/growth.js",
    "against/index.js",
)


def growth(
    setup: AgainstSetup, *, themes: Mapping[str, Any], key: str, on_side: Callable[[int], None]
) -> None:
    """Show how both networks grow with the image, what they look like, and how they are counted."""
    cnn, mlp = against.counts(setup)
    now = against.at_side(setup)

    def picked() -> None:
        side = read_side(st.session_state[key].get("side"))
        if side is not None:
            on_side(side)

    _mount(
        key=key,
        data={
            "present": frame.presenting(),
            "themes": palettes(themes),
            "side": setup.side,
            "channels": setup.channels,
            "samples": against.grown(setup),
            "now": now,
            "written": {name: f"{count:,}" for name, count in now.items()} | {"ratio": against.ratio(setup)},
            "curves": [
                {name: getattr(curve, name) for name in ("name", "title", "role", "dash", "remark")}
                for curve in against.CURVES
            ],
            "marks": [asdict(mark) for mark in against.marks(setup)],
            "cnn": {"title": "CNN", **_sums(cnn), **_volumes(setup)},
            "mlp": {"title": "MLP", **_sums(mlp), "units": [setup.pixels, *setup.hidden, setup.classes]},
        },
        on_side_change=picked,
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def _sums(layers: list[against.Counted]) -> dict[str, Any]:
    """Write the layers and their total."""
    written = [
        {
            "name": layer.name,
            "formula": layer.formula,
            "parameters": f"{layer.parameters:,}",
            "shape": shape_text(layer.shape),
        }
        for layer in layers
    ]
    work = f"{against.work(layers):,} multiply-accumulates"
    return {"layers": written, "total": f"{against.total(layers):,}", "work": work}


def _volumes(setup: AgainstSetup) -> dict[str, Any]:
    """List what the CNN's maps are like: the image, then after each convolution and each pooling."""
    shapes, names = against.volumes(setup)
    return {"shapes": [list(shape) for shape in shapes], "names": names, "classes": setup.classes}


def read_side(sent: Any) -> int | None:
    """Read a side that was clicked; anything that the chart would not send is none."""
    side = read_index(sent, SIDES[-1] + 1)
    return side if side in SIDES else None
