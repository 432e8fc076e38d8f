"""Worked examples of 2-D convolution: those of the lectures, and of Dumoulin and Visin.

To add one, add a record to `SCENES` with the output that is known from elsewhere; menus and links follow.
"""

from cnnviz.presets.matrices import Setup
from cnnviz.presets.matrix_text import read_matrix
from cnnviz.presets.scene import Scene
from cnnviz.presets.sliding import Slide


def _scene(
    title,
    source,
    notice,
    image,
    kernel,
    *,
    output="",
    size="",
    erratum="",
    topic="2-D convolution",
    flip=False,
    **slide,
) -> Scene:
    """Make a record from matrices written as text."""
    setup = Setup(read_matrix(image), read_matrix(kernel), Slide(**slide), 0.0, flip)
    expected = {"output": read_matrix(output)} if output else {"text": f"Output {size}"}
    return Scene("convolution_2d", title, topic, source, notice, setup, expected, erratum)


_LECTURE = "1 0 2 1 -1 1; 0 1 -1 1 0 2; 1 0 0 0 -1 1; 0 -1 -1 0 2 0; 1 1 0 -2 1 0; 0 0 1 -1 0 1"
_LECTURE_KERNEL = "-1 0 1; 0 2 1; 1 0 -1"
_GUIDE = "3 3 2 1 0; 0 0 1 3 1; 3 1 2 2 3; 2 0 0 2 2; 2 0 0 0 1"
_GUIDE_KERNEL = "0 1 2; 2 2 0; 0 1 2"
_DECK = "Lecture deck 004, 2-D convolution"
_EFFECTS = "Lecture deck 004, filter effects; the numbers are ours"
_RAMP = "10 11 12 13 14; 20 21 22 23 24; 30 31 32 33 34"
_EDGE = "0 0 0 9 9 9; 0 0 0 9 9 9; 0 0 0 9 9 9; 0 0 0 9 9 9"
_PAPER = "Dumoulin and Visin (2016), A guide to convolution arithmetic"

SCENES = {
    "conv2d_lecture": _scene(
        "Lecture, 6 × 6",
        _DECK,
        "Four by four stops: without padding the output is two rows and two columns smaller.",
        _LECTURE,
        _LECTURE_KERNEL,
        erratum="The deck prints 2 as the fourth output; its own products add up to 1, "
        "so the first row is 3 0 0 1.",
        output="3 0 0 1; 0 -1 -3 0; -3 1 0 3; 0 0 1 0",
    ),
    "conv2d_lecture_padded": _scene(
        "Lecture, 6 × 6 with padding 1",
        _DECK,
        "One ring of zeros keeps the size: the kernel is now centred on every cell once.",
        _LECTURE,
        _LECTURE_KERNEL,
        padding="custom",
        sides=((1, 1), (1, 1)),
        output="1 3 5 0 -2 2; 1 3 0 0 1 4; 4 0 -1 -3 0 4; -2 -3 1 0 3 2; 2 0 0 1 0 -2; 1 0 -2 -1 3 1",
    ),
    "conv2d_lecture_stride": _scene(
        "Lecture, 6 × 6 with stride 2",
        _DECK,
        "Stride 2 keeps every second stop; one row and one column at the end are never reached.",
        _LECTURE,
        _LECTURE_KERNEL,
        stride=(2, 2),
        output="3 0; -3 0",
    ),
    "conv2d_binary": _scene(
        "Binary, 5 × 5",
        "The classic animation; lecture deck 004 shows its first output, 4",
        "With zeros and ones the sum counts how many ones of the kernel meet ones of the input.",
        "1 1 1 0 0; 0 1 1 1 0; 0 0 1 1 1; 0 0 1 1 0; 0 1 1 0 0",
        "1 0 1; 0 1 0; 1 0 1",
        output="4 3 4; 2 4 3; 2 3 4",
    ),
    "conv2d_shift": _scene(
        "Shift by one cell",
        "Lecture deck 004, filter effects",
        "Switch between correlation and convolution: the picture moves the other way.",
        _RAMP,
        "0 0 0; 1 0 0; 0 0 0",
        topic="Filters",
        padding="same",
        erratum="The deck calls this kernel a shift to the left, which holds for convolution only; slid "
        "unflipped, as the deck itself does it, it shifts right: 0 10 11 12 13.",
        output="0 10 11 12 13; 0 20 21 22 23; 0 30 31 32 33",
    ),
    "conv2d_whole": _scene(
        "A size that is no whole number",
        "Lecture deck 004, 1-D convolution with stride 2, here as one row",
        "The lecture's rule gives 4.5; frameworks round down to 4 and never reach the last zero.",
        "1 0 2 3 5 1 2 3",
        "-1 2 1",
        stride=(1, 2),
        padding="custom",
        sides=((0, 0), (1, 1)),
        rounding="whole",
        erratum="The deck drops the last input, 3, without a word and prints 2 7 8 3; with all eight numbers "
        "the floor gives 2 7 8 6.",
        output="2 7 8 6",
    ),
    "conv2d_turned": _scene(
        "Lecture, 6 × 6, kernel turned",
        f"{_DECK}; deck 001 defines convolution with the turn",
        "True convolution turns the kernel by 180 degrees first. Networks leave that out: they learn the "
        "weights either way.",
        _LECTURE,
        _LECTURE_KERNEL,
        flip=True,
        output="4 0 -1 0; 1 -1 -2 -1; -2 0 -3 3; 1 3 0 -2",
    ),
    "conv2d_products": _scene(
        "One stop, nine products",
        "Lecture deck 004, 2-D convolution, list of products",
        "One patch and one kernel of the same size have a single stop: nine products, one sum, 4.",
        "1 0 0; 1 1 0; 1 1 1",
        "1 0 1; 0 1 0; 1 0 1",
        output="4",
    ),
    "conv2d_demo": _scene(
        "A sum of four ones",
        "Lecture deck 002, convolution demo; the products are the deck's, the cells ours",
        "Where a one of the input meets a one of the kernel, the sum grows by one.",
        "1 0 0; 0 1 1; 0 0 1",
        "1 1 1; 1 1 1; 1 1 1",
        erratum="In the copy at hand the first 1 of the sum is missing; with it the terms add up to the 4 "
        "that is printed.",
        output="4",
    ),
    "conv2d_seven": _scene(
        "From 7 × 7 to 5 × 5",
        "Lecture deck 003, a 3 × 3 filter on a 7 × 7 input; the numbers are ours",
        "Five stops along each axis: n − f + 1 = 7 − 3 + 1 = 5. This kernel answers to a vertical edge.",
        "0 0 0 9 9 9 9; 0 0 0 9 9 9 9; 0 0 0 9 9 9 9; 0 0 0 9 9 9 9; 0 0 0 9 9 9 9; 0 0 0 9 9 9 9; "
        "0 0 0 9 9 9 9",
        "-1 0 1; -1 0 1; -1 0 1",
        output="0 27 27 0 0; 0 27 27 0 0; 0 27 27 0 0; 0 27 27 0 0; 0 27 27 0 0",
    ),
    "conv2d_identity": _scene(
        "Filter: identity",
        _EFFECTS,
        "A single 1 in the middle copies every cell.",
        _RAMP,
        "0 0 0; 0 1 0; 0 0 0",
        topic="Filters",
        padding="same",
        output=_RAMP,
    ),
    "conv2d_blur": _scene(
        "Filter: mean of nine",
        _EFFECTS,
        "Nine weights of 1/9 give the mean: an edge becomes a slope.",
        _EDGE,
        "1/9 1/9 1/9; 1/9 1/9 1/9; 1/9 1/9 1/9",
        topic="Filters",
        output="0 3 6 9; 0 3 6 9",
    ),
    "conv2d_sharpen": _scene(
        "Filter: sharpen",
        _EFFECTS,
        "Twice the cell minus the mean: 17/9 in the middle, −1/9 around it, sum 1. Both sides of an edge "
        "overshoot.",
        _EDGE,
        "-1/9 -1/9 -1/9; -1/9 17/9 -1/9; -1/9 -1/9 -1/9",
        topic="Filters",
        erratum="In the copy at hand a stray matrix of zeros and ones stands beside this kernel; it is none.",
        output="0 -3 12 9; 0 -3 12 9",
    ),
    "conv2d_guide_numbers": _scene(
        "Guide: a numeric example",
        f"{_PAPER}, figure 1.1",
        "The first numbers of the guide: 12 12 17, 10 17 19, 9 6 14.",
        _GUIDE,
        _GUIDE_KERNEL,
        output="12 12 17; 10 17 19; 9 6 14",
    ),
    "conv2d_guide_no_padding": _scene(
        "Guide: no padding, no strides",
        f"{_PAPER}, figure 2.1; the sizes are the guide's, the numbers ours",
        "A 3 × 3 kernel has two places along four cells.",
        "3 3 2 1; 0 0 1 3; 3 1 2 2; 2 0 0 2",
        _GUIDE_KERNEL,
        size="2 × 2",
    ),
    "conv2d_guide_arbitrary_padding": _scene(
        "Guide: arbitrary padding, no strides",
        f"{_PAPER}, figure 2.2; the sizes are the guide's, the numbers ours",
        "An even kernel with two rings of zeros makes the output larger than the input: 6 × 6 from 5 × 5.",
        _GUIDE,
        "0 1 2 0; 2 2 0 1; 0 1 2 0; 1 0 0 1",
        padding="custom",
        sides=((2, 2), (2, 2)),
        size="6 × 6",
    ),
    "conv2d_guide_same": _scene(
        "Guide: half (same) padding, no strides",
        f"{_PAPER}, figure 2.3; the sizes are the guide's, the numbers ours",
        "Half the kernel on each side keeps the size.",
        _GUIDE,
        _GUIDE_KERNEL,
        padding="same",
        size="5 × 5",
    ),
    "conv2d_guide_full": _scene(
        "Guide: full padding, no strides",
        f"{_PAPER}, figure 2.4; the sizes are the guide's, the numbers ours",
        "Every overlap counts, even of a single cell: 7 × 7 from 5 × 5.",
        _GUIDE,
        _GUIDE_KERNEL,
        padding="full",
        size="7 × 7",
    ),
    "conv2d_guide_strides": _scene(
        "Guide: no padding, strides",
        f"{_PAPER}, figure 2.5; the sizes are the guide's, the numbers ours",
        "Stride 2 over five cells gives two places, as in lecture deck 002, and nothing is left over.",
        _GUIDE,
        _GUIDE_KERNEL,
        stride=(2, 2),
        size="2 × 2",
    ),
    "conv2d_guide_padding_strides": _scene(
        "Guide: padding, strides",
        f"{_PAPER}, figure 2.6; the sizes are the guide's, the numbers ours",
        "With padding 1 and stride 2, five cells give three places.",
        _GUIDE,
        _GUIDE_KERNEL,
        stride=(2, 2),
        padding="custom",
        sides=((1, 1), (1, 1)),
        size="3 × 3",
    ),
    "conv2d_guide_padding_strides_odd": _scene(
        "Guide: padding, strides, odd",
        f"{_PAPER}, figure 2.7; the sizes are the guide's, the numbers ours",
        "Six cells give three places as five did: the last row and column of padding is left over.",
        "3 3 2 1 0 1; 0 0 1 3 1 0; 3 1 2 2 3 2; 2 0 0 2 2 1; 2 0 0 0 1 3; 1 2 0 1 0 2",
        _GUIDE_KERNEL,
        stride=(2, 2),
        padding="custom",
        sides=((1, 1), (1, 1)),
        size="3 × 3",
    ),
    "conv2d_guide_dilation": _scene(
        "Guide: dilation",
        f"{_PAPER}, figure 5.1; the sizes are the guide's, the numbers ours",
        "Dilation 2 spreads nine weights over 5 × 5 cells: a wider view for the same work.",
        "3 3 2 1 0 1 2; 0 0 1 3 1 0 1; 3 1 2 2 3 2 0; 2 0 0 2 2 1 1; 2 0 0 0 1 3 2; 1 2 0 1 0 2 0; "
        "0 1 3 0 2 1 1",
        _GUIDE_KERNEL,
        dilation=(2, 2),
        size="3 × 3",
    ),
}
FIRST = "conv2d_lecture"
