"""Watch a network learn: curves, filters and mistakes at every moment, forwards and back."""

import streamlit as st

from cnnviz.figures import training as pictures
from cnnviz.figures.theme import SERIES, THEMES
from cnnviz.model.datasets import DATASETS
from cnnviz.ui import frame, train_actions, train_data, train_files, train_view
from cnnviz.ui.components import plain
from cnnviz.ui.components.training import chosen, show
from cnnviz.ui.controls import choose_whole
from cnnviz.ui.memory import quoted
from cnnviz.ui.prose import prose
from cnnviz.ui.runs import Desk, desk
from cnnviz.ui.train_controls import choose_failure, choose_plan
from cnnviz.ui.train_state import MEMORY, PREFIX

frame.begin(
    "Train a network while you watch", section="Networks", order=10, icon="model_training", label="Train"
)
MEMORY.arrive()
plan = MEMORY.now()
choose_plan(plan)
train_actions.complain()


def watch(status: str, at: int | None) -> None:
    held, what = desk(), train_actions.now()
    if (what.view.status, held.at) != (status, at):
        st.rerun()
    st.markdown(train_view.status_text(what))
    theme = THEMES[st.context.theme.type or "light"]
    network = what.network()
    curves, inside = st.columns([3, 2], gap="medium")
    with curves:
        show_curves(held, what)
        train_actions.continue_from(what)
        st.markdown("**Gradient size by layer**, on a scale of powers of ten")
        layers = train_view.gradients(what)
        show("gradients", {"layers": layers}, themes=THEMES, key="tr_gradients")
    with inside:
        show_inside(held, what, network, theme)
    images, peak = what.data.held_out.images, what.data.peak
    thumbs = [pictures.picture(images[each.place], peak) for each in train_view.wrong_answers(what)]
    answers = train_view.answers(what, thumbs)
    if answers:
        st.subheader("What it answers", anchor=False)
        take = chosen("tr_answers", "image", len(images), held.choose)
        show("answers", answers, themes=THEMES, key="tr_answers", on_image_change=take)


def show_curves(held: Desk, what: train_view.Shown) -> None:
    def go(place: int | None) -> None:
        held.at = None if place is None else what.view.moments[place].step

    take = chosen("tr_curves", "at", len(what.view.moments), go)
    data = train_view.curves(what, held.kept) | {
        "series": {name: list(each) for name, each in SERIES.items()}
    }
    show("curves", data, themes=THEMES, key="tr_curves", on_at_change=take)


def show_inside(held: Desk, what: train_view.Shown, network, theme) -> None:
    examples = what.data.held_out
    place = min(held.image, len(examples) - 1)
    choose_whole(
        f"Held-out image, 0 to {len(examples) - 1:,}",
        place,
        (0, len(examples) - 1),
        held.choose,
        key="tr_image",
        help="Another image is sent through the network.",
    )
    outputs = network.outputs(examples.images[place : place + 1])
    weights = pictures.filters(network, theme)
    sheets = [*([weights] if weights else []), *pictures.layers(network, outputs, theme)]
    data = {
        **train_view.guess(what, network, place),
        "image": pictures.picture(examples.images[place], what.data.peak),
        "sheets": [each._asdict() | {"limit": plain(each.limit)} for each in sheets],
    }
    show("inside", data, themes=THEMES, key="tr_inside")


def lesson() -> None:
    what = train_actions.on_desk(plan)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"{PREFIX}actions"):
        train_actions.buttons(what)
        with st.popover("Failures", icon=":material/warning:"):
            choose_failure(train_actions.begin)
        with st.popover("Save and load", icon=":material/save:"):
            train_files.save_and_load(what)
        train_actions.present_button()
    train_actions.remarks(what)
    st.fragment(watch, run_every=0.5 if what.view.live else None)(what.view.status, desk().at)
    table, kept = [st.container(), st.container()] if len(desk().kept) > 3 else st.columns(2, gap="medium")
    with table:
        st.subheader("Shapes and parameters", anchor=False)
        train_actions.table(what)
    with kept:
        st.subheader("Runs kept", anchor=False)
        train_actions.compare()


if not DATASETS[plan.source].here:
    train_data.offer(plan.source)
elif trouble := train_data.trouble(plan.source):
    st.warning(quoted(trouble), icon=":material/error:")
else:
    lesson()
prose(
    "A step of {stochastic gradient descent} shows the network one {mini-batch} and moves every weight a "
    "little against the {gradient}; the {learning rate} says how far. After an {epoch} every image was seen. "
    "Held-out images are never learned from: where their curve leaves that of the training batches, the "
    "network knows its examples by heart.",
    key="tr_why",
)
st.page_link("pages/look_at_data.py", label="Look at this data", query_params={"da_source": plan.source})
st.page_link("pages/draw_a_digit.py", label="Next: draw a digit", icon=":material/arrow_forward:")
MEMORY.tell()
