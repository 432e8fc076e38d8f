"""Files of the network builder: pictures, programs and JSON to take along, and JSON to bring back."""

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from cnnviz.lessons import export_json
from cnnviz.lessons.drawing import shown_parts
from cnnviz.lessons.drawing_layout import Drawing, lay_out
from cnnviz.lessons.export_keras import keras_lines
from cnnviz.lessons.export_torch import torch_lines
from cnnviz.model.graph import Graph
from cnnviz.presets.stack import stack_of
from cnnviz.ui import files, frame, lesson
from cnnviz.ui.builder_state import MEMORY, PREFIX, Built, edit
from cnnviz.ui.state import link

Draw = Callable[[Drawing, str, str], bytes]
PROGRAMS: dict[str, Callable[[Graph], str]] = {
    "PyTorch": lru_cache(32)(torch_lines),
    "Keras": lru_cache(32)(keras_lines),
    "JSON": lru_cache(32)(lambda graph: export_json.write_json(graph).decode()),
}
FILES = {"PyTorch": ("network.py", "text/x-python"), "Keras": ("network_keras.py", "text/x-python")}


def take_along(built: Built, svg: Draw, png: Draw) -> None:
    """Offer the presenter view, the link and the files."""
    if st.button(
        "Present", key=f"{PREFIX}present", help="Drawing and table large, without controls. P does the same."
    ):
        frame.present(True)
        st.rerun()
    # Opening these asks for no run: it would make the buttons anew while somebody presses one.
    with st.popover("Share", key=f"{PREFIX}share"):
        st.code(link(PREFIX, MEMORY.write(built)), language=None, wrap_lines=True)
        st.caption("The link carries the input, all layers and the rules. The address bar holds the same.")
    with st.popover("Save and load", key=f"{PREFIX}files"):
        _offer_files(built, svg, png)


def _offer_files(built: Built, svg: Draw, png: Draw) -> None:
    """Offer pictures, programs and JSON of what fits, and take JSON."""
    graph = built.graph
    theme = lesson.choose_appearance(PREFIX)
    if graph is None:
        st.caption("There is nothing to save yet.")
    else:
        drawing, title = lay_out(shown_parts(graph, built.opened)), built.title
        files.offer(
            "Picture, PNG", "network.png", "image/png", png, drawing, title, theme, key=f"{PREFIX}png"
        )
        files.offer(
            "Picture, SVG", "network.svg", "image/svg+xml", svg, drawing, title, theme, key=f"{PREFIX}svg"
        )
        for label, (name, mime) in FILES.items():
            files.offer(
                f"Program, {label}", name, mime, _encoded, PROGRAMS[label], graph, key=f"{PREFIX}{label}"
            )
        files.offer(
            "Layers, JSON",
            "network.json",
            "application/json",
            export_json.write_json,
            graph,
            key=f"{PREFIX}json",
        )
        if built.editing and built.editing.problem:
            st.caption("Only the layers that fit are saved.")
    st.file_uploader(
        "Load JSON",
        type="json",
        key=f"{PREFIX}load",
        on_change=_load,
        help="A network saved here takes the place of the one that is shown.",
    )


def _encoded(write: Callable[[Graph], str], graph: Graph) -> bytes:
    return (write(graph) + "\n").encode()


def _load() -> None:
    """Take a saved chain, or say why not."""
    file = st.session_state[f"{PREFIX}load"]
    if file is None:
        return
    edit(lambda built: built.with_stack(stack_of(export_json.read_json(file.getvalue())), 0))
