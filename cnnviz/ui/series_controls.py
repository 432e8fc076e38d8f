"""The controls of the page of 1-D convolution: a short series with its kernel, and a long signal."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from cnnviz.lessons import explain, series
from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_text import write_matrix
from cnnviz.presets.series import ENDS, LONGEST_KERNEL, LONGEST_SERIES, Smoothing, read_series
from cnnviz.presets.signals import KERNELS, LARGEST_SEED, SAMPLES, SIGNALS, WIDEST
from cnnviz.ui import controls, lesson
from cnnviz.ui.components.sliding_window import CellEdit, Edit
from cnnviz.ui.convolution_controls import GRIDS, choose_bias_and_kind, fitting_sizes
from cnnviz.ui.series_state import LESSON

SERIES = {"image": ("Series", "values", LONGEST_SERIES), "kernel": ("Kernel", "weights", LONGEST_KERNEL)}
PREFIX = LESSON.prefix
DRAWN = f"{PREFIX}drawn"  # what each part of the page shows


def _change(alter: Callable[[Setup], Setup]) -> None:
    """Ask for another series, kernel or way to slide."""
    LESSON.change(lambda setup: replace(setup, line=alter(setup.line)))


def _smooth(**parts: Any) -> None:
    """Ask for another signal, kernel or width."""
    LESSON.change(lambda setup: replace(setup, smoothing=replace(setup.smoothing, **parts)))


def draw_both() -> None:
    """Begin a run of the whole page, in which both of its parts are drawn."""
    st.session_state[DRAWN] = {}


def keep_in_step(part: str) -> None:
    """Note what a part has drawn, and run the whole page if the other part shows something else."""
    shown = LESSON.now()
    now = shown.scene, shown.changed, shown.setup.smoothing
    drawn = st.session_state[DRAWN]
    drawn[part] = now
    if any(other != now for other in drawn.values()):
        st.rerun()


def choose_numbers() -> None:
    """Offer other numbers for the series."""
    st.button(
        "Random",
        key=f"{PREFIX}random",
        on_click=_shuffle,
        help="Fill the series with small whole numbers, other ones at every press.",
    )


def _shuffle() -> None:
    """Draw new numbers; every press another series of them."""
    seed = st.session_state[f"{PREFIX}shuffled"] = st.session_state.get(f"{PREFIX}shuffled", 0) + 1
    _change(lambda line: line.shuffled(seed))


def choose_lengths(line: Setup) -> None:
    """Offer the lengths of series and kernel; numbers that still fit are kept."""
    for column, (which, (name, numbers, most)) in zip(st.columns(2), SERIES.items(), strict=True):
        bounds, reason = fitting_sizes(line, which, 1, most)
        with column:
            controls.choose_whole(
                f"{name}, {numbers}",
                len(getattr(line, which)[0]),
                bounds,
                partial(_resize, which),
                key=f"{PREFIX}{which}",
                help="Cuts off at the end, or adds zeros there.",
                reason=reason,
            )
    st.caption(f"Up to {LONGEST_SERIES} values and {LONGEST_KERNEL} weights.")


def _resize(which: str, length: int) -> None:
    """Ask for another length."""
    _change(lambda line: line.resized(which, (1, min(max(length, 1), LONGEST_SERIES))))


def edit_as_text(line: Setup) -> None:
    """Offer series and kernel as text."""
    for which, (name, _, _) in SERIES.items():
        lesson.edit_text(
            LESSON,
            name,
            write_matrix(getattr(line, which)),
            partial(_replace, which),
            key=which,
            help="Replaces all numbers, and the length with them.",
            height=80,
        )
    st.caption("One row, or one column as a spreadsheet copies it. Fractions such as 1/3 work too.")


def _replace(which: str, text: str) -> None:
    """Read numbers and put them in place of the series or the kernel.

    Raises
    ------
    ValueError
        If they cannot be read, or do not go together with the rest.
    """
    line = LESSON.now().setup.line.having(which, read_series(text, SERIES[which][2]))
    _change(lambda _: line)


def take_edit(edit: Edit) -> None:
    """Put into the setup what was typed or pasted in the picture."""
    which = GRIDS[edit.grid]
    if isinstance(edit, CellEdit):
        _change(lambda line: line.with_cell(which, edit.row, edit.column, edit.value))
    else:
        lesson.take_text(LESSON, SERIES[which][0], edit.text, partial(_replace, which), key=which)


def choose_movement(line: Setup) -> None:
    """Offer stride, padding, dilation, bias and which way round the kernel lies."""

    def slide(wanted) -> None:
        _change(lambda now: replace(now, slide=wanted))

    shapes = line.input_shape, line.kernel_shape
    controls.choose_slide(line.slide, *shapes, slide, key=PREFIX, linked=True, axes=(1,))
    choose_bias_and_kind(line, _change, PREFIX)
    with st.popover("More"):
        controls.choose_rounding(line.slide, slide, key=f"{PREFIX}rule")
        controls.choose_sides(line.slide, *shapes, slide, key=PREFIX, axes=(1,))


def show_size(line: Setup, colours: Mapping[str, str]) -> None:
    """Show the length of the output with its numbers, and how many parameters and products that makes."""
    formula = explain.output_size_latex(line.windows[1], line.input_shape[1], colours)
    counts = [explain.parameters(line.kernel_shape), explain.products(line.kernel_shape, line.output_shape)]
    badge = series.size_badge(line)
    parts = [
        f"$o = {formula}$",
        *([f":orange-badge[{badge}]"] if badge else []),
        *(count.replace(" ", "\u00a0") for count in counts),
    ]
    st.markdown(" &emsp; ".join(parts))


def choose_signal(smoothing: Smoothing) -> None:
    """Offer signals and kernels, and what happens at the ends."""
    controls.choose(
        "Signal",
        smoothing.signal,
        {name: signal.title for name, signal in SIGNALS.items()},
        lambda name: _smooth(signal=name),
        key=f"{PREFIX}signal",
        help="Smooths another signal of 1,000 samples.",
        width=210,
    )
    controls.choose(
        "Weights",
        smoothing.kernel,
        {name: smoother.title for name, smoother in KERNELS.items()},
        lambda name: _smooth(kernel=name, width=max(smoothing.width, KERNELS[name].least)),
        key=f"{PREFIX}smoother",
        help="\n".join(f"- **{smoother.title}**: {smoother.remark}" for smoother in KERNELS.values()),
        width=140,
    )
    controls.choose(
        "Ends",
        smoothing.padding,
        {name: name for name in ENDS},
        lambda name: _smooth(padding=name),
        key=f"{PREFIX}ends",
        help="\n".join(f"- **{name}**: {remark}" for name, remark in ENDS.items()),
        width=controls.NARROW,
    )
    st.button(
        "New noise",
        key=f"{PREFIX}noise",
        on_click=lambda: _smooth(seed=(smoothing.seed + 1) % (LARGEST_SEED + 1)),
        help="Draws the noise of the signal anew; the link keeps which noise it was.",
    )


def choose_window(smoothing: Smoothing) -> None:
    """Offer the width of the window, or the weights themselves, and where the window is drawn."""
    width, place = st.columns(2, gap="large")
    with width:
        _choose_width(smoothing)
    with place:
        controls.choose_on_scale(
            "Window at sample",
            smoothing.place,
            (0, SAMPLES - 1),
            put_window,
            key=f"{PREFIX}place",
            help="Moves the window that is drawn, as dragging it does; the curve stays as it is.",
        )


def put_window(place: int) -> None:
    """Ask for the window to be drawn at another sample."""
    _smooth(place=place)


def _choose_width(smoothing: Smoothing) -> None:
    """Offer the width of the window, or the weights themselves."""
    if smoothing.kernel == "custom":
        lesson.edit_text(
            LESSON,
            "Weights",
            write_matrix((smoothing.typed,)),
            lambda text: _smooth(typed=read_series(text, WIDEST)[0]),
            key="typed",
            help="Slides these weights over the signal; as many as you type are the width.",
            height=80,
        )
    else:
        controls.choose_on_scale(
            "Width of the window",
            smoothing.width,
            (KERNELS[smoothing.kernel].least, WIDEST),
            lambda width: _smooth(width=width),
            key=f"{PREFIX}width",
            help="Samples that are weighed together: wider is smoother, and blurs what is narrower than it.",
        )
