"""The curves show signal, output, window and weights where they are, in the colours of their roles."""

import numpy as np
import pytest

from cnnviz.figures.curves_signal import smoothing_curves
from cnnviz.figures.theme import LIGHT, THEMES
from cnnviz.lessons.series import Smoothed
from cnnviz.presets.series import ENDS, Smoothing
from cnnviz.presets.signals import KERNELS


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_curve_has_the_colour_of_its_role(theme):
    figure = smoothing_curves(Smoothed.of(Smoothing()), 300, theme)
    signal, output, point, weights = figure.data
    red, green, blue = (int(theme.input[at : at + 2], 16) for at in (1, 3, 5))
    assert signal.line.color == f"rgba({red},{green},{blue},0.5)"
    assert output.line.color == point.marker.color == theme.output
    assert weights.fillcolor == figure.layout.shapes[0].fillcolor == theme.kernel
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == theme.background
    assert figure.layout.font.color == theme.text


def test_the_curves_are_signal_and_output():
    smoothed = Smoothed.of(Smoothing(width=10))
    signal, output, *_ = smoothing_curves(smoothed, 300, LIGHT).data
    np.testing.assert_array_equal(signal.y, smoothed.signal)
    np.testing.assert_array_equal(output.y, smoothed.output)
    np.testing.assert_array_equal(output.x, smoothed.centres)
    assert len(output.x) == 991


@pytest.mark.parametrize("padding", ENDS)
@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("place", [0, 300, 999])
def test_the_window_is_as_wide_as_the_weights_and_centred_on_its_output(padding, kernel, place):
    smoothed = Smoothed.of(Smoothing(kernel=kernel, width=30, padding=padding))
    figure = smoothing_curves(smoothed, place, LIGHT)
    window, point, weights = figure.layout.shapes[0], figure.data[2], figure.data[3]
    assert window.x1 - window.x0 == len(smoothed.weights)
    assert (window.x0 + window.x1) / 2 == point.x[0] == smoothed.centres[smoothed.stop_at(place)]
    assert (weights.x[0], weights.x[-1]) == (window.x0, window.x1)
    np.testing.assert_array_equal(weights.y[1:-1], smoothed.weights)
    reads = np.pad(smoothed.signal, 200)[[int(x) + 200 for x in weights.x[1:-1]]]
    assert reads @ smoothed.weights == pytest.approx(point.y[0])


def test_everything_lies_inside_the_picture():
    smoothed = Smoothed.of(Smoothing(width=200, padding="full"))
    figure = smoothing_curves(smoothed, 0, LIGHT)
    left, right = figure.layout.xaxis.range
    assert left < -199
    assert right > 999 + 199
