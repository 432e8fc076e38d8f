"""Slide a kernel over a matrix, stop by stop, with every product on screen."""

import streamlit as st

from cnnviz.figures.animation import run_gif, run_remark, stop_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons import code, explain
from cnnviz.lessons.steps import Trace
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui import convolution_controls as choices
from cnnviz.ui.components.sliding_window import sliding_window
from cnnviz.ui.convolution_state import LESSON
from cnnviz.ui.prose import prose
from cnnviz.window import Window

frame.begin(
    "Convolution in two dimensions", section="Windows", order=20, icon="grid_on", label="2-D convolution"
)
LESSON.arrive()


@st.fragment
def play() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            header = st.container(horizontal=True, gap="xsmall")
            with header:
                lesson.choose_scene(LESSON)
                choices.choose_numbers()
                with st.popover("Numbers"):
                    choices.choose_sizes(setup)
                    choices.edit_as_text(setup)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                choices.choose_movement(setup)
        lesson.show_complaints(LESSON)
        choices.show_sizes(setup, vars(THEMES[lesson.appearance()]))
        step = show_picture()
        if remark := explain.remainder(setup):
            st.markdown(remark)
    with header:  # now that it is known which stop is shown
        lesson.take_along(
            LESSON,
            "convolution",
            png=(stop_png, setup, step),
            gif=(run_gif, setup),
            step=step,
            remark=f"GIF: {run_remark(len(Trace.of(setup)))}",
        )
    LESSON.tell()
    tell()


def show_picture() -> int:
    shown = LESSON.now()
    moment = sliding_window(
        Trace.of(shown.setup),
        key="c2_picture",
        themes=THEMES,
        on_edit=choices.take_edit,
        **lesson.placed(LESSON),
    )
    return LESSON.move_to(moment.step).step


def tell() -> None:
    setup = LESSON.now().setup
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "The same few {weights|weight} visit every place ({weight sharing}), so a pattern is found "
            "wherever it lies. Each output is a sum of products: large where the input looks like the "
            "{kernel}. {Stride} and {padding} decide where the kernel stops, {dilation} how far apart it "
            "reads.",
            key="c2_why",
        )
        st.markdown(f"${Window.LATEX}$")
        st.caption(explain.SYMBOLS)
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(code.LIBRARIES, setup, key="c2_code")
    lesson.show_source(lambda: code.loop_source(setup), key="c2_loop")
    st.page_link(
        "pages/photo_filters.py", label="Next: filters on your photo", icon=":material/arrow_forward:"
    )


play()
