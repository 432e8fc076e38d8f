"""Move input, kernel, stride and padding, and see where every window falls and how many there are."""

import streamlit as st

from cnnviz.figures.axis import size_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons import sizes
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui import sizes_controls as choices
from cnnviz.ui.components.axis import axis, tables
from cnnviz.ui.prose import prose
from cnnviz.ui.sizes_state import LESSON
from cnnviz.window import Window

frame.begin("Padding and stride", section="Windows", order=40, icon="straighten")
LESSON.arrive()


@st.fragment
def play() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                lesson.choose_scene(LESSON, width=300)
                choices.choose_padding(setup)
                with st.popover("More"):
                    choices.choose_more(setup)
                lesson.take_along(LESSON, "output-size", png=(size_png, setup))
            choices.choose_numbers(setup)
        lesson.show_complaints(LESSON)
        axis(setup, themes=THEMES, present=frame.presenting(), key="ps_axis")
        st.markdown(sizes.remark(setup))
    tables(setup, themes=THEMES, key="ps_tables", on_pick=choices.take_pick)
    LESSON.tell()
    tell()


def tell() -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "Without {padding} every {layer} shrinks its map, and cells at the edge are read less often than "
            "those in the middle. A {stride} of 2 halves the {output size} on purpose. {Dilation} widens the "
            "{window} without more weights.\n\n"
            "**It must be an integer** means: the last window ends exactly where the padded input ends. "
            "If it does not, a part of a step is left over; frameworks round down, and the last cells are "
            "never read.",
            key="ps_why",
        )
        st.markdown(f"${Window.LATEX}$")
        st.caption("o output size, i input size, p₀ and p₁ padding, k kernel size, d dilation, s stride.")
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(sizes.LIBRARIES, LESSON.now().setup, key="ps_code")
    st.page_link("pages/pooling.py", label="Next: pooling", icon=":material/arrow_forward:")


play()
