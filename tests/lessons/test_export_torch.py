"""The exported PyTorch program runs, has as many parameters, and computes the same with the same numbers."""

import numpy as np
import pytest

from cnnviz.lessons.export_torch import torch_lines
from cnnviz.model.batch_norm import BatchNorm
from cnnviz.model.graph import Graph, Node
from cnnviz.model.layer import Given
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool, MeanPool
from cnnviz.model.merges import Add, Concatenate, Merge
from cnnviz.model.published_layers import BareConv2d, Conv1d, GlobalMaxPool, GlobalMeanPool, Shortcut
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.stack_kinds import KINDS

RELU = Activation("ReLU")
ODD = {
    "uneven padding": Graph.chain(
        (3, 9, 8),
        [
            Conv2d(4, (3, 2), (2, 1), ((1, 0), (0, 2)), (1, 2)),
            MaxPool(3, 2, ((0, 1), (2, 0))),
            MeanPool(2, 1, ((1, 0), (0, 1))),
            Conv2d(8, 1, groups=4),
        ],
    ),
    "padded pooling": Graph.chain((2, 7, 7), [MaxPool(3, 2, 1), MeanPool(3, 1, 1), MaxPool(2, 1, 0)]),
    "signal": Graph.chain(
        (4, 20), [Conv1d(6, 3, 2, (2, 1), 2, 2), RELU, BatchNorm(), GlobalMaxPool(), Dense(3)]
    ),
    "activations": Graph.chain(
        (3, 4, 4),
        [
            Activation("Leaky ReLU", (("slope", 0.2),)),
            Activation("ELU", (("alpha", 0.5),)),
            Activation("Maxout", (("b2", 0.5), ("w1", -1.0))),
            *(
                Activation(name)
                for name in ("Softplus", "Hard tanh", "GELU", "SiLU", "SELU", "Sigmoid", "Tanh")
            ),
        ],
    ),
    "branches": Graph(
        (3, 8, 8),
        (
            Node("1 stem", BareConv2d(4, 3, padding=1), ("input",)),
            Node("for", BatchNorm(0.2, 1e-3), ("1 stem",)),
            Node("a/1x1", Conv2d(4, 1), ("for",)),
            Node("a 1x1", MaxPool(3, 1, 1), ("for",)),
            Node("sum", Add(), ("a/1x1", "a 1x1", "for")),
            Node("join", Concatenate(), ("sum", "for")),
            Node("short", Shortcut(12), ("join",)),
            Node("model", GlobalMeanPool(), ("short",)),
        ),
    ),
    "vectors": Graph.chain((6,), [Dense(5), BatchNorm(), RELU, Dense(2)]),
}
ALIKE = ("32 (CIFAR-10)", "44 (CIFAR-10)", "56 (CIFAR-10)")
FAMILIES = (
    "LeNet-5 (1998)",
    "AlexNet (2012)",
    "ZFNet",
    "VGG-16",
    "GoogLeNet",
    "ResNet-18",
    "ResNet-50",
    "ResNet-152",
    "ResNet-20 (CIFAR-10)",
    "SqueezeNet 1.1",
    "MobileNet",
    "AlphaGo policy, k = 192",
    "Sentence CNN",
)
LAYERS = {
    name: Graph.chain(
        {"Conv1d": (4, 12), "Dense": (20,), "RadialBasis": (20,)}.get(name, (4, 12, 10)), [kind.first]
    )
    for name, kind in KINDS.items()
}


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")


def run(lines: str) -> dict:
    names: dict = {"print": lambda *_: None, "__name__": "shown"}
    exec(compile(lines, "shown", "exec"), names)
    return names


@pytest.mark.torch
@pytest.mark.parametrize("graph", [*ODD.values(), *LAYERS.values()], ids=[*ODD, *LAYERS])
def test_the_program_computes_what_our_layers_compute(graph, torch):
    """Give both the same numbers, in the order in which they are listed."""
    model = run(torch_lines(graph))["model"].double().eval()
    random = np.random.default_rng(0)
    learned = iter(model.parameters())
    gathered = (each for name, each in model.named_buffers() if "num_batches" not in name)
    x = random.normal(size=(2, *graph.input_shape))
    given = {"input": x}
    for node in graph.nodes:
        inputs = [given[name] for name in node.inputs]
        if isinstance(node.layer, Merge):
            given[node.name] = node.layer.merge(inputs)
            continue
        shape = graph.input_shapes(node)[0]
        weights = [random.normal(size=each) for each in node.layer.parameter_shapes(shape).values()]
        statistics = [random.uniform(0.5, 2, each) for each in node.layer.statistics_shapes(shape).values()]
        with torch.no_grad():
            for values, place in [
                *zip(weights, learned, strict=False),
                *zip(statistics, gathered, strict=False),
            ]:
                place.copy_(torch.from_numpy(values))
        given[node.name] = node.layer.forward(tuple(weights), inputs[0], Given(statistics=tuple(statistics)))
    y = model(torch.from_numpy(x)).detach().numpy()
    np.testing.assert_allclose(y, given[graph.nodes[-1].name], atol=1e-9)
    assert next(learned, None) is None


@pytest.mark.torch
@pytest.mark.parametrize("name", FAMILIES)
def test_the_program_of_an_architecture_has_its_counts(name, torch):
    """On the meta device nothing is stored, whatever its size."""
    graph = ARCHITECTURES[name].graph
    with torch.device("meta"):
        made = run(torch_lines(graph))
    assert tuple(made["y"].shape[1:]) == graph.output_shape
    assert sum(each.numel() for each in made["model"].parameters()) == graph.parameter_count


def test_a_chain_is_short_and_says_what_each_layer_gives():
    lines = torch_lines(
        Graph.chain((3, 32, 32), [Conv2d(32, 5, padding=2), RELU, MaxPool(2), Flatten(), Dense(10)])
    )
    assert "    nn.Conv2d(3, 32, 5, padding=2),  # 32 x 32 x 32, 2,432 parameters" in lines
    assert "    nn.Linear(8192, 10),  # 10, 81,930 parameters" in lines
    assert "class" not in lines
