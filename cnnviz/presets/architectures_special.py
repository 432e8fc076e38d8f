"""Networks for little memory, for the game of Go, and for sentences."""

from functools import partial

from cnnviz.model.counting import Rules
from cnnviz.model.graph import INPUT, Graph
from cnnviz.model.layers import Conv2d, Dense, Dropout, Flatten, MaxPool
from cnnviz.model.merges import Concatenate
from cnnviz.model.published_layers import BareConv2d, Conv1d, GlobalMaxPool, GlobalMeanPool, PositionBias
from cnnviz.presets.architecture import Parts, Published, PublishedArchitecture

WEIGHTS = Rules(biases=False)
SQUEEZED = (
    16,
    16,
    32,
    32,
    48,
    48,
    64,
    64,
)  # filters of fire2 to fire9 that squeeze; four times as many expand
SEPARABLE = (  # filters and stride of the pairs of MobileNet
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *((512, 1),) * 5, (1024, 2), (1024, 1),
)  # fmt: skip
BOARD, PLANES = 19, 48
ALPHAGO_FILTERS = (192, 128, 256, 384)  # the match version first
SENTENCE = ("wait", "for", "the", "video", "and", "do", "n't", "rent", "it")  # figure 1 of the paper
WIDTHS, MAPS, VECTOR, CHANNELS = (3, 4, 5), 100, 300, 2


def squeezenet(version: str) -> Graph:
    """Build version 1.0 (table 1 of the paper, for 227 pixels) or 1.1, which does less work."""
    first = version == "1.0"
    parts = Parts((3, 227, 227) if first else (3, 224, 224), stage="stem")
    parts.relu("conv1", Conv2d(96, 7, stride=2) if first else Conv2d(64, 3, stride=2))
    parts.add("pool1", MaxPool(3, 2))
    for number, squeezed in enumerate(SQUEEZED, 2):
        parts.stage = f"fire{number}"
        parts.relu(f"fire{number}/squeeze", Conv2d(squeezed, 1))
        source = parts.last
        branches = [
            parts.relu(f"fire{number}/{size}x{size}", Conv2d(4 * squeezed, size, padding=size // 2), source)
            for size in (1, 3)
        ]
        parts.add(f"fire{number}/joined", Concatenate(), *branches)
        if number in ((4, 8) if first else (3, 5)):
            parts.add(f"pool{number}", MaxPool(3, 2))
    parts.stage = "classifier"
    parts.add("drop", Dropout(0.5))
    parts.relu("conv10", Conv2d(1000, 1))
    parts.add("mean", GlobalMeanPool())
    return parts.graph()


def mobilenet() -> Graph:
    """Build table 1 of the paper: each 3 × 3 kernel sees one map, and 1 × 1 convolutions mix them."""
    parts = Parts((3, 224, 224), stage="stem")
    parts.normed("conv1", BareConv2d(32, 3, 2, padding=1))
    maps = 32
    for number, (filters, stride) in enumerate(SEPARABLE, 2):
        parts.stage = f"pair {number}"
        parts.normed(f"depthwise{number}", BareConv2d(maps, 3, stride, padding=1, groups=maps))
        parts.normed(f"pointwise{number}", BareConv2d(filters, 1))
        maps = filters
    parts.stage = "classifier"
    parts.add("mean", GlobalMeanPool())
    parts.add("fc", Dense(1000))
    return parts.graph()


def alphago(filters: int) -> Graph:
    """Build the policy network: twelve layers over the whole board, then a number for each point."""
    parts = Parts((PLANES, BOARD, BOARD))
    parts.relu("conv1", BareConv2d(filters, 5, padding=2))
    for number in range(2, 13):
        parts.relu(f"conv{number}", BareConv2d(filters, 3, padding=1))
    parts.add("conv13", BareConv2d(1, 1))
    parts.add("position bias", PositionBias())
    parts.add("flatten", Flatten())
    return parts.graph()


def sentence(words: int = len(SENTENCE)) -> Graph:
    """Build Kim's network: kernels over 3, 4 and 5 words, and of each map the largest value."""
    parts = Parts((CHANNELS * VECTOR, words))
    branches = []
    for width in WIDTHS:
        parts.stage = f"{width} words"
        parts.relu(f"conv over {width}", Conv1d(MAPS, width), INPUT)
        branches.append(parts.add(f"max over time, {width}", GlobalMaxPool()))
    parts.stage = "classifier"
    parts.add("joined", Concatenate(), *branches)
    parts.add("drop", Dropout(0.5))
    parts.add("fc", Dense(2))
    return parts.graph()


def _alphago(filters: int) -> PublishedArchitecture:
    """Describe the network with so many filters."""
    match, shared = filters == ALPHAGO_FILTERS[0], "hidden layers without biases"
    return PublishedArchitecture(
        f"AlphaGo policy, k = {filters}",
        "AlphaGo",
        partial(alphago, filters),
        "Silver et al., Mastering the game of Go with deep neural networks and tree search, Nature 529",
        2016,
        "57.0 % of the moves of experts foretold, by the best network of the paper" if match else "",
        "Padding keeps all maps at 19 × 19; the last layer has a bias of its own for each of the 361 points. "
        "A unit sees 27 × 27, more than the board. The paper names no other biases.",
        (
            Published(3_880_128, "weights only", "lecture deck 001, counted", rules=WEIGHTS),
            Published(3_880_489, f"with the 361 position biases, {shared}", "lecture deck 001, counted"),
        )
        if match
        else (),
    )


SQUEEZENET_PAPER = (
    "Iandola et al., SqueezeNet: AlexNet-level accuracy with 50x fewer parameters, arXiv 1602.07360"
)
SPECIAL = (
    PublishedArchitecture(
        "SqueezeNet 1.0",
        "Small networks",
        partial(squeezenet, "1.0"),
        SQUEEZENET_PAPER,
        2016,
        "42.5 % top-1 and 19.7 % top-5 error on the validation images of ILSVRC",
        "Fire modules squeeze with 1 × 1 and expand with 1 × 1 and 3 × 3 convolutions: a fiftieth of "
        "AlexNet's parameters, and no dense layer.",
        (Published(1_248_424, "with biases", "torchvision, squeezenet1_0"),),
        (
            "The paper writes 224 × 224 pixels, but (224 − 7) / 2 + 1 = 109.5. Its 111 comes from 227 "
            "pixels, as in the network that was released.",
        ),
    ),
    PublishedArchitecture(
        "SqueezeNet 1.1",
        "Small networks",
        partial(squeezenet, "1.1"),
        SQUEEZENET_PAPER,
        2016,
        "",
        "The same with a smaller first layer and earlier pooling: the work is less than half.",
        (Published(1_235_496, "with biases", "torchvision, squeezenet1_1"),),
    ),
    PublishedArchitecture(
        "MobileNet",
        "Small networks",
        mobilenet,
        "Howard et al., MobileNets: efficient convolutional neural networks for mobile vision applications, "
        "arXiv 1704.04861",
        2017,
        "70.6 % right (top-1) on the validation images of ILSVRC",
        "Depthwise convolutions are grouped ones with a group for each map; nearly all weights and work are "
        "in the 1 × 1 convolutions that mix maps.",
        (
            Published(4_200_000, "in millions", "the paper, table 8", digits=2),
            Published(4_231_976, "trained, batch normalisation counted", "Keras, MobileNet"),
            Published(569_000_000, "multiply-adds", "the paper, table 8", what="operations", digits=3),
        ),
        (
            "Table 1 of the paper gives the last depthwise layer a stride of 2, but 7 × 7 before and after "
            "it; that is a stride of 1.",
        ),
    ),
    *map(_alphago, ALPHAGO_FILTERS),
    PublishedArchitecture(
        "Sentence CNN",
        "Sentences",
        sentence,
        "Kim, Convolutional neural networks for sentence classification, EMNLP",
        2014,
        "88.1 % right on SST-2 and 81.1 % on film reviews, with two channels",
        "A convolution along the words: its channels are the 300 numbers of a word vector, twice, once fixed "
        "and once trained. Word vectors are not counted. Here each of the two has weights of its own; a "
        "kernel shared by both has 360,902 parameters in all.",
    ),
)
