"""What is known of an architecture, and the parts that the published ones are made of.

`Parts` lays node upon node; each call returns the name of what it added.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from cnnviz.model.counting import COUNTED_FULLY, Line, Rules, lines, totals
from cnnviz.model.graph import INPUT, Graph, Node
from cnnviz.model.layer import Layer, Shape
from cnnviz.model.layers import Activation, BatchNorm, Dense, Dropout
from cnnviz.model.published_layers import BareConv2d

RELU = Activation("ReLU")


@dataclass(frozen=True)
class Published:
    """A number somebody published, and the convention that gives it; ``digits`` 0 means that it is exact."""

    count: int
    convention: str
    source: str
    what: str = "parameters"  # a field of `Total`
    rules: Rules = COUNTED_FULLY
    digits: int = 0

    def agrees(self, counted: int) -> bool:
        """Tell whether a count is the published one, as far as that was told."""
        if not self.digits:
            return counted == self.count
        return float(f"{counted:.{self.digits - 1}e}") == float(f"{self.count:.{self.digits - 1}e}")


@dataclass(frozen=True)
class PublishedArchitecture:
    """An architecture as a record: where it comes from, what it reached, and the graph that is counted."""

    title: str
    family: str
    build: Callable[[], Graph]
    paper: str
    year: int | None
    result: str
    remark: str
    published: tuple[Published, ...] = ()
    errata: tuple[str, ...] = ()

    @cached_property
    def graph(self) -> Graph:
        """Build it when it is first asked for."""
        return self.build()

    @property
    def input_shape(self) -> Shape:
        """Shape of one example."""
        return self.graph.input_shape

    def rows(self, rules: Rules = COUNTED_FULLY) -> tuple[Line, ...]:
        """Count every node."""
        return lines(self.graph, rules)

    @cached_property
    def parameter_count(self) -> int:
        """Count what is trained, biases included."""
        return totals(self.rows()).parameters


@dataclass
class Parts:
    """A graph while it is being written down."""

    input_shape: Shape
    nodes: list[Node] = field(default_factory=list)
    stage: str = ""

    @property
    def last(self) -> str:
        """Name of what was added last."""
        return self.nodes[-1].name if self.nodes else INPUT

    def add(self, name: str, layer: Layer, *inputs: str) -> str:
        """Add a layer, by default upon the last one."""
        self.nodes.append(Node(name, layer, inputs or (self.last,), self.stage))
        return name

    def relu(self, name: str, layer: Layer, *inputs: str) -> str:
        """Add a layer and ReLU."""
        self.add(name, layer, *inputs)
        return self.add(f"{name} ReLU", RELU)

    def normed(self, name: str, layer: BareConv2d, *inputs: str, relu: bool = True) -> str:
        """Add a convolution without biases, batch normalisation, and ReLU if wanted."""
        self.add(name, layer, *inputs)
        norm = self.add(f"{name} norm", BatchNorm())
        return self.add(f"{name} ReLU", RELU) if relu else norm

    def dense(self, *units: int, first: int = 1, dropout: float = 0.0) -> str:
        """Add dense layers called fc; all but the last with ReLU, each of these behind dropout if wanted."""
        for place, count in enumerate(units, first):
            hidden = place < first + len(units) - 1
            if dropout and hidden:
                self.add(f"drop{place}", Dropout(dropout))
            if hidden:
                self.relu(f"fc{place}", Dense(count))
            else:
                self.add(f"fc{place}", Dense(count))
        return self.last

    def graph(self) -> Graph:
        """Check and finish."""
        return Graph(self.input_shape, tuple(self.nodes))
