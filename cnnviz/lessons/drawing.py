"""A network as boxes and wires to scale: what a picture of it shows, before anything is drawn.

Height and lean of a box are the size of its maps, its thickness their number, all on a root scale; a vector
is a bar. Layers of a stage fold into one box. `drawing_layout` finds the places; to show another kind of
layer in another way, change `kind_of`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod

from cnnviz.lessons.explain import counted
from cnnviz.model.graph import INPUT, Graph
from cnnviz.model.layer import Layer, Shape
from cnnviz.model.merges import Merge

MOST_OPEN = 60  # layers; in larger networks the stages are folded
KINDS = {  # what a box can be, and how the legend calls it
    "input": "input",
    "conv": "convolution",
    "pool": "pooling",
    "dense": "dense",
    "slab": "keeps the shape",
    "merge": "branches meet",
    "stage": "several layers",
}
SLAB = "slab"  # drawn on the box before it
WEIGHTED = ("conv", "dense")


@dataclass(frozen=True)
class Part:
    """One layer, or several folded into one; ``shape`` None where it is not known."""

    name: str
    title: str
    kind: str
    inputs: tuple[str, ...]
    shape: Shape | None
    members: tuple[str, ...] = ()
    weighted: int = 0  # how many of its layers have weights

    @property
    def size(self) -> str:
        """Write the shape of what it gives."""
        return "?" if self.shape is None else size_text(self.shape)


def size_text(shape: Shape) -> str:
    """Write a shape as the lectures do, the channels last: ``55 × 55 × 96``."""
    return " × ".join(f"{length:,}" for length in (*shape[1:], shape[0]))


def kind_of(layer: Layer, before: Shape, after: Shape) -> str:
    """Tell what a layer is from what it does: whether it learns, and what becomes of shapes."""
    if isinstance(layer, Merge):
        return "merge"
    slides = any(window.size > 1 for window in layer.windows_on(before) or ())
    if before == after and not slides and "weights" not in layer.parameter_shapes(before):
        return SLAB
    if len(before) == len(after) == 1:
        return "dense"
    if len(layer.parameter_shapes(before).get("weights", ())) > 2:
        return "conv"
    return SLAB if prod(before) == prod(after) and not slides else "pool"


def parts_of(graph: Graph) -> tuple[Part, ...]:
    """List the layers of a graph, the input first."""
    shapes = graph.shapes
    parts = [Part(INPUT, "Input", "input", (), shapes[INPUT], (INPUT,))]
    for node in graph.nodes:
        before, after = shapes[node.inputs[0]], shapes[node.name]
        kind = kind_of(node.layer, before, after)
        weighted = int(kind in WEIGHTED)
        parts.append(Part(node.name, node.layer.title, kind, node.inputs, after, (node.name,), weighted))
    return tuple(parts)


def foldable(graph: Graph) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List the stages of more than one layer and the nodes that stand together in each."""
    runs: list[tuple[str, list[str]]] = []
    for node in graph.nodes:
        if runs and node.stage and runs[-1][0] == node.stage:
            runs[-1][1].append(node.name)
        else:
            runs.append((node.stage, [node.name]))
    return tuple((stage, tuple(names)) for stage, names in runs if stage and len(names) > 1)


def fold(parts: Sequence[Part], runs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Part, ...]:
    """Make one part of the parts of each run; what reads one of them reads the whole."""
    stage_of = {name: stage for stage, names in runs for name in names}
    folded: dict[str, Part] = {}
    for part in parts:
        name = stage_of.get(part.name, part.name)
        inputs = tuple(dict.fromkeys(stage_of.get(each, each) for each in part.inputs))
        before = folded.get(name)
        if before is None:
            kind = "stage" if part.name in stage_of else part.kind
            folded[name] = replace(part, name=name, kind=kind, inputs=inputs)
            continue
        read = tuple(dict.fromkeys((*before.inputs, *(each for each in inputs if each != name))))
        weighted, members = before.weighted + part.weighted, (*before.members, *part.members)
        title = counted(len(members), "layer")
        folded[name] = Part(name, title, "stage", read, part.shape, members, weighted)
    return tuple(folded.values())


def shown_parts(graph: Graph, opened: Collection[str] = ()) -> tuple[Part, ...]:
    """List what a drawing shows: all layers of a small network, or the stages that are not ``opened``."""
    parts = parts_of(graph)
    if len(graph.nodes) <= MOST_OPEN:
        return parts
    return fold(parts, [run for run in foldable(graph) if run[0] not in opened])
