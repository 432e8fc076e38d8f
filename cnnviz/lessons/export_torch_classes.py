"""Modules for layers that PyTorch does not have, as they stand in an exported program."""

CLASSES = {
    "Maxout": '''
class Maxout(nn.Module):
    """The larger of two lines."""

    def __init__(self, w1=-0.5, b1=0.0, w2=1.0, b2=-1.5):
        super().__init__()
        self.lines = (w1, b1), (w2, b2)

    def forward(self, x):
        (w1, b1), (w2, b2) = self.lines
        return torch.maximum(w1 * x + b1, w2 * x + b2)
''',
    "PaddedMeanPool": '''
class PaddedMeanPool(nn.Module):
    """Means of windows in which padding does not count; sides are (top, bottom), (left, right)."""

    def __init__(self, size, stride, sides):
        super().__init__()
        self.size, self.stride, self.sides = size, stride, (*sides[1], *sides[0])

    def forward(self, x):
        padded, real = F.pad(x, self.sides), F.pad(torch.ones_like(x), self.sides)
        return F.avg_pool2d(padded, self.size, self.stride) / F.avg_pool2d(real, self.size, self.stride)
''',
    "PositionBias": '''
class PositionBias(nn.Module):
    """A bias for every place of every map."""

    def __init__(self, shape):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(shape))

    def forward(self, x):
        return x + self.bias
''',
    "Subsample": '''
class Subsample(nn.Module):
    """The sum of each window, times a weight, plus a bias: both for each map."""

    def __init__(self, maps, size):
        super().__init__()
        self.size = size
        self.scale = nn.Parameter(torch.ones(maps) / (size[0] * size[1]))
        self.bias = nn.Parameter(torch.zeros(maps))

    def forward(self, x):
        total = F.avg_pool2d(x, self.size) * (self.size[0] * self.size[1])
        return total * self.scale[:, None, None] + self.bias[:, None, None]
''',
    "PartialConv2d": '''
class PartialConv2d(nn.Module):
    """A convolution in which each filter sees some maps only: table[filter] lists them."""

    def __init__(self, table, size, stride):
        super().__init__()
        self.stride = stride
        self.filters = [place for place, row in enumerate(table) for _ in row]
        self.maps = [channel for row in table for channel in row]
        self.weight = nn.Parameter(torch.randn(len(self.maps), *size) * 0.1)
        self.bias = nn.Parameter(torch.zeros(len(table)))

    def forward(self, x):
        kernels = x.new_zeros(len(self.bias), x.shape[1], *self.weight.shape[1:])
        kernels = kernels.index_put((torch.tensor(self.filters), torch.tensor(self.maps)), self.weight)
        return F.conv2d(x, kernels, self.bias, self.stride)
''',
    "RadialBasis": '''
class RadialBasis(nn.Module):
    """Squared distances to a code for each class; the codes are chosen, not learned."""

    def __init__(self, inputs, units):
        super().__init__()
        self.register_buffer("codes", torch.ones(units, inputs))

    def forward(self, x):
        return (x[:, None] - self.codes).square().sum(dim=2)
''',
    "Shortcut": '''
class Shortcut(nn.Module):
    """Every stride-th cell, and maps of zeros behind the others."""

    def __init__(self, maps, wanted, stride):
        super().__init__()
        self.stride, self.more = stride, wanted - maps

    def forward(self, x):
        taken = x[:, :, :: self.stride, :: self.stride]
        return F.pad(taken, (0, 0, 0, 0, 0, self.more))
''',
}
