"""The networks that the lectures count by hand: their CNN and MLP for 32 × 32 pixels, and XOR."""

from cnnviz.model.counting import Rules
from cnnviz.model.graph import Graph
from cnnviz.model.layers import Conv2d, Dense, Flatten, MaxPool
from cnnviz.presets.architecture import Parts, Published, PublishedArchitecture

WEIGHTS = Rules(biases=False)
DECK_002 = "Lecture deck 002, Convolutional Neural Network"


def deck_cnn() -> Graph:
    """Build the CNN of lecture deck 002."""
    parts = Parts((3, 32, 32))
    for number, filters in enumerate((32, 16, 32), 1):
        parts.stage = f"stage {number}"
        parts.relu(f"CONV{number}", Conv2d(filters, 5, padding=2))
        parts.add(f"POOL{number}", MaxPool(2))
    parts.stage = "classifier"
    parts.add("flatten", Flatten())
    parts.add("FC", Dense(10))
    return parts.graph()


def deck_mlp() -> Graph:
    """Build the MLP that lecture deck 002 compares it with."""
    parts = Parts((3, 32, 32))
    parts.add("flatten", Flatten())
    parts.dense(8192, 1024, 512, 10)
    return parts.graph()


def xor() -> Graph:
    """Build the ten layers of lecture deck 001 for the XOR problem."""
    parts = Parts((2,))
    parts.dense(*(5 for _ in range(9)), 1)
    return parts.graph()


def every_pixel() -> Graph:
    """Join every pixel of a large picture with as many units: to be counted, never to be built."""
    return Graph.chain((1, 1000, 1000), (Flatten(), Dense(1_000_000)))


SMALL = (
    PublishedArchitecture(
        "CNN of deck 002",
        "Lectures",
        deck_cnn,
        DECK_002,
        None,
        "",
        "Three convolutions, each followed by ReLU and pooling, for 10 classes.",
        (
            Published(33_120, "weights only", "lecture deck 002", rules=WEIGHTS),
            Published(33_210, "with biases", "lecture deck 002, counted"),
            Published(
                6_558_720, "multiplications with weights", "lecture deck 002, counted", what="operations"
            ),
        ),
    ),
    PublishedArchitecture(
        "MLP of deck 002",
        "Lectures",
        deck_mlp,
        DECK_002,
        None,
        "",
        "Its hidden layers have as many units as the CNN has numbers after each pooling: 8192, 1024 and 512. "
        "It has 1,029 times as many weights.",
        (
            Published(34_083_840, "weights only", "lecture deck 002, counted", rules=WEIGHTS),
            Published(34_093_578, "with biases", "lecture deck 002, counted"),
        ),
        (
            "Lecture deck 002 prints 35,107,840 weights. 3072 · 8192 + 8192 · 1024 + 1024 · 512 + 512 · 10 "
            "is 34,083,840, so it is 1,024,000 too much.",
        ),
    ),
    PublishedArchitecture(
        "XOR in ten layers",
        "Lectures",
        xor,
        "Lecture deck 001, Deep neural network: CNN",
        None,
        "solves XOR with ReLU, and never with sigmoid",
        "Nine layers of five units and one of one. With sigmoid hardly any gradient comes back to the first.",
        (Published(261, "with biases", "lecture deck 001, counted"),),
    ),
    PublishedArchitecture(
        "1000 × 1000, fully connected",
        "Lectures",
        every_pixel,
        "Lecture deck 003, Deep learning and CNNs",
        None,
        "",
        "A million pixels, each joined with each of a million units. It is counted here and never built: its "
        "weights would fill 4,000 gigabytes.",
        (Published(10**12, "weights only", "lecture deck 003", rules=WEIGHTS),),
    ),
)
