"""A probed pixel and the filtered picture tell the same story."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.kernels.borders import BORDERS
from cnnviz.lessons.photo import CHANNELS, Filtering
from cnnviz.lessons.weights import work_remark
from cnnviz.presets.colour import LUMINANCE, TREATMENTS
from cnnviz.presets.filters import FILTERS
from tests.each import each

PICTURE = np.random.default_rng(7).integers(0, 256, (23, 31, 3), dtype=np.uint8)
PADDING = {"zeros": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}
KERNELS = {
    "odd": ((-1.0, 0.0, 1.0), (-2.0, 0.0, 2.0), (-1.0, 0.0, 1.0)),
    "even": ((1.0, 2.0), (-3.0, 0.25)),
    "a row": ((0.5, -1.0, 2.0, 4.0),),
    "a column": ((1.0,), (0.0,), (-1.0,)),
    "one weight": ((1.5,),),
}


def expected(filtering, image):
    """Filter window by window over NumPy's padding, sharing nothing with the program but the record."""
    kernel = np.array(filtering.kernel)
    reach = [filtering.dilation * (size - 1) for size in kernel.shape]
    sides = [(part // 2, part - part // 2) for part in reach]
    padded = np.pad(image.astype(float), (*sides, (0, 0)), mode=PADDING[filtering.border])
    height, width = image.shape[:2]
    stops = [range(0, length, filtering.stride) for length in (height, width)]
    channels = np.zeros((len(stops[0]), len(stops[1]), 3))
    for (i, row), (j, column) in itertools.product(enumerate(stops[0]), enumerate(stops[1])):
        cells = [
            slice(at, at + part + 1, filtering.dilation)
            for at, part in zip((row, column), reach, strict=True)
        ]
        channels[i, j] = (kernel[..., None] * padded[*cells]).sum(axis=(0, 1))
    if filtering.treatment == "Each channel":
        mixed = channels
    else:
        mixed = channels @ (LUMINANCE if filtering.treatment == "Luminance" else (1, 1, 1))
    return filtering.scale * mixed + filtering.offset


@each("border", BORDERS)
@each("treatment", TREATMENTS)
@each("kernel", KERNELS)
def test_the_filter_equals_plain_loops(kernel, treatment, border):
    for stride, dilation in ((1, 1), (2, 1), (1, 3), (3, 2)):
        filtering = Filtering(KERNELS[kernel], treatment, stride, dilation, border, scale=0.5, offset=-3.0)
        result = filtering.apply(PICTURE)
        assert result.dtype == np.float32
        assert result.shape[:2] == filtering.output_size(PICTURE)
        assert np.allclose(result, expected(filtering, PICTURE), atol=2e-3)


@given(
    st.sampled_from(sorted(KERNELS)),
    st.sampled_from(sorted(TREATMENTS)),
    st.sampled_from(sorted(BORDERS)),
    st.integers(1, 4),
    st.integers(1, 4),
    st.sampled_from([(1.0, 0.0), (0.25, 128.0), (-2.0, -7.5)]),
    st.tuples(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True)),
)
def test_a_probed_pixel_equals_the_filtered_picture(
    kernel, treatment, border, stride, dilation, scaling, place
):
    filtering = Filtering(KERNELS[kernel], treatment, stride, dilation, border, *scaling)
    result = filtering.apply(PICTURE)
    row, column = (int(part * length) for part, length in zip(place, result.shape, strict=False))
    probe = filtering.probe(PICTURE, row, column)
    assert np.allclose(probe.values, result[row, column], atol=2e-3)
    for step in probe.steps:
        assert step.value == pytest.approx(step.channel_sums.sum() + step.bias, abs=1e-9)


@each("name", FILTERS)
@each("treatment", TREATMENTS)
def test_every_filter_of_the_table_can_be_probed(name, treatment):
    filtering = Filtering(tuple(map(tuple, FILTERS[name].kernel().tolist())), treatment)
    result = filtering.apply(PICTURE)
    for row, column in ((0, 0), (11, 17), (22, 30)):
        assert np.allclose(filtering.probe(PICTURE, row, column).values, result[row, column], atol=2e-3)


def test_a_probe_names_the_cells_it_read():
    probe = Filtering(KERNELS["odd"], "Each channel", stride=2, dilation=2, border="zeros").probe(
        PICTURE, 0, 3
    )
    assert (probe.rows, probe.columns) == ((-2, 0, 2), (4, 6, 8))
    assert probe.names == CHANNELS
    assert np.array_equal(probe.steps[1].operands[0, 1:], PICTURE[0:3:2, 4:9:2, 1])
    assert not probe.steps[0].operands[0, 0].any()


def test_a_map_adds_up_all_three_channels():
    probe = Filtering(KERNELS["odd"], "Summed (CNN)", offset=5.0).probe(PICTURE, 10, 10)
    (step,) = probe.steps
    assert step.operands.shape == (3, 3, 3)
    assert np.array_equal(step.operands, PICTURE[9:12, 9:12].transpose(2, 0, 1))
    assert step.value == step.channel_sums.sum() + 5.0


def test_luminance_is_weighted_as_it_says():
    assert sum(LUMINANCE) == pytest.approx(1)
    probe = Filtering(((1.0,),), "Luminance").probe(PICTURE, 4, 5)
    assert probe.values[0] == pytest.approx(PICTURE[4, 5] @ np.array([0.2126, 0.7152, 0.0722]))
    for weight in LUMINANCE:
        assert str(weight) in TREATMENTS["Luminance"].remark


def test_grey_pictures_keep_whole_numbers():
    grey = np.repeat(PICTURE[..., :1], 3, axis=2)
    probe = Filtering(KERNELS["odd"], "Luminance").probe(grey, 9, 9)
    assert np.array_equal(probe.steps[0].operands[0], grey[8:11, 8:11, 0])


def test_identity_gives_the_picture_back():
    identity = tuple(map(tuple, FILTERS["Identity"].kernel().tolist()))
    assert np.array_equal(Filtering(identity, "Each channel").apply(PICTURE), PICTURE)


def test_progress_is_told_and_may_stop_the_work():
    told = []
    Filtering(KERNELS["odd"], "Luminance").apply(PICTURE, told.append)
    assert told
    assert all(0 <= done <= 1 for done in told)

    def stop(done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        Filtering(KERNELS["odd"], "Luminance").apply(PICTURE, stop)


@pytest.mark.parametrize(
    ("kernel", "sentence"),
    [
        (np.ones((5, 5)), "Separable, a column times a row: 5 + 5 products a pixel would do in place of 25."),
        (np.eye(3), "Not separable: 9 products a pixel."),
        (np.ones((1, 7)), "One line of 7 weights."),
    ],
)
def test_the_work_of_a_kernel_is_told(kernel, sentence):
    assert work_remark(kernel) == sentence
