"""Any one layer: its output size, parameters and work with the arithmetic, and the same asked backwards."""

import streamlit as st

from cnnviz.figures.calculator import layer_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.calculator_code import LIBRARIES
from cnnviz.lessons.calculator_told import remarks
from cnnviz.presets.calculator import SLIDING
from cnnviz.ui import calculator_controls as choices
from cnnviz.ui import calculator_more as more
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui.calculator_state import LESSON
from cnnviz.ui.components.calculator import layer, show_answers
from cnnviz.ui.prose import prose
from cnnviz.window import Window

frame.begin("Layer calculator", section="Architectures", order=10, icon="calculate")
LESSON.arrive()


@st.fragment
def calculate() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                lesson.choose_scene(LESSON, width=300)
                choices.choose_kind(setup)
                with st.popover("More"):
                    more.choose_more(setup)
                lesson.take_along(LESSON, "layer", png=(layer_png, setup))
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                choices.choose_numbers(setup)
        lesson.show_complaints(LESSON)
        layer(setup, themes=THEMES, key="lc_layer")
        for remark in remarks(setup):
            st.markdown(remark)
    LESSON.tell()
    if setup.kind in SLIDING:
        st.subheader("Asked backwards", anchor=False)
        more.choose_question(setup)
        show_answers(setup, themes=THEMES, key="lc_answers", on_pick=more.take_answer)
    tell()


def tell() -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "A {convolution} has the same {weights|weight} at every place ({weight sharing}): their number "
            "does not depend on the size of the image, the work does. A {fully connected layer} has a "
            "weight for every pair of input and output, so its size is set by the maps before it. "
            "{Pooling} has none.",
            key="lc_why",
        )
        st.markdown(f"${Window.LATEX}$")
        st.caption("o output size, i input size, p₀ and p₁ padding, k kernel size, d dilation, s stride.")
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(LIBRARIES, LESSON.now().setup, key="lc_code")
    st.page_link(
        "pages/cnn_against_mlp.py",
        query_params={"scene": "flatten_dense"},
        label="Follow a dense layer number by number",
        icon=":material/arrow_forward:",
    )
    st.page_link(
        "pages/padding_and_stride.py", label="See every window on its axis", icon=":material/straighten:"
    )


calculate()
