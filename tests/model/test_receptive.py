"""What a unit sees is where its gradient is, and stacked windows are one window."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnviz.model.counting import lines
from cnnviz.model.graph import INPUT, Graph, Node
from cnnviz.model.graph_passes import forward, input_gradient, random_parameters
from cnnviz.model.layers import Conv2d, Dense, Flatten, MeanPool
from cnnviz.model.merges import Add, Concatenate
from cnnviz.model.published_layers import Conv1d, GlobalMeanPool, Shortcut, Subsample
from cnnviz.window import Window
from tests.each import each

windows = st.builds(
    Window,
    size=st.integers(1, 5),
    stride=st.integers(1, 4),
    padding=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    dilation=st.integers(1, 3),
)


@given(windows, windows, st.integers(4, 60))
def test_a_window_behind_a_window_is_one_window(first, second, length):
    assume(first.extent <= first.padded(length))
    between = first.output_size(length)
    assume(second.extent <= second.padded(between))
    both = second.behind(first)
    assert both.output_size(length) == second.output_size(between)
    for place, start in enumerate(second.starts(between)):
        cells = second.cells(start)
        reached = [first.cells(-first.padding[0] + first.stride * cell) for cell in (cells[0], cells[-1])]
        seen = both.cells(both.starts(length)[place])
        assert (seen[0], seen[-1]) == (reached[0][0], reached[1][-1])


CHAIN = Graph.chain(
    (1, 17, 14),
    (
        Conv2d(2, (3, 2), padding=1),
        MeanPool(2),
        Conv2d(2, 3, stride=2, dilation=(1, 2), padding=((0, 1), (2, 1))),
        Subsample((2, 1)),
        Flatten(),
        Dense(3),
    ),
)
BRANCHES = Graph(
    (1, 16, 12),
    (
        Node("stem", Conv2d(2, 3, padding=1), (INPUT,)),
        Node("wide", Conv2d(2, 5, stride=2, padding=2), ("stem",)),
        Node("short", Shortcut(2, 2), ("stem",)),
        Node("sum", Add(), ("wide", "short")),
        Node("one", Conv2d(1, 1), ("sum",)),
        Node("late", Conv2d(1, 2, padding=((0, 1), (1, 0))), ("sum",)),
        Node("joined", Concatenate(), ("one", "late")),
        Node("mean", GlobalMeanPool(), ("joined",)),
    ),
)
UNEQUAL = Graph(  # the branches meet with one unit each, after other jumps
    (1, 9, 9),
    (
        Node("far", Conv2d(1, 3, stride=3, padding=0), (INPUT,)),
        Node("far2", Conv2d(1, 3), ("far",)),
        Node("near", Conv2d(1, 4, stride=6), (INPUT,)),
        Node("sum", Add(), ("far2", "near")),
    ),
)
SIGNAL = Graph.chain((2, 20), (Conv1d(2, 3, stride=2), Conv1d(2, 3, dilation=2, padding=0), GlobalMeanPool()))


@each(
    ("graph", "name"),
    [
        (graph, node.name)
        for graph in (CHAIN, BRANCHES, UNEQUAL, SIGNAL)
        for node in graph.nodes
        if node.name != "near"
    ],
    ids=str,
)
def test_a_unit_sees_the_cells_that_have_a_gradient(graph, name):
    """Measured with random positive weights, where nothing cancels."""
    field = next(line.field for line in lines(graph) if line.node.name == name)
    drawn = random_parameters(graph, 1, dtype=np.float64, upto=name)
    parameters = {node: tuple(np.abs(array) + 0.1 for array in arrays) for node, arrays in drawn.items()}
    x = np.ones((1, *graph.input_shape))
    outputs = forward(graph, parameters, x, name)
    shape = outputs[name].shape[1:]
    maps = len(shape) == len(graph.input_shape)
    for unit in np.ndindex(*(shape[1:] if maps else (1,) * len(field.windows))):
        dy = np.zeros((1, *shape))
        if maps:
            dy[(0, slice(None), *unit)] = 1
        elif name == "flatten1":
            dy[0, 0] = 1
        else:
            dy[:] = 1
        gradient = np.abs(input_gradient(graph, parameters, outputs, name, dy)).sum(axis=(0, 1))
        for axis, cells in enumerate(field.on_image(unit)):
            others = tuple(other for other in range(gradient.ndim) if other != axis)
            seen = np.flatnonzero(gradient.sum(axis=others))
            assert (seen[0], seen[-1] + 1) == (cells.start, cells.stop)


def test_branches_that_are_aligned_have_the_largest_field():
    fields = {line.node.name: line.field for line in lines(BRANCHES)}
    assert fields["wide"].size == (7, 7)
    assert fields["short"].size == (3, 3)
    for name in ("sum", "wide"):
        assert (fields[name].size, fields[name].jump, fields[name].start) == ((7, 7), (2, 2), (-3, -3))
        assert fields[name].positions == (8, 6)
    assert fields["late"].start == (-3, -5)
    assert fields["joined"].size == (9, 9)
    assert fields["mean"].positions == (1, 1)


def test_a_flat_input_has_no_axes():
    field = lines(Graph.chain((4,), (Dense(2),)))[0].field
    assert field.size == field.jump == field.start == field.positions == ()


def test_the_field_is_told_before_it_is_cut_at_the_border():
    field = lines(CHAIN)[0].field
    assert field.span((0, 0)) == (range(-1, 2), range(-1, 1))
    assert field.on_image((0, 0)) == (range(0, 2), range(0, 1))
