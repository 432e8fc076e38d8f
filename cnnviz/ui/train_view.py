"""What the parts of the page `train` show of a run, at the moment that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnviz.lessons.training import confusion, mistake_text, mistakes, pace_text, progress_text
from cnnviz.model.data import Data
from cnnviz.model.network import Network
from cnnviz.model.training import State, network_of
from cnnviz.ui.components import plain
from cnnviz.ui.run_view import View
from cnnviz.ui.running import Run
from cnnviz.ui.runs import Kept
from cnnviz.ui.train_history import Moment

MOST_MISTAKES = 12
USUAL_LOSS = 2.5  # the axis is at least so high: a guess among ten costs 2.3
STATUS = {
    "ready": "Ready",
    "running": "Training",
    "paused": "Paused",
    "stopped": "Stopped",
    "done": "Done",
    "failed": "Failed",
}


@dataclass(frozen=True)
class Shown:
    """A run, how it stands, and which of its moments is looked at; None is now."""

    run: Run
    view: View
    place: int | None

    @property
    def moment(self) -> Moment | None:
        """The moment whose answers are told: the chosen one, or the last."""
        moments = self.view.moments
        return moments[self.place if self.place is not None else -1] if moments else None

    @property
    def state(self) -> State:
        """The state that everything shows."""
        return self.view.state if self.place is None else self.view.moments[self.place].state

    @property
    def data(self) -> Data:
        """What the run learns from."""
        return self.run.data

    def network(self) -> Network:
        """Give the network as it was at that moment."""
        return network_of(self.run.recipe, self.run.data, self.state)

    def epoch(self, step: int) -> float:
        """Turn steps into epochs."""
        return step / self.view.steps * self.run.recipe.epochs


def shown(run: Run, at: int | None) -> Shown:
    """Look at a run; a moment that is no longer there is now."""
    view = run.look()
    steps = [moment.step for moment in view.moments]
    return Shown(run, view, steps.index(at) if at in steps else None)


def status_text(what: Shown) -> str:
    """Say in a line how the run stands."""
    view, recipe = what.view, what.run.recipe
    if view.status == "waiting":
        return f"**Waiting**: {view.ahead} ahead of you. It begins by itself."
    if view.status == "resting":
        return "**Resting**, as nobody looked for a while. Resume to go on."
    told = f"**{STATUS[view.status]}.** {progress_text(view.state.step, view.steps, recipe.epochs)}."
    if view.moments:
        told += f" Held-out accuracy {100 * view.moments[-1].accuracy:.1f} %."
    if view.status in ("running", "paused"):
        told += f" Rate {recipe.rate_at(min(view.state.step, view.steps - 1), len(what.data.train)):.2g}."
    pace = pace_text(view.speed, view.steps - view.state.step, recipe.batch) if view.live else ""
    return f"{told} {pace}." if pace else told


def curves(what: Shown, kept: Sequence[Kept]) -> dict[str, Any]:
    """Write the curves and the timeline for their component."""
    view = what.view
    moments = _written([(what.epoch(m.step), m.loss, m.accuracy) for m in view.moments])
    return {
        "points": _written([(what.epoch(p.step), p.loss, p.accuracy) for p in view.points]),
        "moments": [
            {"step": moment.step, "epoch": epoch, "loss": loss, "accuracy": accuracy}
            for moment, (epoch, loss, accuracy) in zip(view.moments, moments, strict=True)
        ],
        "now": {"step": view.state.step, "epoch": what.epoch(view.state.step)},
        "steps": view.steps,
        "epochs": max([what.run.recipe.epochs, *(one.recipe.epochs for one in kept)]),
        "highest": plain(_highest(what, kept)),
        "at": -1 if what.place is None else what.place,
        "kept": [{"letter": one.letter, "points": _written(one.curve)} for one in kept],
    }


def _written(points: Sequence[tuple[float, float, float]]) -> list[Any]:
    """Write epoch, loss and accuracy of each point short; all at once, as this is done twice a second."""
    return plain(np.round(np.array(points).reshape(-1, 3), 5))


def _highest(what: Shown, kept: Sequence[Kept]) -> float:
    """Choose the top of the axis of losses, so that a few wild ones leave the others readable."""
    losses = [point.loss for point in what.view.points] + [moment.loss for moment in what.view.moments]
    losses += [loss for one in kept for _, loss, _ in one.curve]
    finite = np.array([loss for loss in losses if np.isfinite(loss)] or [0.0])
    return float(max(USUAL_LOSS, min(finite.max(), 4 * np.quantile(finite, 0.8))) * 1.04)


def gradients(what: Shown) -> list[dict[str, Any]]:
    """List the layers that learn, with the size of the gradient in the step after the moment."""
    step = what.state.step
    later = [point for point in what.view.points if point.step > step]
    point = later[0] if later else (what.view.points[-1] if what.view.points else None)
    layers = what.run.recipe.architecture.layers
    sizes = point.sizes if point else (None,) * len(layers)
    rows = what.run.recipe.architecture.rows()
    return [
        {"title": row.layer.title, "size": None if size is None else plain(size)}
        for row, size in zip(rows, sizes, strict=True)
        if row.parameters
    ]


def guess(what: Shown, network: Network, place: int) -> dict[str, Any]:
    """Ask about one held-out image."""
    examples, classes = what.data.held_out, what.data.classes
    shares = network.shares(examples.images[place : place + 1])[0]
    label, answer = int(examples.labels[place]), int(np.argmax(shares))
    sure = float(shares[answer])
    told = (
        "NaN: the network has no answer."
        if np.isnan(sure)
        else f"It is {classes[label]}, "
        + ("and it says so." if answer == label else f"but it says {classes[answer]}.")
    )
    return {"classes": list(classes), "shares": plain(shares), "label": label, "told": told}


def wrong_answers(what: Shown) -> list[Any]:
    """List the surest mistakes of the moment."""
    moment = what.moment
    if moment is None:
        return []
    labels = what.data.held_out.labels[: len(moment.answers)]
    return mistakes(moment.answers, moment.shares, labels, MOST_MISTAKES)


def answers(what: Shown, pictures: Sequence[str]) -> dict[str, Any] | None:
    """Write the confusion matrix of the moment, and the mistakes with their pictures."""
    moment, classes, held_out = what.moment, what.data.classes, what.data.held_out
    if moment is None:
        return None
    count = len(moment.answers)
    labels = held_out.labels[:count]
    which = (
        f"the {count:,} held-out images"
        if count == len(held_out)
        else (f"the first {count:,} of {len(held_out):,} held-out images")
    )
    right = int((moment.answers == labels).sum())
    return {
        "classes": list(classes),
        "counts": plain(confusion(moment.answers, labels, len(classes))),
        "told": f"At step {moment.step:,}, {right:,} of {which} are right: {100 * moment.accuracy:.1f} %.",
        "mistakes": [
            {"url": url, "told": mistake_text(each, classes), "place": each.place}
            for each, url in zip(wrong_answers(what), pictures, strict=True)
        ],
        "none": "There are none." if right == count else "Nothing was answered.",
    }
