"""Receptive fields of the lectures, and some worth seeing.

To add one, add a record to `SCENES` with the size that is known from elsewhere; menu and links follow.
"""

from cnnviz.presets.field_setup import looking
from cnnviz.presets.scene import Scene


def _scene(title, source, notice, architecture, layer, size, jump, *, growth=None, **settings):
    """Make a record of the middle unit of a layer."""
    expected = {"size": size, "jump": jump} | ({"growth": growth} if growth else {})
    setup = looking(architecture, layer, **settings)
    return Scene("receptive_field", title, "Receptive field", source, notice, setup, expected)


_DECK = "Lecture deck 002, architecture; the fields are ours"
_ALEXNET = "Lecture decks 001 and 003, AlexNet; the fields are ours"

SCENES = {
    "field_deck": _scene(
        "CNN for 32 × 32 pixels",
        _DECK,
        "5, 6, 14, 16, 32, 36: each layer adds (k − 1) steps of the layer before it, and pooling doubles the "
        "step. After the last pooling a unit could see 36 × 36, more than the picture has.",
        "CNN of deck 002",
        "CONV2",
        14,
        2,
        growth=(5, 6, 14, 16, 32, 36, 60),
    ),
    "field_deck_last": _scene(
        "The last pooling sees everything",
        _DECK,
        "36 > 32: the unit in the middle sees the whole picture, and padding beyond two of its edges.",
        "CNN of deck 002",
        "POOL3",
        36,
        8,
    ),
    "field_lenet": _scene(
        "LeNet-5",
        "Lecture deck 001, LeNet-5; the fields are ours",
        "5, 6, 14, 16, 32: C5 sees all 32 × 32 pixels, so its map has one unit.",
        "LeNet-5 (1998)",
        "S4",
        16,
        4,
        growth=(5, 6, 14, 16, 32, 32, 32),
    ),
    "field_alexnet": _scene(
        "AlexNet, after the last pooling",
        _ALEXNET,
        "The first layer sees 11 × 11, the last pooling 195 × 195 of 227: a stride of 4 at the very start "
        "makes every later layer see four times as much.",
        "AlexNet, one tower",
        "pool3",
        195,
        32,
        growth=(11, 19, 51, 67, 99, 131, 163, 195, 355, 355, 355),
    ),
    "field_alexnet_first": _scene(
        "AlexNet, first layer",
        _ALEXNET,
        "11 × 11 pixels, 4 apart: move the unit and see the fields overlap.",
        "AlexNet, one tower",
        "conv1",
        11,
        4,
    ),
    "field_vgg": _scene(
        "VGG-16, after the last pooling",
        "Simonyan and Zisserman (2014); the fields are ours",
        "Thirteen layers of 3 × 3 and five poolings: 212 of 224 pixels, in steps of 32.",
        "VGG-16",
        "pool5",
        212,
        32,
    ),
    "field_vgg_pair": _scene(
        "Two 3 × 3 see as much as one 5 × 5",
        "Simonyan and Zisserman (2014), section 2.3",
        "3, then 5: two layers with 18 weights a channel see what one with 25 sees; a third would see 7.",
        "VGG-16",
        "conv1_2",
        5,
        1,
    ),
    "field_alphago": _scene(
        "AlphaGo looks beyond the board",
        "Lecture deck 001, AlphaGo policy network; the fields are ours",
        "5 + 11 · 2 = 27 > 19: the units of the 9 × 9 points in the middle see the whole board, and padding "
        "all around it; one in a corner sees 14 × 14 points.",
        "AlphaGo policy, k = 192",
        "conv13",
        27,
        1,
    ),
    "field_effective": _scene(
        "What counts of a field",
        "Luo et al. (2016), Understanding the effective receptive field",
        "21 × 21 points can reach the unit, but those in the middle in many ways and those at the edge in "
        "one: what counts looks like a bell, and is much smaller.",
        "AlphaGo policy, k = 192",
        "conv9",
        21,
        1,
        effective=True,
    ),
    "field_residual": _scene(
        "Far more than the picture",
        "He et al. (2016), ResNet-152; the fields are ours",
        "The last block could see 1,507 × 1,507 pixels of a picture of 224. Shortcuts see less, and branches "
        "that meet have the larger field.",
        "ResNet-152",
        "conv5_3 add",
        1507,
        32,
    ),
}
FIRST = next(iter(SCENES))
