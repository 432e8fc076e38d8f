"""Worked counts of single layers: those of the lectures, then those of published networks.

To add one, add a record to `SCENES` with the numbers that are known from elsewhere; menu and links follow.
"""

from cnnviz.presets import calculator_published
from cnnviz.presets.calculator import LayerSetup
from cnnviz.presets.calculator_scene import LECTURE_1, LECTURE_2, LECTURE_3, counted, sliding
from cnnviz.presets.sliding import Slide

SCENES = {
    "layer_ten_filters": counted(
        "Ten filters of 5 × 5",
        f"{LECTURE_3}, 32 × 32 × 3 with ten 5 × 5 filters, stride 1, padding 2",
        "Each filter has 5 · 5 · 3 = 75 weights and one bias: 76 · 10 = 760.",
        sliding("conv2d", (3, 32, 32), 10, 5, 1, 2),
        "32 × 32 × 10",
        760,
    ),
    "layer_one_filter": counted(
        "One filter, not padded",
        f"{LECTURE_3}, 32 × 32 × 3 with a 5 × 5 × 3 filter",
        "One filter gives one map, however many channels it reads: 28 × 28 × 1.",
        sliding("conv2d", (3, 32, 32), 1, 5),
        "28 × 28 × 1",
        76,
    ),
    "layer_two_filters": counted(
        "Two filters, two maps",
        f"{LECTURE_3}, two 5 × 5 × 3 filters",
        "A second filter adds a second map and as many parameters again.",
        sliding("conv2d", (3, 32, 32), 2, 5),
        "28 × 28 × 2",
        152,
    ),
    "layer_rgb": counted(
        "Three channels, one bias",
        "Lecture deck 004, (F · F · C + 1) · K, with its RGB example",
        "The bias is added once, not once for every channel: 3 · 3 · 3 + 1 = 28.",
        LayerSetup("conv2d", (3, 5, 5), 1, (3, 3), Slide((1, 1), "custom", ((1, 0), (1, 0))), target=4),
        "4 × 4 × 1",
        28,
    ),
    "layer_same_padding": counted(
        "Which padding keeps the size?",
        f"{LECTURE_3}, padding p = (f − 1) / 2",
        "For a window of 3 it is (3 − 1) / 2 = 1; try 5 and 7, and an even one, which needs unequal ends.",
        sliding("conv2d", (1, 7, 7), 1, 3, target=7),
        "5 × 5 × 1",
        10,
        text=("Which padding keeps 7?", "1 answer", "p = 1"),
    ),
    "layer_stride_1": counted(
        "Five cells, stride 1",
        f"{LECTURE_2}, O = (I − F)/S + 1 with I = 5, F = 3",
        "(5 − 3)/1 + 1 = 3.",
        sliding("conv1d", (1, 1, 5), 1, 3, biases=False),
        "3 × 1",
        3,
    ),
    "layer_stride_2": counted(
        "Five cells, stride 2",
        f"{LECTURE_2}, O = (I − F)/S + 1 with I = 5, F = 3",
        "(5 − 3)/2 + 1 = 2, with the same three weights.",
        sliding("conv1d", (1, 1, 5), 1, 3, 2, biases=False),
        "2 × 1",
        3,
    ),
    "layer_whole": counted(
        "Eight numbers, stride 2",
        "Lecture deck 004, (W + 2P − K)/S + 1 in one dimension",
        "(8 + 2·1 − 3)/2 + 1 = 4.5: ask backwards which input gives 4, and both 7 and 8 do.",
        sliding("conv1d", (1, 1, 8), 1, 3, 2, 1, rounding="whole", biases=False, find="input"),
        "4 × 1",
        3,
        text=("Which input gives 4?", "2 answers", "4.5"),
        erratum="The deck asks for an integer and drops the last of its eight numbers without a word; "
        "frameworks keep all eight and round down to 4.",
    ),
    "layer_moving_average": counted(
        "A moving average of 1,000 numbers",
        "Lecture deck 004, a kernel of ten on 1,000 numbers",
        "1000 − 10 + 1 = 991 averages.",
        sliding("conv1d", (1, 1, 1000), 1, 10, biases=False),
        "991 × 1",
        10,
        9910,
    ),
    "layer_width": counted(
        "Height and width apart",
        f"{LECTURE_1}, output size; the numbers are ours: H = 7, W = 9, filter 3 × 3, stride 2",
        "Down there are (7 − 3)/2 + 1 = 3 places, across (9 − 3)/2 + 1 = 4.",
        sliding("conv2d", (1, 7, 9), 1, 3, 2),
        "3 × 4 × 1",
        10,
        erratum="The deck prints ow = (H + 2P − FH)/S + 1, which would give 3 here; it must be "
        "(W + 2P − FW)/S + 1.",
    ),
    "layer_conv1": counted(
        "CONV1 of the lecture's network",
        f"{LECTURE_2}, 32 filters of 5 × 5 on 32 × 32 × 3; biases are not counted",
        "2,400 weights, and each is used at all 1,024 places: 2,457,600 products.",
        sliding("conv2d", (3, 32, 32), 32, 5, 1, 2, biases=False),
        "32 × 32 × 32",
        2400,
        2_457_600,
    ),
    "layer_pool1": counted(
        "POOL1 of the lecture's network",
        f"{LECTURE_2}, pooling 2 × 2",
        "Nothing to learn. Here the short rule holds: 32 / 2 = 16.",
        sliding("max", (32, 32, 32), 1, 2, 2),
        "16 × 16 × 32",
        0,
        text=("gives 32 / 2 = 16: right",),
    ),
    "layer_conv2": counted(
        "CONV2 of the lecture's network",
        f"{LECTURE_2}, 16 filters of 5 × 5 on 16 × 16 × 32; biases are not counted",
        "Every filter reads all 32 maps: 5 · 5 · 32 · 16 = 12,800.",
        sliding("conv2d", (32, 16, 16), 16, 5, 1, 2, biases=False),
        "16 × 16 × 16",
        12_800,
        3_276_800,
    ),
    "layer_last_dense": counted(
        "The last layer of the lecture's network",
        f"{LECTURE_2}, 4 × 4 × 32 = 512 numbers to 10 classes; biases are not counted",
        "512 · 10 = 5,120: small, because pooling has made the maps small.",
        LayerSetup("dense", (32, 4, 4), 10, biases=False),
        "10",
        5120,
        5120,
    ),
    "layer_first_of_mlp": counted(
        "The first layer of the same as an MLP",
        f"{LECTURE_2}, 3072 inputs to 8192 units",
        "25 million weights in one layer, where CONV1 has 2,400.",
        LayerSetup("dense", (3, 32, 32), 8192, biases=False),
        "8,192",
        25_165_824,
    ),
    **calculator_published.SCENES,
}
FIRST = "layer_ten_filters"
