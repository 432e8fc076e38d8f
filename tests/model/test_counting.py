"""Tables add up under every rule, and memory is what would lie in memory."""

from dataclasses import replace

import pytest

from cnnviz.model.counting import Rules, lines, totals
from cnnviz.model.graph import Graph
from cnnviz.model.layers import BatchNorm, Conv2d, Dense, Flatten, MaxPool
from tests.model.test_graph import BRANCHED

ALONE = Graph.chain((3, 8, 8), (Conv2d(4, 3, padding=1), BatchNorm(), MaxPool(2), Flatten(), Dense(10)))


def test_one_line_by_hand():
    conv, norm, pool, flat, dense = lines(ALONE)
    assert (conv.weights, conv.biases, conv.others, conv.fixed) == (108, 4, 0, 0)
    assert (norm.weights, norm.biases, norm.others, norm.fixed) == (0, 0, 8, 8)
    assert (conv.operations, norm.operations, pool.operations, dense.operations) == (6912, 0, 0, 640)
    assert (conv.activations, pool.activations, flat.activations) == (256, 64, 64)
    assert conv.memory_inference == (112 + 192 + 256) * 4
    assert conv.memory_training == (3 * 112 + 2 * 256) * 4
    assert norm.memory_training == (3 * 8 + 8 + 2 * 256) * 4
    assert (pool.field.size, pool.field.jump, pool.field.start) == ((4, 4), (2, 2), (-1, -1))
    assert pool.field_before == norm.field == conv.field


def test_ten_filters_of_deck_003():
    line = lines(Graph.chain((3, 32, 32), (Conv2d(10, 5, padding=2),)))[0]
    assert (line.parameters, line.output_shape) == (760, (10, 32, 32))


def test_rules_change_what_they_name():
    plain, bare = lines(ALONE), lines(ALONE, Rules(biases=False))
    assert [line.parameters for line in plain] == [112, 8, 0, 0, 650]
    assert [line.parameters for line in bare] == [108, 8, 0, 0, 640]
    assert [line.biases for line in bare] == [line.biases for line in plain]
    flops = lines(ALONE, Rules(operations="FLOP"))
    assert [line.operations for line in flops] == [2 * line.operations for line in plain]
    halves = lines(ALONE, Rules(number_bytes=2))
    assert [2 * line.memory_training for line in halves] == [line.memory_training for line in plain]
    assert lines(ALONE, Rules(normalisation=True))[1].operations == 256


@pytest.mark.parametrize("rules", [Rules(), Rules(False, "FLOP", 2, True)], ids=str)
@pytest.mark.parametrize("graph", [ALONE, BRANCHED], ids=["chain", "graph"])
def test_columns_add_up(graph, rules):
    table = lines(graph, rules)
    total = totals(table)
    for column in ("parameters", "weights", "biases", "others", "fixed", "operations", "activations"):
        assert getattr(total, column) == sum(getattr(line, column) for line in table)
    assert totals(lines(graph)).parameters == graph.parameter_count
    assert total.weights + total.biases + total.others == graph.parameter_count


def test_memory_is_what_lies_there_at_one_time():
    total = totals(lines(ALONE))
    assert total.memory_inference == (ALONE.parameter_count + 8 + 256 + 256) * 4  # while it is normalised
    assert total.memory_training == sum(line.memory_training for line in lines(ALONE)) + 192 * 4
    # stem 120 and norm 54 stay for the shortcut; nobody reads the flattened stem, so it stays to the end
    table = lines(BRANCHED)
    assert totals(table).memory_inference == (BRANCHED.parameter_count + 12 + _most_alive()) * 4


def _most_alive():
    """Follow the branched graph by hand: the joined maps stand beside their parts and the unused node."""
    sizes = {"tanh": 54, "side": 18, "unused": 120, "joined": 126}
    return max(sum(sizes.values()), 60 + 120, 120 + 54 + 54 + 54)


def test_rules_refuse_what_they_do_not_know():
    with pytest.raises(ValueError, match="operations must be one of MAC, FLOP, got 'ops'"):
        Rules(operations="ops")
    with pytest.raises(ValueError, match="number_bytes must be at least 1, got 0"):
        replace(Rules(), number_bytes=0)
