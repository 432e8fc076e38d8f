"""The networks that are compared, and the small dense layer: what goes together, what is refused."""

import pytest

from cnnviz.presets.against import AgainstSetup
from cnnviz.presets.flattening import FlatteningSetup


def test_the_networks_of_the_lecture():
    setup = AgainstSetup()
    assert str(setup.cnn).startswith("Conv 32 @ 5×5, ReLU, Max pool 2×2")
    assert setup.cnn.shapes[-2:] == ((512,), (10,))
    assert setup.hidden == (8192, 1024, 512)
    assert setup.mlp.shapes[1] == (3072,)
    assert (setup.cnn.parameter_count, setup.mlp.parameter_count) == (33_210, 34_093_578)
    assert setup.cnn.macs == 6_558_720


def test_a_global_mean_leaves_a_number_for_each_map():
    for side in (8, 33, 1000):
        assert AgainstSetup(side=side, ending="mean").cnn.shapes[-2] == (32,)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"view": "photo"}, "view must be one of growth, flatten"),
        ({"ending": "none"}, "ending must be one of"),
        ({"side": 7}, "side must be from 8 to 1000, got 7"),
        ({"kernel": 4}, "kernel must be odd"),
        ({"filters": ()}, "filters must be given for 1 to 3 layers"),
        ({"filters": (1, 2, 3, 4)}, "filters must be given for 1 to 3 layers"),
        ({"filters": (513,)}, "filters must be at most 512"),
        ({"widths": (1, 1, 1, 1)}, "widths must be given for at most 3"),
        ({"widths": (100_001,)}, "widths must be at most 100,000"),
        ({"channels": 0}, "channels must be at least 1"),
        ({"classes": 1001}, "classes must be at most 1,000"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(settings, complaint):
    with pytest.raises(ValueError, match=complaint):
        AgainstSetup().having(**settings)


@pytest.mark.parametrize(
    ("maps", "weights", "complaint"),
    [
        ((((1, 2),), ((1,), (2,))), ((1, 2, 3, 4, 5),), "maps must be at most 4 maps of one shape"),
        ((((1,) * 5,),), ((1,) * 6,), "4 × 4 at most"),
        ((((1,) * 4,) * 4,) * 2, ((1,) * 33,), "maps must hold at most 16 numbers, got 32"),
        ((((1, 2),),), ((1, 2),), "weights must have 2 columns and one for the bias"),
        ((((1, 2),),), ((1, 2, 3),) * 7, "at most 6 rows, got 7 rows of 3"),
    ],
)
def test_maps_and_weights_have_to_fit(maps, weights, complaint):
    with pytest.raises(ValueError, match=complaint):
        FlatteningSetup(maps, weights)
