"""The held-out images on the page: how many were right, who was taken for whom, what a shift does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from cnnviz.lessons.explain import counted
from cnnviz.lessons.inside_answer import percent
from cnnviz.lessons.inside_verdicts import Verdicts, interval
from cnnviz.ui import controls
from cnnviz.ui.components.network.verdicts import Line, confusion, gallery, lines
from cnnviz.ui.inside_networks import Entry, contenders, data_of, verdicts
from cnnviz.ui.inside_state import MEMORY, PREFIX
from cnnviz.ui.prose import prose

VIEWS = {
    "confusions": "Confusion matrix",
    "mistakes": "Most confident mistakes",
    "shifted": "Shifted images",
}
MOST_IMAGES, MOST_BESIDE = 24, 12

Themes = Mapping[str, Any]


def show_verdicts(entry: Entry, themes: Themes, colours: Mapping[str, Sequence[str]]) -> None:
    """Show how a network does on all held-out images, and one of the `VIEWS`."""
    told = verdicts(entry)
    st.subheader("On images it never saw", anchor=False)
    low, high = interval(told.right, len(told))
    st.markdown(
        f"**{percent(told.right / len(told))}** of {len(told):,} right ({told.right:,}); with 95 % certainty "
        f"the true share lies between {percent(low)} and {percent(high)}."
    )
    if entry.substitute:
        st.caption(
            f"It learned from {entry.learned}, which is not on this computer; these are "
            f"{entry.shown.lower()} drawn by this program, which it never saw either."
        )
    view = st.session_state.get(f"{PREFIX}view", "confusions")
    controls.choose_segment(
        "Look at",
        view,
        VIEWS,
        _keep("view"),
        key=f"{PREFIX}views",
        help="A table of confusions, the wrong answers it was surest of, or what moving the images does.",
    )
    if view == "shifted":
        _show_shifts(entry, themes, colours)
    elif view == "mistakes":
        _show_images(entry, told, told.mistakes(MOST_IMAGES), themes)
    else:
        _show_confusions(entry, told, themes)


def _keep(name: str):
    """Make the function that keeps a choice of this part of the page."""

    def keep(value: object) -> None:
        st.session_state[f"{PREFIX}{name}"] = value

    return keep


def _show_confusions(entry: Entry, told: Verdicts, themes: Themes) -> None:
    """Show the table, and the images of the cell that was clicked."""
    chosen = st.session_state.get(f"{PREFIX}cell")
    if chosen is None or max(chosen) >= len(entry.classes):
        chosen = _worst(told.confusion)
    table, images = st.columns([5, 4], gap="large")
    with table:
        confusion(
            told.confusion, entry.classes, chosen, themes=themes, key="li_confusion", on_cell=_keep("cell")
        )
    with images:
        real, said = chosen
        found = told.cell(real, said)
        what = "read right" if real == said else f"taken for {entry.classes[said]}"
        st.markdown(
            f"**{entry.classes[real]}**, {what}: {counted(len(found), 'image')}"
            + f", the surest {MOST_BESIDE} of them" * (len(found) > MOST_BESIDE)
        )
        _show_images(entry, told, found[:MOST_BESIDE], themes)


def _worst(counts: np.ndarray) -> tuple[int, int]:
    """Name the confusion that happened most often."""
    wrong = counts - np.diag(np.diag(counts))
    real, said = np.unravel_index(wrong.argmax(), wrong.shape)
    return int(real), int(said)


def _show_images(entry: Entry, told: Verdicts, places: np.ndarray, themes: Themes) -> None:
    """Show some images with what was said of them; one that is clicked is looked into."""
    if not len(places):
        st.markdown("There are none.")
        return
    data = data_of(entry.shown)
    names = entry.classes
    captions = [
        (
            f"{names[told.labels[place]]} → {names[told.said[place]]}",
            percent(float(told.shares[place].max())),
        )
        for place in places
    ]
    gallery(
        data.held_out.images[places],
        captions,
        peak=data.peak,
        themes=themes,
        key="li_gallery",
        on_image=lambda at: MEMORY.change(lambda old: replace(old, image=int(places[at]), drawn=False)),
    )
    st.caption(
        "True class, what it said, and how sure it was. Click an image to send it through the network."
    )


def _show_shifts(entry: Entry, themes: Themes, colours: Mapping[str, Sequence[str]]) -> None:
    """Show what becomes of the accuracy when images are moved."""
    asked = contenders(entry)
    told = [
        Line(
            f"{each.name}, {each.parameters:,} parameters",
            tuple(right / count for right, count in each.counts),
            tuple(interval(*counts) for counts in each.counts),
        )
        for each in asked
    ]
    picture, why = st.columns([3, 2], gap="large")
    with picture:
        label = "; ".join(f"{line.name}: " + ", ".join(map(percent, line.shares)) for line in told)
        axis = "pixels up, down, left and right"
        lines(told, axis=axis, label=label, colours=colours, themes=themes, key="li_lines")
    with why:
        moved = [percent(line.shares[2]) for line in told]
        text = f"Moved by 2 pixels, the network still gets **{moved[0]}** right"
        if len(moved) > 1:
            text += (
                f", a {{multilayer perceptron}} of as many parameters **{moved[1]}**. {{Weight sharing}} "
                "uses a {filter} at every place; a {fully connected layer} has to learn every place by itself"
            )
        text += ".\n\nWhat leaves the image is lost, so small images suffer more. Each distance was asked of "
        text += f"{asked[0].counts[1][1]:,} images, and bars are 95 % intervals."
        prose(text, key="li_why_shifted")
