"""Programs lose no character on their way to the page, and each of their colours can be read."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.lessons import activations_code, calculator_code, channels_code, code, pooling_code, sizes
from cnnviz.presets.architectures import ARCHITECTURES
from cnnviz.presets.scenes import SCENES
from cnnviz.ui.builder_files import PROGRAMS
from cnnviz.ui.components import code as colouring
from cnnviz.ui.components.code import KINDS, coloured
from tests.figures.test_theme import contrast

STYLE = Path("cnnviz/ui/components/code/style.css").read_text(encoding="utf-8")
THEME = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
PROGRAM = '''@compiled
def means(x, rows=2):
    """Mean of each window."""
    if not rows:  # none
        return None
    return -1.5e-3 * x[rows:, 0] + float("nan")
'''


def told(text):
    """Join what has a colour, by kind."""
    spans = coloured(text)
    return {
        kind: [part.strip() for own, part in spans if own == kind] for kind in {kind for kind, _ in spans}
    }


def test_words_have_the_colour_of_what_they_are():
    kinds = told(PROGRAM)
    assert kinds["keyword"] == ["def", "if not", "return", "return"]
    assert kinds["function"] == ["means"]
    assert kinds["number"] == ["2", "None", "1.5e-3", "0"]
    assert kinds["string"] == ['"""Mean of each window."""', '"nan"']
    assert kinds["operator"] == ["=", "-", "*", "+"]
    assert kinds["comment"] == ["# none"]
    assert kinds["quiet"][:2] == ["@compiled", "("]
    assert {"x", "rows", "float"} <= set(kinds[""])


LESSONS = {  # what writes the programs of a page
    "convolution_2d": (*code.LIBRARIES.values(), code.loop_source),
    "channels": tuple(channels_code.LIBRARIES.values()),
    "pooling": (*pooling_code.LIBRARIES.values(), pooling_code.loop_source),
    "padding_and_stride": tuple(sizes.LIBRARIES.values()),
    "activations": tuple(activations_code.LIBRARIES.values()),
    "layer_calculator": tuple(calculator_code.LIBRARIES.values()),
}


def programs():
    """Write the programs of some scenes of each page that shows any, and of a network."""
    for page, writers in LESSONS.items():
        scenes = [scene for scene in SCENES.values() if scene.page == page]
        yield from (write(scene.setup).strip() for scene in scenes[::8] for write in writers)
    yield from (write(ARCHITECTURES["CNN of deck 002"].graph) for write in PROGRAMS.values())


def test_a_program_keeps_every_character_and_has_the_colours_of_its_lines_read_together(monkeypatch):
    texts = list(programs())
    apart = [coloured.__wrapped__(text) for text in texts]
    monkeypatch.setattr(colouring, "_pieces", lambda text: [text])
    for text, spans in zip(texts, apart, strict=True):
        assert "".join(part for _, part in spans) == text
        assert all(one[0] != other[0] for one, other in pairwise(spans))
        assert spans == coloured.__wrapped__(text)


@given(st.text(alphabet=st.characters(exclude_characters="\r")))
def test_whatever_is_no_program_keeps_every_character(text):
    assert "".join(part for _, part in coloured(text)) == text


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_every_colour_can_be_read(appearance):
    theme = THEME[appearance]
    pairs = re.findall(r"^([^{}]*) \{[^}]*?\bcolor: light-dark\((#\w{6}), (#\w{6})\)", STYLE, re.M)
    named = {name.strip(".\n "): pair for names, *pair in pairs for name in names.split(",")}
    assert set(named) == {*KINDS.values(), "copy"}
    for pair in named.values():
        assert contrast(pair[appearance == "dark"], theme["secondaryBackgroundColor"]) >= 4.5
