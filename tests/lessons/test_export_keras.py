"""The exported Keras program gives the same shapes and counts, by a stand-in written from Keras' manual."""

import sys
from math import ceil, prod
from types import ModuleType

import numpy as np
import pytest

from cnnviz.lessons.export_keras import keras_lines
from cnnviz.presets.architectures import ARCHITECTURES
from tests.lessons.test_export_torch import ALIKE, LAYERS, ODD


class Layer:
    """Builds itself when it is first called, and gives ones of the shape it would give."""

    made: list = []  # noqa: RUF012

    def __init__(self):
        self.weights = []
        Layer.made.append(self)

    def add_weight(self, shape, initializer="glorot", trainable=True):
        self.weights.append((tuple(shape), trainable))
        return np.broadcast_to(0.0, shape)

    def build(self, shape):
        pass

    def __call__(self, x):
        shape = [each.shape for each in x] if isinstance(x, list) else x.shape
        self.build(shape)
        return self.call(x) if hasattr(self, "call") else np.broadcast_to(1.0, self.shape(shape))


def pair(value, rank):
    assert np.ndim(value) == 0 or len(value) == rank
    return (value,) * rank if np.ndim(value) == 0 else tuple(value)


def slid(length, size, stride, padding, dilation=1):
    reach = dilation * (size - 1) + 1
    return ceil(length / stride) if padding == "same" else ceil((length - reach + 1) / stride)


class Conv(Layer):
    def __init__(self, filters, size, strides=1, padding="valid", dilation_rate=1, groups=1, use_bias=True):
        super().__init__()
        size = pair(size, self.rank)
        strides, rates = pair(strides, self.rank), pair(dilation_rate, self.rank)
        assert max(strides) == 1 or max(rates) == 1, "Keras refuses strides with dilation"
        assert padding in ("valid", "same")
        self.filters, self.groups, self.use_bias = filters, groups, use_bias
        self.windows = list(zip(size, strides, (padding,) * self.rank, rates, strict=True))

    def build(self, shape):
        assert len(shape) == self.rank + 2
        assert shape[-1] % self.groups == self.filters % self.groups == 0
        self.add_weight((*(each[0] for each in self.windows), shape[-1] // self.groups, self.filters))
        if self.use_bias:
            self.add_weight((self.filters,))

    def shape(self, shape):
        axes = zip(shape[1:-1], self.windows, strict=True)
        return shape[0], *(slid(length, *window) for length, window in axes), self.filters


class Conv1D(Conv):
    rank = 1


class Conv2D(Conv):
    rank = 2


class DepthwiseConv2D(Layer):
    def __init__(self, size):
        super().__init__()
        assert size == 1

    def build(self, shape):
        self.add_weight((1, 1, shape[-1], 1))
        self.add_weight((shape[-1],))

    def shape(self, shape):
        return shape


class Pooling2D(Layer):
    def __init__(self, size, strides=None, padding="valid"):
        super().__init__()
        self.size, self.padding = pair(size, 2), padding
        self.strides = self.size if strides is None else pair(strides, 2)

    def shape(self, shape):
        axes = zip(shape[1:-1], self.size, self.strides, strict=True)
        return shape[0], *(slid(length, size, step, self.padding) for length, size, step in axes), shape[-1]


class ZeroPadding(Layer):
    def __init__(self, sides):
        super().__init__()
        self.sides = sides if np.ndim(sides) == 2 else (sides,)

    def shape(self, shape):
        assert len(self.sides) == len(shape) - 2
        axes = zip(shape[1:-1], self.sides, strict=True)
        return shape[0], *(length + sum(side) for length, side in axes), shape[-1]


class Over(Layer):
    def shape(self, shape):
        return shape[0], shape[-1]


class Flatten(Layer):
    def shape(self, shape):
        return shape[0], prod(shape[1:])


class Dense(Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        assert len(shape) == 2
        self.add_weight((shape[-1], self.units))
        self.add_weight((self.units,))

    def shape(self, shape):
        return shape[0], self.units


class Same(Layer):
    def __init__(self, value=None, **options):
        super().__init__()
        assert set(options) <= {"negative_slope", "alpha"}

    def shape(self, shape):
        return shape


class BatchNormalization(Layer):
    def __init__(self, momentum=0.99, epsilon=0.001):
        super().__init__()

    def build(self, shape):
        for trainable in (True, True, False, False):
            self.add_weight(shape[-1:], trainable=trainable)

    def shape(self, shape):
        return shape


class Lambda(Layer):
    def __init__(self, call):
        super().__init__()
        self.call = call


class Concatenate(Layer):
    def shape(self, shapes):
        assert len({shape[:-1] for shape in shapes}) == 1
        return *shapes[0][:-1], sum(shape[-1] for shape in shapes)


class Add(Layer):
    def shape(self, shapes):
        assert len(set(shapes)) == 1
        return shapes[0]


class Model:
    def __init__(self, start, end):
        self.output_shape = (None, *end.shape[1:])

    def count_params(self):
        return sum(prod(shape) for layer in Layer.made for shape, _ in layer.weights)


class Sequential(Model):
    def __init__(self, made):
        x, *rest = made
        for layer in rest:
            x = layer(x)
        super().__init__(made[0], x)


def convolved(x, kernels, stride):
    rows, columns = (
        slid(n, k, pair(stride, 2)[0], "valid") for n, k in zip(x.shape[1:3], kernels.shape[:2], strict=True)
    )
    return np.broadcast_to(0.0, (len(x), rows, columns, kernels.shape[-1]))


def scattered(places, values, shape):
    full = np.zeros(shape)
    full[tuple(np.transpose(places))] = values
    return full


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    keras, layers, ops = (ModuleType(name) for name in ("keras", "keras.layers", "keras.ops"))
    keras.layers, keras.ops = layers, ops
    keras.Input = lambda shape: np.broadcast_to(0.0, (1, *shape))
    keras.Model, keras.Sequential = Model, Sequential
    for name in ("pad", "ones_like", "maximum", "sum", "transpose"):
        setattr(ops, name, getattr(np, name))
    ops.conv, ops.scatter = convolved, scattered
    for kind in (
        Conv1D,
        Conv2D,
        DepthwiseConv2D,
        Flatten,
        Dense,
        BatchNormalization,
        Lambda,
        Concatenate,
        Add,
        Layer,
    ):
        setattr(layers, kind.__name__, kind)
    layers.MaxPooling2D = layers.AveragePooling2D = Pooling2D
    layers.ZeroPadding1D = layers.ZeroPadding2D = ZeroPadding
    layers.Dropout = layers.Activation = layers.LeakyReLU = layers.ELU = Same
    for kind in ("Average", "Max"):
        for rank in "12":
            setattr(layers, f"Global{kind}Pooling{rank}D", Over)
    monkeypatch.setattr(Layer, "made", [])
    for module in (keras, layers, ops):
        monkeypatch.setitem(sys.modules, module.__name__, module)


NAMES = [name for name in ARCHITECTURES if not name.endswith(ALIKE)]
GRAPHS = {**ODD, **LAYERS, **{name: ARCHITECTURES[name].graph for name in NAMES}}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_program_has_our_shapes_and_counts(name, keras_by_the_manual):
    graph = GRAPHS[name]
    names: dict = {"print": lambda *_: None, "__name__": "shown"}
    exec(compile(keras_lines(graph), "shown", "exec"), names)
    channels, *axes = graph.output_shape
    assert names["model"].output_shape == (None, *axes, channels)
    trained = sum(prod(shape) for layer in Layer.made for shape, trained in layer.weights if trained)
    assert trained == graph.parameter_count


def test_padding_that_keras_knows_by_name_is_named():
    lines = keras_lines(ARCHITECTURES["AlexNet (2012)"].graph)
    assert 'layers.Conv2D(256, 5, padding="same", groups=2),  # 27 x 27 x 256, 307,456 parameters' in lines
    assert "ZeroPadding" not in lines
    assert "layers.ZeroPadding2D(((3, 3), (3, 3)))" in keras_lines(ARCHITECTURES["ResNet-18"].graph)
