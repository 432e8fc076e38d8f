"""Worked examples of channels and filters, in 2-D and in 3-D.

To add one, add a record to `SCENES` with what is known from elsewhere; menus and links follow.
"""

from dataclasses import replace
from typing import Any

from cnnviz.presets.channel_pictures import picture
from cnnviz.presets.channels import Layer, Setup
from cnnviz.presets.matrix_text import read_matrix
from cnnviz.presets.planes import Planes, drawn_filters
from cnnviz.presets.scene import Scene
from cnnviz.presets.sliding import Slide
from cnnviz.presets.volumes import Volume


def _planes(*texts: str) -> Planes:
    """Read matrices written as text."""
    return tuple(read_matrix(text) for text in texts)


def _scene(
    title: str, source: str, notice: str, setup: Setup, *text: str, erratum: str = "", **expected: Any
) -> Scene:
    """Make a record of this page; each ``text`` has to stand on it once the run is at its end."""
    return Scene("channels", title, "Channels", source, notice, setup, expected | {"text": text}, erratum)


def _drawn(name: str, filters: int, size: int, **slide) -> Layer:
    """Make a layer whose filters are drawn, over a built-in picture."""
    image = picture(name)
    return Layer(image, drawn_filters(filters, len(image), (size, size)), (0.0,) * filters, Slide(**slide))


_R = "156 155 156 158 158; 153 154 157 159 159; 149 151 155 158 159; 146 146 149 153 158; 145 143 143 148 158"
_G = "167 166 167 169 169; 164 165 168 170 170; 160 162 166 169 170; 156 156 159 163 168; 155 153 153 158 168"
_B = "163 162 163 165 165; 160 161 164 166 166; 156 158 162 165 166; 155 155 158 162 167; 154 152 152 157 167"
_KR, _KG, _KB = "-1 -1 1; 0 1 -1; 0 1 1", "1 0 0; 1 -1 -1; 1 0 -1", "0 1 1; 0 1 0; 1 -1 1"
_PARTIALS = _planes(
    "308 310 314 318; 298 148 158 161; 291 141 147 153; 290 138 139 147",
    "-498 -170 -175 -173; -491 -8 -14 -9; -478 -7 -15 -14; -465 3 -9 -21",
    "164 325 326 329; 487 646 653 659; 477 641 651 660; 467 629 642 655",
)
_OUTPUT = read_matrix("-25 466 466 475; 295 787 798 812; 291 776 784 800; 293 771 773 782")
_CORNER = Slide(padding="custom", sides=((1, 0), (1, 0)))
_RGB = Layer(_planes(_R, _G, _B), (_planes(_KR, _KG, _KB),), (1.0,), _CORNER)
_DECK = "Lecture deck 004, convolution of an RGB image"
_FOUR = _planes(
    "1 1 0 0; 1 1 0 0; 0 0 2 2; 0 0 2 2",
    "0 1 0 1; 1 0 1 0; 0 1 0 1; 1 0 1 0",
    "3 2 1 0; 3 2 1 0; 3 2 1 0; 3 2 1 0",
    "0 0 0 0; 1 1 1 1; 2 2 2 2; 3 3 3 3",
)
_CROSS = (
    "1 0 0 0 0 0 1; 0 1 0 0 0 1 0; 0 0 1 0 1 0 0; 0 0 0 1 0 0 0; 0 0 1 0 1 0 0; 0 1 0 0 0 1 0; 1 0 0 0 0 0 1"
)
_WORDS = _planes(
    "2 0 1 0 -1 1; 0 1 0 2 1 0; 1 1 -1 0 0 2; 0 2 1 1 0 -1; -1 0 2 0 1 1; 1 -1 0 1 2 0; 0 0 1 -1 1 2; "
    "2 1 0 0 -1 0; 1 0 1 2 0 1",
    "1 0 1 0 -1 0; 0 1 1 2 0 0; 1 0 -1 0 1 2; 0 2 1 0 0 -1; -1 1 2 0 1 0; 1 -1 0 2 2 0; 0 0 0 -1 1 2; "
    "2 1 0 1 -1 0; 1 0 2 2 0 1",
)
_VOLUME = Volume(
    (
        _planes(
            "1 0 2 1; 0 1 1 0; 2 1 0 1; 1 0 1 2",
            "0 2 1 0; 1 1 0 2; 0 1 2 1; 2 0 1 0",
            "1 1 0 2; 2 0 1 1; 0 2 1 0; 1 0 2 1",
        ),
        _planes(
            "0 1 1 2; 1 0 2 0; 1 2 0 1; 0 1 1 0",
            "2 0 1 1; 0 2 0 1; 1 0 1 2; 1 1 0 0",
            "0 1 2 0; 1 1 0 2; 2 0 1 1; 0 2 1 0",
        ),
    ),
    (_planes("1 0; 0 -1", "0 1; 1 0"), _planes("-1 1; 0 1", "1 0; -1 0")),
    bias=1.0,
)

SCENES = {
    "channels_rgb": _scene(
        "RGB: three slices, one sum",
        _DECK,
        "At the first stop the three partial sums are 308, −498 and 164; with the bias 1 they give −25. "
        "One filter has three slices, but makes one map.",
        _RGB,
        "(3·3·3 + 1)·1 = 28",
        "147 − 21 + 655 + 1 = 782",
        output=_OUTPUT,
        partials=_PARTIALS,
    ),
    "channels_filters": _scene(
        "Several filters, several maps",
        "Lecture deck 004, multiple kernels and the table of layer sizes; the first filter is the deck's, "
        "the others are ours",
        "Each filter has slices and a bias of its own and makes a map of its own. "
        "The deck's table counts (F·F·C + 1)·K; K is often 2C, here 6.",
        _RGB.with_filters(6),
        "(3·3·3 + 1)·6 = 168",
        "5 × 5 × 3 → 4 × 4 × 6",
        output=_OUTPUT,
    ),
    "channels_one_by_one": _scene(
        "1 × 1: mixing channels in place",
        "Lecture deck 004, 1 × 1 convolution in Inception; the numbers are ours",
        "A 1 × 1 filter sees one place and mixes its channels. The first makes grey of RGB by 0.3, 0.59 and "
        "0.11, the second takes green from red: 3 channels become 2.",
        Layer(
            _RGB.image,
            (_planes("0.3", "0.59", "0.11"), _planes("1", "-1", "0")),
            (0.0, 0.0),
        ),
        "(1·1·3 + 1)·2 = 8",
        "5 × 5 × 3 → 5 × 5 × 2",
    ),
    "channels_groups": _scene(
        "Two groups",
        "Lecture deck 003, AlexNet on two GPUs (CONV2); the numbers are ours",
        "The first two filters read channels 1 and 2, the other two read 3 and 4. Half of the weights are "
        "saved, and the halves do not see each other.",
        Layer(_FOUR, drawn_filters(4, 2, (3, 3)), (0.0,) * 4, groups=2),
        "(3·3·2 + 1)·4 = 76",
        "4 × 4 × 4 → 2 × 2 × 4",
        erratum="Deck 003 counts 307K weights for AlexNet's CONV2, deck 001 describes 256 filters of 5 × 5 "
        "over 96 channels, which have 614,400. Both are right: in two groups each filter reads 48 channels, "
        "and 5·5·48·256 = 307,200.",
    ),
    "channels_depthwise": _scene(
        "Depthwise: a filter a channel",
        "Lecture deck 004, the three slices of the RGB example as three filters of one channel each",
        "As many groups as channels: the same three partial maps, but nobody adds them up. "
        "A 1 × 1 convolution afterwards would.",
        Layer(_RGB.image, (_planes(_KR), _planes(_KG), _planes(_KB)), (0.0,) * 3, _CORNER, groups=3),
        "(3·3·1 + 1)·3 = 30",
        "5 × 5 × 3 → 4 × 4 × 3",
        output=_PARTIALS[0],
    ),
    "channels_volume": _scene(
        "3-D: also along depth",
        "Lecture deck 004, 2-D convolution with depth and 3-D convolution; the numbers are ours",
        "The filter is two planes deep in a volume of three, so it moves along depth as well: "
        "down, across, and back. Each channel still has its own slice, and all channels are added.",
        _VOLUME,
        "(2·2·2·2 + 1)·1 = 17",
        "3 × 4 × 4 × 2 → 2 × 3 × 3 × 1",
    ),
    "channels_relu": _scene(
        "3 × 3 × 3 and ReLU: one activation map",
        "Lecture deck 002, a 3 × 3 × 3 filter with ReLU; the numbers are those of deck 004",
        "One filter makes one map, however many channels it reads. ReLU turns the feature map into an "
        "activation map: −25 becomes 0.",
        replace(_RGB, relu=True),
        "(3·3·3 + 1)·1 = 28",
        "147 − 21 + 655 + 1 = 782, ReLU: 782",
        output=(((0.0, *_OUTPUT[0][1:])), *_OUTPUT[1:]),
    ),
    "channels_diagonal": _scene(
        "A diagonal detector",
        "Lecture deck 002, white = 0, black = 1, with ReLU; the picture is ours",
        "The filter is 1 on its diagonal and −1 beside it: black along the diagonal gives up to 3, the other "
        "diagonal is negative and becomes 0.",
        Layer((read_matrix(_CROSS),), (_planes("1 -1 -1; -1 1 -1; -1 -1 1"),), (0.0,), relu=True),
        "(3·3·1 + 1)·1 = 10",
        output=read_matrix("3 0 0 0 0; 0 3 0 0 0; 0 0 1 0 0; 0 0 0 3 0; 0 0 0 0 3"),
    ),
    "channels_same_size": _scene(
        "From C₁ to C₂ channels",
        "Lecture deck 000, H × W × C₁ to H × W × C₂ with F·F·C₁·C₂ weights and C₂ biases, then ReLU; "
        "the numbers are ours",
        "Padding keeps rows and columns; the number of filters alone decides how many channels come out.",
        Layer(_FOUR[:2], drawn_filters(4, 2, (3, 3)), (0.0,) * 4, Slide(padding="same"), relu=True),
        "(3·3·2 + 1)·4 = 76",
        "4 × 4 × 2 → 4 × 4 × 4",
    ),
    "channels_sentence": _scene(
        "A sentence in two channels",
        "Lecture deck 001, Kim (2014), Convolutional Neural Networks for Sentence Classification; "
        "the numbers are ours",
        "Nine words, a row of six numbers each, as two channels: vectors kept fixed, and the same vectors "
        "trained further. A filter as wide as a word moves along the words only.",
        Layer(_WORDS, drawn_filters(3, 2, (3, 6)), (0.0,) * 3),
        "(3·6·2 + 1)·3 = 111",
        "9 × 6 × 2 → 7 × 1 × 3",
    ),
    "channels_one_filter": _scene(
        "32 × 32 × 3 with one 5 × 5 × 3",
        "Lecture deck 003; the picture and the weights are ours",
        "The filter is as deep as the picture, so it can only move down and across: 28 × 28 × 1.",
        _drawn("balloon", 1, 5),
        "(5·5·3 + 1)·1 = 76",
        "32 × 32 × 3 → 28 × 28 × 1",
    ),
    "channels_two_filters": _scene(
        "32 × 32 × 3 with two filters",
        "Lecture deck 003; the picture and the weights are ours",
        "A second filter adds a second map: 28 × 28 × 2. N filters give N maps.",
        _drawn("balloon", 2, 5),
        "(5·5·3 + 1)·2 = 152",
        "32 × 32 × 3 → 28 × 28 × 2",
    ),
    "channels_ten_filters": _scene(
        "32 × 32 × 3 with ten 5 × 5",
        "Lecture deck 003, stride 1, padding 2; the picture and the weights are ours",
        "Each filter has 5·5·3 = 75 weights and a bias: (75 + 1)·10 = 760 parameters, and 32 × 32 × 10 out.",
        _drawn("balloon", 10, 5, padding="same"),
        "(5·5·3 + 1)·10 = 760",
        "32 × 32 × 3 → 32 × 32 × 10",
    ),
    "channels_conv1": _scene(
        "CONV1: 32 filters of 5 × 5",
        "Lecture deck 002, CONV1 of the architecture; the picture and the weights are ours",
        "The deck counts weights alone: 5·5·3·32 = 2,400. With a bias for each filter they are 2,432.",
        _drawn("balloon", 32, 5, padding="same"),
        "(5·5·3 + 1)·32 = 2,432",
        "32 × 32 × 3 → 32 × 32 × 32",
        "2,400 weights + 32 biases",
    ),
    "channels_grey": _scene(
        "Grey: 32 × 32 × 1",
        "Lecture deck 001, a grey picture has one channel, a coloured one three; the picture is ours",
        "With one channel a filter has one slice: 5·5·1 + 1 = 26 parameters in place of 76.",
        _drawn("grey_balloon", 1, 5),
        "(5·5·1 + 1)·1 = 26",
        "32 × 32 × 1 → 28 × 28 × 1",
    ),
}
FIRST = "channels_rgb"
