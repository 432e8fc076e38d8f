"""Architectures are counted without being run, compared, cut into layers, refused when they do not fit."""

import re

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.model.architecture import Architecture, joined
from cnnviz.model.layers import Activation, Conv2d, Dense, Dropout, Flatten, MaxPool
from tests.model.examples import DIGITS_CNN, EVERYTHING, LENET


def test_the_table_of_a_known_network():
    rows = LENET.rows()
    assert [row.output_shape for row in rows] == [
        (8, 28, 28), (8, 28, 28), (8, 14, 14), (16, 14, 14), (16, 14, 14), (16, 7, 7), (784,), (10,)
    ]  # fmt: skip
    assert [row.parameter_count for row in rows] == [208, 0, 0, 3216, 0, 0, 0, 7850]
    assert [row.macs for row in rows] == [156800, 0, 0, 627200, 0, 0, 0, 7840]
    assert LENET.parameter_count == 11274
    assert LENET.macs == 791840
    assert str(LENET) == (
        "Conv 8 @ 5×5, ReLU, Max pool 2×2, Conv 16 @ 5×5, ReLU, Max pool 2×2, Flatten, Dense 10"
    )


def test_columns_add_up_and_every_layer_begins_where_the_one_before_ends():
    rows = EVERYTHING.rows()
    assert [row.input_shape for row in rows] == [EVERYTHING.input_shape, *(row.output_shape for row in rows)][
        :-1
    ]
    assert sum(row.parameter_count for row in rows) == EVERYTHING.parameter_count
    assert EVERYTHING.whole_batch
    assert not LENET.whole_batch


def test_a_vector_is_cut_into_layers_and_joined_again():
    vector = np.arange(EVERYTHING.parameter_count, dtype=np.float32)
    parts = EVERYTHING.split(vector)
    shapes = [[part.shape for part in layer] for layer in parts]
    assert shapes == [list(row.parameters.values()) for row in EVERYTHING.rows()]
    assert all(np.shares_memory(part, vector) for layer in parts for part in layer)
    assert_array_equal(joined(parts), vector)
    assert joined(parts).dtype == np.float32


def test_sizes_are_told_by_layer_and_never_overflow():
    vector = np.zeros(LENET.parameter_count, np.float32)
    vector[:2], vector[-2:] = (3, 4), 1e38
    sizes = LENET.sizes(vector)
    assert sizes[0] == 5
    assert sizes[1] is None
    assert sizes[-1] == pytest.approx(1e38 * 2**0.5)
    vector[0] = np.nan
    assert np.isnan(LENET.sizes(vector)[0])


def test_architectures_are_values():
    same = Architecture((1, 8, 8), tuple(DIGITS_CNN.layers))
    assert same == DIGITS_CNN
    assert len({same, DIGITS_CNN, LENET}) == 2
    assert eval(repr(LENET), vars(__import__("cnnviz.model.layers", fromlist="x")) | globals()) == LENET


@pytest.mark.parametrize(
    ("shape", "layers", "message"),
    [
        ((1, 4, 4), (), "layers must be at least one, got none"),
        ((0, 4, 4), (Flatten(),), "input_shape must be at least 1, got 0"),
        ((1, 4, 4), ("ReLU",), "layers must be a Layer, got 'ReLU'"),
        ((1, 4, 4), (Dense(3),), "layer 1 (Dense 3) does not fit: its input must be flat"),
        (
            (1, 4, 4),
            (Conv2d(2, 3), MaxPool(3)),
            "layer 2 (Max pool 3×3) does not fit: size must reach over at most 2 padded cells, got 3",
        ),
        ((3, 4, 4), (Conv2d(2, 3, groups=2),), "groups must divide the 3 channels of its input, got 2"),
    ],
)
def test_what_does_not_fit_is_told_with_its_layer(shape, layers, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Architecture(shape, layers)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ((Flatten(), Dense(10**6)), "at most 1,000,000 parameters, got 785,000,000"),
        ((Conv2d(10**5, 1), Flatten()), "at most 1,000 outputs, got 78,400,000"),
        ((Conv2d(10**5, 1), MaxPool(28)), "at most 1,000 outputs, got 100,000"),
        (
            (Conv2d(2000, 1), MaxPool(28), Flatten(), Dense(3)),
            "1,000,000 numbers between its layers, got 1,57",
        ),
        (
            (Conv2d(2, 2, dilation=10**6, padding=10**6, stride=10**6),),
            "at most 1,000,000 numbers between its layers, got 4,000,112,000,784",
        ),
        (
            (*(Conv2d(35, 5, padding=2) for _ in range(20)), MaxPool(28)),
            "at most 200,000,000 operations for one example, got 456,903,440",
        ),
        ((MaxPool(28), *(Activation("ReLU"),) * 32), "at most 32 layers, got 33"),
    ],
)
def test_what_is_too_large_can_be_counted_and_is_not_trained(layers, message):
    architecture = Architecture((1, 28, 28), layers)
    assert architecture.rows()
    with pytest.raises(ValueError, match=re.escape(message)):
        architecture.check_size()


def test_an_absurd_layer_costs_nothing_to_count():
    huge = Architecture((1, 28, 28), (Conv2d(10**9, 1, padding=10**9), Dropout(), Flatten(), Dense(10**12)))
    assert huge.parameter_count > 10**39
