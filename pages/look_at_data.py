"""See what a network learns from: images and their numbers, classes, and what scaling pixels does."""

from dataclasses import replace

import streamlit as st

from cnnviz.figures.data_sheet import strip
from cnnviz.figures.theme import THEMES
from cnnviz.lessons.data_scalings import BATCH, steps_of
from cnnviz.model.datasets import DATASETS
from cnnviz.presets.networks import Plan
from cnnviz.ui import controls, data_parts, frame, train_data
from cnnviz.ui import data_controls as choices
from cnnviz.ui.data_effects import effects
from cnnviz.ui.data_parts import Brush, Shown
from cnnviz.ui.data_state import MEMORY, PREFIX
from cnnviz.ui.memory import quoted
from cnnviz.ui.prose import prose
from cnnviz.ui.train_state import link_to_train

frame.begin("Look at the data", section="Networks", order=5, icon="grid_view", label="Data")
MEMORY.arrive()
BRUSH, ARROW = Brush(THEMES, strip), ":material/arrow_forward:"


@st.fragment
def look_at_data(source: str, slide: str) -> None:
    look = MEMORY.now().within()
    if look.source != source:
        st.rerun()
    what = data_parts.shown(look) if DATASETS[source].here else None
    look = what.look if what else replace(look, image=max(0, look.image))
    MEMORY.note(look)
    with (
        controls.fold("Settings", key=PREFIX),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"),
    ):
        choices.choose_source(look)
        choices.choose_images(look, data_parts.open_image(what) if what else choices.set_one("image"))
        choices.choose_scaling(look)
        choices.share_and_present(look)
    if MEMORY.complaint():
        st.warning(quoted(MEMORY.complaint()), icon=":material/error:")
    MEMORY.tell()
    if what:
        for name, show in PARTS.items():
            if slide in ("", name):
                show(what)
    else:
        train_data.offer(source)


def show_images(what: Shown) -> None:
    images, image = st.columns([3, 4], gap="medium")
    with images:
        data_parts.show_gallery(what, BRUSH)
    with image:
        data_parts.show_numbers(what, BRUSH)
        data_parts.show_neighbours(what, BRUSH)


def show_classes(what: Shown) -> None:
    st.subheader("Classes", anchor=False)
    data_parts.show_classes(what, BRUSH)
    prose(
        "Bars count the images of each class: where one is rare, a network that never names it is right "
        "most of the time. With each name stand the mean of its images and their deviation, light where "
        "they differ. A blurred mean says that no single template will do.",
        key="da_why_classes",
    )


def show_pixels(what: Shown) -> None:
    before, told = st.columns([5, 6], gap="medium")
    with before:
        st.subheader("Pixels before and after", anchor=False)
        data_parts.show_pixels(what, BRUSH)
    with told:
        st.subheader("What the first layer reads", anchor=False)
        data_parts.show_reach(what, BRUSH)
        prose(
            "{Normalization} moves and stretches the axis; no bar changes its height. Mean and deviation are "
            "measured on the training images alone and used for all others: held-out images must not "
            "take part.",
            key="da_why_pixels",
        )


PARTS = {"Images": show_images, "Classes": show_classes, "Pixels": show_pixels}


def show_learning(source: str, was_going: bool) -> None:
    look, data = MEMORY.now(), train_data.load(source)
    known = effects(data, look.rate, look.seed)
    if was_going != (None in known.values()):
        st.rerun()
    st.subheader("What it does to learning", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choices.choose_training(look)
    data_parts.show_losses(known, len(data.classes), BRUSH)
    prose(
        f"The same small network, first weights and {steps_of(data)} batches of {BATCH} for all, by plain "
        "{stochastic gradient descent}. A weight of the first layer is moved by the {learning rate} times "
        "the error times its pixel: pixels 16 or 255 times as large make the {gradient} that much longer, "
        "so the rate that suits numbers around 1 throws the weights about.",
        key="da_why_learning",
    )
    MEMORY.tell()


source, slide = MEMORY.now().source, choices.choose_slide((*PARTS, "Learning"))
look_at_data(source, slide)
if DATASETS[source].here and slide in ("", "Learning"):
    going = None in effects(train_data.load(source), MEMORY.now().rate, MEMORY.now().seed).values()
    st.fragment(show_learning, run_every=0.3 if going else None)(source, going)
if not slide:
    told = DATASETS[source]
    st.caption(f"{source}: {told.remark} {told.source}. {told.licence}.")
    link = link_to_train(st.session_state.get("tr_shown", Plan()), source)
    st.page_link("pages/train.py", label="Train on this data", icon=ARROW, query_params=link)
