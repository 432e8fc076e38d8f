"""The controls of the layer calculator: every setting of a layer, and the question asked backwards."""

from collections.abc import Callable
from math import gcd
from typing import Any

import streamlit as st

from cnnviz.presets.calculator import (
    CONVOLUTIONS,
    KINDS,
    LARGEST_CHANNELS,
    LARGEST_FILTERS,
    LARGEST_KERNEL,
    LARGEST_LENGTH,
    LARGEST_UNITS,
    SLIDING,
    LayerSetup,
)
from cnnviz.presets.sliding import LARGEST_SIDE, LARGEST_STRIDE, PADDINGS
from cnnviz.ui import controls
from cnnviz.ui.calculator_state import LESSON
from cnnviz.ui.controls import NARROW, Axes, Change

PREFIX = LESSON.prefix
BEYOND = "the window would reach beyond the padded input."
NAMES = (", rows", ", columns")


def change_to(**settings: Any) -> None:
    """Ask for other settings; groups stay as far as they still divide."""
    LESSON.change(lambda setup: _regrouped(setup, settings))


def _regrouped(setup: LayerSetup, settings: dict[str, Any]) -> LayerSetup:
    """Change settings, and the groups with them if channels or filters no longer allow them."""
    channels = settings.get("shape", setup.shape)[0]
    groups = gcd(settings.get("groups", setup.groups), channels, settings.get("units", setup.units))
    return setup.having(**{**settings, "groups": groups})


def choose_kind(setup: LayerSetup) -> None:
    """Offer the kinds of layers."""
    controls.choose(
        "Layer",
        setup.kind,
        KINDS,
        lambda kind: LESSON.change(lambda shown: shown.with_kind(kind)),
        key=f"{PREFIX}kind",
        help="Another kind of layer on the same input; its settings are kept as far as it has them.",
        label_visibility="collapsed",
        width=176,
    )


def axes_of(setup: LayerSetup) -> list[Axes]:
    """Tell which axes share a control."""
    if setup.kind == "conv1d":
        return [(1,)]
    apart = not setup.square or st.session_state.get(f"{PREFIX}apart", False)
    return [(0,), (1,)] if apart else [(0, 1)]


def named(label: str, axes: Axes, setup: LayerSetup) -> str:
    """Name a control of one axis, or of both."""
    return label if len(axes) == 2 or setup.kind == "conv1d" else f"{label}{NAMES[axes[0]]}"


def choose_numbers(setup: LayerSetup) -> None:
    """Offer what every layer has: channels, size, filters; then what slides."""
    channels, *along = setup.shape
    whole_number(
        "Channels c",
        channels,
        LARGEST_CHANNELS,
        lambda c: change_to(shape=(c, *along)),
        "channels",
        _HELP["channels"],
    )
    for axes in axes_of(setup):
        _choose_length(setup, axes)
    if setup.kind in CONVOLUTIONS:
        _choose_units(setup, "Filters n", LARGEST_FILTERS, "units")
    elif setup.kind == "dense":
        _choose_units(setup, "Outputs n", LARGEST_UNITS, "outputs")
    if setup.kind in SLIDING:
        for choose in (_choose_kernel, _choose_stride):
            for axes in axes_of(setup):
                choose(setup, axes)
        _choose_padding(setup)


_HELP = {
    "channels": "Maps of the input: each filter gets more weights with them.",
    "units": "Each filter gives a map of the output, and has weights and a bias of its own.",
    "outputs": "Each output has a row of weights, one for every input, and a bias.",
}


def _choose_units(setup: LayerSetup, label: str, most: int, key: str) -> None:
    """Offer how many maps or numbers the layer gives."""
    whole_number(label, setup.units, most, lambda n: change_to(units=n), key, _HELP[key])


def whole_number(
    label: str, value: int, most: int, change: Change, key: str, help: str, *, least=1, reason=""
) -> None:
    """Offer a whole number in little room."""
    bounds = (min(least, value), max(most, value))
    controls.choose_whole(
        label, value, bounds, change, key=f"{PREFIX}{key}", help=help, reason=reason, width=NARROW
    )


def on_axes(pair: Any, axes: Axes, name: str) -> Change:
    """Make the function that sets a pair of settings on some axes."""
    return lambda value: change_to(**{name: tuple(value if at in axes else pair[at] for at in (0, 1))})


def _choose_length(setup: LayerSetup, axes: Axes) -> None:
    """Offer height and width of the input, or both together."""
    channels, height, width = setup.shape
    value = setup.shape[axes[0] + 1]

    def settings(length: int) -> dict[str, Any]:
        return {"shape": (channels, *(length if at in axes else (height, width)[at] for at in (0, 1)))}

    least = bound(lambda length: setup.fits(**settings(length)), value, 1)
    label = (
        "Input i"
        if len(axes) == 2
        else ("Length i" if setup.kind == "conv1d" else ("Height", "Width")[axes[0]])
    )
    reason = f"Less than {least} is closed: {BEYOND}" if least > 1 else ""
    help = "Cells of the input along this axis: more give more output."
    whole_number(
        label,
        value,
        LARGEST_LENGTH,
        lambda n: change_to(**settings(n)),
        f"length{axes[0]}",
        help,
        least=least,
        reason=reason,
    )


def bound(fits: Callable[[int], bool], good: int, far: int) -> int:
    """Find how far from a value that fits towards another one all values fit."""
    if fits(far):
        return far
    while abs(far - good) > 1:
        middle = (good + far) // 2
        good, far = (middle, far) if fits(middle) else (good, middle)
    return good


def _choose_kernel(setup: LayerSetup, axes: Axes) -> None:
    """Offer the size of the window, as far as it fits."""
    pair, value = setup.size, setup.size[axes[0]]

    def fits(size: int) -> bool:
        return setup.fits(size=tuple(size if at in axes else pair[at] for at in (0, 1)))

    most, least = bound(fits, value, LARGEST_KERNEL), bound(fits, value, 1)
    reason = f"More than {most} is closed: {BEYOND}" if most < LARGEST_KERNEL else ""
    reason += (
        f" Less than {least} is closed: a pooling window must be larger than its padding."
        if least > 1
        else ""
    )
    help = "Cells the window reads: more give less output and, in a convolution, more weights."
    label, key = named("Kernel k", axes, setup), f"kernel{axes[0]}"
    whole_number(label, value, most, on_axes(pair, axes, "size"), key, help, least=least, reason=reason)


def _choose_stride(setup: LayerSetup, axes: Axes) -> None:
    """Offer the stride."""
    pair = setup.slide.stride
    label, key = named("Stride s", axes, setup), f"stride{axes[0]}"
    help = "Cells from one window to the next: more give less output; weights do not change."
    whole_number(label, pair[axes[0]], LARGEST_STRIDE, on_axes(pair, axes, "stride"), key, help)


def _choose_padding(setup: LayerSetup) -> None:
    """Offer the ways to pad, and the padding as a number for all sides."""
    possible = {name: name for name in PADDINGS if name == "custom" or setup.fits(padding=name)}
    told = "\n".join(f"- **{name}**: {remark}" for name, remark in PADDINGS.items())
    if "valid" not in possible:
        told += f"\n\nValid is closed: without padding {BEYOND}"
    controls.choose(
        "Padding", setup.slide.padding, possible, _pad_by, key=f"{PREFIX}padding", help=told, width=106
    )
    before = setup.axes[-1].unrounded.padding[0]

    def settings(side: int) -> dict[str, Any]:
        return {"sides": ((side, side), (side, side))}

    most = bound(lambda side: setup.fits(**settings(side)), before, LARGEST_SIDE)
    least = bound(lambda side: setup.fits(**settings(side)), before, 0)
    reason = f"Less than {least} is closed: {BEYOND}" if least else ""
    reason += " A pooling window must be larger than its padding." if most < LARGEST_SIDE else ""
    help = "Zeros added on every side: more give more output. Under More each side has its own."
    whole_number(
        "Each side p",
        before,
        most,
        lambda p: change_to(**settings(p)),
        "side",
        help,
        least=least,
        reason=reason,
    )


def _pad_by(name: str) -> None:
    """Pad another way; "custom" starts from the padding there is."""

    def padded(setup: LayerSetup) -> LayerSetup:
        return setup.having(slide=setup.slide.padded_by(name, setup.shape[1:], setup.size))

    LESSON.change(padded)
