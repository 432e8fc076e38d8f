"""Activation functions: one record each, with its value, its slope, and what there is to say about it.

All take float32 or float64 of any shape and give the same; infinities give the limits, and NaN stays NaN.
Where the slope jumps, `Activation.df` says which side counts. To add one, add a record to `_ROWS` and what
it computes to activation_formulas.py: menus, formulas, curves and tests follow.
"""

import numpy as np

from cnnviz.kernels import activation_formulas as formulas
from cnnviz.kernels.activation import Activation, Setting

SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772  # of SELU


def _at_zero(**_):
    return (0.0,)


_SLOPE = Setting(
    "slope", "Slope", 0.01, 0, 1, 0.01, "How steep the line left of 0 is: 0 makes a ReLU, 1 a straight line."
)
_ALPHA = Setting(
    "alpha",
    "Alpha",
    1.0,
    0,
    3,
    0.05,
    "How far below 0 the left end lies; only 1 makes the curve smooth at 0.",
)
_PIECES = tuple(
    Setting(name, label, default, -10, 10, 0.1, help)
    for name, label, default, help in (
        ("w1", "w₁", -0.5, "Slope of the first line."),
        ("b1", "b₁", 0.0, "Height of the first line at x = 0."),
        ("w2", "w₂", 1.0, "Slope of the second line."),
        ("b2", "b₂", -1.5, "Height of the second line at x = 0."),
    )
)
_ROWS = (
    Activation(
        "Sigmoid",
        formulas.sigmoid,
        formulas.sigmoid_slope,
        r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        r"\sigma'(x) = \sigma(x)\,(1 - \sigma(x))",
        "Squeezes every number into 0 to 1. Its slope is at most ¼, so a gradient that passes ten of them "
        "shrinks at least a million times: it vanishes.",
        "At both ends: towards 0 and towards 1.",
        "Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors",
    ),
    Activation(
        "Tanh",
        np.tanh,
        formulas.tanh_slope,
        r"\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
        r"\tanh'(x) = 1 - \tanh^2(x)",
        "A sigmoid twice as steep, stretched to −1 to 1: zero stays zero, and the slope there is 1.",
        "At both ends: towards −1 and towards 1.",
        "LeCun, Bottou, Orr and Müller (1998), Efficient BackProp",
    ),
    Activation(
        "ReLU",
        lambda x: np.maximum(x, 0),
        lambda x: x > 0,
        r"\mathrm{ReLU}(x) = \max(0, x)",
        r"\mathrm{ReLU}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}",
        "Keeps what is positive and drops the rest. At 0 the slope is taken as 0.",
        "Left of 0, completely: a unit that is negative for every input learns nothing more.",
        "Nair and Hinton (2010), Rectified linear units improve restricted Boltzmann machines",
        kinks=_at_zero,
    ),
    Activation(
        "Leaky ReLU",
        lambda x, slope: np.where(x > 0, x, formulas.line(x, slope, 0)),
        lambda x, slope: np.where(x > 0, 1, slope),
        r"f(x) = \begin{cases} x & x > 0 \\ \epsilon x & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \epsilon & x \le 0 \end{cases}",
        "Lets a little of the negative side through, so that a gradient always passes.",
        "Nowhere, unless the slope is set to 0.",
        "Maas, Hannun and Ng (2013), Rectifier nonlinearities improve neural network acoustic models",
        (_SLOPE,),
        _at_zero,
    ),
    Activation(
        "ELU",
        formulas.elu,
        formulas.elu_slope,
        r"f(x) = \begin{cases} x & x > 0 \\ \alpha\,(e^{x} - 1) & x \le 0 \end{cases}",
        r"f'(x) = \begin{cases} 1 & x > 0 \\ \alpha\,e^{x} & x \le 0 \end{cases}",
        "Bends smoothly to −α on the left, so that the mean of the outputs lies closer to 0.",
        "On the left, towards −α.",
        "Clevert, Unterthiner and Hochreiter (2016), Fast and accurate deep network learning by exponential "
        "linear units",
        (_ALPHA,),
        _at_zero,
    ),
    Activation(
        "SELU",
        lambda x: SCALE * formulas.elu(x, ALPHA),
        lambda x: SCALE * formulas.elu_slope(x, ALPHA),
        r"f(x) = 1.0507 \begin{cases} x & x > 0 \\ 1.6733\,(e^{x} - 1) & x \le 0 \end{cases}",
        r"f'(x) = 1.0507 \begin{cases} 1 & x > 0 \\ 1.6733\,e^{x} & x \le 0 \end{cases}",
        "An ELU whose two numbers keep mean 0 and variance 1 from layer to layer.",
        "On the left, towards −1.7581.",
        "Klambauer, Unterthiner, Mayr and Hochreiter (2017), Self-normalizing neural networks",
        kinks=_at_zero,
    ),
    Activation(
        "GELU",
        formulas.gelu,
        formulas.gelu_slope,
        r"f(x) = x\,\Phi(x) = \frac{x}{2}\left(1 + \mathrm{erf}\frac{x}{\sqrt{2}}\right)",
        r"f'(x) = \Phi(x) + x\,\frac{e^{-x^2/2}}{\sqrt{2\pi}}",
        "Weighs x by the chance that a normal random number lies below it; dips to −0.17 before it rises.",
        "On the left, towards 0.",
        "Hendrycks and Gimpel (2016), Gaussian error linear units",
    ),
    Activation(
        "SiLU",
        formulas.silu,
        formulas.silu_slope,
        r"f(x) = x\,\sigma(x) = \frac{x}{1 + e^{-x}}",
        r"f'(x) = \sigma(x) + x\,\sigma(x)\,(1 - \sigma(x))",
        "Weighs x by its own sigmoid; also called swish.",
        "On the left, towards 0.",
        "Elfwing, Uchibe and Doya (2018), Sigmoid-weighted linear units",
    ),
    Activation(
        "Softplus",
        formulas.softplus,
        formulas.sigmoid,
        r"f(x) = \ln(1 + e^{x})",
        r"f'(x) = \sigma(x)",
        "A ReLU with its corner rounded off; its slope is the sigmoid.",
        "On the left, towards 0.",
        "Dugas, Bengio, Bélisle, Nadeau and Garcia (2001), Incorporating second-order functional knowledge",
    ),
    Activation(
        "Hard tanh",
        lambda x: np.clip(x, -1, 1),
        lambda x: np.abs(x) < 1,
        r"f(x) = \max(-1, \min(1, x))",
        r"f'(x) = \begin{cases} 1 & |x| < 1 \\ 0 & |x| \ge 1 \end{cases}",
        "A tanh of three straight lines: cheap, and flat outside −1 to 1.",
        "Below −1 and above 1, completely.",
        "Collobert and Bengio (2004), Links between perceptrons, MLPs and SVMs",
        kinks=lambda: (-1.0, 1.0),
    ),
    Activation(
        "Maxout",
        formulas.maximum,
        formulas.maximum_slope,
        r"f(x) = \max(w_1 x + b_1,\; w_2 x + b_2)",
        r"f'(x) = \begin{cases} w_1 & w_1 x + b_1 \ge w_2 x + b_2 \\ w_2 & \text{otherwise} \end{cases}",
        "The larger of two lines that are learned; 0 and x make a ReLU, −x and x the absolute value.",
        "Nowhere, unless one of the lines is level.",
        "Goodfellow, Warde-Farley, Mirza, Courville and Bengio (2013), Maxout networks",
        _PIECES,
        formulas.crossing,
    ),
)
ACTIVATIONS = {record.name: record for record in _ROWS}
_FORMS = (  # shown beside the others, and no activations of their own
    Activation(
        "GELU, tanh form",
        formulas.gelu_tanh,
        formulas.gelu_tanh_slope,
        r"f(x) = \frac{x}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(x + 0.044715\,x^3)\right)\right)",
        r"f'(x) = \sigma(2u) + 2 x u' \sigma(2u)\,(1 - \sigma(2u)),\; u = \sqrt{2/\pi}\,(x + 0.044715\,x^3)",
        "The usual short cut for GELU, never more than 0.0005 away from it.",
        "On the left, towards 0.",
        "Hendrycks and Gimpel (2016), Gaussian error linear units",
    ),
    Activation(
        "ELU, as deck 004 prints it",
        formulas.printed_elu,
        formulas.printed_elu_slope,
        r"f(x) = \max(\alpha\,(e^{x} - 1),\; x)",
        r"f'(x) = \begin{cases} \alpha\,e^{x} & \alpha\,(e^{x} - 1) \ge x \\ 1 & \text{else} \end{cases}",
        "Wrong as an ELU: for large x the exponential overtakes the line, so f(x) is no longer x.",
        "On the left, towards −α.",
        "Lecture deck 004, activation functions",
        (_ALPHA,),
        formulas.overtaking,
    ),
)
VARIANTS = {record.name: record for record in _FORMS}
