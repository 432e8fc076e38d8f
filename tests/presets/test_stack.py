"""A stack keeps what does not fit, and goes through its text unharmed."""

import pytest

from cnnviz.model.architecture import Architecture
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.graph import Graph, Node
from cnnviz.model.layers import LAYERS, Activation, Conv2d, Dense, Dropout, Flatten, MaxPool
from cnnviz.model.merges import Add
from cnnviz.model.published_layers import PUBLISHED_LAYERS, Conv1d, LocalResponseNorm
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack import MOST_LAYERS, Stack, chain_parts, stack_of
from cnnviz.presets.stack_kinds import KINDS, SETTINGS, edited, settings_of
from cnnviz.presets.stack_text import LONGEST, read_layer, read_stack, write_layer, write_stack
from tests.each import each

RELU = Activation("ReLU")
LAYERS_TO_WRITE = [
    *(kind.first for kind in KINDS.values()),
    Conv2d(8, (3, 5), (1, 2), ((1, 2), (3, 4)), (2, 1), 4),
    Conv1d(8, 4, 2, (1, 2), 2, 2),
    MaxPool(3, 2, ((0, 1), (0, 1))),
    MaxPool(3, 2, ((0, 0), (1, 1))),
    MaxPool((2, 3), 1, 1),
    Activation("Leaky ReLU", (("slope", 0.25),)),
    Activation("Maxout", (("b2", -1.5), ("w1", 2.0))),
    Dropout(0.125),
    BatchNorm(0.01, 1e-3),
    LocalResponseNorm(3, 2e-5, 0.5, 1.0),
]


@each("layer", LAYERS_TO_WRITE, ids=write_layer)
def test_every_layer_goes_through_its_text(layer):
    assert read_layer(write_layer(layer)) == layer


@each("name", [name for name in ARCHITECTURES if len(ARCHITECTURES[name].graph.nodes) < 80])
def test_the_chains_among_the_architectures_go_through_their_text(name):
    graph = ARCHITECTURES[name].graph
    try:
        stack = stack_of(graph)
    except ValueError as problem:
        assert "must be a chain" in str(problem)  # noqa: PT017
        return
    assert read_stack(write_stack(stack.layers)) == stack.layers
    assert stack.graph.parameter_count == graph.parameter_count


def test_every_layer_of_the_model_can_be_added_and_every_setting_is_explained():
    assert set(KINDS) == {*LAYERS, *PUBLISHED_LAYERS}
    for kind in KINDS.values():
        for setting in settings_of(kind.first, chosen=True):
            assert setting.help
            assert edited(kind.first, setting.name, setting.text) == kind.first
    assert set(SETTINGS) >= {
        each.name for kind in KINDS.values() for each in settings_of(kind.first, True)
    } - {"slope"}


@each(
    ("text", "told"),
    [
        ("Conv3d,8,3", "known kind"),
        ("Conv2d", "all it needs"),
        ("Conv2d,8", "all it needs"),
        ("Conv2d,8,0", "size must be at least 1"),
        ("Conv2d,8,3,size~5", "once"),
        ("Conv2d,8,3,colour~5", "settings of its own"),
        ("Conv2d,8,__import__", "must be a number"),
        ("Conv2d,8,3,padding~1-2x3", "padding"),
        ("Conv2d,8,99999999", "must be a number"),
        ("Dense,2.5", "whole number"),
        ("Dropout,1.5", "share must be"),
        ("Activation,Step", "name must be one of"),
        ("Activation,ReLU,slope~1", "slope"),
        ("Flatten,1", "known kind|settings of its own|must"),
        ("Dense,1;" * 900, f"at most {LONGEST}"),
    ],
)
def test_a_damaged_text_is_refused_with_a_sentence(text, told):
    with pytest.raises(ValueError, match=told):
        read_stack(text)


def test_what_was_typed_becomes_a_layer_or_a_sentence():
    layer = Conv2d(8, 3)
    assert edited(layer, "size", "5") == Conv2d(8, 5)
    assert edited(layer, "size", " 3 x 5 ") == Conv2d(8, (3, 5))
    assert edited(layer, "size", "3×5") == Conv2d(8, (3, 5))
    assert edited(layer, "padding", "1-2x0-1") == Conv2d(8, 3, padding=((1, 2), (0, 1)))
    assert edited(Activation("ReLU"), "name", "ELU") == Activation("ELU")
    assert edited(Activation("Leaky ReLU"), "slope", "0.2") == Activation("Leaky ReLU", (("slope", 0.2),))
    for name, text in (("groups", "3"), ("size", "x"), ("units", "5"), ("size", "-1"), ("size", "")):
        with pytest.raises(ValueError, match="must"):
            edited(layer, name, text)


def test_a_stack_keeps_what_does_not_fit():
    stack = Stack((3, 8, 8), (Conv2d(4, 3), Conv2d(4, 9), Flatten(), Dense(10)))
    assert (stack.broken, stack.shapes) == (1, ((3, 8, 8), (4, 6, 6)))
    assert "size must reach over at most 6" in stack.problem
    assert [node.name for node in stack.graph.nodes] == ["conv1"]
    assert len(stack.names) == 4
    mended = stack.having(1, Conv2d(4, 3))
    assert mended.broken is None
    assert mended.shapes == Architecture((3, 8, 8), mended.layers).shapes


def test_layers_are_added_moved_and_taken_out():
    stack = Stack((3, 8, 8), (Conv2d(4, 3), RELU))
    assert stack.adding(1, Flatten()).layers == (Conv2d(4, 3), Flatten(), RELU)
    assert stack.adding(2, Flatten()).layers[-1] == Flatten()
    assert stack.moving(0, 1).layers == (RELU, Conv2d(4, 3))
    assert stack.without(0).layers == (RELU,)
    assert stack.without(0).without(0).graph is None


@pytest.mark.parametrize("shape", [(), (1, 2, 3, 4), (0, 8, 8), (3, 5000, 2), (3, 2.5, 2)])
def test_an_impossible_input_is_refused(shape):
    with pytest.raises(ValueError, match="input shape must"):
        Stack(shape, ())


def test_a_stack_is_bounded():
    with pytest.raises(ValueError, match=f"at most {MOST_LAYERS}"):
        Stack((3, 8, 8), (RELU,) * (MOST_LAYERS + 1))


def test_a_graph_with_branches_gives_its_chains():
    graph = Graph(
        (3, 8, 8),
        (
            Node("stem", Conv2d(8, 3, padding=1), ("input",)),
            Node("pool", MaxPool(2), ("stem",)),
            Node("a", Conv2d(8, 3, padding=1), ("pool",)),
            Node("b", RELU, ("a",)),
            Node("add", Add(), ("b", "pool")),
            Node("flat", Flatten(), ("add",)),
            Node("out", Dense(10), ("flat",)),
        ),
    )
    with pytest.raises(ValueError, match="branches at 'add'"):
        stack_of(graph)
    parts = chain_parts(graph)
    assert list(parts) == ["stem to pool", "a to b", "flat to out"]
    assert parts["a to b"] == Stack((8, 4, 4), (Conv2d(8, 3, padding=1), RELU))
    assert all(not stack.problem for stack in parts.values())
