"""Every bad argument gets one sentence: its name, what it must be, and what it was."""

import re

import numpy as np
import pytest

from cnnviz.kernels.convolution import conv1d, conv1d_backward, conv2d, conv2d_backward
from tests.each import each

IMAGE, KERNELS = np.ones((2, 4, 6, 8)), np.ones((6, 4, 3, 3))
SIGNAL, TAPS = np.ones((2, 4, 9)), np.ones((6, 4, 3))

WRONG_2D = [
    ({"stride": 0}, "stride must be at least 1, got 0"),
    ({"stride": (1, 0)}, "stride must be at least 1, got 0"),
    ({"stride": 1.5}, "stride must be a whole number, got 1.5"),
    ({"stride": (1, 2, 3)}, "stride must be one number or a pair, got (1, 2, 3)"),
    ({"padding": -1}, "padding must be at least 0, got -1"),
    ({"padding": ((0, -2), (0, 0))}, "padding must be at least 0, got -2"),
    ({"dilation": 0}, "dilation must be at least 1, got 0"),
    ({"dilation": True}, "dilation must be at least 1, got True"),
    ({"groups": 0}, "groups must be at least 1, got 0"),
    ({"groups": 3}, "groups must divide the 4 channels of x, got 3"),
    ({"groups": 4, "w": np.ones((6, 1, 3, 3))}, "groups must divide the 6 kernels of w, got 4"),
    ({"groups": 2}, "w must have 2 channels (4 / 2 groups) like x, got 4"),
    ({"w": np.ones((6, 3, 3, 3))}, "w must have 4 channels like x, got 3"),
    ({"w": np.ones((6, 4, 7, 3))}, "w must reach over at most 6 cells, the padded height of x, got 7"),
    ({"w": np.ones((6, 4, 3, 9))}, "w must reach over at most 8 cells, the padded width of x, got 9"),
    (
        {"dilation": (4, 1), "padding": 1},
        "w must reach over at most 8 cells, the padded height of x, got 9 (size 3, dilation 4)",
    ),
    ({"x": np.ones((4, 6, 8))}, "x must have the axes (N, C, H, W), got shape (4, 6, 8)"),
    ({"w": np.ones((3, 3))}, "w must have the axes (O, C / groups, K, L), got shape (3, 3)"),
    ({"x": np.ones((0, 4, 6, 8))}, "x must not be empty, got shape (0, 4, 6, 8)"),
    ({"x": np.ones((2, 4, 0, 8))}, "x must not be empty, got shape (2, 4, 0, 8)"),
    ({"w": np.ones((6, 4, 0, 3))}, "w must not be empty, got shape (6, 4, 0, 3)"),
    ({"x": IMAGE.astype(int)}, "x must be float32 or float64, got int64"),
    ({"x": IMAGE.astype(object)}, "x must be float32 or float64, got object"),
    ({"x": IMAGE.astype(np.float16)}, "x must be float32 or float64, got float16"),
    ({"x": IMAGE.astype(complex)}, "x must be float32 or float64, got complex128"),
    ({"x": IMAGE > 0}, "x must be float32 or float64, got bool"),
    ({"w": KERNELS.astype(np.uint8)}, "w must be float32 or float64, got uint8"),
    ({"w": KERNELS.astype(np.float32)}, "w must be float64 like x, got float32"),
    ({"x": IMAGE.astype(np.float32)}, "w must be float32 like x, got float64"),
    ({"x": None}, "x must be float32 or float64, got object"),
]
WRONG_FORWARD = [
    ({"b": np.ones(5)}, "b must have shape (6,), got (5,)"),
    ({"b": np.ones((6, 1))}, "b must have the axes (O), got shape (6, 1)"),
    ({"b": np.ones(6, int)}, "b must be float32 or float64, got int64"),
    ({"b": np.ones(6, np.float32)}, "b must be float64 like x, got float32"),
]
WRONG_BACKWARD = [
    ({"dy": np.ones((2, 6, 4, 7))}, "dy must have shape (2, 6, 4, 6), got (2, 6, 4, 7)"),
    ({"dy": np.ones((2, 6, 4))}, "dy must have the axes (N, O, H', W'), got shape (2, 6, 4)"),
    ({"dy": np.ones((2, 6, 4, 6), np.float32)}, "dy must be float64 like x, got float32"),
    ({"dy": np.ones((2, 6, 4, 6), int)}, "dy must be float32 or float64, got int64"),
]
WRONG_1D = [
    ({"stride": 0}, "stride must be at least 1, got 0"),
    ({"padding": -1}, "padding must be at least 0, got -1"),
    ({"padding": (0, -3)}, "padding must be at least 0, got -3"),
    ({"w": np.ones((6, 4, 10))}, "w must reach over at most 9 cells, the padded width of x, got 10"),
    ({"x": np.ones((2, 9))}, "x must have the axes (N, C, L), got shape (2, 9)"),
    ({"w": np.ones(3)}, "w must have the axes (O, C / groups, K), got shape (3,)"),
    ({"x": np.ones((2, 4, 0))}, "x must not be empty, got shape (2, 4, 0)"),
    ({"x": SIGNAL.astype(int)}, "x must be float32 or float64, got int64"),
]


@each(("wrong", "sentence"), WRONG_2D + WRONG_FORWARD)
def test_conv2d_says_what_is_wrong(wrong, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        conv2d(**{"x": IMAGE, "w": KERNELS, **wrong})


@each(("wrong", "sentence"), WRONG_2D + WRONG_BACKWARD)
def test_conv2d_backward_says_what_is_wrong(wrong, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        conv2d_backward(**{"x": IMAGE, "w": KERNELS, "dy": np.ones((2, 6, 4, 6)), **wrong})


@pytest.mark.parametrize(("wrong", "sentence"), WRONG_1D)
def test_signals_are_checked_like_images(wrong, sentence):
    arguments = {"x": SIGNAL, "w": TAPS, **wrong}
    with pytest.raises(ValueError, match=re.escape(sentence)):
        conv1d(**arguments)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        conv1d_backward(**arguments, dy=np.ones((2, 6, 7)))


def test_a_wrong_gradient_of_a_signal_is_named():
    with pytest.raises(ValueError, match=re.escape("dy must have the axes (N, O, L'), got shape (2, 6)")):
        conv1d_backward(SIGNAL, TAPS, np.ones((2, 6)))


def test_numbers_may_come_as_lists_and_numpy_integers():
    y = conv2d([[[[1.0, 2.0], [3.0, 4.0]]]], [[[[1.0, 1.0]]]], [0.5], stride=[1, np.int64(1)], padding=[0, 0])
    assert y.tolist() == [[[[3.5], [7.5]]]]


def test_what_is_remembered_does_not_make_other_arguments_right():
    x, w = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    conv2d(x, w, stride=1, padding=1)
    for wrong in (
        {"stride": True, "padding": 1},
        {"stride": 1.0, "padding": 1},
        {"stride": 1, "padding": -1},
    ):
        with pytest.raises(ValueError, match=r"stride|padding"):
            conv2d(x, w, **wrong)
