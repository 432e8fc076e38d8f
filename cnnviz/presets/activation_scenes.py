"""The scenes of the page of activations: the functions, numbers and softmax of the lectures.

To add one, add a record to `SCENES` with numbers that are known from elsewhere.
"""

from cnnviz.presets.activations import ActivationSetup
from cnnviz.presets.matrix_text import read_matrix
from cnnviz.presets.scene import Scene


def _scene(title: str, source: str, notice: str, expected: dict, *, erratum: str = "", **setup) -> Scene:
    """Make a record of this page."""
    made = ActivationSetup(**setup)
    return Scene("activations", title, "Activations", source, notice, made, expected, erratum)


_DISAGREE = (
    "The decks disagree: deck 000 takes the slope 0.01, deck 001 takes 0.1, and deck 004 only says that it "
    "is far below 1. All are leaky ReLUs; the slope is yours to choose."
)


def _words(text: str) -> tuple[str, ...]:
    """Take numbers apart that are written as the page writes them."""
    return tuple(text.split())


def _at(values: str, slopes: str) -> dict[str, tuple[str, ...]]:
    """Expect a value and a slope of every function, as the page writes them."""
    return {"f": _words(values), "slope": _words(slopes)}


_SHARES = ("0.659", "0.2424", "0.0986")
_OWN = "; the numbers are ours"
SCENES = {
    "activation_relu": _scene(
        "ReLU on a matrix",
        "Lecture deck 000, ReLU",
        "Every negative number becomes 0, everything else stays. Point at a cell to find it on the curve.",
        {"output": read_matrix("3 0 3 0; 0 5 3 4; 1 0 0 2; 0 3 1 7")},
    ),
    "activation_leaky": _scene(
        "Leaky ReLU, slope 0.01",
        "Lecture deck 000, leaky ReLU",
        "−2, −1 and −7 become −0.02, −0.01 and −0.07: almost nothing, yet the gradient finds a way.",
        {"output": read_matrix("3 -.02 3 -.01; -.01 5 3 4; 1 -.02 -.02 2; -.07 3 1 7")},
        erratum=_DISAGREE,
        names=("Leaky ReLU",),
    ),
    "activation_leaky_steep": _scene(
        "Leaky ReLU, slope 0.1",
        "Lecture deck 001, leaky ReLU max(0.1x, x), on the matrix of lecture deck 000",
        "Ten times the slope of deck 000: −7 now becomes −0.7.",
        {"output": read_matrix("3 -.2 3 -.1; -.1 5 3 4; 1 -.2 -.2 2; -.7 3 1 7")},
        erratum=_DISAGREE,
        names=("Leaky ReLU",),
        slope=0.1,
    ),
    "activation_sigmoid": _scene(
        "Sigmoid, a vanishing slope",
        "Lecture deck 000, sigmoid",
        "The slope is ¼ at best, at x = 0. Move the point outwards: beyond 4.6 less than a hundredth of a "
        "gradient comes through.",
        _at("0.5", "0.25"),
        view="curve",
        names=("Sigmoid",),
        x=0.0,
    ),
    "activation_list": _scene(
        "Six activations together",
        "Lecture deck 001, activation functions; the two lines of maxout and x are ours",
        "On the right ReLU, leaky ReLU and ELU are the same line; they differ in what is left of 0.",
        _at("0.2689 −0.7616 0 −0.1 0.5 −0.6321", "0.1966 0.42 0 0.1 −0.5 0.3679"),
        view="curve",
        names=("Sigmoid", "Tanh", "ReLU", "Leaky ReLU", "Maxout", "ELU"),
        x=-1.0,
        slope=0.1,
    ),
    "activation_maxout": _scene(
        "Maxout of two lines",
        f"Lecture deck 001, maxout{_OWN}",
        "The larger of −x and x is the absolute value; move the lines to make a ReLU, a leaky ReLU or a "
        "corner anywhere else.",
        _at("2", "−1"),
        view="curve",
        names=("Maxout",),
        x=-2.0,
        w1=-1.0,
        w2=1.0,
        b2=0.0,
    ),
    "activation_deck_004": _scene(
        "ReLU, leaky ReLU and ELU",
        f"Lecture deck 004, activation functions{_OWN}",
        "Where ReLU is flat the other two still have a slope, so the unit can recover.",
        _at("0 −0.2 −0.8647", "0 0.1 0.1353"),
        erratum=_DISAGREE,
        view="curve",
        names=("ReLU", "Leaky ReLU", "ELU"),
        slope=0.1,
    ),
    "activation_elu": _scene(
        "ELU and a wrong formula",
        "Lecture deck 004, ELU",
        "The two curves part ways beyond x = 3.6. ELU is smooth at 0 only if α is 1; set it and look at the "
        "slope.",
        _at("5 14.7413", "1 14.8413"),
        erratum="The deck prints max(α(e^z − 1), z); for α = 0.1 and z = 5 that is 14.74, and ELU is 5: z "
        "where z > 0, and α(e^z − 1) elsewhere, as in deck 001.",
        view="curve",
        names=("ELU", "ELU, as deck 004 prints it"),
        x=5.0,
        alpha=0.1,
    ),
    "activation_after_convolution": _scene(
        "ReLU after a convolution",
        "Lecture deck 002, convolution with ReLU",
        "The deck's convolution gives 4, which ReLU keeps; had it been negative, 0 would be left.",
        _at("4", "1"),
        view="curve",
        x=4.0,
    ),
    "activation_neuron": _scene(
        "A neuron with a sigmoid",
        "Lecture deck 003, neuron; signals and weights are those of deck 004's first 1-D product, w₀ is ours",
        "The sum 1·(−1) + 0·2 + 2·1 + 1 = 2 is where the neuron stands on its curve.",
        {"x": ("2",), **_at("0.8808", "0.105")},
        view="neuron",
        names=("Sigmoid",),
    ),
    "activation_map": _scene(
        "Feature map, activation map",
        "Lecture deck 001, feature map and activation map; lecture deck 002, convolution with ReLU",
        "The convolution makes the feature map, the activation turns it into the activation map: with ReLU "
        "only edges from dark to bright are left.",
        {"text": ("Feature map, Sobel x", "Activation map, ReLU")},
        view="photo",
    ),
    "activation_softmax": _scene(
        "Softmax and its Jacobian",
        f"Lecture deck 000, softmax{_OWN}",
        "Raising one number raises its own share and lowers all others: the diagonal is positive, the rest "
        "negative, every row adds up to 0.",
        {
            "shares": _SHARES,
            "jacobian": _words("0.2247 −0.1598 −0.065 −0.1598 0.1837 −0.0239 −0.065 −0.0239 0.0889"),
        },
        erratum="The deck writes e^(aᵢ) / Σᵢ e^(aᵢ), with the same index twice; the sum runs over j. Its "
        "table of derivatives, fᵢ(1 − fᵢ) and −fᵢfⱼ, is right.",
        view="softmax",
    ),
    "activation_softmax_shift": _scene(
        "Softmax and a common shift",
        f"Lecture deck 003, properties of softmax{_OWN}",
        "1000 is added to every number and no share moves. The plain exponentials overflow, so the largest "
        "number is subtracted first.",
        {"shares": _SHARES},
        view="softmax",
        shift=1000.0,
    ),
    "activation_softmax_temperature": _scene(
        "Softmax with a temperature",
        f"Hinton, Vinyals and Dean (2015), Distilling the knowledge in a neural network{_OWN}",
        "A high temperature evens the shares out; a low one gives everything to the largest.",
        {"shares": ("0.4165", "0.3244", "0.259")},
        view="softmax",
        temperature=4.0,
    ),
}
FIRST = "activation_relu"
