"""Small pictures of networks: every cell is a pixel of its value's colour, and weights are folded back."""

import base64
import io

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from PIL import Image

from cnnviz.figures.theme import LIGHT, rgb
from cnnviz.figures.training import COLUMNS, MOST_MAPS, filters, layers, picture, sheet
from cnnviz.model.datasets import DATASETS
from cnnviz.model.training import begin, network_of
from cnnviz.presets.networks import NETWORKS, Plan, fitting

DATA = DATASETS["Handwritten digits"].load()


def pixels(url: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))))


def network(name):
    recipe = Plan(network=name).recipe()
    return network_of(recipe, DATA, begin(recipe, DATA))


def test_a_sheet_lays_maps_side_by_side_on_one_scale():
    maps = np.zeros((2, 2, 3), np.float32)
    maps[0, 0, 0], maps[1, 1, 2] = -2, 1
    url, size, limit = sheet(maps, LIGHT)
    drawn = pixels(url)
    assert (size, limit, drawn.shape) == ((7, 2), 2.0, (2, 7, 3))
    assert_array_equal(drawn[0, 0], rgb(LIGHT.negative))
    assert_array_equal(drawn[0, 3], rgb(LIGHT.background))
    assert_array_equal(drawn[0, 4], rgb(LIGHT.zero))
    halfway = (rgb(LIGHT.zero) + rgb(LIGHT.positive)) / 2
    assert np.abs(drawn[1, 6] - halfway).max() <= 1


def test_a_sheet_shows_nan_and_ends_at_finite_values():
    maps = np.array([[[np.nan, np.inf, 3]]], np.float32)
    url, _, limit = sheet(maps, LIGHT)
    assert limit == 3
    assert_array_equal(pixels(url)[0, 0], rgb(LIGHT.text))
    assert sheet(np.full((1, 1, 1), np.nan, np.float32), LIGHT)[2] == 0


@pytest.mark.parametrize("name", fitting(DATA.input_shape))
def test_every_network_shows_its_filters_and_layers(name):
    own = network(name)
    first = filters(own, LIGHT)
    count = own.architecture.rows()[0 if "CNN" in name else 1].output_shape[0]
    assert first.told.startswith(f"{count} of ")
    assert max(first.size) <= COLUMNS * 9
    shown = layers(own, own.outputs(DATA.held_out.images[:1]), LIGHT)
    assert [each.title for each in shown] == {
        "Small CNN": ["Conv 8 @ 3×3, ReLU", "Conv 16 @ 3×3, ReLU", "Max pool 2×2"],
        "MLP": ["Dense 64, ReLU"],
        "Softmax regression": [],
        "Deep sigmoid net": ["Dense 32, Sigmoid"] * 6,
    }[name]


def test_weights_of_a_dense_layer_are_folded_back_to_images():
    own = network("Softmax regression")
    first = filters(own, LIGHT)
    assert (first.title, first.told) == ("Weights of Dense 10", "10 of 8 × 8")
    assert first.limit == np.abs(own.layers[-1][0]).max()
    assert len(NETWORKS) == 5


def test_no_more_maps_than_fit_are_drawn():
    _, size, _ = sheet(np.zeros((100, 2, 2), np.float32), LIGHT)
    assert size == (3 * COLUMNS - 1, 3 * MOST_MAPS // COLUMNS - 1)


def test_an_image_is_drawn_with_its_whitest_pixel_white():
    image = np.array([[[0, 8, 16]]], np.uint8)
    assert_array_equal(pixels(picture(image, 16)), [[0, 128, 255]])
