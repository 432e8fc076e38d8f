"""The builder's state goes through its link; a damaged link loses only what is damaged, with a sentence."""

import pytest

from cnnviz.model.counting import Rules
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack import Stack
from cnnviz.ui import train_state
from cnnviz.ui.builder_state import FIRST, Built, base, read_input, read_link, write_link
from cnnviz.ui.builder_training import parameters_for, plan_for

OWN = Stack((1, 28, 28), (Conv2d(8, 3, padding=((1, 0), (0, 1))), Activation("ELU"), Flatten(), Dense(10)))
BROKEN = Stack((1, 5, 5), (Conv2d(8, 7), Dense(3)))
STATES = {
    "first": Built(),
    "own": Built(stack=OWN, layer=2),
    "broken": Built("VGG-16", BROKEN, 2),
    "empty": Built(stack=Stack((3, 8, 8), ())),
    "flat": Built(stack=Stack((784,), (Dense(10),))),
    "branches": Built("ResNet-50", layer=7, opened=("conv3_x",)),
    "rules": Built("ZFNet", rules=Rules(False, "FLOP", 2, True)),
    "long": Built(
        stack=Stack((3, 32, 32), (Conv2d(8, 3, padding=((1, 0), (0, 1))), Activation("ReLU")) * 40)
    ),
}


@pytest.mark.parametrize("name", STATES)
def test_a_link_brings_back_what_was_shown(name):
    link = {key: [text] for key, text in write_link(STATES[name]).items()}
    assert read_link(link) == (STATES[name], "")
    assert sum(len(text[0]) for text in link.values()) < 2000


def test_the_first_state_needs_no_parameters():
    assert write_link(Built()) == {}


def test_a_network_as_published_is_kept_by_its_name():
    built = Built("VGG-16").with_stack(OWN)
    assert built.stack == OWN
    assert built.with_stack(base("VGG-16")).stack is None
    assert base("ResNet-50") is None


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"start": ["Nothing"]}, "start: value must be one of"),
        ({"layers": ["Conv2d"]}, "layers: layer must have all it needs"),
        ({"layers": ["zAAAA"]}, "text must be whole"),
        ({"layers": ["Flatten;" * 90 + "Flatten"]}, "layers must be at most 80"),
        ({"input": ["3,0,3"]}, "input: input shape must be at least 1"),
        ({"input": ["3,9,9,9"]}, "1, 2 or 3 numbers"),
        ({"input": ["x" * 70_000]}, "at most 60000 characters"),
        ({"layer": ["12"]}, "layer must be at most 11, got 12"),
        ({"bytes": ["3"]}, "bytes: value must be one of 4, 2, 1"),
        ({"layers": ["Flatten", "Flatten"]}, "given once"),
    ],
)
def test_a_damaged_link_falls_back_with_one_sentence(link, told):
    built, sentence = read_link(link)
    assert built == Built()
    assert sentence.startswith("A part of the link was left out: ")
    assert told in sentence


def test_stages_that_are_not_there_are_left_out():
    assert read_link({"start": ["ResNet-50"], "open": ["conv3_x,conv9_x"]})[0].opened == ("conv3_x",)
    assert read_link({"open": ["conv3_x"]})[0].opened == ()


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("32 × 32 × 3", (3, 32, 32)),
        ("28x20x1", (1, 28, 20)),
        ("100 × 4", (4, 100)),
        ("784", (784,)),
        ("5, 6, 7", (7, 5, 6)),
    ],
)
def test_an_input_is_read_with_the_channels_last(text, shape):
    assert read_input(text) == shape


@pytest.mark.parametrize(
    "text", ["", "a", "3 × 3 × 3 × 3", "0", "-3 × 3 × 3", "9999 × 9999 × 3", "3.5 × 3 × 1"]
)
def test_another_input_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="must"):
        read_input(text)


def test_a_small_chain_becomes_a_plan_that_trains_the_same_layers():
    stack = Stack((1, 28, 28), (Conv2d(8, 3, padding=1), Activation("ReLU"), Flatten(), Dense(32), Dense(7)))
    plan = plan_for(stack)
    assert plan.architecture().layers[:-1] == stack.layers[:-1]
    assert plan.architecture().output_shape == (10,)
    link = {name.removeprefix("tr_"): [text] for name, text in parameters_for(stack).items()}
    assert train_state.read_link(link) == (plan, "")


@pytest.mark.parametrize(
    ("stack", "told"),
    [
        (BROKEN, "all layers must fit"),
        (Stack((1, 28, 28), ()), "all layers must fit"),
        (base("VGG-16"), "input must be that of the data"),
        (Stack((1, 28, 28), (Flatten(), Dense(2000), Dense(10))), "at most 1,000,000 parameters"),
        (
            Stack((1, 28, 28), (Conv2d(8, 3, groups=1, padding=((1, 0), (0, 1))), Dense(10))),
            "all layers must fit",
        ),
        (Stack((1, 28, 28), (Conv2d(8, (3, 5)), Flatten(), Dense(10))), "settings that can be written"),
    ],
)
def test_what_cannot_be_trained_says_why(stack, told):
    with pytest.raises(ValueError, match=told):
        plan_for(stack)


def test_every_architecture_opens_from_its_name():
    for name, record in ARCHITECTURES.items():
        built, told = read_link({"start": [name]})
        assert (built, told) == (Built(name), "")
        assert built.graph.parameter_count == record.parameter_count
        assert built.editing is None or built.editing.graph.parameter_count == record.parameter_count
    assert FIRST in ARCHITECTURES
