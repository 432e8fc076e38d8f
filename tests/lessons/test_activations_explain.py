"""Formulas are filled in with the numbers of the page, and add up."""

import math
import re

import pytest

from cnnviz.lessons.activations import MapCounts, Telling
from cnnviz.lessons.activations_explain import (
    WHY,
    four,
    map_sentence,
    neuron_sum,
    saturation_text,
    softmax_line,
    worked,
)
from cnnviz.lessons.prose import paragraphs
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activation_scenes import SCENES
from cnnviz.presets.activations import KNOWN, VIEWS, ActivationSetup
from tests.each import each


@each(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (3, "3"),
        (-0.02, "−0.02"),
        (1 / 3, "0.3333"),
        (2 / 3, "0.6667"),
        (-7.5, "−7.5"),
        (123456.789, "123456.789"),
        (4.5398e-5, "4.54·10⁻⁵"),
        (-1.2e-12, "−1.2·10⁻¹²"),
        (2.5e8, "2.5·10⁸"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_have_four_decimals_or_a_power_of_ten(value, text):
    assert four(value) == text


WORKED = {
    ("Sigmoid", 1.0): r"= \frac{1}{1 + e^{-1}} = \mathbf{0.7311}",
    ("Tanh", 1.0): r"= \frac{e^{1} - e^{-1}}{e^{1} + e^{-1}} = \mathbf{0.7616}",
    ("ReLU", -2.0): r"= \max(0,\; -2) = \mathbf{0}",
    ("Leaky ReLU", -2.0): r"f(x) = \epsilon x = 0.01 \cdot (-2) = \mathbf{-0.02}",
    ("Leaky ReLU", 2.0): r"f(x) = x = \mathbf{2}",
    ("ELU", -2.0): r"f(x) = \alpha\,(e^{x} - 1) = 1 \cdot (e^{-2} - 1) = \mathbf{-0.8647}",
    (
        "SELU",
        -2.0,
    ): r"= \lambda \alpha\,(e^{x} - 1) = 1.0507 \cdot 1.6733 \cdot (e^{-2} - 1) = \mathbf{-1.5202}",
    ("SELU", 2.0): r"f(x) = \lambda x = 1.0507 \cdot 2 = \mathbf{2.1014}",
    ("GELU", -1.0): r"= (-1) \cdot \Phi(-1) = \mathbf{-0.1587}",
    ("SiLU", -1.0): r"= \frac{-1}{1 + e^{1}} = \mathbf{-0.2689}",
    ("Softplus", 0.0): r"= \ln(1 + e^{0}) = \mathbf{0.6931}",
    ("Hard tanh", -3.0): r"= \max(-1,\; \min(1,\; -3)) = \mathbf{-1}",
    ("Maxout", -2.0): r"= \max(-0.5 \cdot (-2) + 0,\; 1 \cdot (-2) - 1.5) = \max(1,\; -3.5) = \mathbf{1}",
    ("ELU, as deck 004 prints it", 2.0): r"= \max(1 \cdot (e^{2} - 1),\; 2) = \mathbf{6.3891}",
}


@each(("name", "x"), WORKED)
def test_a_function_is_written_with_its_numbers(name, x):
    line = worked(Telling(ActivationSetup(view="curve", names=(name,), x=x)))
    assert WORKED[name, x] in line


@each("name", KNOWN)
@each("x", [-1000.0, -1.5, 0.0, 0.25, 1000.0])
def test_every_function_can_be_written_anywhere_with_balanced_brackets(name, x):
    line = worked(Telling(ActivationSetup(view="curve", names=(name,), x=x)))
    assert line.count("{") == line.count("}")
    assert line.count(r"\left") == line.count(r"\right")
    assert "−" not in line
    assert f"f'({'-' * (x < 0)}" in line


def test_the_second_function_is_written_too():
    telling = Telling(ActivationSetup(view="curve", names=("ReLU", "Tanh"), x=0.0))
    assert r"\tanh" in worked(telling, 1)


def test_the_neuron_is_written_term_by_term():
    assert neuron_sum(SCENES["activation_neuron"].setup) == (
        r"x = \sum_i s_i w_i + w_0 = 1 \cdot (-1) + 0 \cdot 2 + 2 \cdot 1 + 1 = \mathbf{2}"
    )


def test_softmax_is_written_with_exponentials_and_their_sum():
    line = softmax_line(Shares(SCENES["activation_softmax"].setup))
    assert r"\frac{e^{2}}{e^{2} + e^{1} + e^{0.1}}" in line
    assert r"\frac{7.3891}{7.3891 + 2.7183 + 1.1052} = \frac{7.3891}{11.2125} = \mathbf{0.659}" in line


def test_softmax_of_huge_logits_is_written_after_the_largest_is_subtracted():
    line = softmax_line(Shares(SCENES["activation_softmax_shift"].setup))
    assert r"\frac{e^{0}}{e^{0} + e^{-1} + e^{-1.9}} = \frac{1}{1 + 0.3679 + 0.1496}" in line
    assert "infty" not in line


def test_softmax_is_written_with_its_temperature():
    line = softmax_line(Shares(SCENES["activation_softmax_temperature"].setup))
    assert r"\frac{e^{a_1/T}}{\sum_j e^{a_j/T}} = \frac{e^{2/4}}{" in line


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        ((-4.584863, 4.584863), "below −4.58, above 4.58"),
        ((0.0, None), "below 0"),
        ((None, 1.0), "above 1"),
        ((None, None), "nowhere"),
        ((math.inf, -math.inf), "everywhere"),
    ],
)
def test_flat_parts_are_named(ends, text):
    assert saturation_text(ends) == text


def test_the_maps_are_told_in_numbers():
    told = map_sentence(MapCounts(0.5, 0.25, (-3.5, 2.0), (0.0, 2.0)), "ReLU")
    assert told == (
        "The feature map goes from −3.5 to 2; 50 % of it is below 0. "
        "ReLU makes that 0 to 2, and saturates on 25 % of the pixels."
    )


def test_every_view_says_why_in_three_sentences_at_most():
    assert {*WHY} == {*VIEWS}
    for text in WHY.values():
        (paragraph,) = paragraphs(text)
        assert any(piece.term for piece in paragraph)
        assert len(re.findall(r"[.](?:\s|$)", text)) <= 3
