"""The modules of PyTorch that are our layers, made for an input of a shape."""

import torch


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
