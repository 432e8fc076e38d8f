"""What does not fit is said with its numbers, and every suggestion was tried."""

from time import perf_counter

from cnnviz.lessons.mending import trouble
from cnnviz.model.layers import Activation, Conv2d, Dense, Flatten, MaxPool
from cnnviz.model.published_layers import Conv1d
from cnnviz.presets.stack import Stack
from tests.each import each

CASES = {
    "kernel too large": (
        (16, 5, 5),
        [Conv2d(8, 7)],
        "Kernel 7 does not fit on 5 × 5: use padding 1 or a kernel of at most 5.",
    ),
    "kernel too large though padded": (
        (16, 5, 5),
        [Conv2d(8, 11, padding=2)],
        "Kernel 11 does not fit on 5 × 5 with padding 2: use padding 3 or a kernel of at most 9.",
    ),
    "not square": (
        (3, 2, 9),
        [Conv2d(8, (5, 3))],
        "Kernel 5x3 does not fit on 2 × 9: use padding 2 or a kernel of at most 2.",
    ),
    "spread kernel": (
        (3, 6, 6),
        [Conv2d(8, 3, dilation=4)],
        "Kernel 3 spread by 4 does not fit on 6 × 6: use padding 2, dilation 1 or a kernel of at most 2.",
    ),
    "pool too large": (
        (3, 2, 2),
        [MaxPool(4)],
        "Window 4 does not fit on 2 × 2: use padding 1 or a window of at most 2.",
    ),
    "pool that padding cannot help": (
        (3, 1, 1),
        [MaxPool(2)],
        "Window 2 does not fit on 1 × 1: use padding 1 or a window of at most 1.",
    ),
    "signal too short": (
        (3, 4),
        [Conv1d(8, 7)],
        "Kernel 7 does not fit on 4: use padding 2 or a kernel of at most 4.",
    ),
    "dense on maps": (
        (16, 5, 5),
        [Dense(10)],
        "Dense 10 reads one vector of numbers, got 5 × 5 × 16: "
        "put Flatten before it or put global mean pooling before it.",
    ),
    "convolution behind flatten": (
        (3, 8, 8),
        [MaxPool(2), Flatten(), Conv2d(4, 3)],
        "Conv 4 @ 3×3 reads maps (channels, height and width), got 48 numbers: "
        "move it before flatten1 or take it out.",
    ),
    "convolution on a vector": (
        (100,),
        [Conv2d(4, 3)],
        "Conv 4 @ 3×3 reads maps (channels, height and width), got 100 numbers: take it out.",
    ),
    "groups": ((10, 8, 8), [Conv2d(12, 3, groups=4)], "4 groups do not divide 10 channels: use 2 groups."),
    "prime channels": (
        (7, 8, 8),
        [Conv2d(12, 3, groups=4)],
        "4 groups do not divide 7 channels: use 1 group.",
    ),
}


@each("name", CASES)
def test_the_sentence_names_the_numbers_and_the_way_out(name):
    shape, layers, sentence = CASES[name]
    found = trouble(Stack(shape, (Activation("ReLU"), *layers, Activation("Tanh"))))
    assert found.sentence == sentence
    assert found.at == len(layers)


@each("name", CASES)
def test_every_remedy_makes_the_stack_fit(name):
    shape, layers, _ = CASES[name]
    found = trouble(Stack(shape, (Activation("ReLU"), *layers, Activation("Tanh"))))
    assert found.remedies
    for remedy in found.remedies:
        assert remedy.stack.problem == "", remedy.label


def test_the_largest_kernel_that_fits_and_the_least_padding_are_suggested():
    """By trying all of them."""
    for kernel in range(2, 9):
        for length in range(1, kernel):
            found = trouble(Stack((3, length, length + 1), (Conv2d(2, kernel),)))
            padded, smaller = (remedy.stack.layers[0] for remedy in found.remedies)
            tried = [
                p
                for p in range(6)
                if not Stack((3, length, length + 1), (Conv2d(2, kernel, padding=p),)).problem
            ]
            assert padded.padding == ((tried[0], tried[0]),) * 2
            fits = [k for k in range(1, 20) if not Stack((3, length, length + 1), (Conv2d(2, k),)).problem]
            assert smaller.size == (fits[-1], fits[-1])


def test_a_stack_that_fits_has_no_trouble():
    assert trouble(Stack((3, 8, 8), (Conv2d(4, 3), Flatten(), Dense(10)))) is None
    assert trouble(Stack((3, 8, 8), ())) is None


def test_only_the_first_trouble_is_told():
    found = trouble(Stack((3, 8, 8), (Conv2d(4, 9), Conv2d(4, 9), Dense(10))))
    assert found.at == 0
    assert found.remedies[0].stack.broken == 1


def test_absurd_numbers_are_answered_at_once():
    started = perf_counter()
    for layer in (
        Conv2d(9_999_990, 9_999_999, padding=1_000_000, groups=3_333_330),
        MaxPool((9_999_999, 3), 1, (4_000_000, 1)),
    ):
        assert trouble(Stack((7, 4096, 4096), (layer,))).sentence
    assert (
        trouble(Stack((7, 8, 8), (Conv2d(9_999_990, 3, groups=3_333_330),))).remedies[0].label == "7 groups"
    )
    assert perf_counter() - started < 1
