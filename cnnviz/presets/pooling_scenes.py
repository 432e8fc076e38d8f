"""Worked examples of pooling: those of the lectures, and what they leave out.

To add one, add a record to `SCENES` with what is known of its output; menus and links follow.
"""

from cnnviz.presets.matrix_text import read_matrix
from cnnviz.presets.pooling import PoolingSetup, drawn
from cnnviz.presets.scene import Scene
from cnnviz.presets.sliding import Slide

_ONE = "3 2 3 1; 0 5 3 4; 1 2 2 2; 7 3 1 7"
_TWO = "1 1 2 4; 5 6 7 8; 3 2 1 0; 1 2 3 4"
_OURS = "Not in the lectures"
_RULE = (
    "The decks give the size after pooling as input / window. "
    "That holds only if the stride is the window and it divides"
)


def _scene(
    title, source, notice, image, *, output="", kind="max", window=(2, 2), channels=1, erratum="", **slide
) -> Scene:
    """Make a record; the image is text, or a shape to be filled with digits and ``output`` a side."""
    rows = read_matrix(image) if isinstance(image, str) else drawn(image, sum(image))
    setup = PoolingSetup(rows, kind, window, Slide(**{"stride": window, **slide}), channels)
    sized = {"text": (f"Output {output} × {output}",)}
    expected = {"output": read_matrix(output)} if isinstance(output, str) else sized
    return Scene("pooling", title, "Pooling", source, notice, setup, expected, erratum)


SCENES = {
    "pooling_max": _scene(
        "Max pooling, 2 × 2",
        "Lecture deck 000, max pooling",
        "Of every four cells the largest stays; a quarter of the numbers is left.",
        _ONE,
        output="5 4; 7 7",
    ),
    "pooling_mean": _scene(
        "Mean pooling, 2 × 2",
        "Lecture deck 000, the input of max pooling; the means are ours",
        "Every cell counts alike: the 7 in a corner no longer stands out.",
        _ONE,
        output="2.5 2.75; 3.25 3",
        kind="mean",
    ),
    "pooling_min": _scene(
        "Min pooling, 2 × 2",
        "Lecture deck 000, the input of max pooling; the minima are ours",
        "Of every four cells the smallest stays. In code it is the maximum of −x, with its sign turned.",
        _ONE,
        output="0 1; 1 1",
        kind="min",
    ),
    "pooling_max_stride_1": _scene(
        "Overlapping windows, stride 1",
        "Lecture deck 000, max pooling with stride 1",
        "Windows share cells, so one value can win several times: point at the 5, it wins four of nine.",
        _ONE,
        output="5 5 4; 5 5 4; 7 3 7",
        stride=(1, 1),
    ),
    "pooling_max_second": _scene(
        "Max pooling, another input",
        "Lecture deck 003, max pooling",
        "The large values of the second row win both upper windows; those around them leave no trace.",
        _TWO,
        output="6 8; 3 4",
    ),
    "pooling_mean_second": _scene(
        "Mean pooling, another input",
        "Lecture deck 003, the input of max pooling; the means are ours",
        "Both lower windows have the mean 2, though their largest values differ: 3 and 4.",
        _TWO,
        output="3.25 5.25; 2 2",
        kind="mean",
    ),
    "pooling_rule_holds": _scene(
        "The rule input / window, where it holds",
        "Lecture deck 002, first pooling of its network (the tables of decks 000 and 004 count 0 weights)",
        "32 × 32 × 32 becomes 16 × 16 × 32: the stride is the window and 2 divides 32. Nothing is learned.",
        (32, 32),
        output=16,
        channels=32,
    ),
    "pooling_rule_second": _scene(
        "From 16 × 16 to 8 × 8",
        "Lecture deck 002, second pooling of its network",
        "Each of the 16 maps is pooled by itself: 16 go in, 16 come out.",
        (16, 16),
        output=8,
        channels=16,
    ),
    "pooling_rule_third": _scene(
        "From 8 × 8 to 4 × 4",
        "Lecture deck 002, third pooling of its network",
        "4 × 4 × 32 = 512 numbers are left for the dense layer.",
        (8, 8),
        output=4,
        channels=32,
    ),
    "pooling_alexnet": _scene(
        "AlexNet, 55 × 55 to 27 × 27",
        "Lecture deck 001, AlexNet POOL1; the rule is also in deck 002",
        "Windows of 3 with stride 2 overlap by one row and column: (55 − 3) / 2 + 1 = 27.",
        (55, 55),
        output=27,
        window=(3, 3),
        stride=(2, 2),
        channels=96,
        erratum=f"{_RULE}; here 55 / 3 = 18.3, but the same deck's own size is right: 27.",
    ),
    "pooling_alexnet_second": _scene(
        "AlexNet, 27 × 27 to 13 × 13",
        "Lecture deck 001, AlexNet POOL2",
        "The same window again: (27 − 3) / 2 + 1 = 13, and 256 maps stay 256 maps.",
        (27, 27),
        output=13,
        window=(3, 3),
        stride=(2, 2),
        channels=256,
    ),
    "pooling_alexnet_third": _scene(
        "AlexNet, 13 × 13 to 6 × 6",
        "Lecture deck 001, AlexNet POOL3",
        "6 × 6 × 256 = 9,216 numbers go on to the dense layers.",
        (13, 13),
        output=6,
        window=(3, 3),
        stride=(2, 2),
        channels=256,
    ),
    "pooling_left_over": _scene(
        "Cells left over",
        _OURS,
        "Five cells hold two windows of 2: the last row and column are never read, even where they hold the "
        "largest value, 9.",
        "1 2 0 1 9; 3 0 1 2 4; 0 1 5 3 6; 2 2 1 0 7; 8 9 6 5 9",
        output="3 2; 2 5",
    ),
    "pooling_same": _scene(
        "Cells left over, padded",
        f"{_OURS}; padding “same” of Keras",
        "One row and column of padding let every cell be read. The padding itself never wins.",
        "1 2 0 1 9; 3 0 1 2 4; 0 1 5 3 6; 2 2 1 0 7; 8 9 6 5 9",
        output="3 2 9; 2 5 7; 9 6 9",
        padding="same",
    ),
    "pooling_negative": _scene(
        "Padding never wins",
        _OURS,
        "All values are negative, and so are all maxima: a padded 0 would have won each window on the "
        "top and left edge.",
        "-3 -1 -4; -1 -5 -9; -2 -6 -5",
        output="-3 -1 -1; -1 -1 -1; -1 -1 -5",
        stride=(1, 1),
        padding="custom",
        sides=((1, 0), (1, 0)),
    ),
    "pooling_tie": _scene(
        "A tie",
        _OURS,
        "Where several cells hold the largest value, the first in reading order wins. The output is the same "
        "either way, but in training only the winner gets the gradient.",
        "4 4 1 2; 4 0 2 2; 3 1 5 5; 1 3 5 5",
        output="4 2; 3 5",
    ),
    "pooling_wide": _scene(
        "A window that is not square",
        _OURS,
        "A window of 1 × 3 shortens the rows to a third and leaves their number alone.",
        "1 4 2 0 3 5; 2 2 7 1 1 0; 6 0 3 8 2 4",
        output="4 5; 7 1; 6 8",
        window=(1, 3),
    ),
}
FIRST = "pooling_max"
