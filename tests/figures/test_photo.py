"""Numbers as shades: signed, one-sided, and what 8 bits make of them."""

import base64
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from cnnviz.figures import photo
from cnnviz.figures.theme import DARK, LIGHT, rgb, shades
from tests.each import each

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
NOISE = np.random.default_rng(3).normal(0, 90, (217, 130)).astype(np.float32)


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(1, 90), st.integers(1, 9)), elements=st.floats(-1e6, 1e6, width=32)
    )
)
def test_eight_bits_round_and_clamp(values):
    assert np.array_equal(photo.to_bytes(values), np.clip(np.rint(values), 0, 255).astype(np.uint8))


def test_bytes_are_passed_on_without_a_copy():
    shade = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert photo.to_bytes(shade) is shade


def test_values_themselves_are_left_alone():
    before = NOISE.copy()
    photo.to_bytes(NOISE, 2.0, 128.0)
    photo.signed_shades(NOISE, 100.0)
    assert np.array_equal(NOISE, before)


@THEMES
def test_zero_is_neutral_and_the_ends_are_the_colours_of_the_theme(theme):
    values = np.array([[-100, -50, 0, 50, 100, 1e6]], np.float32)
    image = photo.signed_picture(photo.signed_shades(values, 100.0), theme).convert("RGB")
    shown = np.asarray(image)[0].astype(int)
    assert np.array_equal(
        shown[[0, 2, 4, 5]], [rgb(c) for c in (theme.negative, theme.zero, theme.positive, theme.positive)]
    )
    assert np.abs(shown - shades(values[0], 100.0, theme)).max() <= 2


@THEMES
def test_the_one_sided_scale_starts_neutral(theme):
    values = np.array([[0, 50, 200, 900]], np.float32)
    image = photo.one_sided_picture(photo.to_bytes(values, 255 / 200), theme).convert("RGB")
    shown = np.asarray(image)[0]
    assert np.array_equal(shown[[0, 2, 3]], [rgb(c) for c in (theme.zero, theme.high, theme.high)])
    assert np.abs(shown.astype(int) - shades(values[0], 200.0, theme, signed=False)).max() <= 1


def test_three_channels_show_their_signs_around_middle_grey():
    values = np.array([[[-80, 0, 80]]], np.float32)
    assert np.array_equal(
        np.asarray(photo.signed_picture(photo.signed_shades(values, 80.0), LIGHT)), [[[1, 128, 255]]]
    )


@pytest.mark.parametrize(
    ("high", "limit"), [(0.0, 1.0), (0.7, 0.8), (1.0, 1.0), (93.0, 100.0), (255.0, 300.0), (4100.0, 5000.0)]
)
def test_the_scale_ends_at_a_round_number_above_nearly_all_values(high, limit):
    values = np.full((50, 50), -high, np.float32)
    assert photo.signed_limit(values) == pytest.approx(limit)


def test_a_few_outliers_do_not_wash_out_the_picture():
    values = NOISE.copy()
    values[0, :5] = 1e6
    assert photo.signed_limit(values) == photo.signed_limit(NOISE)


def test_a_lonely_value_is_still_on_the_scale():
    values = np.zeros((200, 200), np.float32)
    values[3, 4] = -40
    assert photo.signed_limit(values) == 40


@each("shape", [(217, 130), (217, 130, 3), (64, 64), (1, 900), (129, 7, 3)])
@each("most", [10, 64, 100, 5000])
def test_small_is_the_mean_of_squares(shape, most):
    shade = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    reduced = photo.small(shade, most)
    factor = -(-max(shape[:2]) // most)
    assert max(reduced.shape[:2]) <= most
    assert reduced.shape[2:] == shape[2:]
    if factor == 1:
        assert reduced is shade
        return
    for row, column in ((0, 0), (reduced.shape[0] - 1, reduced.shape[1] - 1)):
        square = shade[row * factor : (row + 1) * factor, column * factor : (column + 1) * factor]
        assert np.allclose(reduced[row, column], square.mean(axis=(0, 1)), atol=1)


def test_what_eight_bits_lose_is_counted():
    values = np.array([[-10, -0.4, 0, 255.4], [256, 300, 12, 13]], np.float32)
    lost = photo.clamping(values)
    assert (lost.below, lost.above, lost.smallest, lost.largest) == (1 / 8, 2 / 8, -10.0, 300.0)
    assert photo.clamping_sentence(lost) == (
        "Values go from −10 to 300. In 8 bits 12.5 % below 0 become 0 and 25.0 % above 255 become 255."
    )


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (
            photo.Clamping(0, 0, 3, 200),
            "Values go from 3 to 200. 8 bits hold all of them; only fractions are rounded.",
        ),
        (
            photo.Clamping(1e-5, 0, -1, 9),
            "Values go from −1 to 9. In 8 bits less than 0.1 % below 0 become 0.",
        ),
    ],
)
def test_the_sentence_about_eight_bits_says_only_what_is_so(lost, sentence):
    assert photo.clamping_sentence(lost) == sentence


def test_the_histogram_counts_every_value_of_a_small_picture():
    counted = photo.histogram(NOISE, -255.0, 255.0, bins=51)
    assert sum(counted.counts) == NOISE.size
    expected = np.histogram(NOISE.clip(-255, 255), 51, (-255, 255))[0]
    assert np.abs(np.array(counted.counts) - expected).max() <= 1  # a value on an edge may fall either way
    assert (counted.low, counted.high) == (-255.0, 255.0)


def test_a_sample_covers_the_whole_of_a_large_picture():
    large = np.zeros((3000, 2000), np.uint8)
    large[-10:] = 255
    picked = photo.sample(large)
    assert 100_000 <= picked.size <= 150_000
    assert picked.max() == 255


def decoded(url):
    kind, _, body = url.partition(";base64,")
    return kind, np.asarray(Image.open(io.BytesIO(base64.b64decode(body))).convert("RGB")).astype(int)


def test_a_small_picture_is_sent_exactly_and_a_large_one_nearly():
    ramp = np.broadcast_to(np.arange(256, dtype=np.uint8), (256, 256))
    kind, shown = decoded(photo.data_url(Image.fromarray(np.ascontiguousarray(ramp))))
    assert kind == "data:image/png"
    assert np.array_equal(shown[..., 0], ramp)
    large = np.tile(ramp, (3, 3))
    kind, shown = decoded(photo.data_url(Image.fromarray(large)))
    assert kind == "data:image/jpeg"
    assert np.abs(shown[..., 1] - large).mean() < 2


@pytest.mark.parametrize("shape", [(8, 9), (8, 9, 3)])
def test_the_png_to_keep_holds_the_clamped_values(shape):
    values = np.linspace(-300, 600, int(np.prod(shape))).astype(np.float32).reshape(shape)
    kept = np.asarray(Image.open(io.BytesIO(photo.png(values))))
    assert np.array_equal(kept, np.clip(np.rint(values), 0, 255))
