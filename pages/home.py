"""Where to start: press play, then pick a lesson or a worked example."""

import streamlit as st

from cnnviz.figures.theme import THEMES
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_scenes import FIRST, SCENES
from cnnviz.presets.scene import TOPICS
from cnnviz.presets.scenes import decks, matching
from cnnviz.ui import frame
from cnnviz.ui.components.sliding_window import sliding_window

frame.begin("A convolutional network, number by number", section="Start", order=0, icon="home", label="Home")

with st.container():  # in both views, so that the player stays where it was
    if not frame.presenting():
        st.markdown(
            "A convolutional network multiplies small windows of numbers by weights and adds them up, over "
            "and over. "
            "Press play to watch one do it; then change every number, or try it on a photo of yours."
        )


@st.fragment
def show_one() -> None:
    trace = Trace.of(SCENES[FIRST].setup)
    sliding_window(trace, key="home_picture", themes=THEMES, editable=False, present=frame.presenting())


@st.fragment
def find_scenes() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Search",
            key="home_words",
            placeholder="Padding, deck 004, erratum …",
            width=260,
            help="Lists scenes that hold all words.",
        )
        topic = st.pills("Topic", TOPICS, key="home_topic", help="Lists the scenes of one topic.")
        deck = st.pills("Lecture deck", decks(), key="home_deck", help="Lists the scenes from one lecture.")
    found = matching(words, topic, deck)
    st.caption(f"{len(found)} scenes" if len(found) != 1 else "1 scene")
    columns = st.columns(2, gap="large")
    for index, (name, scene) in enumerate(found.items()):
        with columns[2 * index // len(found)].container(gap=None):
            st.page_link(f"pages/{scene.page}.py", label=f"**{scene.title}**", query_params={"scene": name})
            st.caption(f"{scene.topic} · {scene.source}" + (" · erratum" if scene.erratum else ""))


show_one()

st.subheader("A path through the course", anchor=False)
lessons = [page for page in frame.pages() if page.section != "Start"]
for first in range(0, len(lessons), 4):
    for place, (column, page) in enumerate(
        zip(st.columns(4), lessons[first : first + 4], strict=False), first + 1
    ):
        with column.container(border=True, height="stretch", gap="xsmall"):
            st.page_link(page.path, label=f"**{place}. {page.title}**", icon=f":material/{page.icon}:")
            st.markdown(page.summary)

st.subheader("Every worked example of the lectures", anchor=False)
find_scenes()
