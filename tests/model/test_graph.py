"""Graphs are counted without being run, name what does not fit, run like chains, and tell their gradients."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnviz.model import passes
from cnnviz.model.architecture import Architecture, joined
from cnnviz.model.graph import INPUT, Graph, MisfitError, Node, numbered_names
from cnnviz.model.graph_passes import forward, input_gradient, random_parameters
from cnnviz.model.layers import Activation, BatchNorm, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.merges import Add, Concatenate
from cnnviz.model.published_layers import BareConv2d, GlobalMeanPool, Shortcut
from tests import reference
from tests.model.examples import DIGITS_CNN, EVERYTHING, LENET

RELU = Activation("Tanh")
BRANCHED = Graph(
    (2, 6, 5),
    (
        Node("stem", Conv2d(4, 3, padding=1), (INPUT,)),
        Node("way", BareConv2d(6, 3, stride=2, padding=1), ("stem",), "block"),
        Node("norm", BatchNorm(), ("way",), "block"),
        Node("shortcut", Shortcut(6, 2), ("stem",), "block"),
        Node("sum", Add(), ("norm", "shortcut"), "block"),
        Node("tanh", RELU, ("sum",)),
        Node("side", Conv2d(2, 1), ("tanh",)),
        Node("unused", Flatten(), ("stem",)),
        Node("joined", Concatenate(), ("tanh", "side", "tanh")),
        Node("mean", GlobalMeanPool(), ("joined",)),
        Node("out", Dense(3), ("mean",)),
    ),
)


def test_shapes_and_counts_by_name():
    assert BRANCHED.shapes["sum"] == (6, 3, 3)
    assert BRANCHED.shapes["joined"] == (14, 3, 3)
    assert BRANCHED.output_shape == (3,)
    assert BRANCHED.parameter_count == (2 * 9 + 1) * 4 + 4 * 9 * 6 + 12 + (6 + 1) * 2 + 15 * 3
    assert [node.name for node in BRANCHED.needed_for("side")] == [
        "stem", "way", "norm", "shortcut", "sum", "tanh", "side",
    ]  # fmt: skip
    assert BRANCHED.by_name["side"].layer == Conv2d(2, 1)


def test_a_graph_is_a_value():
    same = Graph(BRANCHED.input_shape, list(BRANCHED.nodes))
    assert same == BRANCHED
    assert hash(same) == hash(BRANCHED)
    assert same != Graph(BRANCHED.input_shape, BRANCHED.nodes[:-1])


@pytest.mark.parametrize(
    ("nodes", "name", "reason"),
    [
        ((Node("a", Conv2d(2, 9), (INPUT,)),), "a", "size must reach over at most 5 padded cells"),
        ((Node("a", Conv2d(2, 3), ("b",)),), "a", "its inputs must come before it, got 'b'"),
        ((Node("a", Add(), (INPUT,)),), "a", "its inputs must be at least 2, got 1"),
        ((Node("a", Flatten(), (INPUT, INPUT)),), "a", "its inputs must be exactly 1, got 2"),
        ((Node("input", Flatten(), (INPUT,)),), "input", "its name must be new and not empty"),
        ((Node("", Flatten(), (INPUT,)),), "", "its name must be new and not empty"),
        (
            (Node("a", Flatten(), (INPUT,)), Node("a", Dense(2), ("a",))),
            "a",
            "its name must be new and not empty",
        ),
        ((Node("a", Dense(2), (INPUT,)),), "a", "its input must be flat, got shape (1, 5, 5)"),
        (
            (Node("a", Conv2d(2, 3), (INPUT,)), Node("b", Concatenate(), (INPUT, "a"))),
            "b",
            "maps of one size to be joined, got (1, 5, 5) and (2, 3, 3)",
        ),
    ],
)
def test_a_node_that_does_not_fit_is_named(nodes, name, reason):
    with pytest.raises(MisfitError, match=re.escape(reason)) as caught:
        Graph((1, 5, 5), nodes)
    assert caught.value.node == name
    assert str(caught.value).startswith(f"node '{name}' does not fit: ")


def test_what_is_no_graph_is_refused():
    for shape, nodes, message in (
        ((1, 5, 5), (), "nodes must be at least one, got none"),
        ((), (Node("a", Flatten(), (INPUT,)),), "input_shape must have at least one axis, got none"),
        ((0,), (Node("a", Flatten(), (INPUT,)),), "input_shape must be at least 1, got 0"),
        ((1, 5, 5), (Flatten(),), "nodes must be a Node, got"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            Graph(shape, nodes)
    with pytest.raises(ValueError, match="names must be one for each of 1 layers, got 2"):
        Graph.chain((1, 5, 5), (Flatten(),), ("a", "b"))


@pytest.mark.parametrize("architecture", [LENET, DIGITS_CNN, EVERYTHING], ids=str)
def test_a_chain_is_an_architecture_and_back(architecture):
    chain = Graph.chain(architecture.input_shape, architecture.layers)
    assert chain.architecture() == architecture
    assert chain.parameter_count == architecture.parameter_count
    assert list(chain.shapes.values()) == list(architecture.shapes)


def test_layers_are_numbered_by_kind():
    layers = (
        Conv2d(4, 3),
        Activation("Leaky ReLU"),
        MaxPool(2),
        Conv2d(4, 1),
        BatchNorm(),
        Flatten(),
        Dense(2),
    )
    assert numbered_names(layers) == ("conv1", "relu1", "pool1", "conv2", "norm1", "flatten1", "dense1")


def test_what_cannot_be_trained_says_why():
    for graph, message in (
        (BRANCHED, "graph must be a chain to be trained here, got a branch at 'shortcut'"),
        (
            Graph.chain((1, 5, 5), (BareConv2d(2, 3),)),
            "layers must be ones that are trained here, got Conv 2 @ 3×3 (BareConv2d) at 'conv1'",
        ),
        (Graph.chain((1, 500, 500), (Flatten(), Dense(10))), "at most 1,000,000 parameters, got 2,500,010"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            graph.architecture()


def test_a_chain_runs_like_its_architecture():
    architecture = Architecture(LENET.input_shape, LENET.layers)
    chain = Graph.chain(LENET.input_shape, LENET.layers)
    parameters = random_parameters(chain, 5)
    vector = joined(parameters.values())
    x = np.random.default_rng(0).normal(size=(2, 1, 28, 28)).astype(np.float32)
    outputs, same = forward(chain, parameters, x), passes.forward(architecture, vector, x)
    for ours, theirs in zip(outputs.values(), same, strict=True):
        assert_array_equal(ours, theirs)
    dy = np.ones_like(same[-1])
    dx, _ = passes.backward(architecture, vector, same, dy, input_gradient=True)
    assert_allclose(input_gradient(chain, parameters, outputs, chain.nodes[-1].name, dy), dx, rtol=1e-6)


@pytest.mark.parametrize("name", ["out", "sum", "joined", "stem"])
def test_the_gradient_of_a_graph_is_the_slope_of_its_nodes(name):
    parameters = random_parameters(BRANCHED, 2, "Glorot", dtype=np.float64)
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2, *BRANCHED.input_shape))
    outputs = forward(BRANCHED, parameters, x, upto=name)
    assert ("out" in outputs) == (name == "out")
    dy = rng.normal(size=outputs[name].shape)
    slopes = reference.slopes(lambda x: (dy * forward(BRANCHED, parameters, x, name)[name]).sum(), x)
    assert_allclose(input_gradient(BRANCHED, parameters, outputs, name, dy), slopes, rtol=1e-5, atol=1e-7)


def test_parameters_are_drawn_only_for_what_is_needed_and_stay_the_same():
    some, every = random_parameters(BRANCHED, 3, upto="sum"), random_parameters(BRANCHED, 3)
    assert set(some) == {"stem", "way", "norm", "shortcut", "sum"}
    for name, arrays in some.items():
        for ours, theirs in zip(arrays, every[name], strict=True):
            assert_array_equal(ours, theirs)
    assert_array_equal(every["norm"][0], np.ones(6))


def test_an_input_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=re.escape("x must have shape (N, *(2, 6, 5)), got (1, 2, 5, 6)")):
        forward(BRANCHED, random_parameters(BRANCHED, 0), np.zeros((1, 2, 5, 6), np.float32))
