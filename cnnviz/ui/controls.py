"""Widgets that show a value and ask for another one.

Every control follows a value that is kept elsewhere: it shows that value in each run, and hands what was
chosen to a ``change`` function before the next one. Bounds come from the other settings, so that only what
is possible can be chosen; the help of a control says what closes the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz.presets.sliding import (
    LARGEST_DILATION,
    LARGEST_SIDE,
    LARGEST_STRIDE,
    PADDINGS,
    ROUNDINGS,
    Pair,
    Slide,
)
from cnnviz.ui.following import asker, followed

AXES = ("rows", "columns")
NARROW = 122  # pixels that a number with its two buttons needs
SIDES = (("top", "bottom"), ("left", "right"))
ROUNDING_LABELS = {"floor": "Round down", "whole": "Must be an integer", "ceil": "Round up"}

Change = Callable[[Any], object]
Axes = tuple[int, ...]
BOTH = (0, 1)


def fold(label: str, *, key: str) -> DeltaGenerator:
    """Make a container that folds away on a phone, behind a switch that only a phone shows."""
    st.html(
        f"<style>@media (min-width: 641px) {{ .st-key-{key}switch {{ display: none }} }}"
        f"@media (max-width: 640px) {{ body:not(:has(.st-key-{key}switch input:checked)) .st-key-{key}folded"
        " { display: none } }</style>"
    )
    st.toggle(label, key=f"{key}switch", on_change="ignore")
    return st.container(key=f"{key}folded", gap="xsmall")


def choose_whole(
    label: str, value: int, bounds: Pair, change: Change, *, key: str, help: str, reason: str = "", **options
) -> None:
    """Offer the whole numbers between two bounds; ``reason`` says what closes the others."""
    key = followed(key, value)
    least, most = bounds
    st.number_input(
        label,
        least,
        most,
        value,
        step=1,
        key=key,
        disabled=least == most,
        help=f"{help} {reason}".strip(),
        on_change=asker(key, change),
        **options,
    )


def choose_on_scale(
    label: str,
    value: float,
    bounds: tuple,
    change: Change,
    *,
    key: str,
    help: str,
    reason: str = "",
    **options,
) -> None:
    """Offer the numbers between two bounds on a slider; ``reason`` says what closes the others."""
    key = followed(key, value)
    least, most = min(bounds[0], value), max(bounds[1], value)
    st.slider(
        label,
        least,
        most if most > least else least + 1,
        value,
        key=key,
        disabled=least == most,
        help=f"{help} {reason}".strip(),
        on_change=asker(key, change),
        **options,
    )


def choose_number(label: str, value: float, change: Change, *, key: str, help: str, **options) -> None:
    """Offer any number."""
    key = followed(key, float(value))
    whole = value == int(value)
    st.number_input(
        label,
        value=float(value),
        step=1.0,
        key=key,
        format="%.0f" if whole else "%g",
        on_change=asker(key, change),
        help=help,
        **options,
    )


def choose(
    label: str, value: str, choices: Mapping[str, str], change: Change, *, key: str, help: str, **options
) -> None:
    """Offer the keys of a table by their labels, in a list that unfolds."""
    key = followed(key, value)
    st.selectbox(
        label,
        list(choices),
        list(choices).index(value),
        key=key,
        format_func=choices.__getitem__,
        on_change=asker(key, change),
        help=help,
        **options,
    )


def choose_segment(
    label: str, value: str, choices: Mapping[str, str], change: Change, *, key: str, help: str, **options
) -> None:
    """Offer a few choices side by side, one of them always chosen."""
    key = followed(key, value)
    st.segmented_control(
        label,
        list(choices),
        key=key,
        default=value,
        format_func=choices.__getitem__,
        required=True,
        on_change=asker(key, change),
        help=help,
        **options,
    )


def choose_text(label: str, text: str, change: Change, *, key: str, help: str, **options) -> None:
    """Offer a text of several lines."""
    key = followed(key, text)
    st.text_area(label, text, key=key, on_change=asker(key, change), help=help, **options)


def choose_slide(
    slide: Slide,
    image: Pair,
    kernel: Pair,
    change: Change,
    *,
    key: str,
    linked: bool,
    axes: Axes = BOTH,
) -> None:
    """Offer stride, padding and dilation of some axes; of all these together if ``linked``."""
    groups = [axes] if linked else [(axis,) for axis in axes]
    for group in groups:
        axis, label = group[0], "Stride" if linked else f"Stride, {AXES[group[0]]}"
        ask = _on_axes(slide, "stride", group, change)
        choose_whole(
            label,
            slide.stride[axis],
            (1, LARGEST_STRIDE),
            ask,
            key=f"{key}stride{axis}",
            help="Cells from one stop to the next: more gives a smaller output.",
            width=NARROW,
        )
    choose_padding(slide, image, kernel, change, key=f"{key}padding")
    for group in groups:
        axis, label = group[0], "Dilation" if linked else f"Dilation, {AXES[group[0]]}"
        ask = _on_axes(slide, "dilation", group, change)
        most, reason = _dilations(slide, image, kernel, group)
        choose_whole(
            label,
            slide.dilation[axis],
            (1, most),
            ask,
            key=f"{key}dilation{axis}",
            help="Distance between the cells the kernel reads: more widens its view and shrinks the output.",
            reason=reason,
            width=NARROW,
        )


def choose_padding(slide: Slide, image: Pair, kernel: Pair, change: Change, *, key: str) -> None:
    """Offer the ways to pad; "valid" is closed where the kernel reaches beyond the input."""
    possible = {name: name for name in PADDINGS if slide.padded_by(name, image, kernel).fits(image, kernel)}
    reason = "\n".join(f"- **{name}**: {remark}" for name, remark in PADDINGS.items())
    if "valid" not in possible:
        reason += "\n\nValid is closed: without padding the kernel reaches beyond the input."
    choose(
        "Padding",
        slide.padding,
        possible,
        lambda name: change(slide.padded_by(name, image, kernel)),
        key=key,
        help=reason,
        width=106,
    )


def choose_sides(
    slide: Slide, image: Pair, kernel: Pair, change: Change, *, key: str, axes: Axes = BOTH
) -> None:
    """Offer the padding of each side by itself."""
    custom = slide.padded_by("custom", image, kernel) if slide.padding != "custom" else slide
    windows = custom.windows(image, kernel)
    for axis, column in zip(axes, st.columns(len(axes)), strict=True):
        least = windows[axis].extent - image[axis]
        for side, name in enumerate(SIDES[axis]):
            value, other = custom.sides[axis][side], custom.sides[axis][1 - side]
            bounds = (min(max(least - other, 0), value), LARGEST_SIDE)
            reason = "Less is closed: the kernel would reach beyond the padded input." if bounds[0] else ""
            with column:
                choose_whole(
                    f"Padding, {name}",
                    value,
                    bounds,
                    _on_side(custom, axis, side, change),
                    key=f"{key}{name}",
                    help="Zeros added on this side: more gives a larger output.",
                    reason=reason,
                )


def choose_rounding(slide: Slide, change: Change, *, key: str) -> None:
    """Offer what happens when the stride does not divide."""
    choose_segment(
        "Output size",
        slide.rounding,
        ROUNDING_LABELS,
        lambda name: change(replace(slide, rounding=name)),
        key=key,
        help="What becomes of the last cells if the stride does not divide.",
    )
    st.caption(f"{ROUNDING_LABELS[slide.rounding]}: {ROUNDINGS[slide.rounding]}.")


def _dilations(slide: Slide, image: Pair, kernel: Pair, axes: Axes) -> tuple[int, str]:
    """Find the largest dilation that fits, and say what closes the others."""
    most = slide.dilation[axes[0]]
    if all(kernel[each] == 1 for each in axes):
        return most, "A kernel of one cell has nothing to spread."
    while most < LARGEST_DILATION:
        rows, columns = (most + 1 if each in axes else slide.dilation[each] for each in (0, 1))
        if not replace(slide, dilation=(rows, columns)).fits(image, kernel):
            return most, f"More than {most} is closed: the kernel would reach beyond the padded input."
        most += 1
    return most, ""


def _on_axes(slide: Slide, field: str, axes: Axes, change: Change) -> Change:
    """Make the function that sets a field of one axis, or of both."""

    def ask(number: int) -> None:
        pair = [number if each in axes else getattr(slide, field)[each] for each in (0, 1)]
        settings: dict[str, Any] = {field: tuple(pair)}
        change(replace(slide, **settings))

    return ask


def _on_side(slide: Slide, axis: int, side: int, change: Change) -> Change:
    """Make the function that sets the padding of one side."""

    def ask(number: int) -> None:
        before, after = (number if each == side else slide.sides[axis][each] for each in (0, 1))
        sides = ((before, after), slide.sides[1]) if axis == 0 else (slide.sides[0], (before, after))
        change(replace(slide, padding="custom", sides=sides))

    return ask
