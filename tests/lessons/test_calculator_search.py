"""The output size asked backwards, against a search that lists every place of the window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.lessons.calculator_search import BOUNDS, answered, answers, question, taken_over
from cnnviz.presets.calculator import UNKNOWNS, LayerSetup
from cnnviz.presets.calculator_scenes import SCENES
from cnnviz.presets.sliding import Slide

ALEXNET = SCENES["layer_alexnet_conv1"].setup


def texts(setup: LayerSetup, **settings) -> list[str]:
    return [answer.text for answer in answers(setup.having(**settings))]


def places(length: int, kernel: int, stride: int, before: int, after: int, dilation: int = 1) -> int:
    """Count the places of a window by moving it."""
    count, at = 0, -before
    while at + dilation * (kernel - 1) <= length + after - 1:
        count, at = count + 1, at + stride
    return count


def test_the_questions_of_the_lectures():
    assert texts(ALEXNET, find="stride", target=55) == ["s = 4"]
    assert texts(ALEXNET, find="input", target=55) == ["i = 227", "i = 228", "i = 229", "i = 230"]
    assert [answer.exact for answer in answers(ALEXNET.having(find="input"))] == [True, False, False, False]
    assert texts(ALEXNET, find="stride", shape=(3, 224, 224)) == []
    for size in (1, 3, 5, 7, 9, 11):
        kept = LayerSetup("conv2d", (1, 32, 32), 1, (size, size), target=32)
        assert texts(kept) == [f"p = {(size - 1) // 2}"]
    assert texts(LayerSetup("conv2d", (1, 32, 32), 1, (4, 4), target=32)) == ["p = 1 before, 2 after"]


@given(
    st.integers(1, 24), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(1, 12),
    st.sampled_from(["padding", "stride", "kernel", "several"]),
)  # fmt: skip
def test_all_solutions_are_found_and_no_others(length, kernel, stride, padding, target, find):
    setup = LayerSetup("conv2d", (1, 40, 40), 1, (1, 1), target=target, find=find)
    wanted = {"shape": (1, length, length), "size": (kernel, kernel), "stride": (stride, stride)}
    wanted["sides"] = ((padding, padding),) * 2
    if not setup.fits(**wanted):
        return
    expected = {
        "padding": [
            (kernel, stride, before, before + more)
            for before in range(31)
            for more in (0, 1)
            if places(length, kernel, stride, before, before + more) == target
        ],
        "stride": [
            (kernel, s, padding, padding)
            for s in range(1, 17)
            if places(length, kernel, s, padding, padding) == target
        ],
        "kernel": [
            (k, stride, padding, padding)
            for k in range(1, 32)
            if places(length, k, stride, padding, padding) == target
        ],
        "several": [
            (k, s, p, p)
            for k in range(1, 12)
            for s in range(1, 5)
            for p in range(6)
            if places(length, k, s, p, p) == target
        ],
    }[find]
    setup = setup.having(**wanted)
    found = answers(setup)
    taken = [taken_over(setup, dict(answer.settings)).axes[0].unrounded for answer in found]
    assert [(window.size, window.stride, *window.padding) for window in taken] == expected
    assert all(window.output_size(length) == target for window in taken)
    for answer, (k, s, before, after) in zip(found, expected, strict=True):
        assert answer.left_over == length + before + after - k - s * (target - 1)


def test_of_a_layer_that_is_not_square_the_width_is_asked():
    setup = LayerSetup("conv2d", (1, 7, 9), 1, (3, 3), Slide((2, 2)), target=9, find="padding")
    assert question(setup) == "Which padding keeps 9 along the width?"
    answer, other = answers(setup.having(target=5))
    assert (answer.text, answer.exact) == ("p = 1", True)
    assert (other.text, other.exact) == ("p = 1 before, 2 after", False)
    taken = taken_over(setup, dict(answer.settings))
    assert (taken.slide.sides, taken.output_shape) == (((0, 0), (1, 1)), (1, 3, 5))
    longer = answers(setup.having(target=6, find="input"))
    assert taken_over(setup, dict(longer[0].settings)).shape == (1, 7, 13)


def test_of_a_signal_its_length_is_asked():
    setup = SCENES["layer_whole"].setup
    assert texts(setup) == ["i = 7", "i = 8"]
    assert taken_over(setup, {"length": 7}).shape == (1, 1, 7)


def test_a_pooling_window_stays_larger_than_its_padding():
    pool = LayerSetup("max", (1, 8, 8), 1, (3, 3), Slide((2, 2)), target=5)
    assert texts(pool) == ["p = 1 before, 2 after", "p = 2"]
    assert all("k = 1," not in text or "p = 0" in text for text in texts(pool, find="several", target=8))


@pytest.mark.parametrize("find", UNKNOWNS)
def test_question_and_answer_are_sentences_with_the_bounds(find):
    setup = ALEXNET.having(find=find)
    found = answers(setup)
    assert question(setup).endswith("?")
    assert BOUNDS[find] in answered(setup, found)
    assert "does (" in answered(setup, [])
    assert any(answer.keeps for answer in found)
