"""Look up a term in English, Korean or Traditional Chinese."""

import streamlit as st

from cnnviz.presets.glossary import TERMS
from cnnviz.ui import frame
from cnnviz.ui.components.prose import show_table
from cnnviz.ui.prose import prose

frame.begin("Glossary", section="Start", order=10, icon="menu_book")

prose(
    "The terms of the five lecture decks and of these pages, in three languages. "
    "On every page a dotted line marks a term, such as {kernel}: point at it, or press it, to see its card.",
    key="gl_intro",
)
show_table(sorted(TERMS.values(), key=lambda term: term.english.lower()), key="gl_table")
st.page_link("pages/home.py", label="All lessons", icon=":material/arrow_back:")
