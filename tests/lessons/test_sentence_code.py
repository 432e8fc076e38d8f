"""The code of a sentence runs as it stands and gives the numbers of the page."""

import numpy as np
import pytest

from cnnviz.lessons.sentence import Worked
from cnnviz.lessons.sentence_code import numpy_lines, torch_lines
from cnnviz.presets.studies_sentence import SentenceSetup

SETUPS = [SentenceSetup(), SentenceSetup("not bad at all", 1, 7), SentenceSetup("a b c d e f g h i j", 2, 99)]


def run(lines: str) -> np.ndarray:
    """Execute a program and take its ``y``."""
    names: dict = {}
    exec(compile(lines, "shown", "exec"), names)
    return np.asarray(names["y"])


@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.sentence)
def test_the_numpy_lines_give_what_the_page_shows(setup):
    np.testing.assert_allclose(run(numpy_lines(setup)), Worked.of(setup).probabilities, atol=1e-9)


@pytest.mark.torch
@pytest.mark.parametrize("setup", SETUPS, ids=lambda setup: setup.sentence)
def test_the_pytorch_lines_give_what_the_page_shows(setup):
    pytest.importorskip("torch", reason="PyTorch is a benchmark tool, not needed to run the app")
    np.testing.assert_allclose(run(torch_lines(setup)), Worked.of(setup).probabilities, atol=1e-9)


def test_the_lines_are_short_enough_to_read():
    for setup in SETUPS:
        assert max(map(len, numpy_lines(setup).split("\n"))) <= 110
