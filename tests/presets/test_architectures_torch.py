"""The architectures as PyTorch counts them: shapes and parameters of its own modules, without any memory."""

import pytest

from cnnviz.presets.architectures import ARCHITECTURES
from tests.each import each

torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
OLD = {"LeNet-5 (1998)"}  # its layers are of 1998, and PyTorch has none of them


def conv(layer, shape):
    """Make a convolution; padding that differs from side to side is none of its settings."""
    sides = tuple(side[0] for side in layer.padding)
    assert all(first == last for first, last in layer.padding)
    biased = type(layer).__name__ == "Conv2d"
    return torch.nn.Conv2d(
        shape[0], layer.filters, layer.size, layer.stride, sides, layer.dilation, layer.groups, biased
    )


def pool(layer, shape):
    """Make a pooling; one cell more at the end is what rounding up adds."""
    kind = {"MaxPool": torch.nn.MaxPool2d, "MeanPool": torch.nn.AvgPool2d}[type(layer).__name__]
    up = any(first != last for first, last in layer.padding)
    return kind(layer.size, layer.stride, tuple(side[0] for side in layer.padding), ceil_mode=up)


class Shortcut(torch.nn.Module):
    """Take every so many cells, and add maps of zeros."""

    def __init__(self, layer, shape):
        super().__init__()
        self.stride, self.more = layer.stride, layer.channels - shape[0]

    def forward(self, x):
        stepped = x[:, :, :: self.stride, :: self.stride]
        return torch.nn.functional.pad(stepped, (0, 0, 0, 0, 0, self.more))


MODULES = {
    "Conv2d": conv,
    "BareConv2d": conv,
    "MaxPool": pool,
    "MeanPool": pool,
    "Shortcut": Shortcut,
    "Conv1d": lambda layer, shape: torch.nn.Conv1d(shape[0], layer.filters, layer.size, layer.stride),
    "Dense": lambda layer, shape: torch.nn.Linear(shape[0], layer.units),
    "BatchNorm": lambda layer, shape: torch.nn.BatchNorm2d(shape[0]).eval(),
    "Activation": lambda layer, shape: torch.nn.ReLU() if layer.name == "ReLU" else torch.nn.Tanh(),
    "Flatten": lambda layer, shape: torch.nn.Flatten(),
    "Dropout": lambda layer, shape: torch.nn.Dropout(layer.share),
    "LocalResponseNorm": lambda layer, shape: torch.nn.LocalResponseNorm(layer.size),
    "GlobalMeanPool": lambda layer, shape: lambda x: x.flatten(2).mean(2),
    "GlobalMaxPool": lambda layer, shape: lambda x: x.flatten(2).amax(2),
    "PositionBias": lambda layer, shape: torch.nn.ParameterList([torch.empty(shape)]),
}


@each("title", [title for title in ARCHITECTURES if title not in OLD])
def test_shapes_and_parameters_are_those_of_pytorch(title):
    record, total = ARCHITECTURES[title], 0
    with torch.device("meta"), torch.no_grad():
        outputs = {"input": torch.empty(1, *record.input_shape)}
        for line in record.rows():
            name, kind = line.node.name, type(line.node.layer).__name__
            inputs = [outputs[below] for below in line.node.inputs]
            if kind in ("Add", "Concatenate"):
                outputs[name] = sum(inputs[1:], inputs[0]) if kind == "Add" else torch.cat(inputs, 1)
            else:
                module = MODULES[kind](line.node.layer, line.input_shapes[0])
                learned = list(module.parameters()) if isinstance(module, torch.nn.Module) else []
                outputs[name] = inputs[0] + learned[0] if kind == "PositionBias" else module(inputs[0])
                assert sum(each.numel() for each in learned) == line.parameters, name
                total += line.parameters
            assert tuple(outputs[name].shape[1:]) == line.output_shape, name
    assert total == record.parameter_count
