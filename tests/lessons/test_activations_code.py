"""The code shown to the reader runs as it stands and gives the numbers of the page."""

import sys
from types import ModuleType

import numpy as np
import pytest
from PIL import Image
from scipy import special

from cnnviz.lessons import activations_code as code
from cnnviz.lessons.activations import Telling, activation_map, feature_map
from cnnviz.lessons.shares import Shares
from cnnviz.presets.activation_scenes import SCENES
from cnnviz.presets.activations import KNOWN, ActivationSetup
from cnnviz.presets.images import IMAGES
from tests.scipys import correlate

IMAGE = IMAGES["X and O"].load()[40:90, 30:100]
SETUPS = {
    **{name: scene.setup for name, scene in SCENES.items()},
    **{f"matrix {name}": ActivationSetup(names=(name,), alpha=0.5, b1=-0.5) for name in KNOWN},
    **{f"curve {name}": ActivationSetup(view="curve", names=(name,), x=0.75) for name in KNOWN},
    "negative bias": ActivationSetup(view="neuron", bias=-2.0, neuron=((0.5, 1.0), (-1.0, 2.0))),
    "one row": ActivationSetup(matrix=((1.0, -2.5),)),
    "photo, even kernel": ActivationSetup(view="photo", names=("Tanh",), filter="Motion blur"),
    "shifted down": ActivationSetup(view="softmax", shift=-5.0, temperature=0.5, logits=(1.0, 2.0)),
}


def shown(setup: ActivationSetup) -> np.ndarray:
    """Compute what the page shows for the first function."""
    if setup.view == "softmax":
        return Shares(setup).shares
    if setup.view == "photo":
        return activation_map(feature_map(IMAGE, setup.filter), setup)
    telling = Telling(setup)
    return telling.outputs[0][0] if setup.view == "matrix" else np.array(telling.curves[0].at[0])


def agree(lines: str, setup: ActivationSetup, tolerance: float) -> None:
    """Execute a program, and compare its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    y = np.squeeze(np.asarray(names["y"]))
    np.testing.assert_allclose(y, np.squeeze(shown(setup)), rtol=tolerance, atol=tolerance)


@pytest.fixture(autouse=True)
def _photo(tmp_path, monkeypatch):
    """Put the picture where the programs look for one."""
    Image.fromarray(IMAGE).save(tmp_path / code.PICTURE)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", SETUPS)
def test_the_numpy_lines_give_what_the_page_shows(name):
    setup = SETUPS[name]
    agree(code.numpy_lines(setup), setup, 2e-3 if setup.view == "photo" else 1e-12)


@pytest.mark.torch
@pytest.mark.parametrize("name", SETUPS)
def test_the_pytorch_lines_give_what_the_page_shows(name):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    setup = SETUPS[name]
    agree(code.torch_lines(setup), setup, 2e-3 if setup.view == "photo" else 1e-9)


@pytest.mark.parametrize("name", SETUPS)
def test_the_keras_lines_give_what_the_page_shows(name, keras_by_the_manual):
    setup = SETUPS[name]
    agree(code.keras_lines(setup), setup, 2e-3 if setup.view == "photo" else 2e-6)


def test_the_jacobian_is_in_the_numpy_lines():
    names: dict = {}
    setup = SCENES["activation_softmax_temperature"].setup
    exec(compile(code.numpy_lines(setup), "shown", "exec"), names)
    np.testing.assert_allclose(names["jacobian"], Shares(setup).jacobian, atol=1e-15)


def test_every_function_has_a_line_in_every_library():
    assert [*code.NUMPY] == [*code.TORCH] == [*code.KERAS] == [*KNOWN]
    assert [*code.LIBRARIES] == ["NumPy", "PyTorch", "Keras"]


def test_code_reads_well():
    assert code.numpy_lines(SCENES["activation_leaky"].setup).endswith(
        "y = np.where(x > 0, x, 0.01 * x)  # Leaky ReLU"
    )
    lines = code.numpy_lines(SETUPS["negative bias"])
    assert "x = (s * w).sum() - 2" in lines
    assert "x + -" not in code.numpy_lines(SETUPS["matrix Maxout"])
    assert "np.array([[ " not in lines


@pytest.fixture
def keras_by_the_manual(monkeypatch):
    """Stand in for the operations, written from their documentation with NumPy and SciPy."""

    def conv(x, w):
        return correlate(x[0, :, :, 0], w[:, :, 0, 0], "valid")[None, :, :, None]

    def elu(x, alpha=1.0):
        return np.where(x > 0, x, alpha * np.expm1(x))

    def gelu(x, approximate=True):
        if not approximate:
            return x * special.ndtr(x)
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

    known = {
        "array": np.array,
        "sigmoid": special.expit,
        "tanh": np.tanh,
        "relu": lambda x: np.maximum(x, 0),
        "leaky_relu": lambda x, negative_slope=0.2: np.where(x > 0, x, negative_slope * x),
        "elu": elu,
        "selu": lambda x: 1.0507009873554805 * elu(x, 1.6732632423543772),
        "gelu": gelu,
        "silu": lambda x: x * special.expit(x),
        "softplus": lambda x: np.log1p(np.exp(x)),
        "softmax": lambda x, axis=-1: special.softmax(x, axis=axis),
        "clip": np.clip,
        "maximum": np.maximum,
        "expm1": np.expm1,
        "pad": np.pad,
        "conv": conv,
    }
    keras = ModuleType("keras")
    keras.ops = ModuleType("keras.ops")
    for name, function in known.items():
        setattr(keras.ops, name, function)
    monkeypatch.setitem(sys.modules, "keras", keras)
