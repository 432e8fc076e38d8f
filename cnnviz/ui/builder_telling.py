"""What the network builder says: what was refused, the formulas of the chosen layer, and where it began."""

import re
from dataclasses import replace

import streamlit as st

from cnnviz.lessons.drawing import foldable
from cnnviz.lessons.tellings import tellings
from cnnviz.model.counting import lines, totals
from cnnviz.presets.architectures import ARCHITECTURES, Published
from cnnviz.ui.builder_state import MEMORY, Built, past
from cnnviz.ui.memory import quoted

UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))
LABELS = {"output": "Output", "parameters": "Parameters", "operations": "Work", "receptive field": "Sees"}


def show_complaint() -> None:
    """Say what was refused last."""
    if MEMORY.complaint():
        st.warning(quoted(MEMORY.complaint()), icon=":material/error:")


def nothing_to_undo() -> str:
    """Say why nothing can be undone; empty if something can."""
    return "" if past() else "Nothing was changed since the page was opened."


def take_name(name: str) -> None:
    """Choose a layer of a network with branches; a folded stage opens."""
    built = MEMORY.now()
    stages = [stage for stage, _ in foldable(ARCHITECTURES[built.start].graph)]
    if name in stages:
        MEMORY.change(lambda now: replace(now, opened=(name,), layer=0))
    elif name in built.names or not name:
        layer = built.names.index(name) + 1 if name else 0
        MEMORY.change(lambda now: replace(now, layer=layer))


def tell_line(built: Built) -> None:
    """Write the formulas of the chosen layer with their numbers."""
    graph = built.graph
    place = built.layer - 1
    if graph is None:
        return
    counted = lines(graph, built.rules)
    if not 0 <= place < len(counted):
        total = totals(counted)
        st.caption(
            f"In memory: {memory(total.memory_inference)} to answer one example, "
            f"{memory(total.memory_training)} to learn from it. Choose a layer to see its formulas filled in."
        )
        return
    st.markdown(f"**{quoted(counted[place].node.name)}: {quoted(counted[place].node.layer.title)}**")
    for told in tellings(counted[place]):
        name, symbols, numbers = st.columns([1, 4, 5], vertical_alignment="center")
        name.caption(LABELS[told.what])
        symbols.markdown(f"${told.latex}$")
        numbers.markdown(f"${_stacked(told.filled)}$")


def _stacked(latex: str) -> str:
    """Set two lines under each other."""
    return rf"\begin{{aligned}}{latex}\end{{aligned}}" if r"\\" in latex else latex


def memory(count: int) -> str:
    """Write a number of bytes with the unit that fits."""
    for size, unit in UNITS:
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def tell_origin(built: Built) -> None:
    """Say what the architecture is that it began as, and where it is from."""
    record = ARCHITECTURES[built.start]
    st.subheader("Where it began", anchor=False)
    changed = "You have changed it. " if built.stack else ""
    st.markdown(f"**{record.title}.** {changed}{record.remark}")
    dated = re.search(r"\b(19|20)\d\d\b", record.paper) or not record.year
    st.caption(f"{record.paper}{'' if dated else f', {record.year}'}.")
    if not built.stack:
        for each in record.published:
            st.caption(f"Published: {_rounded(each)} {each.what}, {each.convention} ({each.source}).")
        for erratum in record.errata:
            st.info(erratum, icon=":material/history_edu:")


def _rounded(published: Published) -> str:
    """Write a published count, marked where it was told in round numbers."""
    return f"{'about ' if published.digits else ''}{published.count:,}"
