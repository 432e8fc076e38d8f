"""A long signal, what a kernel makes of it, and the kernel itself in its place below: curves with Plotly."""

import numpy as np
import plotly.graph_objects as go

from cnnviz.figures.theme import Theme, rgb
from cnnviz.lessons.series import Smoothed

HEIGHT = 430
FONT = "Source Sans, sans-serif"


def smoothing_curves(smoothed: Smoothed, place: int, theme: Theme) -> go.Figure:
    """Draw a signal under its smoothed curve, with the window at one stop and the weights it carries there.

    Parameters
    ----------
    smoothed : Smoothed
        Signal, weights and output.
    place : int
        The sample the window is centred on, where it can be.
    theme : Theme
        The colours.
    """
    stop = smoothed.stop_at(place)
    centre, reach = float(smoothed.centres[stop]), smoothed.window.extent / 2
    first = smoothed.window.starts(len(smoothed.signal))[stop]
    before, after = smoothed.window.padding
    ends = [-before - 15, len(smoothed.signal) + after + 14]
    faded = ",".join(f"{part:.0f}" for part in rgb(theme.input))
    window = {"type": "rect", "x0": centre - reach, "x1": centre + reach, "yref": "paper", "y0": 0, "y1": 1}
    outline = {"color": theme.kernel, "width": 1.5}
    return go.Figure(
        [
            _line("signal", np.arange(len(smoothed.signal)), smoothed.signal, f"rgba({faded},0.5)", 1),
            _line("output", smoothed.centres, smoothed.output, theme.output, 2.5),
            go.Scatter(
                name="this output",
                x=[centre],
                y=[smoothed.output[stop]],
                mode="markers",
                marker={"color": theme.output, "size": 11, "line": {"color": theme.background, "width": 2}},
                hoverinfo="skip",
                showlegend=False,
            ),
            _steps(smoothed.weights, first, theme.kernel),
        ],
        {
            **_layout(theme, ends),
            "shapes": [
                {**window, "layer": "below", "fillcolor": theme.kernel, "opacity": 0.16, "line": outline}
            ],
        },
    )


def _line(name: str, x: np.ndarray, y: np.ndarray, colour: str, width: float) -> go.Scatter:
    """Draw a curve."""
    hover = f"{name} %{{y:.2f}} at %{{x}}<extra></extra>"
    return go.Scatter(
        name=name, x=x, y=y, mode="lines", line={"color": colour, "width": width}, hovertemplate=hover
    )


def _steps(weights: np.ndarray, first: int, colour: str) -> go.Scatter:
    """Draw each weight as wide as the sample it meets; one filled line is drawn sooner than many bars."""
    samples = np.arange(first, first + len(weights))
    return go.Scatter(
        name="weights",
        x=[first - 0.5, *samples, samples[-1] + 0.5],
        y=[weights[0], *weights, weights[-1]],
        mode="lines",
        line={"color": colour, "width": 1, "shape": "hvh"},
        fill="tozeroy",
        fillcolor=colour,
        yaxis="y2",
        hovertemplate="weight %{y:.4f} at %{x}<extra></extra>",
    )


def _layout(theme: Theme, ends: list[int]) -> dict:
    """Place both parts above each other, in the theme's colours."""
    axis = {
        "gridcolor": theme.line,
        "linecolor": theme.line,
        "zeroline": True,
        "zerolinecolor": theme.muted,
        "zerolinewidth": 1,
        "fixedrange": True,
    }
    return {
        "template": "none",
        "height": HEIGHT,
        "margin": {"l": 64, "r": 12, "t": 30, "b": 40},
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "font": {"family": FONT, "size": 14, "color": theme.text},
        "hoverlabel": {"bgcolor": theme.surface, "font": {"color": theme.text}},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "dragmode": False,
        "xaxis": {
            **axis,
            "title": {"text": "sample"},
            "anchor": "y2",
            "range": ends,
            "zeroline": False,
        },
        "yaxis": {**axis, "domain": [0.3, 1]},
        "yaxis2": {**axis, "domain": [0, 0.22], "nticks": 3, "title": {"text": "weights"}},
    }
