"""Pictures of curves and shares to take along: right places, all lines, both appearances."""

import io
from itertools import combinations, pairwise

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures.activation_maps import map_addresses, maps_png, shared_limit
from cnnviz.figures.curves import DASHES, Panel, curves_png, dashed, round_marks, shares_png, slope_pieces
from cnnviz.figures.theme import SERIES, THEMES, luminance, rgb
from cnnviz.lessons.activations import Telling
from cnnviz.presets.activation_scenes import SCENES
from cnnviz.presets.activations import KNOWN, MOST_CURVES, ActivationSetup


def opened(png: bytes) -> np.ndarray:
    """Open a picture; reds, greens and blues apart."""
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    assert picture.size == (1600, 900)
    return np.array([np.asarray(part) for part in picture.convert("RGB").split()]).astype(np.int16)


def near(pixels: np.ndarray, colour: str) -> np.ndarray:
    """Mark the pixels that have almost this colour."""
    return np.logical_and.reduce(np.abs(pixels - rgb(colour).astype(np.int16)[:, None, None]) < 12)


@pytest.mark.parametrize("theme", THEMES)
def test_every_curve_is_in_both_panels_and_in_the_table(theme):
    pixels = opened(curves_png(SCENES["activation_list"].setup, theme))
    assert near(pixels, THEMES[theme].background).mean() > 0.6
    for colour in SERIES[theme]:
        places = near(pixels, colour)
        assert places[80:590, :800].sum() > 150
        assert places[80:590, 800:].sum() > 100
        assert places[640:, :170].sum() > 100


@pytest.mark.parametrize("names", [[*KNOWN][at::4] for at in range(4)])
def test_every_function_can_be_saved_anywhere(names):
    for x in (-1000.0, 0.0, 5.0):
        pixels = opened(curves_png(ActivationSetup(view="curve", names=tuple(names), x=x), "light"))
        assert all(near(pixels, colour).any() for colour in SERIES["light"][: len(names)])


def test_nothing_is_drawn_outside_the_panels():
    pixels = opened(curves_png(SCENES["activation_elu"].setup, "light"))
    lines = near(pixels, SERIES["light"][1]) | near(pixels, SERIES["light"][0])
    assert not lines[:68].any()
    assert not lines[600:640].any()


def test_longer_shares_have_longer_bars():
    pixels = opened(shares_png(SCENES["activation_softmax"].setup, "light"))
    bars = near(pixels, THEMES["light"].output).sum(axis=1)
    lengths = [bars[round(110 + (at + 0.5) * 240)] for at in range(3)]
    assert lengths == pytest.approx([659, 242, 99], abs=4)


def test_a_panel_puts_numbers_where_they_belong():
    panel = Panel(Image.new("RGB", (400, 400)), (0, 0, 100, 100), np.array([-2.0, 2.0]), (-1.0, 3.0))
    assert panel.place(-2, -1) == (0, 200)
    assert panel.place(2, 3) == (200, 0)
    assert panel.place(0, 1) == (100, 100)
    assert panel.place(0, 1e9)[1] == -40


def test_dashes_keep_to_the_line_and_to_their_lengths():
    line = [(0.0, 0.0), (3.0, 4.0), (3.0, 54.0)]
    pieces = dashed(line, (10, 5))
    for piece in pieces[:-1]:
        assert sum(np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(piece)) == pytest.approx(10)
    assert pieces[0] == [(0, 0), (3, 4), (3, pytest.approx(9))]
    assert pieces[1][0] == (3, pytest.approx(14))
    assert dashed(line, ()) == [line]


def test_the_slope_is_cut_where_it_jumps():
    telling = Telling(ActivationSetup(view="curve", names=("Hard tanh",)))
    left, middle, right = slope_pieces(telling.curves[0], telling.samples)
    assert (left[0][-1], left[1][-1]) == (-1, 0)
    assert (middle[0][0], middle[1][0], middle[0][-1], middle[1][-1]) == (-1, 1, 1, 1)
    assert (right[0][0], right[1][0]) == (1, 0)
    smooth = Telling(ActivationSetup(view="curve", names=("Tanh",)))
    assert len(slope_pieces(smooth.curves[0], smooth.samples)) == 1


@pytest.mark.parametrize(
    ("ends", "wanted", "marks"),
    [((-6, 6), 6, [-6, -4, -2, 0, 2, 4, 6]), ((-0.07, 1.07), 5, [0, 0.5, 1]), ((0, 0.27), 5, [0, 0.1, 0.2])],
)
def test_marks_are_round_and_within(ends, wanted, marks):
    assert round_marks(*ends, wanted) == marks


@pytest.mark.parametrize("theme", THEMES)
def test_series_are_seen_on_the_background_and_told_apart(theme):
    ground = luminance(rgb(THEMES[theme].background))
    assert len(SERIES[theme]) == len(DASHES) == MOST_CURVES
    for colour in SERIES[theme]:
        light, dark = sorted((ground, luminance(rgb(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3


MACHADO = {  # Machado, Oliveira and Fernandes (2009), full severity, on linear colours
    "none": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", MACHADO)
def test_series_are_told_apart_by_colour_blind_eyes(theme, eyes):
    """Every two colours are at least 20 apart in CIE Lab."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    part = np.array([rgb(colour) for colour in SERIES[theme]]) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(MACHADO[eyes]).T, 0, 1)
    ratio = seen @ to_xyz.T / [0.9505, 1, 1.089]
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    lab = np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)
    assert min(np.linalg.norm(a - b) for a, b in combinations(lab, 2)) > 20


@pytest.mark.parametrize("theme", THEMES)
def test_both_maps_have_one_scale_with_a_neutral_zero(theme):
    features = np.linspace(-2, 2, 10_000, dtype=np.float32).reshape(100, 100)
    activated = np.maximum(features, 0)
    limit = shared_limit(features, activated)
    assert 1.9 <= limit <= 2.5
    pixels = opened(maps_png((features, activated), ("Feature map", "Activation map"), THEMES[theme]))
    left, right = pixels[:, :, :800], pixels[:, :, 800:]
    assert near(left, THEMES[theme].negative).sum() > 1000
    assert near(right, THEMES[theme].negative).sum() < 50
    assert near(right, THEMES[theme].zero).sum() > 50_000


def test_maps_are_sent_without_loss():
    image = np.zeros((30, 40, 3), np.uint8)
    urls, limit = map_addresses(image, np.zeros((30, 40)), np.ones((30, 40)), THEMES["light"])
    assert all(url.startswith("data:image/png;base64,") for url in urls)
    assert limit == 1
