"""Strips of images hold every pixel in its place."""

import base64
import io

import numpy as np
from PIL import Image

from cnnviz.figures.data_sheet import strip


def opened(url: str) -> np.ndarray:
    head, _, text = url.partition(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(text))))


def test_images_stand_side_by_side_without_loss():
    images = np.arange(2 * 3 * 4).reshape(2, 1, 3, 4)
    drawn = opened(strip(images, 51))
    assert (drawn == np.hstack([images[0, 0], images[1, 0]]) * 5).all()


def test_what_is_no_number_is_black_and_nothing_is_brighter_than_white():
    assert opened(strip(np.array([[[[np.nan, 3.0, 1.0]]]]), 2)).tolist() == [[0, 255, 128]]
    assert opened(strip(np.zeros((1, 1, 1, 2)), 0)).tolist() == [[0, 0]]
