"""VGG: nothing but 3 × 3 convolutions, and what depth does."""

from functools import partial

from cnnviz.model.graph import Graph
from cnnviz.model.layers import Conv2d, Flatten, MaxPool
from cnnviz.presets.architecture import Parts, Published, PublishedArchitecture

PAPER = (
    "Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition, "
    "arXiv 1409.1556, ICLR 2015"
)
FILTERS = (64, 128, 256, 512, 512)
DEPTHS = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
COUNTS = {11: 132_863_336, 13: 133_047_848, 16: 138_357_544, 19: 143_667_240}
CONFIGURATIONS = {11: "A", 13: "B", 16: "D", 19: "E"}
RESULTS = {  # table 3 of the paper, one network at one scale
    11: "29.6 % top-1 and 10.4 % top-5 error on the validation images of ILSVRC",
    13: "28.7 % top-1 and 9.9 % top-5 error on the validation images of ILSVRC",
    16: "25.6 % top-1 and 8.1 % top-5 error on the validation images of ILSVRC",
    19: "25.5 % top-1 and 8.0 % top-5 error on the validation images of ILSVRC",
}


def vgg(depth: int) -> Graph:
    """Build table 1 of the paper: five stages that end with pooling, and three dense layers."""
    parts = Parts((3, 224, 224))
    for stage, (count, filters) in enumerate(zip(DEPTHS[depth], FILTERS, strict=True), 1):
        parts.stage = f"stage {stage}"
        for place in range(1, count + 1):
            parts.relu(f"conv{stage}_{place}", Conv2d(filters, 3, padding=1))
        parts.add(f"pool{stage}", MaxPool(2))
    parts.stage = "classifier"
    parts.add("flatten", Flatten())
    parts.dense(4096, 4096, 1000, first=6, dropout=0.5)
    return parts.graph()


VGG = tuple(
    PublishedArchitecture(
        f"VGG-{depth}",
        "VGG",
        partial(vgg, depth),
        PAPER,
        2014,
        RESULTS[depth],
        f"Configuration {CONFIGURATIONS[depth]}: {depth} layers with weights. Two 3 × 3 kernels "
        "see as much as one of 5 × 5, with fewer weights.",
        (Published(COUNTS[depth], "with biases", f"torchvision, vgg{depth}"),),
    )
    for depth in DEPTHS
)
