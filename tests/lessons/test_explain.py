"""Formulas and sentences carry the numbers of the page."""

from dataclasses import replace

import numpy as np
import pytest

from cnnviz.lessons import explain
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_scenes import SCENES
from cnnviz.presets.sliding import Slide
from cnnviz.window import Window
from tests.each import each


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (-3.0, "−3"),
        (-0.0, "0"),
        (0.5, "0.50"),
        (-1 / 3, "−0.33"),
        (1e6, "1.0e6"),
        (-2.5e9, "−2.5e9"),
        (0.001, "0.00"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
    ],
)
def test_numbers_are_written_as_in_the_picture(value, text):
    assert explain.brief(value) == text


@pytest.mark.parametrize(
    ("window", "length", "text"),
    [
        (Window(3, 1, (1, 1)), 6, "⌊(6 + 1 + 1 − 3) / 1⌋ + 1 = 6"),
        (Window(3, 2, (0, 0)), 6, "⌊(6 + 0 + 0 − 3) / 2⌋ + 1 = 2"),
        (Window(3, 1, (0, 0), 2), 7, "⌊(7 + 0 + 0 − 2·(3 − 1) − 1) / 1⌋ + 1 = 3"),
    ],
)
def test_the_output_size_is_filled_in(window, length, text):
    assert explain.output_size(window, length) == text


@each("name", SCENES)
def test_the_filled_in_formula_is_right(name):
    """Work the formula out as Python, from its own characters."""
    setup = SCENES[name].setup
    for window, length in zip(setup.windows, setup.input_shape, strict=True):
        left, right = explain.output_size(window, length).split(" = ")
        sum_ = left.replace("⌊", "").replace("⌋", "").replace("−", "-").replace("·", "*").replace("/", "//")
        assert eval(sum_) == int(right)


def test_rows_and_columns_share_a_line_if_they_agree():
    setup = SCENES["conv2d_lecture_padded"].setup
    lines = explain.output_size_lines(setup.windows, setup.input_shape)
    assert lines == [r"o = \lfloor (6 + 1 + 1 - 3)\,/\,1 \rfloor + 1 = \mathbf{6}"]
    apart = SCENES["conv2d_shift"].setup
    assert len(explain.output_size_lines(apart.windows, apart.input_shape)) == 2


def test_the_numbers_of_a_formula_take_the_colours_of_their_roles():
    colours = {"input": "#111111", "kernel": "#222222", "output": "#333333"}
    line = explain.output_size_latex(Window(3, 1, (1, 1)), 6, colours)
    assert r"\textcolor{#111111}{6} + 1 + 1 - \textcolor{#222222}{3}" in line
    assert line.endswith(r"\textcolor{#333333}{\mathbf{6}}")


def test_the_sum_line_shows_every_product_the_bias_and_the_result():
    setup = replace(SCENES["conv2d_lecture"].setup, bias=1.0)
    line = explain.sum_line(Trace.of(setup)[0])
    assert line == "1×−1 + 0×0 + 2×1 + 0×0 + 1×2 + −1×1 + 1×1 + 0×0 + 0×−1 + 1 = 4"


@each("name", SCENES)
def test_every_sum_line_adds_up(name):
    for step in Trace.of(SCENES[name].setup):
        left, right = explain.sum_line(step).replace("−", "-").replace("×", "*").split(" = ")
        rounded = 0.005 * np.abs(step.operands)[step.weights % 1 != 0].sum()  # two decimals of each weight
        assert abs(eval(left) - step.value) <= rounded + 1e-9
        assert float(right) == pytest.approx(step.value, abs=0.005)


def test_what_is_left_over_is_named():
    setup = SCENES["conv2d_lecture_stride"].setup
    sentence = explain.remainder(setup)
    assert sentence.startswith("The kernel never reaches 1 row at the end and 1 column at the end.")
    assert "round down" in sentence
    assert explain.remainder_in_short(setup) == "1 row and 1 column left over"


def test_padding_that_is_left_over_is_told_from_input():
    setup = SCENES["conv2d_guide_padding_strides_odd"].setup
    assert "1 row of padding at the end" in explain.remainder(setup)
    slide = Slide((3, 1), "custom", ((0, 1), (0, 0)))
    mixed = replace(SCENES["conv2d_lecture"].setup, slide=slide).resized("image", (7, 6))
    assert "2 rows at the end, padding included" in explain.remainder(mixed)


def test_the_lectures_rule_names_the_fraction():
    setup = SCENES["conv2d_whole"].setup
    assert "(10 − 3) / 2 + 1 = 4.5 is not one" in explain.remainder(setup)
    assert explain.remainder_in_short(setup) == "not a whole number"


def test_rounding_up_names_the_zeros_it_adds():
    setup = SCENES["conv2d_lecture_stride"].setup
    up = replace(setup, slide=replace(setup.slide, rounding="ceil"))
    assert explain.remainder(up).startswith("Rounded up: zeros for 1 row and 1 column are added at the end.")
    assert up.output_shape == (3, 3)
    assert explain.remainder_in_short(up) == "rounded up"


@pytest.mark.parametrize(
    "name", ["conv2d_lecture", "conv2d_binary", "conv2d_guide_full", "conv2d_guide_strides"]
)
def test_nothing_is_said_where_the_stride_divides(name):
    assert explain.remainder(SCENES[name].setup) == explain.remainder_in_short(SCENES[name].setup) == ""


def test_parameters_and_products_are_counted():
    assert explain.parameters((3, 3)) == "weights 9 + bias 1 = 10"
    assert explain.products((3, 3), (6, 6)) == "36 stops × 9 = 324 products"
    assert explain.products((1, 1), (1, 1)) == "1 stop × 1 = 1 product"


@each("name", SCENES)
def test_the_products_are_as_many_as_the_steps_have(name):
    setup = SCENES[name].setup
    counted = sum(step.products.size for step in Trace.of(setup))
    assert f" = {counted} product" in explain.products(setup.kernel_shape, setup.output_shape)


def test_formula_and_window_use_the_same_letters():
    assert all(symbol in Window.LATEX for symbol in ("p_0", "p_1", "d(k-1)", "{s}"))
    assert all(f"{letter} " in explain.SYMBOLS for letter in ("o", "i", "p₁", "k", "d", "s"))
