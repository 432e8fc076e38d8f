"""Pictures of a series to take along say the dot product of the page."""

import io
from functools import partial

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures import sliding
from cnnviz.figures.animation import run_gif, stop_png
from cnnviz.figures.sliding import Board
from cnnviz.figures.theme import LIGHT, THEMES, rgb
from cnnviz.lessons.series import dot_line, dot_parts
from cnnviz.lessons.steps import Trace
from cnnviz.presets.series import LONGEST_KERNEL, SCENES
from cnnviz.window import Window

PADDED = SCENES["series_padded"].setup.line


def written(trace: Trace, index: int, monkeypatch) -> str:
    """Draw a stop, and note what was written onto it after the grids."""
    texts: list[str] = []
    board = Board(trace, LIGHT, (1600, 900), dot_parts)
    write = sliding.write

    def noted(draw, place, text, *rest):
        texts.append(text)
        write(draw, place, text, *rest)

    monkeypatch.setattr(sliding, "write", noted)
    board._write_sum(board.draw, trace[index])
    return "".join(texts)


@pytest.mark.parametrize("index", [0, 4, 7])
def test_the_dot_product_stands_below_the_picture(index, monkeypatch):
    trace = Trace.of(PADDED)
    assert written(trace, index, monkeypatch) == dot_line(trace[index])


@pytest.mark.parametrize(
    ("bias", "told"), [(0.0, "sum of 60 products = "), (2.5, "sum of 60 products + 2.50 = ")]
)
def test_a_dot_product_without_room_is_summed_up(bias, told, monkeypatch):
    random = np.random.default_rng(0)
    image, kernel = random.normal(0, 3e4, (2, 1, 1, 60))
    trace = Trace(image, kernel, Window(1), Window(60), bias)
    assert written(trace, 0, monkeypatch).startswith(told)


def test_no_line_of_a_long_dot_product_leaves_the_picture():
    random = np.random.default_rng(0)
    image, kernel = random.normal(0, 3e4, (2, 1, 1, LONGEST_KERNEL))
    picture = Board(Trace(image, kernel, Window(1), Window(11)), LIGHT, (1600, 900), dot_parts).at(0)
    border = np.asarray(picture)[:, [0, 1, -2, -1]]
    assert (border == rgb(LIGHT.background)).all()


@pytest.mark.parametrize("theme", THEMES)
def test_a_run_of_a_series_is_saved_in_the_colours_of_the_theme(theme):
    picture = Image.open(io.BytesIO(partial(stop_png, tell=dot_parts)(PADDED, 2, theme)))
    assert picture.getpixel((2, 2)) == tuple(rgb(THEMES[theme].background).astype(int))
    movie = Image.open(io.BytesIO(partial(run_gif, tell=dot_parts)(PADDED, theme)))
    assert movie.n_frames == 8
