"""The still picture of channels: of slide size, in its colours, different for every stop."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures.channels import SIZE, channels_png
from cnnviz.figures.theme import THEMES, rgb
from cnnviz.presets.channel_scenes import SCENES
from cnnviz.ui.channels_state import stops


def drawn(name: str, step: int = 0, theme: str = "light") -> np.ndarray:
    picture = Image.open(io.BytesIO(channels_png(SCENES[name].setup, step, theme)))
    assert (picture.format, picture.size) == ("PNG", SIZE)
    return np.asarray(picture.convert("RGB")).astype(int)


def seen(picture: np.ndarray, colour: str) -> int:
    """Count the pixels of a colour."""
    return int((picture == rgb(colour)).all(axis=2).sum())


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_is_drawn_inside_the_slide_at_its_last_stop(name):
    picture = drawn(name, stops(SCENES[name].setup) - 1)
    edge = np.concatenate([picture[:, :8], picture[:, -8:]], axis=1)
    assert (edge == rgb(THEMES["light"].background)).all()
    assert seen(picture, THEMES["light"].output) > 50
    assert seen(picture, THEMES["light"].kernel) > 200


def test_dark_and_light_and_every_stop_differ():
    first, second, dark = drawn("channels_rgb"), drawn("channels_rgb", 1), drawn("channels_rgb", 0, "dark")
    assert (first != second).any()
    assert dark[3, 3].sum() < 120
    assert seen(dark, THEMES["dark"].bias) > 20


def test_channels_that_are_not_read_have_no_slice():
    whole = SCENES["channels_groups"].setup.with_groups(1)
    halved = channels_png(replace(whole.with_groups(2), shown=3), 0, "light")
    assert halved != channels_png(replace(whole, shown=3), 0, "light")
