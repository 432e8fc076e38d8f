"""Slide a kernel over a matrix, stop by stop, with every product on screen."""

import streamlit as st

from cnnviz.figures.animation import run_gif, run_remark, stop_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons import code, explain
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrices import EXAMPLES, Example, Setup
from cnnviz.ui import controls, frame
from cnnviz.ui import convolution_controls as choices
from cnnviz.ui.components.sliding_window import sliding_window
from cnnviz.ui.convolution_state import MEMORY, Shown, move_to
from cnnviz.window import Window

frame.begin(
    "Convolution in two dimensions", section="Windows", order=20, icon="grid_on", label="2-D convolution"
)
MEMORY.arrive()


@st.fragment
def lesson() -> None:
    shown = MEMORY.now()
    setup = shown.setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key="c2_"):
            header = st.container(horizontal=True, gap="xsmall")
            with header:
                choices.choose_example(shown)
                with st.popover("Size"):
                    choices.choose_sizes(setup)
                with st.popover("Edit as text"):
                    choices.edit_as_text(setup)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                choices.choose_movement(setup)
        choices.show_complaints()
        choices.show_sizes(setup, vars(THEMES[choices.appearance()]))
        shown = move_to(show_picture(shown))
        if remark := explain.remainder(setup):
            st.markdown(remark)
    with header:  # now that it is known which stop is shown
        with st.popover("Share"):
            choices.share(shown)
        with st.popover("Save"):
            save(shown)
    MEMORY.tell()
    tell(EXAMPLES[shown.example], shown.changed, setup)


def show_picture(shown: Shown) -> int:
    moment = sliding_window(
        Trace.of(shown.setup),
        key="c2_picture",
        themes=THEMES,
        step=shown.step,
        scene=str(MEMORY.turn()),
        on_edit=choices.take_edit,
    )
    return moment.step


def save(shown: Shown) -> None:
    theme, stops = choices.choose_appearance(), len(Trace.of(shown.setup))
    name = f"convolution-stop-{shown.step + 1}.png"
    controls.offer(
        "This stop, PNG", name, "image/png", stop_png, shown.setup, shown.step, theme, key="c2_png"
    )
    controls.offer(
        "Whole run, GIF", "convolution.gif", "image/gif", run_gif, shown.setup, theme, key="c2_gif"
    )
    st.caption(f"GIF: {run_remark(stops)} Both are sized for a slide.")


def tell(example: Example, changed: bool, setup: Setup) -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        st.markdown(
            "The same few weights visit every place, so a pattern is found wherever it lies. "
            "Each output is a sum of products: large where the input looks like the kernel. "
            "Stride and padding decide where the kernel stops, dilation how far apart it reads."
        )
        st.markdown(f"${Window.LATEX}$")
        st.caption(explain.SYMBOLS)
    with lectures:
        st.subheader("In the lectures", anchor=False)
        st.markdown(
            f"**{example.title}.** {'You have changed this example. ' if changed else ''}{example.notice}"
        )
        if example.erratum and not changed:
            st.info(example.erratum, icon=":material/history_edu:")
        st.caption(f"{example.source}.")
    st.subheader("The same in code", anchor=False)
    tabs = st.tabs(list(code.LIBRARIES), key="c2_code", on_change="rerun")
    for tab, write in zip(tabs, code.LIBRARIES.values(), strict=True):
        if tab.open:
            tab.code(write(setup), language="python")
    loop = st.expander("The loop that ran", key="c2_loop", on_change="rerun")
    if loop.open:
        loop.caption(
            "Numba compiled this function to machine code; one call of it computed the whole output."
        )
        loop.code(code.loop_source(setup), language="python")
    st.page_link(
        "pages/photo_filters.py", label="Next: filters on your photo", icon=":material/arrow_forward:"
    )


lesson()
