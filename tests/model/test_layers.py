"""Every layer: shapes, counts, every entry of every gradient, and what PyTorch computes."""

import re
from math import prod

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.model.layer import Given, Layer
from cnnviz.model.layers import (
    LAYERS,
    Activation,
    BatchNorm,
    Conv2d,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
    MeanPool,
)
from cnnviz.model.published_layers import (
    PUBLISHED_LAYERS,
    BareConv2d,
    Conv1d,
    GlobalMaxPool,
    GlobalMeanPool,
    LocalResponseNorm,
    PartialConv2d,
    PositionBias,
    RadialBasis,
    Shortcut,
    Subsample,
)
from tests import reference
from tests.each import each

KINDS = {**LAYERS, **PUBLISHED_LAYERS}
CASES = [  # a layer, and the shape of an example
    (Conv2d(3, 2), (1, 4, 3)),
    (Conv2d(2, (2, 3), stride=(2, 1), padding=((1, 0), (2, 1)), dilation=(1, 2)), (2, 4, 4)),
    (Conv2d(4, 3, padding=1, groups=2), (4, 3, 3)),
    (MaxPool(2), (2, 4, 6)),
    (MaxPool((3, 2), stride=1, padding=(1, 0)), (2, 3, 4)),
    (MeanPool(3, stride=2, padding=1), (2, 5, 4)),
    *((Activation(name), (2, 3, 3)) for name in ACTIVATIONS),
    (Activation("Leaky ReLU", (("slope", 0.2),)), (7,)),
    (Flatten(), (2, 3, 2)),
    (Dense(4), (6,)),
    (Dropout(0.4), (2, 3, 3)),
    (BatchNorm(), (3, 2, 3)),
    (BatchNorm(momentum=0.3, epsilon=0.01), (5,)),
    (BareConv2d(4, (1, 3), padding=1, groups=2), (4, 3, 3)),
    (Conv1d(3, 2), (2, 5)),
    (Conv1d(4, 3, stride=2, padding=(2, 1), dilation=2, groups=2), (2, 6)),
    (GlobalMeanPool(), (3, 2, 4)),
    (GlobalMaxPool(), (2, 5)),
    (LocalResponseNorm(), (6, 2, 3)),
    (LocalResponseNorm(4, alpha=0.5, beta=1.5, k=1.0), (5, 2, 2)),
    (PartialConv2d(((0, 2), (1,), (0, 1, 2)), 2, padding=1), (3, 3, 3)),
    (PositionBias(), (2, 3, 2)),
    (RadialBasis(3), (4,)),
    (Shortcut(3, 2), (2, 3, 5)),
    (Subsample(2), (2, 4, 5)),
]
EACH = each(("layer", "shape"), CASES, ids=str)
TRAINING = each("training", [False, True], ids=["showing", "training"])


def situation(layer: Layer, shape, training, count=4):
    """Draw an input, parameters, what is given, and a gradient by the output."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(count, *shape))
    parameters = tuple(rng.normal(size=size) for size in layer.parameter_shapes(shape).values())
    statistics = tuple(rng.uniform(0.5, 2, size) for size in layer.statistics_shapes(shape).values())
    given = Given(training, layer.noise(rng, count, shape) if training else None, statistics)
    return x, parameters, given, rng.normal(size=(count, *layer.output_shape(shape)))


def test_every_layer_has_a_case():
    assert {type(layer) for layer, _ in CASES} == set(KINDS.values())


@EACH
@TRAINING
def test_backward_is_the_slope_of_forward(layer, shape, training):
    """Every entry of every gradient, by central differences."""
    x, parameters, given, dy = situation(layer, shape, training)
    dx, gradients = layer.backward(parameters, x, dy, given)
    slopes = reference.slopes(lambda x: (dy * layer.forward(parameters, x, given)).sum(), x)
    assert_allclose(dx, slopes, rtol=1e-5, atol=1e-6)
    assert len(gradients) == len(parameters)
    for at, gradient in enumerate(gradients):
        slopes = reference.slopes(
            lambda moved, at=at: (
                dy * layer.forward((*parameters[:at], moved, *parameters[at + 1 :]), x, given)
            ).sum(),
            parameters[at],
        )
        assert_allclose(gradient, slopes, rtol=1e-5, atol=1e-6)


@EACH
def test_the_input_gradient_can_be_left_out(layer, shape):
    x, parameters, given, dy = situation(layer, shape, True)
    dx, gradients = layer.backward(parameters, x, dy, given, False)
    assert dx is None
    for gradient, same in zip(gradients, layer.backward(parameters, x, dy, given)[1], strict=True):
        assert_array_equal(gradient, same)


@EACH
@TRAINING
@each("dtype", [np.float32, np.float64])
def test_what_it_gives_has_the_shape_it_announced_and_the_type_it_got(layer, shape, training, dtype):
    x, parameters, given, dy = situation(layer, shape, training)
    x, dy = x.astype(dtype), dy.astype(dtype)
    parameters = tuple(part.astype(dtype) for part in parameters)
    given = given._replace(statistics=tuple(part.astype(dtype) for part in given.statistics))
    y = layer.forward(parameters, x, given)
    dx, gradients = layer.backward(parameters, x, dy, given)
    assert y.shape[1:] == layer.output_shape(shape)
    assert [part.shape for part in gradients] == list(layer.parameter_shapes(shape).values())
    gathered = layer.gather(given.statistics, x)
    assert [part.shape for part in gathered] == list(layer.statistics_shapes(shape).values())
    assert {array.dtype for array in (y, dx, *gradients, *gathered)} == {np.dtype(dtype)}


@EACH
def test_nan_stays_visible(layer, shape):
    x, parameters, given, _ = situation(layer, shape, True)
    x[1] = np.nan
    spread = isinstance(layer, (Conv2d, MaxPool, Conv1d, PartialConv2d, Shortcut))
    assert np.isnan(layer.forward(parameters, x, given)[1]).all() or spread
    assert np.isnan(layer.forward(parameters, x, given)[1]).any()


@EACH
def test_a_layer_is_a_value_with_a_name(layer, shape):
    assert hash(layer) == hash(eval(repr(layer), dict(KINDS)))
    assert layer == eval(repr(layer), dict(KINDS))
    assert layer.title


def test_multiplications_are_those_that_are_made():
    assert Conv2d(8, 5, padding=2).macs((1, 28, 28)) == 8 * 28 * 28 * 25
    assert Conv2d(4, 3, groups=2).macs((4, 5, 6)) == 4 * 3 * 4 * 9 * 2
    assert Dense(10).macs((784,)) == 7840
    assert BatchNorm().macs((3, 4, 5)) == 60
    assert MaxPool(2).macs((8, 28, 28)) == Flatten().macs((8, 2)) == 0


def test_dropout_keeps_the_mean_and_the_share():
    noise = Dropout(0.25).noise(np.random.default_rng(0), 50, (40, 10))
    assert set(np.unique(noise)) == {0, np.float32(1 / 0.75)}
    assert abs(noise.mean() - 1) < 0.01
    x = np.ones((2, 3))
    assert Dropout(0.25).forward((), x) is x


def test_running_statistics_end_where_the_data_is():
    layer, rng = BatchNorm(momentum=0.2), np.random.default_rng(0)
    statistics = (np.zeros(2), np.ones(2))
    for _ in range(80):
        x = rng.normal([3, -1], [2, 0.5], (5000, 2))
        statistics = layer.gather(statistics, x)
    assert_allclose(statistics[0], [3, -1], atol=0.05)
    assert_allclose(statistics[1], [4, 0.25], rtol=0.03)
    y = layer.forward((np.ones(2), np.zeros(2)), x, Given(True, None, statistics))
    assert_allclose((y.mean(axis=0), y.var(axis=0)), ([0, 0], [1, 1]), atol=1e-4)


@each(
    ("make", "message"),
    [
        (lambda: Conv2d(0, 3), "filters must be at least 1, got 0"),
        (lambda: Conv2d(3, 3, groups=2), "groups must divide the 3 filters, got 2"),
        (lambda: Conv2d(3, "a"), "size must be a whole number, got 'a'"),
        (lambda: MaxPool(2, padding=2), "padding must be smaller than the window of 2, got 2"),
        (lambda: Activation("Relu"), "name must be one of Sigmoid, Tanh, "),
        (lambda: Activation("ReLU", (("slope", 1),)), "settings must be those of ReLU (none), got slope"),
        (lambda: Activation("ELU", (("alpha", 9),)), "alpha must be from 0 to 3, got 9"),
        (lambda: Dropout(1), "share must be a number from 0 to below 1, got 1"),
        (lambda: Dropout(float("nan")), "share must be a number from 0 to below 1, got nan"),
        (lambda: Dense(2.5), "units must be a whole number, got 2.5"),
        (lambda: Dense(3).output_shape((2, 3, 3)), "its input must be flat, got shape (2, 3, 3)"),
        (
            lambda: MaxPool(2).output_shape((9,)),
            "its input must have the axes (C, H, W), got shape (9,)",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def published_by_torch(torch, layer, x, parameters, given):
    """Compute a layer of the published networks with PyTorch's own functions."""
    functional, parameters = torch.nn.functional, list(parameters)
    if isinstance(layer, Conv1d):
        padded = functional.pad(x, layer.padding)
        return functional.conv1d(padded, *parameters, layer.stride, 0, layer.dilation, layer.groups)
    if isinstance(layer, PartialConv2d):
        maps = [
            functional.conv2d(x[:, row], parameters[0][start : start + len(row)][None], padding=1)
            for row, start in zip(layer.table, (0, 2, 3), strict=True)
        ]
        return torch.cat(maps, 1) + parameters[1][:, None, None]
    if isinstance(layer, RadialBasis):
        return torch.cdist(x, torch.tensor(given.statistics[0])) ** 2
    if isinstance(layer, Subsample):
        sums = functional.lp_pool2d(x, 1, layer.size)
        return sums * parameters[0][:, None, None] + parameters[1][:, None, None]
    if isinstance(layer, LocalResponseNorm):
        return functional.local_response_norm(x, layer.size, layer.alpha * layer.size, layer.beta, layer.k)
    if isinstance(layer, Shortcut):
        return functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, 1))
    if isinstance(layer, PositionBias):
        return x + parameters[0]
    return x.flatten(2).amax(2) if isinstance(layer, GlobalMaxPool) else x.flatten(2).mean(2)


def by_torch(torch, layer, x, parameters, given):
    """Compute a layer with PyTorch's own functions."""
    functional = torch.nn.functional
    if isinstance(layer, Conv2d):
        (top, bottom), (left, right) = layer.padding
        padded = functional.pad(x, (left, right, top, bottom))
        return functional.conv2d(
            padded, *parameters, stride=layer.stride, dilation=layer.dilation, groups=layer.groups
        )
    if isinstance(layer, MaxPool):
        around = {"stride": layer.stride, "padding": tuple(side[0] for side in layer.padding)}
        if isinstance(layer, MeanPool):
            return functional.avg_pool2d(x, layer.size, **around, count_include_pad=False)
        return functional.max_pool2d(x, layer.size, **around)
    if isinstance(layer, BatchNorm):
        mean, variance = (torch.tensor(part) for part in given.statistics)
        y = functional.batch_norm(
            x, mean, variance, *parameters, given.training, layer.momentum, layer.epsilon
        )
        return y, (mean.numpy(), variance.numpy())
    if isinstance(layer, Dense):
        return functional.linear(x, *parameters)
    if type(layer).__name__ in PUBLISHED_LAYERS:
        return published_by_torch(torch, layer, x, parameters, given)
    return {
        "ReLU": functional.relu,
        "Tanh": torch.tanh,
        "Sigmoid": torch.sigmoid,
        "ELU": lambda x: functional.elu(x, dict(layer.settings).get("alpha", 1.0)),
        "SELU": functional.selu,
        "GELU": functional.gelu,
        "SiLU": functional.silu,
        "Softplus": functional.softplus,
        "Hard tanh": functional.hardtanh,
        "Leaky ReLU": lambda x: functional.leaky_relu(x, dict(layer.settings).get("slope", 0.01)),
    }[layer.name](x)


@pytest.mark.torch
@each(
    ("layer", "shape"),
    [
        (layer, shape)
        for layer, shape in CASES
        if not isinstance(layer, (Flatten, Dropout)) and getattr(layer, "name", "") != "Maxout"
    ],
    ids=str,
)
@TRAINING
def test_it_is_the_layer_of_pytorch(layer, shape, training):
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    x, parameters, given, dy = situation(layer, shape, training)
    leaves = [torch.tensor(array, requires_grad=True) for array in (x, *parameters)]
    y = by_torch(torch, layer, leaves[0], leaves[1:], given)
    if isinstance(layer, BatchNorm):
        y, gathered = y
        if training:
            for ours, theirs in zip(layer.gather(given.statistics, x), gathered, strict=True):
                assert_allclose(ours, theirs, rtol=1e-10)
    y.backward(torch.tensor(dy))
    dx, gradients = layer.backward(parameters, x, dy, given)
    assert_allclose(layer.forward(parameters, x, given), y.detach().numpy(), rtol=1e-9, atol=1e-9)
    for ours, leaf in zip((dx, *gradients), leaves, strict=True):
        assert_allclose(ours, leaf.grad.numpy(), rtol=1e-9, atol=1e-9)
        assert prod(ours.shape) == leaf.numel()
