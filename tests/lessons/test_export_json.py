"""A network goes through its file unharmed; what is not one is refused with one sentence."""

import json

import pytest

from cnnviz.lessons.export_json import LONGEST, read_json, write_json
from cnnviz.model.graph import Graph
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack_kinds import KINDS
from tests.each import each

SMALL = Graph.chain(
    (3, 8, 8), [Conv2d(4, 3, padding=((1, 0), (0, 1))), Activation("ELU"), Flatten(), Dense(2)]
)


@pytest.mark.parametrize("name", ["ResNet-50", "GoogLeNet", "LeNet-5 (1998)", "VGG-16"])
def test_an_architecture_comes_back_as_it_was(name):
    graph = ARCHITECTURES[name].graph
    assert read_json(write_json(graph)) == graph


def test_every_layer_comes_back():
    for name, kind in KINDS.items():
        shape = {"Conv1d": (4, 12), "Dense": (20,), "RadialBasis": (20,)}.get(name, (4, 12, 10))
        graph = Graph.chain(shape, [kind.first])
        assert read_json(write_json(graph)) == graph


def test_the_file_has_a_line_for_each_layer():
    lines = write_json(SMALL).decode().splitlines()
    assert len(lines) == 2 + len(SMALL.nodes) + 1
    assert json.loads(write_json(SMALL))["input_shape"] == [3, 8, 8]


def altered(**changes) -> bytes:
    return json.dumps({**json.loads(write_json(SMALL)), **changes}).encode()


@each(
    ("raw", "told"),
    [
        (b"", "must be a network saved by this page"),
        (b"\xff\xfe", "must be a network saved by this page"),
        (b"[]", "must be a network saved by this page"),
        (b"[" * 5000, "must be a network saved by this page"),
        (b" " * (LONGEST + 1), "at most"),
        (write_json(SMALL).replace(b'"units": 2', b'"units": ' + b"9" * 4000), "must be a network saved"),
        (write_json(SMALL).replace(b'"units": 2', b'"units": NaN'), "must be a network saved"),
        (altered(version=2), "version 1, got 2"),
        (altered(input_shape=[3, -1, 8]), "input_shape must be"),
        (altered(input_shape=7), "damaged"),
        (altered(nodes=[]), "at least one"),
        (altered(nodes=[{"name": "a"}]), "damaged"),
        (altered(nodes=[{"name": "a", "inputs": [3], "layer": {}}]), "damaged"),
        (altered(nodes=[{"name": "a", "inputs": ["input"], "layer": {"kind": "os"}}]), "kind must be one of"),
        (
            altered(nodes=[{"name": "a", "inputs": ["input"], "layer": {"kind": "Dense", "units": 3}}]),
            "'a' does not fit",
        ),
        (
            altered(nodes=[{"name": "a", "inputs": ["b"], "layer": {"kind": "Flatten"}}]),
            "must come before it",
        ),
    ],
)
def test_anything_else_is_refused_with_a_sentence(raw, told):
    with pytest.raises(ValueError, match=told):
        read_json(raw)
