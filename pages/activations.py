"""See what an activation does to a number, a matrix and a photo, and where its slope vanishes."""

import streamlit as st

from cnnviz.figures import curves
from cnnviz.figures.activation_maps import map_addresses, maps_png
from cnnviz.figures.theme import SERIES, THEMES
from cnnviz.lessons import activations_code as code
from cnnviz.lessons import activations_explain as explain
from cnnviz.lessons.activations import Telling, activation_map, count_map, feature_map
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activations import ActivationSetup
from cnnviz.ui import activations_controls as choices
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui.activations_prose import tell_functions
from cnnviz.ui.activations_state import LESSON
from cnnviz.ui.components import activations as parts

frame.begin("Activations", section="Windows", order=60, icon="show_chart")
LESSON.arrive()


@st.fragment
def play() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                lesson.choose_scene(LESSON)
                choices.choose_view(setup)
                draw = {"softmax": curves.shares_png, "photo": photo_png}.get(setup.view, curves.curves_png)
                lesson.take_along(LESSON, f"activations-{setup.view}", png=(draw, setup))
            choices.choose_all(setup)
        lesson.show_complaints(LESSON)
        {"softmax": show_softmax, "photo": show_photo}.get(setup.view, show_curves)(setup)
    LESSON.tell()
    tell(setup)


def show_curves(setup: ActivationSetup) -> None:
    telling = Telling(setup)
    if setup.view == "neuron":
        st.markdown(f"${explain.neuron_sum(setup)}$")
    if len(setup.names) == 1:
        st.markdown(rf"$\displaystyle {explain.worked(telling)}$")
    parts.curves(
        telling,
        key="ac_curves",
        themes=THEMES,
        series=SERIES,
        turn=LESSON.turn(),
        on_x=choices.set_part("x"),
    )


def show_softmax(setup: ActivationSetup) -> None:
    told = Shares(setup)
    st.markdown(rf"$\displaystyle {explain.softmax_line(told)}$")
    parts.shares(told, key="ac_shares", themes=THEMES)


def show_photo(setup: ActivationSetup) -> None:
    image, appearance = choices.photo(setup.picture), lesson.appearance()
    features = feature_map(image, setup.filter)
    activated = activation_map(features, setup)
    urls, limit = map_addresses(image, features, activated, THEMES[appearance])
    parts.maps(
        urls,
        (setup.picture, f"Feature map, {setup.filter}", f"Activation map, {setup.names[0]}"),
        limit=limit,
        caption=explain.map_sentence(count_map(features, activated, setup), setup.names[0]),
        key="ac_maps",
        themes=THEMES,
        appearance=appearance,
    )


def photo_png(setup: ActivationSetup, theme: str) -> bytes:
    features = feature_map(choices.photo(setup.picture), setup.filter)
    titles = f"Feature map, {setup.filter}", f"Activation map, {setup.names[0]}"
    return maps_png((features, activation_map(features, setup)), titles, THEMES[theme])


def tell(setup: ActivationSetup) -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        tell_functions(setup)
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(code.LIBRARIES, setup, key="ac_code")
    st.page_link(
        "pages/photo_filters.py", label="Next: filters on your photo", icon=":material/arrow_forward:"
    )


play()
