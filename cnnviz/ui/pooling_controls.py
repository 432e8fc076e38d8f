"""The controls of the page of pooling: what is pooled, by which window, and the picture below."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from cnnviz.kernels.pooling import POOLINGS
from cnnviz.lessons import explain, pooling
from cnnviz.presets.matrix_text import read_matrix, write_matrix
from cnnviz.presets.pooling import LARGEST_INPUT, LARGEST_WINDOW, MOST_CHANNELS, PADDINGS, PoolingSetup
from cnnviz.presets.sliding import LARGEST_STRIDE, Pair
from cnnviz.ui import controls, lesson
from cnnviz.ui.components.sliding_window import CellEdit, Edit
from cnnviz.ui.pooling_state import LESSON

PREFIX = LESSON.prefix
KINDS = {kind: kind.capitalize() for kind in POOLINGS}
BEYOND = "is closed: the window would reach beyond the padded input."


def choose_numbers() -> None:
    """Offer other numbers for the input."""
    st.button(
        "Random",
        key=f"{PREFIX}random",
        on_click=_shuffle,
        help="Fill the input with digits, other ones at every press.",
    )


def _shuffle() -> None:
    """Draw new numbers; every press another row of them."""
    seed = st.session_state[f"{PREFIX}seed"] = st.session_state.get(f"{PREFIX}seed", 0) + 1
    LESSON.change(lambda setup: setup.shuffled(seed))


def choose_movement(setup: PoolingSetup) -> None:
    """Offer the kind, the window, how it moves, and the padding."""
    controls.choose_segment(
        "Pooling",
        setup.kind,
        KINDS,
        lambda kind: LESSON.change(lambda setup: replace(setup, kind=kind)),
        key=f"{PREFIX}kind",
        help=" ".join(pooling.sentence for pooling in POOLINGS.values()),
    )
    square = all(rows == columns for rows, columns in (setup.window, setup.slide.stride))
    apart = st.session_state.get(f"{PREFIX}apart", False) or not square
    for axes in ((0,), (1,)) if apart else ((0, 1),):
        _choose_window(setup, axes)
    for axes in ((0,), (1,)) if apart else ((0, 1),):
        _choose_stride(setup, axes)
    _choose_padding(setup)
    with st.popover("More"):
        st.toggle(
            "Rows and columns apart",
            key=f"{PREFIX}apart",
            disabled=not square,
            help="Give rows and columns their own window and stride."
            + " Closed while the two differ." * (not square),
        )
        _choose_sides(setup)


def _label(name: str, axes: tuple[int, ...]) -> str:
    """Name a control of one axis, or of both."""
    return name if len(axes) == 2 else f"{name}, {controls.AXES[axes[0]]}"


def _with(pair: Pair, axes: tuple[int, ...], number: int) -> Pair:
    """Put a number in place of the others of some axes."""
    rows, columns = (number if axis in axes else pair[axis] for axis in (0, 1))
    return rows, columns


def _choose_window(setup: PoolingSetup, axes: tuple[int, ...]) -> None:
    """Offer the windows that fit; in a padded input, those larger than the padding."""
    slide, value = setup.slide, setup.window[axes[0]]
    least = max(max(slide.sides[axis]) for axis in axes) + 1
    most = min(setup.input_shape[axis] + sum(slide.sides[axis]) for axis in axes)
    most = max(value, min(LARGEST_WINDOW, most if slide.padding != "same" else LARGEST_WINDOW))
    reason = f"More {BEYOND}" if most < LARGEST_WINDOW else ""
    reason += " Less is closed: the padding must be smaller than the window." if least > 1 else ""
    controls.choose_whole(
        _label("Window", axes),
        value,
        (least, most),
        lambda size: LESSON.change(lambda setup: setup.with_window(_with(setup.window, axes, size))),
        key=f"{PREFIX}window{axes[0]}",
        help="Side of the window. The stride goes with it while the two are equal.",
        reason=reason,
        width=controls.NARROW,
    )


def _choose_stride(setup: PoolingSetup, axes: tuple[int, ...]) -> None:
    """Offer how far the window moves."""

    def ask(number: int) -> None:
        LESSON.change(
            lambda setup: replace(
                setup, slide=replace(setup.slide, stride=_with(setup.slide.stride, axes, number))
            )
        )

    controls.choose_whole(
        _label("Stride", axes),
        setup.slide.stride[axes[0]],
        (1, LARGEST_STRIDE),
        ask,
        key=f"{PREFIX}stride{axes[0]}",
        help="From one window to the next: less than the window makes windows overlap, more skips cells.",
        width=controls.NARROW,
    )


def _choose_padding(setup: PoolingSetup) -> None:
    """Offer the ways to pad; "valid" is closed where the window is larger than the input."""
    fits = all(size <= length for size, length in zip(setup.window, setup.input_shape, strict=True))
    reason = "\n".join(f"- **{name}**: {remark}" for name, remark in PADDINGS.items())
    reason += "" if fits else "\n\nValid is closed: without padding the window reaches beyond the input."
    controls.choose(
        "Padding",
        setup.slide.padding,
        {name: name for name in PADDINGS if fits or name != "valid"},
        lambda name: LESSON.change(lambda setup: setup.padded_by(name)),
        key=f"{PREFIX}padding",
        help=reason,
        width=controls.NARROW,
    )


def _choose_sides(setup: PoolingSetup) -> None:
    """Offer the padding of each side by itself."""
    sides = setup.padded_by("custom").slide.sides
    for axis, column in enumerate(st.columns(2)):
        for side, name in enumerate(controls.SIDES[axis]):
            value, other = sides[axis][side], sides[axis][1 - side]
            least = min(max(setup.window[axis] - setup.input_shape[axis] - other, 0), value)
            reason = f"Less {BEYOND} " if least else ""
            with column:
                controls.choose_whole(
                    f"Padding, {name}",
                    value,
                    (least, setup.window[axis] - 1),
                    _pad(axis, side),
                    key=f"{PREFIX}{name}",
                    help="Cells on this side that never win and never count: more gives a larger output.",
                    reason=f"{reason}The whole window or more is closed: it would meet nothing but padding.",
                )


def _pad(axis: int, side: int) -> controls.Change:
    """Make the function that sets the padding of one side."""

    def ask(number: int) -> None:
        def alter(setup: PoolingSetup) -> PoolingSetup:
            slide = setup.padded_by("custom").slide
            sides = [list(pair) for pair in slide.sides]
            sides[axis][side] = number
            (top, bottom), (left, right) = sides
            return replace(setup, slide=replace(slide, sides=((top, bottom), (left, right))))

        LESSON.change(alter)

    return ask


def choose_sizes(setup: PoolingSetup) -> None:
    """Offer the size of the input, and how many maps there are."""
    for axis, column in enumerate(st.columns(2)):
        sides = sum(setup.slide.sides[axis])
        least = 1 if setup.slide.padding == "same" else max(1, setup.window[axis] - sides)
        with column:
            controls.choose_whole(
                f"Input, {controls.AXES[axis]}",
                setup.input_shape[axis],
                (least, LARGEST_INPUT),
                _resize(axis),
                key=f"{PREFIX}input{axis}",
                help="Cuts off at the end, or adds zeros there.",
                reason=f"Less {BEYOND}" if least > 1 else "",
            )
    controls.choose_whole(
        "Channels",
        setup.channels,
        (1, MOST_CHANNELS),
        lambda number: LESSON.change(lambda setup: replace(setup, channels=number)),
        key=f"{PREFIX}channels",
        help="How many maps the layer has: each is pooled by itself, and none needs a weight.",
    )


def _resize(axis: int) -> controls.Change:
    """Make the function that asks for another size along one axis."""

    def ask(size: int) -> None:
        LESSON.change(lambda setup: setup.resized(_with(setup.input_shape, (axis,), size)))

    return ask


def edit_as_text(setup: PoolingSetup) -> None:
    """Offer the input as text."""
    lesson.edit_text(
        LESSON,
        "Input",
        write_matrix(setup.image),
        _replace,
        key="input",
        help="Replaces all numbers, and the size with them.",
    )
    st.caption("Rows end with a new line or `;`. A block copied from a spreadsheet works too.")


def _replace(text: str) -> None:
    """Read a matrix and put it in place of the input.

    Raises
    ------
    ValueError
        If it cannot be read, or does not go together with the rest.
    """
    setup = replace(LESSON.now().setup, image=read_matrix(text, LARGEST_INPUT, LARGEST_INPUT))
    LESSON.change(lambda _: setup)


def take_edit(edit: Edit) -> None:
    """Put into the setup what was typed or pasted in the picture."""
    if isinstance(edit, CellEdit):
        LESSON.change(lambda setup: setup.with_cell(edit.row, edit.column, edit.value))
    else:
        lesson.take_text(LESSON, "Input", edit.text, _replace, key="input")


def show_sizes(setup: PoolingSetup, colours: Mapping[str, str]) -> None:
    """Show the output size with its numbers, the shapes with all channels, and that nothing is learned."""
    remark = pooling.remainder_in_short(setup)
    parts = [f"${line}$" for line in explain.output_size_lines(setup.windows, setup.input_shape, colours)]
    parts += [f":orange-badge[{remark}]"] if remark else []
    parts += [
        pooling.shape_line(setup).replace(" ", "\u00a0"),
        "weights\u00a00\u00a0+\u00a0biases\u00a00\u00a0=\u00a00",
    ]
    st.markdown(" &emsp; ".join(parts))
