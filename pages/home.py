"""Where to start: press play, then pick a lesson."""

import streamlit as st

from cnnviz.figures.theme import THEMES
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_scenes import SCENES
from cnnviz.ui import frame
from cnnviz.ui.components.sliding_window import sliding_window

frame.begin("A convolutional network, number by number", section="Start", order=0, icon="home", label="Home")

st.markdown(
    "A convolutional network multiplies small windows of numbers and adds them up, over and over. "
    "Press play to watch one do it; then change every number, or try it on a photo of yours."
)


@st.fragment
def show_one() -> None:
    trace = Trace.of(SCENES["conv2d_lecture"].setup)
    sliding_window(trace, key="home_picture", themes=THEMES, editable=False)


show_one()

st.subheader("Lessons", anchor=False)
lessons = frame.pages()[1:]
for column, page in zip(st.columns(len(lessons)), lessons, strict=True):
    with column.container(border=True, height="stretch", gap="xsmall"):
        st.caption(page.section)
        st.page_link(page.path, label=f"**{page.title}**", icon=f":material/{page.icon}:")
        st.markdown(page.summary)
