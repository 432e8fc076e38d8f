"""The picture of an axis to take along: windows, padding and the formula, at the size of a slide."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cnnviz.figures.animation import STILL
from cnnviz.figures.axis import AxisPicture, size_png
from cnnviz.figures.theme import DARK, LIGHT, THEMES
from cnnviz.presets.size_scenes import SCENES
from cnnviz.presets.sizes import SizeSetup
from tests.pictures import holds, opened


@pytest.mark.parametrize(
    "name", ["sizes_whole", "sizes_alexnet_conv1", "sizes_dilated", "sizes_seven_padded"]
)
@pytest.mark.parametrize("theme", THEMES)
def test_the_picture_is_a_png_for_a_slide(name, theme):
    setup, colours = SCENES[name].setup, THEMES[theme]
    picture = opened(size_png(setup, theme))
    assert (picture.format, picture.size) == ("PNG", STILL)
    for role in ("input", "kernel", "output"):
        assert holds(picture, getattr(colours, role)) > 1000
    missed = setup.window.left_over(setup.length)
    assert (holds(picture, colours.negative) > 500) == (missed > 0)


def drawn(setup: SizeSetup, theme=LIGHT) -> tuple[AxisPicture, Image.Image]:
    picture = Image.new("RGB", STILL, theme.background)
    axis = AxisPicture(setup, theme, ImageDraw.Draw(picture))
    axis.draw()
    return axis, picture


def test_windows_that_overlap_lie_in_different_rows():
    axis, _ = drawn(SizeSetup(12, 5, 2))
    assert axis.lanes == 3
    assert drawn(SizeSetup(12, 2, 3))[0].lanes == 1
    assert drawn(SizeSetup(5, 5))[0].lanes == 1


def test_a_bar_covers_the_cells_its_window_reads_and_no_others():
    axis, picture = drawn(SizeSetup(9, 2, 4, 2), DARK)
    pixels = np.asarray(picture)
    filled = [
        any(tuple(pixels[y, int(axis.x(cell + 0.7))]) == axis.tint for y in range(240, 880))
        for cell in range(9)
    ]
    assert filled == [True, False, True, False, True, False, True, False, False]
