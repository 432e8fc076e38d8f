"""Parameters of a CNN and of an MLP as images grow, and how maps become the vector that an MLP reads."""

import streamlit as st

from cnnviz.figures.against import growth_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.against import told
from cnnviz.lessons.flattening import Flattening
from cnnviz.presets.against import AgainstSetup
from cnnviz.ui import against_controls as choices
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui.against_state import LESSON
from cnnviz.ui.components.against import growth
from cnnviz.ui.components.flattening import flattening
from cnnviz.ui.prose import prose

frame.begin("CNN against MLP", section="Architectures", order=30, icon="balance")
LESSON.arrive()


@st.fragment
def compare() -> None:
    setup = LESSON.now().setup
    counting = setup.view == "growth"
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                lesson.choose_scene(LESSON, width=300)
                with st.popover("More" if counting else "Numbers"):
                    (choices.choose_more if counting else choices.edit_as_text)(setup)
                if counting:
                    lesson.take_along(LESSON, "cnn-against-mlp", png=(growth_png, setup))
                else:
                    header = st.container(horizontal=True, width="content", gap="xsmall")
                choices.choose_view(setup)
            if counting:
                with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
                    choices.choose_image(setup)
        lesson.show_complaints(LESSON)
        (count if counting else play)(setup)
    if not counting:  # now that it is known which stop is shown
        with header:
            lesson.present_button(LESSON)
            lesson.share(LESSON)
    LESSON.tell()
    if not frame.presenting():
        tell(counting)


def count(setup: AgainstSetup) -> None:
    growth(setup, themes=THEMES, key="am_growth", on_side=choices.take_side)
    if not frame.presenting():
        st.markdown(told(setup))


def play(setup: AgainstSetup) -> None:
    shown = Flattening(setup.flattening)
    placed = lesson.placed(LESSON)
    step = flattening(shown, themes=THEMES, key="am_flatten", on_edit=choices.take_edit, **placed)
    LESSON.move_to(step)
    if not frame.presenting():
        st.markdown(shown.remark())


def tell(counting: bool) -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        if counting:
            prose(
                "A {convolution} has one small set of {weights|weight} for all places ({weight sharing}), "
                "and each output looks at a few pixels only. A {fully connected layer} needs a weight for "
                "every pair of pixel and unit: twice the side is four times the pixels, and sixteen times "
                "the weights if its units grow with them.\n\n"
                "There is another price. Shift the image by a few pixels, and an MLP meets it with other "
                "weights; a CNN finds the same pattern elsewhere.",
                key="am_why",
            )
            st.page_link(
                "pages/look_inside.py",
                label="See how many shifted digits each still reads",
                icon=":material/arrow_forward:",
            )
        else:
            prose(
                "{Flattening} writes the maps one behind the other; no number is lost, but their "
                "neighbourhood is. Each output of the {fully connected layer} then has a {weight} of its own "
                "for every number, and a {bias}, written as the weight of an input that is always 1.",
                key="am_flat",
            )
            st.markdown(r"$y = W\,[x;\,1]$")
            st.page_link(
                "pages/layer_calculator.py", label="Count a dense layer", icon=":material/arrow_forward:"
            )
    with lectures:
        lesson.tell_scene(LESSON)


compare()
