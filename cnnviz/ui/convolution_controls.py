"""The controls of the page of 2-D convolution: which numbers, how large, and how to take them along."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from cnnviz.lessons import explain
from cnnviz.presets.matrices import LARGEST_INPUT, LARGEST_KERNEL, Setup
from cnnviz.presets.matrix_text import read_matrix, write_matrix
from cnnviz.presets.sliding import Pair
from cnnviz.ui import controls, lesson
from cnnviz.ui.components.sliding_window import CellEdit, Edit
from cnnviz.ui.convolution_state import LESSON

MATRICES = {"image": ("Input", LARGEST_INPUT), "kernel": ("Kernel", LARGEST_KERNEL)}
GRIDS = {"input": "image", "kernel": "kernel"}  # what the picture calls them
KINDS = {"correlation": "Correlation", "convolution": "Convolution"}
PREFIX = LESSON.prefix


def choose_numbers() -> None:
    """Offer other numbers for the input."""
    st.button(
        "Random",
        key=f"{PREFIX}random",
        on_click=_shuffle,
        help="Fill the input with small whole numbers, other ones at every press.",
    )


def _shuffle() -> None:
    """Draw new numbers; every press another row of them."""
    seed = st.session_state[f"{PREFIX}seed"] = st.session_state.get(f"{PREFIX}seed", 0) + 1
    LESSON.change(lambda setup: setup.shuffled(seed))


def choose_movement(setup: Setup) -> None:
    """Offer stride, padding, dilation, bias and which way round the kernel lies."""
    slide = setup.slide
    apart = st.session_state.get(f"{PREFIX}apart", False) or not _equal(slide.stride, slide.dilation)
    shapes = setup.input_shape, setup.kernel_shape
    controls.choose_slide(slide, *shapes, _slide, key=PREFIX, linked=not apart)
    choose_bias_and_kind(setup, LESSON.change, PREFIX)
    with st.popover("", icon=":material/tune:", help="More settings"):
        controls.choose_rounding(slide, _slide, key=f"{PREFIX}rule")
        st.toggle(
            "Rows and columns apart",
            key=f"{PREFIX}apart",
            disabled=not _equal(slide.stride, slide.dilation),
            help="Give rows and columns their own stride and dilation.",
        )
        controls.choose_sides(slide, *shapes, _slide, key=PREFIX)


def choose_bias_and_kind(setup: Setup, change: controls.Change, prefix: str) -> None:
    """Offer the bias, and which way round the kernel lies; ``change`` takes a function of the setup."""
    controls.choose_number(
        "Bias",
        setup.bias,
        lambda value: change(lambda setup: replace(setup, bias=value)),
        key=f"{prefix}bias",
        help="Added to every output.",
        width=controls.NARROW,
    )
    controls.choose_segment(
        "Kernel",
        "convolution" if setup.flip else "correlation",
        KINDS,
        lambda kind: change(lambda setup: replace(setup, flip=kind == "convolution")),
        key=f"{prefix}kind",
        help="Convolution turns the kernel round before it slides; networks leave it as it is.",
    )


def _slide(slide) -> None:
    """Ask for another way to move."""
    LESSON.change(lambda setup: replace(setup, slide=slide))


def _equal(*pairs: Pair) -> bool:
    """Tell whether rows and columns agree in everything."""
    return all(rows == columns for rows, columns in pairs)


def choose_sizes(setup: Setup) -> None:
    """Offer the sizes of input and kernel; numbers that still fit are kept."""
    for which, (name, most) in MATRICES.items():
        shape = setup.input_shape if which == "image" else setup.kernel_shape
        for axis, column in enumerate(st.columns(2)):
            bounds, reason = fitting_sizes(setup, which, axis, most)
            label = f"{name}, {controls.AXES[axis]}"
            with column:
                controls.choose_whole(
                    label,
                    shape[axis],
                    bounds,
                    _resize(which, axis),
                    key=f"{PREFIX}{which}{axis}",
                    help="Cuts off at the end, or adds zeros there.",
                    reason=reason,
                )
    st.caption(
        f"Inputs up to {LARGEST_INPUT} × {LARGEST_INPUT}, kernels up to {LARGEST_KERNEL} × {LARGEST_KERNEL}. "
        "Smaller sizes cut off at the end, larger ones add zeros."
    )


def fitting_sizes(setup: Setup, which: str, axis: int, most: int) -> tuple[Pair, str]:
    """Find the sizes that fit, and say what closes the others."""
    size = len(getattr(setup, which)) if axis == 0 else len(getattr(setup, which)[0])
    if setup.slide.padding in ("same", "full"):
        return (1, most), ""
    window, length = setup.windows[axis], setup.input_shape[axis]
    if which == "image":
        least = max(1, min(size, window.extent - sum(setup.slide.sides[axis])))
        return (least, most), "Less is closed: the kernel would reach beyond the padded input." * (least > 1)
    fitting = size
    while fitting < most and replace(window, size=fitting + 1).extent <= length + sum(
        setup.slide.sides[axis]
    ):
        fitting += 1
    return (1, fitting), "More is closed: the kernel would reach beyond the padded input." * (fitting < most)


def _resize(which: str, axis: int) -> controls.Change:
    """Make the function that asks for another size along one axis."""

    def ask(size: int) -> None:
        def alter(setup: Setup) -> Setup:
            shape = [*(setup.input_shape if which == "image" else setup.kernel_shape)]
            shape[axis] = min(max(size, 1), LARGEST_INPUT)
            return setup.resized(which, (shape[0], shape[1]))

        LESSON.change(alter)

    return ask


def edit_as_text(setup: Setup) -> None:
    """Offer both matrices as text."""
    for which, (name, _) in MATRICES.items():
        lesson.edit_text(
            LESSON,
            name,
            write_matrix(getattr(setup, which)),
            partial(_replace, which),
            key=which,
            help="Replaces all numbers, and the size with them.",
        )
    st.caption("Rows end with a new line or `;`. A block copied from a spreadsheet works too.")


def _replace(which: str, text: str) -> None:
    """Read a matrix and put it in place of another.

    Raises
    ------
    ValueError
        If it cannot be read, or does not go together with the rest.
    """
    most = MATRICES[which][1]
    setup = LESSON.now().setup.having(which, read_matrix(text, most, most))
    LESSON.change(lambda _: setup)


def take_edit(edit: Edit) -> None:
    """Put into the setup what was typed or pasted in the picture."""
    which = GRIDS[edit.grid]
    if isinstance(edit, CellEdit):
        LESSON.change(lambda setup: setup.with_cell(which, edit.row, edit.column, edit.value))
    else:
        lesson.take_text(LESSON, MATRICES[which][0], edit.text, partial(_replace, which), key=which)


def show_sizes(setup: Setup, colours: Mapping[str, str]) -> None:
    """Show the output size with its numbers, and how many parameters and products that makes."""
    remark = explain.remainder_in_short(setup)
    counts = [
        explain.parameters(setup.kernel_shape),
        explain.products(setup.kernel_shape, setup.output_shape),
    ]
    parts = [f"${line}$" for line in explain.output_size_lines(setup.windows, setup.input_shape, colours)]
    parts += [f":orange-badge[{remark}]"] if remark else []
    parts += [count.replace(" ", "\u00a0") for count in counts]
    st.markdown(" &emsp; ".join(parts))
