"""What the layer calculator needs now and then, and the question it is asked backwards."""

from math import gcd

import streamlit as st

from cnnviz.lessons.calculator_search import Answer, taken_over
from cnnviz.presets.calculator import (
    CONVOLUTIONS,
    LARGEST_LENGTH,
    OPERATIONS,
    SLIDING,
    UNKNOWNS,
    LayerSetup,
)
from cnnviz.presets.sliding import LARGEST_DILATION
from cnnviz.ui import controls
from cnnviz.ui.calculator_controls import (
    BEYOND,
    PREFIX,
    axes_of,
    bound,
    change_to,
    named,
    on_axes,
    whole_number,
)
from cnnviz.ui.calculator_state import LESSON
from cnnviz.ui.controls import Axes


def choose_more(setup: LayerSetup) -> None:
    """Offer what is needed now and then: counting rules, dilation, groups, unequal sides, rounding."""
    controls.choose_segment(
        "Parameters",
        "with" if setup.biases else "without",
        {"with": "With biases", "without": "Weights only"},
        lambda rule: change_to(biases=rule == "with"),
        key=f"{PREFIX}biases",
        help="Lectures often count weights only; frameworks count both.",
    )
    controls.choose_segment(
        "Work",
        setup.operations,
        {"MAC": "Multiply-accumulates", "FLOP": "FLOPs"},
        lambda rule: change_to(operations=rule),
        key=f"{PREFIX}operations",
        help=f"MAC: {OPERATIONS['MAC']}. FLOP: {OPERATIONS['FLOP']}. Papers mix the two.",
    )
    if setup.kind in CONVOLUTIONS:
        _choose_groups(setup)
        for axes in axes_of(setup):
            _choose_dilation(setup, axes)
    if setup.kind in SLIDING and setup.kind != "conv1d":
        closed = (
            "Closed while the two axes differ."
            if not setup.square
            else "Give height and width their own settings."
        )
        st.toggle("Axes apart", key=f"{PREFIX}apart", disabled=not setup.square, help=closed)
    if setup.kind in SLIDING:
        controls.choose_sides(
            setup.slide,
            (setup.shape[1], setup.shape[2]),
            setup.size,
            lambda slide: change_to(slide=slide),
            key=f"{PREFIX}side_",
            axes=(1,) if setup.kind == "conv1d" else (0, 1),
        )
        controls.choose_rounding(setup.slide, lambda slide: change_to(slide=slide), key=f"{PREFIX}rounding")


def _choose_groups(setup: LayerSetup) -> None:
    """Offer the numbers of groups that divide channels and filters."""
    both = gcd(setup.shape[0], setup.units)
    possible = {str(number): str(number) for number in range(1, both + 1) if both % number == 0}
    help = "A filter reads only its part of the channels: fewer weights, less work."
    controls.choose(
        "Groups g",
        str(setup.groups),
        possible,
        lambda g: change_to(groups=int(g)),
        key=f"{PREFIX}groups",
        help=help,
    )


def _choose_dilation(setup: LayerSetup, axes: Axes) -> None:
    """Offer the dilation, as far as the window fits."""
    pair, value = setup.slide.dilation, setup.slide.dilation[axes[0]]

    def fits(apart: int) -> bool:
        return setup.fits(dilation=tuple(apart if at in axes else pair[at] for at in (0, 1)))

    most = bound(fits, value, LARGEST_DILATION)
    reason = f"More than {most} is closed: {BEYOND}" if most < LARGEST_DILATION else ""
    help = "How far apart the cells of a window lie: more spread it wider; weights do not change."
    label, key = named("Dilation d", axes, setup), f"dilation{axes[0]}"
    whole_number(label, value, most, on_axes(pair, axes, "dilation"), key, help, reason=reason)


def choose_question(setup: LayerSetup) -> None:
    """Offer what is looked for, and the output size that is wanted."""
    possible = {
        name: label for name, label in UNKNOWNS.items() if name != "dilation" or setup.kind in CONVOLUTIONS
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.choose(
            "Look for",
            setup.find,
            possible,
            lambda name: change_to(find=name),
            key=f"{PREFIX}find",
            help="The setting that is tried out; all others stay as they are above.",
            width=220,
        )
        help = "The output size, along each axis, that the answers have to give."
        whole_number("Output size", setup.target, LARGEST_LENGTH, _aim_at, "target", help)
        st.button(
            "Keep the size",
            key=f"{PREFIX}keep",
            on_click=change_to,
            kwargs={"target": setup.shape[2]},
            disabled=setup.target == setup.shape[2],
            help="Ask for an output as large as the input."
            if setup.target != setup.shape[2]
            else "It asks for the size of the input already.",
        )


def _aim_at(size: int) -> None:
    """Ask for another output size."""
    change_to(target=size)


def take_answer(answer: Answer) -> None:
    """Take over the settings of an answer."""
    LESSON.change(lambda setup: taken_over(setup, dict(answer.settings)))
