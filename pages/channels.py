"""Follow the channels of an input through the slices of a filter into one map, and through many filters."""

import streamlit as st

from cnnviz.figures.animation import run_remark
from cnnviz.figures.channels import channels_gif, channels_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons import channels as told
from cnnviz.lessons import channels_code, explain
from cnnviz.presets.volumes import Volume
from cnnviz.ui import channels_controls as choices
from cnnviz.ui import channels_numbers as numbers
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui.channels_state import LESSON, stops
from cnnviz.ui.components.channels import channels
from cnnviz.ui.prose import prose

frame.begin("Channels and filters", section="Windows", order=30, icon="layers", label="Channels")
LESSON.arrive()


@st.fragment
def play() -> None:
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            header = st.container(horizontal=True, gap="xsmall")
            with header:
                lesson.choose_scene(LESSON, width=228)
                if not isinstance(setup, Volume):
                    with st.popover("Slide"):
                        choices.choose_slide(setup)
                with st.popover("Numbers"):
                    numbers.edit_as_text(setup)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                choices.choose_layer(setup)
        lesson.show_complaints(LESSON)
        step = show_picture()
        if not isinstance(setup, Volume) and (remark := explain.left_over(*setup.sliding)):
            st.markdown(remark)
    with header:  # now that it is known which stop is shown
        lesson.take_along(
            LESSON,
            "channels",
            png=(channels_png, setup, step),
            gif=(channels_gif, setup),
            step=step,
            remark=f"GIF: {run_remark(stops(setup))}",
        )
    LESSON.tell()
    tell()


def show_picture() -> int:
    shown = LESSON.now()
    step = channels(
        told.flow(shown.setup),
        key="ch_picture",
        themes=THEMES,
        size=told.size_line(shown.setup),
        count=told.parameter_parts(shown.setup),
        count_remark=told.parameter_remark(shown.setup),
        on_edit=numbers.take_edit,
        on_filter=choices.show_filter,
        **lesson.placed(LESSON),
    )
    return LESSON.move_to(step).step


def tell() -> None:
    setup = LESSON.now().setup
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(told.why(setup), key="ch_why")
        tell_directions(setup)
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(channels_code.LIBRARIES, setup, key="ch_code")
    st.page_link(
        "pages/padding_and_stride.py", label="Next: padding and stride", icon=":material/arrow_forward:"
    )


def tell_directions(setup) -> None:
    deep = isinstance(setup, Volume)
    st.subheader("2-D or 3-D?", anchor=False)
    prose(told.directions(setup), key="ch_directions")
    st.button(
        "Show channels in 2-D" if deep else "Show a 3-D convolution",
        key="ch_other",
        on_click=LESSON.start,
        args=("channels_rgb" if deep else "channels_volume",),
        help="Opens the other scene from its first stop; what you changed here is left behind.",
    )


play()
