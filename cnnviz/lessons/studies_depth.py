"""Why depth needs a way past: plain and residual nets counted side by side, and one block in numbers.

The block is two convolutions of a short signal; the only thing that differs is whether its input is added
before the last ReLU. With weights of 0 the residual block hands its input on, the plain one loses it.
"""

from dataclasses import dataclass, replace

import numpy as np

from cnnviz.kernels.activations import ACTIVATIONS
from cnnviz.kernels.convolution import conv1d
from cnnviz.lessons.explain import brief
from cnnviz.lessons.studies import counted
from cnnviz.lessons.studies_tables import Cell, Sheet, SheetRow
from cnnviz.model.counting import Rules
from cnnviz.model.graph import INPUT, Graph
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.studies import CIFAR_DEPTHS
from cnnviz.presets.study_setup import LARGEST_SCALE

X = np.array([1.0, 3, 2, 0, 1, 2, 4, 1])
KERNELS = np.array([[2.0, -1, 1], [-1.0, 2, 1]])  # of the two convolutions, at scale 1


@dataclass(frozen=True)
class Signal:
    """A row of numbers: what it is called, how it came about, and its role."""

    name: str
    told: str
    values: np.ndarray
    role: str


@dataclass(frozen=True)
class Block:
    """One block with and without the way past it."""

    branch: np.ndarray  # F(x)
    plain: np.ndarray
    residual: np.ndarray

    @classmethod
    def of(cls, scale: int) -> "Block":
        """Compute it with weights of so many tenths of `KERNELS`."""
        relu = ACTIVATIONS["ReLU"].f
        first, second = KERNELS * scale / 10
        inner = relu(conv1d(X[None, None], first[None, None], padding=1))
        branch = conv1d(inner, second[None, None], padding=1)[0, 0]
        branch = np.round(branch, 9) + 0.0
        return cls(branch, relu(branch), relu(branch + X))

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The rows to show."""
        return (
            Signal("x", "input", X, "input"),
            Signal("F(x)", "convolution, ReLU, convolution", self.branch, "kernel"),
            Signal("Plain block", "ReLU(F(x))", self.plain, "output"),
            Signal("Residual block", "ReLU(F(x) + x)", self.residual, "output"),
        )

    def told(self, scale: int) -> str:
        """Say how much of the input the two blocks change."""
        plain, residual = (np.abs(values - X).mean() for values in (self.plain, self.residual))
        start = f"Weights at {scale * 10} %: " if scale else "All weights are 0: "
        return (
            f"{start}the plain block moves every number by {brief(plain)} on average, the residual block by "
            f"{brief(residual)}."
        )


def largest() -> float:
    """Find the largest number that any block shows, so that its colours mean the same at every scale."""
    block = Block.of(LARGEST_SCALE)
    return float(max(np.abs(signal.values).max() for signal in block.signals))


KINDS = {"Plain": "Plain net-20 (CIFAR-10)", "Residual": "ResNet-20 (CIFAR-10)"}


def three_blocks(kind: str, stage: str = "conv2_x") -> Graph:
    """Take the three blocks of a stage out of the net of 20 layers; ``kind`` is a key of `KINDS`."""
    whole = ARCHITECTURES[KINDS[kind]].graph
    inside = [node for node in whole.nodes if node.stage == stage]
    names = {node.name for node in inside}
    (before,) = {name for node in inside for name in node.inputs} - names
    inputs = {name: name if name in names else INPUT for name in (*names, before)}
    nodes = [replace(node, inputs=tuple(inputs[name] for name in node.inputs)) for node in inside]
    return Graph(whole.shapes[before], tuple(nodes))


def depth_sheet(rules: Rules) -> Sheet:
    """Lay out the counts of plain and residual nets side by side: the way past costs nothing."""
    rows = []
    for depth in CIFAR_DEPTHS:
        plain, residual = (ARCHITECTURES[f"{kind}-{depth} (CIFAR-10)"] for kind in ("Plain net", "ResNet"))
        found = [counted(record.graph, rules) for record in (plain, residual)]
        cells = (
            Cell(str(found[1].depth), "depths"),
            Cell(f"{found[0].total.parameters:,}", "plain_parameters"),
            Cell(f"{found[1].total.parameters:,}", "residual_parameters"),
            Cell(f"{found[1].total.operations:,}", "operations"),
            Cell(residual.result.partition(" %")[0] + " %", "errors"),
        )
        rows.append(SheetRow(f"{depth} layers", f"6 · {(depth - 2) // 6} + 2", cells))
    columns = (
        *("Layers, counted", "Parameters, plain", "Parameters, residual", f"{rules.operations}s"),
        "Error of the residual net, quoted",
    )
    return Sheet("CIFAR-10 nets of He et al. (2016)", "Net", columns, tuple(rows), minor=(0, 3))
