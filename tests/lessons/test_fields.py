"""Receptive fields told: the equations add up, the sentences hold."""

import numpy as np

from cnnviz.lessons.fields import both, coverage, effective_sentence, growth, inner_side
from cnnviz.presets.field_setup import looking, offered, told_lines
from tests.each import each


def equation(told: str):
    """Compute both sides of an equation, read as text."""
    plain = told.partition(" = ")[2].replace("−", "-").replace("·", "*")
    return [[eval(side) for side in part.split(" = ")] for part in plain.split(", ")]


@each("name", offered())
def test_the_equations_add_up_to_the_field(name):
    for line in told_lines(name).values():
        told = growth(line)
        for text, values in (
            (told.size, line.field.size),
            (told.jump, line.field.jump),
            (told.start, line.field.start),
        ):
            if "×" in text:
                continue
            sides = equation(text)
            assert all(len(set(part)) == 1 for part in sides)
            assert [part[-1] for part in sides] == list(dict.fromkeys(values))


def test_the_growth_of_the_lecture_in_words():
    told = growth(told_lines("CNN of deck 002")["CONV2"])
    assert told == ("r = 6 + (5 − 1)·2 = 14", "j = 1·2 = 2", "a = −2 − 2·2 = −6", "")
    dense = growth(told_lines("VGG-16")["fc6"])
    assert dense.size == "r = 212 + (7 − 1)·32 = 404"
    assert "all units" in dense.sentence
    assert "Branches meet" in growth(told_lines("ResNet-18")["conv2_1 add"]).sentence


def test_coverage():
    assert coverage(told_lines("VGG-16")["fc6"]) == "the whole input"
    assert coverage(told_lines("VGG-16")["conv1_1"]) == "0.018 % of the input"
    assert coverage(told_lines("CNN of deck 002")["POOL2"]) == "25 % of the input"


def test_rows_and_columns_that_differ_are_both_told():
    assert both((3, 3)) == "3"
    assert both((-3, 2)) == "−3 × 2"


def test_the_inner_square_holds_nine_tenths():
    setup = looking("CNN of deck 002", "CONV2")
    cells = setup.line.field.span(setup.unit)
    middle = [(part.start + part.stop - 1) // 2 for part in cells]
    strength = np.zeros((32, 32))
    strength[middle[0], middle[1]] = 1
    assert inner_side(strength, setup.line, setup.unit) <= 2
    strength[:] = 0
    strength[cells[0].start : cells[0].stop, cells[1].start : cells[1].stop] = 1
    side = inner_side(strength, setup.line, setup.unit)
    assert side == 14  # a tenth of 196 cells is less than the 52 of the outermost ring
    told = effective_sentence(strength, setup.line, setup.unit, 4)
    assert told.startswith(
        "Measured on 4 random networks: 90 % of what moves the middle unit lies in 14 × 14"
    )
    assert "No gradient" in effective_sentence(np.zeros((32, 32)), setup.line, setup.unit, 2)
