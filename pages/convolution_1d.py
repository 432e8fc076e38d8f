"""Slide a kernel along a series, dot product by dot product, then smooth a signal of 1,000 points."""

from functools import partial

import streamlit as st

from cnnviz.figures.animation import run_gif, run_remark, stop_png
from cnnviz.figures.theme import THEMES
from cnnviz.lessons import series, series_code
from cnnviz.lessons.steps import Trace
from cnnviz.presets.signals import KERNELS, SIGNALS
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui import series_controls as choices
from cnnviz.ui.components.signal import smoothed_signal
from cnnviz.ui.components.sliding_window import sliding_window
from cnnviz.ui.prose import prose
from cnnviz.ui.series_state import LESSON
from cnnviz.window import Window

frame.begin(
    "Convolution in one dimension", section="Windows", order=10, icon="timeline", label="1-D convolution"
)
LESSON.arrive()
choices.draw_both()
as_png, as_gif = partial(stop_png, tell=series.dot_parts), partial(run_gif, tell=series.dot_parts)


@st.fragment
def play() -> None:
    line = LESSON.now().setup.line
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            header = st.container(horizontal=True, gap="xsmall")
            with header:
                lesson.choose_scene(LESSON)
                choices.choose_numbers()
                with st.popover("Numbers"):
                    choices.choose_lengths(line)
                    choices.edit_as_text(line)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                choices.choose_movement(line)
        lesson.show_complaints(LESSON)
        choices.show_size(line, vars(THEMES[lesson.appearance()]))
        step = show_picture()
        st.markdown(series.size_remark(line))
    with header:  # now that it is known which stop is shown
        lesson.take_along(
            LESSON,
            "convolution-1d",
            png=(as_png, line, step),
            gif=(as_gif, line),
            step=step,
            remark=f"GIF: {run_remark(len(Trace.of(line)))}",
        )
    LESSON.tell()
    tell()
    choices.keep_in_step("play")


def show_picture() -> int:
    shown = LESSON.now()
    moment = sliding_window(
        Trace.of(shown.setup.line),
        key="c1_picture",
        themes=THEMES,
        line="dot",
        on_edit=choices.take_edit,
        **lesson.placed(LESSON),
    )
    return LESSON.move_to(moment.step).step


def tell() -> None:
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "At each stop the {window} reads as many values as the {kernel} has weights, and their "
            "{dot product} is one output: large where the series looks like the kernel. "
            "{Zeros at the ends|zero padding} give the first and the last value more turns, "
            "and {stride} skips stops.",
            key="c1_why",
        )
        st.markdown(f"${Window.LATEX}$")
        st.caption(series.SYMBOLS)
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(series_code.LIBRARIES, LESSON.now().setup.line, key="c1_code")


@st.fragment
def smooth() -> None:
    smoothing = LESSON.now().setup.smoothing
    st.subheader("The same on a signal of 1,000 points", anchor=False)
    with controls.fold("Settings", key="c1_signal_"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            choices.choose_signal(smoothing)
        choices.choose_window(smoothing)
    smoothed = series.Smoothed.of(smoothing)
    st.markdown(series.length_line(smoothed, vars(THEMES[lesson.appearance()])))
    smoothed_signal(
        smoothed, key="c1_curves", themes=THEMES, place=smoothing.place, on_place=choices.put_window
    )
    st.markdown(f"{SIGNALS[smoothing.signal].remark} {KERNELS[smoothing.kernel].remark}")
    st.markdown(f"{series.ends_remark(smoothing)} {series.noise_remark(smoothing)}")
    lesson.show_code({"NumPy": series_code.smoothing_lines}, smoothing, key="c1_signal_code")
    LESSON.tell()
    choices.keep_in_step("smooth")


play()
smooth()
st.page_link("pages/convolution_2d.py", label="Next: two dimensions", icon=":material/arrow_forward:")
