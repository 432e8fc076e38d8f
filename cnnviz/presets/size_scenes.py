"""Worked examples of output sizes, those of the lectures first.

To add one, add a record to `SCENES` with the size that is known from elsewhere; menu and links follow.
"""

from cnnviz.presets.scene import Scene
from cnnviz.presets.sizes import SizeSetup


def _scene(title, source, notice, length, kernel, size, *, padded=None, exact=None, erratum="", **settings):
    """Make a record; ``padded`` is a number for both sides or a pair."""
    if padded is not None:
        sides = padded if isinstance(padded, tuple) else (padded, padded)
        settings |= {"padding": "custom", "sides": sides}
    expected = {"size": size} | ({} if exact is None else {"exact": f"{exact:g}"})
    setup = SizeSetup(length, kernel, **settings)
    return Scene("padding_and_stride", title, "Sizes", source, notice, setup, expected, erratum)


_ALEXNET = "Lecture deck 001, AlexNet"
_POOLED = (
    "The deck's rule for pooling, input size divided by window size, gives {wrong}; it holds only if the "
    "stride is the window size and divides. The general formula gives {right}."
)

SCENES = {
    "sizes_seven": _scene(
        "Seven cells, window of three",
        "Lecture deck 003, 7 × 7 with a 3 × 3 filter",
        "Without padding n − f + 1 places remain: 7 − 3 + 1 = 5.",
        7,
        3,
        5,
    ),
    "sizes_seven_padded": _scene(
        "Padding that keeps the size",
        "Lecture deck 003, padding p = (f − 1) / 2",
        "A window of 3 needs (3 − 1) / 2 = 1 cell on each side: seven cells stay seven.",
        7,
        3,
        7,
        padding="same",
    ),
    "sizes_stride_1": _scene(
        "Five cells, stride 1",
        "Lecture deck 002, stride",
        "A window of 3 has three places along five cells.",
        5,
        3,
        3,
    ),
    "sizes_stride_2": _scene(
        "Five cells, stride 2",
        "Lecture deck 002, stride",
        "With stride 2 only the first and the last of the three places remain.",
        5,
        3,
        2,
        stride=2,
    ),
    "sizes_shrink": _scene(
        "Every layer shrinks",
        "Lecture deck 002, (I − F)/S + 1 ≤ I − F + 1 < I; the numbers are ours",
        "Here 3 ≤ 5 < 7: without padding the output is always smaller, and a stride makes it smaller still.",
        7,
        3,
        3,
        stride=2,
    ),
    "sizes_cifar_padded": _scene(
        "CIFAR-10, padded",
        "Lecture deck 002, CONV1; lecture deck 003, ten 5 × 5 filters",
        "(32 + 2·2 − 5)/1 + 1 = 32: padding 2 keeps the size for a window of 5.",
        32,
        5,
        32,
        padded=2,
    ),
    "sizes_cifar": _scene(
        "CIFAR-10, not padded",
        "Lecture deck 003, 32 × 32 × 3 with a 5 × 5 × 3 filter",
        "32 − 5 + 1 = 28: two cells are lost at each end.",
        32,
        5,
        28,
    ),
    "sizes_cifar_pooled": _scene(
        "CIFAR-10, pooled",
        "Lecture deck 002, POOL: O = I / Po",
        "A window of 2 with stride 2 takes every cell once, so the size is halved: 32 / 2 = 16.",
        32,
        2,
        16,
        stride=2,
    ),
    "sizes_width": _scene(
        "The width of an output",
        "Lecture deck 001, output size; the numbers are ours: H = 7, W = 9, filter 3 × 3, stride 2",
        "Along the width only the widths count: (9 + 0 − 3)/2 + 1 = 4.",
        9,
        3,
        4,
        stride=2,
        erratum="The deck prints ow = (H + 2P − FH)/S + 1, which would give 3 here; it must be "
        "(W + 2P − FW)/S + 1.",
    ),
    "sizes_alexnet_conv1": _scene(
        "AlexNet, CONV1",
        _ALEXNET,
        "(227 − 11)/4 + 1 = 55: the stride divides, and nothing is left over.",
        227,
        11,
        55,
        stride=4,
    ),
    "sizes_alexnet_224": _scene(
        "AlexNet with 224",
        "Lecture deck 003, AlexNet",
        "(224 − 11)/4 + 1 = 54.25: 54 windows fit, and 1 of the 4 cells for another step is left over.",
        224,
        11,
        54,
        exact=54.25,
        stride=4,
        rounding="whole",
        erratum="The deck, like the paper, has an input of 224 × 224, and yet counts 55 × 55 × 96 = 290,400 "
        "neurons; 55 needs 227, as in deck 001.",
    ),
    "sizes_alexnet_pool1": _scene(
        "AlexNet, POOL1",
        _ALEXNET,
        "Windows of 3 with stride 2 overlap by one cell: (55 − 3)/2 + 1 = 27.",
        55,
        3,
        27,
        stride=2,
        erratum=_POOLED.format(wrong="55 / 3 = 18.3", right="27, as the same deck has it for AlexNet"),
    ),
    "sizes_alexnet_conv2": _scene(
        "AlexNet, CONV2",
        _ALEXNET,
        "(27 + 2·2 − 5)/1 + 1 = 27: padding 2 keeps the size for a window of 5.",
        27,
        5,
        27,
        padded=2,
    ),
    "sizes_alexnet_pool2": _scene(
        "AlexNet, POOL2",
        _ALEXNET,
        "(27 − 3)/2 + 1 = 13.",
        27,
        3,
        13,
        stride=2,
        erratum=_POOLED.format(wrong="27 / 3 = 9", right="13, as the same deck has it for AlexNet"),
    ),
    "sizes_alexnet_conv3": _scene(
        "AlexNet, CONV3 to CONV5",
        _ALEXNET,
        "(13 + 2·1 − 3)/1 + 1 = 13, three times in a row.",
        13,
        3,
        13,
        padded=1,
    ),
    "sizes_alexnet_pool3": _scene(
        "AlexNet, POOL3",
        _ALEXNET,
        "(13 − 3)/2 + 1 = 6, so that 6 × 6 × 256 = 9216 numbers are left.",
        13,
        3,
        6,
        stride=2,
        erratum=_POOLED.format(wrong="13 / 3 = 4.3", right="6, as the same deck has it for AlexNet"),
    ),
    "sizes_alphago_first": _scene(
        "AlphaGo, first layer",
        "Lecture deck 001, AlphaGo policy network",
        "The board is padded from 19 to 23, so that a window of 5 gives 19 again.",
        19,
        5,
        19,
        padded=2,
    ),
    "sizes_alphago": _scene(
        "AlphaGo, layers 2 to 12",
        "Lecture deck 001, AlphaGo policy network",
        "The board is padded from 19 to 21, so that a window of 3 gives 19 again.",
        19,
        3,
        19,
        padded=1,
    ),
    "sizes_whole": _scene(
        "A size that is no whole number",
        "Lecture deck 004, 1-D convolution with stride 2",
        "(8 + 2·1 − 3)/2 + 1 = 4.5: four windows fit, and half a step is left over.",
        8,
        3,
        4,
        exact=4.5,
        stride=2,
        padded=1,
        rounding="whole",
        erratum="The deck asks for an integer and drops the last of its eight numbers without a word; "
        "frameworks keep all eight and round down to 4.",
    ),
    "sizes_whole_seven": _scene(
        "The same with seven numbers",
        "Lecture deck 004, 1-D convolution with stride 2",
        "(7 + 2·1 − 3)/2 + 1 = 4: one cell fewer, and the stride divides.",
        7,
        3,
        4,
        stride=2,
        padded=1,
        rounding="whole",
    ),
    "sizes_asymmetric": _scene(
        "Padding before only",
        "Lecture deck 004, O = (I − F + Pstart + Pend)/S + 1, with the sizes of its RGB example",
        "(5 − 3 + 1 + 0)/1 + 1 = 4: the two ends need not be padded alike.",
        5,
        3,
        4,
        padded=(1, 0),
    ),
    "sizes_dilated": _scene(
        "A spread window",
        "Dumoulin and Visin (2016), A guide to convolution arithmetic, figure 5.1",
        "With dilation 2 three cells reach over five: 7 − 5 + 1 = 3.",
        7,
        3,
        3,
        dilation=2,
    ),
}
FIRST = "sizes_seven"
