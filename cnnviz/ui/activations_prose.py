"""What the page of activations says of its functions below the picture."""

import streamlit as st

from cnnviz.lessons import activations_explain as explain
from cnnviz.lessons.activations import Telling
from cnnviz.presets.activations import KNOWN, ActivationSetup
from cnnviz.ui.activations_state import LESSON
from cnnviz.ui.prose import prose


def tell_functions(setup: ActivationSetup) -> None:
    """Say what there is to say about what is shown."""
    st.subheader("Why", anchor=False)
    prose(explain.WHY[setup.view], key=f"{LESSON.prefix}why")
    telling = Telling(setup)
    for at, name in enumerate(setup.names if setup.view != "softmax" else ()):
        record = KNOWN[name]
        lines = [record.latex, record.latex_df]
        lines += [explain.worked(telling, at)] if setup.view != "photo" else []
        st.markdown("  \n".join([f"**{name}.** {record.remark}", *(f"${line}$" for line in lines)]))
        st.caption(f"Saturates: {record.saturates} {record.source}.")
