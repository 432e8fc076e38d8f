"""Every activation is right, steep where it says it is, and safe with anything a float can hold."""

import numpy as np
import pytest
from scipy import special

from cnnviz.kernels.activations import ACTIVATIONS, VARIANTS
from cnnviz.kernels.compiling import compiled
from tests.each import each
from tests.reference import slopes

KNOWN = ACTIVATIONS | VARIANTS
SCALE, ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717


def elu(x, alpha):
    return np.where(x > 0, x, alpha * special.expm1(np.minimum(x, 0)))


REFERENCE = {
    "Sigmoid": special.expit,
    "Tanh": np.tanh,
    "ReLU": lambda x: (x + np.abs(x)) / 2,
    "Leaky ReLU": lambda x, slope=0.01: np.where(x > 0, x, slope * x),
    "ELU": lambda x, alpha=1.0: elu(x, alpha),
    "SELU": lambda x: SCALE * elu(x, ALPHA),
    "GELU": lambda x: x * special.ndtr(x),
    "SiLU": lambda x: x * special.expit(x),
    "Softplus": lambda x: -special.log_expit(-x),
    "Hard tanh": lambda x: np.where(x < -1, -1, np.where(x > 1, 1, x)),
    "Maxout": lambda x, w1=-0.5, b1=0.0, w2=1.0, b2=-1.5: np.where(
        w1 * x + b1 > w2 * x + b2, w1 * x + b1, w2 * x + b2
    ),
    "GELU, tanh form": lambda x: x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))),
    "ELU, as deck 004 prints it": lambda x, alpha=1.0: np.maximum(alpha * (np.exp(x) - 1), x),
}
SETTINGS = {
    "Leaky ReLU": [{"slope": slope} for slope in (0, 0.01, 0.1, 1)],
    "ELU": [{"alpha": alpha} for alpha in (0, 0.1, 1, 2.5)],
    "ELU, as deck 004 prints it": [{"alpha": alpha} for alpha in (0, 0.1, 1, 2.5)],
    "Maxout": [{}, {"w1": 0, "w2": 1, "b2": 0}, {"w1": -1, "w2": 1, "b2": 0.5}, {"w1": 2, "w2": 2}],
}
CASES = [(name, settings) for name in KNOWN for settings in SETTINGS.get(name, [{}])]
X = np.concatenate(
    [np.linspace(-12, 12, 4801), np.geomspace(1e-12, 1e-2, 101), -np.geomspace(1e-12, 1e-2, 101)]
)


def test_every_activation_has_a_reference():
    assert [*REFERENCE] == [*KNOWN]
    assert not ACTIVATIONS.keys() & VARIANTS.keys()


@each(("name", "settings"), CASES, ids=str)
def test_the_value_is_that_of_the_reference(name, settings):
    wanted = REFERENCE[name](X, **settings)
    close = {"rtol": 1e-12, "atol": 1e-14} if name in VARIANTS else {"rtol": 4e-15, "atol": 1e-300}
    if name == "GELU":
        close["rtol"] = 2e-14  # at −12 one rounding of x changes the far tail by x² = 144 of them
    np.testing.assert_allclose(KNOWN[name].f(X, **settings), wanted, **close)
    single = KNOWN[name].f(X.astype(np.float32), **settings)
    assert single.dtype == np.float32
    wanted = REFERENCE[name](X.astype(np.float32).astype(np.float64), **settings)
    close = {"rtol": 3e-5, "atol": 1e-6} if name in VARIANTS else {"rtol": 1e-6, "atol": 1e-37}
    np.testing.assert_allclose(single, wanted, **close)


@each(("name", "settings"), CASES, ids=str)
def test_the_slope_is_that_of_the_curve(name, settings):
    """Central differences, away from the kinks; the step of 1e-4 leaves an error of some 1e-9."""
    record, x = KNOWN[name], np.linspace(-8.003, 8.005, 1301)
    for kink in record.kinks(**record.chosen(settings)):
        x = x[np.abs(x - kink) > 1e-3]
    rise = record.f(x + 1e-4, **settings) - record.f(x - 1e-4, **settings)
    np.testing.assert_allclose(record.df(x, **settings), rise / 2e-4, rtol=1e-6, atol=1e-7)
    assert record.df(x.astype(np.float32), **settings).dtype == np.float32


def test_the_slope_of_a_sum_agrees_entry_by_entry():
    x = np.array([[-2.3, 0.4], [1.7, -0.6]])
    for record in KNOWN.values():
        np.testing.assert_allclose(record.df(x), slopes(lambda x, f=record.f: f(x).sum(), x), atol=1e-7)


AT_A_KINK = {
    "ReLU": {0: 0},
    "Leaky ReLU": {0: 0.01},
    "ELU": {0: 1},
    "SELU": {0: SCALE * ALPHA},
    "Hard tanh": {-1: 0, 1: 0},
    "Maxout": {1: -0.5},
}


@pytest.mark.parametrize("name", AT_A_KINK)
def test_the_slope_at_a_kink_is_the_one_that_is_documented(name):
    record = KNOWN[name]
    assert record.kinks(**record.chosen({})) == tuple(AT_A_KINK[name])
    for place, slope in AT_A_KINK[name].items():
        assert record.df(np.float64(place)) == pytest.approx(slope, abs=1e-15)


@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.5, 1.0, 2.0, 3.0])
def test_the_printed_formula_has_its_kinks_where_line_and_exponential_meet(alpha):
    kinks = VARIANTS["ELU, as deck 004 prints it"].kinks(alpha=alpha)
    assert all(alpha * np.expm1(place) == pytest.approx(place, abs=1e-12) for place in kinks)
    assert len(kinks) == (0 if alpha == 1 else 1 if alpha == 0 else 2)


LIMITS = {
    "Sigmoid": (0, 1, 0, 0),
    "Tanh": (-1, 1, 0, 0),
    "ReLU": (0, np.inf, 0, 1),
    "Leaky ReLU": (-np.inf, np.inf, 0.01, 1),
    "ELU": (-1, np.inf, 0, 1),
    "SELU": (-SCALE * ALPHA, np.inf, 0, SCALE),
    "GELU": (0, np.inf, 0, 1),
    "SiLU": (0, np.inf, 0, 1),
    "Softplus": (0, np.inf, 0, 1),
    "Hard tanh": (-1, 1, 0, 0),
    "Maxout": (np.inf, np.inf, -0.5, 1),
    "GELU, tanh form": (0, np.inf, 0, 1),
    "ELU, as deck 004 prints it": (-1, np.inf, 0, np.inf),
}


@each("dtype", [np.float32, np.float64])
@each("name", KNOWN)
def test_far_out_and_at_infinity_it_has_its_limits_and_warns_of_nothing(name, dtype):
    record, (left, right, left_slope, right_slope) = KNOWN[name], LIMITS[name]
    ends = np.array([-np.inf, np.inf], dtype)
    np.testing.assert_allclose(record.f(ends), [left, right], rtol=1e-7)
    np.testing.assert_allclose(record.df(ends), [left_slope, right_slope], rtol=1e-7)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for far in (1e4, 1e30, float(np.finfo(dtype).max) / 16):
            x = np.array([-far, far], dtype)
            assert not np.isnan(record.f(x)).any()
            np.testing.assert_allclose(record.df(x), [left_slope, right_slope], rtol=1e-7)
        tiny = np.array([5e-324, -5e-324, 0.0, -0.0], dtype)
        assert np.isfinite(record.f(tiny)).all()


@each(("name", "settings"), CASES, ids=str)
def test_nan_stays_nan_and_infinity_never_becomes_it(name, settings):
    x = np.array([np.nan, -np.inf, np.inf, 1.0])
    for y in (KNOWN[name].f(x, **settings), KNOWN[name].df(x, **settings)):
        assert np.isnan(y).tolist() == [True, False, False, False]


@each("name", KNOWN)
def test_any_shape_and_layout_is_taken(name):
    record, x = KNOWN[name], np.random.default_rng(3).normal(0, 2, (6, 5, 4))
    for view in (
        x,
        x[::2, ::-1],
        x.T,
        np.asfortranarray(x),
        x[0, 0, 0],
        x[:0],
        np.broadcast_to(x[:1], x.shape),
    ):
        y = record.f(view)
        assert isinstance(y, np.ndarray)
        assert y.shape == np.shape(view)
        np.testing.assert_array_equal(y, record.f(np.array(view, order="C")))
    before = x.copy()
    x.flags.writeable = False
    record.df(x)
    np.testing.assert_array_equal(x, before)


def test_gelu_in_parts_is_gelu_at_once():
    x = np.linspace(-6, 6, 200_001)
    np.testing.assert_array_equal(KNOWN["GELU"].f(x)[::10_000], KNOWN["GELU"].f(x[::10_000].copy()))


def test_the_short_cut_for_gelu_is_as_close_as_it_says():
    x = np.linspace(-10, 10, 20_001)
    apart = np.abs(VARIANTS["GELU, tanh form"].f(x) - ACTIVATIONS["GELU"].f(x)).max()
    assert 0.0003 < apart < 0.0005


@pytest.mark.parametrize(
    ("name", "x", "settings", "message"),
    [
        ("ReLU", [1, 2], {}, "x must be float32 or float64, got int64"),
        ("ReLU", [1.0], {"slope": 1}, r"settings must be those of ReLU \(none\), got slope"),
        ("Leaky ReLU", [1.0], {"alpha": 1}, r"settings must be those of Leaky ReLU \(slope\), got alpha"),
        ("Leaky ReLU", [1.0], {"slope": 1.5}, "slope must be from 0 to 1, got 1.5"),
        ("ELU", [1.0], {"alpha": np.nan}, "alpha must be from 0 to 3, got nan"),
    ],
)
def test_what_cannot_be_is_refused_by_name(name, x, settings, message):
    for call in (ACTIVATIONS[name].f, ACTIVATIONS[name].df):
        with pytest.raises(ValueError, match=message):
            call(np.array(x), **settings)


@each("name", KNOWN)
def test_the_record_says_everything_a_page_shows(name):
    record = KNOWN[name]
    assert record.name == name
    for text in (record.remark, record.saturates):
        assert text.endswith(".")
    assert all((record.latex, record.latex_df, record.source))
    assert not record.source.endswith(".")
    for setting in record.settings:
        assert setting.least <= setting.default <= setting.most
        assert setting.help.endswith(".")
    with pytest.raises(AttributeError):
        record.name = "another"


TORCH = {
    "Sigmoid": ("sigmoid", {}),
    "Tanh": ("tanh", {}),
    "ReLU": ("relu", {}),
    "Leaky ReLU": ("leaky_relu", {"negative_slope": 0.01}),
    "ELU": ("elu", {}),
    "SELU": ("selu", {}),
    "GELU": ("gelu", {}),
    "SiLU": ("silu", {}),
    "Softplus": ("softplus", {"threshold": 800}),
    "Hard tanh": ("hardtanh", {}),
    "GELU, tanh form": ("gelu", {"approximate": "tanh"}),
}


@pytest.mark.torch
@pytest.mark.parametrize("name", TORCH)
def test_value_and_slope_are_those_of_pytorch_at_kinks_too(name):
    torch = pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    word, options = TORCH[name]
    x = torch.tensor(
        [-9.0, -3.0, -1.0, -0.3, 0.0, 0.3, 1.0, 3.0, 9.0], dtype=torch.float64, requires_grad=True
    )
    y = getattr(torch.nn.functional, word)(x, **options)
    y.sum().backward()
    np.testing.assert_allclose(KNOWN[name].f(x.detach().numpy()), y.detach().numpy(), rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(KNOWN[name].df(x.detach().numpy()), x.grad.numpy(), rtol=1e-11, atol=1e-12)


def test_only_gelu_needs_a_compiled_loop():
    from cnnviz.kernels import activation_formulas

    assert isinstance(activation_formulas._fill_normal, type(compiled(lambda x: x)))
