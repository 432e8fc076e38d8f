"""Click a unit in any layer of any network and see which pixels can reach it, and which of them count."""

import streamlit as st

from cnnviz.figures.fields import as_read, strength_overlay
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.fields import effective_sentence
from cnnviz.presets.field_setup import FieldSetup
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui import field_controls as choices
from cnnviz.ui.components.receptive import Measured, field_of_unit
from cnnviz.ui.field_effective import effective
from cnnviz.ui.field_state import LESSON
from cnnviz.ui.prose import prose

frame.begin("Receptive field", section="Architectures", order=40, icon="filter_center_focus")
LESSON.arrive()


@st.fragment
def play() -> None:
    setup = LESSON.now().setup
    with (
        controls.fold("Settings", key=LESSON.prefix),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"),
    ):
        lesson.choose_scene(LESSON, width=225)
        choices.choose_architecture(setup)
        choices.choose_effective(setup)
        with st.popover("Picture", icon=":material/image:"):
            choices.choose_picture(setup)
        lesson.present_button(LESSON)
        lesson.share(LESSON)
    lesson.show_complaints(LESSON)
    measured = measure(setup)
    field_of_unit(
        setup,
        choices.picture_of(setup, as_read),
        measured,
        turn=LESSON.turn(),
        themes=THEMES,
        present=frame.presenting(),
        key="rf_field",
        on_pick=choices.take_pick,
    )
    LESSON.tell()
    if measured and not measured.url:
        st.fragment(wait, run_every=0.3)(setup)
    tell()


def measure(setup: FieldSetup) -> Measured | None:
    if not setup.effective:
        return None
    found = effective(setup.architecture, setup.layer)
    if found is None:
        return Measured("", setup.layer, setup.unit, "Measuring random networks …")
    theme = THEMES[lesson.appearance()]
    told = effective_sentence(found.strength, setup.line, found.unit, found.networks)
    return Measured(strength_overlay(found.strength, theme), setup.layer, found.unit, told)


def wait(setup: FieldSetup) -> None:
    if effective(setup.architecture, setup.layer) is not None:
        st.rerun()


def tell() -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "The {receptive field} of a unit is all that can change it. Each {layer} adds k − 1 steps of the "
            "layer before it, and a {stride} makes all later steps longer: depth makes fields grow by "
            "adding, {pooling} by doubling.\n\n"
            "A field larger than the picture lies on {padding}, so units near the border see less. And not "
            "all of it counts alike: the pixels in the middle reach the unit in many ways, those at the edge "
            "in one.",
            key="rf_why",
        )
        st.markdown(r"$r = r_0 + d\,(k-1)\,j_0, \quad j = s\,j_0, \quad a = a_0 - p\,j_0$")
        st.caption(
            "r size, j jump from one unit to the next, a first cell seen by the first unit (negative: "
            "padding); with ₀ those of the layer before; k kernel, s stride, d dilation, p padding. Araujo "
            "et al. (2019), Computing receptive fields of convolutional neural networks."
        )
    with lectures:
        lesson.tell_scene(LESSON)
    st.page_link("pages/case_studies.py", label="Next: case studies", icon=":material/arrow_forward:")


play()
