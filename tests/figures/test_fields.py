"""Pictures as a network reads them, and how much each pixel counts."""

import io
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures.fields import MOST_OPAQUE, as_read, strength_overlay
from cnnviz.figures.theme import DARK, LIGHT, rgb
from tests.each import each


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(b64decode(url.partition(",")[2])))


@each("shape", [(3, 224, 224), (3, 32, 32), (1, 32, 32), (3, 227, 227)])
@each("size", [(300, 500), (20, 11), (1, 1)])
def test_a_picture_gets_the_size_of_the_input(shape, size):
    image = np.random.default_rng(0).integers(0, 256, (*size, 3)).astype(np.uint8)
    picture = opened(as_read(image, shape))
    assert picture.size == (shape[2], shape[1])
    assert picture.mode == ("L" if shape[0] == 1 else "RGB")
    assert len(as_read(image, shape)) < 160_000


def test_the_middle_is_cut_out():
    image = np.zeros((32, 96, 3), np.uint8)
    image[:, 32:64] = (250, 10, 10)
    assert np.abs(np.asarray(opened(as_read(image, (3, 32, 32))), int) - (250, 10, 10)).max() <= 60


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_strong_pixels_are_covered_most(theme):
    layer = np.asarray(opened(strength_overlay(np.array([[0, 0.1], [0.5, 1]]), theme)))
    assert (layer[..., :3] == rgb(theme.high)).all()
    assert layer[0, 0, 3] == 0
    assert layer[1, 1, 3] == MOST_OPAQUE
    assert 0 < layer[0, 1, 3] < layer[1, 0, 3] < MOST_OPAQUE
