"""A moment of a run as a file, and a file as a run that can be continued."""

import streamlit as st

from cnnviz.model import saving
from cnnviz.model.datasets import DATASETS
from cnnviz.presets.layer_text import write_layers
from cnnviz.presets.networks import NETWORKS, OWN, Plan
from cnnviz.ui.memory import sentence
from cnnviz.ui.running import Run
from cnnviz.ui.runs import desk
from cnnviz.ui.train_data import load
from cnnviz.ui.train_state import MEMORY, PREFIX
from cnnviz.ui.train_view import Shown

PREPARED = ("by_class", "examples", "wrong")  # settings of a plan that change its data


def save_and_load(what: Shown) -> None:
    """Offer the moment as a file, and take one."""
    run, state = what.run, what.state
    st.download_button(
        f"Save step {state.step:,}",
        lambda: saving.save(run.recipe, run.data, state, prepared(run.plan)),
        f"network_step_{state.step}.npz",
        "application/octet-stream",
        key=f"{PREFIX}save",
        on_click="ignore",
        help="The network as it is now, with all that is needed to go on.",
        width="stretch",
    )
    st.file_uploader(
        "Load a saved network",
        type="npz",
        key=f"{PREFIX}load",
        on_change=_load,
        help="Takes the place of the run that is shown; it can be continued.",
    )


def _load() -> None:
    """Put a saved run on the desk, or say what is wrong with its file."""
    file = st.session_state[f"{PREFIX}load"]
    if file is None:
        return
    try:
        saved = saving.load(file.getvalue())
        plan = plan_of(saved)
        data = load(plan.source)
        saved.check_data(plan.lessons(data))
        MEMORY.put(plan)
        MEMORY.complain("")
        desk().take(Run(plan, data, state=saved.state))
    except ValueError as problem:
        MEMORY.complain(sentence(problem).replace("..", "."))


def prepared(plan: Plan) -> dict[str, bool | int | float]:
    """Name what was done to the data, if it is not as it comes."""
    return {name: getattr(plan, name) for name in PREPARED if getattr(plan, name) != getattr(Plan, name)}


def plan_of(saved: saving.Saved) -> Plan:
    """Find the settings that give a saved recipe, or raise a ValueError."""
    recipe, origin = saved.recipe, saved.origin
    if origin.name not in DATASETS or not DATASETS[origin.name].here:
        raise ValueError(f"data must be here to go on with this network, and {origin.name!r:.40} is not")
    for network in (*NETWORKS, OWN):
        try:
            plan = Plan(
                origin.name,
                network,
                write_layers(recipe.architecture.layers[:-1]) if network == OWN else Plan.stack,
                type(recipe.optimizer).__name__,
                recipe.rate,
                type(recipe.schedule).__name__,
                recipe.batch,
                recipe.epochs,
                recipe.seed,
                recipe.initialisation,
                recipe.scaling,
                recipe.loss,
                recipe.shuffle,
                warm_up=recipe.schedule.warm_up,
                **{name: saved.prepared.get(name, getattr(Plan, name)) for name in PREPARED},
            )
        except ValueError:
            continue
        if plan.recipe() == recipe:
            return plan
    raise ValueError("network must be one of the menu with its usual settings, got another one")
