"""One axis with every window on it, the formula above it, and tables of sizes that can be clicked.

All places come from the page; the script only draws and links them. What comes back, the cell of a table
that was clicked, is hostile until `read_pick` has looked at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from cnnviz.lessons import sizes
from cnnviz.presets.sizes import SizeSetup
from cnnviz.ui import frame
from cnnviz.ui.components import palettes, plain, register

Pick = dict[str, int]
PICKS = {
    "length": sizes.TABLED_LENGTHS,
    "kernel": sizes.TABLED_KERNELS,
    "stride": sizes.TABLED_STRIDES,
}

_mount = register(
    "axis",
    "shared/dom.js",
    "shared/colours.js",
    "shared/keys.js",
    "axis/formula.js",
    "axis/places.js",
    "axis/picture.js",
    "axis/axis.js",
    "axis/tables.js",
    "axis/parts.js",
    "shared/parts.js",
)


def axis(setup: SizeSetup, *, themes: Mapping[str, Any], present: bool, key: str) -> None:
    """Show every window of an axis under the formula; window, cell and term light each other."""
    window = setup.window
    missed = setup.unrounded.left_over(setup.length)
    _mount(
        key=key,
        data={
            "part": "axis",
            "length": setup.length,
            "padding": list(window.padding),
            "starts": [start + window.padding[0] for start in window.starts(setup.length)],
            "reads": list(window.cells(0)),
            "beyond": window.stride - missed if missed and setup.rounding != "ceil" else 0,
            "stride": window.stride,
            "formula": [asdict(part) for part in sizes.formula(setup)],
            "divides": sizes.divides(setup),
            "present": present,
            "themes": palettes(themes),
        },
        on_present_change=frame.asked_by(key),
    )
    frame.follow_wish()


def tables(setup: SizeSetup, *, themes: Mapping[str, Any], key: str, on_pick: Callable[[Pick], None]) -> None:
    """Show the sizes for other inputs, kernels and strides; a click asks for one of them."""

    def picked() -> None:
        pick = read_pick(st.session_state[key].get("pick"))
        if pick:
            on_pick(pick)

    _mount(
        key=key,
        data={
            "part": "tables",
            "length": setup.length,
            "kernel": setup.kernel,
            "stride": setup.stride,
            "lengths": [_entry(entry) for entry in sizes.sizes_by_length(setup)],
            "pairs": [[_entry(entry) for entry in row] for row in sizes.sizes_by_kernel_and_stride(setup)],
            "themes": palettes(themes),
        },
        on_pick_change=picked,
    )


def _entry(entry: sizes.Entry) -> Any:
    """Write a size: nothing where the window does not fit, with the fraction where it is none."""
    if entry.size is None:
        return None
    return [plain(entry.size)] if entry.whole else [plain(entry.size), sizes.fraction(entry.exact or 0)]


def read_pick(sent: Any) -> Pick | None:
    """Read which cell was clicked; anything that no page of ours would send is no cell."""
    if not isinstance(sent, Mapping) or set(sent) not in ({"length"}, {"kernel", "stride"}):
        return None
    for name, value in sent.items():
        if isinstance(value, bool) or not isinstance(value, int) or value not in PICKS[name]:
            return None
    return dict(sent)
