"""The pictures of a layer and of the comparison to take along."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cnnviz.figures.against import GrowthPicture, growth_png
from cnnviz.figures.animation import STILL
from cnnviz.figures.calculator import LayerPicture, layer_png
from cnnviz.figures.theme import LIGHT, THEMES, rgb
from cnnviz.presets.against_scenes import SCENES as COMPARED
from cnnviz.presets.calculator_scenes import SCENES
from tests.pictures import holds, opened

DRAWN = (
    "layer_ten_filters",
    "layer_whole",
    "layer_alexnet_224",
    "layer_whole_picture",
    "layer_norm",
    "layer_sentence",
)


@pytest.mark.parametrize("name", DRAWN)
def test_a_layer_is_a_png_for_a_slide(name):
    setup, theme = SCENES[name].setup, THEMES["dark" if len(name) % 2 else "light"]
    picture = opened(layer_png(setup, theme.name))
    assert (picture.format, picture.size) == ("PNG", STILL)
    assert min(holds(picture, theme.input), holds(picture, theme.output)) > 200
    missed = any(axis.window.left_over(axis.length) for axis in setup.axes)
    assert (holds(picture, theme.negative) > 300) == missed
    edge = np.asarray(picture)[[0, -1, 5, -6]]
    assert (edge == rgb(theme.background)).all()


def test_volumes_are_to_scale():
    setup = SCENES["layer_alexnet_conv1"].setup
    layer = LayerPicture(setup, LIGHT, ImageDraw.Draw(Image.new("RGB", STILL)))
    layer.draw()
    sides = {role: box[2] for role, box in layer.boxes.items()}
    assert sides["input"] / sides["output"] == pytest.approx(227 / 55)
    assert sides["input"] / sides["kernel"] == pytest.approx(227 / 11)


@pytest.mark.parametrize("name", ["against_cifar", "against_mean"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_comparison_is_a_png_for_a_slide(name, theme):
    setup, colours = COMPARED[name].setup, THEMES[theme]
    picture = opened(growth_png(setup, theme))
    assert (picture.format, picture.size) == ("PNG", STILL)
    for role in ("input", "output", "kernel", "gradient"):
        assert holds(picture, getattr(colours, role)) > 300


def test_a_power_is_a_straight_line():
    growth = GrowthPicture(COMPARED["against_cifar"].setup, LIGHT, ImageDraw.Draw(Image.new("RGB", STILL)))
    places = np.array([growth.place(side, side**4) for side in (8, 50, 1000)])
    first, second = np.diff(places, axis=0)
    assert first[1] / first[0] == pytest.approx(second[1] / second[0])
