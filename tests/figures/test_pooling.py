"""Pictures of a pooling show what the page shows, at the size of a slide; pixels are not smoothed."""

import numpy as np
import pytest

from cnnviz.figures.animation import MOST_FRAMES, MOVING, STILL
from cnnviz.figures.pooling import PoolingBoard, pooling_gif, pooling_png
from cnnviz.figures.pooling_picture import change_limit, change_maps, pixels
from cnnviz.figures.theme import DARK, LIGHT, THEMES, rgb
from cnnviz.lessons.pooling import PoolingTrace
from cnnviz.lessons.pooling_picture import answers
from cnnviz.presets.pooling import PoolingSetup, Shrinking, drawn
from cnnviz.presets.pooling_pictures import sample
from cnnviz.presets.pooling_scenes import SCENES
from cnnviz.presets.sliding import Slide
from tests.each import each
from tests.pictures import holds, opened


@each("theme", THEMES)
@each("name", SCENES)
def test_every_scene_is_drawn_in_every_appearance(name, theme):
    colours = THEMES[theme]
    picture = PoolingBoard(PoolingTrace.of(SCENES[name].setup), colours, STILL).at(1)
    assert picture.getpixel((2, 2)) == tuple(rgb(colours.background).astype(int))
    assert holds(picture, colours.kernel) > 100
    assert holds(picture, colours.output) > 100


@pytest.mark.parametrize("theme", THEMES)
def test_a_stop_is_a_png_for_a_slide(theme):
    setup = SCENES["pooling_same"].setup
    picture = opened(pooling_png(setup, 3, theme))
    assert (picture.format, picture.size) == ("PNG", STILL)
    assert picture.tobytes() == PoolingBoard(PoolingTrace.of(setup), THEMES[theme], STILL).at(3).tobytes()


def test_the_winner_is_outlined_inside_its_window():
    board = PoolingBoard(PoolingTrace.of(SCENES["pooling_same"].setup), LIGHT, STILL)
    for index in range(len(board.trace)):
        step = board.trace[index]
        for place, cell in enumerate(step.cells):
            crop = board.at(index).crop(board.input.box(*cell))
            inner = crop.crop((8, 8, crop.width - 8, crop.height - 8))
            assert (holds(inner, LIGHT.output) > 0) is (place == step.winner), (index, cell)


def test_a_mean_has_no_winner():
    board = PoolingBoard(PoolingTrace.of(SCENES["pooling_mean"].setup), DARK, STILL)
    left = board.at(0).crop((0, 0, board.input.left + board.input.size[0], STILL[1] - 200))
    assert holds(left, DARK.output) == 0


def test_padding_is_hatched_and_empty():
    board = PoolingBoard(PoolingTrace.of(SCENES["pooling_same"].setup), LIGHT, STILL)
    x, y, right, bottom = board.input.box(5, 0)
    cell = board.base.crop((x + 3, y + 3, right - 3, bottom - 3))
    assert holds(cell, LIGHT.line) > 50
    assert holds(cell, LIGHT.muted) == 0


def test_the_run_is_a_gif_and_a_long_one_is_thinned():
    movie = opened(pooling_gif(SCENES["pooling_max_stride_1"].setup, "light"))
    assert (movie.format, movie.size, movie.n_frames) == ("GIF", MOVING, 9)
    raw = pooling_gif(SCENES["pooling_alexnet"].setup, "dark")
    assert opened(raw).n_frames == MOST_FRAMES
    assert len(raw) < 4_000_000


@pytest.mark.parametrize(
    ("shape", "window", "padding"),
    [((1, 1), (1, 1), 0), ((64, 64), (16, 16), 15), ((1, 64), (1, 1), 0), ((64, 1), (16, 1), 0)],
)
def test_any_size_fits_the_slide(shape, window, padding):
    sides = ((padding, padding), (padding, padding))
    setup = PoolingSetup(drawn(shape, 1), "mean", window, Slide((1, 1), "custom", sides))
    board = PoolingBoard(PoolingTrace.of(setup), LIGHT, STILL)
    for grid in (board.input, board.output):
        width, height = grid.size
        assert grid.cell >= 1
        assert grid.left >= 0
        assert grid.left + width <= STILL[0]
        assert grid.top >= 0
        assert grid.top + height <= STILL[1] - 150
    assert board.at(len(board.trace) - 1).size == STILL


def test_pixels_are_the_values():
    grey, colour = sample("Digit"), sample("Astronaut")
    assert pixels(grey).shape == (24, 24, 3)
    np.testing.assert_array_equal(pixels(grey)[..., 1], grey[0])
    np.testing.assert_array_equal(pixels(colour)[..., 2], colour[2])
    assert pixels(colour).dtype == np.uint8
    np.testing.assert_array_equal(pixels(np.array([[[-3.0, 0.4, 300]]]))[..., 0], [[0, 0, 255]])


@pytest.mark.parametrize("theme", THEMES)
def test_maps_share_one_scale_and_unchanged_cells_are_plain(theme):
    compared = answers(Shrinking("Digit", "max", 2, 1))
    maps = change_maps(compared, theme)
    limit = change_limit(compared)
    assert limit == max(answer.change.max() for answer in compared)
    ground, full = (rgb(colour).astype(int) for colour in (THEMES[theme].zero, THEMES[theme].high))
    for answer, shown in zip(compared, maps, strict=True):
        assert shown.shape == (12, 12, 3)
        still = answer.change[0] == 0
        assert (shown[still] == ground).all()
        assert (shown[answer.change[0] == limit] == full).all()


def test_a_picture_that_did_not_move_has_plain_maps():
    for shown in change_maps(answers(Shrinking("Cat", "mean", 4, 0)), "light"):
        assert (shown == rgb(LIGHT.zero).astype(int)).all()
