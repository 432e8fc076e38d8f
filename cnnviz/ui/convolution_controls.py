"""The controls of the page of 2-D convolution: which numbers, how large, and how to take them along."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from cnnviz.lessons import explain
from cnnviz.presets.matrices import EXAMPLES, LARGEST_INPUT, LARGEST_KERNEL, Setup
from cnnviz.presets.matrix_text import read_matrix, write_matrix
from cnnviz.presets.sliding import Pair
from cnnviz.ui import controls
from cnnviz.ui.components.sliding_window import CellEdit, Edit
from cnnviz.ui.convolution_state import MEMORY, PREFIX, Shown, change, write_link
from cnnviz.ui.memory import quoted, sentence
from cnnviz.ui.state import link

MATRICES = {"image": ("Input", LARGEST_INPUT), "kernel": ("Kernel", LARGEST_KERNEL)}
GRIDS = {"input": "image", "kernel": "kernel"}  # what the picture calls them
KINDS = {"correlation": "Correlation", "convolution": "Convolution"}
LONG_LINK = 2000


def choose_example(shown: Shown) -> None:
    """Offer the worked examples, a way back to the one chosen, and random numbers."""
    titles = {name: example.title for name, example in EXAMPLES.items()}
    controls.choose(
        "Example",
        shown.example,
        titles,
        _start,
        key=f"{PREFIX}example",
        label_visibility="collapsed",
        width=230,
    )
    st.button(
        "Random", key=f"{PREFIX}random", on_click=_shuffle, help="Fill the input with small whole numbers"
    )
    st.button(
        "Reset",
        key=f"{PREFIX}reset",
        on_click=_start,
        args=(shown.example,),
        disabled=not shown.changed,
        help="Back to the example as it was",
    )


def _start(example: str) -> None:
    """Show an example from its first stop."""
    if example in EXAMPLES:
        _forget_texts()
        MEMORY.put(Shown.first(example))
        MEMORY.complain("")


def _shuffle() -> None:
    """Draw new numbers; every press another row of them."""
    seed = st.session_state[f"{PREFIX}seed"] = st.session_state.get(f"{PREFIX}seed", 0) + 1
    change(lambda setup: setup.shuffled(seed))


def choose_movement(setup: Setup) -> None:
    """Offer stride, padding, dilation, bias and which way round the kernel lies."""
    slide = setup.slide
    apart = st.session_state.get(f"{PREFIX}apart", False) or not _equal(slide.stride, slide.dilation)
    shapes = setup.input_shape, setup.kernel_shape
    controls.choose_slide(slide, *shapes, _slide, key=PREFIX, linked=not apart)
    controls.choose_number("Bias", setup.bias, _set("bias"), key=f"{PREFIX}bias", width=controls.NARROW)
    kind = "convolution" if setup.flip else "correlation"
    controls.choose_segment("Kernel", kind, KINDS, _turn, key=f"{PREFIX}kind")
    with st.popover("More"):
        controls.choose_rounding(slide, _slide, key=f"{PREFIX}rule")
        st.toggle(
            "Rows and columns apart",
            key=f"{PREFIX}apart",
            disabled=not _equal(slide.stride, slide.dilation),
            help="Give rows and columns their own stride and dilation.",
        )
        controls.choose_sides(slide, *shapes, _slide, key=PREFIX)


def _slide(slide) -> None:
    """Ask for another way to move."""
    change(lambda setup: replace(setup, slide=slide))


def _set(field: str) -> controls.Change:
    """Make the function that asks for another value of a field."""
    return lambda value: change(lambda setup: replace(setup, **{field: value}))


def _turn(kind: str) -> None:
    """Ask for the kernel as written, or turned by 180 degrees."""
    change(lambda setup: replace(setup, flip=kind == "convolution"))


def _equal(*pairs: Pair) -> bool:
    """Tell whether rows and columns agree in everything."""
    return all(rows == columns for rows, columns in pairs)


def choose_sizes(setup: Setup) -> None:
    """Offer the sizes of input and kernel; numbers that still fit are kept."""
    for which, (name, most) in MATRICES.items():
        shape = setup.input_shape if which == "image" else setup.kernel_shape
        for axis, column in enumerate(st.columns(2)):
            bounds, reason = _sizes(setup, which, axis, most)
            label = f"{name}, {controls.AXES[axis]}"
            with column:
                controls.choose_whole(
                    label,
                    shape[axis],
                    bounds,
                    _resize(which, axis),
                    key=f"{PREFIX}{which}{axis}",
                    reason=reason,
                )
    st.caption(
        f"Inputs up to {LARGEST_INPUT} × {LARGEST_INPUT}, kernels up to {LARGEST_KERNEL} × {LARGEST_KERNEL}. "
        "Smaller sizes cut off at the end, larger ones add zeros."
    )


def _sizes(setup: Setup, which: str, axis: int, most: int) -> tuple[Pair, str]:
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

        change(alter)

    return ask


def edit_as_text(setup: Setup) -> None:
    """Offer both matrices as text; a text that cannot be read stays as it is, with a sentence below."""
    for which, (name, _) in MATRICES.items():
        unread, problem = st.session_state.get(f"{PREFIX}unread_{which}", ("", ""))
        text = unread or write_matrix(getattr(setup, which))
        controls.choose_text(name, text, partial(_take_text, which), key=f"{PREFIX}text_{which}", height=150)
        if problem:
            st.error(quoted(problem))
    st.caption("Rows end with a new line or `;`. A block copied from a spreadsheet works too.")


def _take_text(which: str, text: str) -> None:
    """Read a matrix, or keep the text and what is wrong with it."""
    most = MATRICES[which][1]
    st.session_state.pop(f"{PREFIX}unread_{which}", None)
    try:
        setup = MEMORY.now().setup.having(which, read_matrix(text, most, most))
    except ValueError as problem:
        st.session_state[f"{PREFIX}unread_{which}"] = text, sentence(problem)
    else:
        change(lambda _: setup)


def _forget_texts() -> None:
    """Let the text areas show what is shown again, whatever was in them."""
    for which in MATRICES:
        st.session_state.pop(f"{PREFIX}unread_{which}", None)


def show_complaints() -> None:
    """Say what was refused last, and what is wrong with texts that wait to be mended."""
    kept = {name: st.session_state.get(f"{PREFIX}unread_{which}") for which, (name, _) in MATRICES.items()}
    unread = [f"{name} as text: {told[1]}" for name, told in kept.items() if told]
    for refused in filter(None, (MEMORY.complaint(), *unread)):
        st.warning(quoted(refused), icon=":material/error:")


def take_edit(edit: Edit) -> None:
    """Put into the setup what was typed or pasted in the picture."""
    which = GRIDS[edit.grid]
    if isinstance(edit, CellEdit):
        change(lambda setup: setup.with_cell(which, edit.row, edit.column, edit.value))
    else:
        _take_text(which, edit.text)


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


def share(shown: Shown) -> None:
    """Show the link to what is shown, ready to be copied."""
    address = link(PREFIX, write_link(shown))
    st.code(address, language=None, wrap_lines=True)
    st.caption("The link carries all numbers, settings and the stop. The address bar holds the same.")
    if len(address) > LONG_LINK:
        st.caption(f"It has {len(address):,} characters; some mail programs cut links that long.")


def _ignore(_chosen: str) -> None:
    """Leave it to the widget to remember what was chosen."""


def appearance() -> str:
    """Tell whether the page is light or dark."""
    return st.context.theme.type or "light"


def choose_appearance() -> str:
    """Offer light or dark for what is saved; the page's own comes first."""
    key = f"{PREFIX}appearance"
    if key not in st.session_state:
        st.session_state[key] = appearance()
    controls.choose_segment(
        "Appearance", st.session_state[key], {"light": "Light", "dark": "Dark"}, _ignore, key=key
    )
    return st.session_state[key]
