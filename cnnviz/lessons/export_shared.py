"""What programs written from a network share: names that Python allows, and numbers as arguments."""

import keyword
import re
from typing import Any

from cnnviz.model.counting import Line, lines
from cnnviz.model.graph import INPUT, Graph


def is_chain(graph: Graph) -> bool:
    """Tell whether every node reads the one before it."""
    before = (INPUT, *(node.name for node in graph.nodes))
    return all(node.inputs == (below,) for node, below in zip(graph.nodes, before, strict=False))


def identifiers(graph: Graph, taken: tuple[str, ...]) -> dict[str, str]:
    """Turn the names of nodes into different names that Python allows; the input is ``x``."""
    found = {INPUT: "x"}
    for node in graph.nodes:
        word = re.sub(r"\W+", "_", node.name, flags=re.A).strip("_").lower() or "layer"
        word = f"_{word}" if word[0].isdigit() or keyword.iskeyword(word) else word
        name, count = word, 1
        while name in found.values() or name in taken:
            count += 1
            name = f"{word}_{count}"
        found[node.name] = name
    return found


def call(name: str, *values: Any, **options: Any) -> str:
    """Write a call, with pairs of the same as one number."""
    words = [shown(value) for value in values]
    return f"{name}({', '.join([*words, *(f'{key}={shown(value)}' for key, value in options.items())])})"


def shown(value: Any) -> str:
    """Write a number, a text as it stands, or a pair of the same number once."""
    if (
        isinstance(value, tuple)
        and len(value) == 2
        and value[0] == value[1]
        and not isinstance(value[0], tuple)
    ):
        return repr(value[0])
    return value if isinstance(value, str) else repr(value)


def other(**options: Any) -> dict[str, Any]:
    """Leave out options that are given as (value, default) and equal."""
    return {key: value for key, (value, default) in options.items() if value != default}


def remark(line: Line) -> str:
    """Say what a layer gives, and how much it learns."""
    size = " x ".join(map(str, (*line.output_shape[1:], line.output_shape[0])))
    learned = line.weights + line.biases + line.others
    return f"{size}, {learned:,} parameters" if learned else size


def counted_lines(graph: Graph) -> tuple[Line, ...]:
    """Count with biases, as the libraries do."""
    return lines(graph)
