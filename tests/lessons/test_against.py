"""The comparison counts what the lectures print, and every written sum comes out."""

from dataclasses import replace
from itertools import pairwise
from math import prod

from cnnviz.lessons.against import (
    CURVES,
    SAMPLES,
    at_side,
    counts,
    grown,
    marks,
    ratio,
    told,
    total,
    volumes,
    work,
)
from cnnviz.presets.against import SIDES, AgainstSetup
from cnnviz.presets.against_scenes import SCENES
from tests.each import each

GROWN = [scene.setup for scene in SCENES.values() if scene.setup.view == "growth"]
LECTURE = AgainstSetup()


def test_the_counts_are_those_of_the_lecture():
    cnn, mlp = counts(LECTURE)
    assert [layer.parameters for layer in cnn] == [2_400, 12_800, 12_800, 5_120]
    assert [layer.parameters for layer in mlp] == [25_165_824, 8_388_608, 524_288, 5_120]
    assert (total(cnn), total(mlp), ratio(LECTURE)) == (33_120, 34_083_840, "1,029")
    assert [layer.operations for layer in cnn] == [2_457_600, 3_276_800, 819_200, 5_120]
    assert (work(cnn), work(mlp)) == (6_558_720, 34_083_840)
    with_biases = counts(replace(LECTURE, biases=True))
    assert [total(layers) for layers in with_biases] == [33_210, 34_093_578]
    assert at_side(replace(LECTURE, side=1000))["full"] == 10**12


def by_hand(setup: AgainstSetup) -> tuple[int, int]:
    """Count both networks from the numbers of their definition."""
    side, channels, cnn, widths = setup.side, setup.channels, 0, []
    for filters in setup.filters:
        cnn += filters * (channels * setup.kernel**2 + setup.biases)
        side, channels = (side - 2) // 2 + 1, filters
        widths.append(channels * side * side)
    inputs = channels * (1 if setup.ending == "mean" else side * side)
    cnn += setup.classes * (inputs + setup.biases)
    units = [setup.channels * setup.side**2, *(setup.widths or widths), setup.classes]
    mlp = sum(after * (before + setup.biases) for before, after in pairwise(units))
    return cnn, mlp


@each("setup", GROWN)
@each("side", [8, 9, 31, 32, 224, 999])
def test_both_networks_are_counted_as_by_hand(setup, side):
    setup = replace(setup, side=side)
    assert tuple(total(layers) for layers in counts(setup)) == by_hand(setup)
    for layer in (layer for layers in counts(setup) for layer in layers):
        assert eval(layer.formula.replace(",", "").replace("·", "*")) == layer.parameters
        assert layer.operations >= prod(layer.shape)


def test_what_grows_and_what_does_not():
    curves = grown(LECTURE)
    assert (curves["side"][0], curves["side"][-1]) == (SIDES[0], SIDES[-1])
    assert SAMPLES - 5 <= len(curves["side"]) <= SAMPLES
    assert set(curves["convolutions"]) == {28_000}
    assert curves["full"] == [side**4 for side in curves["side"]]
    assert set(grown(AgainstSetup(ending="mean"))["cnn"]) == {28_320}
    assert curves["cnn"][-1] == 28_000 + 125 * 125 * 32 * 10
    assert all(mlp > cnn for mlp, cnn in zip(curves["mlp"], curves["cnn"], strict=True))
    assert grown(replace(LECTURE, side=500)) is curves


def test_marks_stand_where_they_are_true():
    assert [(mark.curve, mark.side, mark.value) for mark in marks(LECTURE)] == [
        ("cnn", 32, 33_120),
        ("mlp", 32, 34_083_840),
        ("full", 1000, 10**12),
    ]
    assert [mark.value for mark in marks(replace(LECTURE, biases=True))] == [33_210, 34_093_578, 10**12]
    assert [mark.curve for mark in marks(replace(LECTURE, channels=1))] == ["full"]
    assert {mark.curve for mark in marks(LECTURE)} <= {curve.name for curve in CURVES}


def test_the_sentence_has_the_numbers():
    assert "25,165,824 (74 % of all): each of its 8,192 units reads all 3,072 numbers" in told(LECTURE)
    assert "CONV1 has 2,400: its 32 filters read 5 × 5 pixels" in told(LECTURE)
    assert told(AgainstSetup(ending="mean")).endswith("320, whatever the size of the image.")


def test_small_ratios_have_decimals():
    assert ratio(AgainstSetup(side=8, filters=(1,), kernel=1, channels=1, widths=(1,), classes=1)) == "3.82"
    assert volumes(AgainstSetup(filters=(4,)))[1] == ["", "CONV1", ""]
