"""What is said about training: tables that add up, progress, confusion, mistakes, differences and votes."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnviz.lessons.training import (
    confusion,
    differences,
    layer_table,
    mistake_text,
    mistakes,
    pace_text,
    progress_text,
    schedule_text,
    span_text,
    vote,
)
from cnnviz.presets.networks import OWN, Plan

LABELS = np.array([0, 0, 1, 1, 2, 2])
ANSWERS = np.array([0, 1, 1, -1, 0, 1])
SHARES = np.array([0.9, 0.6, 0.8, np.nan, 0.95, 0.6])


def test_the_table_of_lenet_has_the_numbers_of_the_paper():
    table = layer_table(Plan(source="Strokes", network="LeNet-5").architecture()).replace("\xa0", " ")
    for row in (
        "| Image | 1 × 28 × 28 | | |",
        "| Conv 6 @ 5×5 | 6 × 28 × 28 | 6 · 1 · 5 · 5 + 6 = 156 | 117,600 |",
        "| Conv 16 @ 5×5 | 16 × 10 × 10 | 16 · 6 · 5 · 5 + 16 = 2,416 | 240,000 |",
        "| Dense 120 | 120 | 120 · 400 + 120 = 48,120 | 48,000 |",
        "| **Total** | | **61,706** | **416,520** |",
    ):
        assert row in table.splitlines()


def test_progress_counts_epochs_from_1():
    assert progress_text(0, 920, 20) == "Step 0 of 920, epoch 1 of 20"
    assert progress_text(46, 920, 20) == "Step 46 of 920, epoch 2 of 20"
    assert progress_text(920, 920, 20) == "Step 920 of 920, epoch 20 of 20"


def test_pace_says_what_is_left():
    assert pace_text(6400.0, 1000, 32) == "6,400 images/s, 5.0 s left"
    assert pace_text(None, 1000, 32) == ""
    assert [span_text(seconds) for seconds in (0.24, 59.6, 119, 600)] == ["0.2 s", "60 s", "119 s", "10 min"]


def test_confusion_counts_every_answer_once():
    counts = confusion(ANSWERS, LABELS, 3)
    assert_array_equal(counts, [[1, 1, 0, 0], [0, 1, 0, 1], [1, 1, 0, 0]])


def test_mistakes_are_listed_from_the_surest():
    found = mistakes(ANSWERS, SHARES, LABELS, 2)
    assert [(each.place, each.label, each.answer) for each in found] == [(4, 2, 0), (1, 0, 1)]
    assert mistake_text(found[0], "abc") == "c read as a, 95 %"
    assert len(mistakes(ANSWERS, SHARES, LABELS, 9)) == 3


def test_only_settings_that_differ_are_told():
    plan = Plan()
    assert differences([plan]) == {}
    assert differences([plan, replace(plan, rate=0.2, shuffle=False, wrong=0.4)]) == {
        "Rate": ["0.05", "0.2"],
        "Shuffled": ["yes", "no"],
        "Wrong labels": ["0 %", "40 %"],
    }
    own = differences([plan, replace(plan, network=OWN, stack="relu")])
    assert own["Layers"] == ["as named", "ReLU, Flatten, Dense 10"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_vote_weighs_shares(turned):
    one = np.array([[0.9, 0.1], [0.6, 0.4]])
    two = np.array([[0.4, 0.6], [0.1, 0.9]])
    assert vote([two, one] if turned else [one, two], np.array([0, 1])) == 1.0
    assert vote([one], np.array([0, 1])) == 0.5
    assert vote([one, np.full_like(one, np.nan)], np.array([0, 1])) == 0.5


def test_the_schedule_is_told_as_it_is():
    assert schedule_text(Plan()) == (
        "It rises to 0.05 for 0.2 epochs. Linear: falls evenly to 0 at the end of the run."
    )
    assert schedule_text(Plan(schedule="Constant", warm_up=0.0)) == (
        "Constant: the same rate from beginning to end."
    )
