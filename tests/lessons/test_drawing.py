"""Boxes stand to scale, branches below each other, and a long picture breaks where one wire passes."""

from itertools import combinations, pairwise

import pytest

from cnnviz.lessons.drawing import MOST_OPEN, Part, foldable, kind_of, parts_of, shown_parts, size_text
from cnnviz.lessons.drawing_layout import lay_out
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.graph import Graph, Node
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.merges import Add, Concatenate
from cnnviz.model.published_layers import Conv1d, GlobalMeanPool, LocalResponseNorm, Subsample

RELU = Activation("ReLU")
CHAIN = Graph.chain(
    (3, 64, 32), [Conv2d(16, 3, padding=1), RELU, MaxPool(2), Conv2d(64, 5), Flatten(), Dense(10)]
)


def inception() -> Graph:
    """Give a module of three branches between two convolutions."""
    return Graph(
        (3, 32, 32),
        (
            Node("stem", Conv2d(8, 3, padding=1), ("input",)),
            Node("a", Conv2d(4, 1), ("stem",)),
            Node("b", Conv2d(4, 1), ("stem",)),
            Node("b2", Conv2d(4, 3, padding=1), ("b",)),
            Node("c", MaxPool(3, 1, 1), ("stem",)),
            Node("join", Concatenate(), ("a", "b2", "c")),
            Node("end", Conv2d(8, 3), ("join",)),
        ),
    )


def residual(blocks: int) -> Graph:
    """Give a stem, then stages of blocks with shortcuts."""
    nodes = [Node("stem", Conv2d(8, 3, padding=1), ("input",))]
    for block in range(blocks):
        stage, start = f"stage {block // 10 + 1}", nodes[-1].name
        nodes += [
            Node(f"conv {block}", Conv2d(8, 3, padding=1), (start,), stage),
            Node(f"norm {block}", BatchNorm(), (f"conv {block}",), stage),
            Node(f"add {block}", Add(), (f"norm {block}", start), stage),
        ]
    return Graph((3, 32, 32), tuple(nodes))


def boxes(graph: Graph, **options) -> dict:
    return {box.part.name: box for box in lay_out(shown_parts(graph, **options)).boxes}


def test_sizes_are_written_with_the_channels_last():
    assert [size_text(shape) for shape in ((96, 55, 27), (4, 1000), (4096,))] == [
        "55 × 27 × 96",
        "1,000 × 4",
        "4,096",
    ]


@pytest.mark.parametrize(
    ("layer", "before", "kind"),
    [
        (Conv2d(8, 3), (3, 8, 8), "conv"),
        (Dense(10), (20,), "dense"),
        (MaxPool(3, 1, 1), (3, 8, 8), "pool"),
        (Subsample(2), (3, 8, 8), "pool"),
        (GlobalMeanPool(), (3, 8, 8), "pool"),
        (Flatten(), (3, 8, 8), "slab"),
        (BatchNorm(), (3, 8, 8), "slab"),
        (LocalResponseNorm(), (3, 8, 8), "slab"),
        (Activation("Tanh"), (20,), "slab"),
        (Add(), (3, 8, 8), "merge"),
    ],
    ids=lambda value: str(value),
)
def test_what_a_layer_is_follows_from_what_it_does(layer, before, kind):
    after = before if isinstance(layer, Add) else layer.output_shape(before)
    assert kind_of(layer, before, after) == kind


def test_a_larger_map_is_a_larger_box_and_more_maps_a_thicker_one():
    drawn = boxes(CHAIN)
    assert drawn["input"].height == max(box.height for box in drawn.values())
    assert drawn["conv1"].height == drawn["input"].height > drawn["pool1"].height > drawn["conv2"].height
    assert drawn["conv2"].width > drawn["conv1"].width > drawn["input"].width
    assert drawn["pool1"].height / drawn["input"].height == pytest.approx((32 / 64) ** 0.5)
    tall = drawn["input"]
    assert tall.lean / tall.height == pytest.approx(0.3 * (32 / 64) ** 0.5)


def test_boxes_do_not_overlap_and_a_slab_lies_on_its_layer():
    drawn = boxes(CHAIN)
    assert drawn["relu1"].x == drawn["conv1"].x + drawn["conv1"].width
    columns = [box for name, box in drawn.items() if name != "relu1"]
    assert all(one.x + one.width + one.lean < other.x for one, other in pairwise(columns))
    assert {round(box.middle) for box in drawn.values()} == {0}


def test_branches_lie_below_each_other_and_meet_on_the_level_they_left():
    drawn = boxes(inception())
    a, b, c = (drawn[name] for name in ("a", "b", "c"))
    assert a.y + a.height < b.y - b.lean < b.y + b.height < c.y - c.lean
    assert drawn["b2"].middle == pytest.approx(b.middle)
    assert drawn["stem"].middle == drawn["join"].middle == drawn["end"].middle == 0


def test_every_wire_runs_from_its_layer_to_the_one_that_reads_it():
    drawing = lay_out(parts_of(inception()))
    wanted = {(start, node.name) for node in inception().nodes for start in node.inputs}
    assert {(wire.start, wire.end) for wire in drawing.wires} == wanted
    ends = {box.part.name: box.x for box in drawing.boxes}
    assert all(wire.points[-1][0] == ends[wire.end] for wire in drawing.wires)


def test_a_shortcut_goes_over_what_it_skips():
    drawing = lay_out(parts_of(residual(1)))
    top = min(box.y - box.lean for box in drawing.boxes if box.part.name == "conv 0")
    (shortcut,) = (wire for wire in drawing.wires if (wire.start, wire.end) == ("stem", "add 0"))
    assert min(y for _, y in shortcut.points) < top


def test_a_large_network_is_folded_by_stages_and_each_can_be_opened():
    graph = residual(30)
    assert len(graph.nodes) > MOST_OPEN
    assert [stage for stage, _ in foldable(graph)] == ["stage 1", "stage 2", "stage 3"]
    drawn = boxes(graph)
    assert list(drawn) == ["input", "stem", "stage 1", "stage 2", "stage 3"]
    stage = drawn["stage 2"].part
    assert (stage.weighted, len(stage.members), stage.title) == (10, 30, "30 layers")
    assert stage.inputs == ("stage 1",)
    opened = boxes(graph, opened={"stage 2"})
    assert len(opened) == 4 + 30
    assert opened["conv 10"].part.inputs == ("stage 1",)
    assert opened["stage 3"].part.inputs == ("add 19",)


def test_rows_break_only_where_one_wire_passes():
    drawing = lay_out(parts_of(inception()))
    for cut in drawing.cuts:
        assert sum(wire.points[0][0] < cut < wire.points[-1][0] for wire in drawing.wires) == 1
    for way in drawing.rowings:
        assert all(one.x + one.width == pytest.approx(other.x) for one, other in pairwise(way))
    widths = [max(row.width for row in way) for way in drawing.rowings]
    assert widths == sorted(widths, reverse=True)
    assert len(drawing.rowings[0]) == 1


def test_every_box_lies_in_one_row_of_each_way():
    drawing = lay_out(parts_of(CHAIN))
    for way in drawing.rowings:
        for box in drawing.boxes:
            rows = [row for row in way if row.x <= box.x < row.x + row.width]
            assert len(rows) == 1
            assert rows[0].y <= box.y - box.lean
            assert box.y + box.height <= rows[0].y + rows[0].height


def test_signals_vectors_and_unknown_shapes_are_drawn_too():
    signal = boxes(Graph.chain((4, 100), [Conv1d(8, 3), RELU]))
    assert signal["conv1"].width > signal["input"].width
    assert signal["conv1"].lean < signal["conv1"].height / 10
    vector = boxes(Graph.chain((100,), [Dense(400), RELU, Dense(2)]))
    assert vector["dense1"].height > vector["input"].height > vector["dense2"].height
    unknown = lay_out(
        (Part("input", "Input", "input", (), (3, 8, 8)), Part("conv1", "Conv", "conv", ("input",), None))
    )
    assert unknown.boxes[1].part.size == "?"


def test_rows_are_as_even_as_the_cuts_allow():
    """By trying every way to break a chain into three rows."""
    drawing = lay_out(
        parts_of(Graph.chain((3, 64, 64), [Conv2d(16 * k, 3, padding=1) for k in (1, 8, 2, 30, 4, 1)]))
    )
    (row,), way = drawing.rowings[0], drawing.rowings[2]
    ends = [row.x, row.x + row.width]
    tried = [[ends[0], *pair, ends[1]] for pair in combinations(drawing.cuts, 2)]
    best = min(max(end - start for start, end in pairwise(cut)) for cut in tried)
    assert max(each.width for each in way) == pytest.approx(best)
