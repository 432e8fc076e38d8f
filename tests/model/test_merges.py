"""Where branches meet: shapes, what does not fit, and every entry of every gradient."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose

from cnnviz.model.graph import INPUT, Graph, Node
from cnnviz.model.layers import Conv2d, Flatten
from cnnviz.model.merges import MERGES, Add, Concatenate, Merge
from tests import reference

MERGED = [
    Graph(
        (3, 5, 4),
        (
            Node("left", Conv2d(2, 3, padding=1), (INPUT,)),
            Node("right", Conv2d(2, 1), (INPUT,)),
            Node("both", merge, ("left", "right")),
        ),
    )
    for merge in (Add(), Concatenate())
]


def test_every_merge_has_a_case():
    assert {type(graph.nodes[-1].layer) for graph in MERGED} == set(MERGES.values())


@pytest.mark.parametrize("merge", [Add(), Concatenate()], ids=str)
def test_backward_is_the_slope_of_forward(merge: Merge):
    rng = np.random.default_rng(1)
    inputs = [rng.normal(size=(2, 3, 2, 2)) for _ in range(3)]
    dy = rng.normal(size=(2, *merge.merged_shape([part.shape[1:] for part in inputs])))
    for at, gradient in enumerate(merge.merge_backward(inputs, dy)):
        slopes = reference.slopes(
            lambda moved, at=at: (dy * merge.merge([*inputs[:at], moved, *inputs[at + 1 :]])).sum(),
            inputs[at],
        )
        assert_allclose(gradient, slopes, rtol=1e-5, atol=1e-6)


def test_what_cannot_meet_is_refused_by_name():
    with pytest.raises(ValueError, match=re.escape("one shape to be added, got (3, 4, 4) and (3, 2, 2)")):
        Add().merged_shape([(3, 4, 4), (3, 2, 2)])
    with pytest.raises(
        ValueError, match=re.escape("maps of one size to be joined, got (1, 4, 4) and (2, 4, 3)")
    ):
        Concatenate().merged_shape([(1, 4, 4), (2, 4, 3)])
    with pytest.raises(
        ValueError, match=re.escape("node 'sum' does not fit: its inputs must have one shape")
    ):
        Graph(
            (1, 4, 4),
            (Node("flat", Flatten(), (INPUT,)), Node("sum", Add(), (INPUT, "flat"))),
        )
