"""What can be done with a run on the page `train`: start it, go back, keep it and compare."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cnnviz.lessons.training import differences, layer_table, rates_text
from cnnviz.presets.networks import Plan
from cnnviz.ui import frame
from cnnviz.ui.memory import quoted
from cnnviz.ui.run_view import OVER
from cnnviz.ui.running import Run
from cnnviz.ui.runs import LETTERS, desk
from cnnviz.ui.train_data import load
from cnnviz.ui.train_state import MEMORY, PREFIX
from cnnviz.ui.train_view import Shown, shown

PROMPT = 0.4  # seconds that a single step may take before the page shows that it is under way


def on_desk(plan: Plan) -> Shown:
    """Look at the run on the desk; one that has not begun follows the settings."""
    held = desk()
    if held.run is None or (held.run.plan != plan and held.run.look().status == "ready"):
        held.take(Run(plan, load(plan.source)))
    return now()


def now() -> Shown:
    """Look at the run on the desk, at the moment that was chosen."""
    held = desk()
    if held.run is None:
        raise ValueError("desk must have a run, got none")
    return shown(held.run, held.at)


def begin(plan: Plan, remark: str) -> None:
    """Show a plan and start it."""
    MEMORY.put(plan)
    MEMORY.complain("")
    run = Run(plan, load(plan.source))
    desk().take(run, remark)
    run.start()


def _renew(start: bool = False) -> None:
    """Put a fresh run of the settings on the desk."""
    plan, held = MEMORY.now(), desk()
    run = Run(plan, load(plan.source))
    held.take(run, held.remark if held.run and held.run.plan == plan else "")
    if start:
        run.start()


def _go(run: Run, steps: int | None = None) -> None:
    """Go on, and look at what comes."""
    desk().at = None
    run.start(steps)
    if steps:
        run.wait(PROMPT)


def _keep() -> None:
    """Put the network aside."""
    desk().keep()


def buttons(what: Shown) -> None:
    """Offer what can be done with the run as it stands."""
    run, status = what.run, what.view.status
    choices: dict[str, tuple[str, str, Callable[..., None], tuple[Any, ...], str]] = {
        "ready": ("Start", "play_arrow", _go, (run,), "Trains to the end; everything below follows."),
        "running": ("Pause", "pause", run.pause, (), "Stands still; Resume goes on from there."),
        "waiting": ("Pause", "pause", run.pause, (), "Leaves the queue."),
        "paused": ("Resume", "play_arrow", _go, (run,), "Goes on from the last step."),
        "resting": ("Resume", "play_arrow", _go, (run,), "Goes on from the last step."),
    }
    again = ("Start again", "replay", _renew, (True,), "Begins a new run with these settings.")
    label, icon, action, arguments, said = choices.get(status, again)
    st.button(
        label, key=f"{PREFIX}go", type="primary", icon=f":material/{icon}:", on_click=action, args=arguments,
        help=said,
    )  # fmt: skip
    _button(
        "Step", "skip_next", lambda: _go(run, 1), status in ("ready", "paused", "resting"),
        "Learns from one batch.", "Pause first, or reset.",
    )  # fmt: skip
    _button(
        "Stop", "stop", run.stop, status not in ("ready", *OVER),
        "Ends the run here and asks it about all held-out images.", "Nothing goes on.",
    )  # fmt: skip
    changed = run.plan != MEMORY.now()
    _button(
        "Reset", "restart_alt", _renew, status != "ready" or changed,
        "Back to first weights, with the settings above.", "The run has not begun.",
    )  # fmt: skip
    _button(
        "Keep", "bookmark_add", _keep, status != "ready" and len(desk().kept) < len(LETTERS),
        "Puts the network of this moment aside, to be compared and to vote.",
        "There is nothing to keep yet, or six are kept already.",
    )  # fmt: skip


def present_button() -> None:
    """Offer the presenter view."""
    st.button(
        "Present",
        key=f"{PREFIX}present",
        on_click=frame.present,
        args=(True,),
        help="Shows the run large, without settings and navigation.",
    )


def _button(
    label: str, icon: str, action: Callable[[], None], possible: bool, said: str, closed: str
) -> None:
    """Offer an action, or say why it is closed."""
    st.button(
        label,
        key=f"{PREFIX}{label.lower()}",
        icon=f":material/{icon}:",
        on_click=action,
        disabled=not possible,
        help=said if possible else f"{said} Closed: {closed[0].lower()}{closed[1:]}",
    )


def complain() -> None:
    """Say what was refused."""
    if MEMORY.complaint():
        st.warning(quoted(MEMORY.complaint()), icon=":material/error:")


def remarks(what: Shown) -> None:
    """Say what to look at, what went wrong, and what the settings are for."""
    held = desk()
    if what.view.error:
        st.error(what.view.error, icon=":material/error:")
    if what.run.plan != MEMORY.now():
        st.info("The settings above are for the next run: Reset begins it.", icon=":material/info:")
    elif held.remark:
        st.info(held.remark, icon=":material/visibility:")


def continue_from(what: Shown) -> None:
    """Offer to go on from the moment that is looked at, at another rate if one likes."""
    if what.place is None:
        st.caption("Move the timeline to go back: everything here then shows that moment.")
        return
    step = what.view.moments[what.place].step
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        rate = st.number_input(
            "Rate from here",
            1e-5,
            100.0,
            what.run.recipe.rate,
            format="%g",
            step=what.run.recipe.rate / 2,
            key=f"{PREFIX}new_rate_{step}",
            help="The learning rate after this moment: lower it where the loss jumps.",
            width=150,
        )
        st.button(
            f"Continue from step {step:,}",
            key=f"{PREFIX}continue",
            icon=":material/history:",
            on_click=_go_back,
            args=(what.run, step, rate),
            help="Forgets what came after this moment, and goes on from it.",
        )


def _go_back(run: Run, step: int, rate: float) -> None:
    """Go on from a moment."""
    run.rewind(step, rate)
    _go(run)


def compare() -> None:
    """Show the kept runs side by side, in what they differ, and how they vote."""
    held = desk()
    if not held.kept:
        st.caption("Keep a run to compare it with others: up to six, with their curves above.")
        return
    rows = {
        "Held-out accuracy": [f"{100 * one.moment.accuracy:.1f} %" for one in held.kept],
        "Step": [f"{one.moment.step:,}" for one in held.kept],
        "Parameters": [f"{one.recipe.architecture.parameter_count:,}" for one in held.kept],
        **differences([one.plan for one in held.kept]),
    }
    if any(len(one.rates) > 1 for one in held.kept):
        rows["Rate"] = [rates_text(one.rates) for one in held.kept]
    if len(held.kept) == 1:
        rows["Network"] = [held.kept[0].plan.network]
    head = " | ".join(["", *(one.letter for one in held.kept)])
    body = "\n".join(f"| {name} | {' | '.join(values)} |" for name, values in rows.items())
    st.markdown(f"| {head} |\n|{':--|' * (len(held.kept) + 1)}\n{body}")
    voted = held.vote()
    if voted:
        letters, accuracy = voted
        st.markdown(
            f"{', '.join(letters)} vote by the mean of their shares: **{100 * accuracy:.1f} %** "
            "held-out accuracy."
        )
    st.button(
        "Forget kept runs",
        key=f"{PREFIX}forget",
        on_click=held.kept.clear,
        help="Removes them from curves and vote.",
    )


def table(what: Shown) -> None:
    """Show the layers with their shapes and parameters."""
    st.markdown(layer_table(what.run.recipe.architecture))
