"""Slide a kernel over a matrix, stop by stop, with every product on screen."""

import streamlit as st

from cnnviz.figures.theme import THEMES
from cnnviz.lessons import code, explain
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrices import EXAMPLES
from cnnviz.ui import controls, frame
from cnnviz.ui import convolution_controls as choices
from cnnviz.ui import convolution_state as state
from cnnviz.ui.components.sliding_window import sliding_window
from cnnviz.window import Window

frame.begin("Convolution in two dimensions", section="Windows", order=1, icon="grid_on")
state.arrive()


@st.fragment
def lesson() -> None:
    shown = state.now()
    setup = shown.setup
    with st.container(horizontal=True, vertical_alignment="center"):
        choices.choose_example(shown)
        with st.popover("Size", icon=":material/aspect_ratio:"):
            choices.choose_sizes(setup)
        with st.popover("Edit as text", icon=":material/edit:"):
            choices.edit_as_text(setup)
        with st.popover("Share", icon=":material/link:"):
            choices.share(state.tell())
        with st.popover("Save", icon=":material/download:"):
            pass
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choices.choose_movement(setup)
    trace = Trace.of(setup)
    moment = sliding_window(
        trace,
        key="c2_picture",
        themes=THEMES,
        step=shown.step,
        scene=str(state.turn()),
        on_edit=choices.take_edit,
    )
    state.move_to(moment.step)


lesson()
