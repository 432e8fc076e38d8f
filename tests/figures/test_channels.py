"""The still picture of channels: of slide size, in its colours, different for every stop."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures.animation import MOVING, STILL
from cnnviz.figures.channels import ChannelBoard, channels_gif, channels_png
from cnnviz.figures.theme import THEMES, rgb
from cnnviz.presets.channel_scenes import SCENES
from cnnviz.ui.channels_state import stops
from tests.each import each
from tests.pictures import holds, opened


def drawn(name: str, step: int, theme: str = "light") -> Image.Image:
    return ChannelBoard(SCENES[name].setup, THEMES[theme], STILL).at(step)


@each("name", SCENES)
def test_every_scene_is_drawn_inside_the_slide_at_its_last_stop(name):
    picture = drawn(name, stops(SCENES[name].setup) - 1)
    edge = np.asarray(picture)[:, [*range(8), *range(-8, 0)]]
    assert (edge == rgb(THEMES["light"].background)).all()
    assert holds(picture, THEMES["light"].output) > 50
    assert holds(picture, THEMES["light"].kernel) > 200


@pytest.mark.parametrize("theme", THEMES)
def test_a_stop_is_a_png_for_a_slide(theme):
    picture = opened(channels_png(SCENES["channels_rgb"].setup, 1, theme))
    assert (picture.format, picture.size) == ("PNG", STILL)
    assert picture.tobytes() == drawn("channels_rgb", 1, theme).tobytes()


def test_dark_and_light_and_every_stop_differ():
    first, second, dark = drawn("channels_rgb", 0), drawn("channels_rgb", 1), drawn("channels_rgb", 0, "dark")
    assert first.tobytes() != second.tobytes()
    assert sum(dark.getpixel((3, 3))) < 120
    assert holds(dark, THEMES["dark"].bias) > 20


def test_channels_that_are_not_read_have_no_slice():
    whole = SCENES["channels_groups"].setup.with_groups(1)
    halved = channels_png(replace(whole.with_groups(2), shown=3), 0, "light")
    assert halved != channels_png(replace(whole, shown=3), 0, "light")


@pytest.mark.parametrize(("name", "frames"), [("channels_rgb", 16), ("channels_volume", 18)])
def test_the_run_is_an_animation_of_all_its_stops(name, frames):
    movie = Image.open(io.BytesIO(channels_gif(SCENES[name].setup, "dark")))
    assert (movie.format, movie.size, movie.n_frames) == ("GIF", MOVING, frames)


def test_a_stop_looks_the_same_whatever_was_drawn_before():
    setup, theme = SCENES["channels_volume"].setup, THEMES["light"]
    board = ChannelBoard(setup, theme, MOVING)
    board.at(15)
    again, alone = board.at(4), ChannelBoard(setup, theme, MOVING).at(4)
    np.testing.assert_array_equal(np.asarray(again), np.asarray(alone))
