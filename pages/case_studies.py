"""Study the networks that made a difference, from LeNet-5 to AlphaGo, and what was printed about them."""

import streamlit as st

from cnnviz.figures.animation import run_remark
from cnnviz.figures.architecture_files import architecture_png
from cnnviz.figures.sentence import sentence_gif, sentence_png
from cnnviz.figures.story import story_png
from cnnviz.figures.theme import SERIES, THEMES
from cnnviz.lessons.sentence_code import LIBRARIES
from cnnviz.lessons.studies_story import moments
from cnnviz.presets.results import HUMAN
from cnnviz.presets.study_setup import NOT_TRAINED, WHY, StudySetup
from cnnviz.ui import controls, frame, lesson, studies_view
from cnnviz.ui import studies_controls as choices
from cnnviz.ui.prose import prose
from cnnviz.ui.studies_state import LESSON, PREFIX, stops

frame.begin("Case studies", section="Architectures", order=50, icon="history_edu")
LESSON.arrive()


@st.fragment
def study() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=PREFIX):
            header = st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall")
            with header:
                lesson.choose_scene(LESSON, width=260)
                choices.choose_example(setup)
                choices.choose_rules(setup)
            choices.choose_view(setup)
            choices.choose_variant(setup)
        lesson.show_complaints(LESSON)
        show(setup)
    with header:  # now that it is known which stop is shown
        offer_files(setup)
    LESSON.tell()
    if not frame.presenting():
        tell(setup)


def offer_files(setup: StudySetup) -> None:
    step = LESSON.now().step
    if setup.architecture:
        lesson.take_along(LESSON, f"{setup.view}-{setup.variant}", png=(network_png, setup))
    elif setup.view == "sentence":
        files = {"png": (sentence_png, setup.example, step), "gif": (sentence_gif, setup.example)}
        remark = run_remark(stops(setup))
        lesson.take_along(LESSON, "sentence", step=step, remark=remark, **files)
    elif setup.view == "story":
        lesson.take_along(LESSON, "imagenet", png=(story_png, moments(), float(HUMAN)))
    else:
        choices.present_and_share()


def network_png(setup: StudySetup, theme: str) -> bytes:
    return architecture_png(studies_view.drawing_of(setup), setup.architecture, theme)


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
        prose(NOT_TRAINED, key=f"{PREFIX}drawn")
        lesson.show_code(LIBRARIES, setup.example, key=f"{PREFIX}code")
    else:
        st.subheader("Why" if setup.view == "depth" else "How to read this", anchor=False)
        prose(WHY[setup.view], key=f"{PREFIX}why")
    if setup.view == LESSON.now().origin.setup.view:
        lesson.tell_scene(LESSON)
    studies_view.lead_on(setup)


study()
