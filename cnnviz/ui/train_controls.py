"""The controls of the page `train`: what to learn from, what to train, and how."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import floor, log10
from typing import Any, Literal

import streamlit as st

from cnnviz.lessons.training import schedule_text
from cnnviz.model.data import SCALINGS
from cnnviz.model.datasets import DATASETS
from cnnviz.model.initialisation import INITIALISATIONS
from cnnviz.model.loss import LOSSES
from cnnviz.model.optimizers import OPTIMIZERS
from cnnviz.model.schedules import SCHEDULES
from cnnviz.model.training import MOST_IN_A_BATCH
from cnnviz.presets.layer_text import LONGEST, SPELLING
from cnnviz.presets.networks import (
    FAILURES,
    LEAST_EXAMPLES,
    LEAST_RATE,
    MOST_EPOCHS,
    MOST_RATE,
    MOST_SEED,
    MOST_WARM_UP,
    MOST_WRONG,
    NETWORKS,
    OWN,
    Plan,
    fitting,
)
from cnnviz.ui.controls import choose, choose_text, choose_whole, fold
from cnnviz.ui.following import asker, followed
from cnnviz.ui.train_state import MEMORY, PREFIX, with_optimizer, with_source


def _set(name: str) -> Callable[[Any], None]:
    """Make the function that changes one setting."""
    return lambda value: MEMORY.change(lambda plan: replace(plan, **{name: value}))


def _remarks(table: Mapping[str, Any]) -> str:
    """List what each choice does."""
    remark = {name: getattr(record, "remark", None) or record.REMARK for name, record in table.items()}
    return "\n".join(f"- **{name}**: {text}" for name, text in remark.items())


def _menu(label: str, name: str, plan: Plan, table: Mapping[str, Any], **options) -> None:
    """Offer the names of a table."""
    names = {each: each for each in table}
    change = options.pop("change", _set(name))
    said = options.pop("help", "") or _remarks(table)
    choose(label, getattr(plan, name), names, change, key=f"{PREFIX}{name}", help=said, **options)


def choose_plan(plan: Plan) -> None:
    """Offer all settings of a run in one row, the rare ones folded away."""
    with (
        fold("Settings", key=PREFIX),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"{PREFIX}controls"),
    ):
        _menu(
            "Data", "source", plan, DATASETS,
            change=lambda name: MEMORY.change(lambda now: with_source(now, name)), width=160,
        )  # fmt: skip
        fits = fitting(DATASETS[plan.source].input_shape)
        closed = [name for name in NETWORKS if name not in fits]
        reason = f"\n\n{', '.join(closed)} is closed: it needs images of 28 × 28." if closed else ""
        own = f"\n- **{OWN}**: a stack of your own, under More."
        _menu(
            "Network", "network", plan, {name: NETWORKS.get(name) for name in (*fits, OWN)},
            help=_remarks({name: NETWORKS[name] for name in fits}) + own + reason, width=140,
        )  # fmt: skip
        _menu(
            "Optimizer", "optimizer", plan, OPTIMIZERS,
            change=lambda name: MEMORY.change(lambda now: with_optimizer(now, name)), width=118,
        )  # fmt: skip
        choose_rate(plan)
        _whole(
            "Batch", "batch", plan, (1, MOST_IN_A_BATCH), "Images to a step: more make it surer, and slower."
        )
        _whole("Epochs", "epochs", plan, (1, MOST_EPOCHS), "How often every training image is seen.")
        _menu("Pixels", "scaling", plan, SCALINGS, width=138)
        with st.popover("More", icon=":material/tune:"):
            choose_more(plan)


def choose_rate(plan: Plan) -> None:
    """Offer the learning rate."""
    key = followed(f"{PREFIX}rate", plan.rate)
    st.number_input(
        "Rate",
        LEAST_RATE,
        MOST_RATE,
        plan.rate,
        step=10.0 ** floor(log10(plan.rate)),
        format="%g",
        key=key,
        on_change=asker(key, _set("rate")),
        help="How far a step goes along the gradient: too small learns slowly, too large jumps about. "
        + schedule_text(plan),
        width=84,
    )


def _whole(
    label: str,
    name: str,
    plan: Plan,
    bounds: tuple[int, int],
    said: str,
    width: int | Literal["stretch"] = 78,
) -> None:
    """Offer a whole number."""
    choose_whole(
        label, getattr(plan, name), bounds, _set(name), key=f"{PREFIX}{name}", help=said, width=width
    )


def choose_more(plan: Plan) -> None:
    """Offer what most runs leave as it is."""
    left, right = st.columns(2)
    with left:
        _menu("First weights", "initialisation", plan, INITIALISATIONS)
        _whole(
            "Seed",
            "seed",
            plan,
            (0, MOST_SEED),
            "Draws first weights and order anew; the same seed repeats a run.",
            width="stretch",
        )
        _switch(
            "Shuffle each epoch",
            "shuffle",
            plan,
            "Off: every epoch has the same order, and the same batches.",
        )
        _whole(
            "Training images, 0 for all", "examples", plan, (0, plan.count),
            f"Keeps the first ones only, at least {LEAST_EXAMPLES}: few are learned by heart.",
            width="stretch",
        )  # fmt: skip
    with right:
        _menu("Schedule", "schedule", plan, SCHEDULES)
        _share(
            "Warm-up, epochs", "warm_up", plan, MOST_WARM_UP,
            "The rate rises from 0 for so long: momentum gathers before the steps are large.",
        )  # fmt: skip
        _menu("Loss", "loss", plan, LOSSES)
        _switch(
            "Sort by class",
            "by_class",
            plan,
            "On: all 0s come first, then all 1s. Seen if the order is not shuffled.",
        )
        _share(
            "Share of wrong labels", "wrong", plan, MOST_WRONG,
            "Gives so many training images another label; the held-out ones stay right.",
        )  # fmt: skip
    if plan.network == OWN:
        choose_text(
            "Own layers, one a line",
            plan.stack,
            _set("stack"),
            key=f"{PREFIX}stack",
            height=150,
            max_chars=LONGEST,
            help=f"An activation by its name, or: {SPELLING}. A dense layer for the classes is added.",
        )


def _share(label: str, name: str, plan: Plan, most: float, said: str) -> None:
    """Offer a number from 0 on, in tenths."""
    key = followed(f"{PREFIX}{name}", getattr(plan, name))
    st.number_input(
        label,
        0.0,
        most,
        getattr(plan, name),
        step=0.1,
        format="%g",
        key=key,
        on_change=asker(key, _set(name)),
        help=said,
    )


def _switch(label: str, name: str, plan: Plan, said: str) -> None:
    """Offer to turn something on or off."""
    on = getattr(plan, name)
    key = followed(f"{PREFIX}{name}", on)
    st.toggle(label, on, key=key, help=said, on_change=asker(key, _set(name)))


def choose_failure(begin: Callable[[Plan, str], None]) -> None:
    """Offer runs that go wrong, one click each."""
    for name, failure in FAILURES.items():
        st.button(
            failure.title,
            key=f"{PREFIX}failure_{name}",
            on_click=begin,
            args=(failure.plan, failure.look),
            help=failure.look,
            width="stretch",
        )
