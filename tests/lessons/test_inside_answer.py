"""Dense layers and softmax in numbers: rows folded back into maps, shares by hand."""

import numpy as np
import pytest

from cnnviz.lessons.inside_answer import Answer, flat_place, percent, shape_before, unit, written
from cnnviz.model.architecture import Architecture
from cnnviz.model.layers import Activation, Dense, Flatten
from tests.lessons.inside_networks import DEEP, drawn


def test_a_row_of_weights_is_folded_back_into_the_maps_that_were_flattened():
    inside = drawn()
    maps = inside.outputs[5]
    assert shape_before(inside, 8) == maps.shape
    for number in range(5):
        told = unit(inside, 8, number)
        np.testing.assert_allclose(told.products, told.weights * maps)
        assert told.products.sum() + told.bias == pytest.approx(inside.outputs[8][number])
        assert told.value == inside.outputs[8][number]
    with pytest.raises(ValueError, match="at must name a dense layer, got ReLU"):
        unit(inside, 2, 0)


def test_a_layer_behind_another_dense_one_reads_a_row_of_numbers():
    layers = (Flatten(), Dense(7), Activation("ReLU"), Dense(3))
    inside = drawn(Architecture((1, 3, 4), layers))
    assert shape_before(inside, 2) == (1, 3, 4)
    assert shape_before(inside, 4) == (1, 1, 7)
    assert unit(inside, 4, 2).products.sum() + unit(inside, 4, 2).bias == pytest.approx(inside.outputs[4][2])


def test_a_pixel_goes_where_flattening_puts_it():
    inside = drawn()
    shape = DEEP.shapes[5]
    for place in np.ndindex(*shape):
        assert inside.outputs[6][flat_place(shape, *place)] == inside.outputs[5][place]


def test_softmax_is_told_with_its_exponentials_and_their_sum():
    answer = Answer(np.array([1.0, 3.0, 0.0]))
    powers = np.exp([-2.0, 0.0, -3.0])
    np.testing.assert_allclose(answer.exponentials, powers)
    assert answer.total == pytest.approx(powers.sum())
    np.testing.assert_allclose(answer.shares, powers / powers.sum())
    assert answer.best == 1
    assert answer.line(0) == "e^(1 − 3) / 1.1851 = 0.14 / 1.1851 = 11.4 %"
    sure = Answer(np.array([20.0, 0.0]))
    assert sure.line(0) == "e^(20 − 20) / 1.0000 = 1 / 1.0000 > 99.9 %"
    assert sure.line(1) == "e^(0 − 20) / 1.0000 = 2.1e−9 / 1.0000 < 0.1 %"


def test_shares_and_powers_are_not_rounded_to_nothing():
    assert [percent(share) for share in (0, 0.0004, 0.5, 0.9996, 1)] == [
        "0.0 %",
        "< 0.1 %",
        "50.0 %",
        "> 99.9 %",
        "100.0 %",
    ]
    assert [written(value) for value in (0.0, 2.1e-7, 0.004, 0.25, 1.0)] == [
        "0",
        "2.1e−7",
        "4.0e−3",
        "0.25",
        "1",
    ]
    assert written(3e-12) == "3.0e−12"
