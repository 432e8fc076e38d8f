"""Draw a digit, see how it is prepared, what a network reads in it, and why."""

import streamlit as st

from cnnviz.figures.theme import THEMES
from cnnviz.lessons import digits_told
from cnnviz.ui import controls, draw, frame
from cnnviz.ui import draw_controls as choices
from cnnviz.ui.components.drawing_pad import drawing_pad, network_view
from cnnviz.ui.draw_state import MEMORY, PREFIX, arrive, note_drawing, paper
from cnnviz.ui.draw_why import show_why
from cnnviz.ui.prose import prose

frame.begin("Draw a digit", section="Networks", order=20, icon="draw")
arrive()


@st.fragment
def lesson() -> None:
    note_drawing()
    found = draw.readers()
    reader = draw.chosen(found)
    with (
        controls.fold("Settings", key=PREFIX),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"),
    ):
        choices.choose_network(found, reader.name)
        choices.choose_photo()
        choices.offer_example()
        choices.present()
        choices.share()
    choices.complain()
    show_paper(reader)
    show_why(reader, draw.read(reader, paper().rested, MEMORY.now().off), THEMES)
    tell(reader)
    MEMORY.tell()


def show_paper(reader: draw.Reader) -> None:
    """Pad and answer, side by side: what is drawn at this moment."""
    off = MEMORY.now().off
    reading = draw.read(reader, paper().now, off)
    shares = reading.shares if reading else None
    left, right = st.columns([2, 3], gap="medium")
    with left:
        drawing_pad(
            paper().base,
            paper().turn,
            paper().answered,
            themes=THEMES,
            key=f"{PREFIX}pad",
            on_drawn=paper().take,
            strokes=paper().begun,
            unread=paper().unread,
            present=frame.presenting(),
        )
    with right:
        network_view(
            reading.stages if reading else (),
            off | reader.form.closed.keys(),
            reader.form.closed,
            digits_told.guess(shares),
            digits_told.bars(shares),
            themes=THEMES,
            key=f"{PREFIX}view",
            on_switch=lambda step, on: MEMORY.change(lambda shown: shown.switched(step, on)),
            present=frame.presenting(),
        )


def tell(reader: draw.Reader) -> None:
    st.subheader("What to try", anchor=False)
    prose(
        "The network has seen digits that were all prepared in one way: cut out, fitted, centred, white on "
        "black. Draw small or into a corner, then switch a step off: what a person reads without trouble is "
        "outside of what it has learned. Its {softmax} shares still add up to 1, for a scribble as well.",
        key=f"{PREFIX}try",
    )
    st.caption(f"{reader.name}: {reader.about}")


lesson()
st.page_link("pages/look_inside.py", label="Next: look inside", icon=":material/arrow_forward:")
