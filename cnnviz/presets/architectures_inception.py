"""GoogLeNet: modules that look at several sizes at once, with 1 × 1 convolutions to keep them affordable."""

from functools import partial

from cnnviz.model.graph import Graph
from cnnviz.model.layers import Conv2d, Dense, Dropout, Flatten, MaxPool, MeanPool
from cnnviz.model.merges import Concatenate
from cnnviz.model.published_layers import GlobalMeanPool, LocalResponseNorm
from cnnviz.presets.architecture import Parts, Published, PublishedArchitecture

PAPER = "Szegedy et al., Going deeper with convolutions, arXiv 1409.4842, CVPR 2015"
MODULES = {  # table 1 of the paper: 1×1; 3×3 reduced to, 3×3; 5×5 reduced to, 5×5; behind pooling
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
ROUNDED_UP = ((0, 1), (0, 1))  # one cell more at the end, for pooling that rounds up


def inception(parts: Parts, name: str, filters: tuple[int, ...], source: str) -> str:
    """Add a module with its reductions upon a node."""
    parts.stage = f"inception {name}"
    one, reduce3, three, reduce5, five, pooled = filters
    branches = [parts.relu(f"{name}/1x1", Conv2d(one, 1), source)]
    for size, reduced, count in ((3, reduce3, three), (5, reduce5, five)):
        parts.relu(f"{name}/{size}x{size} reduce", Conv2d(reduced, 1), source)
        convolution = Conv2d(count, size, padding=size // 2)
        branches.append(parts.relu(f"{name}/{size}x{size}", convolution))
    parts.add(f"{name}/pool", MaxPool(3, 1, padding=1), source)
    branches.append(parts.relu(f"{name}/pool 1x1", Conv2d(pooled, 1)))
    return parts.add(f"{name}/joined", Concatenate(), *branches)


def naive_inception(parts: Parts, name: str, filters: tuple[int, ...], source: str) -> str:
    """Add a module without reductions: pooling hands on all maps."""
    parts.stage = f"inception {name}"
    branches = [
        parts.relu(f"{name}/{size}x{size}", Conv2d(count, size, padding=size // 2), source)
        for size, count in ((1, filters[0]), (3, filters[2]), (5, filters[4]))
    ]
    branches.append(parts.add(f"{name}/pool", MaxPool(3, 1, padding=1), source))
    return parts.add(f"{name}/joined", Concatenate(), *branches)


def _helper(parts: Parts, name: str) -> None:
    """Add a classifier at the side of the last node, which only helps to train."""
    before, parts.stage = parts.last, f"helper {name}"
    parts.add(f"{name}/helper pool", MeanPool(5, 3), before)
    parts.relu(f"{name}/helper conv", Conv2d(128, 1))
    parts.add(f"{name}/helper flatten", Flatten())
    parts.relu(f"{name}/helper fc1", Dense(1024))
    parts.add(f"{name}/helper drop", Dropout(0.7))
    parts.add(f"{name}/helper fc2", Dense(1000))


def googlenet(helpers: bool = False) -> Graph:
    """Build table 1 of the paper, with the two classifiers at the side if wanted."""
    parts = Parts((3, 224, 224), stage="stem")
    parts.relu("conv1", Conv2d(64, 7, stride=2, padding=3))
    parts.add("pool1", MaxPool(3, 2, padding=ROUNDED_UP))
    parts.add("norm1", LocalResponseNorm())
    parts.relu("conv2 reduce", Conv2d(64, 1))
    parts.relu("conv2", Conv2d(192, 3, padding=1))
    parts.add("norm2", LocalResponseNorm())
    parts.add("pool2", MaxPool(3, 2, padding=ROUNDED_UP))
    last = parts.last
    for name, filters in MODULES.items():
        last = inception(parts, name, filters, last)
        if helpers and name in ("4a", "4d"):
            _helper(parts, name)
        if name in ("3b", "4e"):
            last = parts.add(f"pool{name[0]}", MaxPool(3, 2, padding=ROUNDED_UP), last)
    parts.stage = "classifier"
    parts.add("mean", GlobalMeanPool())
    parts.add("drop", Dropout(0.4))
    parts.add("fc", Dense(1000))
    return parts.graph()


def module(naive: bool) -> Graph:
    """Build module 3b by itself, on 256 maps of 28 × 28."""
    parts = Parts((256, 28, 28))
    (naive_inception if naive else inception)(parts, "3b", MODULES["3b"], parts.last)
    return parts.graph()


INCEPTION = (
    PublishedArchitecture(
        "GoogLeNet",
        "GoogLeNet",
        googlenet,
        PAPER,
        2014,
        "6.67 % top-5 error in ILSVRC 2014 with seven networks",
        "22 layers with parameters on the longest way, nine Inception modules, and one dense layer behind a "
        "mean over each map: a ninth of AlexNet's parameters. Pooling rounds up, which is a cell more at the "
        "end.",
        (Published(6_998_552, "with biases, without the two helpers", "BVLC GoogLeNet of Caffe"),),
        (
            "Lecture deck 001 writes 4 M parameters and 19 layers. The paper's own table adds up to 6.8 "
            "million and counts 22 layers.",
            "Table 1 of the paper gives the first layer 2.7K parameters; 7 · 7 · 3 · 64 is 9,408.",
        ),
    ),
    PublishedArchitecture(
        "GoogLeNet with helpers",
        "GoogLeNet",
        partial(googlenet, helpers=True),
        PAPER,
        2014,
        "",
        "As it was trained: two classifiers at the side bring gradients into its middle, and are taken away "
        "afterwards.",
        (Published(13_378_280, "with biases and both helpers", "BVLC GoogLeNet of Caffe"),),
    ),
    PublishedArchitecture(
        "Inception module, naive",
        "GoogLeNet",
        partial(module, naive=True),
        PAPER,
        2014,
        "",
        "Figure 2 (a) of the paper with the filters of module 3b: maps pile up, and so does the work.",
        (Published(854_000_000, "multiplications", "CS231n 2017, lecture 9", what="operations", digits=3),),
    ),
    PublishedArchitecture(
        "Inception module, with 1 × 1",
        "GoogLeNet",
        partial(module, naive=False),
        PAPER,
        2014,
        "",
        "Module 3b as it is in GoogLeNet: 1 × 1 convolutions first make 32 to 128 maps of 256.",
    ),
)
