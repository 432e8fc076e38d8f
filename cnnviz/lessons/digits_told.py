"""What is said of a reading: the guess in a sentence, shares as bars, and what each step is worth."""

from math import sqrt
from typing import NamedTuple

import numpy as np

from cnnviz.lessons.digits import STEPS
from cnnviz.lessons.digits_why import Rates

EMPTY = "Its guess appears here while you draw."
LEAST = 0.0005  # shares below are told as such
UNSURE = 0.5


class Bar(NamedTuple):
    """A share, from 0 to 1, under a name; the ``first`` one is marked."""

    name: str
    share: float
    text: str
    first: bool = False


def percent(share: float) -> str:
    """Write a share with one decimal; what is nearly nothing or nearly all is told as that."""
    if 0 < share < LEAST:
        return "< 0.1 %"
    return "> 99.9 %" if 1 - LEAST < share < 1 else f"{100 * share:.1f} %"


def guess(shares: np.ndarray | None) -> str:
    """Say the first and the second guess.

    Parameters
    ----------
    shares : ndarray of shape (10,), optional
        Probabilities; none if there is nothing on the paper.
    """
    if shares is None:
        return EMPTY
    if np.isnan(shares).any():
        return "This network overflows here: it gives no numbers."
    first, second = np.argsort(-shares, kind="stable")[:2]
    sure = "Perhaps a" if shares[first] < UNSURE else "A"
    return f"{sure} {first}, {percent(shares[first])}; second guess {second}, {percent(shares[second])}."


def bars(shares: np.ndarray | None) -> list[Bar]:
    """Show every probability, or the places for them; NaN has no length."""
    if shares is None:
        return [Bar(str(digit), 0.0, "") for digit in range(10)]
    if np.isnan(shares).any():
        return [Bar(str(digit), 0.0, "NaN") for digit in range(len(shares))]
    first = int(shares.argmax())
    return [
        Bar(str(digit), float(share), percent(share), digit == first) for digit, share in enumerate(shares)
    ]


def rate_bars(rates: Rates) -> list[Bar]:
    """Show the accuracy with all steps, then without each of them."""
    rows = {"All steps": rates.every}
    rows |= {f"Without {STEPS[name].title.lower()}": share for name, share in rates.without.items()}
    return [Bar(name, share, percent(share), name == "All steps") for name, share in rows.items()]


def rate_caption(rates: Rates, data: str) -> str:
    """Say what was counted, and how sure that is: half a 95 % interval at one half is the widest."""
    half = 1.96 * sqrt(0.25 / rates.count)
    return (
        f"{rates.count} held-out digits of {data}, each thrown onto a sheet at another size and place; "
        f"every number is sure to ± {100 * half:.0f} points or better (95 %)."
    )
