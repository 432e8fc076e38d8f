"""From the builder to the training page: the link that trains a stack, or the sentence that says why not."""

from collections.abc import Mapping

import streamlit as st

from cnnviz.lessons.drawing import size_text
from cnnviz.model.datasets import DATASETS
from cnnviz.model.layers import Dense
from cnnviz.presets.layer_text import write_layers
from cnnviz.presets.networks import OWN, Plan
from cnnviz.presets.stack import Stack
from cnnviz.ui import train_state
from cnnviz.ui.memory import quoted, sentence
from cnnviz.ui.state import full_names

LAST = "A dense layer for the classes of the data takes the place of the last one."


def plan_for(stack: Stack) -> Plan:
    """Make the plan of a run on the first data whose images fit.

    Raises
    ------
    ValueError
        If there is no such data, a layer cannot be trained there, or the network is too large.
    """
    if stack.problem or not stack.graph:
        raise ValueError("all layers must fit before they can be trained")
    sources = [name for name, source in DATASETS.items() if source.input_shape == stack.input_shape]
    if not sources:
        known = sorted({source.input_shape for source in DATASETS.values()})
        sizes = " or ".join(map(size_text, known))
        raise ValueError(
            f"its input must be that of the data there, {sizes}, got {size_text(stack.input_shape)}"
        )
    architecture = stack.graph.architecture()
    layers = architecture.layers[:-1] if isinstance(architecture.layers[-1], Dense) else architecture.layers
    return Plan(sources[0], OWN, write_layers(layers))


def parameters_for(stack: Stack) -> Mapping[str, str]:
    """Write the parameters of the link; raises ValueError as `plan_for`."""
    return full_names(train_state.PREFIX, train_state.write_link(plan_for(stack)))


def offer_training(stack: Stack) -> None:
    """Offer to train a stack, or say in one sentence what is in the way."""
    try:
        parameters = parameters_for(stack)
    except ValueError as problem:
        st.caption(
            quoted(f"Not for the training page: {sentence(problem)[:1].lower()}{sentence(problem)[1:]}")
        )
        return
    st.page_link(
        "pages/train.py",
        label="Train this",
        icon=":material/model_training:",
        query_params=parameters,
        help=LAST,
    )
