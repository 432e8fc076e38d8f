"""Worked counts of layers of networks that were published, and of layers beside convolution.

To add one, add a record to `SCENES` with the numbers that are known from elsewhere; menu and links follow.
"""

from cnnviz.presets.calculator import LayerSetup
from cnnviz.presets.calculator_scene import LECTURE_1, LECTURE_3, counted, sliding

_RULE = (
    "The deck's rule for pooling, input size divided by pool size, holds only if the stride is the pool size "
)

SCENES = {
    "layer_alexnet_conv1": counted(
        "AlexNet, CONV1",
        f"{LECTURE_1}, AlexNet; {LECTURE_3} counts 35K weights",
        "(227 − 11)/4 + 1 = 55, and 11 · 11 · 3 · 96 = 34,848 weights.",
        sliding("conv2d", (3, 227, 227), 96, 11, 4, biases=False, find="stride"),
        "55 × 55 × 96",
        34_848,
        105_415_200,
        text=("Which stride gives 55 from 227?", "1 answer", "s = 4"),
    ),
    "layer_alexnet_224": counted(
        "AlexNet with 224: 54.25",
        f"{LECTURE_3}, AlexNet",
        "(224 − 11)/4 + 1 = 54.25. Backwards: 55 needs 227 to 230, and only for 227 the stride divides.",
        sliding(
            "conv2d",
            (3, 224, 224),
            96,
            11,
            4,
            rounding="whole",
            biases=False,
            find="input",
            target=55,
        ),
        "54 × 54 × 96",
        34_848,
        text=("54.25", "1 of the 4 cells for another step is left over", "i = 227"),
        erratum="The deck, like the paper, has an input of 224 × 224, and yet counts 55 × 55 × 96 = 290,400 "
        "neurons; 55 needs 227, as in deck 001.",
    ),
    "layer_alexnet_pool1": counted(
        "AlexNet, POOL1",
        f"{LECTURE_1}, AlexNet",
        "(55 − 3)/2 + 1 = 27: windows of 3 with stride 2 overlap.",
        sliding("max", (96, 55, 55), 1, 3, 2),
        "27 × 27 × 96",
        0,
        text=("gives 55 / 3 = 18.33, not 27",),
        erratum=f"{_RULE}and divides. It would give 55 / 3 = 18.3; the same deck has 27 for AlexNet.",
    ),
    "layer_alexnet_conv2": counted(
        "AlexNet, CONV2 in one piece",
        f"{LECTURE_1}, AlexNet, 256 filters of 5 × 5",
        "Every filter reads all 96 maps: 614,400 weights.",
        sliding("conv2d", (96, 27, 27), 256, 5, 1, 2, biases=False),
        "27 × 27 × 256",
        614_400,
        text=("Weights only; 256 biases left out.",),
    ),
    "layer_alexnet_conv2_groups": counted(
        "AlexNet, CONV2 in two groups",
        f"{LECTURE_3}, AlexNet, 307K weights",
        "On two processors every filter reads only the 48 maps of its half: 307,200 weights, half as many.",
        sliding("conv2d", (96, 27, 27), 256, 5, 1, 2, groups=2, biases=False),
        "27 × 27 × 256",
        307_200,
        erratum="The decks differ: 307K in deck 003 is the grouped layer of the paper, deck 001 describes "
        "one tower with 614,400 weights. Both are right for their network.",
    ),
    "layer_alexnet_pool3": counted(
        "AlexNet, POOL3",
        f"{LECTURE_1}, AlexNet",
        "(13 − 3)/2 + 1 = 6, so that 6 · 6 · 256 = 9,216 numbers are left.",
        sliding("max", (256, 13, 13), 1, 3, 2),
        "6 × 6 × 256",
        0,
        text=("9,216 numbers",),
    ),
    "layer_alexnet_fc6": counted(
        "AlexNet, first dense layer",
        f"{LECTURE_3}, AlexNet, 38M weights",
        "9,216 · 4,096: more than half of the whole network's weights in one layer.",
        LayerSetup("dense", (256, 6, 6), 4096, biases=False),
        "4,096",
        37_748_736,
        37_748_736,
    ),
    "layer_vgg_pool5": counted(
        "VGG-16, last pooling",
        "Simonyan and Zisserman (2015), configuration D; lecture deck 004, VGG",
        "Five poolings have halved 224 to 7: 224, 112, 56, 28, 14, 7.",
        sliding("max", (512, 14, 14), 1, 2, 2),
        "7 × 7 × 512",
        0,
        text=("25,088 numbers",),
    ),
    "layer_vgg_fc6": counted(
        "VGG-16, first dense layer",
        "Simonyan and Zisserman (2015), configuration D; lecture deck 004, VGG",
        "7 · 7 · 512 = 25,088 inputs: 102,764,544 of VGG-16's 138,357,544 parameters are here.",
        LayerSetup("dense", (512, 7, 7), 4096),
        "4,096",
        102_764_544,
    ),
    "layer_alphago": counted(
        "AlphaGo, layers 2 to 12",
        f"{LECTURE_1}, AlphaGo policy network, k = 192; biases are not counted",
        "The board stays 19 × 19; each of these eleven layers has 331,776 weights.",
        sliding("conv2d", (192, 19, 19), 192, 3, 1, 1, biases=False),
        "19 × 19 × 192",
        331_776,
    ),
    "layer_sentence": counted(
        "A filter over three words",
        f"{LECTURE_1}, Kim (2014): nine words, 300 numbers a word, two channels, 100 filters",
        "The filter is as wide as a word's vector, so it only moves down: 9 − 3 + 1 = 7 places.",
        sliding("conv2d", (2, 9, 300), 100, (3, 300)),
        "7 × 1 × 100",
        180_100,
    ),
    "layer_whole_picture": counted(
        "Fully connected to a picture",
        f"{LECTURE_3}, 1000 × 1000 pixels, a million neurons",
        "A million links for each of a million neurons: 10 to the power of 12.",
        LayerSetup("dense", (1, 1000, 1000), 1_000_000, biases=False),
        "1,000,000",
        10**12,
    ),
    "layer_norm": counted(
        "Batch normalisation",
        "Ioffe and Szegedy (2015), after ResNet's first convolution",
        "Two numbers a channel are learned, whatever the size of the maps.",
        LayerSetup("norm", (64, 112, 112)),
        "112 × 112 × 64",
        128,
    ),
    "layer_depthwise": counted(
        "One filter for each map",
        "Howard et al. (2017), MobileNets: a depthwise convolution",
        "As many groups as channels: 9 weights a map, 288 in place of 9,216.",
        sliding("conv2d", (32, 112, 112), 32, 3, 1, 1, groups=32, biases=False),
        "112 × 112 × 32",
        288,
    ),
}
