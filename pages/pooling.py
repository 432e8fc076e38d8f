"""Slide a window over a matrix and keep one number of each stop; then do it to a picture."""

import streamlit as st
from PIL import Image

from cnnviz.figures.animation import run_remark
from cnnviz.figures.photo import data_url
from cnnviz.figures.pooling import pooling_gif, pooling_png
from cnnviz.figures.pooling_picture import change_limit, change_maps, pixels
from cnnviz.figures.theme import THEMES
from cnnviz.kernels.pooling import POOLINGS
from cnnviz.lessons import pooling, pooling_code, pooling_picture
from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.presets.pooling_pictures import sample
from cnnviz.ui import controls, frame, lesson
from cnnviz.ui import pooling_controls as choices
from cnnviz.ui.components.pooling import pooling_window
from cnnviz.ui.pooling_picture import begin_parts, choose_picture, keep_in_step, show_pictures
from cnnviz.ui.pooling_state import LESSON
from cnnviz.ui.prose import prose

frame.begin("Pooling", section="Windows", order=50, icon="grid_view")
LESSON.arrive()
begin_parts()


@st.fragment
def play() -> None:
    keep_in_step()
    setup = LESSON.now().setup
    with st.container(gap="xsmall"):
        with controls.fold("Settings", key=LESSON.prefix):
            header = st.container(horizontal=True, gap="xsmall")
            with header:
                lesson.choose_scene(LESSON)
                choices.choose_numbers()
                with st.popover("Numbers"):
                    choices.choose_sizes(setup)
                    choices.edit_as_text(setup)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
                choices.choose_movement(setup)
        lesson.show_complaints(LESSON)
        choices.show_sizes(setup, vars(THEMES[lesson.appearance()]))
        step = show_picture()
        if remark := pooling.remainder(setup):
            st.markdown(remark)
    with header:  # now that it is known which stop is shown
        lesson.take_along(
            LESSON,
            "pooling",
            png=(pooling_png, setup, step),
            gif=(pooling_gif, setup),
            step=step,
            remark=f"GIF: {run_remark(setup.stops)}",
        )
    LESSON.tell()
    tell()


def show_picture() -> int:
    shown = LESSON.now()
    step = pooling_window(
        PoolingTrace.of(shown.setup),
        key="po_picture",
        themes=THEMES,
        on_edit=choices.take_edit,
        **lesson.placed(LESSON),
    )
    return LESSON.move_to(step).step


def tell() -> None:
    setup = LESSON.now().setup
    why, lectures = st.columns(2, gap="large")
    with why:
        st.subheader("Why", anchor=False)
        prose(
            "A smaller {feature map} is less work for all layers after it, and where exactly a pattern lies "
            "matters less ({translation invariance}, in part). Nothing is learned: no {weights|weight}, and "
            "each {channel} is pooled by itself, so their number stays."
            f"\n\n{pooling.rule_remark(setup)}",
            key="po_why",
        )
        st.markdown(f"${POOLINGS[setup.kind].latex}$")
        st.caption("u and v run over the window, s is the stride; cells in the padding are left out.")
    with lectures:
        lesson.tell_scene(LESSON)
    lesson.show_code(pooling_code.LIBRARIES, setup, key="po_code")
    lesson.show_source(lambda: pooling_code.loop_source(setup), key="po_loop")


@st.fragment
def shrink() -> None:
    keep_in_step()
    st.subheader("On a picture", anchor=False)
    choose_picture(shrinking := LESSON.now().setup.shrinking)
    before, compared = sample(shrinking.picture, shrinking.shift), pooling_picture.answers(shrinking)
    after = pooling_picture.pool(shrinking.kind, before, shrinking.window)
    maps = change_maps(compared, lesson.appearance())
    shown = [
        (pixels(before), f"{shrinking.picture}, {pooling_picture.shape_of(before)}"),
        (pixels(after), pooling_picture.pooled_caption(shrinking, after)),
        *zip(maps, map(pooling_picture.answer_caption, compared), strict=True),
    ]
    addresses = [(data_url(Image.fromarray(grid)), caption) for grid, caption in shown]
    show_pictures(addresses, [3, 3, *[2 for _ in compared]])
    st.markdown(
        f"{pooling_picture.kept(before, after)}  \n{pooling_picture.shift_remark(shrinking, compared)}"
    )
    st.caption(pooling_picture.scale_caption(change_limit(compared)))
    LESSON.tell()


play()
shrink()
st.page_link("pages/activations.py", label="Next: activations", icon=":material/arrow_forward:")
