"""Pictures to take along show what the page shows, at the size of a slide."""

import time

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures import lettering
from cnnviz.figures.animation import (
    LONGEST_RUN,
    MOST_FRAMES,
    MOVING,
    STILL,
    run_gif,
    run_plan,
    run_remark,
    stop_png,
)
from cnnviz.figures.sliding import Board
from cnnviz.figures.theme import DARK, LIGHT, THEMES, rgb
from cnnviz.lessons.steps import Trace
from cnnviz.presets.matrix_scenes import SCENES
from tests.each import each
from tests.pictures import holds, opened

PADDED = SCENES["conv2d_lecture_padded"].setup
LARGE = SCENES["conv2d_lecture"].setup.resized("image", (64, 64)).shuffled(1)


@each("theme", THEMES)
@each("name", SCENES)
def test_every_scene_is_drawn_in_every_appearance(name, theme):
    trace, colours = Trace.of(SCENES[name].setup), THEMES[theme]
    picture = Board(trace, colours, STILL).at(min(1, len(trace) - 1))
    assert picture.getpixel((2, 2)) == tuple(rgb(colours.background).astype(int))
    assert holds(picture, colours.kernel) > 500
    assert holds(picture, colours.output) > 500


@pytest.mark.parametrize("theme", THEMES)
def test_a_stop_is_a_png_for_a_slide(theme):
    picture = opened(stop_png(PADDED, 7, theme))
    assert (picture.format, picture.size) == ("PNG", STILL)
    assert picture.tobytes() == Board(Trace.of(PADDED), THEMES[theme], STILL).at(7).tobytes()


def test_the_window_is_outlined_where_the_step_is():
    board = Board(Trace.of(PADDED), LIGHT, STILL)
    for index in (0, 7, 35):
        picture, step = board.at(index), board.trace[index]
        x, y, right, bottom = board.input.box(step.start[0] + 1, step.start[1] + 1, 3, 3)
        for at in ((x, (y + bottom) // 2), (right, (y + bottom) // 2), ((x + right) // 2, y)):
            assert picture.getpixel(at) == tuple(rgb(LIGHT.kernel).astype(int))


def test_the_output_is_filled_up_to_the_present_stop():
    board = Board(Trace.of(PADDED), LIGHT, STILL)
    later, earlier = board.at(20), board.at(3)
    x, y, *_ = board.output.box(1, 1)
    corner = (x + 6, y + 6)
    assert earlier.getpixel(corner) == tuple(rgb(LIGHT.surface).astype(int))
    assert later.getpixel(corner) != earlier.getpixel(corner)
    assert board.at(3).tobytes() == earlier.tobytes()


def test_padding_is_hatched_and_the_input_is_not():
    board = Board(Trace.of(PADDED), DARK, STILL)
    picture = board.at(35).crop((0, 0, board.kernel.left, STILL[1]))
    x, y, *_ = board.input.box(0, 0)
    cell = picture.crop((x + 3, y + 3, x + board.input.cell - 3, y + board.input.cell - 3))
    assert holds(cell, DARK.line) > 50
    x, y, *_ = board.input.box(1, 1)
    cell = picture.crop((x + 3, y + 3, x + board.input.cell - 3, y + board.input.cell - 3))
    assert holds(cell, DARK.line) == 0


def test_the_run_is_a_gif_of_every_stop():
    started = time.process_time()
    movie = opened(run_gif(PADDED, "light"))
    assert time.process_time() - started < 2
    assert (movie.format, movie.size, movie.n_frames) == ("GIF", MOVING, 36)
    assert movie.info["loop"] == 0
    shown = set()
    for frame in range(movie.n_frames):
        movie.seek(frame)
        shown.add(movie.convert("RGB").tobytes())
        assert movie.info["duration"] >= 200
    assert len(shown) == 36


def test_a_long_run_is_thinned_and_stays_small():
    raw = run_gif(LARGE, "dark")
    assert opened(raw).n_frames == MOST_FRAMES
    assert len(raw) < 4_000_000
    assert run_remark(62 * 62) == "100 of the 3,844 stops, evenly chosen, 0.36 s each."


@pytest.mark.parametrize("stops", [1, 2, 9, 36, 45, 100, 101, 5476, 33_856])
def test_the_plan_of_a_run_goes_from_first_to_last_stop(stops):
    steps, delay = run_plan(stops)
    assert steps[0] == 0
    assert steps[-1] == stops - 1
    assert len(set(steps)) == len(steps) <= MOST_FRAMES
    assert steps == sorted(steps)
    assert 200 <= delay <= 800
    assert delay * len(steps) <= LONGEST_RUN
    assert delay % 10 == 0


def test_one_stop_needs_no_remark_on_speed():
    assert run_remark(1) == "A single stop."
    assert run_remark(36) == "All 36 stops, 0.8 s each."


@pytest.mark.parametrize(
    ("shape", "kernel"), [((1, 1), (1, 1)), ((64, 64), (11, 11)), ((1, 64), (1, 11)), ((64, 1), (11, 1))]
)
def test_any_size_fits_the_slide(shape, kernel):
    setup = (
        SCENES["conv2d_lecture"]
        .setup.resized("kernel", (1, 1))
        .resized("image", shape)
        .resized("kernel", kernel)
    )
    board = Board(Trace.of(setup), LIGHT, STILL)
    for grid in (board.input, board.kernel, board.output):
        width, height = grid.size
        assert grid.cell >= 1
        assert grid.left >= 0
        assert grid.left + width <= STILL[0]
        assert grid.top >= 0
        assert grid.top + height <= STILL[1] - 150
    assert board.at(len(board.trace) - 1).size == STILL


@pytest.mark.parametrize("sign", lettering.STROKES)
def test_signs_that_the_font_lacks_are_drawn(sign):
    face = lettering.font(40)
    assert bytes(face.getmask(sign)) == bytes(face.getmask("\uffff")), "the font has it: draw it no longer"
    picture = Image.new("RGB", (80, 60), "#ffffff")
    lettering.write(lettering.ImageDraw.Draw(picture), (40, 30), sign, 40, "#000000")
    ink = np.asarray(picture).min(axis=2) < 128
    assert ink.any()
    assert not ink[:, [0, -1]].any()


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_text_stands_where_it_is_put(align):
    picture = Image.new("RGB", (200, 60), "#ffffff")
    lettering.write(lettering.ImageDraw.Draw(picture), (100, 30), "−10", 30, "#000000", align)
    columns = np.flatnonzero((np.asarray(picture).min(axis=2) < 128).any(axis=0))
    middle = {"left": 100 + lettering.width_of("−10", 30) / 2, "centre": 100, "right": None}[align]
    if middle is None:
        assert columns.max() <= 101
    else:
        assert abs((columns.min() + columns.max()) / 2 - middle) < 3
