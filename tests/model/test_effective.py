"""The effective field lies in the theoretical one, is strongest in its middle, and is the same each time."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.model.effective import WIDTH, effective_field, thinned
from cnnviz.presets.field_setup import looking

CASES = [
    ("CNN of deck 002", "POOL2"),
    ("LeNet-5 (1998)", "S4"),
    ("ResNet-20 (CIFAR-10)", "conv2_3 add"),
    ("Plain net-20 (CIFAR-10)", "conv3_1a"),
    ("AlphaGo policy, k = 192", "conv9"),
]


@pytest.mark.parametrize(("name", "layer"), CASES)
def test_gradients_stay_within_the_field(name, layer):
    setup = looking(name, layer)
    strength, networks = effective_field(setup.graph, layer, setup.unit, lambda: True)
    assert networks == 1
    assert strength.max() == 1
    rows, columns = setup.line.field.on_image(setup.unit)
    outside = strength.copy()
    outside[rows.start : rows.stop, columns.start : columns.stop] = 0
    assert not outside.any()


def test_the_middle_counts_most_and_the_same_field_comes_again():
    setup = looking("AlphaGo policy, k = 192", "conv9")
    strength, networks = effective_field(setup.graph, "conv9", setup.unit)
    assert networks >= 2
    assert strength[6:13, 6:13].mean() > 5 * strength[[0, -1]].mean()
    assert_array_equal(strength, effective_field(setup.graph, "conv9", setup.unit)[0])


@pytest.mark.parametrize(
    "name", ["MobileNet", "AlexNet (2012)", "GoogLeNet", "SqueezeNet 1.1", "ResNet-50", "VGG-11"]
)
def test_thin_networks_have_the_same_windows(name):
    setup = looking("VGG-16", "pool5").with_architecture(name)
    thin = thinned(setup.graph, setup.layer)
    assert {shape[1:] for shape in thin.shapes.values()} <= {
        shape[1:] for shape in setup.graph.shapes.values()
    }
    assert thin.shapes[setup.layer][1:] == setup.graph.shapes[setup.layer][1:]
    kernels = [shapes["weights"][0] for shapes in thin.parameter_shapes.values() if "weights" in shapes]
    assert max(kernels) <= 4 * WIDTH
    assert thin.parameter_count < 700_000


def test_a_layer_without_maps_is_measured_as_a_whole():
    setup = looking("CNN of deck 002", "FC")
    strength, _ = effective_field(setup.graph, "FC", setup.unit, lambda: True)
    assert (strength > 0).mean() > 0.5
    assert np.isfinite(strength).all()
