"""A page with nothing but a sliding window, chosen by the address: what its browser tests drive.

Another ``round`` in the address starts everything over in the open page.
"""

import numpy as np
import streamlit as st

from cnnviz.figures.theme import THEMES
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_text import read_matrix
from cnnviz.ui import frame
from cnnviz.ui.components.sliding_window import BlockEdit, CellEdit, sliding_window
from cnnviz.window import window_pair

st.set_page_config(page_title="Sliding window", layout="wide")
frame._settle_view()  # as the frame does, which is not here
chosen = st.query_params
number = chosen.get("round", "")
size, kernel_size = int(chosen.get("size", 6)), int(chosen.get("kernel", 3))
random = np.random.default_rng(7)


def first_matrices() -> dict[str, np.ndarray]:
    if "reals" in chosen:
        return {"input": random.normal(size=(size, size)), "kernel": random.normal(size=(kernel_size,) * 2)}
    image = random.integers(0, 10, (size, size))
    return {"input": image.astype(float), "kernel": random.integers(-2, 3, (kernel_size,) * 2).astype(float)}


matrices = st.session_state.setdefault(f"matrices-{number}", first_matrices())
heard = st.session_state.setdefault(f"heard-{number}", [])
if "strange" in chosen:
    matrices["input"][0, :3] = np.nan, np.inf, -0.0


def apply(edit: CellEdit | BlockEdit) -> None:
    if isinstance(edit, CellEdit):
        matrices[edit.grid][edit.row, edit.column] = edit.value
        return
    try:
        matrices[edit.grid] = np.array(read_matrix(edit.text))
    except ValueError as refused:
        st.session_state.refused = str(refused)


@st.fragment
def lesson() -> None:
    rows, columns = window_pair(
        matrices["kernel"].shape,
        stride=int(chosen.get("stride", 1)),
        padding=int(chosen.get("padding", 1)),
        dilation=int(chosen.get("dilation", 1)),
    )
    trace = Trace(matrices["input"][None], matrices["kernel"][None], rows, columns, flip="flip" in chosen)
    moment = sliding_window(
        trace,
        key=f"demo-{number}",
        themes=THEMES,
        step=int(chosen.get("step", 0)),
        present=frame.presenting(),
        on_edit=apply,
    )
    if heard[-1:] != [moment.step]:
        heard.append(moment.step)
    st.caption(f"Python knows step {moment.step}.")
    st.caption(f"It heard of {heard}.")
    if refused := st.session_state.pop("refused", None):
        st.error(refused)


st.text_input("Notes", key=f"notes-{number}")
if st.checkbox("Show the picture", value=True, key=f"show-{number}"):
    lesson()
