"""Images chosen and scaled in one go, as NumPy would do it."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.kernels.gathering import scaled
from cnnviz.model.data import Scaling

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (9, 2, 5, 3)).astype(np.uint8)
IMAGES.flags.writeable = False


@pytest.mark.parametrize("scaling", [Scaling(), Scaling(33.3, 1 / 78.6), Scaling(0, 1 / 255)])
@pytest.mark.parametrize("places", [[4, 0, 8, 4], [3], []])
def test_the_bits_are_those_of_numpy(scaling, places):
    places = np.array(places, np.int64)
    x = scaled(IMAGES, places, scaling.shift, scaling.factor)
    assert x.dtype == np.float32
    assert_array_equal(x, scaling(IMAGES[places]))


@pytest.mark.parametrize("places", [[9], [-1, 2], [0, 400]])
def test_there_must_be_such_an_image(places):
    with pytest.raises(ValueError, match="places must be from 0 to 8"):
        scaled(IMAGES, np.array(places), 0, 1)
