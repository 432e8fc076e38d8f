"""Study the networks that made a difference, from LeNet-5 to AlphaGo, and what was printed about them."""

import streamlit as st

from cnnviz.figures.theme import SERIES, THEMES
from cnnviz.presets.study_setup import WHY, StudySetup
from cnnviz.ui import controls, frame, lesson, studies_view
from cnnviz.ui import studies_controls as choices
from cnnviz.ui.prose import prose
from cnnviz.ui.studies_state import LESSON, PREFIX

frame.begin("Case studies", section="Architectures", order=50, icon="history_edu")
LESSON.arrive()


@st.fragment
def study() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=PREFIX):
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                lesson.choose_scene(LESSON)
                choices.choose_example(setup)
                choices.choose_rules(setup)
                choices.take_along()
            choices.choose_view(setup)
            choices.choose_variant(setup)
        lesson.show_complaints(LESSON)
        show(setup)
    LESSON.tell()
    if not frame.presenting():
        tell(setup)


def show(setup: StudySetup) -> None:
    if setup.architecture:
        studies_view.show_network(setup, THEMES)
    elif setup.view == "sentence":
        studies_view.show_sentence(setup, THEMES)
    elif setup.view == "story":
        studies_view.show_story(THEMES, SERIES)
    elif setup.view == "results":
        studies_view.show_results(setup, THEMES)
    else:
        choices.choose_scale(setup)
        studies_view.show_depth(setup, THEMES)


def tell(setup: StudySetup) -> None:
    if setup.layer:
        studies_view.show_layer(setup)
    if setup.study and setup.architecture:
        studies_view.tell_study(setup, setup.study, THEMES, SERIES)
    elif setup.study:
        studies_view.tell_new(setup.study)
    else:
        st.subheader("Why", anchor=False)
        prose(WHY[setup.view], key=f"{PREFIX}why")
    if setup.view == LESSON.now().origin.setup.view:
        lesson.tell_scene(LESSON)
    st.page_link("pages/home.py", label="All lessons", icon=":material/arrow_forward:")


study()
