"""Stack layers and see every size, every parameter and the drawing to scale at once."""

import streamlit as st

from cnnviz.figures.architecture_files import architecture_png, architecture_svg
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.drawing import shown_parts
from cnnviz.lessons.drawing_layout import lay_out
from cnnviz.lessons.layer_table import layer_table
from cnnviz.lessons.stack_view import stack_view
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.ui import builder_acts as acts
from cnnviz.ui import builder_controls as choices
from cnnviz.ui import builder_telling as telling
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui.builder_files import PROGRAMS, take_along
from cnnviz.ui.builder_state import MEMORY, PREFIX, Built
from cnnviz.ui.builder_training import offer_training
from cnnviz.ui.components.architecture import architecture
from cnnviz.ui.components.builder import builder
from cnnviz.ui.prose import prose

frame.begin("Network builder", section="Architectures", order=20, icon="construction")
MEMORY.arrive()


@st.fragment
def play() -> None:
    built = MEMORY.now()
    with (
        controls.fold("Settings", key=PREFIX),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"),
    ):
        choices.choose_start(built)
        if built.editing:
            choices.choose_input(built.editing)
        with st.popover("Counting"):
            choices.choose_rules(built)
        take_along(built, architecture_svg, architecture_png)
    telling.show_complaint()
    show(built)
    telling.tell_line(built)
    tell(built)
    MEMORY.tell()


def show(built: Built) -> None:
    stack = built.editing
    if stack is None:
        graph = ARCHITECTURES[built.start].graph
        architecture(
            lay_out(shown_parts(graph, built.opened)),
            layer_table(graph, built.rules),
            chosen=built.chosen,
            themes=THEMES,
            present=frame.presenting(),
            keys=True,
            key="nb_whole",
            on_choose=telling.take_name,
        )
        choices.choose_part(built)
        return
    builder(
        stack_view(stack, built.rules, built.chosen),
        chosen=built.chosen,
        refused=acts.refused(),
        undo=telling.nothing_to_undo(),
        done=acts.done(),
        themes=THEMES,
        present=frame.presenting(),
        key="nb_builder",
        on_acts=acts.take,
    )


def tell(built: Built) -> None:
    why, about = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "Every {layer} tells what becomes of a shape and how much it learns, so a network can be counted "
            "without ever being run. {Convolutions|convolution} share their weights over all places: they "
            "have few {parameters|parameter} and much work. In a {fully connected layer} it is the other way "
            "round.",
            key="nb_why",
        )
    with about:
        telling.tell_origin(built)
        if built.editing:
            offer_training(built.editing)
    if built.graph:
        lesson.show_code(PROGRAMS, built.graph, key="nb_code")
    st.page_link("pages/cnn_against_mlp.py", label="Next: CNN against MLP", icon=":material/arrow_forward:")


play()
