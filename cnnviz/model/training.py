"""Training: a recipe, and a pure step that is repeated.

`step` takes a state and gives the next one; what it draws comes from the seed and the number of the step. So
a run can be paused, rewound to any state that was kept, continued elsewhere and saved at any step. A batch is
dealt out in shards of fixed size whose gradients are added up in order: any number of threads gives the same
bits.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cnnviz.kernels.gathering import scaled
from cnnviz.kernels.threads import limited_to, share_out
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import Data
from cnnviz.model.initialisation import initial_parameters, initial_statistics
from cnnviz.model.loss import LOSSES
from cnnviz.model.network import Network
from cnnviz.model.passes import Lesson, learn_from
from cnnviz.model.randomness import stream
from cnnviz.model.recipe import MOST_IN_A_BATCH, Recipe

SHARDS = 16, 32  # examples, at least and at most; never chosen by the threads, as sums of gradients differ
LARGE_SHARD = 64
OFTEN = 4  # weights used so many times for an example are worth reading again for every small shard


@dataclass(frozen=True, eq=False)
class State:
    """A moment of a run: the vectors, and how many steps were taken. It is never changed."""

    parameters: np.ndarray
    statistics: np.ndarray
    kept: np.ndarray  # by the optimizer, a row for each vector
    step: int = 0


class Metrics(NamedTuple):
    """What a step showed: mean loss and share of right answers in its batch, before it moved."""

    loss: float
    accuracy: float
    rate: float
    gradient: np.ndarray  # see Architecture.sizes


def begin(recipe: Recipe, data: Data) -> State:
    """Make the state before the first step.

    Parameters
    ----------
    recipe : Recipe
        What to train, and how.
    data : Data
        Whose images must have the shape of the input, and whose classes the length of the output.

    Returns
    -------
    State
        At step 0.

    Raises
    ------
    ValueError
        If data and architecture do not fit.
    """
    check_fit(recipe, data)
    parameters = initial_parameters(recipe.architecture, recipe.initialisation, recipe.seed)
    statistics = initial_statistics(recipe.architecture)
    return State(parameters, statistics, recipe.optimizer.start(parameters))


def check_fit(recipe: Recipe, data: Data) -> None:
    """Refuse data of other shapes than the architecture's."""
    architecture = recipe.architecture
    if data.input_shape != architecture.input_shape:
        raise ValueError(f"data must have images of {architecture.input_shape}, got {data.input_shape}")
    if architecture.output_shape != (len(data.classes),):
        raise ValueError(
            f"architecture must end in {len(data.classes)} numbers, got {architecture.output_shape}"
        )


def step(recipe: Recipe, data: Data, state: State) -> tuple[State, Metrics]:
    """Learn from one batch.

    Parameters
    ----------
    recipe, data
        As given to `begin`.
    state : State
        Where the run stands.

    Returns
    -------
    state : State
        The next one.
    metrics : Metrics
        What this batch showed.

    Raises
    ------
    ValueError
        If the run is over.
    """
    count = len(data.train)
    if state.step >= recipe.steps(count):
        raise ValueError(f"state must be before the last of {recipe.steps(count)} steps, got {state.step}")
    examples = recipe.examples_of(state.step, count)
    lessons = _lessons(recipe, data, state, examples)
    gradient = lessons[0].gradient
    for lesson in lessons[1:]:
        gradient += lesson.gradient
    rate = recipe.rate_at(state.step, count)
    with np.errstate(all="ignore"):
        parameters, kept = recipe.optimizer.move(state.parameters, gradient, state.kept, rate, state.step)
    metrics = Metrics(
        sum(lesson.loss for lesson in lessons) / len(examples),
        sum(lesson.right for lesson in lessons) / len(examples),
        rate,
        gradient,
    )
    return State(parameters, lessons[-1].statistics, kept, state.step + 1), metrics


def shard_of(architecture: Architecture, batch: int) -> int:
    """Choose how many examples learn together: few maps fit the caches, many share reading the weights.

    Half a batch, so that two threads have as much to do, as far as that is not too few or too many.
    """
    if architecture.whole_batch:
        return MOST_IN_A_BATCH
    few = architecture.macs >= OFTEN * architecture.parameter_count
    return min(max(batch // 2, SHARDS[0]), SHARDS[1]) if few else LARGE_SHARD


def _lessons(recipe: Recipe, data: Data, state: State, examples: np.ndarray) -> list[Lesson]:
    """Let threads learn from the shards of a batch, from all of it where a layer mixes its examples."""
    architecture, size = recipe.architecture, len(examples)
    shard = shard_of(architecture, recipe.batch)
    shards = -(-size // shard)
    scaling, noises = data.scaling(recipe.scaling), _noises(recipe, state.step, size)
    lessons: list[Lesson] = [None] * shards  # type: ignore[list-item]

    def learn(part: int) -> None:
        own = slice(part * shard, (part + 1) * shard)
        lessons[part] = learn_from(
            architecture,
            LOSSES[recipe.loss],
            state.parameters,
            state.statistics,
            scaled(data.train.images, examples[own], scaling.shift, scaling.factor),
            data.train.labels[examples[own]],
            [noise if noise is None else noise[own] for noise in noises],
            size,
        )

    def learn_alone(part: int) -> None:
        with limited_to(1):
            learn(part)

    share_out(learn_alone if shards > 1 else learn, shards)
    return lessons


def _noises(recipe: Recipe, step: int, count: int) -> list[np.ndarray | None]:
    """Draw for a whole batch, so that it does not matter how it is dealt out."""
    return [
        layer.noise(stream(recipe.seed, "noise", step, place), count, shape) if layer.draws else None
        for place, (layer, shape) in enumerate(
            zip(recipe.architecture.layers, recipe.architecture.shapes[:-1], strict=True)
        )
    ]


def network_of(recipe: Recipe, data: Data, state: State) -> Network:
    """Show the network as it is at a moment of a run."""
    return Network(recipe.architecture, data.scaling(recipe.scaling), state.parameters, state.statistics)
