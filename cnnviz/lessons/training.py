"""What there is to say about a network in training: its table of layers, its progress, its answers.

All numbers come from the model; here they become rows and sentences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

import numpy as np

from cnnviz.model.architecture import Architecture, Row
from cnnviz.model.schedules import SCHEDULES
from cnnviz.presets.networks import OWN, Plan

SETTINGS = {
    "source": "Data",
    "network": "Network",
    "stack": "Layers",
    "optimizer": "Optimizer",
    "rate": "Rate",
    "schedule": "Schedule",
    "warm_up": "Warm-up, epochs",
    "batch": "Batch",
    "epochs": "Epochs",
    "seed": "Seed",
    "initialisation": "First weights",
    "scaling": "Pixels",
    "loss": "Loss",
    "shuffle": "Shuffled",
    "by_class": "Sorted by class",
    "examples": "Training images",
    "wrong": "Wrong labels",
}


def size_text(shape: Sequence[int]) -> str:
    """Write the shape of one example: maps and their size, or a number of units."""
    if len(shape) == 1:
        return f"{shape[0]:,}"
    channels, height, width = shape
    return f"{channels} × {height} × {width}"


def count_text(row: Row) -> str:
    """Count the parameters of a layer with its numbers; empty if it learns nothing."""
    products = [" · ".join(map(str, shape)) for shape in row.parameters.values()]
    return f"{' + '.join(products)} = {row.parameter_count:,}" if products else ""


def layer_table(architecture: Architecture) -> str:
    """Write the layers with their shapes, parameters and work as a table, totals last."""
    lines = ["| Layer | Output | Parameters | Multiplications |", "|:--|:--|:--|--:|"]
    lines.append(f"| Image | {size_text(architecture.input_shape)} | | |")
    for row in architecture.rows():
        work = f"{row.macs:,}" if row.macs else ""
        title, size = (_whole(text) for text in (row.layer.title, size_text(row.output_shape)))
        lines.append(f"| {title} | {size} | {count_text(row)} | {work} |")
    lines.append(f"| **Total** | | **{architecture.parameter_count:,}** | **{architecture.macs:,}** |")
    return "\n".join(lines)


def _whole(text: str) -> str:
    """Keep words of a table on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def span_text(seconds: float) -> str:
    """Write a time that is left."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def progress_text(step: int, steps: int, epochs: int) -> str:
    """Say how far a run has come."""
    epoch = min(epochs, step * epochs // steps + 1)
    return f"Step {step:,} of {steps:,}, epoch {epoch} of {epochs}"


def pace_text(speed: float | None, left: int, batch: int) -> str:
    """Say how fast a run goes and when it will be over; empty while nobody knows."""
    if not speed:
        return ""
    return f"{speed:,.0f} images/s, {span_text(left * batch / speed)} left"


def confusion(answers: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """Count the answers: a row for each right class, a column for each answer, the last one for none."""
    counts = np.zeros((classes, classes + 1), np.int64)
    np.add.at(counts, (labels, np.where(answers < 0, classes, answers)), 1)
    return counts


class Mistake(NamedTuple):
    """A held-out image that was misread: its place, right class, answer, and the share given to that."""

    place: int
    label: int
    answer: int
    share: float


def mistakes(answers: np.ndarray, shares: np.ndarray, labels: np.ndarray, most: int) -> list[Mistake]:
    """List the wrong answers that were given most surely; those without an answer are left out."""
    wrong = np.flatnonzero((answers != labels) & (answers >= 0))
    first = wrong[np.argsort(-shares[wrong], kind="stable")[:most]]
    return [Mistake(int(at), int(labels[at]), int(answers[at]), float(shares[at])) for at in first]


def mistake_text(mistake: Mistake, classes: Sequence[str]) -> str:
    """Say what was read as what."""
    return f"{classes[mistake.label]} read as {classes[mistake.answer]}, {100 * mistake.share:.0f} %"


def schedule_text(plan: Plan) -> str:
    """Say what becomes of the learning rate during a run."""
    remark = SCHEDULES[plan.schedule].REMARK
    told = f"{plan.schedule}: {remark[:1].lower()}{remark[1:]}"
    return f"It rises to {plan.rate:g} for {plan.warm_up:g} epochs. {told}" if plan.warm_up else told


def rates_text(rates: Sequence[tuple[int, float]]) -> str:
    """Write the learning rates of a run, each but the first with the step from which it counted."""
    first, *others = rates
    return ", ".join([f"{first[1]:g}", *(f"{rate:g} from step {step:,}" for step, rate in others)])


def differences(plans: Sequence[Plan]) -> dict[str, list[str]]:
    """Name the settings in which runs differ, with the value of each run."""
    told = [_settings(plan) for plan in plans]
    return {name: [each[name] for each in told] for name in SETTINGS.values() if _differ(told, name)}


def _differ(told: Sequence[Mapping[str, str]], name: str) -> bool:
    return len({each[name] for each in told}) > 1


def _settings(plan: Plan) -> dict[str, str]:
    """Write the settings of a run for a table."""
    values = asdict(plan)
    values["stack"] = str(plan.architecture()) if plan.network == OWN else "as named"
    values["examples"] = values["examples"] or "all"
    values["wrong"] = f"{100 * plan.wrong:.0f} %"
    return {title: _written(values[name]) for name, title in SETTINGS.items()}


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def vote(shares: Sequence[np.ndarray], labels: np.ndarray) -> float:
    """Let networks vote by the mean of their shares, NaN as none; give the share of right answers."""
    return float((np.nan_to_num(shares).mean(axis=0).argmax(axis=1) == labels).mean())
