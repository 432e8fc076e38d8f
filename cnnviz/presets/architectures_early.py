"""The first ones: LeNet-5 in two readings, and AlexNet in four, with its refinement ZFNet."""

from functools import partial

from cnnviz.model.counting import Rules
from cnnviz.model.graph import Graph
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool, MeanPool
from cnnviz.model.published_layers import LocalResponseNorm, PartialConv2d, RadialBasis, Subsample
from cnnviz.presets.architecture import Parts, Published, PublishedArchitecture

WEIGHTS = Rules(biases=False)
LENET_PAPER = (
    "LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, "
    "Proceedings of the IEEE 86(11)"
)
ALEXNET_PAPER = (
    "Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, NIPS"
)
C3 = (  # table I of the paper: the maps of S2 that each map of C3 sees
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)


def lenet_published() -> Graph:
    """Build figure 2 of the paper: subsampling is trained, C3 partly connected, the output a distance."""
    squash = Activation("Tanh")
    parts = Parts((1, 32, 32))
    for name, layer in (
        ("C1", Conv2d(6, 5)),
        ("S2", Subsample(2)),
        ("C3", PartialConv2d(C3, 5)),
        ("S4", Subsample(2)),
        ("C5", Conv2d(120, 5)),
    ):
        parts.stage = name
        parts.add(name, layer)
        parts.add(f"{name} tanh", squash)
    parts.stage = "F6"
    parts.add("flatten", Flatten())
    parts.add("F6", Dense(84))
    parts.add("F6 tanh", squash)
    parts.stage = "output"
    parts.add("output", RadialBasis(10))
    return parts.graph()


def lenet_full() -> Graph:
    """Build what is mostly called LeNet-5 today: means, full connections, and ten more units."""
    squash = Activation("Tanh")
    layers = (
        *(Conv2d(6, 5), squash, MeanPool(2), Conv2d(16, 5), squash, MeanPool(2), Flatten()),
        *(Dense(120), squash, Dense(84), squash, Dense(10)),
    )
    names = (
        "C1",
        "C1 tanh",
        "S2",
        "C3",
        "C3 tanh",
        "S4",
        "flatten",
        "C5",
        "C5 tanh",
        "F6",
        "F6 tanh",
        "output",
    )
    return Graph.chain((1, 32, 32), layers, names)


def alexnet(groups: int = 1) -> Graph:
    """Build AlexNet for 227 pixels: in one tower as lectures draw it, or in two groups as in the paper.

    The paper normalises before it pools; lecture deck 001, like CS231n, after it.
    """
    parts = Parts((3, 227, 227))
    for number, filters, size, sliding in (
        (1, 96, 11, {"stride": 4}),
        (2, 256, 5, {"padding": 2, "groups": groups}),
    ):
        parts.relu(f"conv{number}", Conv2d(filters, size, **sliding))
        smaller = (f"pool{number}", MaxPool(3, 2)), (f"norm{number}", LocalResponseNorm())
        for name, layer in smaller if groups == 1 else smaller[::-1]:
            parts.add(name, layer)
    parts.relu("conv3", Conv2d(384, 3, padding=1))
    parts.relu("conv4", Conv2d(384, 3, padding=1, groups=groups))
    parts.relu("conv5", Conv2d(256, 3, padding=1, groups=groups))
    parts.add("pool3" if groups == 1 else "pool5", MaxPool(3, 2))
    parts.add("flatten", Flatten())
    parts.dense(4096, 4096, 1000, first=6, dropout=0.5)
    return parts.graph()


def alexnet_torchvision() -> Graph:
    """Build torchvision's: fewer filters, 224 pixels with a padding of 2, no normalisation."""
    parts = Parts((3, 224, 224))
    parts.relu("conv1", Conv2d(64, 11, stride=4, padding=2))
    parts.add("pool1", MaxPool(3, 2))
    parts.relu("conv2", Conv2d(192, 5, padding=2))
    parts.add("pool2", MaxPool(3, 2))
    parts.relu("conv3", Conv2d(384, 3, padding=1))
    parts.relu("conv4", Conv2d(256, 3, padding=1))
    parts.relu("conv5", Conv2d(256, 3, padding=1))
    parts.add("pool5", MaxPool(3, 2))
    parts.add("flatten", Flatten())
    parts.dense(4096, 4096, 1000, first=6, dropout=0.5)
    return parts.graph()


def zfnet() -> Graph:
    """Build figure 3 of the paper; a padding of 1, and one cell more behind two maps, give its sizes."""
    parts = Parts((3, 224, 224))
    parts.relu("conv1", Conv2d(96, 7, stride=2, padding=1))
    parts.add("pool1", MaxPool(3, 2, padding=((0, 1), (0, 1))))
    parts.add("norm1", LocalResponseNorm())
    parts.relu("conv2", Conv2d(256, 5, stride=2))
    parts.add("pool2", MaxPool(3, 2, padding=((0, 1), (0, 1))))
    parts.add("norm2", LocalResponseNorm())
    for number, filters in ((3, 384), (4, 384), (5, 256)):
        parts.relu(f"conv{number}", Conv2d(filters, 3, padding=1))
    parts.add("pool5", MaxPool(3, 2))
    parts.add("flatten", Flatten())
    parts.dense(4096, 4096, 1000, first=6, dropout=0.5)
    return parts.graph()


EARLY = (
    PublishedArchitecture(
        "LeNet-5 (1998)",
        "LeNet",
        lenet_published,
        LENET_PAPER,
        1998,
        "0.95 % wrong on MNIST, 0.8 % with distorted examples added",
        "As published: subsampling has a trained coefficient and bias for each map, the maps of C3 see "
        "only some maps of S2, and the output measures distances to fixed codes. Digits lie in the middle of "
        "32 × 32 pixels.",
        (
            Published(
                60_000, "all that is trained; the 840 numbers of the codes are fixed", "the paper, II.B"
            ),
        ),
    ),
    PublishedArchitecture(
        "LeNet-5, fully connected",
        "LeNet",
        lenet_full,
        LENET_PAPER,
        1998,
        "",
        "As it is mostly written today: mean pooling without parameters, every map of C3 sees all maps of "
        "S2, and a dense layer gives the classes.",
        (Published(61_706, "full connections, with biases", "lecture deck 001 (60 thousand)"),),
    ),
    PublishedArchitecture(
        "AlexNet, one tower",
        "AlexNet",
        alexnet,
        ALEXNET_PAPER,
        2012,
        "",
        "As lectures draw it: every filter sees all maps. With groups it has 1.4 million parameters fewer.",
        (
            Published(62_378_344, "one tower, with biases", "lecture deck 001, counted"),
            Published(62_367_776, "one tower, weights only", "lecture deck 001, counted", rules=WEIGHTS),
        ),
        (
            "Lecture deck 003 counts 307K weights in conv2, deck 001 describes 614,400. Both are right: deck "
            "003 counts the two groups of the paper, in which each filter sees half of the maps.",
        ),
    ),
    PublishedArchitecture(
        "AlexNet (2012)",
        "AlexNet",
        partial(alexnet, groups=2),
        ALEXNET_PAPER,
        2012,
        "15.3 % top-5 error in ILSVRC 2012 with seven networks, two of them trained on more images before; "
        "16.4 % with five",
        "As published: conv2, conv4 and conv5 are in two groups, one for each graphics processor.",
        (
            Published(60_965_224, "two groups, with biases", "the paper (60 million)"),
            Published(60_954_656, "two groups, weights only", "lecture deck 003 (60M)", rules=WEIGHTS),
        ),
        (
            "The paper and lecture deck 003 write 224 × 224 pixels, but (224 − 11) / 4 + 1 = 54.25. With 227 "
            "pixels it is 55, the size that both go on with.",
            "Lecture deck 003 adds up the neurons to 650K. The listed terms are 659,272; without the dense "
            "layers they are 650,080.",
        ),
    ),
    PublishedArchitecture(
        "AlexNet (torchvision)",
        "AlexNet",
        alexnet_torchvision,
        "Krizhevsky, One weird trick for parallelizing convolutional neural networks, arXiv 1404.5997",
        2014,
        "",
        "One tower with fewer filters and no normalisation; a padding of 2 makes 55 of 224 pixels.",
        (Published(61_100_840, "with biases", "torchvision, alexnet"),),
    ),
    PublishedArchitecture(
        "ZFNet",
        "AlexNet",
        zfnet,
        "Zeiler and Fergus, Visualizing and understanding convolutional networks, arXiv 1311.2901, ECCV 2014",
        2013,
        "14.8 % top-5 error on the test images of ILSVRC 2012 with six networks",
        "AlexNet with a smaller first kernel and stride, chosen after looking at what its first two layers "
        "had learned.",
        errata=(
            "The paper gives no padding: 224 pixels, a kernel of 7 and a stride of 2 make 109. Its 110, 55, "
            "26 and 13 come from a padding of 1 and from pooling that rounds up.",
            "Lecture deck 001 lists ZFNet with 14.8 % as first of 2013; deck 003 lists Clarifai with 11.2 %, "
            "the entry of Zeiler's company.",
        ),
    ),
)
