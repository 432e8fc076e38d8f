"""Pictures of case studies for slides: the story and the sentence."""

import io

import numpy as np
import pytest
from PIL import Image

from cnnviz.figures.animation import MOVING, STILL
from cnnviz.figures.sentence import SentenceBoard, sentence_gif, sentence_png
from cnnviz.figures.story import story_png
from cnnviz.figures.theme import SERIES, THEMES, rgb
from cnnviz.lessons.sentence import Worked
from cnnviz.lessons.studies_story import moments
from cnnviz.presets.studies_sentence import SentenceSetup

SHORT = SentenceSetup("one two three four", maps=1)


def opened(file: bytes) -> np.ndarray:
    picture = Image.open(io.BytesIO(file))
    assert (picture.format, picture.size) == ("PNG", STILL)
    return np.asarray(picture.convert("RGB")).astype(int)


def count(picture: np.ndarray, colour: str) -> int:
    return int((picture == rgb(colour)).all(axis=2).sum())


def test_the_story_has_a_bar_for_every_number_and_a_line_for_the_human():
    theme = "dark"
    picture = opened(story_png(moments(), 5.1, theme))
    errors, depths, sizes = (count(picture, colour) for colour in SERIES[theme][:3])
    assert errors > depths > 0
    assert sizes > 0
    assert count(picture, THEMES[theme].output) > 500


def test_bars_are_as_high_as_their_numbers():
    told = moments()
    picture = opened(story_png(told, 5.1, "light"))
    bars = (picture == rgb(SERIES["light"][2])).all(axis=2)
    starts = [150 + round((at + 0.5) * (1600 - 190) / len(told)) for at in range(len(told))]
    heights = [bars[:, x].sum() for x in starts]
    most = max(one.parameters for one in told)
    assert heights == pytest.approx([one.parameters / most * max(heights) for one in told], abs=2.5)


def test_a_stop_outlines_its_window_and_what_is_kept_of_every_map():
    theme = "dark"
    first, last = (opened(sentence_png(SHORT, step, theme)) for step in (0, 9))
    assert count(first, THEMES[theme].kernel) > count(last, THEMES[theme].kernel)
    assert count(first, THEMES[theme].output) < count(last, THEMES[theme].output)
    assert count(first, THEMES[theme].surface) > count(last, THEMES[theme].surface)


def test_every_stop_can_be_drawn_for_any_sentence():
    longest = SentenceSetup("twelveletters"[:12] + " b c d e f g h i j", seed=9)
    for setup in (SHORT, longest):
        board = SentenceBoard(Worked.of(setup), THEMES["dark"], MOVING)
        for step in (0, len(board.trace) // 2, len(board.trace) - 4, len(board.trace) - 1):
            assert board.at(step).size == MOVING


def test_the_run_is_an_animation_of_all_stops():
    animation = Image.open(io.BytesIO(sentence_gif(SHORT, "light")))
    assert animation.n_frames == len(Worked.of(SHORT).stops) == 3 + 2 + 1 + 3 + 2 + 1
