"""Training: the gradient of the whole network, PyTorch's steps, the same bits always, and digits learned."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.threads import limited_to
from cnnviz.model import training
from cnnviz.model.architecture import Architecture
from cnnviz.model.data import SCALINGS
from cnnviz.model.datasets import DATASETS
from cnnviz.model.initialisation import initial_parameters, initial_statistics
from cnnviz.model.layer import Given
from cnnviz.model.layers import Activation, BatchNorm, Conv2d, Dense, Dropout, Flatten, MaxPool, MeanPool
from cnnviz.model.loss import LOSSES
from cnnviz.model.optimizers import OPTIMIZERS, Adam
from cnnviz.model.passes import backward, forward, learn_from
from cnnviz.model.randomness import order
from cnnviz.model.recipe import Recipe
from cnnviz.model.saving import load, save
from cnnviz.model.schedules import Cosine, Linear
from cnnviz.model.training import begin, network_of, step
from tests import reference
from tests.model.examples import DIGITS_CNN, DROPPING, EVERYTHING, LENET, PLAIN, run, small_data

DATA = small_data()
RECIPES = {
    "plain": Recipe(PLAIN, batch=40, epochs=3),
    "everything": Recipe(EVERYTHING, optimizer=Adam(), rate=0.01, schedule=Cosine(), batch=40),
    "dropping": Recipe(DROPPING, batch=50, seed=3, loss="Sum of squares", initialisation="Glorot"),
}
EACH = pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)


def same(one, other):
    """Compare two states bit by bit."""
    return one.step == other.step and all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("parameters", "statistics", "kept")
    )


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
def test_the_gradient_of_all_layers_together_is_the_slope_of_the_loss(loss):
    rng = np.random.default_rng(1)
    x, labels = rng.normal(size=(3, *EVERYTHING.input_shape)), rng.integers(0, 3, 3)
    parameters = initial_parameters(EVERYTHING, "He", 0, np.float64)
    statistics = initial_statistics(EVERYTHING, np.float64)
    noises = [
        layer.noise(rng, 3, shape)
        for layer, shape in zip(EVERYTHING.layers, EVERYTHING.shapes[:-1], strict=True)
    ]

    gathered = EVERYTHING.split_statistics(statistics)
    givens = [Given(True, noise, part) for noise, part in zip(noises, gathered, strict=True)]

    def mean_loss(parameters):
        return loss.f(forward(EVERYTHING, parameters, x, givens)[-1], labels).mean()

    lesson = learn_from(EVERYTHING, loss, parameters, statistics, x, labels, noises, 3)
    assert lesson.loss / 3 == pytest.approx(mean_loss(parameters))
    assert_allclose(lesson.gradient, reference.slopes(mean_loss, parameters), rtol=1e-4, atol=1e-7)


def test_the_gradient_goes_on_to_the_input_if_asked():
    rng = np.random.default_rng(1)
    x, parameters = rng.normal(size=(2, *PLAIN.input_shape)), initial_parameters(PLAIN, "He", 0, np.float64)
    outputs = forward(PLAIN, parameters, x)
    dy = rng.normal(size=outputs[-1].shape)
    dx, gradient = backward(PLAIN, parameters, outputs, dy, input_gradient=True)
    slopes = reference.slopes(lambda x: (dy * forward(PLAIN, parameters, x)[-1]).sum(), x)
    assert_allclose(dx, slopes, atol=1e-7)
    nothing, same_gradient = backward(PLAIN, parameters, outputs, dy)
    assert nothing is None
    assert_array_equal(gradient, same_gradient)


@EACH
def test_shards_add_up_to_the_batch(recipe):
    """Dealt out or whole, a batch has the same gradient, except in rounding."""
    data, state = DATA, begin(recipe, DATA)
    _, metrics = step(recipe, data, state)
    examples = recipe.examples_of(0, len(data.train))
    whole = learn_from(
        recipe.architecture,
        LOSSES[recipe.loss],
        state.parameters,
        state.statistics,
        data.scaling(recipe.scaling)(data.train.images[examples]),
        data.train.labels[examples],
        training._noises(recipe, 0, len(examples)),
        len(examples),
    )
    assert_allclose(metrics.gradient, whole.gradient, rtol=1e-4, atol=1e-5)
    assert metrics.loss == pytest.approx(whole.loss / len(examples), rel=1e-6)
    assert metrics.accuracy == whole.right / len(examples)


@EACH
def test_the_same_seed_gives_the_same_bits_with_any_number_of_threads(recipe):
    with limited_to(1):
        alone = run(recipe, DATA, 7)
    for threads in (1, 2, 5):
        with limited_to(threads):
            assert same(run(recipe, DATA, 7), alone)
    assert not same(run(replace(recipe, seed=recipe.seed + 1), DATA, 7), alone)


@EACH
def test_a_run_can_be_rewound_and_continued_from_any_state(recipe):
    third = run(recipe, DATA, 3)
    bits = third.parameters.tobytes()
    sixth = run(recipe, DATA, 3, third)
    order.cache_clear()
    assert third.parameters.tobytes() == bits
    assert same(run(recipe, DATA, 3, third), sixth)
    assert same(run(recipe, DATA, 6), sixth)


def test_shards_are_chosen_by_architecture_and_batch_alone():
    dense = Architecture((1, 28, 28), (Flatten(), Dense(100), Dense(10)))
    networks = LENET, DIGITS_CNN, dense, EVERYTHING
    assert [training.shard_of(one, 64) for one in networks] == [32, 32, 64, 1024]
    assert [training.shard_of(LENET, batch) for batch in (1, 32, 50, 64, 1000)] == [16, 16, 25, 32, 32]


def test_every_epoch_sees_every_example_once_in_an_order_of_its_own():
    recipe, count = Recipe(PLAIN, batch=40), len(DATA.train)
    assert recipe.steps_of_an_epoch(count) == 4
    epochs = [
        np.concatenate([recipe.examples_of(4 * epoch + batch, count) for batch in range(4)])
        for epoch in range(3)
    ]
    for epoch in epochs:
        assert_array_equal(np.sort(epoch), np.arange(count))
    assert not np.array_equal(epochs[0], epochs[1])
    unshuffled = replace(recipe, shuffle=False)
    assert_array_equal(unshuffled.examples_of(5, count), np.arange(40, 80))
    assert len(recipe.examples_of(3, count)) == 30


def test_a_warm_up_begins_above_0_and_a_fall_begins_at_the_rate():
    recipe = Recipe(PLAIN, rate=0.4, schedule=Linear(warm_up=1), batch=50, epochs=4)
    rates = [recipe.rate_at(step, 150) for step in range(12)]
    assert rates[0] == pytest.approx(0.4 / 3 * (1 - 1 / 12))
    assert rates[3:] == pytest.approx([0.4 * (1 - step / 12) for step in range(3, 12)])
    assert Recipe(PLAIN, rate=0.4).rate_at(0, 150) == 0.4


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_learns_the_small_data(name):
    rule = OPTIMIZERS[name]()
    recipe = Recipe(
        PLAIN, optimizer=rule, rate=rule.RATE * 0.3 if rule.RATE > 0.01 else 0.01, epochs=6, batch=30
    )
    state = run(recipe, DATA, recipe.steps(len(DATA.train)))
    assert network_of(recipe, DATA, state).score(DATA.held_out, LOSSES["Cross-entropy"]).accuracy > 0.9


def test_digits_are_learned_in_a_few_epochs():
    data = DATASETS["Handwritten digits"].load()
    recipe = Recipe(DIGITS_CNN, rate=0.05, schedule=Linear(warm_up=0.5), batch=32, epochs=4)
    state = run(recipe, data, recipe.steps(len(data.train)))
    score = network_of(recipe, data, state).score(data.held_out, LOSSES["Cross-entropy"])
    assert score.accuracy > 0.97
    assert score.logits.shape == (len(data.held_out), 10)


def test_zeros_never_come_to_differ():
    recipe = replace(RECIPES["plain"], initialisation="Zeros")
    parts = PLAIN.split(run(recipe, DATA, 8).parameters)
    assert not parts[0][0].any()
    assert parts[-1][1].any(), "only the last bias can learn"


def test_a_rate_too_high_ends_in_nan_that_everybody_sees_and_no_warning():
    recipe = replace(RECIPES["dropping"], rate=9e5, scaling="As they are", loss="Cross-entropy")
    state, seen = begin(recipe, DATA), []
    for _ in range(12):
        state, metrics = step(recipe, DATA, state)
        seen.append(metrics.loss)
    assert not np.isfinite(seen[-1])
    network = network_of(recipe, DATA, state)
    assert network.score(DATA.held_out, LOSSES["Cross-entropy"]).accuracy == 0
    assert np.isnan(network.shares(DATA.held_out.images)).any()


def test_statistics_are_gathered_only_while_training():
    recipe = RECIPES["everything"]
    state = run(recipe, DATA, 3)
    network = network_of(recipe, DATA, state)
    assert not np.array_equal(state.statistics, begin(recipe, DATA).statistics)
    images = DATA.held_out.images
    assert_array_equal(network.logits(images)[:1], network.logits(images[:1]))
    assert any(isinstance(layer, Dropout) for layer in recipe.architecture.layers)
    assert len(network.outputs(images)) == len(recipe.architecture.layers) + 1


def test_a_run_ends():
    recipe = Recipe(PLAIN, batch=1024, epochs=1)
    with pytest.raises(ValueError, match="state must be before the last of 1 steps, got 1"):
        run(recipe, DATA, 2)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"loss": "MSE"}, "loss must be one of Cross-entropy, Sum of squares, got 'MSE'"),
        ({"batch": 0}, "batch must be at least 1, got 0"),
        ({"batch": 5000}, "batch must be at most 1024, got 5000"),
        ({"epochs": 10**9}, "epochs must be at most 1000, got 1000000000"),
        ({"rate": float("inf")}, "rate must be a number from 0 to below 1e+06, got inf"),
        ({"seed": 1 << 40}, "seed must be below 4294967296, got 1099511627776"),
        ({"optimizer": "Adam"}, "optimizer must be a SGD, got 'Adam'"),
        ({"shuffle": 1}, "shuffle must be a bool, got 1"),
        ({"scaling": "none"}, f"scaling must be one of {', '.join(SCALINGS)}, got 'none'"),
        (
            {"architecture": replace(PLAIN, layers=PLAIN.layers[:2])},
            "architecture must end flat, got shape (3, 6, 5)",
        ),
    ],
)
def test_a_recipe_that_cannot_be_is_refused_by_name(change, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(RECIPES["plain"], **change)


def test_data_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"data must have images of \(1, 8, 8\), got \(2, 8, 7\)"):
        begin(Recipe(DIGITS_CNN), DATA)
    with pytest.raises(ValueError, match=r"architecture must end in 4 numbers, got \(3,\)"):
        begin(Recipe(PLAIN), replace(DATA, classes=tuple("abcd")))


@pytest.mark.torch
def test_pytorch_takes_the_same_steps():
    """The same network, batches, noise and optimizer in PyTorch, in float32: the same parameters."""
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    from tests.model.test_layers import by_torch

    recipe, steps = replace(RECIPES["everything"], optimizer=OPTIMIZERS["Momentum"]()), 8
    architecture, start = recipe.architecture, begin(recipe, DATA)
    leaves = [
        [torch.tensor(part.copy(), requires_grad=True) for part in layer]
        for layer in architecture.split(start.parameters)
    ]
    peer = torch.optim.SGD([leaf for layer in leaves for leaf in layer], recipe.rate, 0.9)
    for number in range(steps):
        examples = recipe.examples_of(number, len(DATA.train))
        x = torch.tensor(DATA.scaling(recipe.scaling)(DATA.train.images[examples]))
        noises = training._noises(recipe, number, len(examples))
        for layer, own, noise, gathered in zip(
            architecture.layers,
            leaves,
            noises,
            architecture.split_statistics(start.statistics),
            strict=True,
        ):
            if noise is not None:
                x = x * torch.tensor(noise)
            elif type(layer).__name__ == "Flatten":
                x = x.flatten(1)
            else:
                copies = tuple(part.copy() for part in gathered)
                x = by_torch(torch, layer, x, own, Given(True, None, copies))
                x = x[0] if isinstance(x, tuple) else x
        for group in peer.param_groups:
            group["lr"] = recipe.rate_at(number, len(DATA.train))
        peer.zero_grad()
        torch.nn.functional.cross_entropy(x, torch.tensor(DATA.train.labels[examples])).backward()
        peer.step()
    state = run(recipe, DATA, steps)
    for ours, theirs in zip(architecture.split(state.parameters), leaves, strict=True):
        for part, leaf in zip(ours, theirs, strict=True):
            assert_allclose(part, leaf.detach().numpy(), rtol=1e-4, atol=1e-5)


@st.composite
def stacks(draw):
    """Stack any layers that fit on images of (2, 8, 7)."""
    shape, layers = (2, 8, 7), []
    for _ in range(draw(st.integers(0, 5))):
        layer = draw(st.sampled_from(PIECES))
        try:
            shape, layers = layer.output_shape(shape), [*layers, layer]
        except ValueError:
            continue
    ending = [] if len(shape) == 1 else [Flatten()]
    return Architecture((2, 8, 7), (*layers, *ending, Dense(3)))


PIECES = (
    Conv2d(4, 3, padding=1),
    Conv2d(2, (1, 2), stride=(1, 2), groups=2),
    Conv2d(6, 2, dilation=2, padding=(0, 2)),
    MaxPool(2),
    MaxPool(3, stride=1, padding=1),
    MeanPool(2),
    Activation("ReLU"),
    Activation("Sigmoid"),
    Dropout(0.5),
    BatchNorm(),
    Flatten(),
    Dense(7),
)


@settings(max_examples=25)
@given(stacks(), st.sampled_from(sorted(OPTIMIZERS)), st.integers(1, 70), st.integers(0, 9))
def test_any_stack_learns_the_same_bits_with_any_threads_and_through_a_file(architecture, rule, batch, seed):
    recipe = Recipe(architecture, OPTIMIZERS[rule](), 0.001, batch=batch, seed=seed)
    with limited_to(1):
        alone = run(recipe, DATA, 3)
    with limited_to(3):
        first = run(recipe, DATA, 1)
        saved = load(save(recipe, DATA, first))
        assert same(run(saved.recipe, DATA, 2, saved.state), alone)
    assert np.isfinite(alone.parameters).all()


def test_runs_beside_each_other_do_not_touch_each_other():
    recipes = [replace(recipe, seed=seed) for recipe in RECIPES.values() for seed in (0, 1)]
    alone = [run(recipe, DATA, 6) for recipe in recipes]
    with ThreadPoolExecutor(len(recipes)) as pool:
        together = list(pool.map(lambda recipe: run(recipe, DATA, 6), recipes))
    assert all(same(one, other) for one, other in zip(together, alone, strict=True))
