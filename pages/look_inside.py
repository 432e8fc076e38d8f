"""Click down through a trained network, from its layers to the products behind a single pixel."""

from dataclasses import replace

import streamlit as st

from cnnviz.figures.theme import SERIES, THEMES
from cnnviz.ui import controls, frame
from cnnviz.ui import inside_controls as choices
from cnnviz.ui.components.network.parts import filters
from cnnviz.ui.inside_detail import show_detail
from cnnviz.ui.inside_drawing import show_drawing
from cnnviz.ui.inside_networks import Entry, data_of, drawing, entries, inside
from cnnviz.ui.inside_state import MEMORY, PREFIX
from cnnviz.ui.inside_units import show_answer
from cnnviz.ui.inside_verdicts import show_verdicts
from cnnviz.ui.memory import quoted
from cnnviz.ui.prose import prose

WHY = (
    "A {convolutional neural network} looks for strokes first and puts them together later: every "
    "{feature map} says where its {filter} found what it looks for. {Pooling} keeps where, roughly. The last "
    "layer weighs what was found, and {softmax} makes {probabilities|probability} of its {logits|logit}."
)
WHY_DENSE = (
    "A {multilayer perceptron} does not know which {pixels|pixel} are neighbours: each {weight} belongs to "
    "one place. Click its first dense layer to see the weights of every unit folded back into an image."
)
frame.begin("Look inside", section="Networks", order=30, icon="frame_inspect")
MEMORY.arrive()


@st.fragment
def look_inside() -> None:
    entry = entries().get(MEMORY.now().network) or next(iter(entries().values()))
    network, data = entry.load(), data_of(entry.shown)
    look = MEMORY.now().within(network.architecture, len(data.held_out))
    drawn = drawing(entry)
    look = replace(look, drawn=look.drawn and drawn is not None)
    MEMORY.note(look)
    with (
        controls.fold("Settings", key=PREFIX),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        choices.choose_network(entry)
        choices.choose_image(look, entry, data)
        if drawn is not None:
            choices.choose_drawing(look)
        choices.choose_scale(look)
        choices.present()
        choices.share(look)
    if MEMORY.complaint():
        st.warning(quoted(MEMORY.complaint()), icon=":material/error:")
    shown = inside(entry, look.image, drawn if look.drawn else None)
    above, below = st.columns([2, 9]) if look.pixel else (st.container(), st.container())
    with below:
        cell = show_detail(shown, look, entry.classes, THEMES) if look.layer else None
    with above:  # now that it is known where the player rests
        show_drawing(shown, look, cell, entry.classes, THEMES)
    if not look.layer:
        show_overview(shown, entry)
    MEMORY.tell()
    show_verdicts(entry, THEMES, SERIES)
    st.page_link("pages/home.py", label="All lessons", icon=":material/arrow_forward:")


def show_overview(shown, entry: Entry) -> None:
    first = shown.first_filters()
    if first is not None:
        layer, weights = first
        st.subheader(f"The filters of {shown.layer(layer).title}", anchor=False)
        filters(weights, layer=layer, themes=THEMES, key="li_filters", on_filter=choices.open_map(layer))
    st.subheader("From numbers to an answer", anchor=False)
    show_answer(shown, int(shown.outputs[-1].argmax()), entry.classes, THEMES, key="li_answer")
    prose(WHY if first else WHY_DENSE, key="li_why")


look_inside()
