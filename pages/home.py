"""Where to start: the lessons, one line each."""

import streamlit as st

from cnnviz.ui import frame

frame.begin("A convolutional network, number by number", section="Start", order=0, icon="home", label="Home")

st.markdown(
    "A convolutional network multiplies small windows of numbers and adds them up, over and over. "
    "Here you can watch every one of those products, on numbers from the lectures and on your own photos."
)

for section in frame.SECTIONS[1:]:
    lessons = [page for page in frame.pages() if page.section == section]
    st.subheader(section, anchor=False)
    for column, page in zip(st.columns(max(len(lessons), 2)), lessons, strict=False):
        with column.container(border=True, height="stretch"):
            st.page_link(page.path, label=f"**{page.title}**", icon=f":material/{page.icon}:")
            st.markdown(page.summary)
