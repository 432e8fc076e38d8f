"""Worked comparisons of a CNN with an MLP, and dense layers to follow number by number.

To add one, add a record to `SCENES` with the numbers that are known from elsewhere; menu and links follow.
"""

from cnnviz.presets.against import AgainstSetup
from cnnviz.presets.flattening import FlatteningSetup
from cnnviz.presets.scene import Scene

_MLP = (
    "The deck prints 35,107,840 for the MLP 3072, 8192, 1024, 512, 10. Its weights are 25,165,824 + "
    "8,388,608 + 524,288 + 5,120 = 34,083,840, so the factor is 1,029, not 1,060."
)


def _scene(title, source, notice, setup, *, erratum="", **expected):
    """Make a record."""
    return Scene("cnn_against_mlp", title, "Counts", source, notice, setup, expected, erratum)


def _played(title, source, notice, maps, weights, output, **others):
    """Make a record of a dense layer that is played."""
    setup = AgainstSetup(view="flatten", flattening=FlatteningSetup(maps, weights))
    return _scene(title, source, notice, setup, output=output, **others)


SCENES = {
    "against_cifar": _scene(
        "32 × 32 × 3: 33,120 against 34 million",
        "Lecture deck 002, parameters of a CNN and of an MLP",
        "Both end in ten classes, with layers of the same sizes; the MLP has 1,029 times as many weights.",
        AgainstSetup(),
        cnn="33,120",
        mlp="34,083,840",
        ratio="1,029",
        erratum=_MLP,
    ),
    "against_biases": _scene(
        "The same with biases",
        "Lecture deck 002, whose count leaves biases out",
        "90 biases for the CNN, 9,738 for the MLP: they hardly matter.",
        AgainstSetup(biases=True),
        cnn="33,210",
        mlp="34,093,578",
    ),
    "flatten_dense": _played(
        "Two maps become a vector",
        "Lecture deck 000, tensor flattening and y = W[x; 1]; the numbers are ours",
        "Map by map, row by row: 8 numbers, and a 1 for the bias. An output is a row of W times them.",
        (((1, 0), (2, 3)), ((0, 1), (1, 2))),
        ((1, 0, -1, 1, 0, 2, 1, -1, 1), (0, 1, 1, 0, -1, 0, 2, 1, -2), (-1, 1, 0, 1, 1, -1, 0, 0, 0)),
        (4, 4, 1),
        erratum="A slide of the deck writes y = W[x; 1] + b, which adds the bias twice: the 1 below x "
        "already brings it in, as in y = W[x; 1].",
    ),
    "flatten_one": _played(
        "One map, one output",
        "Lecture deck 000, hidden layer; the numbers are ours",
        "The smallest case: four weights, and the bias as a fifth.",
        (((1, 2), (3, 4)),),
        ((1, 0, 0, -1, 5),),
        (2,),
    ),
    "against_large": _scene(
        "1000 × 1000: ten to the power of twelve",
        "Lecture deck 003, 1000 × 1000 pixels fully connected to a million neurons",
        "A million links for each of a million neurons make 10¹² weights; three convolutions have 26,400.",
        AgainstSetup(side=1000, channels=1),
        full="1,000,000,000,000",
        convolutions="26,400",
    ),
    "against_mean": _scene(
        "An end that does not grow",
        "Lin, Chen and Yan (2014), Network in network: global average pooling; the numbers are ours",
        "With the mean of each map before the dense layer, the CNN's count no longer depends on the image.",
        AgainstSetup(side=224, ending="mean"),
        cnn="28,320",
    ),
    "against_narrow": _scene(
        "A narrow MLP",
        "The numbers are ours: 28 × 28 grey, one hidden layer of 64, as the digits of the training page",
        "Fewer units help the MLP: 50,816 weights. The small CNN beside it has 4,568.",
        AgainstSetup(side=28, channels=1, filters=(8, 8), kernel=3, widths=(64,)),
        cnn="4,568",
        mlp="50,816",
    ),
}
FIRST = "against_cifar"
