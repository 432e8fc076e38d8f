"""The controls of the page on output sizes: a slider for every letter of the formula."""

import streamlit as st

from cnnviz.presets.sizes import LARGEST_KERNEL, LARGEST_LENGTH, SizeSetup
from cnnviz.presets.sliding import LARGEST_DILATION, LARGEST_STRIDE, PADDINGS, Pair
from cnnviz.ui import controls
from cnnviz.ui.components.axis import Pick
from cnnviz.ui.controls import Change
from cnnviz.ui.sizes_state import LESSON

PREFIX = LESSON.prefix
SHORT = 32  # cells up to which the slider of the input goes by single steps of the pointer
LARGEST_PADDING = 16
ENDS = ("before", "after")
BEYOND = "the window would reach beyond the padded input."


def choose_numbers(setup: SizeSetup) -> None:
    """Offer a slider for input, kernel, stride, padding and dilation, side by side."""
    ends = (0, 1) if _apart(setup) else (None,)
    places = iter(st.columns(4 + len(ends), gap="medium"))
    with next(places):
        _slide_length(setup)
    with next(places):
        help = "Cells the window reads: more give less output."
        _slide_fitting(setup, "kernel", LARGEST_KERNEL, "Kernel k", help)
    with next(places):
        help = "Cells from one window to the next: more give less output."
        controls.choose_on_scale(
            "Stride s", setup.stride, (1, LARGEST_STRIDE), _set("stride"), key=f"{PREFIX}stride", help=help
        )
    for end in ends:
        with next(places):
            _slide_padding(setup, end)
    with next(places):
        _slide_dilation(setup)


def _slide_length(setup: SizeSetup) -> None:
    """Offer the input size: a short axis by fine steps, or a long one."""
    window = setup.unrounded
    least = max(1, window.extent - sum(setup.sides)) if setup.padding in ("valid", "custom") else 1
    long = setup.length > SHORT or st.session_state.get(f"{PREFIX}long", False)
    controls.choose_on_scale(
        "Input i",
        setup.length,
        (least, LARGEST_LENGTH if long else SHORT),
        _set("length"),
        key=f"{PREFIX}length",
        help="Cells of the input: more give more output.",
        reason=f"Less than {least} is closed: {BEYOND}" if least > 1 else "",
    )


def _slide_fitting(setup: SizeSetup, name: str, most: int, label: str, help: str) -> None:
    """Offer a setting as far as the window still fits."""
    largest = max(value for value in range(1, most + 1) if setup.fits(**{name: value}))
    reason = f"More than {largest} is closed: {BEYOND}" if largest < most else ""
    value, bounds = getattr(setup, name), (1, largest)
    controls.choose_on_scale(
        label, value, bounds, _set(name), key=f"{PREFIX}{name}", help=help, reason=reason
    )


def _slide_dilation(setup: SizeSetup) -> None:
    """Offer the dilation as far as the window still fits."""
    help = "Distance of the cells a window reads: more spread it wider and give less output."
    if setup.kernel > 1:
        return _slide_fitting(setup, "dilation", LARGEST_DILATION, "Dilation d", help)
    alone, reason = (setup.dilation, setup.dilation), "Closed: a kernel of one cell has nothing to spread."
    ask = _set("dilation")
    return controls.choose_on_scale(
        "Dilation d", setup.dilation, alone, ask, key=f"{PREFIX}dilation", help=help, reason=reason
    )


def _apart(setup: SizeSetup) -> bool:
    """Tell whether the two ends have a slider each."""
    before, after = setup.unrounded.padding
    return before != after or st.session_state.get(f"{PREFIX}apart", False)


def _slide_padding(setup: SizeSetup, end: int | None) -> None:
    """Offer the padding of one end, or of both together."""
    sides, short = setup.unrounded.padding, setup.unrounded.extent - setup.length
    least = max(0, -(-short // 2) if end is None else short - sides[1 - end])
    controls.choose_on_scale(
        "Padding p" if end is None else f"Padding {('p₀', 'p₁')[end]}",
        sides[end or 0],
        (least, LARGEST_PADDING),
        _pad(sides, end),
        key=f"{PREFIX}padding{end or 0}",
        help=f"Cells added {'at each end' if end is None else ENDS[end]}: more give more output.",
        reason=f"Less than {least} is closed: {BEYOND}" if least else "",
    )


def _set(name: str) -> Change:
    """Make the function that asks for another value of a setting."""
    return lambda value: LESSON.change(lambda setup: setup.having(**{name: value}))


def _pad(sides: Pair, end: int | None) -> Change:
    """Make the function that asks for another padding of one end, or of both."""

    def ask(value: int) -> None:
        before, after = (value if end in (None, each) else sides[each] for each in (0, 1))
        LESSON.change(lambda setup: setup.having(sides=(before, after)))

    return ask


def choose_padding(setup: SizeSetup) -> None:
    """Offer valid, same and full; what the slider gives is "custom"."""
    possible = [name for name in PADDINGS if name == "custom" or setup.fits(padding=name)]
    told = "\n".join(f"- **{name}**: {PADDINGS[name]}" for name in PADDINGS)
    if "valid" not in possible:
        told += f"\n\nValid is closed: without padding {BEYOND}"
    controls.choose_segment(
        "Padding",
        setup.padding,
        {name: name.capitalize() for name in possible},
        lambda name: LESSON.change(lambda shown: shown.with_padding(name)),
        key=f"{PREFIX}way",
        help=told,
    )


def choose_more(setup: SizeSetup) -> None:
    """Offer what is needed now and then: rounding, unequal ends, a long axis."""
    controls.choose_segment(
        "Output size",
        setup.rounding,
        controls.ROUNDING_LABELS,
        _set("rounding"),
        key=f"{PREFIX}rounding",
        help="What becomes of the last cells if the stride does not divide.",
    )
    before, after = setup.unrounded.padding
    unequal = "Closed while the two ends differ." if before != after else "Give each end its own padding."
    st.toggle("Ends apart", key=f"{PREFIX}apart", disabled=before != after, help=unequal)
    long = f"Let the input have up to {LARGEST_LENGTH} cells, in place of {SHORT}."
    if setup.length > SHORT:
        long = f"Closed while the input has more than {SHORT} cells."
    st.toggle("Long input", key=f"{PREFIX}long", disabled=setup.length > SHORT, help=long)


def take_pick(pick: Pick) -> None:
    """Take over the settings of a cell of the tables."""
    LESSON.change(lambda setup: setup.having(**pick))
