"""A network as a picture: every layer is in it, to scale, and it is a file that opens."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures.architecture_files import architecture_png, architecture_svg
from cnnviz.figures.architecture_sheet import sheet
from cnnviz.figures.theme import THEMES, rgb
from cnnviz.lessons.drawing import shown_parts
from cnnviz.lessons.drawing_layout import lay_out
from cnnviz.presets.architectures import ARCHITECTURES

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = {
    name: lay_out(shown_parts(ARCHITECTURES[name].graph))
    for name in ("AlexNet (2012)", "VGG-16", "ResNet-50")
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_everything_stays_on_the_sheet_and_captions_apart(name):
    drawn = sheet(DRAWINGS[name], name, THEMES["light"])
    places = np.array([point for stroke in drawn.strokes for point in stroke.points])
    assert places.min() >= 0
    assert (places.max(axis=0) <= (1600, 900)).all()
    spots = [words.at for words in drawn.words]
    assert len(set(spots)) == len(spots)


@pytest.mark.parametrize("theme", THEMES)
def test_the_png_has_the_size_of_a_slide_and_the_colours_of_the_theme(theme):
    picture = Image.open(io.BytesIO(architecture_png(DRAWINGS["AlexNet (2012)"], "AlexNet", theme)))
    assert picture.size == (1600, 900)
    pixels = np.asarray(picture.convert("RGB"))
    assert tuple(pixels[0, 0]) == tuple(rgb(THEMES[theme].background))


def test_the_svg_is_well_formed_and_says_the_same():
    text = architecture_svg(DRAWINGS["AlexNet (2012)"], "A < B & C", "dark")
    root = ElementTree.fromstring(text)
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert {"A < B & C", "conv1", "55 × 55 × 96", "1,000", "convolution"} <= set(words)
    strokes = sheet(DRAWINGS["AlexNet (2012)"], "", THEMES["dark"]).strokes
    assert len(list(root.iter(f"{SVG}path"))) == len(strokes)
