"""Formulas with their numbers filled in add up to what was counted."""

import re
from math import prod

from cnnviz.lessons.tellings import TELLS, Telling, tellings
from cnnviz.model.counting import Rules, lines
from cnnviz.model.graph import Graph
from cnnviz.model.layers import LAYERS
from cnnviz.model.merges import MERGES
from cnnviz.model.published_layers import PUBLISHED_LAYERS
from cnnviz.presets.architectures import ARCHITECTURES
from tests.each import each
from tests.model.test_layers import CASES
from tests.model.test_merges import MERGED

CHAINS = [Graph.chain(shape, (layer,)) for layer, shape in CASES]
RULES = (Rules(), Rules(biases=False), Rules(operations="FLOP", normalisation=True))


def value_of(latex: str):
    """Compute a formula, read as LaTeX."""
    plain = re.sub(r"\\tfrac\{(\d+)\}\{(\d+)\}", r"(\1/\2)", latex.replace(r"\,/\,", "/").replace(r"\,", ""))
    plain = plain.replace(r"\cdot", "*").replace(r"\lfloor", "int(").replace(r"\rfloor", ")")
    return eval(re.sub(r"\\mathbf\{(\d+)\}", r"\1", plain), {})


def check(telling: Telling):
    for told in re.split(r"\\\\|\\quad", telling.filled) if telling.filled else ():
        parts = told.strip(", ").split(" = ")
        if r"\times" not in told:
            assert len({value_of(part) for part in parts[1:]}) == 1, told
    if isinstance(telling.value, int):
        assert value_of(telling.filled.split(" = ")[1]) == telling.value
    assert telling.filled or not telling.value.size


@each("rules", RULES, ids=str)
@each("graph", [*CHAINS, *MERGED], ids=lambda graph: graph.nodes[-1].layer.title)
def test_a_layer_is_told_as_it_is_counted(graph, rules):
    line = lines(graph, rules)[-1]
    told = tellings(line)
    assert tuple(telling.what for telling in told) == TELLS
    for telling in told:
        check(telling)
    output, parameters, operations, field = told
    assert (output.value, field.value) == (line.output_shape, line.field)
    assert (parameters.value, operations.value) == (line.parameters, line.operations)


def test_every_layer_is_told():
    kinds = {type(node.layer).__name__ for graph in (*CHAINS, *MERGED) for node in graph.nodes}
    assert kinds >= {*LAYERS, *PUBLISHED_LAYERS, *MERGES}


@each("name", ARCHITECTURES)
def test_every_line_of_an_architecture_is_told(name):
    for line in {line.node.layer: line for line in ARCHITECTURES[name].rows()}.values():
        for telling in tellings(line):
            check(telling)


def test_the_first_layer_of_alexnet_as_in_the_lectures():
    output, parameters, operations, field = tellings(ARCHITECTURES["AlexNet, one tower"].rows()[0])
    assert output.filled == r"o = \lfloor (227 + 0 + 0 - 11)\,/\,4 \rfloor + 1 = \mathbf{55}"
    assert parameters.latex == r"P = (k \cdot l \cdot C + 1) \cdot K"
    assert parameters.filled == r"P = (11 \cdot 11 \cdot 3 + 1) \cdot 96 = 34\,944"
    assert operations.filled.endswith(r"= 105\,415\,200")
    assert (
        field.filled == r"r = 1 + (11 - 1) \cdot 1 = 11, \quad j = 4 \cdot 1 = 4, \quad a = 0 - 0 \cdot 1 = 0"
    )
    assert prod(output.value) == 290_400
