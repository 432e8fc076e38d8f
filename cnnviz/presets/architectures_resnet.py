"""Residual networks: blocks whose input is added to what they compute, and the plain ones beside them."""

from functools import partial

from cnnviz.model.graph import Graph
from cnnviz.model.layers import Dense, MaxPool
from cnnviz.model.merges import Add
from cnnviz.model.published_layers import BareConv2d, GlobalMeanPool, Shortcut
from cnnviz.presets.architecture import RELU, Parts, Published, PublishedArchitecture

PAPER = "He, Zhang, Ren and Sun, Deep residual learning for image recognition, arXiv 1512.03385, CVPR 2016"
BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
COUNTS = {18: 11_689_512, 34: 21_797_672, 50: 25_557_032, 101: 44_549_160, 152: 60_192_808}
WORK = {18: (1_800_000_000, 2), 101: (7_600_000_000, 2), 152: (11_300_000_000, 3)}  # table 1, and its digits
RESULTS = {  # tables 2 and 3 of the paper, ten crops
    18: "27.88 % top-1 error on the validation images of ILSVRC",
    34: "24.52 % top-1 and 7.46 % top-5 error on the validation images of ILSVRC",
    50: "22.85 % top-1 and 6.71 % top-5 error on the validation images of ILSVRC",
    101: "21.75 % top-1 and 6.05 % top-5 error on the validation images of ILSVRC",
    152: "21.43 % top-1 and 5.71 % top-5 error on the validation images of ILSVRC; 3.57 % top-5 on its test "
    "images with six networks",
}
CIFAR = {20: 270_000, 32: 460_000, 44: 660_000, 56: 850_000, 110: 1_700_000}  # table 6 of the paper
CIFAR_ERRORS = {20: 8.75, 32: 7.51, 44: 7.17, 56: 6.97, 110: 6.43}


def _basic(parts: Parts, name: str, filters: int, stride: int) -> str:
    """Add two 3 × 3 convolutions."""
    parts.normed(f"{name}a", BareConv2d(filters, 3, stride, padding=1))
    return parts.normed(f"{name}b", BareConv2d(filters, 3, padding=1), relu=False)


def _bottleneck(parts: Parts, name: str, filters: int, stride: int) -> str:
    """Add a 3 × 3 convolution between two of 1 × 1, which make fewer maps of many and many of few."""
    parts.normed(f"{name}a", BareConv2d(filters, 1, stride))
    parts.normed(f"{name}b", BareConv2d(filters, 3, padding=1))
    return parts.normed(f"{name}c", BareConv2d(4 * filters, 1), relu=False)


def resnet(depth: int) -> Graph:
    """Build table 1 of the paper; where the shape changes, a 1 × 1 convolution makes the shortcut fit."""
    block, widened = (_bottleneck, 4) if depth >= 50 else (_basic, 1)
    parts = Parts((3, 224, 224), stage="conv1")
    parts.normed("conv1", BareConv2d(64, 7, 2, padding=3))
    parts.add("pool1", MaxPool(3, 2, padding=1))
    for stage, count in enumerate(BLOCKS[depth], 2):
        filters, parts.stage = 64 << (stage - 2), f"conv{stage}_x"
        for place in range(1, count + 1):
            name, below = f"conv{stage}_{place}", parts.last
            stride = 2 if place == 1 and stage > 2 else 1
            shortcut = below
            way = block(parts, name, filters, stride)
            if place == 1 and (stage > 2 or widened > 1):
                fitting = BareConv2d(widened * filters, 1, stride)
                shortcut = parts.normed(f"{name} shortcut", fitting, below, relu=False)
            parts.add(f"{name} add", Add(), way, shortcut)
            parts.add(f"{name} ReLU", RELU)
    return _classified(parts, 1000)


def cifar(depth: int, residual: bool) -> Graph:
    """Build section 4.2 of the paper: 6n + 2 layers; shortcuts without parameters, or none at all."""
    parts = Parts((3, 32, 32), stage="conv1")
    parts.normed("conv1", BareConv2d(16, 3, padding=1))
    for stage in (2, 3, 4):
        filters, parts.stage = 16 << (stage - 2), f"conv{stage}_x"
        for place in range(1, (depth - 2) // 6 + 1):
            name, below = f"conv{stage}_{place}", parts.last
            smaller = place == 1 and stage > 2
            way = _basic(parts, name, filters, 2 if smaller else 1)
            if residual:
                if smaller:
                    below = parts.add(f"{name} shortcut", Shortcut(filters, 2), below)
                parts.add(f"{name} add", Add(), way, below)
            parts.add(f"{name} ReLU", RELU)
    return _classified(parts, 10)


def _classified(parts: Parts, classes: int) -> Graph:
    """Add the mean over each map and a dense layer."""
    parts.stage = "classifier"
    parts.add("mean", GlobalMeanPool())
    parts.add("fc", Dense(classes))
    return parts.graph()


def _published(depth: int) -> tuple[Published, ...]:
    """List what was published about a network for ImageNet."""
    convention = "scales and shifts of batch normalisation counted, its running averages not"
    counted = (Published(COUNTS[depth], convention, f"torchvision, resnet{depth}"),)
    if depth in WORK:
        work, digits = WORK[depth]
        told = Published(work, "multiply-adds", "the paper, table 1", what="operations", digits=digits)
        return (*counted, told)
    return counted


IMAGENET = tuple(
    PublishedArchitecture(
        f"ResNet-{depth}",
        "ResNet",
        partial(resnet, depth),
        PAPER,
        2015,
        RESULTS[depth],
        (
            "Blocks of two 3 × 3 convolutions, "
            if depth < 50
            else "Bottlenecks of 1 × 1, 3 × 3 and 1 × 1 convolutions, "
        )
        + "each added to its input and normalised batch by batch; no biases but those of the last layer.",
        _published(depth),
    )
    for depth in BLOCKS
)
FOR_CIFAR = tuple(
    PublishedArchitecture(
        f"{'ResNet' if residual else 'Plain net'}-{depth} (CIFAR-10)",
        "ResNet for CIFAR-10",
        partial(cifar, depth, residual),
        PAPER,
        2015,
        f"{CIFAR_ERRORS[depth]} % wrong on CIFAR-10" if residual else "",
        f"6n + 2 layers with n = {(depth - 2) // 6}. "
        + (
            "Shortcuts add no parameters: where maps shrink, every second cell is taken and the new maps are "
            "zeros."
            if residual
            else "The same layers without shortcuts; the deeper ones learn worse, even their own lessons."
        ),
        (
            Published(
                CIFAR[depth], "in millions, shortcuts without parameters", "the paper, table 6", digits=2
            ),
        )
        if residual
        else (),
    )
    for residual in (True, False)
    for depth in CIFAR
)
RESNET = (*IMAGENET, *FOR_CIFAR)
