"""Networks by their counts in the literature, plans that cannot be, layers as text, and failures."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cnnviz.model.datasets import DATASETS
from cnnviz.model.layers import Activation, Conv2d, Dense, Dropout, Flatten, MaxPool
from cnnviz.presets.layer_text import FIRST_STACK, read_layers, write_layers
from cnnviz.presets.networks import FAILURES, NETWORKS, OWN, Plan, fitting
from tests.each import each


@pytest.mark.parametrize(
    ("network", "shape", "count"),
    [
        ("Softmax regression", (1, 28, 28), 7850),
        ("MLP", (1, 28, 28), 784 * 64 + 64 + 64 * 10 + 10),
        ("LeNet-5", (1, 28, 28), 61_706),
        ("Small CNN", (1, 28, 28), 208 + 3216 + 7850),
        ("Small CNN", (1, 8, 8), 80 + 1168 + 2570),
        ("Deep sigmoid net", (1, 8, 8), 2080 + 5 * 1056 + 330),
    ],
)
def test_networks_have_the_parameters_of_the_literature(network, shape, count):
    assert NETWORKS[network].on(shape, 10).parameter_count == count


def test_only_networks_that_fit_are_offered():
    assert "LeNet-5" not in fitting((1, 8, 8))
    assert fitting((1, 28, 28)) == list(NETWORKS)
    with pytest.raises(ValueError, match=r"LeNet-5 does not fit on images of 8 × 8"):
        Plan(network="LeNet-5")


@pytest.mark.parametrize("source", DATASETS)
def test_every_network_of_the_menu_can_be_trained_on_every_source(source):
    for name in fitting(DATASETS[source].input_shape):
        assert Plan(source=source, network=name).recipe().architecture.output_shape == (10,)


def test_layers_are_read_from_text():
    assert read_layers("conv 8 3 padding 1 stride 2; relu\nMAX POOL 2;dropout 0.25; dense 32") == (
        Conv2d(8, 3, stride=2, padding=1),
        Activation("ReLU"),
        MaxPool(2),
        Dropout(0.25),
        Flatten(),
        Dense(32),
    )
    assert read_layers("") == ()
    own = Plan(network=OWN, stack=FIRST_STACK).architecture()
    assert str(own) == "Conv 8 @ 3×3, ReLU, Max pool 2×2, Flatten, Dense 32, ReLU, Dense 10"


def test_layers_are_written_as_they_are_read():
    text = "conv 8 3 padding 1 stride 2; relu; mean pool 3 stride 1; dropout 0.25; batch norm; dense 32"
    layers = read_layers(text)
    assert read_layers(write_layers(layers)) == layers
    with pytest.raises(ValueError, match="layer Conv 2 @ 3×2 must have settings that can be written"):
        write_layers([Conv2d(2, (3, 2))])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("conv 8", "layer 'conv 8' must be written like conv 8 3: filters, size"),
        ("conv 8 3 groups 2", "words after it must be stride or padding or dilation, got groups 2"),
        ("dense x", "number must be written with digits, got 'x'"),
        ("dense 0", "units must be at least 1, got 0"),
        ("attention 8", "layer must be an activation, or like conv 8 3"),
        ("relu;" * 31, "layers must be at most 30, got 31"),
        ("x" * 1001, "at most 1000 characters, got 1001"),
    ],
)
def test_text_that_is_no_layer_is_refused_in_a_sentence(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        read_layers(text)


@each(
    ("change", "message"),
    [
        ({"source": "CIFAR"}, "source must be one of Handwritten digits"),
        ({"rate": 0.0}, "rate must be from 1e-05 to 100, got 0"),
        ({"rate": float("nan")}, "rate must be a number"),
        ({"epochs": 201}, "epochs must be at most 200, got 201"),
        ({"epochs": 0}, "epochs must be at least 1, got 0"),
        ({"examples": 3}, "examples must be 0 or at least 10, got 3"),
        ({"examples": 1443}, "examples must be at most 1442, got 1443"),
        ({"warm_up": 11.0}, "warm_up must be at most 10 epochs, got 11"),
        ({"wrong": 0.95}, "wrong must be at most 0.9, got 0.95"),
        (
            {"network": OWN, "stack": "conv 64 7 padding 3; conv 64 7 padding 3", "batch": 128},
            "batch must be at most 76 for a network of this size, got 128",
        ),
        ({"network": OWN, "stack": "dense 20000"}, "number must be written with digits"),
        ({"network": OWN, "stack": "dense 9999; dense 200"}, "architecture must have at most"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(change, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(Plan(), **change)


def test_data_is_prepared_as_asked():
    data = DATASETS["Handwritten digits"].load()
    assert Plan().lessons(data) is data
    assert len(Plan(examples=40).lessons(data).train) == 40
    noisy = Plan(wrong=0.4).lessons(data).train.labels
    assert 0.35 < (noisy != data.train.labels).mean() < 0.45
    sorted_labels = Plan(by_class=True).lessons(data).train.labels
    assert (np.diff(sorted_labels) >= 0).all()
    assert Plan(wrong=0.4).lessons(data).held_out is data.held_out


def test_every_failure_says_where_to_look_and_is_unlike_the_first_plan():
    assert set(FAILURES) == {"rate", "order", "zeros", "sigmoid", "labels", "few"}
    for failure in FAILURES.values():
        assert failure.plan != Plan()
        assert failure.look.endswith(".")
